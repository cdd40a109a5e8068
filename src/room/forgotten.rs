//! Erases a person who has left from the public state of a room: their record, their lines of chat,
//! bans of them, and their name wherever else it stands.

use super::state::RoomState;
use crate::protocol::ids::{ChatId, EntryId, MemberId};
use crate::protocol::text::MemberName;

/// Applies an event that lists what the room kept of the person. A member who is present is left
/// alone.
pub(super) fn apply(
    state: &mut RoomState,
    members: &[MemberId],
    lines: &[ChatId],
    entries: &[EntryId],
) {
    let names = names_of(state, members, lines);
    for member in members {
        state.roster.forget_gone(*member);
    }
    state.chat.forget(lines, &names);
    state.chat.forget_in_media(members, &names);
    state.queue.forget_author(entries);
    if let Some(playing) = &mut state.timeline.playing
        && members.contains(&playing.by)
    {
        playing.by_name = MemberName::nameless();
    }
    if let Some(offer) = &mut state.subtitles
        && members.contains(&offer.by)
    {
        offer.by_name = MemberName::nameless();
    }
    state.bans.retain(|ban| !members.contains(&ban.member));
    for ban in &mut state.bans {
        if names.contains(&ban.by) {
            ban.by = MemberName::nameless();
        }
    }
}

/// The names under which the room knows the person: the event does not say them.
fn names_of(state: &RoomState, members: &[MemberId], lines: &[ChatId]) -> Vec<MemberName> {
    let known = members.iter().filter_map(|id| state.roster.get(*id));
    let banned = state.bans.iter();
    let banned = banned.filter(|ban| members.contains(&ban.member));
    let written = lines.iter().filter_map(|id| state.chat.get(*id));
    let names = known.map(|member| &member.name);
    let names = names.chain(banned.map(|ban| &ban.name));
    let mut names: Vec<MemberName> = names
        .chain(written.map(|line| &line.name))
        .cloned()
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
