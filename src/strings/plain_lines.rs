//! The plain lines of a client without a screen: one for each event and each message.

use crate::texts::language::Language;
use std::fmt::Write;

use super::client::role as role_word;
use super::media as media_words;
use super::sentences::{YOU, all, does, quoted, subject};
use crate::app::output::{MemberChange, Person, Removal, Renaming, TimelineView};
use crate::protocol::event::ChatLine;
use crate::protocol::ids::{MemberId, RoomId};
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, Playing, QueueEntry};
use crate::protocol::text::{Emoji, MemberName};
use crate::protocol::time::{Position, Rate, Span};

/// The line for the own joining.
#[must_use]
pub fn joined(
    language: Language,
    room: &RoomId,
    name: &MemberName,
    role: Role,
    server: &str,
) -> String {
    format!(
        "You are in {room} on {server} as {name}, {}. Type to chat; /help lists the commands.",
        role_word(language, role)
    )
}

/// The line for another member who came, went or changed.
#[must_use]
pub fn member(language: Language, who: &Person, role: Role, change: MemberChange) -> String {
    let is = || does(language, who, "is", "are");
    match change {
        MemberChange::Joined => format!("{} joined", subject(language, who)),
        MemberChange::Left => format!("{} left", subject(language, who)),
        MemberChange::Muted => format!("{} muted now: no chat, no reactions", is()),
        MemberChange::Unmuted => format!("{} may chat and react again", subject(language, who)),
        MemberChange::WaitExempt => format!("{} not waited for any more", is()),
        MemberChange::WaitCounted => format!("{} waited for again", is()),
        MemberChange::Role | MemberChange::ActingRole => {
            format!("{} {} now", is(), role_word(language, role))
        }
    }
}

/// The line for a new name.
#[must_use]
pub fn renamed(language: Language, renaming: &Renaming) -> String {
    let now = &renaming.who.name;
    if renaming.who.is_you {
        return format!("You are called {now} now");
    }
    let was = renaming.was.as_ref().map_or("Somebody", MemberName::as_str);
    format!("{was} is called {now} now")
}

/// The line for a member who was removed. Older servers also remove members who have left.
#[must_use]
pub fn sent_out(language: Language, removal: &Removal) -> String {
    let name = &removal.name;
    let gone = if removal.was_here {
        " from the room"
    } else {
        ", who had left already"
    };
    let by = removal
        .by
        .as_ref()
        .map_or("Somebody", |by| subject(language, by));
    format!("{by} removed {name}{gone}")
}

/// The line for a message. Only messages and reactions begin with `<`, and no name contains
/// `<` or `>`, so that nothing else looks like one.
#[must_use]
pub fn chat(language: Language, line: &ChatLine) -> String {
    format!("{} {}", speaker(language, &line.name), line.text)
}

/// The line for a reaction.
#[must_use]
pub fn reaction(language: Language, name: &MemberName, emoji: &Emoji) -> String {
    format!("{} {}", speaker(language, name), emoji.as_str())
}

/// The author of a message, as `<Alice>`.
fn speaker(language: Language, name: &MemberName) -> String {
    format!("<{name}>")
}

/// The placeholder for an erased message.
#[must_use]
pub fn removed(language: Language, by: &Person, author: &Person) -> String {
    let by = subject(language, by);
    if author.is_you {
        format!("{by} removed a line of yours")
    } else {
        format!("{by} removed a line of {}'s", author.name)
    }
}

/// The line that says that a message was erased.
#[must_use]
pub fn erased(language: Language, by: &Person) -> String {
    format!("{} removed a line of chat", subject(language, by))
}

/// The line for a proposal.
#[must_use]
pub fn proposed(language: Language, entry: &QueueEntry, by: &Person) -> String {
    let name = quoted(
        language,
        &media_words::name(language, entry.title.as_ref(), &entry.media),
    );
    format!(
        "{} #{} {name}",
        does(language, by, "proposes", "propose"),
        entry.id
    )
}

/// The line for the current media.
#[must_use]
pub fn media(language: Language, playing: &Playing) -> String {
    let name = quoted(
        language,
        &media_words::name(language, playing.title.as_ref(), &playing.media),
    );
    let length = match playing.duration {
        _ if playing.live => " · live".to_owned(),
        Some(duration) => format!(" · {}", Position(duration.0)),
        None => String::new(),
    };
    format!("On now: {name} · {}{length}", playing.media.kind())
}

/// The line for the timeline: position, pause, rate.
#[must_use]
pub fn timeline(language: Language, view: &TimelineView) -> String {
    let rate = if view.rate == Rate::NORMAL {
        String::new()
    } else {
        format!(" at speed {}", view.rate.factor())
    };
    let state = if view.paused { "Paused" } else { "Playing" };
    format!("{state} at {}{rate}", view.position)
}

/// The line that names the members for whose players a start waits.
#[must_use]
pub fn gate(language: Language, missing: &[Person], at_most: Span) -> String {
    format!(
        "It starts when all are ready, in {} s at most: {}",
        at_most.as_seconds().ceil(),
        all(language, missing)
    )
}

/// The queue, one entry a line: number and state in columns, the title, and after two blanks who
/// added it. No name or title has two blanks in a row. `me` is called "you".
#[must_use]
pub fn queue(language: Language, entries: &[QueueEntry], me: Option<MemberId>) -> String {
    let mut text = "Queue:".to_owned();
    for entry in entries {
        let name = media_words::name(language, entry.title.as_ref(), &entry.media);
        let state = match entry.state {
            EntryState::Approved => "",
            EntryState::Proposed => "proposed",
        };
        let number = format!("#{}", entry.id);
        let is_own = me == Some(entry.by);
        let by = if is_own { YOU } else { entry.by_name.as_str() };
        let _infallible = write!(text, "\n  {number:<4} {state:<8} {name}  (by {by})");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{member, removed, renamed, sent_out};
    use crate::app::output::{MemberChange, Person, Removal, Renaming};
    use crate::protocol::ids::MemberId;
    use crate::protocol::member::Role;
    use crate::protocol::text::MemberName;
    use crate::texts::language::Language;

    fn name(text: &str) -> MemberName {
        MemberName::parse(text).unwrap()
    }

    fn you() -> Person {
        Person {
            is_you: true,
            ..Person::other(name("Boris"))
        }
    }

    #[test]
    fn a_rename_names_both() {
        let mut renaming = Renaming {
            id: MemberId(2),
            was: MemberName::parse("Ann").ok(),
            who: Person::other(name("Anna")),
            role: Role::Viewer,
        };
        assert_eq!(
            renamed(Language::English, &renaming),
            "Ann is called Anna now"
        );
        renaming.was = None;
        assert_eq!(
            renamed(Language::English, &renaming),
            "Somebody is called Anna now"
        );
        renaming.who = you();
        assert_eq!(
            renamed(Language::English, &renaming),
            "You are called Boris now"
        );
    }

    #[test]
    fn who_removed_whom_is_one_line() {
        let mut removal = Removal {
            id: MemberId(2),
            name: name("Боб"),
            role: Role::Viewer,
            by: Some(Person::other(name("Ann"))),
            was_here: true,
            is_banned: false,
        };
        assert_eq!(
            sent_out(Language::English, &removal),
            "Ann removed Боб from the room"
        );
        removal.was_here = false;
        assert_eq!(
            sent_out(Language::English, &removal),
            "Ann removed Боб, who had left already"
        );
        removal.by = Some(you());
        assert_eq!(
            sent_out(Language::English, &removal),
            "You removed Боб, who had left already"
        );
        removal.by = None;
        assert_eq!(
            sent_out(Language::English, &removal),
            "Somebody removed Боб, who had left already"
        );
    }

    #[test]
    fn what_changes_about_oneself_is_worded_with_you() {
        let rows = [
            (
                MemberChange::Muted,
                "You are muted now: no chat, no reactions",
            ),
            (MemberChange::Unmuted, "You may chat and react again"),
            (MemberChange::WaitExempt, "You are not waited for any more"),
            (MemberChange::WaitCounted, "You are waited for again"),
            (MemberChange::Role, "You are admin now"),
        ];
        for (change, words) in rows {
            assert_eq!(
                member(Language::English, &you(), Role::Admin, change),
                words
            );
        }
        let ann = Person::other(name("Ann"));
        let role = member(Language::English, &ann, Role::Moderator, MemberChange::Role);
        assert_eq!(role, "Ann is moderator now");
        assert_eq!(
            removed(Language::English, &ann, &you()),
            "Ann removed a line of yours"
        );
        assert_eq!(
            removed(Language::English, &you(), &ann),
            "You removed a line of Ann's"
        );
    }
}
