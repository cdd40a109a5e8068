//! Commands of the queue: add and propose, approve, reject, withdraw, remove, move.

use super::queue_limits::{EntryKind, admit, check_approval, check_proposals};
use super::{CommandContext, CommandResult, Decided, load};
use crate::media::Media;
use crate::protocol::batch::NewEntry;
use crate::protocol::command::MemberRef;
use crate::protocol::denied::{Action, Denied};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::EntryId;
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, LoadCause, QueueEntry, UnqueueCause};
use crate::protocol::time::Position;
use crate::room::find_member::find_member;
use crate::room::queue::Queue;
use crate::room::roles;
use crate::room::roster::Roster;

/// Adds media. An admin's is approved at once, and starts if nothing plays and anybody is here to
/// see it; others propose.
pub(super) fn add(ctx: CommandContext<'_>, media: &Media) -> CommandResult {
    let CommandContext { state, by, .. } = ctx;
    let is_empty = state.roster.here().next().is_none();
    if by.power() == Role::Admin && state.timeline.is_idle() && !is_empty {
        return Ok(load::start_idle(ctx, &NewEntry::untitled(media.clone())));
    }
    let (mut decided, entry) = admitted(ctx, &NewEntry::untitled(media.clone()))?;
    decided.push(RoomEvent::Queued { entry }.into());
    Ok(decided)
}

/// The new entry for a link: approved if an admin queues it, else a proposal; and the events that
/// make room for it.
///
/// # Errors If it is queued already, or there is no room for it.
pub(super) fn admitted(
    ctx: CommandContext<'_>,
    new: &NewEntry,
) -> Result<(Vec<Decided>, QueueEntry), Denied> {
    let CommandContext {
        state, by, moment, ..
    } = ctx;
    let queue = &state.queue;
    let is_admin = by.power() == Role::Admin;
    if let Some(waiting) = queue.find(&new.media) {
        return Err(Denied::AlreadyQueued { entry: waiting.id });
    }
    if !is_admin {
        check_proposals(ctx)?;
    }
    let entry = QueueEntry {
        id: queue.next_id(),
        media: new.media.clone(),
        title: new.title.clone(),
        title_by_viewers: new.title.is_some() && !is_admin,
        duration: new.duration,
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
    let kind = if is_admin {
        EntryKind::Admin
    } else {
        EntryKind::Proposal
    };
    let decided = admit(state, &entry, kind, None)?;
    Ok((decided, entry))
}

/// Approves a proposal, which starts at once if nothing plays.
pub(super) fn approve(ctx: CommandContext<'_>, entry: Option<EntryId>) -> CommandResult {
    let entry = proposal(&ctx.state.queue, entry)?;
    if ctx.state.timeline.is_idle() {
        return Ok(vec![load::entry(
            ctx.state,
            entry,
            LoadCause::Idle,
            ctx.moment,
        )]);
    }
    check_approval(&ctx.state.queue)?;
    Ok(vec![RoomEvent::Approved { entry: entry.id }.into()])
}

/// Rejects the named proposal, or the oldest.
pub(super) fn reject(ctx: CommandContext<'_>, entry: Option<EntryId>) -> CommandResult {
    let entry = proposal(&ctx.state.queue, entry)?;
    check_taking_out(ctx, entry, Action::Reject)?;
    Ok(unqueued(entry, UnqueueCause::Rejected))
}

/// Rejects every proposal, or all of one member, present or absent.
pub(super) fn reject_all(ctx: CommandContext<'_>, of: Option<&MemberRef>) -> CommandResult {
    let state = ctx.state;
    let entries = state.queue.entries().iter();
    let selected: Vec<&QueueEntry> = entries
        .filter(|entry| entry.state == EntryState::Proposed)
        .filter(|entry| of.is_none_or(|who| is_by(&state.roster, entry, who)))
        .collect();
    let rejected: Vec<EntryId> = selected
        .iter()
        .filter(|entry| check_taking_out(ctx, entry, Action::Reject).is_ok())
        .map(|entry| entry.id)
        .collect();
    if rejected.is_empty() {
        if let Some(entry) = selected.first() {
            check_taking_out(ctx, entry, Action::Reject)?;
        }
        // An unknown name is an error of its own.
        if let Some(who) = of {
            find_member(&state.roster, who)?;
        }
        return Err(Denied::NothingProposed);
    }
    Ok(unqueued_together(&rejected, UnqueueCause::Rejected))
}

/// Several entries leave the queue at one command.
pub(super) fn unqueued_together(entries: &[EntryId], cause: UnqueueCause) -> Vec<Decided> {
    let count = limit(entries.len());
    let together = |entry: &EntryId| match (count, Some(entry) == entries.last()) {
        (1, _) => None,
        (_, true) => Some(count),
        (_, false) => Some(0),
    };
    let decided = entries.iter().map(|entry| RoomEvent::Unqueued {
        entry: *entry,
        cause,
        together: together(entry),
        gave_way: false,
    });
    decided.map(Decided::from).collect()
}

/// Whether a member proposed an entry. A name means its present owner, or, if there is none,
/// whoever had it then: kicked members are forgotten.
fn is_by(roster: &Roster, entry: &QueueEntry, who: &MemberRef) -> bool {
    match who {
        MemberRef::Id(id) => entry.by == *id,
        MemberRef::Name(name) => match find_member(roster, who) {
            Ok(member) => entry.by == member.id,
            Err(Denied::NamesAlike { .. }) => false,
            Err(_) => entry.by_name.folded() == name.folded(),
        },
    }
}

/// Withdraws one's own proposal. An approved one belongs to the room.
pub(super) fn withdraw(ctx: CommandContext<'_>, entry: EntryId) -> CommandResult {
    let entry = waiting(&ctx.state.queue, entry)?;
    if entry.by != ctx.by.id {
        Err(Denied::NotYours { entry: entry.id })
    } else if entry.state == EntryState::Approved {
        Err(Denied::AlreadyApproved { entry: entry.id })
    } else {
        Ok(unqueued(entry, UnqueueCause::Withdrawn))
    }
}

/// Removes an entry, proposal or approved, unless a real admin's is protected.
pub(super) fn remove(ctx: CommandContext<'_>, entry: EntryId) -> CommandResult {
    let entry = waiting(&ctx.state.queue, entry)?;
    check_taking_out(ctx, entry, Action::Remove)?;
    Ok(unqueued(entry, UnqueueCause::Removed))
}

/// An acting admin by presence alone may not take out what a real admin queued.
pub(super) fn check_taking_out(
    ctx: CommandContext<'_>,
    entry: &QueueEntry,
    action: Action,
) -> Result<(), Denied> {
    let CommandContext { state, by, .. } = ctx;
    let protects = roles::acts_by_presence(by, &state.roster);
    if protects && state.queue.is_admins_entry(entry, &state.roster) {
        return Err(Denied::OnlyActing { action });
    }
    Ok(())
}

/// Moves an entry. Places count from 1; one beyond the end means the end.
pub(super) fn move_to(ctx: CommandContext<'_>, entry: EntryId, place: u32) -> CommandResult {
    let queue = &ctx.state.queue;
    let entry = waiting(queue, entry)?.id;
    let place = place.clamp(1, limit(queue.entries().len()));
    let is_there = queue.entries().iter().zip(1..);
    let mut is_there = is_there.map(|(other, at)| other.id == entry && at == place);
    // It is there already.
    if is_there.any(|is| is) {
        return Ok(Vec::new());
    }
    Ok(vec![RoomEvent::QueueMoved { entry, place }.into()])
}

fn unqueued(entry: &QueueEntry, cause: UnqueueCause) -> Vec<Decided> {
    let entry = entry.id;
    let unqueued = RoomEvent::Unqueued {
        entry,
        cause,
        together: None,
        gave_way: false,
    };
    vec![unqueued.into()]
}

fn waiting(queue: &Queue, id: EntryId) -> Result<&QueueEntry, Denied> {
    queue.get(id).ok_or(Denied::NoSuchEntry { entry: id })
}

/// The named proposal, or the oldest one.
fn proposal(queue: &Queue, named: Option<EntryId>) -> Result<&QueueEntry, Denied> {
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
