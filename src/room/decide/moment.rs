//! The time of a decision.

use crate::protocol::time::{RoomTime, Span};

/// The length of a countdown: 3, 2, 1 (judgement).
pub(super) const COUNTDOWN: Span = Span::seconds(3);

/// When a decision is made, and how soon its changes of playback may take place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Room time at the decision, never before the room's last event.
    pub now: RoomTime,
    /// How far ahead changes of playback are scheduled, so that most members learn of them in time.
    /// The server derives it from the members' round trips.
    pub lead: Span,
}

impl Moment {
    /// When a change of playback that is decided now takes place.
    #[must_use]
    pub fn start(self) -> RoomTime {
        self.now + self.lead
    }
}
