//! The list of commands over the line, the list of everything, and the text that waits meanwhile.

use super::gallery::card;
use super::{Keys, ToastContent, sent};
use crate::app::command::Slash;
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::screen::palette::{ListItem, commands, everything};
use crate::app::screen::{Focus, Overlay, Question};
use crate::app::tests::ALICE;
use crate::protocol::command::Command;
use crate::protocol::ids::EntryId;
use crate::protocol::member::Role;

fn fitting(keys: &Keys, typed: &str) -> Vec<Slash> {
    commands(&keys.story.app.view(), typed)
}

fn found(keys: &Keys, typed: &str) -> Vec<ListItem> {
    let rooms = keys.screen().gallery().rooms();
    everything(&keys.story.app.view(), rooms, typed)
}

#[test]
fn a_list_narrows_as_one_types() {
    let keys = Keys::in_room(Role::Admin);
    assert_eq!(fitting(&keys, "").len(), Slash::ALL.len());
    let first = |typed: &str| fitting(&keys, typed).first().copied();
    let rows = [
        ("pl", Slash::Play),
        ("pa", Slash::Pause),
        ("que", Slash::Queue),
        ("help", Slash::Help),
        ("cntd", Slash::Countdown),
        ("пау", Slash::Pause),
        ("кик", Slash::Kick),
        ("зфгыу", Slash::Pause),
        ("зфг", Slash::Pause),
    ];
    for (typed, slash) in rows {
        assert_eq!(first(typed), Some(slash), "{typed}");
    }
    assert_ne!(first("q"), Some(Slash::Quit), "nobody leaves by a slip");
    assert!(fitting(&keys, "bookmark").is_empty());
    let by_sentence = fitting(&keys, "proposal");
    assert!(by_sentence.contains(&Slash::Approve), "{by_sentence:?}");
}

#[test]
fn what_is_not_for_ones_role_comes_later() {
    let keys = Keys::in_room(Role::Viewer);
    let all = fitting(&keys, "");
    let place = |wanted| all.iter().position(|slash| *slash == wanted);
    assert!(place(Slash::Quit) < place(Slash::Play));
    assert_eq!(fitting(&keys, "play").first(), Some(&Slash::Play));
}

/// Blanks are not seen: a slash behind them begins a command as on the empty line.
#[test]
fn a_slash_behind_blanks_opens_the_list() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("  /");
    assert_eq!(keys.line(), "/");
    assert_eq!(keys.screen().command_list(), Some(0));
}

#[test]
fn what_is_no_command_is_answered_and_the_list_does_not_cover_the_answer() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("/quti");
    assert!(sent(&keys.key(Key::Enter)).is_empty());
    assert_eq!(keys.line(), "/quti");
    assert_eq!(keys.screen().command_list(), None);
}

#[test]
fn a_command_that_needs_more_is_written_and_not_run() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.write("/see");
    assert!(sent(&keys.key(Key::Enter)).is_empty());
    assert_eq!(keys.line(), "/seek ");
    assert_eq!(keys.screen().command_list(), None);
    keys.write("+10");
    assert!(matches!(
        sent(&keys.key(Key::Enter))[..],
        [Command::Seek { .. }]
    ));
    // An argument that may be left out is asked for, too, until the name is written.
    keys.write("/titl");
    assert!(sent(&keys.key(Key::Enter)).is_empty());
    assert_eq!(keys.line(), "/title ");
    keys.press(KeyPress::ctrl('c'));
    keys.write("/approve");
    let oldest = Command::Approve { entry: None };
    assert_eq!(sent(&keys.key(Key::Enter)), [oldest]);
}

#[test]
fn a_line_that_makes_no_sense_stays() {
    let mut keys = Keys::in_room(Role::Admin);
    for line in ["/bookmark", "/seek soon", "/play ftp://example.org"] {
        keys.write(line);
        keys.key(Key::Enter);
        assert_eq!(keys.line(), line);
        assert!(matches!(keys.toast(), Some(ToastContent::Why(_))), "{line}");
        keys.press(KeyPress::ctrl('c'));
    }
}

#[test]
fn earlier_lines_open_no_list() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.write("/pause");
    keys.key(Key::Enter);
    keys.write("hello");
    keys.key(Key::Enter);
    keys.key(Key::Up);
    keys.key(Key::Up);
    assert_eq!(
        (keys.line(), keys.screen().command_list()),
        ("/pause", None)
    );
    keys.key(Key::Down);
    assert_eq!(keys.line(), "hello");
}

#[test]
fn a_draft_waits_while_a_command_is_given() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.write("she should have");
    keys.key(Key::Esc);
    keys.write("/");
    assert_eq!(keys.line(), "/");
    keys.write("pause");
    let pause = Command::Pause { mark: None };
    assert_eq!(sent(&keys.key(Key::Enter)), [pause]);
    assert_eq!(keys.line(), "she should have");
    // Given up, by erasing and by Ctrl-C.
    for given_up in [KeyPress::plain(Key::Backspace), KeyPress::ctrl('c')] {
        keys.key(Key::Esc);
        keys.write("/");
        keys.press(given_up);
        assert_eq!(keys.line(), "she should have");
    }
    // One that makes no sense is mended first.
    keys.key(Key::Esc);
    keys.write("a");
    keys.write("nothing");
    keys.key(Key::Enter);
    assert_eq!(keys.line(), "/add nothing");
    keys.press(KeyPress::ctrl('c'));
    assert_eq!(keys.line(), "she should have");
}

#[test]
fn everything_is_found_and_gone_to() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.write("half");
    let effects = keys.key(Key::F(5));
    let asks = effects
        .iter()
        .any(|effect| matches!(effect, Effect::AskRooms { .. }));
    assert!(asks, "{effects:?}");
    keys.write("alic");
    assert_eq!(found(&keys, "alic").first(), Some(&ListItem::Member(ALICE)));
    keys.key(Key::Enter);
    assert_eq!(keys.screen().overlay(), Some(&Overlay::Menu(ALICE, 0)));
    keys.key(Key::Esc);
    keys.key(Key::F(5));
    keys.write("#1");
    assert_eq!(found(&keys, "#1"), [ListItem::Entry(EntryId(1))]);
    keys.key(Key::Enter);
    let asked = Overlay::Question(Question::PlayNow(EntryId(1)));
    assert_eq!(keys.screen().overlay(), Some(&asked));
    keys.key(Key::Esc);
    assert_eq!(keys.screen().focus(), Focus::Queue);
    keys.key(Key::F(5));
    keys.write("seek");
    keys.key(Key::Enter);
    assert_eq!(
        (keys.screen().focus(), keys.line()),
        (Focus::Line, "/seek ")
    );
    keys.press(KeyPress::ctrl('c'));
    assert_eq!(keys.line(), "half");
    keys.key(Key::F(5));
    keys.write("resum");
    assert_eq!(
        sent(&keys.key(Key::Enter)),
        [Command::Resume { mark: None }]
    );
    keys.key(Key::F(5));
    keys.key(Key::F(5));
    assert_eq!(keys.screen().overlay(), None);
    keys.write("/");
    assert_eq!(keys.line(), "half/");
}

#[test]
fn the_room_that_one_is_in_says_so() {
    let mut keys = Keys::in_room(Role::Viewer);
    let room = keys.story.app.room_id().clone();
    keys.key(Key::F(5));
    keys.story.on(Event::Rooms {
        server: keys.story.app.server().to_owned(),
        answer: Ok(vec![card(room.as_str(), 2)]),
    });
    keys.write(room.as_str());
    assert_eq!(
        found(&keys, room.as_str()).first(),
        Some(&ListItem::Room(room.clone()))
    );
    keys.key(Key::Enter);
    assert_eq!(keys.screen().overlay(), None);
    assert_eq!(keys.toast(), Some(&ToastContent::HereAlready(room)));
}

#[test]
fn the_list_of_everything_is_a_command_too() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("/find");
    keys.key(Key::Enter);
    assert!(matches!(keys.screen().overlay(), Some(Overlay::Finder(_))));
    keys.key(Key::Esc);
    assert_eq!(keys.screen().overlay(), None);
}

#[test]
fn the_help_is_searched_by_typing() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.key(Key::F(1));
    keys.key(Key::Down);
    keys.write("j q");
    assert_eq!(keys.screen().help_filter().text(), "j q");
    assert_eq!(keys.screen().overlay(), Some(&Overlay::Help(0)));
    keys.key(Key::Esc);
    assert!(keys.screen().help_filter().is_empty());
    keys.key(Key::Char(' '));
    assert_ne!(
        keys.screen().overlay(),
        Some(&Overlay::Help(0)),
        "a page down"
    );
    keys.key(Key::Esc);
    assert_eq!(keys.screen().overlay(), None);
    keys.write("/help seek");
    keys.key(Key::Enter);
    let about = Overlay::CommandHelp(Slash::Seek);
    assert_eq!(keys.screen().overlay(), Some(&about));
    keys.key(Key::Esc);
    assert_eq!(keys.screen().overlay(), None);
}
