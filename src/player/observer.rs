//! Interprets mpv's events and answers for the client. A machine without IO: [`Observer`] takes
//! orders, events and answers, and returns [`Actions`] to carry out.
//!
//! Measured on mpv 0.35.1. Recognising the effects of our own orders depends on it:
//!
//! - one seek makes one `seek` event and one `playback-restart`, also when paused and also to the
//!   current position; of seeks ordered before the last one is done mpv makes fewer (three at once:
//!   two `seek`, one `playback-restart`);
//! - a load with a start makes one `seek` after `file-loaded`, which is not reported here, since it
//!   is part of the load; a load without one makes none;
//! - HLS and transport streams are opened at their start and sought once (see
//!   `loaded_media::Landing`); that seek is part of the load as well;
//! - `pause` and `speed` set to their current value make no event, a new value makes one; mpv
//!   reports speeds in millionths, so an ordered speed is reported here exactly as ordered;
//! - turning a track off and on, muting and `audio-pitch-correction` make no such event;
//! - at the end `pause` stays false, pausing and resuming there change only `pause`, and a seek
//!   back plays on; after a seek or a start beyond the end mpv stops on the last frame: after the
//!   `playback-restart` it finds no picture there and makes a seek of its own to the last one, 1 ms
//!   later, which nobody ordered and is not reported here.

use std::time::Instant;

use serde_json::{Value, json};

use super::actions::{Actions, Purpose};
use super::clean::without_queries;
use super::complaints::Complaints;
use super::event::{MpvEvent, Observed, OwnProperty};
use super::ipc::{MpvReply, MpvResult};
use super::length::is_guess;
use super::loaded_media::{LoadNumber, OpenTarget, PlayerMedia};
use super::resolver_options::{self, ResolverOptions};
use super::sampler::Sampler;
use super::window::Window;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position};
use crate::sync::player::{PlayerCommand, PlayerEvent};

mod data;
mod entries;
mod foreign;
mod opening;
mod outputs;
mod own;
mod pauses;
mod relay;
mod seeks;

/// The precision with which mpv reports speeds.
const MILLIONTH: f64 = 1e-6;

/// The state of the player as far as mpv has reported it.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug)]
pub(super) struct Observer {
    load: Option<PlayerMedia>,
    /// The number of the last load.
    last_load: LoadNumber,
    /// The last playlist entry that mpv began to open.
    started: Option<u64>,
    /// The media that the member stopped in the window, perhaps to open something else.
    stopped: Option<Epoch>,
    pauses: pauses::Pauses,
    speed: f64,
    ordered_speed: f64,
    /// Whether mpv has stopped playback until data arrives (its `paused-for-cache`).
    paused_for_cache: bool,
    /// Whether the last stall that was reported to the client is not over yet.
    stall_reported: bool,
    /// Whether `hr-seek-demuxer-offset` is set to [`opening::LOOK_BACK`].
    has_look_back: bool,
    own: own::Own,
    /// The member's own options for yt-dlp, as far as mpv told them.
    resolver: ResolverOptions,
    has_picture: bool,
    outputs: outputs::Outputs,
    sampler: Sampler,
    complaints: Complaints,
    own_entries: entries::OwnEntries,
    foreign_files: foreign::ForeignFiles,
    window: Window,
}

impl Observer {
    /// The state for a player that was just started, with a window or without, and its first
    /// requests.
    pub(super) fn begin(has_window: bool) -> (Self, Actions) {
        let mut actions = Actions::default();
        actions.order(
            "request_log_messages",
            json!(["request_log_messages", "warn"]),
        );
        let own = OwnProperty::OBSERVED.map(Observed::Own);
        for observed in Observed::ALWAYS.into_iter().chain(own) {
            actions.observe(observed);
        }
        Window::begin(&mut actions);
        for property in resolver_options::PROPERTIES {
            actions.get(Purpose::ResolverOptions(property), property);
        }
        let observer = Self {
            load: None,
            last_load: LoadNumber::default(),
            started: None,
            stopped: None,
            pauses: pauses::Pauses::default(),
            speed: 1.0,
            ordered_speed: 1.0,
            paused_for_cache: false,
            stall_reported: false,
            has_look_back: false,
            own: own::Own::default(),
            resolver: ResolverOptions::default(),
            has_picture: false,
            outputs: outputs::Outputs::new(has_window),
            sampler: Sampler::default(),
            complaints: Complaints::default(),
            own_entries: entries::OwnEntries::default(),
            foreign_files: foreign::ForeignFiles::default(),
            window: Window::default(),
        };
        (observer, actions)
    }

    /// Carries out an order, except for its parts about the process and fetching.
    pub(super) fn command(&mut self, command: PlayerCommand) -> Actions {
        let mut actions = Actions::default();
        match command {
            PlayerCommand::Load {
                epoch,
                media,
                start,
                paused,
                retry: _,
            } => {
                return self.open(epoch, OpenTarget::of(&media), start, paused);
            }
            PlayerCommand::Unload => {
                self.forget(&mut actions);
                actions.order("stop", json!(["stop"]));
            }
            PlayerCommand::SetPaused(paused) => self.order_pause(paused, &mut actions),
            PlayerCommand::Seek(to) => self.order_seek(to, &mut actions),
            PlayerCommand::SetSpeed {
                speed,
                pitch_correction,
            } => {
                self.ordered_speed = speed;
                actions.set("audio-pitch-correction", &json!(pitch_correction));
                actions.set("speed", &json!(speed));
            }
            PlayerCommand::Draw(overlay) => self.window.draw(*overlay, &mut actions),
            PlayerCommand::SetTitle(title) => Window::set_title(&title, &mut actions),
            PlayerCommand::TakeKeys(keys) => self.window.take_keys(keys, &mut actions),
            PlayerCommand::FetchNow { .. } | PlayerCommand::Restart | PlayerCommand::Quit => {}
            own => self.order_own(&own, &mut actions),
        }
        actions
    }

    /// Asks for the position during playback, and for the cache state during a seek. To be called
    /// every 250 ms.
    pub(super) fn sample(&mut self) -> Actions {
        let mut actions = Actions::default();
        self.release_old_pause(&mut actions);
        let Some(load) = self.load.as_ref().filter(|load| load.moves()) else {
            return actions;
        };
        if load.seeking.is_some() {
            actions.get(Purpose::SeekingCache, Observed::Cache.name());
        }
        if self.pauses.is_paused() {
            self.ask_picture(&mut actions);
        } else {
            self.sampler.ask(&mut actions.asks);
            if self.sampler.is_silent() {
                // If it was opened or sought beyond its data, mpv does not report the end by itself
                // (0.35.1).
                actions.get(Purpose::WhetherAtEnd(load.number), Observed::AtEnd.name());
            }
        }
        actions
    }

    /// Handles an event that was read at `at`.
    pub(super) fn event(&mut self, event: MpvEvent, at: LocalTime) -> Actions {
        let mut actions = Actions::default();
        match event {
            MpvEvent::StartFile { entry } => self.started(entry, at, &mut actions),
            MpvEvent::FileLoaded => self.opened(&mut actions),
            MpvEvent::EndFile {
                entry,
                reason,
                error,
            } => {
                self.entry_ended(entry, &reason, error, &mut actions);
            }
            MpvEvent::Seek => self.seek_began(at, &mut actions),
            MpvEvent::PlaybackRestart => self.restarted(at, &mut actions),
            MpvEvent::Property { observed, value } => {
                self.changed(observed, &value, at, &mut actions);
            }
            MpvEvent::Message(message) => self.window.message(&message, &mut actions),
            MpvEvent::Log { prefix, text } => {
                tracing::debug!(%prefix, text = %without_queries(text.trim_end()), "player");
                self.complaints.note(&prefix, &text, at);
                if let Some(load) = self.load.as_mut().filter(|_| is_guess(&text)) {
                    load.duration_is_guessed = true;
                }
            }
        }
        actions
    }

    /// Handles an answer that was read at `read_at`. `local` converts instants to local time.
    pub(super) fn answer(
        &mut self,
        reply: MpvReply<Purpose>,
        read_at: Instant,
        local: impl Fn(Instant) -> LocalTime,
    ) -> Actions {
        let mut actions = Actions::default();
        let middle = local(reply.asked + read_at.saturating_duration_since(reply.asked) / 2);
        let position = reading(&reply.answer).filter(|_| !reply.late);
        match reply.purpose {
            Purpose::Order(name) => log_refusal(name, &reply.answer),
            Purpose::LoadFile(load) => self.numbered(load, &reply.answer, &mut actions),
            Purpose::Property(entry, fact) => {
                self.fact(entry, fact, &reply.answer, &mut actions);
                self.land_if_shown(middle, &mut actions);
            }
            Purpose::Landing(load) => self.landing_taken(load, &reply.answer, middle, &mut actions),
            Purpose::PausedAt(paused) => self.paused_at(paused, position, middle, &mut actions),
            Purpose::SteppedTo => self.stepped_to(position, middle, &mut actions),
            Purpose::Shown(load) => self.shown(load, &reply.answer, reply.late),
            Purpose::WhoseSeek => self.judge_seek(&reply.answer),
            Purpose::RestartedAt => self.restarted_at(position, middle, &mut actions),
            Purpose::Sample(round, part) => {
                let answer = reply.answer.as_ref().ok().and_then(Value::as_f64);
                let read = answer.filter(|_| !reply.late && self.is_running());
                let asks = &mut actions.asks;
                let sample = self.sampler.take(round, part, read, middle, asks);
                actions.events.extend(sample.map(PlayerEvent::Sample));
            }
            Purpose::Duration(load) => self.duration_read(load, &reply.answer),
            Purpose::Cache(load) => self.cache_read(load, &reply.answer, middle, &mut actions),
            Purpose::SeekingCache => self.seek_data_read(&reply.answer, &mut actions),
            Purpose::WhetherAtEnd(load) => self.end_read(load, &reply.answer, &mut actions),
            Purpose::EndReached(load) => self.report_end(load, &mut actions),
            Purpose::Complaints(entry, error) => self.failed(entry, &error, &mut actions),
            Purpose::ClientName => self.window.named(&reply.answer, &mut actions),
            Purpose::Bindings => self.window.bindings(&reply.answer, &mut actions),
            Purpose::Stopped(load) => self.nothing_followed(load, &mut actions),
            Purpose::ForeignFile(replaced) => {
                self.foreign_files
                    .report(replaced, &reply.answer, &mut actions);
            }
            Purpose::ChosenSound => self.outputs.choice_read(&reply.answer),
            Purpose::Probe => {}
            Purpose::CurrentSound => self.sound_read(&reply.answer, &mut actions),
            Purpose::Own(property, act) => {
                self.own_read(property, act, &reply.answer, &mut actions);
            }
            Purpose::OwnOrder(name, act) => {
                self.own_ordered(name, act, &reply.answer, &mut actions);
            }
            Purpose::AddSubtitles => Self::subtitles_added(&reply.answer, &mut actions),
            Purpose::ResolverOptions(property) => {
                self.resolver_told(property, &reply.answer, &mut actions);
            }
            Purpose::SoundDelay => self.sound_delay_read(&reply.answer, &mut actions),
        }
        actions
    }

    /// Handles a part of the member's own options for yt-dlp; the last one makes them known.
    fn resolver_told(&mut self, property: &'static str, answer: &MpvResult, actions: &mut Actions) {
        if let Ok(value) = answer {
            self.resolver.take(property, value);
        }
        if resolver_options::PROPERTIES.last() == Some(&property) {
            actions.resolver = Some(self.resolver.clone());
        }
    }

    fn is_running(&self) -> bool {
        self.load.as_ref().is_some_and(|load| load.running)
    }

    /// Handles a new value of an observed property.
    fn changed(&mut self, observed: Observed, value: &Value, at: LocalTime, actions: &mut Actions) {
        if let Some(held) = observed.fixed_value() {
            if value != &Value::Bool(held) {
                let back = if held { "yes" } else { "no" };
                actions.set(observed.name(), &json!(back));
            }
            return;
        }
        match (observed, value) {
            (Observed::Pause, Value::Bool(paused)) => self.pause_changed(*paused, at, actions),
            (Observed::Still, Value::Number(seconds)) => {
                self.picture_changed(seconds.as_f64(), actions);
            }
            (Observed::Speed, Value::Number(speed)) => {
                self.speed_changed(speed.as_f64().unwrap_or(self.speed), actions);
            }
            (Observed::Stalled, _) if self.load.is_some() => {
                self.paused_for_cache = value == &Value::Bool(true);
                self.report_stall(actions);
            }
            (Observed::AtEnd, _) => self.at_end(value == &Value::Bool(true), actions),
            (Observed::Frame, Value::Number(seconds)) => self.sampler.frame(seconds.as_f64(), at),
            (Observed::Cache, _) => self.ask_length(actions),
            // Before the end of its data every change of the cache is asked about anyway.
            (Observed::Duration, _) if self.has_all_data() => self.ask_length(actions),
            (Observed::AudioDelay, Value::Number(seconds)) => {
                self.sound_delay_changed(seconds.as_f64().unwrap_or(0.0), actions);
            }
            (Observed::ForcedWindow, Value::Bool(false)) => self.no_window(actions),
            (Observed::Own(property), value) => {
                if property == OwnProperty::Driver {
                    self.sound_changed(actions);
                }
                self.own_changed(property, value, actions);
            }
            (Observed::Picture, _) => {
                self.has_picture = value.is_number();
                self.pauses.picture_changes();
                self.set_ahead();
            }
            (Observed::WindowWidth | Observed::WindowHeight, _) => {
                self.window.resized(observed, value, actions);
            }
            _ => {}
        }
    }

    /// Tells the sampler how far the picture, or what is heard, is from the audio clock.
    fn set_ahead(&mut self) {
        self.sampler.set_ahead(self.own.ahead(self.has_picture));
    }

    /// Handles mpv's `speed`, which has a precision of millionths.
    fn speed_changed(&mut self, reported: f64, actions: &mut Actions) {
        let is_ordered = (reported - self.ordered_speed).abs() < MILLIONTH;
        let speed = if is_ordered {
            self.ordered_speed
        } else {
            reported
        };
        if (speed - self.speed).abs() > f64::EPSILON {
            self.speed = speed;
            actions.emit(PlayerEvent::Speed { speed });
        }
    }
}

/// Logs that mpv refused an order.
fn log_refusal(name: &str, answer: &MpvResult) {
    if let Err(error) = answer {
        tracing::debug!(%name, %error, "the player refused an order");
    }
}

/// A position that mpv reported in seconds.
fn reading(answer: &MpvResult) -> Option<Position> {
    let seconds = answer.as_ref().ok()?.as_f64()?;
    seconds.is_finite().then(|| Position::from_seconds(seconds))
}

#[cfg(test)]
mod tests;
