//! Keys that are pressed in the terminal and in the player's window; pages that their own key
//! closes; and answers that come later than the line, from files and from the player.

use super::{Keys, ToastContent, sent};
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::output::{UsageError, Why};
use crate::app::screen::Focus;
use crate::app::tests::playing::ready;
use crate::protocol::command::{Command, PermissionRequest};
use crate::protocol::member::Role;
use crate::protocol::time::Span;
use crate::sync::player::{PlayerEvent, TrackKind, WindowEvent, WindowKey};

fn with_player(role: Role) -> Keys {
    let mut keys = Keys::in_room(role);
    keys.story.player(PlayerEvent::Process(ready()));
    keys
}

fn in_terminal(keys: &mut Keys) -> Vec<Command> {
    sent(&keys.key(Key::Char(' ')))
}

fn in_window(keys: &mut Keys) -> Vec<Command> {
    let key = WindowEvent::Key(WindowKey::Pause);
    sent(&keys.story.player(PlayerEvent::Window(key)))
}

#[test]
fn what_was_denied_in_one_window_is_asked_for_in_the_other() {
    type Press = fn(&mut Keys) -> Vec<Command>;
    let orders: [(Press, Press); 2] = [(in_terminal, in_window), (in_window, in_terminal)];
    let pause = Command::Pause { mark: None };
    let ask = Command::Ask {
        request: PermissionRequest::of(&pause).unwrap(),
    };
    for (first, second) in orders {
        let mut keys = with_player(Role::Viewer);
        keys.focus(Focus::Members);
        assert_eq!(first(&mut keys), []);
        assert_eq!(second(&mut keys), std::slice::from_ref(&ask));
        assert_eq!(first(&mut keys), [], "once");
        assert_eq!(second(&mut keys), [], "once");
        // Later it is another wish.
        keys.story.pass(Span::seconds(9));
        assert_eq!(second(&mut keys), []);
    }
}

#[test]
fn a_page_is_closed_by_the_key_that_opened_it() {
    for number in [1, 2, 4, 5] {
        let mut keys = Keys::in_room(Role::Viewer);
        keys.write("half a line");
        keys.key(Key::F(number));
        assert!(keys.screen().overlay().is_some(), "F{number}");
        keys.key(Key::F(number));
        assert_eq!(keys.screen().overlay(), None, "F{number}");
        assert_eq!(keys.line(), "half a line", "F{number}");
    }
    let mut keys = Keys::in_room(Role::Viewer);
    let is_cinema = |keys: &Keys| keys.screen().preferences().layout.is_cinema;
    keys.key(Key::F(6));
    assert!(is_cinema(&keys));
    keys.key(Key::F(6));
    assert!(!is_cinema(&keys));
}

#[test]
fn the_width_of_the_chat_says_when_it_goes_no_further() {
    for (key, is_widest) in [('>', true), ('<', false)] {
        let mut keys = Keys::in_room(Role::Viewer);
        let limit = ToastContent::WidthLimit(is_widest);
        let mut presses = 0;
        while keys.toast() != Some(&limit) {
            assert_eq!(keys.toast(), None, "that it is wider is seen");
            keys.press(KeyPress::alt(key));
            presses += 1;
            assert!(presses < 100, "there is an end to it");
        }
        assert!(presses > 1);
        let other = if is_widest { '<' } else { '>' };
        keys.press(KeyPress::alt(other));
        assert_eq!(keys.toast(), None, "it is so no more");
    }
}

#[test]
fn what_a_file_or_the_player_refuses_comes_back_as_it_was_typed() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.write("/load nope");
    let effects = keys.key(Key::Enter);
    let asked = effects.iter().find_map(|effect| match effect {
        crate::app::effect::Effect::LoadList { line, room, .. } => Some((*line, room.clone())),
        _ => None,
    });
    let (line, room) = asked.unwrap();
    let answer = Ok(None);
    keys.story.on(Event::SavedList { line, room, answer });
    assert_eq!(keys.toast(), Some(&ToastContent::Why(Why::NoSuchList)));
    assert_eq!(keys.line(), "/load nope");

    let mut keys = with_player(Role::Viewer);
    keys.write("/audio #9");
    keys.key(Key::Enter);
    let none = Why::NoSuchTrack(TrackKind::Audio);
    assert_eq!(keys.toast(), Some(&ToastContent::Why(none)));
    assert_eq!(keys.line(), "/audio #9");

    let mut keys = Keys::in_room(Role::Admin);
    let title = format!("/title {}", "x".repeat(500));
    keys.story.on(Event::Paste(title.clone()));
    assert_eq!(sent(&keys.key(Key::Enter)), []);
    let too_long = matches!(
        keys.toast(),
        Some(ToastContent::Why(Why::Usage(UsageError::TooLong { .. })))
    );
    assert!(too_long, "{:?}", keys.toast());
    assert_eq!(keys.line(), title);
}

/// What stands on the line has the keys: Tab stays there, and Esc leaves it with the text kept.
#[test]
fn after_a_refused_command_tab_stays_on_the_line_and_esc_leaves_it() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("/seek soon");
    keys.key(Key::Enter);
    keys.key(Key::Tab);
    assert_eq!(keys.screen().focus(), Focus::Line);
    keys.key(Key::Esc);
    assert_ne!(keys.screen().focus(), Focus::Line);
    assert_eq!(keys.line(), "/seek soon");
}
