//! `/join` from one room to another.

use super::{Server, Story, answers, chat, commands, config, connects, exit, kept, outputs, sends};
use crate::app::effect::{Effect, Exit};
use crate::app::event::{Disconnect, Event};
use crate::app::output::{ConnectionView, Notice, Output, Why};
use crate::protocol::denied::Refused;
use crate::protocol::ids::{Rev, RoomId};
use crate::protocol::text::Title;
use crate::protocol::time::Span;
use crate::sync::player::{PlayerCommand, PlayerEvent, ProcessState};
use crate::system_fault::SystemFault;
use crate::wire::message::{CatchUp, ClientMsg, Reason, ServerMsg};

const OTHER: &str = "https://other.example";

fn unreachable() -> Disconnect {
    Disconnect::Unreachable {
        error: SystemFault::foreign("refused").into(),
    }
}

fn asks_for(effects: &[Effect], server: &str, room: &str) -> bool {
    effects.contains(&Effect::FindToken {
        server: server.into(),
        room: RoomId::parse(room).unwrap(),
    })
}

fn joined(effects: &[Effect]) -> Vec<String> {
    let rooms = outputs(effects)
        .into_iter()
        .filter_map(|outputs| match outputs {
            Output::Joined { room, .. } => Some(room.to_string()),
            _ => None,
        });
    rooms.collect()
}

#[test]
fn an_invite_leads_to_another_server_and_takes_no_secret_along() {
    let mut secretive = config();
    secretive.password = Some("sesame".into());
    secretive.create.title = Title::truncated("Ours");
    let server = Server::new();
    let mut story = Story::joined_with(secretive, &server);
    story.line("unanswered");
    let effects = story.line("/join https://other.example/r/lofi");
    assert_eq!(answers(&effects), [(1, Err(Why::Unanswered))]);
    assert!(
        !sends(&effects, &ClientMsg::Leave),
        "not before there is another"
    );
    assert!(effects.contains(&Effect::Disconnect));
    assert!(asks_for(&effects, OTHER, "lofi"), "{effects:?}");
    assert!(story.app.room().is_none());
    assert_eq!(story.lose(), [], "the old connection's end is nothing new");

    assert_eq!(story.line("waits"), []);
    let effects = story.on(Event::TokenFound(None));
    let server = OTHER.to_owned();
    assert_eq!(effects, [Effect::Connect { server }]);
    let hello = story.hello();
    assert_eq!(hello.room, RoomId::parse("lofi").unwrap());
    assert_eq!(
        (hello.password, hello.resume, hello.since),
        (None, None, None)
    );
    assert_eq!(hello.create.title, None);
    let effects = story.receive(ServerMsg::Welcome(Box::new(Server::new().whole())));
    assert_eq!(joined(&effects), ["lofi"]);
    assert_eq!(answers(&effects), [(2, Ok(2))]);
    assert_eq!(commands(&effects), [(1, chat("waits"))]);
}

#[test]
fn a_bare_name_stays_on_the_server() {
    let mut story = Story::joined(&Server::new());
    let effects = story.line("/join lofi");
    assert!(asks_for(&effects, "http://watch.example.org", "lofi"));
}

#[test]
fn a_room_that_does_not_let_us_in_leads_back() {
    let mut story = Story::joined(&Server::new());
    story.line("/join https://other.example/r/private");
    story.on(Event::TokenFound(None));
    story.hello();
    let reason = Reason::new(&Refused::PasswordNeeded, "no".into());
    let effects = story.receive(ServerMsg::Refused(reason));
    let why = Why::Refused(Refused::PasswordNeeded);
    let view = ConnectionView::Refused(why.clone());
    assert_eq!(outputs(&effects)[0], Output::Connection(view));
    assert_eq!(answers(&effects), [(1, Err(why))]);
    assert_eq!(exit(&effects), None);
    assert!(asks_for(
        &effects,
        "http://watch.example.org",
        "movie-night"
    ));
    let effects = story.on(kept("token-1"));
    assert!(connects(&effects));
    assert_eq!(story.hello().resume.as_deref(), Some("token-1"));
    let effects = story.receive(ServerMsg::Welcome(Box::new(Server::new().whole())));
    assert_eq!(joined(&effects), [""; 0], "the same member, who never left");
    assert_eq!(commands(&story.line("back")), [(1, chat("back"))]);
}

#[test]
fn the_media_plays_on_until_another_room_lets_us_in() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    story.on(Event::Player(PlayerEvent::Process(ProcessState::Ready {
        version: "0.35.1".into(),
        lacks: None,
    })));
    let fact = super::playing::load(&mut server, "https://example.org/film.mp4");
    story.facts(vec![fact]);
    story.pass(Span::seconds(3));
    let unload = Effect::Player(PlayerCommand::Unload);
    let mut effects = story.line("/join https://mistyped.example/r/xx");
    effects.extend(story.on(Event::TokenFound(None)));
    effects.extend(story.on(Event::Disconnected(unreachable())));
    effects.extend(story.on(kept("token-1")));
    assert!(!effects.contains(&unload), "{effects:?}");
    assert!(!sends(&effects, &ClientMsg::Leave));
    let hello = story.hello();
    assert_eq!(hello.since, Some(server.room().rev));
    let welcome = server.welcome(CatchUp::Events(Vec::new()));
    effects = story.receive(ServerMsg::Welcome(Box::new(welcome)));
    assert!(!effects.contains(&unload), "{effects:?}");

    story.line("/join lofi");
    story.on(Event::TokenFound(None));
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(Server::new().whole())));
    assert!(effects.contains(&unload), "{effects:?}");
}

#[test]
fn back_in_a_room_whose_server_is_away_every_line_is_answered_at_once() {
    let mut story = Story::joined(&Server::new());
    story.lose();
    story.line("/join https://mistyped.example/r/xx");
    assert_eq!(story.line("for the other room"), []);
    story.on(Event::TokenFound(None));
    story.on(Event::Disconnected(unreachable()));
    let effects = story.on(Event::TokenFound(None));
    let gone = || Err(Why::NotConnected { pausing: false });
    assert_eq!(answers(&effects), [(2, gone())]);
    story.on(Event::Disconnected(unreachable()));
    assert_eq!(answers(&story.line("anybody?")), [(3, gone())]);
    let effects = story.line("/who");
    let expected = [
        Output::Notice(Notice::OutOfDate),
        Output::Ok {
            line: 4,
            rev: Rev(2),
        },
    ];
    let outputs = outputs(&effects);
    assert_eq!([outputs[0].clone(), outputs[2].clone()], expected);
    let effects = story.line("/retry");
    assert!(connects(&effects));
    assert_eq!(answers(&effects), [(5, Ok(2))]);
    let effects = story.line("/quit");
    assert_eq!(answers(&effects), [(6, Ok(2))]);
    assert_eq!(exit(&effects), Some(Exit::Left));
}

#[test]
fn another_room_is_not_waited_for_by_what_was_meant_for_the_first() {
    let mut story = Story::connecting(config());
    story.line("hello");
    let effects = story.line("/join lofi");
    assert_eq!(answers(&effects), [(1, Err(Why::Unanswered))]);
    assert!(asks_for(&effects, "http://watch.example.org", "lofi"));
}

#[test]
fn a_server_that_is_not_there_leads_back_and_back_there_is_waited_for() {
    let mut story = Story::joined(&Server::new());
    story.line("/join https://other.example/r/lofi");
    story.on(Event::TokenFound(None));
    let effects = story.on(Event::Disconnected(unreachable()));
    let why = Why::Unreachable(unreachable());
    assert_eq!(answers(&effects), [(1, Err(why))]);
    story.on(Event::TokenFound(None));
    let effects = story.on(Event::Disconnected(unreachable()));
    assert_eq!(exit(&effects), None);
    assert!(connects(&story.pass(Span::seconds(1))));
}

#[test]
fn whoever_never_was_in_a_room_has_none_to_go_back_to() {
    let mut story = Story::connecting(config());
    story.line("/join https://other.example/r/lofi");
    story.on(Event::TokenFound(None));
    let effects = story.on(Event::Disconnected(unreachable()));
    let why = Why::Unreachable(unreachable());
    assert_eq!(answers(&effects), [(1, Err(why))]);
    assert_eq!(exit(&effects), Some(Exit::Unreachable));
}

#[test]
fn a_second_change_of_mind_answers_the_first() {
    let mut story = Story::joined(&Server::new());
    story.line("/join one");
    let effects = story.line("/join two");
    assert_eq!(answers(&effects), [(1, Err(Why::Unanswered))]);
    assert!(asks_for(&effects, "http://watch.example.org", "two"));
    story.on(Event::TokenFound(None));
    let effects = story.on(Event::Disconnected(unreachable()));
    assert!(asks_for(
        &effects,
        "http://watch.example.org",
        "movie-night"
    ));
}
