//! The plain lines of a client without a screen: one for each event and each message.

use std::fmt::Write;

use super::client::role as role_word;
use super::media as media_words;
use super::numbers::whole_seconds;
use super::screen::rate;
use super::sentences::{quoted, you};
use crate::app::output::{MemberChange, Person, Removal, Renaming, TimelineView};
use crate::protocol::event::ChatLine;
use crate::protocol::ids::{MemberId, RoomId};
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, Playing, QueueEntry};
use crate::protocol::text::{Emoji, MemberName};
use crate::protocol::time::{Position, Rate, Span};
use crate::texts::language::Language;
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

/// The line for another member who came, went or changed.
#[must_use]
pub fn member(language: Language, who: &Person, role: Role, change: MemberChange) -> String {
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
        MemberChange::Role | MemberChange::ActingRole => tr!(
            language,
            "line-member-role",
            who = who,
            you = you,
            role = role_code(role)
        ),
    }
}

/// The code of a role, by which a message chooses its word.
const fn role_code(role: Role) -> &'static str {
    match role {
        Role::Viewer => "viewer",
        Role::Moderator => "moderator",
        Role::Admin => "admin",
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
            who = by.name.as_str(),
            you = you(by),
            name = name
        ),
        (Some(by), false) => tr!(
            language,
            "line-removed-gone",
            who = by.name.as_str(),
            you = you(by),
            name = name
        ),
        (None, true) => tr!(language, "line-removed-unknown", name = name),
        (None, false) => tr!(language, "line-removed-unknown-gone", name = name),
    }
}

/// The line for a message. Only messages and reactions begin with `<`, and no name contains
/// `<` or `>`, so that nothing else looks like one.
#[must_use]
pub fn chat(line: &ChatLine) -> String {
    format!("{} {}", speaker(&line.name), line.text)
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
        who = by.name.as_str(),
        you = you(by),
        author = author.name.as_str(),
        own = you(author)
    )
}

/// The line that says that a message was erased.
#[must_use]
pub fn erased(language: Language, by: &Person) -> String {
    tr!(
        language,
        "line-erased",
        who = by.name.as_str(),
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

/// The line for the current media.
#[must_use]
pub fn media(language: Language, playing: &Playing) -> String {
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

/// The line for the timeline: position, pause, rate.
#[must_use]
pub fn timeline(language: Language, view: &TimelineView) -> String {
    let at = view.position.to_string();
    let rate = || rate(language, view.rate.factor());
    match (view.paused, view.rate == Rate::NORMAL) {
        (false, true) => tr!(language, "line-playing", at = at),
        (false, false) => tr!(language, "line-playing-rate", at = at, rate = rate()),
        (true, true) => tr!(language, "line-paused", at = at),
        (true, false) => tr!(language, "line-paused-rate", at = at, rate = rate()),
    }
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
mod tests {
    use super::{gate, member, queue, removed, renamed, sent_out};
    use crate::app::output::{MemberChange, Person, Removal, Renaming};
    use crate::protocol::ids::MemberId;
    use crate::protocol::member::Role;
    use crate::protocol::playback::EntryState;
    use crate::protocol::text::MemberName;
    use crate::protocol::time::Span;
    use crate::test_support::entry;
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
        let shown = |renaming: &Renaming| renamed(Language::English, renaming);
        assert_eq!(shown(&renaming), "Ann is now Anna");
        renaming.was = None;
        assert_eq!(shown(&renaming), "Member #2 is now Anna");
        renaming.who = you();
        assert_eq!(shown(&renaming), "You are now Boris");
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
        let shown = |removal: &Removal| sent_out(Language::English, removal);
        assert_eq!(shown(&removal), "Ann removed Боб from the room");
        removal.was_here = false;
        assert_eq!(shown(&removal), "Ann removed Боб, who had already left");
        removal.by = Some(you());
        assert_eq!(shown(&removal), "You removed Боб, who had already left");
        removal.by = None;
        assert_eq!(shown(&removal), "Боб, who had already left, was removed");
        removal.was_here = true;
        assert_eq!(shown(&removal), "Боб was removed from the room");
    }

    #[test]
    fn what_changes_about_oneself_is_worded_with_you() {
        let rows = [
            (MemberChange::Muted, "You are muted and can't chat or react"),
            (MemberChange::Unmuted, "You can chat and react again"),
            (MemberChange::WaitExempt, "The room no longer waits for you"),
            (MemberChange::WaitCounted, "The room waits for you again"),
            (MemberChange::Role, "You are now an admin"),
        ];
        for (change, words) in rows {
            assert_eq!(
                member(Language::English, &you(), Role::Admin, change),
                words
            );
        }
        let ann = Person::other(name("Ann"));
        let role = member(Language::English, &ann, Role::Moderator, MemberChange::Role);
        assert_eq!(role, "Ann is now a moderator");
        assert_eq!(
            removed(Language::English, &ann, &you()),
            "Ann erased your message"
        );
        assert_eq!(
            removed(Language::English, &you(), &ann),
            "You erased Ann's message"
        );
    }

    /// What is said of Вера does not tell whether they are a man or a woman.
    #[test]
    fn no_russian_line_guesses_from_a_name() {
        let vera = Person::other(name("Вера"));
        let rows = [
            (MemberChange::Joined, "Вера заходит в комнату"),
            (MemberChange::Left, "Вера покидает комнату"),
            (MemberChange::Muted, "Вера: чат и реакции отключены"),
            (MemberChange::WaitExempt, "Больше не ждём: Вера"),
            (MemberChange::Role, "Вера теперь модератор"),
        ];
        for (change, words) in rows {
            let shown = member(Language::Russian, &vera, Role::Moderator, change);
            assert_eq!(shown, words);
        }
        let erased = |by: &Person, author: &Person| removed(Language::Russian, by, author);
        assert_eq!(erased(&vera, &you()), "Вера: ваше сообщение стёрто");
        assert_eq!(erased(&you(), &you()), "Вы стёрли своё сообщение");
        let by_you = erased(&you(), &vera);
        assert_eq!(by_you, "Вы стёрли сообщение участника Вера");
    }

    #[test]
    fn nobody_is_called_as_a_line_about_somebody_reads() {
        let ada = Person::other(name("Ада"));
        for change in [MemberChange::Joined, MemberChange::Left, MemberChange::Role] {
            let text = member(Language::Russian, &ada, Role::Admin, change);
            assert!(text.chars().count() <= MemberName::MAX_CHARS);
            assert!(MemberName::parse(&text).is_err(), "{text}");
        }
        for word in ["вы", "Вас"] {
            assert!(MemberName::parse(word).is_err(), "{word}");
        }
    }

    #[test]
    fn a_list_names_its_reader_as_you() {
        let missing = [Person::other(name("Вера")), you()];
        assert_eq!(
            gate(Language::English, &missing, Span::millis(19_200)),
            "Starting when everyone is ready, in 20 s at the latest. Not ready yet: Вера, you"
        );
        assert_eq!(
            gate(Language::Russian, &missing, Span::millis(19_200)),
            "Начнём, когда все будут готовы, самое позднее через 20 с. Ещё не готовы: Вера, вы"
        );
    }

    #[test]
    fn the_columns_of_the_queue_are_as_wide_as_their_words() {
        let entries = [EntryState::Approved, EntryState::Proposed].map(|state| entry(7, state));
        let me = Some(entries[0].by);
        let of = |language| queue(language, &entries, me);
        for (language, states) in [
            (Language::English, ["         ", "proposed "]),
            (Language::Russian, ["           ", "предложено "]),
        ] {
            let text = of(language);
            let rows: Vec<&str> = text.lines().skip(1).collect();
            assert_eq!(rows.len(), 2, "{text}");
            for (row, state) in rows.iter().zip(states) {
                assert!(row.starts_with(&format!("  #7   {state}")), "{text}");
            }
        }
        assert!(of(Language::English).ends_with("(by you)"));
        assert!(of(Language::Russian).ends_with("(вы)"));
    }
}
