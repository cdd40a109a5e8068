//! What a change of the room tells the member: the one comparison of a room before and after,
//! used for each event and for a whole new state. Pure functions.
//!
//! An event says also who did it, from where and why. A whole state is told whole, as far as it
//! is not about people and what they said: after a gap nothing is taken for known.

use crate::app::output::Output;

mod before;
mod change;
mod chat;
mod members;
mod notices;
mod playing;
mod queue;

pub(in crate::app) use before::Before;
pub(in crate::app) use change::{EventCause, Recipient, RoomChange};

/// What a change tells, in the order in which the member reads it.
pub(in crate::app) fn changes(change: &RoomChange<'_>) -> Vec<Output> {
    let is_whole = change.cause.is_none();
    let mut outputs = Vec::new();
    if is_whole {
        outputs.extend(members::count(change));
    }
    outputs.extend(members::changes(change));
    if !is_whole {
        outputs.extend(members::count(change));
        outputs.extend(members::wait_policy(change).map(Output::Notice));
    }
    outputs.extend(chat::new_lines(change));
    outputs.extend(chat::erased(change));
    let nobody_plays = notices::nobody_plays(change);
    if !is_whole {
        outputs.extend(notices::notice(change).map(Output::Notice));
    }
    outputs.extend(playing::media(change));
    outputs.extend(playing::timeline(change, nobody_plays.is_some()));
    if is_whole {
        outputs.extend(nobody_plays.map(Output::Notice));
    }
    outputs.extend(playing::gate(change));
    outputs.extend(queue::queue(change));
    outputs
}
