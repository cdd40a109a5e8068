//! Rooms that are not there any more, and how a room is made.

use super::{Server, Story, config, connects, exit, kept, name, notices};
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::effect::{Effect, Exit};
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::output::{ArrivalNotice, Notice};
use crate::app::room_tokens::RoomTokens;
use crate::app::screen::{Overlay, Question};
use crate::protocol::denied::Refused;
use crate::protocol::member::Visibility;
use crate::protocol::text::Title;
use crate::protocol::time::Span;
use crate::wire::message::{Hello, Reason, ServerMsg};

/// A client in a private room of a title, which it loses and comes back to in vain; what that
/// leads to.
fn gone(config: AppConfig) -> (Story, Vec<Effect>) {
    let mut server = Server::new();
    server.room.visibility = Visibility::Private;
    server.room.title = Title::truncated("Ours");
    let mut story = Story::joined_with(config, &server);
    story.lose();
    story.pass(Span::seconds(1));
    assert_eq!(story.hello().resume.as_deref(), Some("token-1"));
    let effects = absent(&mut story);
    (story, effects)
}

fn absent(story: &mut Story) -> Vec<Effect> {
    let reason = Reason::new(&Refused::NoSuchRoom, "gone".into());
    story.receive(ServerMsg::Refused(reason))
}

fn with_password() -> AppConfig {
    AppConfig {
        password: Some("sesame".into()),
        ..config()
    }
}

fn on_screen() -> AppConfig {
    AppConfig {
        screen: Some(ScreenConfig::default()),
        ..with_password()
    }
}

fn forgets(effects: &[Effect]) -> bool {
    let forgets = |effect: &Effect| matches!(effect, Effect::ForgetToken { .. });
    effects.iter().any(forgets)
}

fn looks_up(effects: &[Effect]) -> bool {
    let looks_up = |effect: &Effect| matches!(effect, Effect::FindToken { .. });
    effects.iter().any(looks_up)
}

/// The hello that follows once the tokens were looked up.
fn says_hello(story: &mut Story, found: Event) -> Hello {
    assert!(connects(&story.on(found)));
    story.hello()
}

fn chosen() -> RoomTokens {
    RoomTokens {
        chosen: Some("c".repeat(32)),
        ..RoomTokens::default()
    }
}

#[test]
fn where_nobody_can_be_asked_a_room_that_is_gone_is_the_end() {
    let (_, effects) = gone(with_password());
    assert!(forgets(&effects), "the same command again makes it anew");
    assert!(!connects(&effects) && !looks_up(&effects), "{effects:?}");
    assert_eq!(exit(&effects), Some(Exit::Refused));
}

#[test]
fn on_the_screen_the_member_chooses_and_the_room_is_made_as_it_was() {
    let (mut story, effects) = gone(on_screen());
    assert!(forgets(&effects));
    assert!(!connects(&effects) && !looks_up(&effects), "{effects:?}");
    assert_eq!(exit(&effects), None);
    let question = Overlay::Question(Question::MakeAgain(Visibility::Private));
    assert_eq!(story.app.screen().unwrap().overlay(), Some(&question));
    assert_eq!(story.pass(Span::seconds(60)), [], "it waits for the member");
    let effects = story.on(Event::Key(KeyPress::plain(Key::Enter)));
    assert!(looks_up(&effects), "{effects:?}");
    let hello = says_hello(&mut story, Event::TokenFound(Some(chosen())));
    assert_eq!((hello.resume, hello.token), (None, chosen().chosen));
    assert_eq!(hello.password, Some("sesame".into()));
    assert_eq!(hello.create.visibility, Visibility::Private);
    assert_eq!(hello.create.title, Title::truncated("Ours"));
}

#[test]
fn who_does_not_want_it_again_leaves() {
    let (mut story, _) = gone(on_screen());
    let effects = story.on(Event::Key(KeyPress::plain(Key::Esc)));
    assert_eq!(exit(&effects), Some(Exit::Refused));
}

#[test]
fn where_the_server_is_this_process_the_room_is_made_again_by_itself() {
    for screen in [None, Some(ScreenConfig::default())] {
        let here = AppConfig {
            hosts: Some(config().server),
            screen,
            ..config()
        };
        let mut story = Story::start(here).0;
        story.on(kept("of the last time"));
        assert_eq!(story.hello().resume.as_deref(), Some("of the last time"));
        let effects = absent(&mut story);
        assert!(forgets(&effects) && looks_up(&effects), "{effects:?}");
        let hello = says_hello(&mut story, Event::TokenFound(Some(chosen())));
        assert_eq!((hello.resume, hello.token), (None, chosen().chosen));
    }
}

#[test]
fn another_room_that_is_gone_leads_back_to_where_one_was() {
    let mut story = Story::joined(&Server::new());
    story.line("/join lofi");
    story.on(kept("old"));
    story.hello();
    let effects = absent(&mut story);
    assert_eq!(exit(&effects), None);
    assert!(forgets(&effects) && looks_up(&effects), "{effects:?}");
    story.on(kept("token-1"));
    assert_eq!(story.hello().room, config().room);
}

#[test]
fn a_room_is_made_as_it_was_when_the_client_is_started_anew() {
    let mut story = Story::start(config()).0;
    let found = RoomTokens {
        visibility: Some(Visibility::Private),
        ..chosen()
    };
    let hello = says_hello(&mut story, Event::TokenFound(Some(found)));
    assert_eq!(hello.create.visibility, Visibility::Private);
}

#[test]
fn a_password_makes_a_private_room_and_that_is_reported() {
    let mut unlisted = with_password();
    unlisted.create.visibility = Visibility::Unlisted;
    let mut asked = with_password();
    asked.create.visibility = Visibility::Private;
    for (config, is_noticed) in [(with_password(), true), (unlisted, true), (asked, false)] {
        let mut story = Story::connecting(config);
        assert_eq!(story.hello().create.visibility, Visibility::Private);
        let mut server = Server::new();
        server.room.visibility = Visibility::Private;
        let mut welcome = server.whole();
        welcome.created = true;
        let effects = story.receive(ServerMsg::Welcome(Box::new(welcome)));
        // The plain link would not let others in.
        let mut expected = vec![Notice::Arrival(ArrivalNotice::PrivateRoomCreated)];
        expected.extend(is_noticed.then_some(Notice::Arrival(ArrivalNotice::MadePrivate)));
        assert_eq!(notices(&effects), expected);
    }
}

#[test]
fn a_password_for_a_room_that_has_none_is_reported_as_unused_once() {
    for (config, visibility, is_noticed) in [
        (with_password(), Visibility::Public, true),
        (with_password(), Visibility::Unlisted, true),
        (with_password(), Visibility::Private, false),
        (config(), Visibility::Public, false),
    ] {
        let mut story = Story::connecting(config);
        let mut server = Server::new();
        server.room.visibility = visibility;
        assert_eq!(story.hello().resume, None);
        let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
        let unused = |effects: &[Effect]| {
            notices(effects).contains(&Notice::Arrival(ArrivalNotice::PasswordUnused))
        };
        assert_eq!(unused(&effects), is_noticed, "{visibility:?}");
    }
}

#[test]
fn the_chosen_token_goes_with_the_first_hello_and_then_is_the_own_one() {
    let mut server = Server::new();
    let token = "c".repeat(32);
    server.token = "cccccccccccccccccccccccccccccccc";
    let mut story = Story::start(config()).0;
    let hello = says_hello(&mut story, Event::TokenFound(Some(chosen())));
    assert_eq!((hello.resume, hello.token.as_ref()), (None, Some(&token)));
    let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    let keeps = |effect: &Effect| {
        matches!(effect, Effect::KeepToken { kept, .. }
            if kept.token == token && kept.visibility == Visibility::Public)
    };
    assert!(effects.iter().any(keeps), "{effects:?}");
    story.lose();
    story.pass(Span::seconds(1));
    let hello = story.hello();
    assert_eq!((hello.resume, hello.token), (Some(token), None));
}

/// Somebody who was in a private room of this name comes to one that is open now, of Eve's.
fn finds_open(config: AppConfig) -> (Story, Vec<Effect>) {
    let mut story = Story::start(config).0;
    let found = RoomTokens {
        visibility: Some(Visibility::Private),
        ..chosen()
    };
    let hello = says_hello(&mut story, Event::TokenFound(Some(found)));
    assert!(hello.create.only_private);
    let why = Refused::NotPrivate {
        admin: Some(name("Eve")),
    };
    let reason = Reason::new(&why, String::new());
    let effects = story.receive(ServerMsg::Refused(reason));
    (story, effects)
}

#[test]
fn an_open_room_in_place_of_the_private_one_is_joined_only_after_a_yes() {
    let (mut story, effects) = finds_open(on_screen());
    assert_eq!(exit(&effects), None);
    let screen = story.app.screen().unwrap();
    assert_eq!(
        screen.overlay(),
        Some(&Overlay::Question(Question::JoinOpen))
    );
    assert_eq!(screen.open_room_of(), Some(&name("Eve")));
    let effects = story.on(Event::Key(KeyPress::plain(Key::Enter)));
    assert!(connects(&effects), "{effects:?}");
    let hello = story.hello();
    assert_eq!(hello.password, None, "it opened another room");
    assert!(!hello.create.only_private);
    assert_eq!(hello.create.visibility, Visibility::Public);
}

#[test]
fn a_no_to_the_open_room_leaves() {
    let (mut story, _) = finds_open(on_screen());
    let effects = story.on(Event::Key(KeyPress::plain(Key::Esc)));
    assert_eq!(exit(&effects), Some(Exit::Refused));
}

#[test]
fn where_nobody_can_be_asked_the_open_room_is_not_joined() {
    let (_, effects) = finds_open(with_password());
    assert_eq!(exit(&effects), Some(Exit::Refused));
}
