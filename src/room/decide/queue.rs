//! The playlist: adding and proposing, approving and rejecting, taking back, ordering.

use super::{Answer, Ask, Decided, load};
use crate::media::Media;
use crate::protocol::denied::{Action, Denied};
use crate::protocol::event::RoomEvent;
use crate::protocol::film::{Entry, EntryState, LoadCause, UnqueueCause};
use crate::protocol::ids::EntryId;
use crate::protocol::member::Role;
use crate::protocol::time::Position;
use crate::room::queue::Queue;
use crate::room::roles;

/// An admin's link is approved at once, and starts if nothing plays; others propose.
pub(super) fn add(ask: Ask<'_>, media: &Media) -> Answer {
    let Ask {
        state, by, moment, ..
    } = ask;
    let queue = &state.queue;
    let is_admin = by.power() == Role::Admin;
    if is_admin && state.timeline.is_idle() {
        return Ok(load::start_idle(ask, media));
    }
    if let Some(waiting) = queue.find(media) {
        return Err(Denied::AlreadyQueued { entry: waiting.id });
    }
    if !is_admin && queue.proposals_of(by.id) >= Queue::MAX_PROPOSALS {
        return Err(Denied::TooManyProposals {
            limit: limit(Queue::MAX_PROPOSALS),
        });
    }
    if queue.entries().len() >= Queue::MAX_ENTRIES {
        return Err(Denied::QueueFull {
            limit: limit(Queue::MAX_ENTRIES),
        });
    }
    let entry = Entry {
        id: queue.next_id(),
        media: media.clone(),
        title: None,
        duration: None,
        start: Position::START,
        by: by.id,
        by_name: by.name.clone(),
        at: moment.now,
        state: if is_admin {
            EntryState::Approved
        } else {
            EntryState::Proposed
        },
    };
    Ok(vec![RoomEvent::Queued { entry }.into()])
}

/// Says yes to a proposal, which starts at once if nothing plays.
pub(super) fn approve(ask: Ask<'_>, entry: Option<EntryId>) -> Answer {
    let entry = proposal(&ask.state.queue, entry)?;
    if ask.state.timeline.is_idle() {
        return Ok(vec![load::entry(
            ask.state,
            entry,
            LoadCause::Idle,
            ask.moment,
        )]);
    }
    Ok(vec![RoomEvent::Approved { entry: entry.id }.into()])
}

/// Says no to a proposal.
pub(super) fn reject(ask: Ask<'_>, entry: Option<EntryId>) -> Answer {
    let entry = proposal(&ask.state.queue, entry)?;
    check_taking_out(ask, entry, Action::Reject)?;
    Ok(unqueued(entry, UnqueueCause::Rejected))
}

/// Takes one's own proposal back. Once it is approved it is the room's.
pub(super) fn withdraw(ask: Ask<'_>, entry: EntryId) -> Answer {
    let entry = waiting(&ask.state.queue, entry)?;
    if entry.by != ask.by.id {
        Err(Denied::NotYours { entry: entry.id })
    } else if entry.state == EntryState::Approved {
        Err(Denied::AlreadyApproved { entry: entry.id })
    } else {
        Ok(unqueued(entry, UnqueueCause::Withdrawn))
    }
}

/// Takes any entry out of the queue.
pub(super) fn remove(ask: Ask<'_>, entry: EntryId) -> Answer {
    let entry = waiting(&ask.state.queue, entry)?;
    check_taking_out(ask, entry, Action::Remove)?;
    Ok(unqueued(entry, UnqueueCause::Removed))
}

/// Who is acting admin by presence alone takes out nothing that a real admin queued.
fn check_taking_out(ask: Ask<'_>, entry: &Entry, action: Action) -> Result<(), Denied> {
    let Ask { state, by, .. } = ask;
    let protects = roles::acts_by_presence(by, &state.roster);
    if protects && state.queue.is_of_admins(entry, &state.roster) {
        return Err(Denied::OnlyActing { action });
    }
    Ok(())
}

/// Places count from 1; beyond the end means the end.
pub(super) fn move_to(ask: Ask<'_>, entry: EntryId, place: u32) -> Answer {
    let queue = &ask.state.queue;
    let entry = waiting(queue, entry)?.id;
    let place = place.clamp(1, limit(queue.entries().len()));
    Ok(vec![RoomEvent::QueueMoved { entry, place }.into()])
}

fn unqueued(entry: &Entry, cause: UnqueueCause) -> Vec<Decided> {
    let entry = entry.id;
    vec![RoomEvent::Unqueued { entry, cause }.into()]
}

fn waiting(queue: &Queue, id: EntryId) -> Result<&Entry, Denied> {
    queue.get(id).ok_or(Denied::NoSuchEntry { entry: id })
}

/// The proposal meant: the named one, or the oldest.
fn proposal(queue: &Queue, named: Option<EntryId>) -> Result<&Entry, Denied> {
    let Some(id) = named else {
        return queue.oldest_proposal().ok_or(Denied::NothingProposed);
    };
    let entry = waiting(queue, id)?;
    if entry.state == EntryState::Approved {
        Err(Denied::AlreadyApproved { entry: id })
    } else {
        Ok(entry)
    }
}

fn limit(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
