//! A room whose server does not answer at first: one node behind a balancer may hang or end just then.

use std::io::ErrorKind;

use super::{Server, Story, answers, chat, commands, config, connects, exit, outputs};
use crate::app::effect::{Effect, Exit};
use crate::app::event::{CloseReason, Disconnect, Event};
use crate::app::network_fault::{NetworkCause, NetworkFault};
use crate::app::output::{ConnectionView, Output, Why};
use crate::app::tls_fault::TlsFault;
use crate::protocol::denied::Refused;
use crate::protocol::time::Span;
use crate::system_fault::{SystemFault, UncategorizedError};
use crate::wire::message::ServerMsg;

fn late() -> Disconnect {
    let error = NetworkCause::Late(Span::seconds(7)).into();
    Disconnect::Unreachable { error }
}

/// What the member reads of the connection.
fn views(effects: &[Effect]) -> Vec<ConnectionView> {
    let outputs = outputs(effects).into_iter();
    let views = outputs.filter_map(|output| match output {
        Output::Connection(view) => Some(view),
        _ => None,
    });
    views.collect()
}

fn is_tried_again(effects: &[Effect], why: &Disconnect) -> bool {
    let [ConnectionView::Reconnecting { why: told, .. }] = &views(effects)[..] else {
        return false;
    };
    *told == why.before_another_attempt() && exit(effects).is_none()
}

/// Waits for the next attempt.
fn until_it_connects(story: &mut Story) {
    let mut tenths = (0..100).map(|_| story.pass(Span::millis(100)));
    assert!(tenths.any(|effects| connects(&effects)));
}

#[test]
fn who_gets_no_answer_at_first_is_told_and_tries_again_until_one_comes() {
    let error = || NetworkFault::from(NetworkCause::HungUp);
    let reset = || NetworkFault::from(SystemFault::Known(ErrorKind::ConnectionReset));
    let passing = [
        late(),
        Disconnect::Unreachable { error: error() },
        Disconnect::Unreachable { error: reset() },
        Disconnect::Unreachable {
            error: NetworkCause::Status(503).into(),
        },
        Disconnect::NoWebSockets { error: error() },
        Disconnect::Lost { error: reset() },
        Disconnect::Closed(None),
    ];
    for why in passing {
        let mut story = Story::connecting(config());
        assert_eq!(story.line("hello"), []);
        let effects = story.on(Event::Disconnected(why.clone()));
        assert!(is_tried_again(&effects, &why), "{effects:?}");
        assert_eq!(answers(&effects), [], "{why:?}: the line waits");
        assert!(connects(&story.pass(Span::seconds(1))), "{why:?}");
        story.hello();
        let effects = story.receive(ServerMsg::Welcome(Box::new(Server::new().whole())));
        assert_eq!(commands(&effects), [(1, chat("hello"))], "{why:?}");
    }
}

#[test]
fn one_node_that_does_not_answer_is_not_told_as_a_proxy_that_blocks_everybody() {
    let error = NetworkFault::from(NetworkCause::HungUp);
    let blocked = Disconnect::NoWebSockets {
        error: error.clone(),
    };
    let mut story = Story::connecting(config());
    let effects = story.on(Event::Disconnected(blocked.clone()));
    let [ConnectionView::Reconnecting { why, .. }] = &views(&effects)[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(*why, Disconnect::Unreachable { error });
    for _ in 0..4 {
        until_it_connects(&mut story);
        let effects = story.on(Event::Disconnected(blocked.clone()));
        if exit(&effects).is_some() {
            let told = ConnectionView::Refused(Why::Unreachable(blocked));
            return assert_eq!(views(&effects), [told]);
        }
    }
    panic!("it goes on trying");
}

#[test]
fn a_definite_answer_is_told_at_once() {
    let unreachable = |error: NetworkFault| Disconnect::Unreachable { error };
    let definite = [
        unreachable(SystemFault::Known(ErrorKind::ConnectionRefused).into()),
        unreachable(SystemFault::Uncategorized(UncategorizedError::NameNotFound).into()),
        unreachable(NetworkCause::Status(500).into()),
        unreachable(NetworkCause::ProxyRefuses(403).into()),
        Disconnect::Insecure(TlsFault::Expired),
        Disconnect::NotAServer {
            error: NetworkCause::Status(404).into(),
        },
        Disconnect::NoWebSockets {
            error: NetworkCause::Status(400).into(),
        },
    ];
    for why in definite {
        let mut story = Story::connecting(config());
        let effects = story.on(Event::Disconnected(why.clone()));
        let view = ConnectionView::Refused(Why::Unreachable(why));
        assert_eq!(views(&effects), [view]);
        assert_eq!(exit(&effects), Some(Exit::Unreachable));
    }
}

#[test]
fn who_never_gets_an_answer_is_told_so_after_three_attempts() {
    let mut story = Story::connecting(config());
    story.hello();
    let mut seen = story.pass(Span::seconds(10));
    for _ in 0..2 {
        until_it_connects(&mut story);
        story.hello();
        seen.extend(story.pass(Span::seconds(10)));
    }
    let silent = Disconnect::NoAnswer;
    let seen_views = views(&seen);
    let [first, second, last] = &seen_views[..] else {
        panic!("{seen_views:?}");
    };
    for view in [first, second] {
        assert!(
            matches!(view, ConnectionView::Reconnecting { why, .. } if *why == silent),
            "{view:?}"
        );
    }
    assert_eq!(*last, ConnectionView::Refused(Why::Unreachable(silent)));
    assert_eq!(exit(&seen), Some(Exit::Unreachable));
}

#[test]
fn a_server_that_has_answered_in_between_is_asked_as_often_again() {
    let mut story = Story::connecting(config());
    let shutting_down = CloseReason::Known(Refused::ShuttingDown);
    for why in [None, None, None, None, Some(shutting_down), None] {
        let why = Disconnect::Closed(why);
        let effects = story.on(Event::Disconnected(why.clone()));
        assert!(is_tried_again(&effects, &why), "{effects:?}");
        until_it_connects(&mut story);
    }
}

#[test]
fn on_the_way_to_another_room_lines_wait_while_it_is_tried_again() {
    let mut story = Story::joined(&Server::new());
    story.line("/join https://other.example/r/lofi");
    story.on(Event::TokenFound(None));
    assert_eq!(story.line("there"), []);
    let effects = story.on(Event::Disconnected(late()));
    assert!(is_tried_again(&effects, &late()), "{effects:?}");
    assert_eq!(answers(&effects), []);
    let effects = story.pass(Span::seconds(1));
    assert!(connects(&effects), "{effects:?}");
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(Server::new().whole())));
    assert_eq!(answers(&effects), [(1, Ok(2))]);
    assert_eq!(commands(&effects), [(1, chat("there"))]);
}

#[test]
fn another_room_whose_server_never_answers_leads_back() {
    let mut story = Story::joined(&Server::new());
    story.line("/join https://other.example/r/lofi");
    story.on(Event::TokenFound(None));
    for _ in 0..4 {
        let effects = story.on(Event::Disconnected(late()));
        assert!(is_tried_again(&effects, &late()), "{effects:?}");
        until_it_connects(&mut story);
    }
    let effects = story.on(Event::Disconnected(late()));
    assert_eq!(answers(&effects), [(1, Err(Why::Unreachable(late())))]);
    assert_eq!(exit(&effects), None, "the room before is still there");
}
