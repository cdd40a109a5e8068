//! Waits of the room for a member. One that is over within a second is not told: where all
//! stall, the room finds a moment later that nobody can play, and says that instead.

use super::App;
use super::link::Stage;
use super::told::Notice;
use crate::protocol::film::Hold;
use crate::protocol::time::{LocalTime, Span};

/// How long a wait lasts at least that is told (judgement: who reads that the room waits should
/// still find it waiting).
const TOLD_FROM: Span = Span::seconds(1);

/// A wait that was not told yet.
#[derive(Debug, Clone)]
pub(super) struct Untold {
    notice: Notice,
    hold: Hold,
    /// When it is told, if the room still waits.
    due: LocalTime,
}

impl App {
    /// The room waits for a member: keeps in mind to tell it.
    pub(super) fn wait_began(&mut self, notice: Notice) {
        let hold = self.room().and_then(|room| room.timeline.hold);
        let due = self.now.local + TOLD_FROM;
        self.untold_wait = hold.map(|hold| Untold { notice, hold, due });
    }

    /// A wait is over: tells it, if its beginning was told.
    pub(super) fn wait_ended(&mut self, notice: Notice) {
        if self.untold_wait.take().is_none() {
            self.notice(notice);
        }
    }

    /// When a wait is to be told.
    pub(super) fn wait_deadline(&self) -> Option<LocalTime> {
        self.untold_wait.as_ref().map(|untold| untold.due)
    }

    /// Tells a wait that goes on.
    pub(super) fn wait_due(&mut self) {
        let now = self.now.local;
        let Some(untold) = self.untold_wait.take_if(|untold| untold.due <= now) else {
            return;
        };
        let hold = self.room().and_then(|room| room.timeline.hold);
        let same =
            |hold: &Hold| (hold.member, hold.since) == (untold.hold.member, untold.hold.since);
        if hold.as_ref().is_some_and(same) && self.link.stage() != Stage::Closed {
            self.notice(untold.notice);
        }
    }
}
