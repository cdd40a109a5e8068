//! The plain lines of a client without a screen.

use std::fmt::Write;

use super::client::role as role_word;
use super::media as media_words;
use crate::app::told::{MemberChange, Removal, Renaming, TimelineView};
use crate::protocol::event::ChatLine;
use crate::protocol::film::{Entry, EntryState, Playing};
use crate::protocol::ids::RoomId;
use crate::protocol::member::Role;
use crate::protocol::text::{Emoji, MemberName};
use crate::protocol::time::{Position, Rate, Span};

/// The member is in the room.
#[must_use]
pub fn joined(room: &RoomId, name: &MemberName, role: Role, server: &str) -> String {
    format!(
        "You are in {room} on {server} as {name}, {}. Type to chat; /help lists the commands.",
        role_word(role)
    )
}

/// Somebody came, went or changed.
#[must_use]
pub fn member(name: &MemberName, role: Role, change: MemberChange) -> String {
    match change {
        MemberChange::Joined => format!("* {name} joined"),
        MemberChange::Left => format!("* {name} left"),
        MemberChange::Muted => format!("* {name} is muted now: no chat, no reactions"),
        MemberChange::Unmuted => format!("* {name} may chat and react again"),
        MemberChange::Spared => format!("* {name} is not waited for any more"),
        MemberChange::Unspared => format!("* {name} is waited for again"),
        MemberChange::Role => format!("* {name} is {} now", role_word(role)),
    }
}

/// Somebody has another name.
#[must_use]
pub fn renamed(renaming: &Renaming) -> String {
    let was = renaming.was.as_ref().map_or("somebody", MemberName::as_str);
    format!("* {was} is called {} now", renaming.name)
}

/// Somebody was sent out.
#[must_use]
pub fn sent_out(removal: &Removal) -> String {
    let name = &removal.name;
    let gone = if removal.was_here {
        " from the room"
    } else {
        ", who had left already"
    };
    let by = removal.by.as_ref().map_or("Somebody", MemberName::as_str);
    format!("* {by} removed {name}{gone}")
}

/// Somebody said something, which may have been taken away since.
#[must_use]
pub fn chat(line: &ChatLine) -> String {
    let name = &line.name;
    match &line.erased {
        Some(by) => format!("{name}: ({})", removed(by)),
        None => format!("{name}: {}", line.text),
    }
}

/// What stands in place of a line of chat that was taken away.
#[must_use]
pub fn removed(by: &MemberName) -> String {
    format!("removed by {by}")
}

/// A line of chat was taken away.
#[must_use]
pub fn erased(by: &MemberName) -> String {
    format!("* {by} removed a line of chat")
}

/// An emoji floats by.
#[must_use]
pub fn reaction(name: &MemberName, emoji: &Emoji) -> String {
    format!("* {name} {}", emoji.as_str())
}

/// What is on.
#[must_use]
pub fn media(playing: &Playing) -> String {
    let name = media_words::name(playing.title.as_ref(), &playing.media);
    let length = match playing.duration {
        _ if playing.live => " · live".to_owned(),
        Some(duration) => format!(" · {}", Position(duration.0)),
        None => String::new(),
    };
    format!("On now: {name} · {}{length}", playing.media.kind())
}

/// How time runs.
#[must_use]
pub fn timeline(view: &TimelineView) -> String {
    let rate = if view.rate == Rate::NORMAL {
        String::new()
    } else {
        format!(" at speed {}", view.rate.factor())
    };
    let state = if view.paused { "Paused" } else { "Playing" };
    format!("{state} at {}{rate}", view.position)
}

/// Whose players a new video waits for.
#[must_use]
pub fn gate(missing: &[MemberName], at_most: Span) -> String {
    let names: Vec<&str> = missing.iter().map(MemberName::as_str).collect();
    format!(
        "It starts when all are ready, in {} s at most: {}",
        at_most.as_seconds().ceil(),
        names.join(", ")
    )
}

/// What waits, an entry a line.
#[must_use]
pub fn queue(entries: &[Entry]) -> String {
    let mut text = "Queue:".to_owned();
    for entry in entries {
        let name = media_words::name(entry.title.as_ref(), &entry.media);
        let asks = match entry.state {
            EntryState::Approved => "",
            EntryState::Proposed => " (proposed)",
        };
        let _infallible = write!(text, "\n  #{} {name} · {}{asks}", entry.id, entry.by_name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{renamed, sent_out};
    use crate::app::told::{Removal, Renaming};
    use crate::protocol::ids::MemberId;
    use crate::protocol::member::Role;
    use crate::protocol::text::MemberName;

    #[test]
    fn a_rename_names_both() {
        let mut renaming = Renaming {
            id: MemberId(2),
            was: MemberName::parse("Ann").ok(),
            name: MemberName::parse("Anna").unwrap(),
            role: Role::Viewer,
        };
        assert_eq!(renamed(&renaming), "* Ann is called Anna now");
        renaming.was = None;
        assert_eq!(renamed(&renaming), "* somebody is called Anna now");
    }

    #[test]
    fn who_removed_whom_is_one_line() {
        let name = |text| MemberName::parse(text).unwrap();
        let mut removal = Removal {
            id: MemberId(2),
            name: name("Боб"),
            role: Role::Viewer,
            by: Some(name("Ann")),
            was_here: true,
            is_banned: false,
        };
        assert_eq!(sent_out(&removal), "* Ann removed Боб from the room");
        removal.was_here = false;
        assert_eq!(
            sent_out(&removal),
            "* Ann removed Боб, who had left already"
        );
        removal.by = None;
        assert_eq!(
            sent_out(&removal),
            "* Somebody removed Боб, who had left already"
        );
    }
}
