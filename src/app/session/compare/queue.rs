//! What waits in the queue.

use super::change::RoomChange;
use crate::app::output::Output;
use crate::protocol::event::RoomEvent;

/// What waits, if an event changed it or the whole room came.
pub(super) fn queue(change: &RoomChange<'_>) -> Option<Output> {
    let is_new = change.event().is_none_or(changes_queue);
    is_new.then(|| {
        let entries = change.now.queue.entries().to_vec();
        if is_quiet(change) {
            Output::QuietQueue(entries)
        } else {
            Output::Queue(entries)
        }
    })
}

/// Whether a change of the queue is not shown: it is about a muted member's proposal, or the entry
/// leaves together with others, of which only the last is reported.
pub(super) fn is_quiet(change: &RoomChange<'_>) -> bool {
    let proposal = match change.event() {
        Some(RoomEvent::Queued { entry }) => Some(entry),
        Some(RoomEvent::Unqueued {
            together: Some(count),
            ..
        }) => return *count == 0,
        Some(RoomEvent::Unqueued { entry, .. }) => change.before.entry(*entry),
        _ => None,
    };
    proposal.is_some_and(|entry| change.now.is_muted_proposal(entry))
}

fn changes_queue(event: &RoomEvent) -> bool {
    match event {
        RoomEvent::Queued { .. }
        | RoomEvent::Approved { .. }
        | RoomEvent::Unqueued { .. }
        | RoomEvent::QueueMoved { .. } => true,
        RoomEvent::Loaded {
            entry, interrupted, ..
        } => entry.is_some() || interrupted.is_some(),
        _ => false,
    }
}
