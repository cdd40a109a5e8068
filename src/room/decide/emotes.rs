//! The room's emotes: set and taken away.

use super::{CommandContext, CommandResult};
use crate::protocol::denied::Denied;
use crate::protocol::emote::{EmoteName, EmoteText};
use crate::protocol::event::RoomEvent;
use crate::room::emotes::Emotes;

/// Sets what stands for a name, or takes it away.
pub(super) fn set(
    ctx: CommandContext<'_>,
    name: &EmoteName,
    text: Option<&EmoteText>,
) -> CommandResult {
    let emotes = &ctx.state.emotes;
    let present = emotes.get(name);
    if present == text {
        return Err(Denied::NothingChanges);
    }
    if present.is_none() && emotes.len() >= Emotes::MOST {
        let limit = u32::try_from(Emotes::MOST).unwrap_or(u32::MAX);
        return Err(Denied::TooManyEmotes { limit });
    }
    let event = RoomEvent::EmoteSet {
        name: name.clone(),
        text: text.cloned(),
    };
    Ok(vec![event.into()])
}
