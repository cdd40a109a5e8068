//! The room's emotes: set and taken away.

use super::{CommandContext, CommandResult};
use crate::protocol::denied::Denied;
use crate::protocol::emote::EmoteChange;
use crate::protocol::event::RoomEvent;
use crate::room::emotes::Emotes;

/// Sets what stands for a name, or takes it away.
pub(super) fn set(ctx: CommandContext<'_>, change: &EmoteChange) -> CommandResult {
    let emotes = &ctx.state.emotes;
    let present = emotes.get(&change.name);
    if present == change.text.as_ref() {
        return Err(Denied::NothingChanges);
    }
    if present.is_none() && emotes.len() >= Emotes::MOST {
        let limit = u32::try_from(Emotes::MOST).unwrap_or(u32::MAX);
        return Err(Denied::TooManyEmotes { limit });
    }
    Ok(vec![RoomEvent::EmoteSet(change.clone()).into()])
}
