//! Limits of the queue, and which proposals are removed to make room.
//!
//! There is always room for what admins add and for interrupted media, up to limits that only
//! admins can reach. A proposal is accepted while there is room beside these. Proposals of absent
//! members are removed for either, oldest first.

use super::{CommandContext, Decided};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::EntryId;
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::{EntryState, QueueEntry, UnqueueCause};
use crate::room::queue::Queue;
use crate::room::size;
use crate::room::state::RoomState;

/// The most bytes on the wire of all proposals together (judgement: a hundred links of usual
/// length, or twenty of the longest).
const PROPOSED_BYTES: usize = 48 * 1024;

/// Why an entry is put into the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// A member proposes it: it is refused rather than crowd anything out but proposals of absent
    /// members.
    Proposal,
    /// An admin adds it: within [`Queue::MAX_ENTRIES`] approved ones, proposals give way to it.
    Admin,
    /// It was playing, and other media was loaded instead: within [`Queue::MAX_APPROVED`] approved
    /// ones, proposals give way to it.
    Interrupted,
}

/// Checks that a member may have another proposal waiting: they themselves, and all viewers at
/// their network address together. A moderator's proposals do not count with those of strangers.
///
/// # Errors [`Denied::TooManyProposals`] or [`Denied::TooManyProposalsThere`].
pub(super) fn check_proposals(ctx: CommandContext<'_>) -> Result<(), Denied> {
    let CommandContext {
        state, secrets, by, ..
    } = ctx;
    if state.queue.proposals_of(by.id) >= Queue::MAX_PROPOSALS {
        let limit = count(Queue::MAX_PROPOSALS);
        return Err(Denied::TooManyProposals { limit });
    }
    let address = secrets.address(by.id);
    let Some(address) = address.filter(|_| by.power() == Role::Viewer) else {
        return Ok(());
    };
    let entries = state.queue.entries().iter();
    let proposals = entries.filter(|entry| entry.state == EntryState::Proposed);
    let there = proposals.filter(|entry| secrets.address(entry.by) == Some(address));
    if there.count() >= Queue::MAX_PROPOSALS_THERE {
        let limit = count(Queue::MAX_PROPOSALS_THERE);
        return Err(Denied::TooManyProposalsThere { limit });
    }
    Ok(())
}

/// The events that remove proposals to make room for an entry. `leaving` is an entry that leaves
/// the queue anyway.
///
/// # Errors [`Denied::QueueFull`] or [`Denied::QueueTooLarge`] if there is no room for it.
pub(super) fn admit(
    state: &RoomState,
    entry: &QueueEntry,
    kind: EntryKind,
    leaving: Option<EntryId>,
) -> Result<Vec<Decided>, Denied> {
    let entries = state.queue.entries().iter();
    let entries: Vec<&QueueEntry> = entries.filter(|entry| Some(entry.id) != leaving).collect();
    check_approved(&entries, kind)?;
    let mut needed = Needed::of(state, &entries, entry, kind);
    let mut gone = Vec::new();
    for proposal in removable_proposals(state, &entries, kind) {
        let by_count = needed.places > 0 && is_by_absent_member(state, proposal);
        if needed.bytes == 0 && !by_count {
            continue;
        }
        needed.places = needed.places.saturating_sub(1);
        needed.bytes = needed.bytes.saturating_sub(size::of_item(proposal));
        gone.push(unqueued(proposal));
    }
    if needed.bytes > 0 {
        Err(Denied::QueueTooLarge)
    } else if needed.places > 0 && kind == EntryKind::Proposal {
        Err(full(Queue::MAX_ENTRIES))
    } else {
        Ok(gone)
    }
}

/// Checks that an entry may grow to this, by what is learned of it.
///
/// # Errors [`Denied::QueueTooLarge`] if the queue would take more space than it may.
pub(super) fn check_growth(
    state: &RoomState,
    before: &QueueEntry,
    after: &QueueEntry,
) -> Result<(), Denied> {
    let entries = state.queue.entries().iter();
    let others: Vec<&QueueEntry> = entries.filter(|entry| entry.id != before.id).collect();
    let kind = match after.state {
        EntryState::Proposed => EntryKind::Proposal,
        EntryState::Approved => EntryKind::Admin,
    };
    if Needed::of(state, &others, after, kind).bytes == 0 {
        Ok(())
    } else {
        Err(Denied::QueueTooLarge)
    }
}

/// Checks that one more approved entry of this kind is within its limit.
fn check_approved(entries: &[&QueueEntry], kind: EntryKind) -> Result<(), Denied> {
    let limit = match kind {
        EntryKind::Proposal => return Ok(()),
        EntryKind::Admin => Queue::MAX_ENTRIES,
        EntryKind::Interrupted => Queue::MAX_APPROVED,
    };
    if approved(entries) < limit {
        Ok(())
    } else {
        Err(full(limit))
    }
}

fn approved(entries: &[&QueueEntry]) -> usize {
    let approved = entries.iter();
    approved
        .filter(|entry| entry.state == EntryState::Approved)
        .count()
}

fn full(limit: usize) -> Denied {
    Denied::QueueFull {
        limit: count(limit),
    }
}

fn count(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}

/// By how much the queue would exceed its limits with an entry.
struct Needed {
    places: usize,
    bytes: usize,
}

impl Needed {
    fn of(state: &RoomState, entries: &[&QueueEntry], entry: &QueueEntry, kind: EntryKind) -> Self {
        let bytes_of = |wanted: EntryState| -> usize {
            let entries = entries.iter().filter(|entry| entry.state == wanted);
            entries.map(size::of_item).sum()
        };
        let own = size::of_item(entry);
        let proposed = bytes_of(EntryState::Proposed);
        let all = bytes_of(EntryState::Approved) + proposed + own;
        let beyond_all = all.saturating_sub(state.room_for_entries());
        let beyond_share = match kind {
            EntryKind::Proposal => (proposed + own).saturating_sub(PROPOSED_BYTES),
            EntryKind::Admin | EntryKind::Interrupted => 0,
        };
        Self {
            places: (entries.len() + 1).saturating_sub(Queue::MAX_ENTRIES),
            bytes: beyond_all.max(beyond_share),
        }
    }
}

/// The proposals that may be removed, in order: those of absent members, oldest first; for an
/// admin's or interrupted entry that needs bytes also those of members present, newest first.
fn removable_proposals<'a>(
    state: &RoomState,
    entries: &[&'a QueueEntry],
    kind: EntryKind,
) -> Vec<&'a QueueEntry> {
    let proposals = entries.iter().copied();
    let proposals = proposals.filter(|entry| entry.state == EntryState::Proposed);
    let (mut first, mut then): (Vec<&QueueEntry>, Vec<&QueueEntry>) =
        proposals.partition(|entry| is_by_absent_member(state, entry));
    first.sort_by_key(|entry| entry.id);
    if kind != EntryKind::Proposal {
        then.sort_by_key(|entry| std::cmp::Reverse(entry.id));
        first.append(&mut then);
    }
    first
}

fn is_by_absent_member(state: &RoomState, entry: &QueueEntry) -> bool {
    let proposer = state.roster.get(entry.by);
    !proposer.is_some_and(Member::is_here)
}

fn unqueued(entry: &QueueEntry) -> Decided {
    RoomEvent::Unqueued {
        entry: entry.id,
        cause: UnqueueCause::Removed,
        together: None,
        gave_way: true,
    }
    .into()
}

/// Checks that another entry may be approved.
///
/// # Errors [`Denied::QueueFull`] if as many are approved as admins may add.
pub(super) fn check_approval(queue: &Queue) -> Result<(), Denied> {
    let entries: Vec<&QueueEntry> = queue.entries().iter().collect();
    check_approved(&entries, EntryKind::Admin)
}
