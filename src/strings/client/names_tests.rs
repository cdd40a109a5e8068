//! Who did what: with a name or "you", in both languages.

use strum::IntoEnumIterator;

use super::{notice, why};
use crate::app::output::{Jump, Notice, Person, UnqueuedEntry, Why};
use crate::protocol::ids::RoomId;
use crate::protocol::playback::{EntryState, QueueEntry, UnqueueCause};
use crate::protocol::text::{MemberName, Title};
use crate::protocol::time::{Position, Rate, Span};
use crate::test_support::entry;
use crate::texts::language::Language;

fn name(text: &str) -> MemberName {
    MemberName::parse(text).unwrap()
}

/// Somebody else, and the reader, who is called by the same letters in both languages.
fn boris_and_you() -> [Person; 2] {
    let boris = Person::other(name("Boris"));
    let you = Person {
        is_you: true,
        ..Person::other(name("Vera"))
    };
    [boris, you]
}

/// A notice about Boris and about the reader, in a language.
fn both_ways(language: Language, of: impl Fn(Person) -> Notice) -> [String; 2] {
    boris_and_you().map(|who| notice(language, &of(who)))
}

#[test]
fn who_did_what_is_said_with_the_name() {
    let at = Position::seconds(13);
    let (from, to) = (Position::seconds(15), Position::seconds(80));
    let english = |of: &dyn Fn(Person) -> Notice| both_ways(Language::English, of);
    assert_eq!(
        english(&|who| Notice::Paused { who, at }),
        ["Boris paused at 0:13.", "You paused at 0:13."]
    );
    assert_eq!(
        english(&|who| Notice::Resumed { who, at }),
        ["Boris resumed at 0:13.", "You resumed at 0:13."]
    );
    let rate = Rate::from_factor(1.25).unwrap();
    assert_eq!(
        english(&|who| Notice::RateChanged { who, rate }),
        [
            "Boris set the speed to 1.25×.",
            "You set the speed to 1.25×."
        ]
    );
    let jump = |undoes, may_undo| {
        move |who| {
            Notice::Jumped(Jump {
                who,
                from,
                to,
                chapter: None,
                undoes,
                may_undo,
            })
        }
    };
    assert_eq!(
        english(&jump(false, false))[0],
        "Boris jumped from 0:15 to 1:20."
    );
    assert_eq!(
        english(&jump(true, true)),
        [
            "Boris took the jump back, from 0:15 to 1:20.",
            "You took the jump back, from 0:15 to 1:20."
        ]
    );
    let until = || Some(name("Ann"));
    assert_eq!(
        english(&|who| Notice::ActingAdmin {
            who,
            until: until()
        }),
        [
            "Boris is acting admin until Ann returns.",
            "You're acting admin until Ann returns."
        ]
    );
    assert_eq!(
        english(&|who| Notice::Skipped { who })[0],
        "Boris skipped to the next video."
    );
    let title = || Some("Friday".to_owned());
    assert_eq!(
        english(&|by| Notice::Titled {
            title: title(),
            by: Some(by)
        }),
        [
            "Boris named this room “Friday”.",
            "You named this room “Friday”."
        ]
    );
    let removed = |is_banned| Why::Removed {
        by: name("Ann"),
        room: RoomId::parse("movie-night").unwrap(),
        is_banned,
    };
    let removed = |is_banned| why(Language::English, &removed(is_banned));
    assert_eq!(removed(false), "Ann removed you from movie-night.");
    assert!(removed(true).starts_with("Ann banned you from movie-night."));
}

#[test]
fn who_closed_the_room_is_said_with_the_name() {
    let closed = |language, by: Person| {
        let room = RoomId::parse("movie-night").unwrap();
        let (by, you) = (by.name, by.is_you);
        why(language, &Why::RoomClosed { by, you, room })
    };
    let operator = || Person::other(MemberName::operator());
    let [boris, you] = boris_and_you();
    let english = [operator(), boris, you].map(|by| closed(Language::English, by));
    assert_eq!(
        english,
        [
            "The server's operator closed movie-night for everyone.",
            "Boris closed movie-night for everyone.",
            "You closed movie-night."
        ]
    );
    let [boris, you] = boris_and_you();
    let russian = [operator(), boris, you].map(|by| closed(Language::Russian, by));
    assert_eq!(
        russian,
        [
            "Комната movie-night закрыта для всех (владелец сервера).",
            "Комната movie-night закрыта для всех (Boris).",
            "Вы закрыли комнату movie-night."
        ]
    );
}

#[test]
fn who_named_an_heir_is_said_with_both_names() {
    let [boris, you] = boris_and_you();
    let ann = || Person::other(name("Ann"));
    let named = |by: &Person, heir: &Person| {
        let heir = Notice::Heir {
            who: heir.clone(),
            by: Some(by.clone()),
        };
        Language::iter()
            .map(|language| notice(language, &heir))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        named(&ann(), &boris),
        [
            "Ann named Boris heir, to take over when no admin is here.",
            "Ann назначает участника Boris преемником на случай, если админов не останется."
        ]
    );
    let by_nobody_known = both_ways(Language::English, |who| Notice::Heir { who, by: None });
    assert_eq!(
        by_nobody_known[0],
        "Boris will take over as admin when no admin is here."
    );
    assert_eq!(
        named(&you, &boris)[0],
        "You named Boris heir, to take over when no admin is here."
    );
    let of_you = named(&ann(), &you);
    assert!(of_you[0].starts_with("Ann named you heir:"), "{of_you:?}");
    assert!(
        of_you[1].starts_with("Ann назначает вас преемником:"),
        "{of_you:?}"
    );
}

#[test]
fn each_choice_of_a_language_is_answered_in_that_language() {
    for language in Language::iter() {
        let answer = |chosen| notice(language, &Notice::LanguageChanged(chosen));
        assert_eq!(answer(Language::English), "Language: English.");
        assert_eq!(answer(Language::Russian), "Язык: русский.");
    }
}

#[test]
fn who_changed_the_queue_is_said_with_the_entry() {
    let entry = || QueueEntry {
        title: Title::truncated("Duck"),
        ..entry(14, EntryState::Approved)
    };
    let english = |of: &dyn Fn(Person) -> Notice| both_ways(Language::English, of);
    assert_eq!(
        english(&|who| Notice::Approved {
            entry: entry(),
            who
        }),
        ["Boris approved #14 “Duck”.", "You approved #14 “Duck”."]
    );
    assert_eq!(
        english(&|who| Notice::Moved {
            entry: entry(),
            who,
            place: 2
        })[0],
        "Boris moved #14 “Duck” to position 2 in the queue."
    );
    let [boris, you] = boris_and_you();
    let unqueued = |by: &Person, actor: &Person, cause| {
        let unqueued = Notice::Unqueued(UnqueuedEntry {
            entry: entry(),
            by: by.clone(),
            actor: Some(actor.clone()),
            cause,
        });
        Language::iter()
            .map(|language| notice(language, &unqueued))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        unqueued(&you, &boris, UnqueueCause::Rejected),
        [
            "Boris rejected your proposal #14 “Duck”.",
            "Boris отклоняет ваше предложение #14 «Duck»."
        ]
    );
    assert_eq!(
        unqueued(&boris, &you, UnqueueCause::Rejected),
        [
            "You rejected #14 “Duck”, proposed by Boris.",
            "Вы отклонили #14 «Duck» (предлагает Boris)."
        ]
    );
    assert_eq!(
        unqueued(&boris, &boris, UnqueueCause::Withdrawn),
        ["Boris withdrew #14 “Duck”.", "Boris отзывает #14 «Duck»."]
    );
    assert_eq!(
        unqueued(&you, &boris, UnqueueCause::Removed),
        [
            "Boris removed #14 “Duck” from the queue.",
            "Boris убирает #14 «Duck» из очереди."
        ]
    );
}

#[test]
fn russian_guesses_no_gender_and_declines_no_name() {
    let vera = || Person::other(name("Вера"));
    let russian = |about: Notice| notice(Language::Russian, &about);
    let at = Position::seconds(13);
    let rows = [
        (Notice::Paused { who: vera(), at }, "Вера: пауза на 0:13."),
        (
            Notice::Resumed { who: vera(), at },
            "Вера: смотрим дальше с 0:13.",
        ),
        (
            Notice::RateChanged {
                who: vera(),
                rate: Rate::from_factor(1.5).unwrap(),
            },
            "Вера: скорость 1,5×.",
        ),
        (
            Notice::Jumped(Jump {
                who: vera(),
                from: Position::seconds(15),
                to: Position::seconds(80),
                chapter: None,
                undoes: false,
                may_undo: true,
            }),
            "Вера: перемотка с 0:15 на 1:20. Вернуть: /назад.",
        ),
        (
            Notice::ActingAdmin {
                who: vera(),
                until: Some(name("Ann")),
            },
            "Вера — временный админ, пока не вернётся Ann.",
        ),
        (
            Notice::WaitOver {
                who: vera(),
                took: Span::millis(4_040),
            },
            "Вера: ждали 4,0 с, смотрим дальше.",
        ),
        (
            Notice::Titled {
                title: Some("Утка".into()),
                by: None,
            },
            "Комната теперь называется «Утка».",
        ),
    ];
    for (about, text) in rows {
        assert_eq!(russian(about), text);
    }
    let rejected = |count| {
        let who = vera();
        russian(Notice::RejectedTogether { who, count })
    };
    assert_eq!(rejected(1), "Вера отклоняет 1 предложение.");
    assert_eq!(rejected(3), "Вера отклоняет 3 предложения.");
    assert_eq!(rejected(5), "Вера отклоняет 5 предложений.");
    assert_eq!(rejected(21), "Вера отклоняет 21 предложение.");
}
