//! What mpv says and what it is asked, turned into the player's words. A machine without
//! IO: [`Observer`] is told orders, events and answers, and gives [`Steps`] to carry out.
//!
//! Measured on mpv 0.35.1, as the echo of our own acts depends on it:
//! - one seek makes one `seek` event and one `playback-restart`, also when paused and also to
//!   the place where it stands already; of seeks ordered before the last one is done mpv
//!   makes fewer (three at once: two `seek`, one `playback-restart`);
//! - a load with a start makes one `seek` after `file-loaded`, which is not reported here,
//!   since it is the load's own; a load without one makes none;
//! - `pause` and `speed` set to the value they have make no event, a new value makes one; mpv
//!   tells speeds in millionths, so that an ordered one is told back here as it was ordered;
//! - turning a track off and on, muting and `audio-pitch-correction` make no such event;
//! - at the end `pause` stays false, pausing and unpausing there change only `pause`, and a
//!   seek back plays on; a seek or a start beyond the end stands on the last frame: after the
//!   `playback-restart` mpv finds no picture there and makes a seek of its own to the last
//!   one, 1 ms later, which is nobody's act and is not reported here.

use std::time::Instant;

use serde_json::{Value, json};

use super::complaints::{Complaints, clean};
use super::event::{MpvEvent, Observed};
use super::ipc::{Answer, Reply};
use super::load::{Load, Target};
use super::sampler::Sampler;
use super::steps::{Purpose, Steps};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position};
use crate::sync::player::{Basis, Lack, PlayerCommand, PlayerEvent, Sample};

mod entries;
mod seeks;

/// The precision in which mpv tells numbers.
const MILLIONTH: f64 = 1e-6;

/// What is known of the player.
#[derive(Debug)]
pub(super) struct Observer {
    load: Option<Load>,
    /// The entry that mpv began to open last.
    started: Option<u64>,
    /// The medium that the member stopped in the window, perhaps for another one.
    stopped: Option<Epoch>,
    paused: bool,
    speed: f64,
    ordered_speed: f64,
    stalled: bool,
    sound_told: bool,
    sampler: Sampler,
    complaints: Complaints,
}

impl Observer {
    /// A player that was just started, and what to ask it first.
    pub(super) fn begin() -> (Self, Steps) {
        let mut steps = Steps::default();
        steps.order(
            "request_log_messages",
            json!(["request_log_messages", "warn"]),
        );
        for observed in Observed::ALWAYS {
            let command = json!(["observe_property", observed.id(), observed.name()]);
            steps.order(observed.name(), command);
        }
        let observer = Self {
            load: None,
            started: None,
            stopped: None,
            paused: false,
            speed: 1.0,
            ordered_speed: 1.0,
            stalled: false,
            sound_told: false,
            sampler: Sampler::default(),
            complaints: Complaints::default(),
        };
        (observer, steps)
    }

    /// Carries out an order. Starting and ending the process is not this machine's business.
    pub(super) fn command(&mut self, command: PlayerCommand) -> Steps {
        let mut steps = Steps::default();
        match command {
            PlayerCommand::Load {
                epoch,
                media,
                start,
                paused,
            } => {
                return self.open(epoch, Target::of(&media), start, paused);
            }
            PlayerCommand::Unload => {
                self.forget(&mut steps);
                steps.order("stop", json!(["stop"]));
            }
            PlayerCommand::SetPaused(paused) => steps.set("pause", &json!(paused)),
            PlayerCommand::Seek(to) => {
                if let Some(load) = &mut self.load {
                    load.seek_ordered = Some(to);
                }
                steps.order("seek", json!(["seek", to.as_seconds(), "absolute+exact"]));
            }
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
            PlayerCommand::Restart | PlayerCommand::Quit => {}
            own => {
                for (name, command) in super::own::order(&own) {
                    steps.order(name, command);
                }
            }
        }
        steps
    }

    /// Opens a medium.
    pub(super) fn open(
        &mut self,
        epoch: Epoch,
        target: Target,
        start: Position,
        paused: bool,
    ) -> Steps {
        let mut steps = Steps::default();
        self.forget(&mut steps);
        self.complaints.clear();
        steps.set("pause", &json!(paused));
        steps.set("start", &json!(format!("{:.6}", start.as_seconds())));
        let command = json!(["loadfile", target.address]);
        steps.asks.push((Purpose::LoadFile(epoch), command));
        let mut load = Load::new(epoch, target);
        load.bound = Some(start);
        self.load = Some(load);
        steps
    }

    /// Asks for the position, if it moves. To be called every 250 ms.
    pub(super) fn sample(&mut self) -> Steps {
        let mut steps = Steps::default();
        let moves = self
            .load
            .as_ref()
            .is_some_and(|load| load.running && !load.at_end);
        if moves && !self.paused {
            self.sampler.ask(&mut steps.asks);
        }
        steps
    }

    /// Takes in an event.
    pub(super) fn event(&mut self, event: MpvEvent, at: LocalTime) -> Steps {
        let mut steps = Steps::default();
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
                self.complaints.note(&prefix, &text);
            }
        }
        steps
    }

    /// Takes in an answer that came at `heard`. `local` turns instants into local time.
    pub(super) fn answer(
        &mut self,
        reply: Reply<Purpose>,
        heard: Instant,
        local: impl Fn(Instant) -> LocalTime,
    ) -> Steps {
        let mut steps = Steps::default();
        let middle = local(reply.asked + heard.saturating_duration_since(reply.asked) / 2);
        let position = reading(&reply.answer).filter(|_| !reply.late);
        match reply.purpose {
            Purpose::Order(name) => {
                if let Err(error) = reply.answer {
                    tracing::debug!(%name, %error, "the player refused an order");
                }
            }
            Purpose::LoadFile(epoch) => self.numbered(epoch, &reply.answer, &mut steps),
            Purpose::Fact(entry, fact) => self.fact(entry, fact, &reply.answer, &mut steps),
            Purpose::PausedAt(paused) => {
                steps.tell(PlayerEvent::Paused {
                    paused,
                    position,
                    at: middle,
                });
                self.settle(position, middle, &mut steps);
            }
            Purpose::WhoseSeek => self.judge_seek(&reply.answer),
            Purpose::RestartedAt => {
                self.settle_seek(position, &mut steps);
                if let Some(position) = position.filter(|_| self.is_running()) {
                    steps.tell(PlayerEvent::PlaybackRestarted {
                        position,
                        at: middle,
                    });
                    self.settle(Some(position), middle, &mut steps);
                }
            }
            Purpose::Sample(round, part) => {
                let answer = reply.answer.as_ref().ok().and_then(Value::as_f64);
                let read = answer.filter(|_| !reply.late && self.is_running());
                let sample = self
                    .sampler
                    .take(round, part, read, middle, &mut steps.asks);
                steps.events.extend(sample.map(PlayerEvent::Sample));
            }
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

    /// Drops the medium: nothing is told of it any more.
    fn forget(&mut self, steps: &mut Steps) {
        self.load = None;
        self.stopped = None;
        self.sampler.reset(&mut steps.asks);
        if std::mem::take(&mut self.stalled) {
            steps.tell(PlayerEvent::Stalled(false));
        }
    }

    /// Tells a standing player's position, which is the frame's.
    fn settle(&self, position: Option<Position>, at: LocalTime, steps: &mut Steps) {
        if let Some(position) = position.filter(|_| self.paused) {
            let sample = Sample {
                position,
                at,
                basis: Basis::Frame,
                buffered: None,
            };
            steps.tell(PlayerEvent::Sample(sample));
        }
    }

    /// An observed property changed.
    fn changed(&mut self, observed: Observed, value: &Value, at: LocalTime, steps: &mut Steps) {
        match (observed, value) {
            (Observed::Pause, Value::Bool(paused)) if self.paused != *paused => {
                self.paused = *paused;
                if self.is_running() {
                    steps.get(Purpose::PausedAt(*paused), "time-pos");
                } else {
                    steps.tell(PlayerEvent::Paused {
                        paused: *paused,
                        position: None,
                        at,
                    });
                }
            }
            (Observed::Speed, Value::Number(speed)) => {
                self.speed_changed(speed.as_f64().unwrap_or(self.speed), steps);
            }
            (Observed::Stalled, _) if self.load.is_some() => {
                let stalled = value == &Value::Bool(true);
                if self.stalled != stalled {
                    self.stalled = stalled;
                    steps.tell(PlayerEvent::Stalled(stalled));
                }
            }
            (Observed::AtEnd, _) => self.at_end(value == &Value::Bool(true), steps),
            (Observed::Frame, Value::Number(seconds)) => self.sampler.frame(seconds.as_f64(), at),
            _ => {}
        }
    }

    /// The speed is now `told`, in millionths.
    fn speed_changed(&mut self, told: f64, steps: &mut Steps) {
        let is_ordered = (told - self.ordered_speed).abs() < MILLIONTH;
        let speed = if is_ordered { self.ordered_speed } else { told };
        if (speed - self.speed).abs() > f64::EPSILON {
            self.speed = speed;
            steps.tell(PlayerEvent::Speed { speed });
        }
    }

    /// The medium came to its end, or left it again.
    fn at_end(&mut self, at_end: bool, steps: &mut Steps) {
        let started = self.started;
        let Some(load) = self.load.as_mut().filter(|load| load.entry == started) else {
            return;
        };
        let epoch = load.epoch;
        match (load.at_end, at_end) {
            (false, true) => {
                // Then it was mpv's own; it may leave the end again before it is asked.
                load.doubtful_seek = None;
                steps.tell(PlayerEvent::Ended {
                    epoch,
                    broken: None,
                });
            }
            (true, false) => steps.tell(PlayerEvent::LeftEnd { epoch }),
            _ => {}
        }
        load.at_end = at_end;
    }

    /// Which sound output is in use, where the member did not choose to have none.
    fn sound(&mut self, answer: &Answer, steps: &mut Steps) {
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
fn reading(answer: &Answer) -> Option<Position> {
    let seconds = answer.as_ref().ok()?.as_f64()?;
    seconds.is_finite().then(|| Position::from_seconds(seconds))
}

/// Whether the `ao` option asks for silence by itself.
fn chose_silence(answer: &Answer) -> bool {
    let first = answer.as_ref().ok().and_then(|list| list.get(0));
    first
        .and_then(|output| output.get("name"))
        .and_then(Value::as_str)
        == Some("null")
}

#[cfg(test)]
#[path = "observer_tests.rs"]
mod tests;
