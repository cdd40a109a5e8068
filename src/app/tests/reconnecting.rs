//! The connection breaks and comes back.

use super::playing::playing;
use super::{
    ALICE, ME, Server, Story, answers, chat, commands, config, connects, exit, name, notices,
    outputs, you,
};
use crate::app::effect::{Effect, Exit};
use crate::app::event::{CloseReason, Disconnect, Event};
use crate::app::output::{ConnectionView, MemberChange, Notice, Output, Renaming, Why};
use crate::protocol::command::Command;
use crate::protocol::command::requested;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::{LogId, MemberId, RoomId, Seq};
use crate::protocol::member::{Ban, LeaveCause, Member, Role};
use crate::protocol::playback::{Retime, Segment};
use crate::protocol::text::Emoji;
use crate::protocol::time::{LocalTime, Position, RoomTime, Span};
use crate::sync::player::PlayerCommand;
use crate::system_fault::SystemFault;
use crate::wire::message::{CatchUp, ClientMsg, Reason, ServerMsg};

fn chat_lines(effects: &[Effect]) -> Vec<(String, bool)> {
    let lines = outputs(effects)
        .into_iter()
        .filter_map(|outputs| match outputs {
            Output::Chat { line, history, .. } => Some((line.text.to_string(), history)),
            _ => None,
        });
    lines.collect()
}

#[test]
fn the_client_comes_back_as_the_same_member_with_what_it_missed() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    let effects = story.lose();
    let outputs_when_lost = outputs(&effects);
    assert!(
        matches!(
            outputs_when_lost[..],
            [Output::Connection(ConnectionView::Reconnecting {
                why: Disconnect::Lost { .. },
                after,
            })] if after >= Span::millis(350) && after <= Span::millis(650)
        ),
        "{outputs_when_lost:?}"
    );
    let since = server.room.rev;
    let missed = vec![server.chat("are you there?")];
    assert!(connects(&story.pass(Span::seconds(1))));
    let hello = story.hello();
    assert_eq!(hello.resume.as_deref(), Some("token-1"));
    assert_eq!(hello.log, Some(LogId("log-1".into())));
    assert_eq!(hello.since, Some(since));
    let welcome = server.welcome(CatchUp::Events(missed));
    let effects = story.receive(ServerMsg::Welcome(Box::new(welcome)));
    assert_eq!(
        outputs(&effects)[0],
        Output::Connection(ConnectionView::Connected)
    );
    assert_eq!(chat_lines(&effects), [("are you there?".to_owned(), true)]);
    assert_eq!(outputs(&effects).len(), 2, "{effects:?}");
}

#[test]
fn a_whole_state_after_a_break_reports_only_what_is_new_of_chat_and_members() {
    let mut server = Server::new();
    server.chat("old");
    let mut story = Story::joined(&server);
    let vera = super::member(MemberId(3), "Vera", Role::Viewer);
    let gone = Departure {
        member: ALICE,
        cause: LeaveCause::Left,
    };
    server.happen(RoomEvent::Presence {
        joined: vec![vera],
        left: vec![gone],
        count: 2,
        large: None,
    });
    server.happen(RoomEvent::Renamed {
        member: ME,
        name: name("Bob"),
        was: None,
    });
    server.happen(RoomEvent::RoleChanged {
        member: ME,
        role: Role::Viewer,
        acting: true,
    });
    server.chat("new");
    server.log = "log-2";
    let effects = story.come_back(server.whole());
    assert_eq!(chat_lines(&effects), [("new".to_owned(), true)]);
    let renamed = Output::Renamed(Renaming {
        id: ME,
        was: Some(name("Boris")),
        who: you("Bob"),
        role: Role::Admin,
    });
    assert!(outputs(&effects).contains(&renamed));
    let changes: Vec<(String, Role, MemberChange)> = outputs(&effects)
        .into_iter()
        .filter_map(|outputs| match outputs {
            Output::Member {
                who, role, change, ..
            } => Some((who.name.to_string(), role, change)),
            _ => None,
        })
        .collect();
    let expected = [
        ("Bob".to_owned(), Role::Admin, MemberChange::Role),
        ("Vera".to_owned(), Role::Viewer, MemberChange::Joined),
        ("Alice".to_owned(), Role::Admin, MemberChange::Left),
    ];
    assert_eq!(changes, expected);
    let joined = outputs(&effects)
        .iter()
        .any(|t| matches!(t, Output::Joined { .. }));
    assert!(!joined, "the same member joins once");
    story.lose();
    story.pass(Span::seconds(5));
    assert_eq!(story.hello().name, name("Bob"), "by the name it has now");
}

#[test]
fn of_all_moves_that_were_missed_the_player_follows_the_last() {
    let (mut server, mut story) = playing();
    story.shows();
    let mut stand_at = |seconds| {
        server.happen(RoomEvent::Retimed {
            segment: Segment {
                anchor: Position::seconds(seconds),
                paused: true,
                ..Segment::default()
            },
            retime: Retime::Paused,
            in_player: false,
            countdown: false,
        })
    };
    story.facts(vec![stand_at(0)]);
    story.paused(true);
    let missed = vec![stand_at(100), stand_at(200)];
    let effects = story.come_back(server.welcome(CatchUp::Events(missed)));
    let seeks = effects.iter().filter_map(|effect| match effect {
        Effect::Player(PlayerCommand::Seek(to)) => Some(*to),
        _ => None,
    });
    assert_eq!(seeks.collect::<Vec<_>>(), [Position::seconds(200)]);
}

#[test]
fn what_is_unanswered_is_sent_again_by_its_number_and_counts_once() {
    let server = Server::new();
    let mut story = Story::joined(&server);
    story.line("one");
    story.line("/pause");
    story.ok(1, 3);
    assert_eq!(answers(&story.lose()), []);
    story.pass(Span::seconds(1));
    story.hello();
    let welcome = server.welcome(CatchUp::Events(Vec::new()));
    let effects = story.receive(ServerMsg::Welcome(Box::new(welcome)));
    assert_eq!(commands(&effects), [(2, Command::Pause { mark: None })]);
    assert_eq!(commands(&story.line("three")), [(3, chat("three"))]);
    let effects = story.denied(2, &Denied::NothingPlays);
    let why = Why::Denied(Denied::NothingPlays);
    assert_eq!(answers(&effects), [(2, Err(why))]);
}

#[test]
fn a_reaction_that_would_come_late_is_not_sent_again() {
    let server = Server::new();
    let mut story = Story::joined(&server);
    let emoji = Emoji::parse("🔥").unwrap();
    assert_eq!(
        commands(&story.line("/react 2")),
        [(1, Command::React { emoji })]
    );
    let why = Why::NotConnected { pausing: false };
    assert_eq!(answers(&story.lose()), [(1, Err(why))]);
    story.pass(Span::seconds(1));
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    assert_eq!(commands(&effects), []);
}

#[test]
fn in_a_room_made_anew_the_client_is_somebody_else() {
    let server = Server::new();
    let mut story = Story::joined(&server);
    story.line("for the old room");
    let mut anew = Server::new();
    anew.room.created = RoomTime(2_000_000_000);
    anew.token = "token-2";
    anew.log = "log-2";
    anew.chat("first words");
    let effects = story.come_back(anew.whole());
    assert_eq!(commands(&effects), []);
    assert_eq!(answers(&effects), [(1, Err(Why::Unanswered))]);
    assert_eq!(chat_lines(&effects), [("first words".to_owned(), true)]);
    let joined = outputs(&effects)
        .iter()
        .any(|t| matches!(t, Output::Joined { .. }));
    assert!(joined, "{effects:?}");
    assert_eq!(commands(&story.line("hi")), [(1, chat("hi"))]);
}

#[test]
fn attempts_go_on_for_ever_ever_more_rarely() {
    let mut story = Story::joined(&Server::new());
    story.lose();
    let mut attempts = 0;
    let start = story.now.local;
    while story.now.local - start < Span::seconds(600) {
        let effects = story.pass(Span::millis(100));
        if connects(&effects) {
            attempts += 1;
            let why = Disconnect::Unreachable {
                error: SystemFault::foreign("refused").into(),
            };
            assert_eq!(exit(&story.on(Event::Disconnected(why))), None);
        }
    }
    // One in 4.2 to 7.8 s, once it is the longest wait.
    assert!((77..=150).contains(&attempts), "{attempts}");
}

#[test]
fn silence_is_noticed_and_the_connection_given_up() {
    let mut story = Story::joined(&Server::new());
    let effects = story.pass(Span::seconds(9));
    let pings = effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Send(ClientMsg::Ping { .. })));
    assert!(pings.count() > 1);
    let effects = story.pass(Span::seconds(1));
    assert!(effects.contains(&Effect::Disconnect));
    let silent = outputs(&effects).into_iter().any(|outputs| {
        matches!(
            outputs,
            Output::Connection(ConnectionView::Reconnecting {
                why: Disconnect::Silent,
                ..
            })
        )
    });
    assert!(silent, "{effects:?}");
    assert_eq!(
        story.lose(),
        [],
        "of the given-up one nothing more is heard"
    );
}

#[test]
fn any_message_is_a_sign_of_life() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    for _ in 0..5 {
        assert!(!story.pass(Span::seconds(8)).contains(&Effect::Disconnect));
        let fact = server.chat("still here");
        story.facts(vec![fact]);
    }
}

#[test]
fn a_machine_that_slept_says_so_and_asks_the_server_at_once() {
    let mut story = Story::joined(&Server::new());
    story.pass(Span::seconds(1));
    story.now.boot += 600_000_000;
    let effects = story.line("/help");
    let slept = Span::seconds(600);
    assert_eq!(notices(&effects), [Notice::Woke(slept), Notice::Help]);
    let ping = ClientMsg::Ping {
        t0: LocalTime(story.now.local.0),
    };
    assert!(super::sends(&effects, &ping));
    let effects = story.pass(Span::seconds(5));
    assert!(effects.contains(&Effect::Disconnect), "no answer came");
}

#[test]
fn a_clock_that_is_set_a_little_is_no_sleep() {
    let mut story = Story::joined(&Server::new());
    story.now.boot += 1_900_000;
    assert_eq!(notices(&story.line("hi")), []);
    story.now.boot -= 3_600_000_000;
    assert_eq!(notices(&story.line("hi")), []);
}

#[test]
fn a_server_that_goes_down_is_waited_for() {
    let mut story = Story::joined(&Server::new());
    let reason = Reason::new(&Refused::ShuttingDown, "bye".into());
    let effects = story.receive(ServerMsg::Refused(reason));
    assert_eq!(exit(&effects), None);
    assert_eq!(story.on(Event::Disconnected(Disconnect::Closed(None))), []);
    assert!(connects(&story.pass(Span::seconds(1))));
}

#[test]
fn being_sent_out_or_replaced_is_the_end() {
    for refused in [Refused::Kicked, Refused::Replaced] {
        let mut story = Story::joined(&Server::new());
        story.line("hello?");
        let closing = CloseReason::Known(refused.clone());
        let effects = story.on(Event::Disconnected(Disconnect::Closed(Some(closing))));
        let view = ConnectionView::Refused(Why::Refused(refused));
        assert_eq!(outputs(&effects)[0], Output::Connection(view));
        assert_eq!(answers(&effects), [(1, Err(Why::Unanswered))]);
        assert_eq!(exit(&effects), Some(Exit::Refused));
    }
}

#[test]
fn who_is_sent_out_reads_by_whom_and_nothing_else() {
    for refused in [Refused::Kicked, Refused::Banned] {
        let mut server = Server::new();
        let mut story = Story::joined(&server);
        let is_banned = refused == Refused::Banned;
        let ban = Ban {
            member: ME,
            name: name("Boris"),
            by: name("Alice"),
            at: RoomTime(0),
            address: false,
        };
        let left = Departure {
            member: ME,
            cause: LeaveCause::Kicked,
        };
        let left = RoomEvent::Presence {
            joined: Vec::new(),
            left: vec![left],
            count: 1,
            large: None,
        };
        let by = Some((ALICE, Seq(1)));
        let banned = is_banned.then(|| server.happen_by(by, RoomEvent::Banned { ban }));
        let mut facts = Vec::from_iter(banned);
        facts.push(server.happen_by(by, left));
        assert_eq!(outputs(&story.facts(facts)), [Output::Viewers(1)]);
        let closing = CloseReason::Known(refused);
        let effects = story.on(Event::Disconnected(Disconnect::Closed(Some(closing))));
        let by = name("Alice");
        let room = RoomId::parse("movie-night").unwrap();
        let view = ConnectionView::Refused(Why::Removed {
            by,
            room,
            is_banned,
        });
        assert_eq!(outputs(&effects), [Output::Connection(view)]);
        assert_eq!(exit(&effects), Some(Exit::Refused));
    }
}

#[test]
fn a_command_on_record_moves_the_numbers_on() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    // Another window of the same member used number 9 meanwhile.
    server.happen_by(
        Some((ME, Seq(9))),
        RoomEvent::Asked {
            member: ME,
            request: requested(Command::Pause { mark: None }),
        },
    );
    story.come_back(server.whole());
    assert_eq!(commands(&story.line("hi")), [(10, chat("hi"))]);
}

#[test]
fn a_rename_is_kept_for_the_way_back() {
    let mut server = Server::new();
    let mut story = Story::joined_with(config(), &server);
    let fact = server.happen(RoomEvent::Renamed {
        member: ME,
        name: name("Bob"),
        was: None,
    });
    story.facts(vec![fact]);
    story.lose();
    story.pass(Span::seconds(1));
    assert_eq!(story.hello().name, name("Bob"));
}

/// The lines of arrivals and departures.
fn comings_and_goings(effects: &[Effect]) -> Vec<(MemberId, MemberChange)> {
    let lines = outputs(effects)
        .into_iter()
        .filter_map(|output| match output {
            Output::Member { id, change, .. } => Some((id, change)),
            _ => None,
        });
    lines.collect()
}

#[test]
fn after_a_restart_of_the_server_only_who_stays_away_is_said_to_have_left() {
    let mut server = Server::new();
    let vera = super::member(MemberId(3), "Vera", Role::Viewer);
    let join = |server: &mut Server, joined: Vec<Member>, count| {
        server.happen(RoomEvent::Presence {
            joined,
            left: Vec::new(),
            count,
            large: None,
        })
    };
    join(&mut server, vec![vera], 3);
    let mut story = Story::joined(&server);
    let back = |server: &Server, id| server.room.roster.get(id).cloned().unwrap();
    let (me, alice) = (back(&server, ME), back(&server, ALICE));

    // It opened its log anew, so it sends the state.
    (server.node, server.log) = ("node-2", "log-2");
    let (segment, ttl) = (None, None);
    server.happen(RoomEvent::Reopened { segment, ttl });
    join(&mut server, vec![me], 1);
    let effects = story.come_back(server.whole());
    assert_eq!(comings_and_goings(&effects), []);
    assert!(outputs(&effects).contains(&Output::Viewers(1)));
    let effects = story.facts(vec![join(&mut server, vec![alice], 2)]);
    assert_eq!(comings_and_goings(&effects), []);
    assert!(outputs(&effects).contains(&Output::Viewers(2)));

    let effects = story.pass(Span::seconds(11));
    let left = (MemberId(3), MemberChange::Left);
    assert_eq!(comings_and_goings(&effects), [left]);
    assert_eq!(comings_and_goings(&story.pass(Span::seconds(60))), []);
}

#[test]
fn whose_connection_broke_briefly_is_not_said_to_have_left() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    let alice = server.room.roster.get(ALICE).cloned().unwrap();
    let presence = |joined, left: &[MemberId], cause, count| RoomEvent::Presence {
        joined,
        left: left
            .iter()
            .map(|member| Departure {
                member: *member,
                cause,
            })
            .collect(),
        count,
        large: None,
    };
    let lost = || presence(Vec::new(), &[ALICE], LeaveCause::Lost, 1);

    // Back in time: not a word.
    let effects = story.facts(vec![server.happen(lost())]);
    assert_eq!(comings_and_goings(&effects), []);
    assert!(outputs(&effects).contains(&Output::Viewers(1)));
    assert_eq!(comings_and_goings(&story.pass(Span::seconds(5))), []);
    let back = || presence(vec![alice.clone()], &[], LeaveCause::Lost, 2);
    let effects = story.facts(vec![server.happen(back())]);
    assert_eq!(comings_and_goings(&effects), []);
    assert_eq!(comings_and_goings(&story.pass(Span::seconds(6))), []);

    // Away for longer: it is said once that they left, and that they came.
    story.facts(vec![server.happen(lost())]);
    let left = (ALICE, MemberChange::Left);
    let mut effects = Vec::new();
    for _ in 0..11 {
        effects.extend(story.pass(Span::seconds(1)));
        story.compare_clocks(&server);
    }
    assert_eq!(comings_and_goings(&effects), [left]);
    let effects = story.facts(vec![server.happen(back())]);
    let joined = (ALICE, MemberChange::Joined);
    assert_eq!(comings_and_goings(&effects), [joined]);

    // Who leaves on purpose is gone at once.
    let leaves = presence(Vec::new(), &[ALICE], LeaveCause::Left, 1);
    let effects = story.facts(vec![server.happen(leaves)]);
    assert_eq!(comings_and_goings(&effects), [left]);
}

#[test]
fn a_server_that_ended_with_its_hosts_client_is_said_to_until_it_is_back() {
    let mut server = Server::new();
    let mut welcome = server.whole();
    welcome.hosted = true;
    let mut story = Story::connecting(config());
    story.hello();
    story.receive(ServerMsg::Welcome(Box::new(welcome)));
    let why = |effects: &[Effect]| {
        outputs(effects)
            .into_iter()
            .find_map(|output| match output {
                Output::Connection(ConnectionView::Reconnecting { why, .. }) => Some(why),
                _ => None,
            })
    };
    let closing = CloseReason::Known(Refused::ShuttingDown);
    let effects = story.on(Event::Disconnected(Disconnect::Closed(Some(closing))));
    assert_eq!(why(&effects), Some(Disconnect::HostLeft));
    let effects = story.come_back(server.whole());
    assert_eq!(why(&effects), None);
    server.chat("back");
    let silent = story.on(Event::Disconnected(Disconnect::Silent));
    assert_eq!(
        why(&silent),
        Some(Disconnect::Silent),
        "it runs by itself now"
    );
}
