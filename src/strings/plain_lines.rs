//! The plain lines of a client without a screen: one for each event and each message.

use std::fmt::Write;

use super::media as media_words;
use super::numbers::{decimal, whole_seconds};
use super::roles::role as role_word;
use super::sentences::{quoted, subject, you};
use crate::app::output::{MemberChange, Person, Removal, Renaming, TimelineView};
use crate::protocol::event::ChatLine;
use crate::protocol::ids::{MemberId, RoomId};
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, Playing, QueueEntry};
use crate::protocol::text::{Emoji, MemberName};
use crate::protocol::time::{Position, Rate, Span};
use crate::texts::language::Language;
use crate::texts::selectors::role_code;
use crate::texts::tr;

/// The line for the own joining.
#[must_use]
pub fn joined(
    language: Language,
    room: &RoomId,
    name: &MemberName,
    role: Role,
    server: &str,
) -> String {
    tr!(
        language,
        "line-joined",
        room = room.as_str(),
        name = name.as_str(),
        role = role_word(language, role),
        server = server
    )
}

/// The line for how many watch from outside, once that changed.
#[must_use]
pub fn observers(language: Language, count: u32) -> String {
    if count == 0 {
        tr!(language, "line-observers-none")
    } else {
        tr!(language, "line-observers", count = count)
    }
}

/// The line for another member who came, went, or was changed, `by` another one if that is known.
#[must_use]
pub fn member(
    language: Language,
    who: &Person,
    role: Role,
    change: MemberChange,
    by: Option<&Person>,
) -> String {
    let decided = by.and_then(|by| decided(language, by, who, role, change));
    decided.unwrap_or_else(|| changed(language, who, role, change))
}

/// The line for what a member decided about another one; `None` if nobody decides such a change.
fn decided(
    language: Language,
    by: &Person,
    about: &Person,
    role: Role,
    change: MemberChange,
) -> Option<String> {
    let who = subject(language, &by.name);
    let (you, name, own) = (you(by), about.name.as_str(), you(about));
    let text = match change {
        MemberChange::Muted => tr!(
            language,
            "line-muted-by",
            who = who,
            you = you,
            name = name,
            own = own
        ),
        MemberChange::Unmuted => tr!(
            language,
            "line-unmuted-by",
            who = who,
            you = you,
            name = name,
            own = own
        ),
        MemberChange::WaitExempt => tr!(
            language,
            "line-not-waited-for-by",
            who = who,
            you = you,
            name = name,
            own = own
        ),
        MemberChange::WaitCounted => tr!(
            language,
            "line-waited-for-by",
            who = who,
            you = you,
            name = name,
            own = own
        ),
        MemberChange::Role => tr!(
            language,
            "line-role-by",
            who = who,
            you = you,
            name = name,
            own = own,
            role = role_code(role)
        ),
        MemberChange::ActingRole
        | MemberChange::Joined
        | MemberChange::Left
        | MemberChange::Ready
        | MemberChange::NotReady => return None,
    };
    Some(text)
}

/// The line for a change that names nobody else.
fn changed(language: Language, who: &Person, role: Role, change: MemberChange) -> String {
    let (you, who) = (you(who), who.name.as_str());
    match change {
        MemberChange::Joined => tr!(language, "line-member-joined", who = who, you = you),
        MemberChange::Left => tr!(language, "line-member-left", who = who, you = you),
        MemberChange::Muted => tr!(language, "line-member-muted", who = who, you = you),
        MemberChange::Unmuted => tr!(language, "line-member-unmuted", who = who, you = you),
        MemberChange::WaitExempt => {
            tr!(language, "line-member-not-waited-for", who = who, you = you)
        }
        MemberChange::WaitCounted => tr!(language, "line-member-waited-for", who = who, you = you),
        MemberChange::Ready => tr!(language, "line-member-ready", who = who, you = you),
        MemberChange::NotReady => tr!(language, "line-member-not-ready", who = who, you = you),
        MemberChange::Role | MemberChange::ActingRole => tr!(
            language,
            "line-member-role",
            who = who,
            you = you,
            role = role_code(role)
        ),
    }
}

/// The line for a new name. A member whose old name is not known is named by number.
#[must_use]
pub fn renamed(language: Language, renaming: &Renaming) -> String {
    let who = renaming.who.name.as_str();
    match &renaming.was {
        _ if renaming.who.is_you => tr!(language, "line-renamed-you", who = who),
        Some(was) => tr!(language, "line-renamed", was = was.as_str(), who = who),
        None => {
            let number = renaming.id.to_string();
            tr!(language, "line-renamed-number", number = number, who = who)
        }
    }
}

/// The line for a member who was removed. Older servers also remove members who have left.
#[must_use]
pub fn sent_out(language: Language, removal: &Removal) -> String {
    let name = removal.name.as_str();
    match (&removal.by, removal.was_here) {
        (Some(by), true) => tr!(
            language,
            "line-removed",
            who = subject(language, &by.name),
            you = you(by),
            name = name
        ),
        (Some(by), false) => tr!(
            language,
            "line-removed-gone",
            who = subject(language, &by.name),
            you = you(by),
            name = name
        ),
        (None, true) => tr!(language, "line-removed-unknown", name = name),
        (None, false) => tr!(language, "line-removed-unknown-gone", name = name),
    }
}

/// The line for a message, `spelled` with the room's emotes if it has any. Only messages and reactions begin with `<`, and no name contains
/// `<` or `>`, so that nothing else looks like one.
#[must_use]
pub fn chat(line: &ChatLine, spelled: Option<&str>) -> String {
    let text = spelled.unwrap_or(line.text.as_str());
    format!("{} {text}", speaker(&line.name))
}

/// The line for a reaction.
#[must_use]
pub fn reaction(name: &MemberName, emoji: &Emoji) -> String {
    format!("{} {}", speaker(name), emoji.as_str())
}

/// The author of a message, as `<Alice>`.
fn speaker(name: &MemberName) -> String {
    format!("<{name}>")
}

/// The placeholder for an erased message.
#[must_use]
pub fn removed(language: Language, by: &Person, author: &Person) -> String {
    tr!(
        language,
        "line-erased-message",
        who = subject(language, &by.name),
        you = you(by),
        author = author.name.as_str(),
        own = you(author)
    )
}

/// The line that says that a message was erased: whose, if that is known and was not one's own.
#[must_use]
pub fn erased(language: Language, by: &Person, author: Option<&Person>) -> String {
    let is_anothers = |author: &&Person| author.name != by.name || author.is_you;
    if let Some(author) = author.filter(is_anothers) {
        return removed(language, by, author);
    }
    tr!(
        language,
        "line-erased",
        who = subject(language, &by.name),
        you = you(by)
    )
}

/// The line for a proposal.
#[must_use]
pub fn proposed(language: Language, entry: &QueueEntry, by: &Person) -> String {
    let title = media_words::name(entry.title.as_ref(), &entry.media);
    tr!(
        language,
        "line-proposed",
        who = by.name.as_str(),
        you = you(by),
        number = entry.id.to_string(),
        title = quoted(language, &title)
    )
}

/// The line for the current media, which a member may have started, or put into the lobby.
#[must_use]
pub fn media(
    language: Language,
    playing: &Playing,
    started_by: Option<&Person>,
    in_lobby: bool,
) -> String {
    if let Some(by) = started_by {
        return started(language, playing, by, in_lobby);
    }
    if in_lobby {
        let media = described(language, playing);
        return tr!(language, "line-waits", media = media);
    }
    let title = media_words::name(playing.title.as_ref(), &playing.media);
    let title = quoted(language, &title);
    let kind = playing.media.kind();
    match playing.duration {
        _ if playing.live => tr!(language, "line-media-live", title = title, kind = kind),
        Some(length) => {
            let length = Position(length.0).to_string();
            tr!(
                language,
                "line-media-length",
                title = title,
                kind = kind,
                length = length
            )
        }
        None => tr!(language, "line-media", title = title, kind = kind),
    }
}

/// The line for media that a member started, or put into the lobby.
#[must_use]
pub fn started(language: Language, playing: &Playing, by: &Person, in_lobby: bool) -> String {
    let media = described(language, playing);
    if in_lobby {
        return tr!(
            language,
            "line-in-lobby",
            who = by.name.as_str(),
            you = you(by),
            media = media
        );
    }
    tr!(
        language,
        "line-started",
        who = by.name.as_str(),
        you = you(by),
        media = media
    )
}

/// The title of media, its kind, and its length if it is known.
fn described(language: Language, playing: &Playing) -> String {
    let title = media_words::name(playing.title.as_ref(), &playing.media);
    let mut media = format!("{} · {}", quoted(language, &title), playing.media.kind());
    if playing.live {
        let _infallible = write!(media, " · {}", tr!(language, "screen-live"));
    } else if let Some(length) = playing.duration {
        let _infallible = write!(media, " · {}", Position(length.0));
    }
    media
}

/// The line for the timeline: position, pause, rate.
#[must_use]
pub fn timeline(language: Language, view: &TimelineView) -> String {
    let at = view.position.to_string();
    let rate = || rate(language, view.rate);
    match (view.paused, view.rate == Rate::NORMAL) {
        (false, true) => tr!(language, "line-playing", at = at),
        (false, false) => tr!(language, "line-playing-rate", at = at, rate = rate()),
        (true, true) => tr!(language, "line-paused", at = at),
        (true, false) => tr!(language, "line-paused-rate", at = at, rate = rate()),
    }
}

/// A rate as a factor, with as many decimals as needed: `1.25`, in Russian `1,25`.
fn rate(language: Language, rate: Rate) -> String {
    let thousandths = decimal(language, rate.factor(), 3);
    let short = thousandths.trim_end_matches('0');
    short.trim_end_matches(['.', ',']).to_owned()
}

/// The line that names the members for whose players a start waits.
#[must_use]
pub fn gate(language: Language, missing: &[Person], at_most: Span) -> String {
    let names: Vec<String> = missing
        .iter()
        .map(|person| name_or_you(language, person))
        .collect();
    tr!(
        language,
        "line-gate",
        wait = whole_seconds(language, at_most),
        names = names.join(", ")
    )
}

/// A person in a list: their name, or "you".
fn name_or_you(language: Language, person: &Person) -> String {
    if person.is_you {
        tr!(language, "line-you")
    } else {
        person.name.to_string()
    }
}

/// The queue, one entry a line: number and state in columns, the title, and after two blanks who
/// added it. No name or title has two blanks in a row. `me` is called "you".
#[must_use]
pub fn queue(language: Language, entries: &[QueueEntry], me: Option<MemberId>) -> String {
    let proposed = tr!(language, "line-queue-proposed");
    let width = proposed.chars().count();
    let mut text = tr!(language, "line-queue");
    for entry in entries {
        let name = media_words::name(entry.title.as_ref(), &entry.media);
        let state = match entry.state {
            EntryState::Approved => "",
            EntryState::Proposed => &proposed,
        };
        let number = format!("#{}", entry.id);
        let by = Person {
            name: entry.by_name.clone(),
            is_you: me == Some(entry.by),
        };
        let by = tr!(
            language,
            "line-queue-by",
            who = by.name.as_str(),
            you = you(&by)
        );
        let _infallible = write!(text, "\n  {number:<4} {state:<width$} {name}  ({by})");
    }
    text
}

#[cfg(test)]
mod tests;
