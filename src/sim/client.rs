//! One member's machine: the client, its player, its clocks, and its links to the server.

use std::collections::BTreeMap;

use super::fake_player::FakePlayer;
use super::link::{Link, Weather};
use super::machine::Machine;
use super::pictures::WatchedPicture;
use super::random::Random;
use super::server::{ConnectionId, Down};
use super::traits::Traits;
use crate::app::App;
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::effect::{Effect, Exit};
use crate::app::event::{Event, Now};
use crate::app::output::{Notice, Output};
use crate::app::room_tokens::RoomTokens;
use crate::app::wall_time::WallTime;
use crate::protocol::ids::Epoch;
use crate::protocol::playback::Segment;
use crate::protocol::time::{LocalTime, RoomTime, Span};
use crate::sync::follow::SyncState;
use crate::test_support::client_config;
use crate::wire::message::ServerMsg;

/// What a machine's boot-time clock showed at true time zero, in microseconds: a day.
const BOOTED: i64 = 86_400_000_000;

/// The most deadlines that a client may have within a millisecond: it must not spin.
const DEADLINES_AT_ONCE: u32 = 10;

/// What a script draws for a member before the evening begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) traits: Traits,
    pub(crate) weather: Weather,
    /// When the client is started, in seconds of true time.
    pub(crate) comes_at: f64,
    /// Whether the client has a screen, on which every picture is looked at.
    pub(crate) has_screen: bool,
}

/// The lines that a client's member typed, and their answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines {
    /// How many were typed so far, which numbers them.
    pub(crate) typed: u64,
    /// How often each line was answered, by its number.
    pub(crate) answers: BTreeMap<u64, u32>,
}

/// One member's machine. Times are true time in microseconds, unless a field says otherwise.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) app: App,
    pub(crate) player: FakePlayer,
    pub(crate) machine: Machine,
    pub(crate) up: Link,
    pub(crate) down: Link,
    pub(crate) ipc: Link,
    /// The connection that the client has or is opening.
    pub(crate) connection: Option<ConnectionId>,
    /// Until when nothing reaches the server.
    pub(crate) up_cut_until: i64,
    /// Until when nothing arrives from the server.
    pub(crate) down_cut_until: i64,
    /// Whether the next events that the server sends it are lost.
    pub(crate) loses_events: bool,
    /// How often that happened.
    pub(crate) events_lost: u32,
    /// Until when the machine is suspended, if it is.
    pub(crate) asleep_until: Option<i64>,
    /// The true time of the client's last input.
    pub(crate) last_input_at: i64,
    pub(crate) lines: Lines,
    pub(crate) exit: Option<Exit>,
    /// What the member sees, if the client has a screen.
    pub(crate) picture: Option<WatchedPicture>,
    /// Whether the player's process runs.
    pub(crate) has_process: bool,
    /// When something happened to the client that may lead to a seek, and until when it did. What
    /// its player opened is known to that.
    pub(crate) causes: Vec<(i64, i64)>,
    /// When the client last reported that its player stands ahead, and where that truly was.
    pub(crate) reported_from: Option<(RoomTime, f64)>,
    /// When its player last came to the end of its data.
    pub(crate) ended_at: Option<RoomTime>,
    /// How often something that the member did in the player's window was undone.
    pub(crate) undone: u32,
    /// When its player last read on to where the room is, in true time.
    pub(crate) read_on_at: Option<i64>,
    /// By how much the boot-time clock is ahead of the monotonic one, in microseconds.
    boot_ahead: i64,
    deadlines: (LocalTime, u32),
    /// The client's next deadline in true time; `None` if it has none.
    due: Option<i64>,
}

impl Client {
    /// A client that was just started, and its first effects.
    pub(crate) fn start(
        index: usize,
        kind: &Kind,
        machine: Machine,
        mut random: Random,
        now: i64,
    ) -> (Self, Vec<Effect>) {
        let local = machine.local(now);
        let clocks = clocks(local, local.0 + BOOTED);
        let (app, effects) = App::new(config(index, kind.has_screen), clocks);
        let weather = kind.weather;
        let pipe = Weather {
            jitter: 0.002,
            loss: 0.0,
            ..weather
        };
        let mut player = FakePlayer::new(kind.traits, machine, random.fork());
        player.advance(now);
        let mut client = Self {
            app,
            player,
            machine,
            up: Link::new(weather.there, weather, random.fork()),
            down: Link::new(weather.back, weather, random.fork()),
            ipc: Link::new(0.000_5, pipe, random.fork()),
            connection: None,
            up_cut_until: 0,
            down_cut_until: 0,
            loses_events: false,
            events_lost: 0,
            asleep_until: None,
            last_input_at: now,
            lines: Lines::default(),
            exit: None,
            picture: kind.has_screen.then(Default::default),
            has_process: false,
            causes: Vec::new(),
            reported_from: None,
            ended_at: None,
            undone: 0,
            read_on_at: None,
            boot_ahead: BOOTED,
            deadlines: (LocalTime(i64::MIN), 0),
            due: None,
        };
        client.look_at_deadline();
        (client, effects)
    }

    /// Starts the client again. Only the token of the one before is left.
    pub(crate) fn start_again(&mut self, index: usize, random: Random, now: i64) -> Vec<Effect> {
        let local = self.machine.local(now);
        let boot = local.0 + self.boot_ahead;
        let (app, effects) = App::new(config(index, self.picture.is_some()), clocks(local, boot));
        self.app = app;
        self.look_at_deadline();
        self.player = FakePlayer::new(self.player.traits, self.machine, random);
        self.player.advance(now);
        self.last_input_at = now;
        self.lines = Lines::default();
        self.reported_from = None;
        self.ended_at = None;
        self.exit = None;
        effects
    }

    /// What the client's disk has about the room: the token that it chose.
    pub(crate) fn tokens(index: usize) -> RoomTokens {
        RoomTokens {
            chosen: Some(format!("{:032x}", index + 1)),
            ..RoomTokens::default()
        }
    }

    pub(crate) fn is_awake(&self) -> bool {
        self.asleep_until.is_none()
    }

    /// Whether the client must be in step: it runs, and so does its player.
    pub(crate) fn watches(&self) -> bool {
        self.exit.is_none() && self.has_process
    }

    /// Gives the client an event.
    pub(crate) fn update(&mut self, event: Event, now: i64) -> Vec<Effect> {
        if self.exit.is_some() {
            return Vec::new();
        }
        if matches!(event, Event::Line(_)) {
            self.lines.typed += 1;
        }
        self.last_input_at = now;
        let local = self.machine.local(now);
        let boot = local.0 + self.boot_ahead;
        let before = self.movement();
        let knew_time = self.app.room_now().is_some();
        let acted = self.app.has_open_actions();
        let effects = self.app.update(event, clocks(local, boot));
        if let Some(picture) = &mut self.picture {
            picture.look_at(&self.app);
        }
        // What is known of the room's time or wanted by the member changes where it should be.
        let found_time = !knew_time && self.app.room_now().is_some();
        let judged = acted && !self.app.has_open_actions();
        if self.movement() != before || found_time || judged {
            self.causes.push((now, now));
        }
        if self.app.sync_status().state == SyncState::ReadingOn {
            self.read_on_at = Some(now);
        }
        self.look_at_deadline();
        for effect in &effects {
            self.note(effect);
        }
        effects
    }

    /// Reads the client's deadline, which only its input and its clock can change.
    fn look_at_deadline(&mut self) {
        let deadline = self.app.next_deadline();
        self.due = deadline.map(|local| self.machine.reaches(local));
    }

    /// The room's timeline as far as the client knows it: what plays, how, and whether it is
    /// stopped.
    fn movement(&self) -> Option<(Epoch, Segment, bool)> {
        let timeline = &self.app.room()?.timeline;
        Some((timeline.epoch, timeline.segment, timeline.is_stopped()))
    }

    /// When the client or its player acts by itself, in true time.
    pub(crate) fn next(&self) -> Option<i64> {
        if !self.is_awake() {
            return None;
        }
        let deadline = self.due.filter(|_| self.exit.is_none());
        deadline.into_iter().chain([self.player.next()]).min()
    }

    /// Whether what the server sends it is lost.
    pub(crate) fn loses(&mut self, down: &Down) -> bool {
        let events = matches!(down, Down::Message(message)
            if matches!(**message, ServerMsg::Events { .. }));
        let is_lost = events && std::mem::take(&mut self.loses_events);
        self.events_lost += u32::from(is_lost);
        is_lost
    }

    /// Whether its deadline has come; asserts that it moves on once it was handled.
    pub(crate) fn deadline_is_due(&mut self, now: i64) -> bool {
        if self.exit.is_some() || self.due.is_none_or(|due| due > now) {
            return false;
        }
        let local = self.machine.local(now);
        let (since, count) = self.deadlines;
        self.deadlines = if local - since < Span::millis(1) {
            (since, count + 1)
        } else {
            (local, 1)
        };
        assert!(self.deadlines.1 < DEADLINES_AT_ONCE, "the client spins");
        true
    }

    /// The machine slept for so long, and its monotonic clock and its player stood still.
    pub(crate) fn slept(&mut self, micros: i64) {
        self.machine.offset -= micros;
        self.boot_ahead += micros;
        self.player.slept(micros, self.machine);
        self.look_at_deadline();
    }

    /// Sets the clock that stands in for the boot-time clock: a system without one uses the wall
    /// clock.
    pub(crate) fn set_clock(&mut self, by: i64) {
        self.boot_ahead += by;
    }

    fn note(&mut self, effect: &Effect) {
        match effect {
            Effect::Exit(exit) => self.exit = Some(*exit),
            Effect::Output(Output::Ok { line, .. } | Output::Denied { line, .. }) => {
                *self.lines.answers.entry(*line).or_default() += 1;
            }
            Effect::Output(Output::Notice(Notice::ActionUndone(_) | Notice::NotConnected)) => {
                self.undone += 1;
            }
            _ => {}
        }
    }
}

/// What the clocks of a machine show. That on the wall was set to its local time.
const fn clocks(local: LocalTime, boot: i64) -> Now {
    let wall = WallTime {
        since_epoch: local.0,
        offset: 0,
        change: None,
    };
    Now { local, boot, wall }
}

fn config(index: usize, has_screen: bool) -> AppConfig {
    let names = ["Alice", "Boris", "Vera", "Dmitri", "Emma", "Felix"];
    AppConfig {
        seed: 7 + u64::try_from(index).unwrap(),
        screen: has_screen.then(ScreenConfig::default),
        ..client_config(names[index])
    }
}
