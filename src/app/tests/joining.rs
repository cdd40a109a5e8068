//! Coming into a room for the first time.

use super::{
    ALICE, ME, Server, Story, commands, config, connects, exit, kept, name, notices, outputs, them,
    you,
};
use crate::app::config::{OnlyHere, Reach};
use crate::app::effect::{Effect, Exit};
use crate::app::event::{CloseReason, Disconnect, Event};
use crate::app::output::{
    ArrivalNotice, ConnectionView, MemberChange, Notice, Output, PlayerView, Why,
};
use crate::app::way_in::WayIn;
use crate::protocol::command::Command;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Epoch, Rev, RoomId, Seq};
use crate::protocol::member::{Role, Visibility};
use crate::protocol::time::{RoomTime, Span};
use crate::room::lifetime;
use crate::system_fault::SystemFault;
use crate::wire::codec::PROTOCOL;
use crate::wire::message::{CatchUp, ClientMsg, Reason, ServerMsg};

#[test]
fn the_first_orders_ask_for_the_token_and_then_for_a_connection() {
    let (mut story, effects) = Story::start(config());
    let server = "http://watch.example.org".to_owned();
    let room = RoomId::parse("movie-night").unwrap();
    let view = ConnectionView::Connecting {
        server: server.clone(),
    };
    let expected = [
        Effect::Output(Output::Player(PlayerView::Starting)),
        Effect::Output(Output::Connection(view)),
        Effect::FindToken {
            server: server.clone(),
            room: room.clone(),
        },
    ];
    assert_eq!(effects, expected);
    let effects = story.on(kept("kept"));
    assert_eq!(effects, [Effect::Connect { server }]);
    let hello = story.hello();
    assert_eq!((hello.protocol, hello.room), (PROTOCOL, room));
    assert_eq!(hello.resume.as_deref(), Some("kept"));
    assert_eq!((hello.log, hello.since), (None, None));
    assert!(hello.has_player);
}

#[test]
fn a_disk_that_hangs_keeps_nobody_out_of_the_room() {
    let (mut story, _) = Story::start(config());
    assert_eq!(story.pass(Span::millis(4_999)), []);
    let effects = story.pass(Span::millis(1));
    assert_eq!(
        notices(&effects),
        [Notice::Arrival(ArrivalNotice::TokensOverdue)]
    );
    assert!(connects(&effects), "{effects:?}");
    assert_eq!(story.hello().resume, None);
}

#[test]
fn whoever_comes_is_told_what_there_is() {
    let mut server = Server::new();
    server.chat("welcome");
    let mut story = Story::connecting(config());
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    let outputs = outputs(&effects);
    let member = |id, called: &str, role| Output::Member {
        id,
        who: if id == ME { you(called) } else { them(called) },
        role,
        change: MemberChange::Joined,
        by: None,
    };
    let expected = [
        Output::Connection(ConnectionView::Connected),
        Output::Joined {
            room: RoomId::parse("movie-night").unwrap(),
            id: ME,
            name: name("Boris"),
            role: Role::Viewer,
            server: "http://watch.example.org".into(),
            lifetime: lifetime::of(&server.room),
        },
        Output::Viewers(2),
        member(ALICE, "Alice", Role::Admin),
        member(ME, "Boris", Role::Viewer),
        Output::Chat {
            line: server.room.chat.lines().next().unwrap().clone(),
            spelled: None,
            history: true,
        },
        Output::Media {
            playing: None,
            epoch: Epoch(0),
            revised: false,
            started_by: None,
            in_lobby: false,
        },
    ];
    assert_eq!(outputs[..7], expected);
    assert!(
        matches!(outputs[7], Output::Timeline(_)),
        "{:?}",
        outputs[7]
    );
    assert_eq!(outputs[8], Output::Queue(Vec::new()));
    assert_eq!(outputs.len(), 9);
    let kept = effects
        .iter()
        .any(|effect| matches!(effect, Effect::KeepToken { kept, .. } if kept.token == "token-1"));
    assert!(kept, "{effects:?}");
    assert_eq!(story.app.me().unwrap().name, name("Boris"));
    assert_eq!(story.app.room().unwrap().rev, server.room.rev);
}

#[test]
fn a_room_in_this_process_says_so_first() {
    let mut local = config();
    local.reach = Reach::OnlyHere(OnlyHere::NotAsked);
    let (_, effects) = Story::start(local);
    let server = "http://watch.example.org".to_owned();
    let why = OnlyHere::NotAsked;
    let loud = Output::Notice(Notice::Arrival(ArrivalNotice::OnlyHere { server, why }));
    assert_eq!(outputs(&effects)[0], loud);

    let mut lan = config();
    let invites = vec!["http://192.168.1.5:8000/r/movie-night".to_owned()];
    lan.reach = Reach::Lan {
        invites: invites.clone(),
    };
    let (_, effects) = Story::start(lan);
    assert_eq!(
        outputs(&effects)[0],
        Output::Notice(Notice::Arrival(ArrivalNotice::OnLan { invites }))
    );
}

#[test]
fn who_creates_a_room_gets_the_invite() {
    let rows = [
        (None, "http://watch.example.org/r/movie-night"),
        (
            Some("https://film.example/"),
            "https://film.example/r/movie-night",
        ),
        (
            Some("javascript:alert(1)"),
            "http://watch.example.org/r/movie-night",
        ),
        // The invite stands in a line that is made to be copied into a shell.
        (
            Some("https://film.example/$(touch${IFS}x)"),
            "http://watch.example.org/r/movie-night",
        ),
        (
            Some("https://film.example/';id;'"),
            "http://watch.example.org/r/movie-night",
        ),
    ];
    for (public_url, invite) in rows {
        let mut welcome = Server::new().whole();
        welcome.created = true;
        welcome.public_url = public_url.map(str::to_owned);
        let mut story = Story::connecting(config());
        story.hello();
        let effects = story.receive(ServerMsg::Welcome(Box::new(welcome)));
        let invite = invite.to_owned();
        assert_eq!(
            notices(&effects),
            [
                Notice::Arrival(ArrivalNotice::RoomCreated { invite }),
                Notice::Arrival(ArrivalNotice::RoomIsNew { unlisted: false })
            ]
        );
    }
}

#[test]
fn a_server_that_goes_by_a_name_of_this_computer_invites_nobody() {
    let invite = "https://film.example/r/movie-night".to_owned();
    let rows = [
        (
            None,
            ArrivalNotice::OnlyHere {
                server: "http://127.0.0.1:8000".to_owned(),
                why: OnlyHere::NotOurs,
            },
        ),
        // Behind a proxy it knows better.
        (
            Some("https://film.example/"),
            ArrivalNotice::RoomCreated { invite },
        ),
    ];
    for (public_url, expected) in rows {
        let is_open = public_url.is_some();
        let is_new = ArrivalNotice::RoomIsNew { unlisted: false };
        let is_new = is_open.then_some(Notice::Arrival(is_new));
        let mut found = config();
        found.server = "http://127.0.0.1:8000".to_owned();
        let mut welcome = Server::new().whole();
        welcome.created = true;
        welcome.public_url = public_url.map(str::to_owned);
        let mut story = Story::connecting(found);
        story.hello();
        let effects = story.receive(ServerMsg::Welcome(Box::new(welcome)));
        let expected = [Some(Notice::Arrival(expected)), is_new];
        let expected: Vec<Notice> = expected.into_iter().flatten().collect();
        assert_eq!(notices(&effects), expected);
        let way_in = story.app.view().way_in();
        let is_here = way_in == Some(WayIn::OnlyHere(OnlyHere::NotOurs));
        assert_eq!(is_here, public_url.is_none());
    }
}

#[test]
fn a_welcome_over_a_slow_link_is_waited_for() {
    let server = Server::new();
    let mut story = Story::connecting(config());
    story.hello();
    for _ in 0..12 {
        let effects = story.pass(Span::seconds(5));
        assert_eq!(effects, [], "it is given up");
        assert_eq!(story.on(Event::Receiving), []);
    }
    let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    let joined = |outputs: &Output| matches!(outputs, Output::Joined { .. });
    assert!(outputs(&effects).iter().any(joined), "{effects:?}");
}

#[test]
fn a_server_that_says_everything_but_welcome_is_given_up() {
    let mut story = Story::connecting(config());
    story.hello();
    let mut effects = Vec::new();
    for _ in 0..60 {
        effects.extend(story.pass(Span::seconds(5)));
        let (seq, rev) = (Seq(1), Rev(1));
        effects.extend(story.receive(ServerMsg::Ok { seq, rev }));
    }
    assert_eq!(exit(&effects), Some(Exit::Unreachable), "{effects:?}");
}

#[test]
fn where_nobody_can_come_no_invite_is_handed_out() {
    let link = "http://192.168.1.5:8000/r/movie-night";
    let invites = vec![link.to_owned()];
    let invite = link.to_owned();
    let rows = [
        (Reach::OnlyHere(OnlyHere::NotAsked), vec![]),
        (
            Reach::Lan { invites },
            vec![Notice::Arrival(ArrivalNotice::RoomCreated { invite })],
        ),
    ];
    for (reach, expected) in rows {
        let mut here = config();
        here.reach = reach;
        let mut welcome = Server::new().whole();
        welcome.created = true;
        let mut story = Story::connecting(here);
        story.hello();
        let effects = story.receive(ServerMsg::Welcome(Box::new(welcome)));
        assert_eq!(notices(&effects), expected);
    }
}

#[test]
fn a_token_that_no_file_should_hold_is_not_kept() {
    for token in ["", "a\nb", &"x".repeat(300)] {
        let mut welcome = Server::new().whole();
        welcome.resume = token.to_owned();
        let mut story = Story::connecting(config());
        story.hello();
        let effects = story.receive(ServerMsg::Welcome(Box::new(welcome)));
        let keeps = |effect: &Effect| matches!(effect, Effect::KeepToken { .. });
        assert!(!effects.iter().any(keeps), "{token:?}");
        story.lose();
        story.pass(Span::seconds(1));
        assert_eq!(story.hello().resume, None);
    }
}

#[test]
fn what_was_asked_for_a_room_that_exists_is_left_aside_and_that_is_reported() {
    let mut unlisted = config();
    unlisted.create.visibility = Visibility::Unlisted;
    unlisted.name = name("Someone");
    let mut story = Story::connecting(unlisted);
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(Server::new().whole())));
    let name = name("Boris");
    let expected = [
        Notice::Arrival(ArrivalNotice::AlreadyExists),
        Notice::NameChanged { name },
    ];
    assert_eq!(notices(&effects), expected);
}

/// A client whose name the room gave, in a room that remembers its member as Boris.
fn named_by_room(called: &str, server: &Server) -> (Story, Vec<Effect>) {
    let mut chosen = config();
    chosen.name = name(called);
    chosen.chosen_name = Some(name(called));
    let mut story = Story::connecting(chosen);
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    (story, effects)
}

#[test]
fn a_chosen_name_counts_in_a_room_that_remembers_another() {
    let server = Server::new();
    let (mut story, effects) = named_by_room("Robert", &server);
    let rename = Command::Rename {
        name: name("Robert"),
    };
    assert_eq!(commands(&effects), [(1, rename)]);
    assert!(effects.contains(&Effect::KeepName(name("Robert"))));
    assert_eq!(notices(&effects), []);
    assert_eq!(outputs(&story.ok(1, 3)), []);
    // Once: whoever is called otherwise later wanted it so.
    assert_eq!(commands(&story.come_back(server.whole())), []);
}

#[test]
fn a_chosen_name_that_is_not_taken_is_reported_with_its_reason() {
    let (mut story, _) = named_by_room("Robert", &Server::new());
    let effects = story.denied(1, &Denied::Muted);
    let why = Why::Denied(Denied::Muted);
    let name = name("Boris");
    assert_eq!(notices(&effects), [Notice::NameKept { name, why }]);
}

#[test]
fn a_chosen_name_that_is_anothers_is_not_asked_for_again_and_again() {
    let mut server = Server::new();
    let renamed = |name| RoomEvent::Renamed {
        member: ME,
        name,
        was: None,
    };
    server.happen(renamed(name("Alice 2")));
    let (_, effects) = named_by_room("Alice", &server);
    assert_eq!(commands(&effects), []);
    let name_changed = Notice::NameChanged {
        name: name("Alice 2"),
    };
    assert_eq!(notices(&effects), [name_changed]);
    // The same name, and a number that nobody's name asks for any more.
    let (_, effects) = named_by_room("Alice 2", &server);
    assert_eq!(commands(&effects), []);
    server.happen(renamed(name("Bob 2")));
    let (_, effects) = named_by_room("Bob", &server);
    assert_eq!(commands(&effects).len(), 1);
}

#[test]
fn a_server_that_cannot_be_reached_at_first_ends_the_client() {
    let unreachable = Disconnect::Unreachable {
        error: SystemFault::foreign("refused").into(),
    };
    let not_a_server = Disconnect::NotAServer {
        error: SystemFault::foreign("404").into(),
    };
    let no_web_sockets = Disconnect::NoWebSockets {
        error: SystemFault::foreign("400").into(),
    };
    for why in [unreachable, not_a_server, no_web_sockets] {
        let mut story = Story::connecting(config());
        let effects = story.on(Event::Disconnected(why.clone()));
        let view = ConnectionView::Refused(Why::Unreachable(why));
        assert_eq!(outputs(&effects), [Output::Connection(view)]);
        assert_eq!(exit(&effects), Some(Exit::Unreachable));
        assert_eq!(story.line("anyone?"), []);
        assert_eq!(story.app.next_deadline(), None);
    }
}

#[test]
fn a_refusal_ends_the_client() {
    let mut story = Story::connecting(config());
    story.hello();
    let reason = Reason::new(&Refused::PasswordWrong, "no".into());
    let effects = story.receive(ServerMsg::Refused(reason));
    let why = Why::Refused(Refused::PasswordWrong);
    let view = Output::Connection(ConnectionView::Refused(why));
    assert_eq!(outputs(&effects), [view]);
    assert_eq!(exit(&effects), Some(Exit::Refused));
    assert_eq!(story.on(Event::Disconnected(Disconnect::Closed(None))), []);
}

#[test]
fn a_refusal_of_a_newer_server_is_shown_in_its_own_words_made_safe() {
    let mut story = Story::connecting(config());
    story.hello();
    let reason = Reason {
        code: "moon_phase".into(),
        args: serde_json::Value::Null,
        text: "not \u{1b}[31mtonight".into(),
    };
    let effects = story.receive(ServerMsg::Refused(reason));
    let outputs = outputs(&effects);
    let Output::Connection(ConnectionView::Refused(Why::Unknown(reason))) = &outputs[0] else {
        panic!("{outputs:?}");
    };
    assert_eq!(reason.text, "not [31mtonight");
    assert_eq!(exit(&effects), Some(Exit::Refused));
}

#[test]
fn a_server_that_is_going_down_is_tried_again_even_at_first() {
    let mut story = Story::connecting(config());
    story.hello();
    let closing = CloseReason::Known(Refused::ShuttingDown);
    let effects = story.on(Event::Disconnected(Disconnect::Closed(Some(closing))));
    assert_eq!(exit(&effects), None);
    assert!(connects(&story.pass(Span::seconds(1))));
}

#[test]
fn a_broken_server_that_sends_a_newcomer_events_is_asked_for_the_state() {
    let mut server = Server::new();
    let fact = server.chat("hi");
    let mut story = Story::connecting(config());
    story.hello();
    let welcome = server.welcome(CatchUp::Events(vec![fact]));
    let effects = story.receive(ServerMsg::Welcome(Box::new(welcome)));
    assert!(super::sends(&effects, &ClientMsg::State));
    let state = Box::new(server.room.clone());
    let effects = story.receive(ServerMsg::State { state });
    assert!(outputs(&effects).contains(&Output::Viewers(2)));
    assert_eq!(story.app.room().unwrap().at, RoomTime(1_000_003_000));
}

#[test]
fn a_second_welcome_changes_nothing() {
    let server = Server::new();
    let mut story = Story::joined(&server);
    let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    assert_eq!(effects, []);
}
