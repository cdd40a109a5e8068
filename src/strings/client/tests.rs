//! What a member reads, case by case.

use super::{connection, notice, player, why};
use crate::app::config::OnlyHere;
use crate::app::event::{CloseReason, Disconnect};
use crate::app::output::{
    ArgumentFault, ArrivalNotice, ConnectionView, Jump, Notice, Person, PlayerView, ServerNotice,
    UnqueuedEntry, UsageError, WhoLine, Why,
};
use crate::media::{Media, MediaError};
use crate::protocol::command::Command;
use crate::protocol::command::requested;
use crate::protocol::denied::{Action, Denied, Refused};
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::MemberId;
use crate::protocol::member::{MemberFlags, Role};
use crate::protocol::playback::{EntryState, QueueEntry, UnqueueCause};
use crate::protocol::text::{ChatText, MemberName, Title};
use crate::protocol::time::{Position, Span};
use crate::sync::follow::ReadSoFar;
use crate::sync::player::{CloseCause, MediaProblem, ProcessState};
use crate::system_fault::SystemFault;
use crate::test_support::entry;
use crate::texts::language::Language;
use crate::wire::message::{FrameError, Health, HealthState, Reason};

fn name(text: &str) -> MemberName {
    MemberName::parse(text).unwrap()
}

fn reason(text: &str) -> Reason {
    Reason {
        code: "moon_phase".into(),
        args: serde_json::Value::Null,
        text: text.into(),
    }
}

fn lost(error: &str) -> Disconnect {
    let error = SystemFault::foreign(error).into();
    Disconnect::Lost { error }
}

#[test]
fn on_coming_in() {
    let only_here = |why| {
        let server = "http://127.0.0.1:8000".into();
        let only_here = ArrivalNotice::OnlyHere { server, why };
        notice(Language::English, &Notice::Arrival(only_here))
    };
    let without = only_here(OnlyHere::NoNetwork);
    assert!(without.starts_with("No network was found"), "{without}");
    let strangers = only_here(OnlyHere::NotOurs);
    assert!(!strangers.contains("--lan"), "{strangers}");
    let only_here = only_here(OnlyHere::NotAsked);
    assert!(
        only_here.starts_with("Only this computer can reach this room."),
        "{only_here}"
    );
    assert!(only_here.contains("/join LINK"), "{only_here}");
    let invite = "https://watch.example.org/r/movie-night".to_owned();
    let invites = vec![invite.clone()];
    let command = format!("watchtogether join {invite}");
    assert!(
        notice(
            Language::English,
            &Notice::Arrival(ArrivalNotice::OnLan { invites })
        )
        .contains(&command)
    );
    assert!(
        notice(
            Language::English,
            &Notice::Arrival(ArrivalNotice::RoomCreated { invite })
        )
        .contains(&command)
    );
    assert!(
        notice(
            Language::English,
            &Notice::Arrival(ArrivalNotice::AlreadyExists)
        )
        .contains("already exists")
    );
    let kept = notice(
        Language::English,
        &Notice::NameKept {
            name: name("Bob"),
            why: Why::Denied(Denied::Muted),
        },
    );
    let muted = why(Language::English, &Why::Denied(Denied::Muted));
    assert_eq!(
        kept,
        format!("You're still called Bob in this room. {muted}")
    );
    let changed = notice(
        Language::English,
        &Notice::NameChanged { name: name("Bob") },
    );
    assert!(changed.contains("Bob"), "{changed}");
}

#[test]
fn what_happens_in_a_room() {
    let boris = || Person::other(name("Boris"));
    let rows = [
        (
            Notice::Asked {
                who: boris(),
                request: requested(Command::Pause { mark: None }),
            },
            "Boris asks for a pause. /pause grants it.",
        ),
        (
            Notice::Waiting {
                who: boris(),
                at_most: Span::seconds(10),
                may_resume: true,
            },
            "Boris's video stalled. The room will wait up to 10 s. /go ends the wait.",
        ),
        (
            Notice::AllWait {
                at_most: Span::millis(59_900),
            },
            "No player can continue right now. The video waits until one can, for up to 60 s; \
             an admin can stop waiting with /go.",
        ),
        (
            Notice::WaitOver {
                who: boris(),
                took: Span::millis(4_040),
            },
            "Waited 4.0 s for Boris. Playing on.",
        ),
        (
            Notice::WaitOver {
                who: boris(),
                took: Span::millis(40),
            },
            "No longer waiting for Boris. Playing on.",
        ),
        (
            Notice::PartSkipped {
                from: Position::seconds(12),
                to: Position::seconds(18),
            },
            "Part of the video is missing for everyone: jumped from 0:12 to 0:18.",
        ),
        (
            Notice::Jumped(Jump {
                who: boris(),
                from: Position::seconds(723),
                to: Position::seconds(5_720),
                chapter: None,
                undoes: false,
                may_undo: true,
            }),
            "Boris jumped from 12:03 to 1:35:20. /undo takes it back.",
        ),
        (
            Notice::ActingAdmin {
                who: boris(),
                until: None,
            },
            "Boris is acting admin until an admin returns.",
        ),
        (
            Notice::Titled {
                title: Some("Friday".into()),
                by: None,
            },
            "This room is now called “Friday”.",
        ),
        (
            Notice::Titled {
                title: None,
                by: None,
            },
            "This room no longer has a title.",
        ),
        (
            Notice::PlaybackFailed {
                name: name("Boris"),
                code: FailureCode::Gone,
                retrying: false,
            },
            "Boris can't play this: the link is dead.",
        ),
        (
            Notice::Woke(Span::seconds(600)),
            "This computer slept for 10 min. Catching up.",
        ),
    ];
    for (happened, text) in rows {
        assert_eq!(notice(Language::English, &happened), text);
    }
}

#[test]
fn who_sees_the_last_video_end_is_told_how_to_add_another() {
    let end = Notice::Finished {
        may_resume: false,
        proposed: 0,
    };
    assert!(notice(Language::English, &end).contains("/add LINK"));
}

#[test]
fn what_one_does_oneself_is_worded_with_you() {
    let you = || Person {
        is_you: true,
        ..Person::other(name("Ann 2"))
    };
    let rows = [
        (
            Notice::Waiting {
                who: you(),
                at_most: Span::seconds(10),
                may_resume: false,
            },
            "Your video stalled. The room will wait up to 10 s.",
        ),
        (
            Notice::WaitOver {
                who: you(),
                took: Span::millis(4_040),
            },
            "Waited 4.0 s for you. Playing on.",
        ),
        (
            Notice::Jumped(Jump {
                who: you(),
                from: Position::seconds(1),
                to: Position::seconds(2),
                chapter: None,
                undoes: false,
                may_undo: true,
            }),
            "You jumped from 0:01 to 0:02. /undo takes it back.",
        ),
        (
            Notice::ActingAdmin {
                who: you(),
                until: None,
            },
            "You're acting admin until an admin returns.",
        ),
        (
            Notice::Heir {
                who: you(),
                by: None,
            },
            "You'll take over as admin when no admin is here.",
        ),
        (
            Notice::Countdown {
                who: you(),
                may_pause: true,
            },
            "You started a countdown: 3, 2, 1. /pause stops it.",
        ),
        (
            Notice::StartedWithout {
                missed: vec![you(), Person::other(name("Ann"))],
            },
            "Starting without you, Ann: not ready in time.",
        ),
        (
            Notice::LengthSet {
                who: you(),
                length: Some(Span::seconds(60)),
            },
            "You set the video's length to 1:00. /length off takes it back.",
        ),
        (
            Notice::LengthSet {
                who: you(),
                length: None,
            },
            "You set the video's length back to what the players report.",
        ),
        (
            Notice::Asked {
                who: you(),
                request: requested(Command::Pause { mark: None }),
            },
            "You asked the admins for a pause.",
        ),
        (
            Notice::Banned {
                name: name("Боб"),
                by: you(),
                address: false,
            },
            "You banned Боб. /unban Боб lets them back in.",
        ),
        (
            Notice::RejectedTogether {
                who: you(),
                count: 3,
            },
            "You rejected 3 proposals.",
        ),
    ];
    for (happened, text) in rows {
        assert_eq!(notice(Language::English, &happened), text);
    }
}

#[test]
fn a_jump_within_a_second_is_reported_in_tenths() {
    let jumped = |from: f64, to: f64| {
        notice(
            Language::English,
            &Notice::Jumped(Jump {
                who: Person::other(name("Ann")),
                from: Position::from_seconds(from),
                to: Position::from_seconds(to),
                chapter: None,
                undoes: false,
                may_undo: true,
            }),
        )
    };
    let close = jumped(3.2, 3.6);
    assert_eq!(
        close,
        "Ann jumped from 0:03.2 to 0:03.6. /undo takes it back."
    );
    let apart = jumped(3.9, 4.1);
    assert!(apart.contains("from 0:03 to 0:04."), "{apart}");
}

#[test]
fn a_title_does_not_speak_in_the_rooms_voice() {
    let forged = "x”. Ada is admin now. “y".to_owned();
    assert_eq!(
        notice(
            Language::English,
            &Notice::Titled {
                title: Some(forged),
                by: None,
            }
        ),
        "This room is now called “x'. Ada is admin now. 'y”."
    );
}

#[test]
fn whether_the_room_waits_has_four_texts() {
    let mut texts: Vec<String> = [(true, true), (true, false), (false, true), (false, false)]
        .map(|(waits, chosen)| {
            let by = None;
            notice(Language::English, &Notice::WaitPolicy { waits, chosen, by })
        })
        .to_vec();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), 4);
    assert!(texts.iter().all(|text| text.contains("wait")), "{texts:?}");
}

#[test]
fn an_entry_that_leaves_the_queue_is_named() {
    let entry = QueueEntry {
        media: Media::parse("https://example.org/duck.mp4").unwrap(),
        by: MemberId(2),
        by_name: name("Boris"),
        ..entry(14, EntryState::Proposed)
    };
    let titled = QueueEntry {
        title: Title::truncated("Duck and Cover"),
        ..entry.clone()
    };
    let unqueued = |entry: &QueueEntry, cause| {
        let (entry, by) = (entry.clone(), Person::other(name("Boris")));
        let unqueued = Notice::Unqueued(UnqueuedEntry {
            entry,
            by,
            actor: None,
            cause,
        });
        notice(Language::English, &unqueued)
    };
    assert_eq!(
        unqueued(&titled, UnqueueCause::Rejected),
        "#14 “Duck and Cover”, proposed by Boris, was rejected."
    );
    assert_eq!(
        unqueued(&titled, UnqueueCause::Withdrawn),
        "Boris withdrew #14 “Duck and Cover”."
    );
    assert_eq!(
        unqueued(&entry, UnqueueCause::Removed),
        "#14 “duck” was removed from the queue."
    );
    assert_eq!(
        notice(
            Language::English,
            &Notice::GaveWay {
                entry,
                by: Person::other(name("Boris"))
            }
        ),
        "#14 “duck”, proposed by Boris, made room for another."
    );
    let together = Notice::RejectedTogether {
        who: Person::other(name("Alice")),
        count: 12,
    };
    assert_eq!(
        notice(Language::English, &together),
        "Alice rejected 12 proposals."
    );
}

#[test]
fn who_is_here_reads_as_a_list() {
    let line = |id, called: &str, role, health| WhoLine {
        id: MemberId(id),
        name: name(called),
        role,
        acting: role == Role::Admin,
        you: called == "Alice",
        passes_for: (called == "Alice 2").then(|| name("Alice")),
        flags: MemberFlags {
            muted: called == "Boris",
            wait_exempt: called == "Boris",
            ready: false,
        },
        health,
    };
    let state = HealthState::CatchingUp;
    let health = Some(Health {
        state,
        ..Health::default()
    });
    let lines = vec![
        line(1, "Alice", Role::Admin, None),
        line(12, "Boris", Role::Viewer, health),
    ];
    let expected = "2 here:\n  #1   admin     Alice  (you, acting admin)\n  #12  viewer    Boris  (muted, no wait, catching up)";
    assert_eq!(notice(Language::English, &Notice::Who(lines)), expected);
    let fake = vec![line(13, "Alice 2", Role::Viewer, health)];
    let expected = "1 here:\n  #13  viewer    Alice 2  (not the admin Alice, catching up)";
    assert_eq!(notice(Language::English, &Notice::Who(fake)), expected);
}

#[test]
fn why_a_line_changed_nothing() {
    let (action, needs) = (Action::Pause, Role::Admin);
    let denied = Denied::NotAllowed { action, needs };
    assert!(
        why(Language::English, &Why::Denied(denied.clone())).starts_with("Only an admin can pause")
    );
    assert!(
        notice(
            Language::English,
            &Notice::ActionUndone(Why::Denied(denied))
        )
        .starts_with("Only an admin can pause")
    );
    let not_connected = why(Language::English, &Why::NotConnected { pausing: true });
    assert_eq!(not_connected, "Not connected: the room didn't pause.");
    assert!(
        notice(Language::English, &Notice::NotConnected)
            .starts_with("Not connected: the room didn't pause")
    );
    let not_played = notice(
        Language::English,
        &Notice::NotPlayed(Why::Media(MediaError::LocalFile)),
    );
    assert!(not_played.starts_with("Couldn't play it. "));
    assert_eq!(
        why(Language::English, &Why::Unknown(reason("not tonight"))),
        "The server says: “not tonight”."
    );
    assert!(why(Language::English, &Why::Unknown(reason(""))).contains("moon_phase"));
    for cause in [
        Why::NotConnected { pausing: false },
        Why::Unanswered,
        Why::NoPlayer,
    ] {
        assert!(why(Language::English, &cause).ends_with('.'));
    }
}

#[test]
fn a_message_that_the_server_could_not_read_is_worded_by_its_code() {
    let error = |code| Notice::ServerError(Reason::new(code, "in the server's English".to_owned()));
    let too_large = error(&FrameError::FrameTooLarge { limit: 16_384 });
    let rows = [
        (&too_large, "larger than the 16384 bytes", "16384 байт"),
        (
            &error(&FrameError::AlreadyHere),
            "already in a room",
            "уже в комнате",
        ),
        (
            &error(&FrameError::BadFrame),
            "takes JSON",
            "принимает JSON",
        ),
    ];
    for (happened, english, russian) in rows {
        let shown = [Language::English, Language::Russian].map(|of| notice(of, happened));
        assert!(shown[0].contains(english), "{shown:?}");
        assert!(shown[1].contains(russian), "{shown:?}");
    }
    let unknown = Notice::ServerError(reason("Full moon!"));
    assert!(notice(Language::Russian, &unknown).ends_with(": «Full moon!»"));
}

#[test]
fn a_line_that_makes_no_sense_is_shown_how_it_is_written() {
    let typed = || "puase".to_owned();
    let usage = "/seek 1:23 | +10 | -10";
    let bad = |given: &str| {
        let given = given.to_owned();
        why(
            Language::English,
            &Why::Usage(UsageError::BadArgument {
                usage,
                given,
                fault: None,
            }),
        )
    };
    let unknown = |nearest| {
        let typed = typed();
        why(
            Language::English,
            &Why::Usage(UsageError::UnknownCommand { typed, nearest }),
        )
    };
    let meant = "There's no command /puase. Did you mean /pause?";
    assert_eq!(unknown(Some("pause")), meant);
    assert_eq!(
        unknown(None),
        "There's no command /puase. /help lists them all."
    );
    let missing = "Usage: /seek 1:23 | +10 | -10";
    assert_eq!(bad(""), missing);
    let wrong = "Can't read “soon”. Usage: /seek 1:23 | +10 | -10";
    assert_eq!(bad("soon"), wrong);
    let senseless = Why::Usage(UsageError::BadArgument {
        usage: "/rate 1.25",
        given: "9".to_owned(),
        fault: Some(ArgumentFault::RateRange),
    });
    let range = "Can't set the speed to “9”. It goes from 0.25 to 4, and 1 is normal.";
    assert_eq!(why(Language::English, &senseless), range);
    let too_long = Why::Usage(UsageError::TooLong { max: 500 });
    assert_eq!(
        why(Language::English, &too_long),
        "That's too long: at most 500 characters."
    );
}

#[test]
fn what_the_connection_does_says_what_comes_next() {
    let again = |why| {
        connection(
            Language::English,
            &ConnectionView::Reconnecting {
                why,
                after: Span::millis(1_240),
            },
        )
    };
    let next = " Trying again in 1.2 s; /retry tries now.";
    let text = again(lost("reset\u{1b}[2J"));
    assert_eq!(text, format!("Lost the connection (“reset[2J”).{next}"));
    let going_down = CloseReason::Known(Refused::ShuttingDown);
    let text = again(Disconnect::Closed(Some(going_down)));
    assert!(text.ends_with(&format!(".{next}")), "{text}");
    let strange = CloseReason::Unknown(reason("Full moon!"));
    let text = again(Disconnect::Closed(Some(strange)));
    assert_eq!(text, format!("The server says: “Full moon!”.{next}"));
    for why in [Disconnect::Silent, Disconnect::Closed(None)] {
        assert!(again(why).ends_with(next));
    }
    let error = SystemFault::foreign("connection refused").into();
    let first = Why::Unreachable(Disconnect::Unreachable { error });
    let text = connection(Language::English, &ConnectionView::Refused(first));
    assert!(text.contains("connection refused"), "{text}");
    assert!(text.contains("Check the address"), "{text}");
    let error = SystemFault::foreign("404").into();
    let text = why(
        Language::English,
        &Why::Unreachable(Disconnect::NotAServer { error }),
    );
    assert!(
        text.starts_with("That address isn't a watchtogether server"),
        "{text}"
    );
    let server = "https://watch.example.org".to_owned();
    let text = connection(Language::English, &ConnectionView::Connecting { server });
    assert_eq!(text, "Connecting to https://watch.example.org.");
}

#[test]
fn what_the_player_does_has_a_text_each() {
    let views = [
        PlayerView::Off,
        PlayerView::Starting,
        PlayerView::Idle { lacks: None },
        PlayerView::Loading,
        PlayerView::Playing,
        PlayerView::Paused,
        PlayerView::Buffering,
        PlayerView::ReadingOn(ReadSoFar {
            read: Position::seconds(41),
            to: Position::seconds(70),
        }),
        PlayerView::Frozen,
        PlayerView::Gone(ProcessState::Closed(CloseCause::Quit)),
        PlayerView::Failed(MediaProblem::ResolverMissing),
    ];
    let mut texts: Vec<String> = views
        .iter()
        .map(|view| player(Language::English, view))
        .collect();
    let count = texts.len();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), count);
}

#[test]
fn notices_about_the_server_name_its_operator_and_say_what_goes_on() {
    let text = ChatText::parse("Back at noon").unwrap();
    let stops = |seconds, elsewhere| ServerNotice::ServerStops {
        after: Span::seconds(seconds),
        elsewhere,
    };
    let table = [
        (
            ServerNotice::Announcement { text },
            "From the server's operator: Back at noon",
            "От владельца сервера: Back at noon",
        ),
        (
            stops(300, false),
            "The server stops in 5 min. The room is kept, and you'll reconnect automatically \
             once the server is back.",
            "Сервер остановится через 5 мин. Комната сохранится, программа подключится снова сама.",
        ),
        (
            stops(5, false),
            "The server stops in 5 s.",
            "Сервер остановится через 5 с.",
        ),
        (
            stops(300, true),
            "This server stops in 5 min. The room goes on at another, and you'll be moved there \
             automatically.",
            "Этот сервер остановится через 5 мин. Комната продолжит работу на другом, программа \
             подключится к нему сама.",
        ),
        (
            stops(5, true),
            "You'll be moved to another server in 5 s.",
            "Через 5 с программа подключится к другому серверу.",
        ),
        (
            ServerNotice::ServerStays,
            "The server won't stop after all.",
            "Сервер продолжает работать: остановка отменена.",
        ),
        (
            ServerNotice::StorageAway,
            "The server can't reach its storage right now. Keep watching: chat and commands will \
             work again once it's back.",
            "Хранилище сервера сейчас недоступно. Смотрите дальше: чат и команды снова заработают, \
             когда оно вернётся.",
        ),
        (
            ServerNotice::StorageBack,
            "The server can reach its storage again: chat and commands work.",
            "Хранилище сервера снова доступно: чат и команды работают.",
        ),
    ];
    for (case, english, russian) in table {
        let case = Notice::Server(case);
        assert_eq!(notice(Language::English, &case), english);
        assert_eq!(notice(Language::Russian, &case), russian);
    }
}
