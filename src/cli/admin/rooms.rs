//! The rooms of a server, and one of them in detail, in words.

use super::seconds::span;
use crate::protocol::member::Visibility;
use crate::protocol::playback::EntryState;
use crate::protocol::text::{MemberName, Title};
use crate::protocol::time::Position;
use crate::server::admin::room_details::{
    EntrySummary, MemberSummary, PlayingSummary, RoomDetails, RoomSummary,
};
use crate::strings::roles::role;
use crate::texts::language::Language;
use crate::texts::selectors::visibility_code;
use crate::texts::tr;

/// All rooms, one a line.
pub(super) fn list(language: Language, rooms: &[RoomSummary]) -> String {
    if rooms.is_empty() {
        return tr!(language, "admin-no-rooms");
    }
    let mut lines = vec![tr!(language, "admin-rooms", count = (rooms.len()))];
    lines.extend(rooms.iter().map(|room| {
        let more = match (&room.playing, room.empty_seconds) {
            (_, Some(empty)) => Some(tr!(language, "admin-empty", time = span(language, empty))),
            (Some(media), None) => Some(playing(language, media)),
            (None, None) => None,
        };
        let more = more.map_or_else(String::new, |more| format!("  {more}"));
        tr!(
            language,
            "admin-room-line",
            room = room.id.as_str(),
            visibility = visibility(language, room.visibility),
            here = room.here,
            more = more
        )
    }));
    lines.join("\n")
}

/// What the server says of one room: its members, its queue, and who is banned.
pub(super) fn details(language: Language, room: &RoomDetails) -> String {
    let summary = &room.summary;
    let mut lines = vec![tr!(
        language,
        "admin-room-line",
        room = summary.id.as_str(),
        visibility = visibility(language, summary.visibility),
        here = summary.here,
        more = ""
    )];
    if let Some(title) = &summary.title {
        lines.push(tr!(language, "admin-title", title = title.as_str()));
    }
    lines.push(match &summary.playing {
        Some(media) => playing(language, media),
        None => tr!(language, "admin-nothing-plays"),
    });
    if let (Some(empty), Some(left)) = (summary.empty_seconds, room.closes_in_seconds) {
        lines.push(tr!(
            language,
            "admin-empty-closes",
            time = span(language, empty),
            left = span(language, left)
        ));
    }
    if room.members.is_empty() {
        lines.push(tr!(language, "admin-nobody"));
    } else {
        lines.push(tr!(language, "admin-members"));
        lines.extend(room.members.iter().map(|one| member(language, one)));
    }
    if !room.queue.is_empty() {
        lines.push(tr!(language, "admin-queue"));
        lines.extend(room.queue.iter().map(|one| entry(language, one)));
    }
    if !room.banned.is_empty() {
        let names: Vec<&str> = room.banned.iter().map(MemberName::as_str).collect();
        lines.push(tr!(
            language,
            "admin-banned-names",
            names = names.join(", ")
        ));
    }
    lines.join("\n")
}

/// A member on a line: the number, the name, and the rest after two blanks, which no name has; with
/// the node, if nodes share the rooms and the member is at one.
fn member(language: Language, member: &MemberSummary) -> String {
    let number = format!("#{}", member.id);
    let mut remarks = vec![role(language, member.role)];
    if member.acting {
        remarks.push(tr!(language, "admin-acting"));
    }
    if member.muted {
        remarks.push(tr!(language, "admin-muted"));
    }
    if !member.here {
        remarks.push(tr!(language, "admin-gone"));
    }
    if let Some(node) = &member.node {
        let node = node.0.as_str();
        remarks.push(match member.node_name.as_deref() {
            Some(name) => tr!(language, "admin-at-node", name = name, node = node),
            None => tr!(language, "admin-at-node-unnamed", node = node),
        });
    }
    format!("  {number:<5}{}  ({})", member.name, remarks.join(", "))
}

/// An entry of the queue on a line, with its number.
fn entry(language: Language, entry: &EntrySummary) -> String {
    let title = entry
        .title
        .as_ref()
        .map_or(entry.kind.as_str(), Title::as_str);
    let (number, who) = (entry.id.to_string(), entry.by.as_str());
    let line = match entry.state {
        EntryState::Approved => tr!(
            language,
            "admin-entry",
            number = number,
            title = title,
            who = who
        ),
        EntryState::Proposed => tr!(
            language,
            "admin-entry-proposed",
            number = number,
            title = title,
            who = who
        ),
    };
    format!("  {line}")
}

fn playing(language: Language, media: &PlayingSummary) -> String {
    let title = media
        .title
        .as_ref()
        .map_or(media.kind.as_str(), Title::as_str);
    let at = i64::try_from(media.position_seconds).unwrap_or(i64::MAX / 1_000_000);
    let at = Position::seconds(at).to_string();
    if media.paused {
        tr!(language, "admin-paused", title = title, at = at)
    } else {
        tr!(language, "admin-playing", title = title, at = at)
    }
}

fn visibility(language: Language, visibility: Visibility) -> String {
    tr!(
        language,
        "admin-visibility",
        visibility = visibility_code(visibility)
    )
}

#[cfg(test)]
mod tests {
    use super::member;
    use crate::protocol::ids::{MemberId, NodeId};
    use crate::protocol::member::Role;
    use crate::protocol::text::MemberName;
    use crate::server::admin::room_details::MemberSummary;
    use crate::texts::language::Language;

    #[test]
    fn a_member_is_told_with_the_node_as_it_is_called_and_as_others_know_it() {
        let alice = MemberSummary {
            id: MemberId(1),
            name: MemberName::parse("Alice").unwrap(),
            role: Role::Admin,
            acting: false,
            here: true,
            muted: false,
            node: Some(NodeId("a1".to_owned())),
            node_name: Some("web-1".to_owned()),
        };
        let unnamed = MemberSummary {
            node_name: None,
            ..alice.clone()
        };
        let gone = MemberSummary {
            here: false,
            node: None,
            ..unnamed.clone()
        };
        let table = [
            (Language::English, &alice, "(admin, at node web-1 (a1))"),
            (Language::Russian, &alice, "(админ, на узле web-1 (a1))"),
            (Language::English, &unnamed, "(admin, at node a1)"),
            (Language::Russian, &unnamed, "(админ, на узле a1)"),
            (Language::English, &gone, "(admin, gone)"),
        ];
        for (language, summary, rest) in table {
            let line = member(language, summary);
            assert_eq!(line, format!("  #1   Alice  {rest}"));
        }
    }
}
