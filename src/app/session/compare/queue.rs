//! What waits in the queue.

use super::change::RoomChange;
use crate::app::output::{BatchNotice, Notice, Output, QueuedTogether};
use crate::protocol::event::RoomEvent;
use crate::protocol::playback::EntryState;

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
        // A notice reports all of them at once.
        Some(RoomEvent::QueuedTogether { .. } | RoomEvent::Described { .. }) => return true,
        Some(RoomEvent::Unqueued {
            together: Some(count),
            ..
        }) => return *count == 0,
        Some(RoomEvent::Unqueued { entry, .. }) => change.before.entry(*entry),
        _ => None,
    };
    proposal.is_some_and(|entry| change.now.is_muted_proposal(entry))
}

/// Several links were queued at once. Who reads of it is told how many, unless a muted member
/// proposes them.
pub(super) fn queued_together(change: &RoomChange<'_>) -> Option<Notice> {
    let RoomEvent::QueuedTogether {
        entries,
        known,
        left_out,
    } = change.event()?
    else {
        return None;
    };
    let first = entries.first();
    if first.is_some_and(|entry| change.now.is_muted_proposal(entry)) {
        return None;
    }
    let numbers = first.zip(entries.last());
    Some(Notice::Batch(BatchNotice::QueuedTogether(QueuedTogether {
        who: change.by_whom()?,
        numbers: numbers.map(|(first, last)| (first.id, last.id)),
        count: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        proposed: first.is_some_and(|entry| entry.state == EntryState::Proposed),
        known: *known,
        left_out: *left_out,
    })))
}

fn changes_queue(event: &RoomEvent) -> bool {
    match event {
        RoomEvent::Queued { .. }
        | RoomEvent::QueuedTogether { .. }
        | RoomEvent::Described { .. }
        | RoomEvent::Approved { .. }
        | RoomEvent::Unqueued { .. }
        | RoomEvent::QueueMoved { .. } => true,
        RoomEvent::Loaded {
            entry, interrupted, ..
        } => entry.is_some() || interrupted.is_some(),
        _ => false,
    }
}
