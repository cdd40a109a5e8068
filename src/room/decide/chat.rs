//! Chat, reactions, and requests to the admins.

use super::{CommandContext, Decided};
use crate::protocol::command::PermissionRequest;
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::{ChatLine, RoomEvent};
use crate::protocol::text::{ChatText, Emoji};

/// Adds a line of chat. It carries the position in the media, so that it can be found again.
pub(super) fn send_line(ctx: CommandContext<'_>, text: &ChatText) -> Vec<Decided> {
    let CommandContext {
        state, by, moment, ..
    } = ctx;
    let timeline = &state.timeline;
    let playing = timeline.playing.as_ref();
    let line = ChatLine {
        id: state.chat.next_id(),
        from: by.id,
        name: by.name.clone(),
        text: text.clone(),
        position: playing.map(|_| timeline.position(moment.now)),
        at: moment.now,
        erased: None,
        second_address: !state.lasting && speaks_from_second_address(ctx),
    };
    vec![RoomEvent::Chat(line).into()]
}

/// Whether somebody at another address than the sender's has spoken. Addresses that cannot be told
/// apart, such as those behind a proxy that is not trusted, count as none.
fn speaks_from_second_address(ctx: CommandContext<'_>) -> bool {
    let CommandContext {
        state, secrets, by, ..
    } = ctx;
    let Some(own) = secrets.address(by.id) else {
        return false;
    };
    let mut authors = state.chat.lines().map(|line| line.from);
    authors.any(|author| secrets.address(author).is_some_and(|other| other != own))
}

/// Sends a reaction, which is not kept.
pub(super) fn react(ctx: CommandContext<'_>, emoji: &Emoji) -> Vec<Decided> {
    vec![Decided::Reaction(Reaction {
        from: ctx.by.id,
        name: ctx.by.name.clone(),
        emoji: emoji.clone(),
    })]
}

/// Shows everyone a member's request to the admins.
pub(super) fn ask(ctx: CommandContext<'_>, request: &PermissionRequest) -> Vec<Decided> {
    let asked = RoomEvent::Asked {
        member: ctx.by.id,
        request: request.clone(),
    };
    vec![asked.into()]
}
