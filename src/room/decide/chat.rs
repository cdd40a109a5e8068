//! Saying something: lines of chat, reactions, and asking for a pause.

use super::{Answer, Ask, Decided};
use crate::protocol::denied::Denied;
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::{ChatLine, RoomEvent};
use crate::protocol::text::{ChatText, Emoji};

/// A line carries where the film was, so that it can be found again.
pub(super) fn say(ask: Ask<'_>, text: &ChatText) -> Vec<Decided> {
    let Ask { state, by, moment } = ask;
    let timeline = &state.timeline;
    let film = timeline.playing.as_ref();
    let line = ChatLine {
        id: state.chat.next_id(),
        from: by.id,
        name: by.name.clone(),
        text: text.clone(),
        film: film.map(|_| timeline.position(moment.now)),
        at: moment.now,
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

/// Tells everyone that a viewer would like a pause, if there is anything to pause.
pub(super) fn ask_pause(ask: Ask<'_>) -> Answer {
    let timeline = &ask.state.timeline;
    if timeline.is_idle() {
        Err(Denied::NothingPlays)
    } else if timeline.segment.paused {
        Err(Denied::AlreadyPaused)
    } else {
        let member = ask.by.id;
        Ok(vec![RoomEvent::PauseAsked { member }.into()])
    }
}
