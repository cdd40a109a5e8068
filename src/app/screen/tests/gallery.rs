//! Keys of the gallery, and what is asked for before there is a room.

use super::{Keys, with_screen};
use crate::app::config::{AppConfig, NAMELESS, ScreenConfig};
use crate::app::effect::{Effect, Exit};
use crate::app::event::Event;
use crate::app::event::RoomsFault;
use crate::app::key::{Key, KeyPress};
use crate::app::screen::{Overlay, Prompt, ToastContent};
use crate::app::tests::config;
use crate::app::tests::{Server, Story, commands, connects, exit, name};
use crate::protocol::command::Command;
use crate::protocol::denied::Refused;
use crate::protocol::text::TextError;
use crate::protocol::time::Span;
use crate::wire::message::{Reason, ServerMsg};
use crate::wire::pages::RoomCard;

fn card(id: &str, viewers: u32) -> RoomCard {
    serde_json::from_value(serde_json::json!({
        "id": id, "title": null, "viewers": viewers, "playing": null, "since": 1.0
    }))
    .unwrap()
}

/// A client that began with the gallery, which has three rooms.
pub(super) fn in_gallery() -> Keys {
    let screen = ScreenConfig {
        gallery_first: true,
        ..ScreenConfig::default()
    };
    let (story, effects) = Story::start(AppConfig {
        screen: Some(screen),
        ..config()
    });
    assert!(!connects(&effects), "no room is wanted yet");
    let asks = |effect: &Effect| matches!(effect, Effect::AskRooms { .. });
    assert!(effects.iter().any(asks), "{effects:?}");
    let mut keys = Keys { story };
    keys.story.on(Event::Rooms {
        server: "http://watch.example.org".to_owned(),
        answer: Ok(vec![
            card("lofi", 3),
            card("nosferatu", 41),
            card("shorts", 7),
        ]),
    });
    keys
}

/// Where the client goes now, if anywhere.
pub(super) fn joins(effects: &[Effect]) -> Option<(&str, &str)> {
    effects.iter().find_map(|effect| match effect {
        Effect::FindToken { server, room } => Some((server.as_str(), room.as_str())),
        _ => None,
    })
}

#[test]
fn a_room_of_the_gallery_is_joined_by_enter() {
    let mut keys = in_gallery();
    keys.key(Key::Down);
    let effects = keys.key(Key::Enter);
    let there = ("http://watch.example.org", "shorts");
    assert_eq!(joins(&effects), Some(there));
    assert_eq!(keys.screen().overlay(), None);
}

#[test]
fn typing_searches_tab_sorts_and_an_invite_is_joined() {
    let mut keys = in_gallery();
    keys.write("lo");
    let shown: Vec<&str> = keys
        .screen()
        .gallery()
        .shown()
        .iter()
        .map(|r| r.id.as_str())
        .collect();
    assert_eq!(shown, ["lofi"]);
    keys.key(Key::Esc);
    keys.key(Key::Tab);
    let shown: Vec<&str> = keys
        .screen()
        .gallery()
        .shown()
        .iter()
        .map(|r| r.id.as_str())
        .collect();
    assert_eq!(shown, ["lofi", "nosferatu", "shorts"]);
    let copied = keys.press(KeyPress::ctrl('y'));
    let invite = "http://watch.example.org/r/lofi".to_owned();
    assert!(copied.contains(&Effect::Copy(invite)));
    keys.story
        .on(Event::Paste("https://h.example/r/our-place\n".to_owned()));
    let effects = keys.key(Key::Enter);
    assert_eq!(joins(&effects), Some(("https://h.example", "our-place")));
}

#[test]
fn over_a_slow_link_one_question_is_asked_at_a_time() {
    let mut keys = in_gallery();
    let asks = |effects: &[Effect]| {
        let asks = |effect: &&Effect| matches!(effect, Effect::AskRooms { .. });
        effects.iter().filter(asks).count()
    };
    assert_eq!(asks(&keys.story.pass(Span::seconds(4))), 1);
    assert_eq!(asks(&keys.story.pass(Span::seconds(50))), 0, "unanswered");
    let server = "http://watch.example.org".to_owned();
    let answer = Ok(vec![card("lofi", 3)]);
    keys.story.on(Event::Rooms { server, answer });
    assert_eq!(asks(&keys.story.pass(Span::seconds(4))), 1);
}

#[test]
fn new_rooms_and_other_servers_are_asked_for() {
    let mut keys = in_gallery();
    keys.press(KeyPress::ctrl('o'));
    keys.press(KeyPress::ctrl('u'));
    keys.write("https://other.example");
    let effects = keys.key(Key::Enter);
    let server = "https://other.example".to_owned();
    assert!(effects.contains(&Effect::AskRooms {
        server: server.clone()
    }));
    let answer = Err(RoomsFault::NotAServer);
    keys.story.on(Event::Rooms { server, answer });
    assert!(keys.screen().gallery().fault().is_some());
    keys.press(KeyPress::ctrl('n'));
    keys.press(KeyPress::ctrl('u'));
    keys.write("Not A Room");
    keys.key(Key::Enter);
    assert_eq!(keys.toast(), Some(&ToastContent::BadRoom));
    keys.press(KeyPress::ctrl('u'));
    keys.write("new-room");
    let effects = keys.key(Key::Enter);
    assert_eq!(joins(&effects), Some(("https://other.example", "new-room")));
}

#[test]
fn a_room_that_is_not_to_be_had_leads_back_to_the_gallery() {
    let mut keys = in_gallery();
    keys.key(Key::Enter);
    keys.story.on(Event::TokenFound(None));
    keys.story.hello();
    let reason = Reason::new(&Refused::RoomFull { limit: 2 }, "full".into());
    let effects = keys.story.receive(ServerMsg::Refused(reason));
    assert_eq!(exit(&effects), None);
    assert_eq!(keys.screen().overlay(), Some(&Overlay::Gallery));
    assert!(matches!(keys.toast(), Some(ToastContent::Why(_))));
    let effects = keys.key(Key::Esc);
    assert_eq!(exit(&effects), Some(Exit::Left));
}

/// A screen that asks for the member's name before it connects.
fn asking_for_a_name() -> AppConfig {
    AppConfig {
        screen: Some(ScreenConfig {
            ask_name: true,
            ..ScreenConfig::default()
        }),
        ..config()
    }
}

#[test]
fn a_first_start_asks_for_the_name_before_it_connects() {
    let (story, effects) = Story::start(asking_for_a_name());
    assert_eq!(joins(&effects), None);
    let mut keys = Keys { story };
    assert!(matches!(
        keys.screen().overlay(),
        Some(Overlay::Prompt(Prompt::Name, _))
    ));
    keys.press(KeyPress::ctrl('u'));
    keys.key(Key::Enter);
    assert_eq!(keys.toast(), Some(&ToastContent::BadName(TextError::Empty)));
    keys.write("Лена");
    let effects = keys.key(Key::Enter);
    assert!(effects.contains(&Effect::KeepName(name("Лена"))));
    assert!(joins(&effects).is_some());
    keys.story.on(Event::TokenFound(None));
    assert_eq!(keys.story.hello().name, name("Лена"));
    // The room remembers Boris.
    let welcome = ServerMsg::Welcome(Box::new(Server::new().whole()));
    let effects = keys.story.receive(welcome);
    let rename = Command::Rename {
        name: name("Лена")
    };
    assert_eq!(commands(&effects), [(1, rename)]);
}

#[test]
fn who_is_called_nothing_yet_writes_a_name_on_an_empty_line() {
    let (story, _) = Story::start(AppConfig {
        name: name(NAMELESS),
        ..asking_for_a_name()
    });
    let mut keys = Keys { story };
    keys.write("Ada");
    assert!(
        keys.key(Key::Enter)
            .contains(&Effect::KeepName(name("Ada")))
    );
}

#[test]
fn a_password_is_asked_for_and_can_be_given_again() {
    let mut story = Story::connecting(with_screen());
    story.hello();
    let refuse = |refused: &Refused| ServerMsg::Refused(Reason::new(refused, "no".into()));
    let effects = story.receive(refuse(&Refused::PasswordNeeded));
    assert_eq!(exit(&effects), None);
    let mut keys = Keys { story };
    keys.write("wrong");
    assert!(connects(&keys.key(Key::Enter)));
    assert_eq!(keys.story.hello().password, Some("wrong".into()));
    keys.story.receive(refuse(&Refused::PasswordWrong));
    assert!(matches!(
        keys.screen().overlay(),
        Some(Overlay::Prompt(Prompt::Password(_), editor)) if editor.is_empty()
    ));
    assert_eq!(exit(&keys.key(Key::Esc)), Some(Exit::Refused));
}
