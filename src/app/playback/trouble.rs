//! Notices about a player in trouble: each is emitted once, and only when it is certain, since a
//! cause that changes within moments would contradict itself.

use crate::app::output::{ApartNotice, Notice};
use crate::media::fault::FaultKind;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::follow::{Follower, Interruption, Status, SyncState, Unsynced};
use crate::sync::player::MediaProblem;

/// A copy that ends early is reported once its player has been at its end for this long while the
/// room played on. Players of the same copy reached its end up to 0.6 s apart (measured, mpv
/// 0.35.1), and if all copies end there, the room reports that instead (judgement: five times as
/// long).
const ROOM_PLAYS_ON: Span = Span::seconds(3);

/// A break is reported after this time even if the first retry has not shown its cause: as long as
/// a server may take to answer.
const ANSWER_LIMIT: Span = Span::seconds(10);

/// The notices that were emitted about the player's trouble.
#[derive(Debug, Default)]
pub(super) struct TroubleNotices {
    /// The media for which a notice said that the player cannot reach the room's position, or shows
    /// other pictures there.
    out_of_reach: Option<(Epoch, Unsynced)>,
    /// Since when the player stands at the end of its copy while the room plays on.
    ends_since: Option<LocalTime>,
    /// The notice about why the player waits for data.
    interruption: InterruptionNotice,
}

/// The state of the notice about why a player waits for data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum InterruptionNotice {
    /// The player does not wait.
    #[default]
    None,
    /// It has been waiting since this time, and the cause is not certain yet.
    NotYet(LocalTime),
    /// The notice was emitted.
    Emitted,
}

impl TroubleNotices {
    /// Why the player waits for data, once the notice about it was emitted.
    pub(super) fn reported_interruption(&self, follower: &Follower) -> Option<Interruption> {
        let is_reported = self.interruption == InterruptionNotice::Emitted;
        follower.interruption().filter(|_| is_reported)
    }

    /// When a cause that is still uncertain is reported anyway.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        match self.interruption {
            InterruptionNotice::NotYet(since) => Some(since + ANSWER_LIMIT),
            InterruptionNotice::None | InterruptionNotice::Emitted => None,
        }
    }

    /// Why the player waits for data, when it is asked for again: each time once.
    pub(super) fn take_interruption(
        &mut self,
        follower: &Follower,
        now: LocalTime,
    ) -> Option<Notice> {
        let Some(known) = follower.interruption() else {
            self.interruption = InterruptionNotice::None;
            return None;
        };
        let since = match self.interruption {
            InterruptionNotice::Emitted => return None,
            InterruptionNotice::NotYet(since) => since,
            InterruptionNotice::None => now,
        };
        if is_certain(&known, now) || now - since >= ANSWER_LIMIT {
            self.interruption = InterruptionNotice::Emitted;
            Some(Notice::Apart(ApartNotice::TriesAgain(known.problem)))
        } else {
            self.interruption = InterruptionNotice::NotYet(since);
            None
        }
    }

    /// That the player cannot get where the room is, or shows other pictures there: once for each
    /// media and reason.
    pub(super) fn take_out_of_reach(
        &mut self,
        follower: &Follower,
        status: &Status,
        now: LocalTime,
    ) -> Option<Notice> {
        let off = status.error.map_or(Span::ZERO, Span::abs);
        let runs = !follower.timeline().is_stopped();
        let why = unsynced(status);
        if why != Some(Unsynced::EndsEarly) || !runs {
            self.ends_since = None;
        }
        let notice = match why? {
            Unsynced::CannotSeek => Notice::Apart(ApartNotice::CannotSeek { off }),
            Unsynced::TimeJumps => Notice::Apart(ApartNotice::TimeJumps),
            Unsynced::EndsEarly if runs => Notice::Apart(ApartNotice::EndsEarly),
            Unsynced::OtherBeginning => {
                let off = follower.pictures_off().unwrap_or(Span::ZERO);
                Notice::Apart(ApartNotice::OtherBeginning { off })
            }
            _ => return None,
        };
        if why == Some(Unsynced::EndsEarly) {
            let since = *self.ends_since.get_or_insert(now);
            if now - since < ROOM_PLAYS_ON {
                return None;
            }
        }
        let reported = why.map(|why| (follower.timeline().epoch, why));
        (std::mem::replace(&mut self.out_of_reach, reported) != reported).then_some(notice)
    }
}

/// Whether the cause is certain enough to be reported: it is a temporary one, or the first retry
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

/// Why a player is not kept in step, if it is not.
fn unsynced(status: &Status) -> Option<Unsynced> {
    match status.state {
        SyncState::Unsynced(why) => Some(why),
        _ => None,
    }
}
