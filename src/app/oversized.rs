//! Detects servers that send more than a room can hold. The known room is traversed for each frame
//! of the screen, so a room without bounds would take a whole processor.
//!
//! The bounds are well above what servers of ours keep to, since versions differ.

use crate::protocol::event::Fact;
use crate::room::chat::Chat;
use crate::room::queue::Queue;
use crate::room::state::RoomState;
use crate::wire::message::{CatchUp, ServerMsg};

/// The most entries of a queue: ten times what a server takes.
const MOST_ENTRIES: usize = 10 * Queue::MAX_ENTRIES;

/// The most members, here and gone: a server lets 1,000 in and remembers 200 who are gone.
const MOST_MEMBERS: usize = 2_000;

/// The most lines of chat in a state: twice what a server keeps.
const MOST_LINES: usize = 2 * Chat::KEPT;

/// The most bans: twice what a server keeps.
const MOST_BANS: usize = 2 * RoomState::MAX_BANS;

/// The most holds that are over: those of five minutes count, each for 2 s at least.
const MOST_HOLDS: usize = 1_000;

/// The most events in one message: a server remembers 512 for those who come back.
const MOST_FACTS: usize = 2_000;

/// The most members of whom a digest says how they are: a server names twenty.
const MOST_HEALTHS: usize = 100;

/// Whether a message contains more than any room holds.
pub(super) fn is_oversized(message: &ServerMsg) -> bool {
    match message {
        ServerMsg::Welcome(welcome) => match &welcome.catch_up {
            CatchUp::State(state) => is_too_large(state),
            CatchUp::Events(facts) => are_too_many(facts),
        },
        ServerMsg::State { state } => is_too_large(state),
        ServerMsg::Events { events } => are_too_many(events),
        ServerMsg::Health(health) => health.worst.len() > MOST_HEALTHS,
        _ => false,
    }
}

/// Whether a room is larger than any can be.
pub(super) fn is_too_large(room: &RoomState) -> bool {
    room.queue.entries().len() > MOST_ENTRIES
        || room.roster.all().nth(MOST_MEMBERS).is_some()
        || room.chat.lines().len() > MOST_LINES
        || room.bans.len() > MOST_BANS
        || room.holds.len() > MOST_HOLDS
        || room.timeline.gate.len() > MOST_MEMBERS
}

fn are_too_many(facts: &[Fact]) -> bool {
    facts.len() > MOST_FACTS
}
