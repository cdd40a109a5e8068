//! Keys of the gallery, and what is asked for before there is a room.

use super::{Keys, with_screen};
use crate::app::config::{AppConfig, NAMELESS, ScreenConfig};
use crate::app::effect::{Effect, Exit};
use crate::app::event::Event;
use crate::app::event::{FeedNews, RoomsFault};
use crate::app::key::{Key, KeyPress};
use crate::app::output::{ArrivalNotice, Notice, Output};
use crate::app::screen::gallery::ListState;
use crate::app::screen::{Overlay, Prompt, ToastContent};
use crate::app::tests::config;
use crate::app::tests::{Server, Story, commands, connects, exit, name};
use crate::protocol::command::Command;
use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::protocol::member::Role;
use crate::protocol::text::TextError;
use crate::protocol::time::{Position, Span};
use crate::wire::message::{Reason, ServerMsg};
use crate::wire::pages::{GalleryEvent, RoomCard};

pub(super) fn card(id: &str, viewers: u32) -> RoomCard {
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
    let copied = keys.press(KeyPress::alt('i'));
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

/// The orders that are about feeds.
fn feed_orders(effects: Vec<Effect>) -> Vec<Effect> {
    let is_one =
        |effect: &Effect| matches!(effect, Effect::FollowRooms { .. } | Effect::UnfollowRooms);
    effects.into_iter().filter(is_one).collect()
}

fn asks(effects: &[Effect]) -> bool {
    let asks = |effect: &Effect| matches!(effect, Effect::AskRooms { .. });
    effects.iter().any(asks)
}

const SERVER: &str = "http://watch.example.org";

/// What the feed of the server says.
fn feed(news: FeedNews) -> Event {
    let server = SERVER.to_owned();
    Event::RoomsFeed { server, news }
}

/// The feed's first event, with these rooms.
fn snapshot(rooms: Vec<RoomCard>) -> Event {
    feed(FeedNews::Event(GalleryEvent::Snapshot { rooms }))
}

fn answer(rooms: Vec<RoomCard>) -> Event {
    Event::Rooms {
        server: SERVER.to_owned(),
        answer: Ok(rooms),
    }
}

fn shown(keys: &Keys) -> Vec<(String, u32)> {
    let shown = keys.screen().gallery().shown();
    let shown = shown.into_iter();
    shown
        .map(|room| (room.id.to_string(), room.viewers))
        .collect()
}

#[test]
fn the_feed_is_followed_after_the_first_answer_and_nothing_is_asked_while_it_lasts() {
    let (story, _) = Story::start(AppConfig {
        screen: Some(ScreenConfig {
            gallery_first: true,
            ..ScreenConfig::default()
        }),
        ..config()
    });
    let mut keys = Keys { story };
    let effects = keys.story.on(answer(vec![card("lofi", 3)]));
    let server = SERVER.to_owned();
    assert_eq!(feed_orders(effects), [Effect::FollowRooms { server }]);
    assert_eq!(keys.screen().gallery().state(), ListState::Polled);
    // Until it speaks, the rooms are asked for.
    assert!(asks(&keys.story.pass(Span::seconds(4))));
    keys.story
        .on(snapshot(vec![card("lofi", 4), card("shorts", 1)]));
    assert_eq!(keys.screen().gallery().state(), ListState::Live);
    assert!(!asks(&keys.story.pass(Span::seconds(120))));
    // An answer that was on its way is older.
    keys.story.on(answer(Vec::new()));
    assert_eq!(
        shown(&keys),
        [("lofi".to_owned(), 4), ("shorts".to_owned(), 1)]
    );
    let changes = GalleryEvent::Changes {
        changed: vec![card("shorts", 9), card("new-room", 2)],
        removed: vec![RoomId::parse("lofi").unwrap()],
    };
    keys.story.on(feed(FeedNews::Event(changes)));
    assert_eq!(
        shown(&keys),
        [("shorts".to_owned(), 9), ("new-room".to_owned(), 2)]
    );
    // Nobody looks any more.
    let effects = keys.key(Key::Enter);
    assert_eq!(feed_orders(effects), [Effect::UnfollowRooms]);
}

#[test]
fn a_card_that_does_not_change_runs_on_while_others_do() {
    let mut keys = in_gallery();
    let playing: RoomCard = serde_json::from_value(serde_json::json!({
        "id": "lofi", "title": null, "viewers": 2, "since": 1.0,
        "playing": {
            "kind": "MP4", "title": null, "position": 10.0, "duration": 60.0, "rate": 1.0,
            "paused": false, "live": false
        }
    }))
    .unwrap();
    keys.story.on(snapshot(vec![playing]));
    keys.story.pass(Span::seconds(20));
    let changed = vec![card("shorts", 1)];
    let removed = Vec::new();
    keys.story.on(feed(FeedNews::Event(GalleryEvent::Changes {
        changed,
        removed,
    })));
    let gallery = keys.screen().gallery();
    let age = keys.story.app.local_now() - gallery.updated().unwrap();
    let lofi = gallery
        .rooms()
        .iter()
        .find(|room| room.id.as_str() == "lofi");
    let here = lofi.unwrap().playing.as_ref().unwrap().position_after(age);
    assert_eq!(here, Position::seconds(30));
}

#[test]
fn a_feed_that_ends_is_asked_for_again_after_an_answer() {
    let mut keys = in_gallery();
    keys.story.on(snapshot(vec![card("lofi", 3)]));
    let effects = keys.story.on(feed(FeedNews::Ended));
    assert!(feed_orders(effects).is_empty());
    assert_eq!(keys.screen().gallery().state(), ListState::Polled);
    assert!(asks(&keys.story.pass(Span::seconds(4))));
    let effects = keys.story.on(answer(vec![card("lofi", 3)]));
    let server = SERVER.to_owned();
    assert_eq!(feed_orders(effects), [Effect::FollowRooms { server }]);
}

#[test]
fn a_server_without_a_feed_is_asked_every_few_seconds() {
    let mut keys = in_gallery();
    keys.story.on(feed(FeedNews::NotOffered));
    for _ in 0..3 {
        assert!(asks(&keys.story.pass(Span::seconds(4))));
        let effects = keys.story.on(answer(vec![card("lofi", 3)]));
        assert!(feed_orders(effects).is_empty(), "it has none");
        assert_eq!(keys.screen().gallery().state(), ListState::Polled);
    }
}

#[test]
fn another_server_ends_the_feed_of_the_first() {
    let mut keys = in_gallery();
    keys.story.on(snapshot(vec![card("lofi", 3)]));
    keys.press(KeyPress::ctrl('o'));
    keys.press(KeyPress::ctrl('u'));
    keys.write("https://other.example");
    let effects = keys.key(Key::Enter);
    assert!(asks(&effects));
    assert_eq!(feed_orders(effects), [Effect::UnfollowRooms]);
    // What was on its way is not of this server.
    keys.story.on(snapshot(vec![card("lofi", 3)]));
    assert!(keys.screen().gallery().rooms().is_empty());
    keys.story.on(Event::Rooms {
        server: "https://other.example".to_owned(),
        answer: Ok(Vec::new()),
    });
    assert_eq!(keys.screen().gallery().state(), ListState::Polled);
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
    keys.write("!?");
    keys.key(Key::Enter);
    assert_eq!(keys.toast(), Some(&ToastContent::BadRoom));
    keys.press(KeyPress::ctrl('u'));
    keys.write("New Room");
    let effects = keys.key(Key::Enter);
    assert_eq!(joins(&effects), Some(("https://other.example", "new-room")));
    let mended = ArrivalNotice::RoomNameMended {
        written: "New Room".into(),
        room: RoomId::parse("new-room").unwrap(),
    };
    let said = Effect::Output(Output::Notice(Notice::Arrival(mended)));
    assert!(effects.contains(&said), "{effects:?}");
}

/// The name that a new room is offered, after this search.
fn offered(keys: &mut Keys, search: &str) -> String {
    keys.write(search);
    keys.press(KeyPress::ctrl('n'));
    let Some(Overlay::Prompt(Prompt::NewRoom, name)) = keys.screen().overlay() else {
        panic!("no prompt");
    };
    name.text().to_owned()
}

#[test]
fn a_new_room_is_offered_the_searched_name_if_none_of_the_rooms_has_it() {
    let mut here = Keys::in_room(Role::Admin);
    let room = here.story.app.room_id().to_string();
    here.key(Key::F(2));
    assert_eq!(offered(&mut here, &room), format!("{room}-2"));
    let listed = |search: &str, rooms: &[&str]| {
        let mut keys = in_gallery();
        let cards = rooms.iter().map(|room| card(room, 1));
        keys.story.on(snapshot(cards.collect()));
        offered(&mut keys, search)
    };
    assert_eq!(listed("", &["lofi"]), "", "everybody would take it");
    assert_eq!(listed("anime", &["lofi"]), "anime");
    assert_eq!(listed("lofi-9", &["lofi-9", "lofi-10"]), "lofi-11");
    assert_eq!(listed("!?", &["lofi"]), "");
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
        Some(Overlay::Prompt(Prompt::Name(_), _))
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

/// A gallery that is shown to somebody who has no name yet.
fn nameless_in_gallery() -> Keys {
    let screen = ScreenConfig {
        gallery_first: true,
        ask_name: true,
        ..ScreenConfig::default()
    };
    let (story, effects) = Story::start(AppConfig {
        screen: Some(screen),
        ..config()
    });
    let asks = |effect: &Effect| matches!(effect, Effect::AskRooms { .. });
    assert!(effects.iter().any(asks), "{effects:?}");
    let mut keys = Keys { story };
    keys.story.on(Event::Rooms {
        server: "http://watch.example.org".to_owned(),
        answer: Ok(vec![card("lofi", 3)]),
    });
    keys
}

#[test]
fn the_name_is_asked_for_over_the_gallery_which_is_there_without_one() {
    let mut keys = nameless_in_gallery();
    let is_asked = |keys: &Keys| {
        matches!(
            keys.screen().overlays(),
            [Overlay::Gallery, Overlay::Prompt(Prompt::Name(_), _)]
        )
    };
    assert!(is_asked(&keys));
    let effects = keys.key(Key::Esc);
    assert_eq!(exit(&effects), None, "the list can be looked at");
    assert_eq!(keys.screen().overlay(), Some(&Overlay::Gallery));
    assert_eq!(keys.screen().gallery().rooms().len(), 1);
    // Nobody goes into a room without a name.
    assert_eq!(joins(&keys.key(Key::Enter)), None);
    assert!(is_asked(&keys));
    keys.key(Key::Esc);
    assert_eq!(joins(&keys.key(Key::Enter)), None);
    keys.press(KeyPress::ctrl('u'));
    keys.write("Лена");
    let effects = keys.key(Key::Enter);
    assert!(effects.contains(&Effect::KeepName(name("Лена"))));
    let there = ("http://watch.example.org", "lofi");
    assert_eq!(joins(&effects), Some(there));
    assert_eq!(keys.screen().overlay(), None);
}

#[test]
fn a_name_for_the_gallery_leaves_its_rooms_in_sight() {
    let mut keys = nameless_in_gallery();
    keys.press(KeyPress::ctrl('u'));
    keys.write("Лена");
    let effects = keys.key(Key::Enter);
    assert!(effects.contains(&Effect::KeepName(name("Лена"))));
    assert_eq!(keys.screen().overlays(), [Overlay::Gallery]);
    assert_eq!(keys.screen().gallery().rooms().len(), 1);
    assert!(joins(&keys.key(Key::Enter)).is_some());
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
    // What is typed while it is checked is hidden, is no message, and waits for its Enter.
    keys.write("popcorn");
    assert_eq!(keys.key(Key::Enter), []);
    assert_eq!(keys.line(), "");
    assert!(matches!(
        keys.screen().overlay(),
        Some(Overlay::Prompt(prompt @ Prompt::Checking(_), _)) if prompt.is_secret()
    ));
    keys.story.receive(refuse(&Refused::PasswordWrong));
    assert!(matches!(
        keys.screen().overlay(),
        Some(Overlay::Prompt(Prompt::Password(_), editor)) if editor.text() == "popcorn"
    ));
    assert!(connects(&keys.key(Key::Enter)));
    assert_eq!(keys.story.hello().password, Some("popcorn".into()));
    keys.story.receive(refuse(&Refused::PasswordWrong));
    assert_eq!(exit(&keys.key(Key::Esc)), Some(Exit::Refused));
}

#[test]
fn the_box_of_the_password_closes_on_entry_and_with_the_keys_that_give_up() {
    let asked = || {
        let mut story = Story::connecting(with_screen());
        story.hello();
        let needed = Reason::new(&Refused::PasswordNeeded, "no".into());
        story.receive(ServerMsg::Refused(needed));
        let mut keys = Keys { story };
        keys.write("popcorn");
        keys.key(Key::Enter);
        keys
    };
    let mut keys = asked();
    keys.story.hello();
    let welcome = Server::with(Role::Viewer).whole();
    keys.story.receive(ServerMsg::Welcome(Box::new(welcome)));
    assert_eq!(keys.screen().overlay(), None);
    for press in [KeyPress::plain(Key::Esc), KeyPress::ctrl('c')] {
        assert_eq!(exit(&asked().press(press)), Some(Exit::Refused));
    }
}

/// A password that is typed before it is asked for must not be said in the room.
#[test]
fn nothing_that_is_written_before_one_is_in_becomes_a_message() {
    let mut keys = Keys {
        story: Story::connecting(with_screen()),
    };
    keys.write("popcorn");
    keys.key(Key::Enter);
    assert_eq!(keys.line(), "popcorn");
    keys.story.hello();
    let welcome = Server::with(Role::Viewer).whole();
    let effects = keys.story.receive(ServerMsg::Welcome(Box::new(welcome)));
    assert_eq!(super::sent(&effects), []);
    assert_eq!(keys.line(), "popcorn");
}

#[test]
fn what_creates_a_room_is_asked_for_and_is_not_the_rooms_password() {
    let mut story = Story::connecting(with_screen());
    story.hello();
    let refuse = |refused: &Refused| ServerMsg::Refused(Reason::new(refused, "no".into()));
    let effects = story.receive(refuse(&Refused::CreatePasswordNeeded));
    assert_eq!(exit(&effects), None);
    let mut keys = Keys { story };
    keys.write("popcorn");
    assert!(connects(&keys.key(Key::Enter)));
    let hello = keys.story.hello();
    assert_eq!(hello.create.key, Some("popcorn".into()));
    assert_eq!(hello.password, None);
    let effects = keys.story.receive(refuse(&Refused::CreatePasswordWrong));
    assert_eq!(exit(&effects), None);
    assert_eq!(exit(&keys.key(Key::Esc)), Some(Exit::Refused));
}
