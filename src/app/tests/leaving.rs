//! The ways out.

use super::{Server, Story, answers, commands, config, exit, outputs, sends};
use crate::app::config::Attendance;
use crate::app::effect::{Effect, Exit};
use crate::app::event::{Disconnect, Event};
use crate::app::output::{ConnectionView, Output, Why};
use crate::protocol::time::Span;
use crate::sync::player::PlayerCommand;
use crate::wire::message::{ClientMsg, ServerMsg};

fn is_left(effects: &[Effect]) -> bool {
    let closed = Output::Connection(ConnectionView::Closed);
    exit(effects) == Some(Exit::Left) && outputs(effects).contains(&closed)
}

#[test]
fn at_the_end_of_the_input_the_client_leaves_when_all_is_answered() {
    let mut story = Story::joined(&Server::new());
    story.line("one");
    assert_eq!(story.on(Event::InputEnded), []);
    let effects = story.ok(1, 3);
    assert_eq!(answers(&effects), [(1, Ok(3))]);
    assert!(sends(&effects, &ClientMsg::Leave));
    assert_eq!(exit(&effects), None);
    let effects = story.on(Event::Disconnected(Disconnect::Closed(None)));
    assert!(is_left(&effects), "{effects:?}");
    assert!(effects.contains(&Effect::Player(PlayerCommand::Quit)));
}

#[test]
fn an_input_that_is_empty_from_the_start_still_joins_first() {
    let mut story = Story::connecting(config());
    assert_eq!(story.on(Event::InputEnded), []);
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(Server::new().whole())));
    assert!(sends(&effects, &ClientMsg::Leave));
}

#[test]
fn piped_lines_are_all_answered_before_the_client_leaves() {
    let mut story = Story::connecting(config());
    story.line("one");
    story.line("two");
    story.on(Event::InputEnded);
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(Server::new().whole())));
    assert_eq!(commands(&effects).len(), 2);
    assert!(!sends(&effects, &ClientMsg::Leave));
    story.ok(1, 3);
    assert!(sends(&story.ok(2, 4), &ClientMsg::Leave));
}

#[test]
fn a_server_that_does_not_close_is_waited_for_two_seconds() {
    let mut story = Story::joined(&Server::new());
    assert!(sends(&story.line("/quit"), &ClientMsg::Leave));
    assert_eq!(exit(&story.pass(Span::millis(1_900))), None);
    let effects = story.pass(Span::millis(100));
    assert!(is_left(&effects), "{effects:?}");
    assert!(effects.contains(&Effect::Disconnect));
}

#[test]
fn quit_waits_for_answers_but_not_for_long() {
    let mut story = Story::joined(&Server::new());
    story.line("one");
    let effects = story.line("/quit");
    assert_eq!(answers(&effects), [(2, Ok(2))]);
    assert!(!sends(&effects, &ClientMsg::Leave));
    let late = story.line("three");
    assert_eq!(answers(&late), [(3, Err(Why::Unanswered))]);
    let effects = story.pass(Span::seconds(2));
    assert_eq!(answers(&effects), [(1, Err(Why::Unanswered))]);
    assert!(sends(&effects, &ClientMsg::Leave));
}

#[test]
fn quit_before_the_room_is_there_ends_at_once() {
    let mut story = Story::connecting(config());
    let effects = story.line("/quit");
    assert_eq!(answers(&effects), [(1, Ok(0))]);
    assert!(is_left(&effects), "{effects:?}");
}

#[test]
fn quit_after_piped_lines_lets_them_be_answered() {
    let mut story = Story::connecting(config());
    story.line("one");
    let effects = story.line("/quit");
    assert_eq!(answers(&effects), [(2, Ok(0))]);
    assert_eq!(exit(&effects), None);
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(Server::new().whole())));
    assert_eq!(commands(&effects).len(), 1);
    assert_eq!(answers(&effects), []);
    assert!(sends(&story.ok(1, 3), &ClientMsg::Leave));
}

#[test]
fn quit_waits_for_no_room_that_never_comes_and_the_second_not_at_all() {
    let mut story = Story::connecting(config());
    story.line("one");
    story.line("/quit");
    let effects = story.pass(Span::seconds(10));
    assert_eq!(answers(&effects), [(1, Err(Why::Unanswered))]);

    let mut story = Story::connecting(config());
    story.line("one");
    story.line("/quit");
    let effects = story.line("/quit");
    let expected = [(3, Ok(0)), (1, Err(Why::Unanswered))];
    assert_eq!(answers(&effects), expected);
    assert!(is_left(&effects), "{effects:?}");
}

#[test]
fn quit_while_the_connection_is_away_ends_at_once() {
    let mut story = Story::joined(&Server::new());
    story.line("one");
    story.lose();
    let effects = story.line("/quit");
    let expected = [(2, Ok(2)), (1, Err(Why::Unanswered))];
    assert_eq!(answers(&effects), expected);
    assert!(is_left(&effects), "{effects:?}");
}

#[test]
fn an_interrupt_leaves_at_once_and_a_second_one_does_not_wait() {
    let mut story = Story::joined(&Server::new());
    story.line("one");
    let effects = story.on(Event::Interrupted);
    assert_eq!(answers(&effects), [(1, Err(Why::Unanswered))]);
    assert!(sends(&effects, &ClientMsg::Leave));
    assert!(is_left(&story.on(Event::Interrupted)));
    assert_eq!(story.on(Event::Interrupted), []);
}

#[test]
fn an_ended_input_does_not_wait_for_ever_for_a_server_that_is_gone() {
    let mut story = Story::joined(&Server::new());
    story.line("one");
    story.on(Event::InputEnded);
    assert_eq!(exit(&story.lose()), None, "the answer may still come");
    let effects = story.pass(Span::seconds(10));
    assert_eq!(answers(&effects), [(1, Err(Why::Unanswered))]);
    assert!(is_left(&effects), "{effects:?}");
}

#[test]
fn without_a_player_none_is_ordered_to_quit() {
    let mut alone = config();
    alone.attendance = Attendance::WithoutPlayer;
    let mut story = Story::connecting(alone);
    let effects = story.on(Event::Interrupted);
    assert!(is_left(&effects));
    assert!(!effects.contains(&Effect::Player(PlayerCommand::Quit)));
}

#[test]
fn a_server_that_was_silent_before_the_goodbye_is_not_waited_for_again() {
    let mut story = Story::joined(&Server::new());
    story.pass(Span::millis(9_500));
    assert!(sends(&story.line("/quit"), &ClientMsg::Leave));
    let effects = story.pass(Span::seconds(2));
    let is_reconnecting = |outputs: &Output| {
        matches!(
            outputs,
            Output::Connection(ConnectionView::Reconnecting { .. })
        )
    };
    assert!(
        !outputs(&effects).iter().any(is_reconnecting),
        "{effects:?}"
    );
    assert!(is_left(&effects), "{effects:?}");
}
