//! What follows once a welcome was taken over whole.

use super::known_room::KnownRoom;
use super::output::SessionOutput;

/// A welcome whose events are being taken over.
#[derive(Debug)]
pub(super) struct Entering {
    /// The token with which the client comes back.
    pub(super) token: String,
    /// Whether the member is new in the room.
    pub(super) is_new: bool,
    /// Whether it brought the events that were missed, and not the whole room.
    pub(super) by_events: bool,
}

impl Entering {
    /// All of it was taken over, and the room is as it is `known` now.
    pub(super) fn finish(self, known: Option<&KnownRoom>) -> Vec<SessionOutput> {
        let mut outputs = Vec::new();
        if self.by_events {
            outputs.push(SessionOutput::TimelineChanged {
                in_own_player: false,
            });
        }
        let visibility = known.map(|known| known.state().visibility);
        outputs.push(SessionOutput::Token {
            token: self.token,
            visibility: visibility.unwrap_or_default(),
        });
        let answered = known.map(KnownRoom::last_answered).unwrap_or_default();
        outputs.push(if self.is_new {
            SessionOutput::Entered { answered }
        } else {
            SessionOutput::Resumed { answered }
        });
        outputs.push(SessionOutput::Joined);
        outputs
    }
}
