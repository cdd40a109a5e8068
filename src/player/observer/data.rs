//! A medium's data: how far it came, whether it is missing, how long it makes the medium, and
//! whether its end is the end.

use serde_json::{Value, json};

use super::Observer;
use crate::player::actions::{Actions, Purpose};
use crate::player::event::Observed;
use crate::player::ipc::MpvResult;
use crate::player::length::DurationReading;
use crate::player::loaded_media::{DataEnd, ENDS_READ, LoadNumber};
use crate::protocol::time::LocalTime;
use crate::sync::player::{MediaProblem, PlayerEvent};

/// For how many readings in a row a seek has nothing to show until it counts as waiting for
/// data: 250 to 500 ms at one reading every 250 ms. A seek within what is cached has packets
/// to decode at once, however long it decodes (measured on mpv 0.35.1).
const DRY_READINGS: u8 = 2;

impl Observer {
    /// The duration or the cache changed: asks for both, the duration first (`length` says why).
    pub(super) fn ask_length(&self, steps: &mut Actions) {
        if let Some(load) = self.load.as_ref().filter(|load| load.length.is_some()) {
            steps.get(Purpose::Duration(load.number), Observed::Duration.name());
            steps.get(Purpose::Cache(load.number), Observed::Cache.name());
        }
    }

    /// Whether the end of the data was cached when that was read last.
    pub(super) fn has_all_data(&self) -> bool {
        self.load.as_ref().is_some_and(|load| load.ends_read > 0)
    }

    /// The duration was read; the cache is next.
    pub(super) fn duration_read(&mut self, number: LoadNumber, answer: &MpvResult) {
        if let Some(load) = self.load.as_mut().filter(|load| load.number == number) {
            load.duration = answer.as_ref().ok().and_then(Value::as_f64);
        }
    }

    /// The cache was read, right after the duration. The complaints of before are all in: mpv
    /// hands lines of its log out before it takes the next question (0.35.1).
    pub(super) fn cache_read(
        &mut self,
        number: LoadNumber,
        answer: &MpvResult,
        at: LocalTime,
        steps: &mut Actions,
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
        steps
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
            steps.tell(PlayerEvent::Length { epoch, length });
        }
        if whole && !is_certain {
            self.ask_length(steps);
        }
    }

    /// The cache was read while a seek is under way. mpv does not call it a stall when a seek
    /// waits for data; what it says is that it has no packet to show.
    pub(super) fn seek_data_read(&mut self, answer: &MpvResult, steps: &mut Actions) {
        let Some(load) = &mut self.load else { return };
        let (Some(dry), Ok(state)) = (&mut load.seeking, answer) else {
            return;
        };
        let is_dry = is_true(state, "underrun") && !is_true(state, "eof");
        *dry = if is_dry { dry.saturating_add(1) } else { 0 };
        if *dry >= DRY_READINGS {
            load.starved_seek = true;
        }
        self.tell_stall(steps);
    }

    /// Tells whether data is missing, if that is new.
    pub(super) fn tell_stall(&mut self, steps: &mut Actions) {
        let starved = self.load.as_ref().is_some_and(|load| load.starved_seek);
        let stalled = self.ran_dry || starved;
        if std::mem::replace(&mut self.stall_told, stalled) != stalled {
            steps.tell(PlayerEvent::Stalled(stalled));
        }
    }

    /// The medium came to the end of its data, or left it again.
    pub(super) fn at_end(&mut self, at_end: bool, steps: &mut Actions) {
        let started = self.started;
        let Some(load) = self.load.as_mut().filter(|load| load.entry == started) else {
            return;
        };
        let epoch = load.epoch;
        match (load.end, at_end) {
            (DataEnd::No, true) => {
                // Then it was mpv's own; it may leave the end again before it is asked.
                load.doubtful_seek = None;
                load.end = DataEnd::Reached;
                load.answers = 0;
                steps.get(Purpose::EndReached(load.number), "pid");
            }
            (DataEnd::Reached, false) => load.end = DataEnd::No,
            (DataEnd::Reported, false) => {
                load.end = DataEnd::No;
                steps.tell(PlayerEvent::LeftEnd { epoch });
            }
            (DataEnd::No, false) | (DataEnd::Reached | DataEnd::Reported, true) => {}
        }
    }

    /// Whether the player stands at the end of its data, where mpv did not say so by itself.
    pub(super) fn end_read(&mut self, number: LoadNumber, answer: &MpvResult, steps: &mut Actions) {
        let current = self.load.as_ref().is_some_and(|load| load.number == number);
        if let Some(at_end) = answer
            .as_ref()
            .ok()
            .and_then(Value::as_bool)
            .filter(|_| current)
        {
            self.at_end(at_end, steps);
        }
    }

    /// A question was answered since the end came. Tells the end as soon as it is known why it
    /// came, or what was complained about before is in.
    pub(super) fn tell_end(&mut self, number: LoadNumber, steps: &mut Actions) {
        let Some(load) = self.load.as_mut().filter(|load| load.number == number) else {
            return;
        };
        if load.end != DataEnd::Reached {
            return;
        }
        // FFmpeg goes to the end as well where the parts at the place could not be had.
        let broken = load.was_given_up().or(self.complaints.broken());
        if broken.is_none() && !load.complaints_are_in() {
            steps.get(Purpose::EndReached(number), "pid");
            return;
        }
        // What would tell by its time what stands at another host waits for the relay.
        let waits = load.fetch.delays_failure && load.was_given_up().is_none();
        if !load.showed && (broken.is_none() || waits) {
            let seekable = load.facts.is_seekable();
            let problem = broken.unwrap_or_else(|| self.complaints.nothing_shown(seekable));
            self.cannot_play(problem, steps);
            if self.load.is_none() {
                steps.order("stop", json!(["stop"]));
            }
        } else if broken.is_none() && load.was_thrown_to_its_end() {
            self.problem(MediaProblem::CannotSeek, steps);
            steps.order("stop", json!(["stop"]));
        } else {
            load.end = DataEnd::Reported;
            let epoch = load.epoch;
            steps.tell(PlayerEvent::Ended { epoch, broken });
        }
    }
}

/// Whether a state says so.
fn is_true(state: &Value, name: &str) -> bool {
    state.get(name) == Some(&Value::Bool(true))
}
