//! Waits of the room for a member. One that is over within a second is not told: where all
//! stall, the room finds a moment later that nobody can play, and says that instead.

use crate::app::output::Notice;
use crate::protocol::playback::Hold;
use crate::protocol::time::{LocalTime, Span};

/// How long a wait lasts at least that is told (judgement: who reads that the room waits should
/// still find it waiting).
const TOLD_FROM: Span = Span::seconds(1);

/// The wait that was not told yet, if there is one.
#[derive(Debug, Default)]
pub(super) struct Waits {
    pending: Option<PendingWait>,
}

/// A wait that was not told yet.
#[derive(Debug)]
struct PendingWait {
    notice: Notice,
    hold: Hold,
    /// When it is told, if the room still waits.
    due: LocalTime,
}

impl Waits {
    /// The room waits for a member: `notice` is told later, if `hold` lasts.
    pub(super) fn begin(&mut self, notice: Notice, hold: Option<Hold>, now: LocalTime) {
        let due = now + TOLD_FROM;
        self.pending = hold.map(|hold| PendingWait { notice, hold, due });
    }

    /// A wait is over. Returns `notice` if its beginning was told.
    pub(super) fn end(&mut self, notice: Notice) -> Option<Notice> {
        self.pending.take().is_none().then_some(notice)
    }

    /// What is told by now: a wait that goes on, the room's being `hold`.
    pub(super) fn take_due(&mut self, hold: Option<Hold>, now: LocalTime) -> Option<Notice> {
        let pending = self.pending.take_if(|pending| pending.due <= now)?;
        let is_same =
            |hold: &Hold| (hold.member, hold.since) == (pending.hold.member, pending.hold.since);
        hold.is_some_and(|hold| is_same(&hold))
            .then_some(pending.notice)
    }

    /// When a wait is to be told.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        self.pending.as_ref().map(|pending| pending.due)
    }
}
