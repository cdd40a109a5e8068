//! Several entries at once: a playlist is added by one command, and taken back by one.

use std::ops::RangeInclusive;

use super::queue::{admitted, check_taking_out, unqueued_together};
use super::{CommandContext, CommandResult, Decided, load};
use crate::protocol::batch::{Batch, NewEntry};
use crate::protocol::denied::{Action, Denied};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::EntryId;
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, QueueEntry, UnqueueCause};
use crate::room::state::RoomState;

/// Adds several links as an admin or proposes them, as far as there is room. In a room where nothing
/// plays the first one of an admin starts.
pub(super) fn add_all(ctx: CommandContext<'_>, batch: &Batch) -> CommandResult {
    let is_admin = ctx.by.power() == Role::Admin;
    let mut decided = Vec::new();
    let mut state = ctx.state.clone();
    let mut links = batch.entries();
    if is_admin
        && state.timeline.is_idle()
        && let Some((first, rest)) = links.split_first()
    {
        decided.extend(load::start_idle(ctx, first));
        if let Some(waiting) = state.queue.find(&first.media).map(|entry| entry.id) {
            state.queue.remove(waiting);
        }
        links = rest;
    }
    let queued = Queued::of(ctx, &mut state, links);
    if let (true, true, Some(denied)) = (
        decided.is_empty(),
        queued.entries.is_empty(),
        queued.refused,
    ) {
        return Err(denied);
    }
    // Entries leave before others come.
    decided.splice(0..0, queued.gone);
    let says_something = queued.known + queued.left_out > 0;
    if !queued.entries.is_empty() || says_something {
        let together = RoomEvent::QueuedTogether {
            entries: queued.entries,
            known: queued.known,
            left_out: queued.left_out,
        };
        decided.push(together.into());
    }
    Ok(decided)
}

/// What becomes of the links of a batch.
#[derive(Default)]
struct Queued {
    entries: Vec<QueueEntry>,
    gone: Vec<Decided>,
    known: u32,
    left_out: u32,
    /// Why a link was not queued, of the last one.
    refused: Option<Denied>,
}

impl Queued {
    /// Queues links one after the other in a copy of the room.
    fn of(ctx: CommandContext<'_>, state: &mut RoomState, links: &[NewEntry]) -> Self {
        let mut queued = Self::default();
        for link in links {
            // Once one has no room, the next ones have none either.
            if queued.left_out > 0 && state.queue.find(&link.media).is_none() {
                queued.left_out += 1;
                continue;
            }
            match admitted(CommandContext { state, ..ctx }, link) {
                Ok((gone, entry)) => {
                    for event in &gone {
                        leave(state, event);
                    }
                    state.queue.push(entry.clone());
                    queued.gone.extend(gone);
                    queued.entries.push(entry);
                }
                Err(denied @ Denied::AlreadyQueued { .. }) => {
                    queued.known += 1;
                    queued.refused = queued.refused.or(Some(denied));
                }
                Err(denied) => {
                    queued.left_out += 1;
                    queued.refused = Some(denied);
                }
            }
        }
        queued
    }
}

/// Takes an entry out of the copy that made room for another.
fn leave(state: &mut RoomState, decided: &Decided) {
    if let Decided::Event { public, .. } = decided
        && let RoomEvent::Unqueued { entry, .. } = &**public
    {
        state.queue.remove(*entry);
    }
}

/// Takes the entries with these numbers out of the queue: an admin all of them, others their own
/// proposals.
pub(super) fn take_back(
    ctx: CommandContext<'_>,
    numbers: RangeInclusive<EntryId>,
) -> CommandResult {
    let is_admin = ctx.by.power() == Role::Admin;
    let check = |entry: &QueueEntry| match entry.state {
        _ if is_admin => check_taking_out(ctx, entry, Action::Remove),
        _ if entry.by != ctx.by.id => Err(Denied::NotYours { entry: entry.id }),
        EntryState::Approved => Err(Denied::AlreadyApproved { entry: entry.id }),
        EntryState::Proposed => Ok(()),
    };
    let mut denied = Denied::NoSuchEntry {
        entry: *numbers.start(),
    };
    let mut leaving = Vec::new();
    let entries = ctx.state.queue.entries().iter();
    for entry in entries.filter(|entry| numbers.contains(&entry.id)) {
        match check(entry) {
            Ok(()) => leaving.push(entry.id),
            Err(why) => denied = why,
        }
    }
    if leaving.is_empty() {
        return Err(denied);
    }
    let cause = if is_admin {
        UnqueueCause::Removed
    } else {
        UnqueueCause::Withdrawn
    };
    Ok(unqueued_together(&leaving, cause))
}
