//! Comparing what is known of the room now with what was known before.

use super::compare::{Before, EventCause, Recipient, RoomChange, changes};
use super::known_room::KnownRoom;
use super::output::SessionOutput;
use super::returns::Returns;

/// What a whole state brings, compared with what was known before.
pub(super) fn adopt(
    known: &mut KnownRoom,
    before: &Before,
    returns: &mut Returns,
) -> Vec<SessionOutput> {
    let emitted = changes(&change_of(known, before, None)).into_iter();
    known.note_all_chat_emitted();
    let emitted = emitted.filter_map(|output| returns.filter_state(output));
    let mut outputs: Vec<SessionOutput> = emitted.map(SessionOutput::Emit).collect();
    outputs.extend(known.me().map(|me| SessionOutput::OwnName(me.name.clone())));
    outputs.push(SessionOutput::TimelineChanged {
        in_own_player: false,
    });
    outputs
}

/// What changed since `before`, for the member.
pub(super) fn change_of<'a>(
    known: &'a KnownRoom,
    before: &'a Before,
    cause: Option<EventCause<'a>>,
) -> RoomChange<'a> {
    let recipient = Recipient {
        me: known.me_id(),
        emitted_chat: known.emitted_chat(),
    };
    RoomChange {
        before,
        now: known.state(),
        cause,
        recipient,
    }
}
