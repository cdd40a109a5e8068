//! Links into the member's own network: the question, its answers, and the command.

use super::Keys;
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::key::Key;
use crate::app::output::{LinkTrust, Notice, Output, PlayerView};
use crate::app::room_tokens::RoomTokens;
use crate::app::screen::{Overlay, Question};
use crate::app::tests::playing::{PRIVATE, load, ready};
use crate::app::tests::{Server, Story};
use crate::media::policy::Privacy;
use crate::protocol::time::{RoomTime, Span};
use crate::sync::player::PlayerEvent;
use crate::wire::message::ServerMsg;

/// A member with a screen in whose room a link leads into their network.
fn asked() -> Keys {
    let mut server = Server::new();
    load(&mut server, PRIVATE);
    let mut story = Story::joined_with(super::with_screen(), &server);
    story.on(Event::Player(PlayerEvent::Process(ready())));
    Keys { story }
}

fn is_asked(keys: &Keys) -> bool {
    keys.screen().overlay() == Some(&Overlay::Question(Question::TrustLinks))
}

/// What is ordered about trust, in order: whether links may lead anywhere, whether that is kept, and
/// what the player does.
fn ordered(effects: &[Effect]) -> Vec<&'static str> {
    let told = effects.iter().filter_map(|effect| match effect {
        Effect::SetPrivacy(Privacy::AllowPrivate) => Some("open"),
        Effect::SetPrivacy(Privacy::PublicOnly) => Some("closed"),
        Effect::KeepTrust {
            trusted: Some(_), ..
        } => Some("kept"),
        Effect::KeepTrust { trusted: None, .. } => Some("forgotten"),
        Effect::Output(Output::Player(PlayerView::Loading)) => Some("loading"),
        Effect::Output(Output::Player(PlayerView::Refused(_))) => Some("refused"),
        _ => None,
    });
    told.collect()
}

#[test]
fn a_yes_opens_the_link_at_once_and_is_kept_for_the_room() {
    let mut keys = asked();
    assert!(is_asked(&keys));
    assert_eq!(
        ordered(&keys.key(Key::Char('y'))),
        [""; 0],
        "too soon: it was meant for the chat"
    );
    assert_eq!(keys.line(), "y");
    keys.key(Key::Backspace);
    assert!(is_asked(&keys));
    keys.story.pass(Span::seconds(2));
    let effects = keys.key(Key::Char('y'));
    assert_eq!(ordered(&effects), ["kept", "open", "loading"]);
    assert!(!is_asked(&keys));
}

#[test]
fn a_no_leaves_it_closed_and_says_what_opens_it() {
    let mut keys = asked();
    keys.story.pass(Span::seconds(2));
    let effects = keys.key(Key::Char('n'));
    assert_eq!(ordered(&effects), ["forgotten"]);
    let closed = Output::Notice(Notice::LinksTrusted(LinkTrust::Closed));
    assert!(effects.contains(&Effect::Output(closed)), "{effects:?}");
    assert_eq!(
        ordered(&keys.story.line("/trust")),
        ["kept", "open", "loading"]
    );
    let effects = keys.story.line("/trust off");
    assert_eq!(ordered(&effects), ["forgotten", "closed", "refused"]);
    assert!(!is_asked(&keys), "it is asked once");
}

#[test]
fn a_letter_of_a_message_is_no_answer() {
    let mut keys = asked();
    keys.story.pass(Span::seconds(2));
    keys.write("hey all");
    assert!(!is_asked(&keys));
    assert_eq!(keys.line(), "hey all");
    let effects = keys.key(Key::Enter);
    assert_eq!(ordered(&effects), [""; 0]);
    assert!(is_asked(&keys), "it comes back when the message is sent");
    assert_eq!(ordered(&keys.key(Key::Enter)), [""; 0], "too soon");
}

#[test]
fn who_writes_is_not_asked() {
    let mut server = Server::new();
    let mut story = Story::joined_with(super::with_screen(), &server);
    story.on(Event::Player(PlayerEvent::Process(ready())));
    let mut keys = Keys { story };
    keys.write("see yo");
    keys.story.facts(vec![load(&mut server, PRIVATE)]);
    assert!(!is_asked(&keys));
    keys.write("u");
    assert_eq!(keys.line(), "see you");
}

#[test]
fn a_question_about_a_link_that_is_off_goes_away() {
    let mut server = Server::new();
    load(&mut server, PRIVATE);
    let mut story = Story::joined_with(super::with_screen(), &server);
    story.on(Event::Player(PlayerEvent::Process(ready())));
    let mut keys = Keys { story };
    assert!(is_asked(&keys));
    keys.story
        .facts(vec![load(&mut server, "https://example.org/film.mp4")]);
    assert!(!is_asked(&keys));
}

/// A client that trusted a room of this name that was created at `trusted`, in the room that the server
/// has now; what is ordered about trust on the way there.
fn comes_in(server: &mut Server, trusted: RoomTime) -> Vec<&'static str> {
    let (mut story, _) = Story::start(super::with_screen());
    let mut effects = story.on(Event::TokenFound(Some(RoomTokens {
        trusted: Some(trusted),
        ..RoomTokens::default()
    })));
    story.hello();
    effects.extend(story.receive(ServerMsg::Welcome(Box::new(server.whole()))));
    effects.extend(story.on(Event::Player(PlayerEvent::Process(ready()))));
    ordered(&effects)
}

#[test]
fn a_room_that_was_trusted_before_is_trusted_again() {
    let mut server = Server::new();
    load(&mut server, PRIVATE);
    let created = server.room().created;
    assert_eq!(comes_in(&mut server, created), ["open", "loading"]);
}

#[test]
fn a_later_room_of_the_same_name_is_not_trusted() {
    let mut server = Server::new();
    let earlier = server.room().created;
    server.reopen_anew();
    load(&mut server, PRIVATE);
    assert_eq!(comes_in(&mut server, earlier), ["refused"]);
}

#[test]
fn a_room_that_is_made_anew_while_one_is_away_is_not_trusted() {
    let mut server = Server::new();
    load(&mut server, PRIVATE);
    let mut story = Story::joined_with(super::with_screen(), &server);
    story.on(Event::Player(PlayerEvent::Process(ready())));
    let effects = story.line("/trust");
    assert_eq!(ordered(&effects), ["kept", "open", "loading"]);
    server.reopen_anew();
    load(&mut server, PRIVATE);
    let effects = story.come_back(server.whole());
    let ordered = ordered(&effects);
    assert!(
        ordered.contains(&"closed") && ordered.contains(&"refused"),
        "{ordered:?}"
    );
}
