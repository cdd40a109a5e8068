//! What mpv says and what it is asked, turned into the player's words. A machine without
//! IO: [`Observer`] is told orders, events and answers, and gives [`Steps`] to carry out.
//!
//! Measured on mpv 0.35.1, as the echo of our own acts depends on it:
//! - one seek makes one `seek` event and one `playback-restart`, also when paused and also to
//!   the place where it stands already; of seeks ordered before the last one is done mpv
//!   makes fewer (three at once: two `seek`, one `playback-restart`);
//! - a load with a start makes one `seek` after `file-loaded`, which is not reported here,
//!   since it is the load's own; a load without one makes none;
//! - `pause` and `speed` set to the value they have make no event, a new value makes one;
//! - at the end `pause` stays false, pausing and unpausing there change only `pause`, and a
//!   seek back plays on; a seek or a start beyond the end stands on the last frame.

use std::time::Instant;

use serde_json::{Value, json};

use super::complaints::Complaints;
use super::event::{MpvEvent, Observed};
use super::ipc::{Answer, Reply};
use super::load::{Fact, Load, Target};
use super::sampler::{Part, Sampler};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position};
use crate::sync::player::{Basis, Lack, MediaProblem, PlayerCommand, PlayerEvent, Sample};

/// Why something was asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Purpose {
    /// Only whether it worked matters: an order, named for the log.
    Order(&'static str),
    /// Whether the player answers at all.
    Probe,
    /// mpv's number for the medium of this load.
    LoadFile(Epoch),
    /// Something about the entry that opened.
    Fact(u64, Fact),
    /// Where it stands after `pause` changed to this value.
    PausedAt(bool),
    /// Where it stands after a load or a seek.
    RestartedAt,
    /// A part of a position's reading.
    Sample(u64, Part),
    /// Whether its complaints are all in, after an entry ended with this error.
    Complaints(u64, String),
    /// Which sound outputs the member chose.
    ChosenSound,
    /// Which sound output is in use, while the chosen one is not "none".
    CurrentSound,
}

/// What is to be done now: events told and questions asked, in their order.
#[derive(Debug, Default)]
pub(super) struct Steps {
    /// What to tell.
    pub(super) events: Vec<PlayerEvent>,
    /// What to ask mpv, and why.
    pub(super) asks: Vec<(Purpose, Value)>,
}

impl Steps {
    fn tell(&mut self, event: PlayerEvent) {
        self.events.push(event);
    }

    fn get(&mut self, purpose: Purpose, property: &str) {
        self.asks.push((purpose, json!(["get_property", property])));
    }

    fn set(&mut self, property: &'static str, value: &Value) {
        self.asks.push((
            Purpose::Order(property),
            json!(["set_property", property, value]),
        ));
    }

    fn order(&mut self, name: &'static str, command: Value) {
        self.asks.push((Purpose::Order(name), command));
    }
}

/// What is known of the player.
#[derive(Debug)]
pub(super) struct Observer {
    load: Option<Load>,
    /// The entry that mpv began to open last.
    started: Option<u64>,
    paused: bool,
    speed: f64,
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
            paused: false,
            speed: 1.0,
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
                steps.order("seek", json!(["seek", to.as_seconds(), "absolute+exact"]));
            }
            PlayerCommand::SetSpeed {
                speed,
                pitch_correction,
            } => {
                steps.set("audio-pitch-correction", &json!(pitch_correction));
                steps.set("speed", &json!(speed));
            }
            PlayerCommand::ShowText { text, during } => {
                let text = super::complaints::clean(&text, 500);
                let millis = during.0.max(0) / 1_000;
                steps.order("show-text", json!(["show-text", text, millis]));
            }
            PlayerCommand::Restart | PlayerCommand::Quit => {}
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
        self.load = Some(Load::new(epoch, target));
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
            MpvEvent::Seek if self.is_running() => steps.tell(PlayerEvent::SeekBegan { at }),
            MpvEvent::Seek => {}
            MpvEvent::PlaybackRestart => self.restarted(&mut steps),
            MpvEvent::Property { observed, value } => {
                self.changed(observed, &value, at, &mut steps)
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
            Purpose::Probe => {}
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
            Purpose::RestartedAt => {
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
            Purpose::ChosenSound => {}
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
        self.sampler.reset(&mut steps.asks);
        if std::mem::take(&mut self.stalled) {
            steps.tell(PlayerEvent::Stalled(false));
        }
    }

    /// mpv began to open an entry.
    fn started(&mut self, entry: u64, steps: &mut Steps) {
        self.started = Some(entry);
        let ours = self.load.as_ref().and_then(|load| load.entry);
        if ours.is_some_and(|ours| ours != entry) {
            self.replaced(steps);
        }
    }

    /// Something else than was asked for plays: a playlist's entry, or a file that the member
    /// dropped on the window.
    fn replaced(&mut self, steps: &mut Steps) {
        self.problem(MediaProblem::Replaced, steps);
        steps.order("stop", json!(["stop"]));
    }

    /// Gives the medium up.
    fn problem(&mut self, problem: MediaProblem, steps: &mut Steps) {
        if let Some(load) = self.load.take() {
            self.forget(steps);
            steps.set("start", &json!("none"));
            steps.tell(PlayerEvent::Failed {
                epoch: load.epoch,
                problem,
            });
        }
    }

    /// mpv told its number for the medium of `epoch`.
    fn numbered(&mut self, epoch: Epoch, answer: &Answer, steps: &mut Steps) {
        let Some(load) = self
            .load
            .as_mut()
            .filter(|load| load.epoch == epoch && load.entry.is_none())
        else {
            return;
        };
        match answer {
            Ok(data) => {
                let entry = data.get("playlist_entry_id").and_then(Value::as_u64);
                load.entry = entry;
                let early = load.early_end.take();
                if let Some((ended, reason, error)) =
                    early.filter(|(ended, ..)| Some(*ended) == entry)
                {
                    self.entry_ended(ended, &reason, error, steps);
                }
            }
            Err(error) => {
                let reason = super::complaints::clean(error, 200);
                self.problem(MediaProblem::Player { reason }, steps);
            }
        }
    }

    /// The entry that began last is open: asks what it is.
    fn opened(&mut self, steps: &mut Steps) {
        let Some(entry) = self.started.filter(|_| self.load.is_some()) else {
            return;
        };
        for fact in Fact::ALL {
            steps.get(Purpose::Fact(entry, fact), fact.property());
        }
    }

    /// One thing about an entry that opened; the last one completes the report.
    fn fact(&mut self, entry: u64, fact: Fact, answer: &Answer, steps: &mut Steps) {
        let Some(load) = self.load.as_mut().filter(|load| load.entry == Some(entry)) else {
            return;
        };
        load.facts.take(fact, answer);
        if Some(&fact) != Fact::ALL.last() {
            return;
        }
        if load.facts.is_other_than(&load.target) {
            self.replaced(steps);
            return;
        }
        steps.tell(load.facts.report(load.epoch));
        steps.set("start", &json!("none"));
    }

    /// An entry is done with. Its complaints may still be on their way, so that an error is
    /// told only after one more question was answered.
    fn entry_ended(&mut self, entry: u64, reason: &str, error: String, steps: &mut Steps) {
        let Some(load) = &mut self.load else { return };
        match load.entry {
            None => load.early_end = Some((entry, reason.to_owned(), error)),
            Some(ours) if ours != entry => {}
            Some(_) => match reason {
                "redirect" => self.replaced(steps),
                "eof" => self.at_end(true, steps),
                "quit" => self.forget(steps),
                "stop" => {
                    let reason = "playback was stopped".to_owned();
                    self.problem(MediaProblem::Player { reason }, steps);
                }
                _ => steps.get(Purpose::Complaints(entry, error), "pid"),
            },
        }
    }

    /// The complaints about an entry that failed are in.
    fn failed(&mut self, entry: u64, error: &str, steps: &mut Steps) {
        let Some(load) = self.load.as_ref().filter(|load| load.entry == Some(entry)) else {
            return;
        };
        let problem = self.complaints.problem(load.target.resolved, error);
        self.problem(problem, steps);
    }

    /// Playback runs or stands at its new place.
    fn restarted(&mut self, steps: &mut Steps) {
        let started = self.started;
        let Some(load) = self.load.as_mut().filter(|load| load.entry == started) else {
            return;
        };
        if !load.running && !self.sound_told {
            steps.get(Purpose::ChosenSound, "ao");
        }
        load.running = true;
        steps.get(Purpose::RestartedAt, "time-pos");
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
                let speed = speed.as_f64().unwrap_or(self.speed);
                if (speed - self.speed).abs() > f64::EPSILON {
                    self.speed = speed;
                    steps.tell(PlayerEvent::Speed { speed });
                }
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

    /// The medium came to its end, or left it again.
    fn at_end(&mut self, at_end: bool, steps: &mut Steps) {
        let started = self.started;
        let Some(load) = self.load.as_mut().filter(|load| load.entry == started) else {
            return;
        };
        if at_end && !load.at_end {
            steps.tell(PlayerEvent::Ended { epoch: load.epoch });
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
