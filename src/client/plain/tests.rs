//! Plain lines, and who can be taken for whom in them.

use crate::app::output::{
    BanList, Jump, MemberChange, Notice, Output, Person, Removal, Renaming, TimelineView,
    UnqueuedEntry, WhoLine, Why,
};
use crate::protocol::command::Command;
use crate::protocol::command::requested;
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::ChatLine;
use crate::protocol::ids::{ChatId, Epoch, MemberId, Rev};
use crate::protocol::member::{Ban, MemberFlags, Role};
use crate::protocol::playback::{EntryState, Playing, QueueEntry, UnqueueCause};
use crate::protocol::text::{ChatText, Emoji, MemberName, Title};
use crate::protocol::time::{Position, RoomTime, Span};
use crate::test_support::{entry, playing, timeline_view};
use crate::texts::language::Language;
use crate::wire::message::Reason;

/// A line as somebody who is member 99 reads it.
fn line(output: &Output) -> Option<String> {
    super::line(Language::English, output, Some(MemberId(99)))
}

#[test]
fn chat_reads_as_people_write_it() {
    let output = Output::Chat {
        line: ChatLine {
            id: ChatId(1),
            from: MemberId(1),
            name: MemberName::parse("Alice").unwrap(),
            text: ChatText::parse("наконец-то 🍿").unwrap(),
            position: None,
            at: RoomTime(0),
            erased: None,
            second_address: false,
        },
        spelled: None,
        history: false,
    };
    assert_eq!(line(&output).as_deref(), Some("<Alice> наконец-то 🍿"));
    let Output::Chat { line: said, .. } = output else {
        panic!("no line of chat");
    };
    let with_an_emote = Output::Chat {
        line: said,
        spelled: Some("ура 🎬".into()),
        history: false,
    };
    assert_eq!(line(&with_an_emote).as_deref(), Some("<Alice> ура 🎬"));
}

#[test]
fn times_are_reported_but_not_those_of_a_wait() {
    let mut view = TimelineView {
        position: Position::seconds(83),
        paused: true,
        rev: Rev(3),
        at: RoomTime(9),
        start: RoomTime(9),
        ..timeline_view()
    };
    let paused = line(&Output::Timeline(view)).unwrap();
    assert!(paused.contains("1:23"), "{paused}");
    view.held = true;
    assert_eq!(line(&Output::Timeline(view)), None);
    (view.held, view.start) = (false, RoomTime(0));
    assert_eq!(line(&Output::Timeline(view)), None, "nothing is on yet");
    (view.start, view.has_notice) = (RoomTime(9), true);
    assert_eq!(line(&Output::Timeline(view)), None, "a notice says it");
}

#[test]
fn a_server_cannot_steer_the_terminal() {
    let reason = Reason {
        code: "from_the_future".to_owned(),
        args: serde_json::Value::Null,
        text: "\x1b[2Jbad\nAlice: I was never here\x07".to_owned(),
    };
    let output = [
        Output::Denied {
            line: 1,
            why: Why::Unknown(reason.clone()),
        },
        Output::Notice(Notice::ServerError(reason)),
    ];
    for output in output {
        let line = line(&output).unwrap();
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
}

#[test]
fn help_keeps_its_lines_and_columns() {
    let help = line(&Output::Notice(Notice::Help)).unwrap();
    assert_eq!(help, crate::strings::help::text(Language::English));
    assert!(help.lines().count() > 10, "{help}");
}

/// What strangers have tried as names, texts and titles. An old data file may have such names.
const CLAIMS: [&str; 10] = [
    "*",
    "·",
    "* Ada is admin now",
    "· Ada is admin now",
    "--> Ada left",
    "<Ada> hello",
    "Ada> hello",
    "<Ada",
    "Ada 👑",
    "Now playing",
];

/// A name as a data file has it.
fn kept_name(text: &str) -> MemberName {
    serde_json::from_value(text.into()).unwrap()
}

fn chat(name: &str, text: &str, erased: Option<MemberName>) -> Output {
    Output::Chat {
        line: ChatLine {
            id: ChatId(1),
            from: MemberId(1),
            name: kept_name(name),
            text: ChatText::parse(text).unwrap(),
            position: None,
            at: RoomTime(0),
            erased,
            second_address: false,
        },
        spelled: None,
        history: false,
    }
}

#[test]
fn who_speaks_ends_where_the_text_begins() {
    for name in CLAIMS {
        for text in CLAIMS {
            let line = line(&chat(name, text, None)).unwrap();
            let (speaker, message) = line.split_once("> ").unwrap();
            assert_eq!(message, text);
            let shown = speaker.strip_prefix('<').unwrap();
            assert!(!shown.contains(['<', '>']), "{line}");
            assert_eq!(shown, kept_name(name).as_str());
        }
    }
}

/// An entry of this title by somebody of this name.
fn entry_of(text: &str, state: EntryState) -> QueueEntry {
    QueueEntry {
        title: Title::parse(text).ok(),
        by_name: kept_name(text),
        ..entry(7, state)
    }
}

fn here(id: u64, name: &str, role: Role) -> WhoLine {
    WhoLine {
        id: MemberId(id),
        name: kept_name(name),
        role,
        acting: false,
        you: false,
        passes_for: None,
        flags: MemberFlags::default(),
        health: None,
    }
}

/// The notices about somebody of this name, or about such a title.
fn notices_of(text: &str) -> Vec<Notice> {
    let name = || kept_name(text);
    let who = || Person::other(name());
    let ban = Ban {
        member: MemberId(1),
        name: name(),
        by: name(),
        at: RoomTime(0),
        address: false,
    };
    vec![
        Notice::Who(vec![here(1, text, Role::Viewer)]),
        Notice::Bans(BanList {
            bans: vec![ban],
            me: None,
        }),
        Notice::Asked {
            who: who(),
            request: requested(Command::Skip),
        },
        Notice::Jumped(Jump {
            who: who(),
            from: Position::START,
            to: Position::seconds(9),
            chapter: None,
            undoes: false,
            may_undo: true,
        }),
        Notice::Paused {
            who: who(),
            at: Position::START,
        },
        Notice::Approved {
            entry: entry_of(text, EntryState::Approved),
            who: who(),
        },
        Notice::Unqueued(UnqueuedEntry {
            entry: entry_of(text, EntryState::Proposed),
            by: who(),
            actor: None,
            cause: UnqueueCause::Withdrawn,
        }),
        Notice::Titled {
            title: Some(text.to_owned()),
            by: None,
        },
        Notice::Unbanned {
            name: name(),
            by: Some(who()),
        },
        Notice::ActingAdmin {
            who: who(),
            until: Some(name()),
        },
    ]
}

/// Whatever else is reported of them.
fn outputs_about(text: &str) -> Vec<Output> {
    let name = || kept_name(text);
    let who = || Person::other(name());
    let member = |change| Output::Member {
        id: MemberId(1),
        who: who(),
        role: Role::Viewer,
        change,
        by: None,
    };
    let playing = Playing {
        title: Title::parse(text).ok(),
        by_name: name(),
        ..playing("https://example.org/film.mp4")
    };
    let queue = [EntryState::Approved, EntryState::Proposed];
    vec![
        member(MemberChange::Joined),
        member(MemberChange::Left),
        Output::Renamed(Renaming {
            id: MemberId(1),
            was: Some(name()),
            who: who(),
            role: Role::Viewer,
        }),
        member(MemberChange::Role),
        chat(text, "gone", Some(name())),
        Output::Erased {
            id: ChatId(1),
            by: who(),
            author: Some(who()),
        },
        Output::Removed(Removal {
            id: MemberId(1),
            name: name(),
            role: Role::Viewer,
            by: Some(who()),
            was_here: true,
            is_banned: false,
        }),
        Output::Media {
            playing: Some(playing),
            epoch: Epoch(1),
            revised: false,
            started_by: None,
            in_lobby: false,
        },
        Output::Queue(queue.map(|state| entry_of(text, state)).to_vec()),
        Output::WaitingForPlayers {
            missing: vec![who()],
            at_most: Span::seconds(9),
            fresh: true,
        },
        Output::Denied {
            line: 1,
            why: Why::Unknown(Reason {
                code: "from_the_future".to_owned(),
                args: serde_json::Value::Null,
                text: text.to_owned(),
            }),
        },
    ]
}

#[test]
fn the_room_speaks_with_a_star_and_members_never_do() {
    for text in CLAIMS {
        let notices = notices_of(text).into_iter().map(Output::Notice);
        for output in outputs_about(text).into_iter().chain(notices) {
            let line = line(&output).unwrap();
            let mut rows = line.lines();
            assert!(rows.next().unwrap().starts_with("* "), "{line}");
            assert!(rows.all(|row| row.starts_with("  #")), "{line}");
        }
        let reaction = Output::Reaction(Reaction {
            from: MemberId(1),
            name: kept_name(text),
            emoji: Emoji::parse("🔥").unwrap(),
        });
        assert!(line(&reaction).unwrap().starts_with('<'));
    }
}

/// What the room says of a title, up to where the title begins.
const TITLED: [&str; 2] = ["* Now playing: ", "* This room is now called "];

#[test]
fn a_title_in_the_rooms_words_ends_where_its_marks_do() {
    let forged = "x”. Ada is admin · MP4“y";
    let notices = notices_of(forged).into_iter().map(Output::Notice);
    let all: Vec<String> = outputs_about(forged)
        .into_iter()
        .chain(notices)
        .filter_map(|output| line(&output))
        .filter(|line| TITLED.iter().any(|words| line.starts_with(words)))
        .collect();
    let quoted = "“x'. Ada is admin · MP4'y”";
    let expected = [
        format!("* Now playing: {quoted} · MP4"),
        format!("* This room is now called {quoted}."),
    ];
    assert_eq!(all, expected);
}

#[test]
fn what_is_ones_own_is_yours_in_lists_and_in_what_was_removed() {
    let by_me =
        |output: &Output| super::line(Language::English, output, Some(MemberId(1))).unwrap();
    let removed = chat("Ann 2", "gone", Some(kept_name("Ann 2")));
    // Of who removed it there is only a name, which is anybody's who takes it.
    assert_eq!(by_me(&removed), "* Ann 2 erased your message");
    assert_eq!(
        line(&removed).as_deref(),
        Some("* Ann 2 erased Ann 2's message")
    );
    let queue = Output::Queue(vec![entry_of("Ann 2", EntryState::Proposed)]);
    assert_eq!(by_me(&queue), "* Queue:\n  #7   proposed Ann 2  (by you)");
    assert_eq!(
        line(&queue).as_deref(),
        Some("* Queue:\n  #7   proposed Ann 2  (by Ann 2)")
    );
}

#[test]
fn roles_stand_in_a_column_before_names() {
    let who = Output::Notice(Notice::Who(vec![
        here(1, "Ada", Role::Admin),
        here(12, "Ada (admin)", Role::Viewer),
    ]));
    let expected = "* 2 here:\n  #1   admin     Ada\n  #12  viewer    Ada _admin_";
    assert_eq!(line(&who).as_deref(), Some(expected));
}

#[test]
fn what_happens_to_oneself_is_worded_with_you() {
    let own = |change| Output::Member {
        id: MemberId(1),
        who: Person {
            name: kept_name("Ann 2"),
            is_you: true,
        },
        role: Role::Admin,
        change,
        by: None,
    };
    let muted = line(&own(MemberChange::Muted));
    assert_eq!(
        muted.as_deref(),
        Some("* You are muted and can't chat or react")
    );
    assert_eq!(line(&own(MemberChange::Joined)), None, "said by `joined`");
}

#[test]
fn how_many_watch_from_outside_is_a_line_in_each_language() {
    for (count, english, russian) in [
        (
            1,
            "* 1 observer watches from outside",
            "* За комнатой снаружи следит 1 наблюдатель",
        ),
        (
            3,
            "* 3 observers watch from outside",
            "* За комнатой снаружи следят 3 наблюдателя",
        ),
        (
            0,
            "* Nobody watches from outside any more",
            "* Снаружи за комнатой больше никто не следит",
        ),
    ] {
        let output = Output::Observers(count);
        assert_eq!(line(&output).as_deref(), Some(english));
        let read = super::line(Language::Russian, &output, None);
        assert_eq!(read.as_deref(), Some(russian));
    }
}
