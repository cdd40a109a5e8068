//! The data of the media: how far it is cached, whether it is missing, what length it implies, and
//! whether its end is the real end.

use serde_json::{Value, json};

use super::Observer;
use crate::player::actions::{Actions, Purpose};
use crate::player::event::Observed;
use crate::player::ipc::MpvResult;
use crate::player::length::DurationReading;
use crate::player::loaded_media::{DataEnd, ENDS_READ, LoadNumber};
use crate::protocol::time::LocalTime;
use crate::sync::player::{MediaProblem, PlayerEvent};

/// After so many readings in a row without a packet a seek counts as waiting for data: 250 to 500
/// ms at one reading every 250 ms. A seek within the cache has packets to decode at once, however
/// long it decodes (measured on mpv 0.35.1).
const DRY_READINGS: u8 = 2;

impl Observer {
    /// The duration or the cache changed: asks for both, the duration first (`length` explains
    /// why).
    pub(super) fn ask_length(&self, actions: &mut Actions) {
        if let Some(load) = self.load.as_ref().filter(|load| load.length.is_some()) {
            actions.get(Purpose::Duration(load.number), Observed::Duration.name());
            actions.get(Purpose::Cache(load.number), Observed::Cache.name());
        }
    }

    /// Whether the end of the data was cached at the last reading.
    pub(super) fn has_all_data(&self) -> bool {
        self.load.as_ref().is_some_and(|load| load.ends_read > 0)
    }

    /// Stores the duration; the cache is read next.
    pub(super) fn duration_read(&mut self, number: LoadNumber, answer: &MpvResult) {
        if let Some(load) = self.load.as_mut().filter(|load| load.number == number) {
            load.duration = answer.as_ref().ok().and_then(Value::as_f64);
        }
    }

    /// Handles the cache state, read right after the duration. Earlier log lines have all arrived:
    /// mpv sends lines of its log before it handles the next request (0.35.1).
    pub(super) fn cache_read(
        &mut self,
        number: LoadNumber,
        answer: &MpvResult,
        at: LocalTime,
        actions: &mut Actions,
    ) {
        let Some(load) = self.load.as_mut().filter(|load| load.number == number) else {
            return;
        };
        let epoch = load.epoch;
        let Some(watch) = &mut load.length else {
            return;
        };
        let Ok(state) = answer else { return };
        let end = state.get("cache-end").and_then(Value::as_f64);
        if let Some(end) = end {
            self.complaints.cached(end, at);
        }
        let reach = load.facts.reach(state);
        actions
            .events
            .extend(reach.map(|reach| PlayerEvent::CachedRange { epoch, reach }));
        load.ends_read = if is_true(state, "eof") {
            load.ends_read.saturating_add(1)
        } else {
            0
        };
        let is_certain = load.ends_read >= ENDS_READ;
        let whole = load.ends_read > 0 && self.complaints.broken().is_none();
        let reading = DurationReading {
            duration: load.duration.take(),
            end,
            whole: whole && is_certain,
            guessed: load.duration_is_guessed,
        };
        if let Some(length) = watch.read(reading) {
            actions.emit(PlayerEvent::Length { epoch, length });
        }
        if whole && !is_certain {
            self.ask_length(actions);
        }
    }

    /// Handles the cache state during a seek. mpv does not report a stall when a seek waits for
    /// data; it reports that it has no packet to show.
    pub(super) fn seek_data_read(&mut self, answer: &MpvResult, actions: &mut Actions) {
        let Some(load) = &mut self.load else { return };
        let (Some(dry), Ok(state)) = (&mut load.seeking, answer) else {
            return;
        };
        let is_dry = is_true(state, "underrun") && !is_true(state, "eof");
        *dry = if is_dry { dry.saturating_add(1) } else { 0 };
        if *dry >= DRY_READINGS {
            load.starved_seek = true;
        }
        self.report_stall(actions);
    }

    /// Reports whether data is missing, if that changed.
    pub(super) fn report_stall(&mut self, actions: &mut Actions) {
        let starved = self.load.as_ref().is_some_and(|load| load.starved_seek);
        let stalled = self.paused_for_cache || starved;
        if std::mem::replace(&mut self.stall_reported, stalled) != stalled {
            actions.emit(PlayerEvent::Stalled(stalled));
        }
    }

    /// The media reached the end of its data, or left it again.
    pub(super) fn at_end(&mut self, at_end: bool, actions: &mut Actions) {
        let started = self.started;
        let Some(load) = self.load.as_mut().filter(|load| load.entry == started) else {
            return;
        };
        let epoch = load.epoch;
        match (load.end, at_end) {
            (DataEnd::No, true) => {
                // So the seek was mpv's own; mpv may leave the end again before it is asked.
                load.doubtful_seek = None;
                load.end = DataEnd::Reached;
                load.answers = 0;
                actions.get(Purpose::EndReached(load.number), "pid");
            }
            (DataEnd::Reached, false) => load.end = DataEnd::No,
            (DataEnd::Reported, false) => {
                load.end = DataEnd::No;
                actions.emit(PlayerEvent::LeftEnd { epoch });
            }
            (DataEnd::No, false) | (DataEnd::Reached | DataEnd::Reported, true) => {}
        }
    }

    /// Handles `eof-reached` where mpv does not report it by itself.
    pub(super) fn end_read(
        &mut self,
        number: LoadNumber,
        answer: &MpvResult,
        actions: &mut Actions,
    ) {
        let current = self.load.as_ref().is_some_and(|load| load.number == number);
        if let Some(at_end) = answer
            .as_ref()
            .ok()
            .and_then(Value::as_bool)
            .filter(|_| current)
        {
            self.at_end(at_end, actions);
        }
    }

    /// Handles a further answer since the end of the data. Reports the end as soon as the cause is
    /// known, or once earlier log lines have arrived.
    pub(super) fn report_end(&mut self, number: LoadNumber, actions: &mut Actions) {
        let Some(load) = self.load.as_mut().filter(|load| load.number == number) else {
            return;
        };
        if load.end != DataEnd::Reached {
            return;
        }
        // FFmpeg also goes to the end if the segments at the position could not be fetched.
        let broken = load.was_given_up().or(self.complaints.broken());
        if broken.is_none() && !load.complaints_are_in() {
            actions.get(Purpose::EndReached(number), "pid");
            return;
        }
        // If the time of the report would reveal what is at another host, the relay decides when.
        let is_delayed = load.fetch.delays_failure && load.was_given_up().is_none();
        if !load.showed && (broken.is_none() || is_delayed) {
            let seekable = load.facts.is_seekable();
            let problem = broken.unwrap_or_else(|| self.complaints.nothing_shown(seekable));
            self.cannot_play(problem, actions);
            if self.load.is_none() {
                actions.order("stop", json!(["stop"]));
            }
        } else if broken.is_none() && load.seek_went_to_end() {
            self.problem(MediaProblem::CannotSeek, actions);
            actions.order("stop", json!(["stop"]));
        } else {
            load.end = DataEnd::Reported;
            let epoch = load.epoch;
            actions.emit(PlayerEvent::Ended { epoch, broken });
        }
    }
}

/// Whether the property `name` of a state is true.
fn is_true(state: &Value, name: &str) -> bool {
    state.get(name) == Some(&Value::Bool(true))
}
