//! What has a place in the queue, and which proposals make room for it.
//!
//! There is always room for what admins add and for a film that was interrupted, up to bounds
//! that only admins reach. A proposal is taken while there is room beside these. Proposals of
//! those who are gone make room for both, the oldest first.

use super::Decided;
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::EntryId;
use crate::protocol::member::Member;
use crate::protocol::playback::{Entry, EntryState, UnqueueCause};
use crate::room::queue::Queue;
use crate::room::size;
use crate::room::state::RoomState;

/// The most bytes on the wire of all proposals together (judgement: a hundred links of usual
/// length, twenty of the longest).
const PROPOSED_BYTES: usize = 48 * 1024;

/// What an entry comes into the queue as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// A member proposes it.
    Proposal,
    /// An admin adds it.
    Admin,
    /// It was on, and something else was put on in its place.
    Interrupted,
}

/// Which proposals make room for an entry, as the events that take them out; `leaving` is out
/// of the queue by then in any case.
///
/// # Errors
/// [`Denied::QueueFull`] or [`Denied::QueueTooLarge`] if there is no room for it.
pub(super) fn admit(
    state: &RoomState,
    entry: &Entry,
    claim: Claim,
    leaving: Option<EntryId>,
) -> Result<Vec<Decided>, Denied> {
    let entries = state.queue.entries().iter();
    let entries: Vec<&Entry> = entries.filter(|entry| Some(entry.id) != leaving).collect();
    check_approved(&entries, claim)?;
    let mut needed = Needed::of(state, &entries, entry, claim);
    let mut gone = Vec::new();
    for proposal in displaceable(state, &entries, claim) {
        let by_count = needed.places > 0 && is_of_the_gone(state, proposal);
        if needed.bytes == 0 && !by_count {
            continue;
        }
        needed.places = needed.places.saturating_sub(1);
        needed.bytes = needed.bytes.saturating_sub(size::of_item(proposal));
        gone.push(gives_way(proposal));
    }
    if needed.bytes > 0 {
        Err(Denied::QueueTooLarge)
    } else if needed.places > 0 && claim == Claim::Proposal {
        Err(full(Queue::MAX_ENTRIES))
    } else {
        Ok(gone)
    }
}

/// What admins put there has bounds of its own.
fn check_approved(entries: &[&Entry], claim: Claim) -> Result<(), Denied> {
    let limit = match claim {
        Claim::Proposal => return Ok(()),
        Claim::Admin => Queue::MAX_ENTRIES,
        Claim::Interrupted => Queue::MAX_APPROVED,
    };
    if approved(entries) < limit {
        Ok(())
    } else {
        Err(full(limit))
    }
}

fn approved(entries: &[&Entry]) -> usize {
    let approved = entries.iter();
    approved
        .filter(|entry| entry.state == EntryState::Approved)
        .count()
}

fn full(limit: usize) -> Denied {
    Denied::QueueFull {
        limit: u32::try_from(limit).unwrap_or(u32::MAX),
    }
}

/// By how much the queue would be too long with an entry.
struct Needed {
    places: usize,
    bytes: usize,
}

impl Needed {
    fn of(state: &RoomState, entries: &[&Entry], entry: &Entry, claim: Claim) -> Self {
        let bytes_of = |wanted: EntryState| -> usize {
            let entries = entries.iter().filter(|entry| entry.state == wanted);
            entries.map(size::of_item).sum()
        };
        let own = size::of_item(entry);
        let proposed = bytes_of(EntryState::Proposed);
        let all = bytes_of(EntryState::Approved) + proposed + own;
        let beyond_all = all.saturating_sub(state.room_for_entries());
        let beyond_share = match claim {
            Claim::Proposal => (proposed + own).saturating_sub(PROPOSED_BYTES),
            Claim::Admin | Claim::Interrupted => 0,
        };
        Self {
            places: (entries.len() + 1).saturating_sub(Queue::MAX_ENTRIES),
            bytes: beyond_all.max(beyond_share),
        }
    }
}

/// The proposals that may have to go, in that order: of the gone the oldest first; for the
/// bytes of what admins put there also the latest of those who are here.
fn displaceable<'a>(state: &RoomState, entries: &[&'a Entry], claim: Claim) -> Vec<&'a Entry> {
    let proposals = entries.iter().copied();
    let proposals = proposals.filter(|entry| entry.state == EntryState::Proposed);
    let (mut first, mut then): (Vec<&Entry>, Vec<&Entry>) =
        proposals.partition(|entry| is_of_the_gone(state, entry));
    first.sort_by_key(|entry| entry.id);
    if claim != Claim::Proposal {
        then.sort_by_key(|entry| std::cmp::Reverse(entry.id));
        first.append(&mut then);
    }
    first
}

fn is_of_the_gone(state: &RoomState, entry: &Entry) -> bool {
    let proposer = state.roster.get(entry.by);
    !proposer.is_some_and(Member::is_here)
}

fn gives_way(entry: &Entry) -> Decided {
    RoomEvent::Unqueued {
        entry: entry.id,
        cause: UnqueueCause::Removed,
        together: None,
        gave_way: true,
    }
    .into()
}

/// Whether another entry may be approved.
///
/// # Errors
/// [`Denied::QueueFull`] if as many are as an admin may add.
pub(super) fn check_approval(queue: &Queue) -> Result<(), Denied> {
    let entries: Vec<&Entry> = queue.entries().iter().collect();
    check_approved(&entries, Claim::Admin)
}
