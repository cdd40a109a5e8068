//! Plain lines in both languages.

use super::{erased, gate, media, member, queue, removed, renamed, sent_out, timeline};
use crate::app::output::{MemberChange, Person, Removal, Renaming, TimelineView};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, Playing};
use crate::protocol::text::{MemberName, Title};
use crate::protocol::time::{Position, Rate, Span};
use crate::test_support::{entry, playing, timeline_view};
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
            member(Language::English, &you(), Role::Admin, change, None),
            words
        );
    }
    let ann = Person::other(name("Ann"));
    let role = member(
        Language::English,
        &ann,
        Role::Moderator,
        MemberChange::Role,
        None,
    );
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

/// What somebody decided about somebody, in both languages.
fn decided(by: &Person, about: &Person, change: MemberChange) -> [String; 2] {
    [Language::English, Language::Russian]
        .map(|language| member(language, about, Role::Moderator, change, Some(by)))
}

#[test]
fn who_decided_about_a_member_is_said_with_the_name() {
    let (ann, bob) = (Person::other(name("Ann")), Person::other(name("Боб")));
    let rows = [
        (
            MemberChange::Muted,
            "Ann muted Боб",
            "Ann отключает участнику Боб чат и реакции",
        ),
        (
            MemberChange::Unmuted,
            "Ann unmuted Боб",
            "Ann возвращает участнику Боб чат и реакции",
        ),
        (
            MemberChange::WaitExempt,
            "Ann chose not to wait for Боб any longer",
            "Ann: участника Боб больше не ждём",
        ),
        (
            MemberChange::WaitCounted,
            "Ann chose to wait for Боб again",
            "Ann: участника Боб снова ждём",
        ),
        (
            MemberChange::Role,
            "Ann made Боб a moderator",
            "Ann делает участника Боб модератором",
        ),
    ];
    for (change, english, russian) in rows {
        assert_eq!(decided(&ann, &bob, change), [english, russian]);
    }
}

#[test]
fn who_decides_or_is_decided_about_may_be_you() {
    let bob = Person::other(name("Боб"));
    assert_eq!(
        decided(&you(), &bob, MemberChange::Muted),
        ["You muted Боб", "Вы отключили участнику Боб чат и реакции"]
    );
    assert_eq!(
        decided(&you(), &bob, MemberChange::Role),
        [
            "You made Боб a moderator",
            "Вы сделали участника Боб модератором"
        ]
    );
    let [english, russian] = decided(&bob, &you(), MemberChange::Muted);
    assert!(english.starts_with("Боб muted you:"), "{english}");
    assert_eq!(russian, "Боб отключает вам чат и реакции");
    assert_eq!(
        decided(&bob, &you(), MemberChange::Role),
        ["Боб made you a moderator", "Боб делает вас модератором"]
    );
}

#[test]
fn an_erased_message_is_somebodys_unless_nobody_knows_whose() {
    let (ann, bob, you) = (
        Person::other(name("Ann")),
        Person::other(name("Боб")),
        you(),
    );
    let shown = |author| erased(Language::English, &ann, author);
    assert_eq!(shown(Some(&bob)), "Ann erased Боб's message");
    assert_eq!(shown(Some(&you)), "Ann erased your message");
    assert_eq!(shown(Some(&ann)), "Ann erased a message");
    assert_eq!(shown(None), "Ann erased a message");
}

#[test]
fn media_that_a_member_started_is_one_line_with_the_name() {
    let playing = Playing {
        title: Title::truncated("Duck"),
        duration: Some(Span::seconds(95)),
        ..playing("https://example.org/duck.mp4")
    };
    let live = Playing {
        live: true,
        ..playing.clone()
    };
    let ann = Person::other(name("Ann"));
    let shown =
        |language, playing: &Playing, by: &Person| media(language, playing, Some(by), false);
    assert_eq!(
        shown(Language::English, &playing, &ann),
        "Ann started “Duck” · MP4 · 1:35"
    );
    assert_eq!(
        shown(Language::English, &live, &you()),
        "You started “Duck” · MP4 · live"
    );
    assert_eq!(
        shown(Language::Russian, &playing, &ann),
        "Ann включает «Duck» · MP4 · 1:35"
    );
    assert_eq!(
        media(Language::English, &playing, None, false),
        "Now playing: “Duck” · MP4 · 1:35"
    );
    let waits = |language, by| media(language, &playing, by, true);
    assert_eq!(
        waits(Language::English, Some(&ann)),
        "Ann put “Duck” · MP4 · 1:35 in the lobby"
    );
    assert_eq!(
        waits(Language::Russian, Some(&ann)),
        "Ann ставит в лобби «Duck» · MP4 · 1:35"
    );
    assert_eq!(
        waits(Language::English, None),
        "In the lobby: “Duck” · MP4 · 1:35"
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
        let shown = member(Language::Russian, &vera, Role::Moderator, change, None);
        assert_eq!(shown, words);
    }
    let erased = |by: &Person, author: &Person| removed(Language::Russian, by, author);
    assert_eq!(erased(&vera, &you()), "Вера стирает ваше сообщение");
    assert_eq!(erased(&you(), &you()), "Вы стёрли своё сообщение");
    let by_you = erased(&you(), &vera);
    assert_eq!(by_you, "Вы стёрли сообщение участника Вера");
}

#[test]
fn nobody_is_called_as_a_line_about_somebody_reads() {
    let ada = Person::other(name("Ада"));
    for change in [MemberChange::Joined, MemberChange::Left, MemberChange::Role] {
        let text = member(Language::Russian, &ada, Role::Admin, change, None);
        assert!(text.chars().count() <= MemberName::MAX_CHARS);
        assert!(MemberName::parse(&text).is_err(), "{text}");
    }
    for word in ["вы", "Вас"] {
        assert!(MemberName::parse(word).is_err(), "{word}");
    }
}

#[test]
fn a_speed_has_the_decimals_that_it_needs() {
    let shown = |language, factor, paused| {
        let view = TimelineView {
            position: Position::seconds(83),
            rate: Rate::from_factor(factor).unwrap(),
            paused,
            ..timeline_view()
        };
        timeline(language, &view)
    };
    assert_eq!(shown(Language::English, 1.0, true), "Paused at 1:23");
    let faster = shown(Language::English, 1.25, false);
    assert_eq!(faster, "Playing at 1:23, speed 1.25×");
    let slower = shown(Language::Russian, 0.5, false);
    assert_eq!(slower, "Видео идёт с 1:23, скорость 0,5×");
    let twice = shown(Language::Russian, 2.0, true);
    assert_eq!(twice, "Пауза на 1:23, скорость 2×");
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
