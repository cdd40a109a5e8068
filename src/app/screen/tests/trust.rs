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
use crate::protocol::command::{Command, Report};
use crate::protocol::time::{RoomTime, Span};
use crate::sync::player::PlayerEvent;
use crate::wire::message::{ClientMsg, HealthState, ServerMsg};

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
        Effect::KeepTrust { trusted: true, .. } => Some("kept"),
        Effect::KeepTrust { trusted: false, .. } => Some("forgotten"),
        Effect::Output(Output::Player(PlayerView::Loading)) => Some("loading"),
        Effect::Output(Output::Player(PlayerView::Refused(_))) => Some("refused"),
        _ => None,
    });
    told.collect()
}

/// Types a line and Enter.
fn say(keys: &mut Keys, line: &str) -> Vec<Effect> {
    keys.write(line);
    keys.key(Key::Enter)
}

#[test]
fn a_yes_opens_the_link_at_once_and_is_kept_for_the_room() {
    let mut keys = asked();
    assert!(is_asked(&keys));
    assert_eq!(
        ordered(&say(&mut keys, "y")),
        [""; 0],
        "too soon: it was meant for the chat"
    );
    assert!(is_asked(&keys));
    keys.story.pass(Span::seconds(2));
    let effects = say(&mut keys, "y");
    assert_eq!(ordered(&effects), ["kept", "open", "loading"]);
    assert!(!is_asked(&keys));
    assert_eq!(keys.line(), "", "an answer is no line for the chat");
}

#[test]
fn what_is_written_while_it_is_asked_goes_to_the_chat_whole() {
    let mut keys = asked();
    keys.story.pass(Span::seconds(2));
    keys.write("hey all, yes");
    assert_eq!(keys.line(), "hey all, yes");
    let effects = keys.key(Key::Enter);
    assert_eq!(ordered(&effects), [""; 0]);
    let said = effects.iter().any(|effect| {
        matches!(effect, Effect::Send(ClientMsg::Command { command: Command::Chat { text }, .. })
            if text.as_str() == "hey all, yes")
    });
    assert!(said, "{effects:?}");
    assert!(is_asked(&keys));
    keys.key(Key::Enter);
    assert!(is_asked(&keys), "nothing was said");
    assert_eq!(ordered(&say(&mut keys, "Да")), ["kept", "open", "loading"]);
}

/// The failures that the room learns of.
fn failures(effects: &[Effect]) -> usize {
    let failed = effects.iter().filter(|effect| {
        let Effect::Send(message) = effect else {
            return false;
        };
        matches!(
            message,
            ClientMsg::Report {
                report: Report::Failed { .. }
            }
        ) || matches!(message, ClientMsg::Health(health) if health.state == HealthState::Failed)
    });
    failed.count()
}

#[test]
fn the_room_learns_nothing_before_the_answer() {
    let mut server = Server::new();
    let mut story = Story::joined_with(super::with_screen(), &server);
    story.on(Event::Player(PlayerEvent::Process(ready())));
    let mut keys = Keys { story };
    let fact = load(&mut server, PRIVATE);
    assert_eq!(failures(&keys.story.facts(vec![fact])), 0);
    assert!(is_asked(&keys));
    assert_eq!(failures(&keys.story.pass(Span::seconds(6))), 0);
    assert_eq!(failures(&say(&mut keys, "n")), 2);
    // It is not asked twice, so the next one fails at once.
    let fact = load(&mut server, "http://192.168.7.8/other.mp4");
    assert_eq!(failures(&keys.story.facts(vec![fact])), 1);
    assert!(!is_asked(&keys));
}

#[test]
fn a_member_s_own_link_is_opened_without_a_question() {
    let mut server = Server::new();
    let mut story = Story::joined_with(super::with_screen(), &server);
    story.on(Event::Player(PlayerEvent::Process(ready())));
    let mut keys = Keys { story };
    keys.story.line(&format!("/play {PRIVATE}"));
    let effects = keys.story.facts(vec![load(&mut server, PRIVATE)]);
    assert_eq!(ordered(&effects), ["open", "loading"]);
    assert!(!is_asked(&keys));
    // Another's link that leads elsewhere is another matter.
    let elsewhere = load(&mut server, "http://192.168.7.8/other.mp4");
    let effects = keys.story.facts(vec![elsewhere]);
    assert_eq!(ordered(&effects), ["closed", "refused"]);
    assert!(is_asked(&keys));
}

#[test]
fn a_no_leaves_it_closed_and_says_what_opens_it() {
    let mut keys = asked();
    keys.story.pass(Span::seconds(2));
    let effects = say(&mut keys, "n");
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
    keys.key(Key::Enter);
    assert!(is_asked(&keys), "now there is time for it");
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

#[test]
fn a_room_that_was_trusted_before_is_trusted_again() {
    let mut server = Server::new();
    load(&mut server, PRIVATE);
    let (mut story, _) = Story::start(super::with_screen());
    let found = story.on(Event::TokenFound(Some(RoomTokens {
        trusts_links: true,
        created: Some(server.room().created),
        ..RoomTokens::default()
    })));
    assert_eq!(ordered(&found), ["open"]);
    story.hello();
    story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    let effects = story.on(Event::Player(PlayerEvent::Process(ready())));
    assert_eq!(ordered(&effects), ["loading"]);
}

/// Anybody may have opened it, once the room that was trusted is gone.
#[test]
fn a_new_room_of_the_same_name_is_asked_about_again() {
    let mut server = Server::new();
    load(&mut server, PRIVATE);
    let (mut story, _) = Story::start(super::with_screen());
    story.on(Event::TokenFound(Some(RoomTokens {
        trusts_links: true,
        created: Some(RoomTime(-1)),
        ..RoomTokens::default()
    })));
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    assert_eq!(ordered(&effects), ["forgotten", "closed"]);
    let effects = story.on(Event::Player(PlayerEvent::Process(ready())));
    assert_eq!(ordered(&effects), ["refused"]);
    assert!(is_asked(&Keys { story }));
}
