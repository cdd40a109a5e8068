//! A player as measured on mpv 0.35.1: seeks take time, a new speed is audible late, the picture
//! advances by frames, and a pause shifts the audio clock.

use std::collections::VecDeque;

use super::link::{micros, seconds};
use super::machine::Machine;
use super::random::Random;
use super::traits::{Traits, frame_before};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{Position, Span};
use crate::sync::player::{Basis, MediaProblem, PlayerCommand, PlayerEvent, ProcessState, Sample};

mod breaks;
mod ends;
mod loads;
mod offset;
mod pauses;
mod seeks;
mod slow;
pub(crate) mod ways;

/// How long after its order a new speed becomes audible, in seconds (measured, mpv 0.35.1).
const SPEED_DELAY: f64 = 0.283;
/// How often the player's position is read, in microseconds, as by `player::task`.
const SAMPLE_EVERY: i64 = 250_000;
/// A time that never comes.
const NEVER: i64 = i64::MAX;

#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a player's properties are of that kind"
)]
pub(crate) struct FakePlayer {
    pub(crate) traits: Traits,
    machine: Machine,
    random: Random,
    now: i64,
    /// The audible position, in seconds.
    position: f64,
    pub(crate) paused: bool,
    speed: f64,
    audible_speed: f64,
    /// The output offset, in seconds.
    offset: f64,
    speeds: VecDeque<(i64, f64)>,
    seek: Option<(i64, f64)>,
    loading: Option<(i64, Epoch)>,
    loaded_at: i64,
    /// How many of its lengths it has reported.
    lengths_reported: usize,
    epoch: Option<Epoch>,
    stalled_until: Option<i64>,
    frozen_since: Option<i64>,
    reported_frozen: bool,
    waiting: Vec<PlayerCommand>,
    ended: bool,
    /// When it will report that it is at the end, after a seek that broke off.
    end_reported_at: Option<i64>,
    /// Until when a seek or a load gets no data; what is cached plays on.
    starved_until: Option<i64>,
    /// When it will report that a seek waits for data.
    waiting_at: Option<i64>,
    reported_waiting: bool,
    /// Until when its server is down, and with which problem loads fail meanwhile.
    away: Option<(i64, MediaProblem)>,
    /// The `Retry-After` of its server, in seconds.
    pub(crate) retry_after: Option<f64>,
    /// Where its data ends since its server went down, in seconds.
    broken_at: Option<f64>,
    /// The cached range in seconds, if data arrives slowly.
    cached: (f64, f64),
    /// Data before this position was played, and is no longer cached.
    dropped: f64,
    /// How many further loads fail, and with which problem.
    pub(crate) failing_loads: Option<(u32, MediaProblem)>,
    /// Whether it has not played since it was opened or sought.
    fresh: bool,
    /// Whether the report of the next `PlaybackRestarted` is lost.
    pub(crate) mute_restart: bool,
    next_sample: i64,
    unreported_pause: Option<(i64, PlayerEvent)>,
    pub(crate) events: Vec<PlayerEvent>,
    /// When seeks were ordered, for the laws; likewise loads and speeds below.
    pub(crate) seeks: Vec<i64>,
    pub(crate) loads: Vec<i64>,
    /// Its loads and seeks, from order to arrival.
    pub(crate) ways: Vec<ways::Way>,
    /// When its data ended.
    pub(crate) ends: Vec<i64>,
    pub(crate) speed_orders: Vec<(i64, f64)>,
}

impl FakePlayer {
    pub(crate) fn new(traits: Traits, machine: Machine, random: Random) -> Self {
        Self {
            traits,
            machine,
            random,
            now: 0,
            position: 0.0,
            paused: false,
            speed: 1.0,
            audible_speed: 1.0,
            offset: 0.0,
            speeds: VecDeque::new(),
            seek: None,
            loading: None,
            loaded_at: 0,
            lengths_reported: 0,
            epoch: None,
            stalled_until: None,
            frozen_since: None,
            reported_frozen: false,
            waiting: Vec::new(),
            ended: false,
            end_reported_at: None,
            starved_until: None,
            waiting_at: None,
            reported_waiting: false,
            away: None,
            retry_after: None,
            broken_at: None,
            cached: (0.0, 0.0),
            dropped: 0.0,
            failing_loads: None,
            fresh: false,
            mute_restart: false,
            next_sample: 0,
            unreported_pause: None,
            events: Vec::new(),
            seeks: Vec::new(),
            loads: Vec::new(),
            ways: Vec::new(),
            ends: Vec::new(),
            speed_orders: Vec::new(),
        }
    }

    /// When something happens in the player by itself.
    pub(crate) fn next(&self) -> i64 {
        if let Some(since) = self.frozen_since {
            return if self.reported_frozen {
                NEVER
            } else {
                since + 1_000_000
            };
        }
        [
            self.loading.map(|(at, _)| at),
            self.seek.map(|(at, _)| at),
            self.speeds.front().map(|(at, _)| *at),
            self.stalled_until,
            self.unreported_pause.as_ref().map(|(at, _)| *at),
            self.epoch.map(|_| self.next_sample),
            self.end_at(),
            self.end_reported_at,
            self.next_length_at(),
            self.waiting_at,
        ]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(NEVER)
    }

    /// Lets time pass.
    pub(crate) fn advance(&mut self, to: i64) {
        if self.moves() {
            self.position += seconds(to - self.now) * self.pace();
        }
        self.fetch(to);
        self.now = to;
        if let Some(since) = self.frozen_since {
            if to >= since + 1_000_000 && !self.reported_frozen {
                self.reported_frozen = true;
                self.events.push(PlayerEvent::Process(ProcessState::Frozen));
            }
            return;
        }
        self.apply_due_speeds();
        self.finish_pause();
        self.finish_load();
        self.report_waiting();
        self.finish_seek();
        self.finish_stall();
        self.finish_media();
        self.report_lengths();
        self.sample();
    }

    /// The position on screen or in the ear, in seconds.
    pub(crate) fn place(&self) -> f64 {
        if self.paused {
            self.frame()
        } else {
            self.position
        }
    }

    pub(crate) fn moves(&self) -> bool {
        self.epoch.is_some()
            && !self.paused
            && !self.ended
            && self.seek.is_none()
            && self.loading.is_none()
            && self.stalled_until.is_none()
            && self.frozen_since.is_none()
    }

    /// Seconds of media in a second of true time. Without sound, playback runs by the system's
    /// clock.
    fn pace(&self) -> f64 {
        if self.traits.audio {
            self.audible_speed * (1.0 + self.traits.audio_skew)
        } else {
            self.audible_speed
        }
    }

    /// An order from the follower.
    pub(crate) fn order(&mut self, order: PlayerCommand) {
        if self.frozen_since.is_some() {
            self.waiting.push(order);
            return;
        }
        match order {
            PlayerCommand::Load {
                epoch,
                start,
                paused,
                retry,
                ..
            } => {
                let below = self.asked_again_below(epoch, retry);
                self.load(epoch, start.as_seconds(), paused, below);
            }
            PlayerCommand::Unload => {
                self.epoch = None;
                self.loading = None;
                self.end_stall();
            }
            PlayerCommand::SetPaused(paused) => self.set_paused(paused),
            PlayerCommand::Seek(to) => {
                self.seeks.push(self.now);
                self.sets_out(false);
                if self.traits.doubles_seeks {
                    self.seek_began();
                    self.restarted();
                }
                self.jump(to.as_seconds() + self.traits.seek_miss);
            }
            PlayerCommand::SetSpeed { speed, .. } => {
                self.speed_orders.push((self.now, speed));
                self.set_speed(speed);
            }
            PlayerCommand::SetOutputOffset(offset) => self.offset_output(offset),
            // Orders about the member's own settings, or the process, do not matter here.
            _ => {}
        }
    }

    /// A pause or its end, by the member's key or by an order.
    pub(crate) fn set_paused(&mut self, paused: bool) {
        if self.paused == paused {
            return;
        }
        let before = self.epoch.map(|_| self.read_frame());
        if self.epoch.is_some() {
            self.position += if paused {
                0.015
            } else if std::mem::take(&mut self.fresh) {
                -0.002_5
            } else {
                -0.035 + self.random.between(-0.000_7, 0.000_7)
            };
        }
        self.paused = paused;
        // The position is read once the change was reported.
        let position = before.map(|before| if paused { self.read_frame() } else { before });
        let at = self.machine.local(self.now);
        self.report_pause(PlayerEvent::Paused {
            paused,
            position,
            at,
        });
        if !self.traits.merges_pauses {
            self.report_frame();
        }
    }

    /// The speed that was ordered or chosen last.
    pub(crate) fn speed(&self) -> f64 {
        self.speed
    }

    /// A new speed, by the member's key or by an order.
    pub(crate) fn set_speed(&mut self, speed: f64) {
        if (self.speed - speed).abs() > 1e-9 {
            self.speed = speed;
            let delay = if self.traits.audio { SPEED_DELAY } else { 0.0 };
            self.speeds.push_back((self.now + micros(delay), speed));
            self.events.push(PlayerEvent::Speed { speed });
        }
    }

    pub(crate) fn stall(&mut self, for_seconds: f64) {
        self.stalled_until = Some(self.now + micros(for_seconds));
        self.events.push(PlayerEvent::Stalled(true));
    }

    pub(crate) fn freeze(&mut self) {
        self.frozen_since = Some(self.now);
        self.reported_frozen = false;
    }

    pub(crate) fn thaw(&mut self) {
        self.frozen_since = None;
        self.next_sample = self.now;
        if self.reported_frozen {
            self.events.push(PlayerEvent::Process(ProcessState::Thawed));
        }
        for order in std::mem::take(&mut self.waiting) {
            self.order(order);
        }
    }

    /// The machine slept for so long, and the player stood still.
    pub(crate) fn slept(&mut self, micros: i64, machine: Machine) {
        self.machine = machine;
        self.now += micros;
        self.next_sample += micros;
        let seek = self.seek.iter_mut().map(|(at, _)| at);
        let loading = self.loading.iter_mut().map(|(at, _)| at);
        let speeds = self.speeds.iter_mut().map(|(at, _)| at);
        for at in seek
            .chain(loading)
            .chain(speeds)
            .chain(&mut self.stalled_until)
        {
            *at += micros;
        }
    }

    /// Whether it is frozen: it neither answers nor plays.
    pub(crate) fn is_frozen(&self) -> bool {
        self.frozen_since.is_some()
    }

    fn apply_due_speeds(&mut self) {
        while let Some((_, speed)) = self.speeds.pop_front_if(|(at, _)| *at <= self.now) {
            self.audible_speed = speed;
        }
    }

    fn finish_stall(&mut self) {
        if self.stalled_until.take_if(|at| *at <= self.now).is_some() {
            self.events.push(PlayerEvent::Stalled(false));
        }
    }

    fn sample(&mut self) {
        if self.epoch.is_none() || self.now < self.next_sample {
            return;
        }
        self.next_sample = self.now + SAMPLE_EVERY;
        self.report_cached_range();
        if self.paused || self.ended {
            return;
        }
        if let Some((_, target)) = self.seek {
            return self.sample_seeking(target);
        }
        let (position, age, basis) = if self.traits.audio {
            let noise = self.random.between(-0.000_15, 0.000_15);
            (self.position + noise, 0.0, Basis::Audio)
        } else {
            // A frame's edge, reported a little later than it was shown.
            let shown = (self.position - self.frame()) / self.audible_speed;
            let late = self.random.between(0.0, 0.004_f64.min(shown));
            (self.frame(), shown - late, Basis::Frame)
        };
        self.events.push(PlayerEvent::Sample(Sample {
            position: Position::from_seconds(position),
            at: self.machine.local(self.now - micros(age)),
            basis,
            buffered: self.buffered().map(Span::from_seconds),
        }));
    }

    fn frame(&self) -> f64 {
        frame_before(self.position)
    }

    fn read_frame(&self) -> Position {
        Position::from_seconds(self.frame())
    }
}
