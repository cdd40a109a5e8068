//! What was decided about the own player, with what led to it: the list behind `/why`, and
//! lines of `--json`.

use std::collections::VecDeque;

use super::App;
use super::decision::{Cause, Decision, Deed};
use super::told::Told;
use crate::protocol::time::{LocalTime, Span};
use crate::room::timeline::Timeline;
use crate::sync::follow::{Because, Input, Output, Status, SyncState, Unsynced};
use crate::sync::player::{PlayerCommand, PlayerEvent, ProcessState};

/// How many decisions are kept: an evening's of a player that is well, minutes of one that
/// is not.
pub(super) const KEPT: usize = 100;

/// Small corrections of speed that follow each other within this time are told as one
/// (judgement: a list of a hundred should reach back for many minutes).
const TOGETHER: Span = Span::seconds(10);

/// Up to this error the speed counts as straight since the player is in step again: where
/// the coarse correction is left (judgement).
const STRAIGHT: Span = Span::millis(20);

/// A speed this near to the room's rate, as a part of it, is that rate, bent: the most that
/// speed is bent is a tenth, on top of a player's own skew.
const BENT: f64 = 0.12;

/// The decisions so far, and what they are told apart by.
#[derive(Debug)]
pub(super) struct Decisions {
    kept: VecDeque<Decision>,
    /// What led to what is being done now.
    cause: Cause,
    rate: f64,
    /// When the speed was last said to be bent.
    bent: Option<LocalTime>,
}

impl Default for Decisions {
    fn default() -> Self {
        Self {
            kept: VecDeque::new(),
            cause: Cause::Joined,
            rate: 1.0,
            bent: None,
        }
    }
}

impl App {
    /// The last decisions about the own player, oldest first.
    #[must_use]
    pub fn decisions(&self) -> impl DoubleEndedIterator<Item = &Decision> {
        self.decisions.kept.iter()
    }

    /// Notes what the follower is about to be told.
    pub(super) fn note_cause(&mut self, input: &Input) {
        let cause = match input {
            Input::Undo => Some(Cause::ActUndone),
            Input::Reopen => Some(Cause::Reopened),
            Input::Suspended => Some(Cause::Slept),
            Input::Player(PlayerEvent::Process(ProcessState::Ready { .. })) => {
                Some(Cause::PlayerBack)
            }
            Input::Player(PlayerEvent::Process(ProcessState::Thawed)) => Some(Cause::Thawed),
            _ => None,
        };
        self.decisions.cause = cause.unwrap_or(self.decisions.cause);
    }

    /// Notes the timeline that the follower is about to be told.
    pub(super) fn note_move(&mut self, new: &Timeline) {
        self.decisions.cause = self.cause_of(new).unwrap_or(self.decisions.cause);
    }

    /// What a new timeline is new in.
    fn cause_of(&self, new: &Timeline) -> Option<Cause> {
        let old = self.playback.followed();
        let cause = match (old.waits_for_data(), new.waits_for_data()) {
            _ if old == new => return None,
            _ if self.room().is_none() => return None,
            _ if old.epoch != new.epoch || old.playing.is_some() != new.playing.is_some() => {
                Cause::Loaded
            }
            _ if new.finished && !old.finished => Cause::FilmOver,
            (false, true) => Cause::RoomWaits,
            (true, false) => Cause::WaitOver,
            _ if new.countdown && !old.countdown => Cause::RoomCounts,
            _ if new.segment.paused && !old.segment.paused => Cause::RoomPaused,
            _ if old.segment.paused && !new.segment.paused => Cause::RoomPlays,
            _ if old.segment.rate != new.segment.rate => Cause::RoomRate,
            _ if old.segment.anchor != new.segment.anchor => Cause::RoomJumped,
            _ if old.segment != new.segment => Cause::RoomPlays,
            _ => return None,
        };
        Some(cause)
    }

    /// Notes what the follower wants of the player.
    pub(super) fn note_decisions(&mut self, outputs: &[Output], before: &Status) {
        let status = self.playback.status();
        for output in outputs {
            let Output::Order(order, because) = output else {
                continue;
            };
            if *because == Because::TriedAgain {
                // What follows once it is open follows from that as well.
                self.decisions.cause = Cause::TriedAgain;
            }
            if let Some(deed) = self.deed(order) {
                self.decide(deed, self.cause(*because), before, &status);
            }
        }
        if let Some((deed, cause)) = self.bending(before, &status) {
            self.decide(deed, cause, before, &status);
        }
    }

    /// What led to an order.
    const fn cause(&self, because: Because) -> Cause {
        match because {
            Because::Told => self.decisions.cause,
            Because::Drift => Cause::Drift,
            Because::Ahead => Cause::Ahead,
            Because::RoomArrived => Cause::RoomArrived,
            Because::Waited => Cause::DataLate,
            Because::TriedAgain => Cause::TriedAgain,
            Because::LeftCache => Cause::LeftCache,
        }
    }

    /// What an order to the player amounts to; a speed only if it is another rate.
    fn deed(&mut self, order: &PlayerCommand) -> Option<Deed> {
        match order {
            PlayerCommand::Load { start, .. } => Some(Deed::Load(*start)),
            PlayerCommand::Seek(to) => Some(Deed::Seek(*to)),
            PlayerCommand::SetPaused(true) => Some(Deed::Pause),
            PlayerCommand::SetPaused(false) => Some(Deed::Play),
            PlayerCommand::SetSpeed { speed, .. } => {
                let rate = self.playback.followed().segment.rate.factor();
                let is_new = (rate - self.decisions.rate).abs() > f64::EPSILON;
                let is_it = (speed / rate - 1.0).abs() < BENT;
                (is_new && is_it).then(|| {
                    self.decisions.rate = rate;
                    Deed::Rate(rate)
                })
            }
            _ => None,
        }
    }

    /// Whether speed begins or ceases to be bent, nothing is done for a while, or the video is
    /// given up. What is bent again and again by little is said once in a while only.
    fn bending(&mut self, before: &Status, status: &Status) -> Option<(Deed, Cause)> {
        let now = self.now.local;
        if before.state == status.state {
            return None;
        }
        match (before.state, status.state) {
            (_, SyncState::Unsynced(Unsynced::BackingOff)) => Some((Deed::BackOff, Cause::Drift)),
            (_, SyncState::Unsynced(Unsynced::Failed)) => Some((Deed::GiveUp, Cause::DoesNotPlay)),
            (_, SyncState::Nudging) => {
                let lately = self.decisions.bent.is_some_and(|at| now - at < TOGETHER);
                self.decisions.bent = Some(now);
                (!lately).then_some((Deed::Bend(status.speed), Cause::Drift))
            }
            (SyncState::Nudging, SyncState::Holding) => {
                let told = self.decisions.kept.back().map(|last| last.deed);
                // At the end of a film nothing is bent any more, however far off it is.
                let close = status.error.is_some_and(|error| error.abs() <= STRAIGHT);
                let ends = matches!(told, Some(Deed::Bend(_))) && close;
                ends.then_some((Deed::Straight, Cause::Drift))
            }
            _ => None,
        }
    }

    fn decide(&mut self, deed: Deed, cause: Cause, before: &Status, status: &Status) {
        let decision = Decision {
            at: self.playback.room_time(self.now.local),
            film: self.position(self.now.local),
            deed,
            cause,
            error: status.error.or(before.error),
            bound: status.bound,
            state: status.state,
        };
        let kept = &mut self.decisions.kept;
        kept.push_back(decision);
        while kept.len() > KEPT {
            kept.pop_front();
        }
        let asked = false;
        self.tell(Told::Decision { decision, asked });
    }

    /// Tells all that is kept once more, where there is no screen to show it on.
    pub(super) fn tell_decisions(&mut self) {
        let kept: Vec<Decision> = self.decisions().copied().collect();
        for decision in kept {
            let asked = true;
            self.tell(Told::Decision { decision, asked });
        }
    }
}
