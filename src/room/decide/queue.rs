//! The playlist: adding and proposing, approving and rejecting, taking back, ordering.

use super::admit::{Claim, admit, check_approval};
use super::{Answer, Ask, Decided, load};
use crate::media::Media;
use crate::protocol::command::Who;
use crate::protocol::denied::{Action, Denied};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::EntryId;
use crate::protocol::member::Role;
use crate::protocol::playback::{Entry, EntryState, LoadCause, UnqueueCause};
use crate::protocol::time::Position;
use crate::room::find_member::find_member;
use crate::room::queue::Queue;
use crate::room::roles;
use crate::room::roster::Roster;

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
    let entry = Entry {
        id: queue.next_id(),
        media: media.clone(),
        title: None,
        title_by_viewers: false,
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
    let claim = if is_admin {
        Claim::Admin
    } else {
        Claim::Proposal
    };
    let mut decided = admit(state, &entry, claim, None)?;
    decided.push(RoomEvent::Queued { entry }.into());
    Ok(decided)
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
    check_approval(&ask.state.queue)?;
    Ok(vec![RoomEvent::Approved { entry: entry.id }.into()])
}

/// Says no to a proposal.
pub(super) fn reject(ask: Ask<'_>, entry: Option<EntryId>) -> Answer {
    let entry = proposal(&ask.state.queue, entry)?;
    check_taking_out(ask, entry, Action::Reject)?;
    Ok(unqueued(entry, UnqueueCause::Rejected))
}

/// Says no to every proposal, or to all of a member, here or gone.
pub(super) fn reject_all(ask: Ask<'_>, of: Option<&Who>) -> Answer {
    let state = ask.state;
    let entries = state.queue.entries().iter();
    let meant: Vec<&Entry> = entries
        .filter(|entry| entry.state == EntryState::Proposed)
        .filter(|entry| of.is_none_or(|who| is_by(&state.roster, entry, who)))
        .collect();
    let rejected: Vec<EntryId> = meant
        .iter()
        .filter(|entry| check_taking_out(ask, entry, Action::Reject).is_ok())
        .map(|entry| entry.id)
        .collect();
    let Some(last) = rejected.last() else {
        if let Some(entry) = meant.first() {
            check_taking_out(ask, entry, Action::Reject)?;
        }
        // A name that nobody has is a mistake of its own.
        if let Some(who) = of {
            find_member(&state.roster, who)?;
        }
        return Err(Denied::NothingProposed);
    };
    let count = limit(rejected.len());
    let together = |entry: &EntryId| match (count, entry == last) {
        (1, _) => None,
        (_, true) => Some(count),
        (_, false) => Some(0),
    };
    let decided = rejected.iter().map(|entry| RoomEvent::Unqueued {
        entry: *entry,
        cause: UnqueueCause::Rejected,
        together: together(entry),
        gave_way: false,
    });
    Ok(decided.map(Decided::from).collect())
}

/// Whether a member proposed an entry. A name means who has it now, and if nobody has, who had
/// it then: those who were sent out are forgotten.
fn is_by(roster: &Roster, entry: &Entry, who: &Who) -> bool {
    match who {
        Who::Id(id) => entry.by == *id,
        Who::Name(name) => match find_member(roster, who) {
            Ok(member) => entry.by == member.id,
            Err(Denied::NamesAlike { .. }) => false,
            Err(_) => entry.by_name.folded() == name.folded(),
        },
    }
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
    let is_there = queue.entries().iter().zip(1..);
    let mut is_there = is_there.map(|(other, at)| other.id == entry && at == place);
    // Whoever wants it played now puts it first, wherever it is.
    if is_there.any(|is| is) {
        return Ok(Vec::new());
    }
    Ok(vec![RoomEvent::QueueMoved { entry, place }.into()])
}

fn unqueued(entry: &Entry, cause: UnqueueCause) -> Vec<Decided> {
    let entry = entry.id;
    let unqueued = RoomEvent::Unqueued {
        entry,
        cause,
        together: None,
        gave_way: false,
    };
    vec![unqueued.into()]
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
