//! What follows once a welcome was taken over whole.

use super::known_room::KnownRoom;
use super::output::SessionOutput;
use crate::app::room_tokens::KeptRoom;

/// A welcome whose events are being taken over.
#[derive(Debug)]
pub(super) struct Entering {
    /// The token with which the client comes back.
    pub(super) token: String,
    /// Whether the member is new in the room.
    pub(super) is_new: bool,
    /// Whether it brought the events that were missed, and not the whole room.
    pub(super) by_events: bool,
    /// Whether the last move among those events was made in the own player.
    pub(super) moved_in_own_player: bool,
}

impl Entering {
    /// All of it was taken over, and the room is as it is `known` now.
    pub(super) fn finish(self, known: Option<&KnownRoom>) -> Vec<SessionOutput> {
        let mut outputs = Vec::new();
        if self.by_events {
            outputs.push(SessionOutput::TimelineChanged {
                in_own_player: self.moved_in_own_player,
            });
        }
        let room = known.map(KnownRoom::state);
        outputs.push(SessionOutput::Token(KeptRoom {
            token: self.token,
            visibility: room.map(|room| room.visibility).unwrap_or_default(),
            created: room.map(|room| room.created).unwrap_or_default(),
            other: known.and_then(KnownRoom::other_address),
        }));
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
