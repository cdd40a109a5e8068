//! What mpv says and what it is asked, turned into the player's words. A machine without
//! IO: [`Observer`] is told orders, events and answers, and gives [`Actions`] to carry out.
//!
//! Measured on mpv 0.35.1, as the echo of our own acts depends on it:
//! - one seek makes one `seek` event and one `playback-restart`, also when paused and also to
//!   the place where it stands already; of seeks ordered before the last one is done mpv
//!   makes fewer (three at once: two `seek`, one `playback-restart`);
//! - a load with a start makes one `seek` after `file-loaded`, which is not reported here,
//!   since it is the load's own; a load without one makes none;
//! - HLS and transport streams are opened at their start and sought once (see `loaded_media::Landing`);
//!   that seek is the load's own as well;
//! - `pause` and `speed` set to the value they have make no event, a new value makes one; mpv
//!   tells speeds in millionths, so that an ordered one is told back here as it was ordered;
//! - turning a track off and on, muting and `audio-pitch-correction` make no such event;
//! - at the end `pause` stays false, pausing and unpausing there change only `pause`, and a
//!   seek back plays on; a seek or a start beyond the end stands on the last frame: after the
//!   `playback-restart` mpv finds no picture there and makes a seek of its own to the last
//!   one, 1 ms later, which is nobody's act and is not reported here.

use std::time::Instant;

use serde_json::{Value, json};

use super::actions::{Actions, Purpose};
use super::clean::clean;
use super::complaints::Complaints;
use super::event::{MpvEvent, Observed};
use super::ipc::{MpvReply, MpvResult};
use super::length::is_guess;
use super::loaded_media::{LoadNumber, LoadedMedia, OpenTarget};
use super::sampler::Sampler;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position};
use crate::sync::player::{Lack, PlayerCommand, PlayerEvent};

mod data;
mod entries;
mod opening;
mod pauses;
mod relay;
mod seeks;

/// The precision in which mpv tells numbers.
const MILLIONTH: f64 = 1e-6;

/// What is known of the player.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug)]
pub(super) struct Observer {
    load: Option<LoadedMedia>,
    /// The number of the load that was ordered last.
    last_load: LoadNumber,
    /// The entry that mpv began to open last.
    started: Option<u64>,
    /// The medium that the member stopped in the window, perhaps for another one.
    stopped: Option<Epoch>,
    pauses: pauses::Pauses,
    speed: f64,
    ordered_speed: f64,
    /// mpv's `paused-for-cache`.
    ran_dry: bool,
    /// Whether it was told that data is missing.
    stall_told: bool,
    /// Whether mpv was told to look further back when it seeks.
    looks_back: bool,
    /// mpv's `audio-delay`, in seconds.
    audio_delay: f64,
    has_picture: bool,
    sound_told: bool,
    sampler: Sampler,
    complaints: Complaints,
}

impl Observer {
    /// A player that was just started, and what to ask it first.
    pub(super) fn begin() -> (Self, Actions) {
        let mut steps = Actions::default();
        steps.order(
            "request_log_messages",
            json!(["request_log_messages", "warn"]),
        );
        for observed in Observed::ALWAYS {
            steps.observe(observed);
        }
        let observer = Self {
            load: None,
            last_load: LoadNumber::default(),
            started: None,
            stopped: None,
            pauses: pauses::Pauses::default(),
            speed: 1.0,
            ordered_speed: 1.0,
            ran_dry: false,
            stall_told: false,
            looks_back: false,
            audio_delay: 0.0,
            has_picture: false,
            sound_told: false,
            sampler: Sampler::default(),
            complaints: Complaints::default(),
        };
        (observer, steps)
    }

    /// Carries out an order. The process and what is fetched for it are not this machine's
    /// business.
    pub(super) fn command(&mut self, command: PlayerCommand) -> Actions {
        let mut steps = Actions::default();
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
                self.forget(&mut steps);
                steps.order("stop", json!(["stop"]));
            }
            PlayerCommand::SetPaused(paused) => self.order_pause(paused, &mut steps),
            PlayerCommand::Seek(to) => self.order_seek(to, &mut steps),
            PlayerCommand::SetSpeed {
                speed,
                pitch_correction,
            } => {
                self.ordered_speed = speed;
                steps.set("audio-pitch-correction", &json!(pitch_correction));
                steps.set("speed", &json!(speed));
            }
            PlayerCommand::ShowText { text, during } => {
                let text = clean(&text, 500);
                let millis = during.0.max(0) / 1_000;
                steps.order("show-text", json!(["show-text", text, millis]));
            }
            PlayerCommand::FetchNow { .. } | PlayerCommand::Restart | PlayerCommand::Quit => {}
            own => {
                // Another track, or none: its time is no step of the member's.
                self.pauses.picture_changes();
                for (name, command) in super::personal::order(&own) {
                    steps.order(name, command);
                }
            }
        }
        steps
    }

    /// Asks for the position if it moves, and whether data is there if it seeks. To be called
    /// every 250 ms.
    pub(super) fn sample(&mut self) -> Actions {
        let mut steps = Actions::default();
        self.release_old_pause(&mut steps);
        let Some(load) = self.load.as_ref().filter(|load| load.moves()) else {
            return steps;
        };
        if load.seeking.is_some() {
            steps.get(Purpose::SeekingCache, Observed::Cache.name());
        }
        if self.pauses.is_paused() {
            self.ask_picture(&mut steps);
        } else {
            self.sampler.ask(&mut steps.asks);
            if self.sampler.is_silent() {
                // Where it was opened or sought beyond its data mpv does not say unasked that
                // it is at the end (0.35.1).
                steps.get(Purpose::WhetherAtEnd(load.number), Observed::AtEnd.name());
            }
        }
        steps
    }

    /// Takes in an event.
    pub(super) fn event(&mut self, event: MpvEvent, at: LocalTime) -> Actions {
        let mut steps = Actions::default();
        match event {
            MpvEvent::StartFile { entry } => self.started(entry, &mut steps),
            MpvEvent::FileLoaded => self.opened(&mut steps),
            MpvEvent::EndFile {
                entry,
                reason,
                error,
            } => {
                self.entry_ended(entry, &reason, error, &mut steps);
            }
            MpvEvent::Seek => self.seek_began(at, &mut steps),
            MpvEvent::PlaybackRestart => self.restarted(at, &mut steps),
            MpvEvent::Property { observed, value } => {
                self.changed(observed, &value, at, &mut steps);
            }
            MpvEvent::Log { prefix, text } => {
                tracing::debug!(%prefix, text = %text.trim_end(), "player");
                self.complaints.note(&prefix, &text, at);
                if let Some(load) = self.load.as_mut().filter(|_| is_guess(&text)) {
                    load.duration_is_guessed = true;
                }
            }
        }
        steps
    }

    /// Takes in an answer that came at `heard`. `local` turns instants into local time.
    pub(super) fn answer(
        &mut self,
        reply: MpvReply<Purpose>,
        heard: Instant,
        local: impl Fn(Instant) -> LocalTime,
    ) -> Actions {
        let mut steps = Actions::default();
        let middle = local(reply.asked + heard.saturating_duration_since(reply.asked) / 2);
        let position = reading(&reply.answer).filter(|_| !reply.late);
        match reply.purpose {
            Purpose::Order(name) => {
                if let Err(error) = reply.answer {
                    tracing::debug!(%name, %error, "the player refused an order");
                }
            }
            Purpose::LoadFile(load) => self.numbered(load, &reply.answer, &mut steps),
            Purpose::Property(entry, fact) => {
                self.fact(entry, fact, &reply.answer, &mut steps);
                self.land_if_shown(middle, &mut steps);
            }
            Purpose::Landing(load) => self.landing_taken(load, &reply.answer, middle, &mut steps),
            Purpose::PausedAt(paused) => self.paused_at(paused, position, middle, &mut steps),
            Purpose::SteppedTo => self.stepped_to(position, middle, &mut steps),
            Purpose::Shown(load) => self.shown(load, &reply.answer, reply.late),
            Purpose::WhoseSeek => self.judge_seek(&reply.answer),
            Purpose::RestartedAt => self.restarted_at(position, middle, &mut steps),
            Purpose::Sample(round, part) => {
                let answer = reply.answer.as_ref().ok().and_then(Value::as_f64);
                let read = answer.filter(|_| !reply.late && self.is_running());
                let sample = self
                    .sampler
                    .take(round, part, read, middle, &mut steps.asks);
                steps.events.extend(sample.map(PlayerEvent::Sample));
            }
            Purpose::Duration(load) => self.duration_read(load, &reply.answer),
            Purpose::Cache(load) => self.cache_read(load, &reply.answer, middle, &mut steps),
            Purpose::SeekingCache => self.seek_data_read(&reply.answer, &mut steps),
            Purpose::WhetherAtEnd(load) => self.end_read(load, &reply.answer, &mut steps),
            Purpose::EndReached(load) => self.tell_end(load, &mut steps),
            Purpose::Complaints(entry, error) => self.failed(entry, &error, &mut steps),
            Purpose::ChosenSound if !chose_silence(&reply.answer) => {
                steps.get(Purpose::CurrentSound, "current-ao");
            }
            Purpose::ChosenSound | Purpose::Probe => {}
            Purpose::CurrentSound => self.sound(&reply.answer, &mut steps),
        }
        steps
    }

    fn is_running(&self) -> bool {
        self.load.as_ref().is_some_and(|load| load.running)
    }

    /// An observed property changed.
    fn changed(&mut self, observed: Observed, value: &Value, at: LocalTime, steps: &mut Actions) {
        if let Some(held) = observed.held() {
            if value != &Value::Bool(held) {
                let back = if held { "yes" } else { "no" };
                steps.set(observed.name(), &json!(back));
            }
            return;
        }
        match (observed, value) {
            (Observed::Pause, Value::Bool(paused)) => self.pause_changed(*paused, at, steps),
            (Observed::Still, Value::Number(seconds)) => {
                self.picture_changed(seconds.as_f64(), steps);
            }
            (Observed::Speed, Value::Number(speed)) => {
                self.speed_changed(speed.as_f64().unwrap_or(self.speed), steps);
            }
            (Observed::Stalled, _) if self.load.is_some() => {
                self.ran_dry = value == &Value::Bool(true);
                self.tell_stall(steps);
            }
            (Observed::AtEnd, _) => self.at_end(value == &Value::Bool(true), steps),
            (Observed::Frame, Value::Number(seconds)) => self.sampler.frame(seconds.as_f64(), at),
            (Observed::Cache, _) => self.ask_length(steps),
            // Before the end of its data every change of the cache is asked about anyway.
            (Observed::Duration, _) if self.has_all_data() => self.ask_length(steps),
            (Observed::AudioDelay, Value::Number(seconds)) => {
                self.audio_delay = seconds.as_f64().unwrap_or(0.0);
                self.set_ahead();
            }
            (Observed::Picture, _) => {
                self.has_picture = value.is_number();
                self.pauses.picture_changes();
                self.set_ahead();
            }
            _ => {}
        }
    }

    /// Without a picture there is nothing that the sound could be late for.
    fn set_ahead(&mut self) {
        let ahead = if self.has_picture {
            self.audio_delay
        } else {
            0.0
        };
        self.sampler.set_ahead(ahead);
    }

    /// The speed is now `told`, in millionths.
    fn speed_changed(&mut self, told: f64, steps: &mut Actions) {
        let is_ordered = (told - self.ordered_speed).abs() < MILLIONTH;
        let speed = if is_ordered { self.ordered_speed } else { told };
        if (speed - self.speed).abs() > f64::EPSILON {
            self.speed = speed;
            steps.tell(PlayerEvent::Speed { speed });
        }
    }

    /// Which sound output is in use, where the member did not choose to have none.
    fn sound(&mut self, answer: &MpvResult, steps: &mut Actions) {
        let output = answer.as_ref().ok().and_then(Value::as_str);
        let has_sound = self
            .load
            .as_ref()
            .is_some_and(|load| load.facts.has_sound());
        if output == Some("null") && has_sound && !std::mem::replace(&mut self.sound_told, true) {
            steps.tell(PlayerEvent::Lacks(Lack::Sound));
        }
    }
}

/// A position that mpv told in seconds.
fn reading(answer: &MpvResult) -> Option<Position> {
    let seconds = answer.as_ref().ok()?.as_f64()?;
    seconds.is_finite().then(|| Position::from_seconds(seconds))
}

/// Whether the `ao` option asks for silence by itself.
fn chose_silence(answer: &MpvResult) -> bool {
    let first = answer.as_ref().ok().and_then(|list| list.get(0));
    first
        .and_then(|output| output.get("name"))
        .and_then(Value::as_str)
        == Some("null")
}

#[cfg(test)]
mod tests;
