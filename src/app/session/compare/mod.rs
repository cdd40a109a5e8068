//! The outputs for a change of the room: the one comparison of a room before and after, used for
//! each event and for a whole new state. Pure functions.
//!
//! An event also says who did it, from where and why. A whole state is emitted whole, except for
//! members and chat: after a gap nothing else is assumed to be known.

use crate::app::output::Output;
use crate::protocol::event::RoomEvent;

mod before;
mod change;
mod chat;
mod members;
mod notices;
mod playing;
mod queue;

pub(in crate::app) use before::Before;
pub(in crate::app) use change::{EventCause, Recipient, RoomChange};

/// The outputs for a change, in the order in which the member reads them.
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
    let notice = notices::notice(change);
    let times = if is_whole { &nobody_plays } else { &notice };
    let has_notice = times.as_ref().is_some_and(notices::reports_time);
    let mut notice = notice.map(Output::Notice);
    // What is said of other media that came on, such as who skipped to it, stands below it.
    if !matches!(change.event(), Some(RoomEvent::Loaded { .. })) {
        outputs.extend(notice.take());
    }
    outputs.extend(playing::media(change));
    outputs.extend(notice);
    outputs.extend(playing::timeline(change, has_notice));
    if is_whole {
        outputs.extend(nobody_plays.map(Output::Notice));
    }
    outputs.extend(playing::subtitles(change).map(Output::Notice));
    outputs.extend(playing::gate(change));
    outputs.extend(queue::queue(change));
    outputs
}
