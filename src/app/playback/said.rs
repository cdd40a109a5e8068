//! What is said of a player that has trouble: each once, and only once it is certain. What may
//! turn out to be something else within moments would contradict itself.

use super::gaps::Gaps;
use super::{App, Playback};
use crate::app::told::Notice;
use crate::media::fault::FaultKind;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::follow::{Interruption, Status, SyncState, Unsynced};
use crate::sync::player::MediaProblem;

/// A copy that ends early is told once its player has stood at its end for so long while the
/// room played on. Players of one copy came to its end up to 0.6 s apart (measured, mpv 0.35.1),
/// and where everybody's copy ends the room says so instead (judgement: five times as long).
const ROOM_PLAYS_ON: Span = Span::seconds(3);

/// A break whose cause the first try has not told yet is told after so long all the same: as
/// long as a server may take to answer.
const ANSWER_LIMIT: Span = Span::seconds(10);

/// What was said of a player's trouble.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Of which video it was said that its player cannot get where the room is, or shows
    /// other pictures there.
    out_of_reach: Option<(Epoch, Unsynced)>,
    /// Since when the player stands at the end of its copy while the room plays on.
    ends_since: Option<LocalTime>,
    /// Why the player waits for data.
    interruption: InterruptionSaid,
}

/// Whether it was said why a player waits for data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum InterruptionSaid {
    /// It does not wait.
    #[default]
    Nothing,
    /// It waits since then, and what is wrong may be another thing than it looks like.
    NotYet(LocalTime),
    /// It was said.
    Said,
}

impl Said {
    /// Whether it was said why the player waits for data.
    pub(super) fn is_interruption_said(&self) -> bool {
        self.interruption == InterruptionSaid::Said
    }

    /// When something that is doubtful so far is said all the same.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        match self.interruption {
            InterruptionSaid::NotYet(since) => Some(since + ANSWER_LIMIT),
            InterruptionSaid::Nothing | InterruptionSaid::Said => None,
        }
    }

    /// Notes why the player waits for data, if it does; answers whether that is to be said.
    fn take_interruption(&mut self, known: Option<&Interruption>, now: LocalTime) -> bool {
        let Some(known) = known else {
            self.interruption = InterruptionSaid::Nothing;
            return false;
        };
        let since = match self.interruption {
            InterruptionSaid::Said => return false,
            InterruptionSaid::NotYet(since) => since,
            InterruptionSaid::Nothing => now,
        };
        let is_due = is_certain(known, now) || now - since >= ANSWER_LIMIT;
        self.interruption = if is_due {
            InterruptionSaid::Said
        } else {
            InterruptionSaid::NotYet(since)
        };
        is_due
    }

    /// Notes that the player is not in step, and why; answers whether that is to be said.
    fn take_out_of_reach(&mut self, epoch: Epoch, why: Unsynced, now: LocalTime) -> bool {
        if why == Unsynced::EndsEarly {
            let since = *self.ends_since.get_or_insert(now);
            if now - since < ROOM_PLAYS_ON {
                return false;
            }
        }
        let told = Some((epoch, why));
        std::mem::replace(&mut self.out_of_reach, told) != told
    }
}

/// Whether the cause is certain enough to be told: it is of a kind that passes, or the first try
/// has failed as well.
fn is_certain(known: &Interruption, now: LocalTime) -> bool {
    let failed_again = known.next.is_some_and(|next| next > now);
    let passes = match &known.problem {
        MediaProblem::Fetch(fault) | MediaProblem::GivenUp(fault) => {
            let closed = matches!(fault.kind, FaultKind::Broken | FaultKind::ClosedUnanswered);
            fault.is_passing() && !closed
        }
        MediaProblem::Unresolved(fault) => fault.is_passing(),
        _ => false,
    };
    passes || failed_again
}

impl Playback {
    /// Nothing was said yet of another room's videos.
    pub(in crate::app) fn enter_other_room(&mut self) {
        self.said = Said::default();
        self.gaps = Gaps::default();
    }

    /// Whether what is open broke off, or did so a moment ago, or is asked for once more.
    pub(in crate::app) fn has_fault(&self) -> bool {
        self.follower.has_fault()
    }
}

impl App {
    /// Says once a video that its player cannot get where the room is, or shows other pictures
    /// there.
    pub(in crate::app) fn tell_out_of_reach(&mut self, status: &Status) {
        let off = status.error.map_or(Span::ZERO, Span::abs);
        let why = match status.state {
            SyncState::Unsynced(why) => Some(why),
            _ => None,
        };
        let runs = !self.playback.timeline.stands();
        if why != Some(Unsynced::EndsEarly) || !runs {
            self.playback.said.ends_since = None;
        }
        let notice = match why {
            Some(Unsynced::CannotSeek) => Notice::CannotSeek { off },
            Some(Unsynced::TimeJumps) => Notice::TimeJumps,
            Some(Unsynced::EndsEarly) if runs => Notice::EndsEarly,
            Some(Unsynced::OtherBeginning) => {
                let off = self.playback.follower.off_by_beginning();
                let off = off.unwrap_or(Span::ZERO);
                Notice::OtherBeginning { off }
            }
            _ => return,
        };
        let (epoch, now) = (self.playback.timeline.epoch, self.now.local);
        let said = &mut self.playback.said;
        if why.is_some_and(|why| said.take_out_of_reach(epoch, why, now)) {
            self.notice(notice);
        }
    }

    /// Says once why the player waits for data, when it is asked for again.
    pub(in crate::app) fn tell_interruption(&mut self) {
        let known = self.playback.follower.waits_because();
        let now = self.now.local;
        if self.playback.said.take_interruption(known.as_ref(), now)
            && let Some(known) = known
        {
            self.notice(Notice::TriesAgain(known.problem));
        }
    }
}
