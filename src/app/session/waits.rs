//! Waits of the room for a member. A wait of less than a second is not reported: if all players
//! stall, the room finds a moment later that nobody can play, and reports that instead.

use crate::app::output::Notice;
use crate::protocol::playback::Hold;
use crate::protocol::time::{LocalTime, Span};

/// The shortest wait that is reported (judgement: a member who reads that the room waits should
/// still find it waiting).
const REPORTED_FROM: Span = Span::seconds(1);

/// The wait that has not been reported yet, if any.
#[derive(Debug, Default)]
pub(super) struct Waits {
    pending: Option<PendingWait>,
}

/// A wait that has not been reported yet.
#[derive(Debug)]
struct PendingWait {
    notice: Notice,
    hold: Hold,
    /// When it is reported, if the room still waits.
    due: LocalTime,
}

impl Waits {
    /// The room waits for a member: `notice` is emitted later, if `hold` lasts.
    pub(super) fn begin(&mut self, notice: Notice, hold: Option<Hold>, now: LocalTime) {
        let due = now + REPORTED_FROM;
        self.pending = hold.map(|hold| PendingWait { notice, hold, due });
    }

    /// A wait is over. Returns `notice` if its beginning was reported.
    pub(super) fn end(&mut self, notice: Notice) -> Option<Notice> {
        self.pending.take().is_none().then_some(notice)
    }

    /// The notice that is due now: that of a wait which continues, if `hold` is the room's current
    /// one.
    pub(super) fn take_due(&mut self, hold: Option<Hold>, now: LocalTime) -> Option<Notice> {
        let pending = self.pending.take_if(|pending| pending.due <= now)?;
        let is_same =
            |hold: &Hold| (hold.member, hold.since) == (pending.hold.member, pending.hold.since);
        hold.is_some_and(|hold| is_same(&hold))
            .then_some(pending.notice)
    }

    /// When a wait is to be reported.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        self.pending.as_ref().map(|pending| pending.due)
    }
}
