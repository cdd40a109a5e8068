//! What a member's client has learned of a link that they queued.

use super::queue_limits::check_growth;
use super::{CommandContext, CommandResult};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::EntryId;
use crate::protocol::member::Role;
use crate::protocol::text::Title;
use crate::protocol::time::Span;
use crate::room::queue::described;

/// The longest length that is believed, a thousand hours: no player reports a longer one either
/// (judgement: beyond it lies a broken file).
const LONGEST: Span = Span::seconds(1_000 * 3_600);

/// Adds a title and a length to an entry that has none, or a title to the media that came from it.
/// Whoever queued it may, and an admin.
pub(super) fn describe(
    ctx: CommandContext<'_>,
    entry: EntryId,
    title: Option<&Title>,
    duration: Option<Span>,
) -> CommandResult {
    let CommandContext { state, by, .. } = ctx;
    let is_admin = by.power() == Role::Admin;
    let event = RoomEvent::Described {
        entry,
        title: title.cloned(),
        duration: duration.filter(|length| *length > Span::ZERO && *length <= LONGEST),
        by_viewer: !is_admin,
    };
    let waiting = state.queue.get(entry);
    let came_from_it = state.timeline.entry == Some(entry);
    let playing = state.timeline.playing.as_ref().filter(|_| came_from_it);
    let owner = waiting.map(|waiting| waiting.by);
    let owner = owner.or(playing.map(|playing| playing.by));
    let owner = owner.ok_or(Denied::NoSuchEntry { entry })?;
    if owner != by.id && !is_admin {
        return Err(Denied::NotYours { entry });
    }
    let changes = match waiting {
        Some(before) => {
            let after = described(before, &event);
            check_growth(state, before, &after)?;
            after != *before
        }
        None => title.is_some() && playing.is_some_and(|playing| playing.title.is_none()),
    };
    Ok(changes.then(|| event.into()).into_iter().collect())
}
