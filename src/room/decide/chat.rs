//! Saying something: lines of chat, reactions, and asking the admins.

use super::{Ask, Decided};
use crate::protocol::command::PermissionRequest;
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::{ChatLine, RoomEvent};
use crate::protocol::text::{ChatText, Emoji};

/// A line carries where the film was, so that it can be found again.
pub(super) fn say(ask: Ask<'_>, text: &ChatText) -> Vec<Decided> {
    let Ask {
        state, by, moment, ..
    } = ask;
    let timeline = &state.timeline;
    let film = timeline.playing.as_ref();
    let line = ChatLine {
        id: state.chat.next_id(),
        from: by.id,
        name: by.name.clone(),
        text: text.clone(),
        position: film.map(|_| timeline.position(moment.now)),
        at: moment.now,
        erased: None,
    };
    vec![RoomEvent::Chat(line).into()]
}

/// A reaction is told and forgotten.
pub(super) fn react(ask: Ask<'_>, emoji: &Emoji) -> Vec<Decided> {
    vec![Decided::Reaction(Reaction {
        from: ask.by.id,
        name: ask.by.name.clone(),
        emoji: emoji.clone(),
    })]
}

/// Tells everyone what a member would like of the admins.
pub(super) fn ask(ask: Ask<'_>, request: &PermissionRequest) -> Vec<Decided> {
    let asked = RoomEvent::Asked {
        member: ask.by.id,
        request: request.clone(),
    };
    vec![asked.into()]
}
