//! Keys of the line and the panes.

use super::{Keys, evening, sent};
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::effect::{Effect, Exit};
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::screen::{Focus, MenuItem, Overlay, Question, ToastContent};
use crate::app::tests::config;
use crate::app::tests::{ALICE, sends};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::ids::EntryId;
use crate::protocol::member::{BanScope, Role};
use crate::protocol::text::ChatText;
use crate::protocol::time::Span;
use crate::wire::message::ClientMsg;

#[test]
fn letters_are_written_and_enter_sends_them() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("наконец-то 🍿.");
    assert_eq!(keys.line(), "наконец-то 🍿.");
    let effects = keys.key(Key::Enter);
    let text = ChatText::parse("наконец-то 🍿.").unwrap();
    assert_eq!(sent(&effects), [Command::Chat { text }]);
    assert_eq!(keys.line(), "");
    keys.key(Key::Up);
    assert_eq!(keys.line(), "наконец-то 🍿.", "the line before comes back");
    keys.key(Key::Down);
    assert_eq!(keys.line(), "");
}

#[test]
fn the_focus_goes_round_and_back() {
    let mut keys = Keys::in_room(Role::Viewer);
    let round = [Focus::Chat, Focus::Queue, Focus::Members, Focus::Line];
    for focus in round {
        keys.key(Key::Tab);
        assert_eq!(keys.screen().focus(), focus);
    }
    keys.key(Key::BackTab);
    assert_eq!(keys.screen().focus(), Focus::Members);
    keys.key(Key::Esc);
    assert_eq!(keys.screen().focus(), Focus::Line);
    keys.key(Key::Esc);
    assert_eq!(keys.screen().focus(), Focus::Members, "the last pane");
    keys.write("i");
    assert_eq!(keys.screen().focus(), Focus::Line);
    keys.key(Key::F(3));
    assert_eq!(keys.screen().focus(), Focus::Queue);
    keys.write("/");
    assert_eq!((keys.screen().focus(), keys.line()), (Focus::Line, "/"));
    keys.press(KeyPress::ctrl('c'));
    keys.key(Key::Esc);
    keys.write(".");
    assert_eq!(keys.line(), "/", "where the slash sits on a Russian layout");
    keys.press(KeyPress::ctrl('c'));
    keys.key(Key::Esc);
    keys.write("a");
    assert_eq!(keys.line(), "/add ");
}

#[test]
fn the_queue_is_decided_by_keys() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.focus(Focus::Queue);
    let entry = Some(EntryId(2));
    assert_eq!(keys.chosen_entry().unwrap().id, EntryId(2), "the proposal");
    assert_eq!(sent(&keys.key(Key::Enter)), [Command::Approve { entry }]);
    assert_eq!(sent(&keys.write("x")), [Command::Reject { entry }]);
    keys.key(Key::Up);
    let (entry, place) = (EntryId(1), 2);
    assert_eq!(sent(&keys.write("J")), [Command::Move { entry, place }]);
    assert_eq!(sent(&keys.write("K")), [Command::Move { entry, place: 1 }]);
    keys.key(Key::Enter);
    let question = Overlay::Question(Question::PlayNow(entry));
    assert_eq!(keys.screen().overlay(), Some(&question));
    assert_eq!(sent(&keys.write("y")), [Command::PlayNow { entry }]);
    keys.write("x");
    let question = Overlay::Question(Question::Remove(entry));
    assert_eq!(keys.screen().overlay(), Some(&question));
    assert!(sent(&keys.key(Key::Esc)).is_empty());
    keys.write("jk");
    assert_eq!(keys.chosen_entry().unwrap().id, entry);
}

#[test]
fn what_is_done_to_members_is_chosen_and_confirmed() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.focus(Focus::Members);
    let alice = |keys: &Keys| keys.chosen_member().unwrap().id == ALICE;
    while !alice(&keys) {
        keys.key(Key::Down);
    }
    let items = keys.menu(ALICE);
    for (place, item) in items.iter().enumerate() {
        keys.key(Key::Enter);
        assert_eq!(keys.screen().overlay(), Some(&Overlay::Menu(ALICE, 0)));
        for _ in 0..place {
            keys.key(Key::Down);
        }
        let effects = keys.key(Key::Enter);
        let who = MemberRef::Id(ALICE);
        match *item {
            MenuItem::Role(role) => {
                assert!(sent(&effects).is_empty(), "asked first");
                assert_eq!(sent(&keys.write("y")), [Command::SetRole { who, role }]);
            }
            MenuItem::Kick => {
                assert!(sent(&effects).is_empty(), "asked first");
                assert_eq!(sent(&keys.write("y")), [Command::Kick { who }]);
            }
            MenuItem::Heir => assert_eq!(sent(&effects), [Command::SetHeir { who }]),
            MenuItem::Ban => {
                assert!(sent(&effects).is_empty(), "asked first");
                let scope = BanScope::Ask;
                assert_eq!(sent(&keys.write("y")), [Command::Ban { who, scope }]);
            }
            MenuItem::Mute(muted) => {
                assert_eq!(sent(&effects), [Command::Mute { who, muted }]);
            }
            MenuItem::WaitExempt(wait_exempt) => {
                let who = Some(who);
                assert_eq!(
                    sent(&effects),
                    [Command::ExemptFromWait {
                        who,
                        exempt: wait_exempt
                    }]
                );
            }
            MenuItem::Mention => {
                assert_eq!(keys.line(), "@Alice ");
                keys.focus(Focus::Members);
            }
        }
    }
}

#[test]
fn chat_is_scrolled_copied_and_its_link_opened() {
    let mut keys = Keys::in_room(Role::Viewer);
    let mut server = evening(Role::Viewer);
    let message = server.chat("look: https://example.org/a?b=1 nice");
    keys.story.facts(vec![message]);
    keys.focus(Focus::Chat);
    keys.key(Key::Up);
    let effects = keys.write("o");
    let link = "https://example.org/a?b=1".to_owned();
    assert!(effects.contains(&Effect::OpenLink(link)), "{effects:?}");
    let effects = keys.write("c");
    let whole = "look: https://example.org/a?b=1 nice".to_owned();
    assert!(effects.contains(&Effect::Copy(whole)), "{effects:?}");
    keys.key(Key::PageUp);
    assert!(keys.screen().log().new_lines().is_some());
    keys.key(Key::PageDown);
    assert!(keys.screen().log().new_lines().is_none());
}

#[test]
fn where_no_line_is_chosen_the_newest_message_is_copied_and_the_newest_link_opened() {
    let mut keys = Keys::in_room(Role::Moderator);
    let mut server = evening(Role::Moderator);
    let link = "https://example.org/a";
    let facts = vec![server.chat(&format!("look: {link}")), server.chat("wow")];
    keys.story.facts(facts);
    keys.focus(Focus::Chat);
    let effects = keys.write("c");
    assert!(effects.contains(&Effect::Copy("wow".into())), "{effects:?}");
    let effects = keys.write("o");
    assert!(
        effects.contains(&Effect::OpenLink(link.into())),
        "{effects:?}"
    );
    // What everyone loses is chosen first.
    keys.write("x");
    assert_eq!(keys.screen().overlay(), None);
    assert_eq!(keys.toast(), Some(&ToastContent::NothingChosen));
    keys.key(Key::Up);
    keys.write("x");
    assert!(matches!(
        keys.screen().overlay(),
        Some(Overlay::Question(Question::Erase(_)))
    ));
}

#[test]
fn pages_open_and_close() {
    let pages = [
        (Key::F(1), Overlay::Help(0)),
        (Key::F(2), Overlay::Gallery),
        (Key::F(4), Overlay::Health(0)),
    ];
    for (key, page) in pages {
        let mut keys = Keys::in_room(Role::Viewer);
        let effects = keys.key(key);
        assert_eq!(keys.screen().overlay(), Some(&page));
        let asks = effects.iter().any(|e| matches!(e, Effect::AskRooms { .. }));
        assert_eq!(asks, page == Overlay::Gallery);
        keys.key(Key::Esc);
        assert_eq!(keys.screen().overlay(), None);
    }
    let mut keys = Keys::in_room(Role::Viewer);
    keys.key(Key::Esc);
    for (letter, page) in [('?', Overlay::Help(0)), ('w', Overlay::Health(0))] {
        keys.key(Key::Char(letter));
        assert_eq!(keys.screen().overlay(), Some(&page));
        keys.key(Key::Down);
        keys.key(Key::PageDown);
        keys.key(Key::Esc);
    }
    for (line, page) in [
        ("/help", Overlay::Help(0)),
        ("/who", Overlay::Health(0)),
        ("/members", Overlay::Health(0)),
        ("/why", Overlay::Health(0)),
        ("/gallery", Overlay::Gallery),
    ] {
        keys.focus(Focus::Line);
        keys.write(line);
        keys.key(Key::Enter);
        assert_eq!(keys.screen().overlay(), Some(&page), "{line}");
        keys.key(Key::Esc);
    }
    keys.write("/queue");
    keys.key(Key::Enter);
    assert_eq!(keys.screen().focus(), Focus::Queue);
}

#[test]
fn the_invite_is_copied_in_three_ways() {
    let invite = "http://watch.example.org/r/movie-night".to_owned();
    let mut keys = Keys::in_room(Role::Viewer);
    let copies = |effects: &[Effect]| effects.contains(&Effect::Copy(invite.clone()));
    assert!(copies(&keys.press(KeyPress::alt('i'))));
    keys.write("/copy");
    assert!(copies(&keys.key(Key::Enter)));
    keys.key(Key::Esc);
    assert!(copies(&keys.write("y")));
}

#[test]
fn leaving_asks_and_says_for_how_many_the_server_ends() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("half a line");
    keys.press(KeyPress::ctrl('c'));
    assert_eq!(keys.line(), "");
    keys.press(KeyPress::ctrl('c'));
    let question = Overlay::Question(Question::Leave(None));
    assert_eq!(keys.screen().overlay(), Some(&question));
    keys.write("n");
    keys.key(Key::Esc);
    keys.write("q");
    let effects = keys.write("y");
    assert!(sends(&effects, &ClientMsg::Leave));

    let config = AppConfig {
        hosts: Some("http://watch.example.org".to_owned()),
        screen: Some(ScreenConfig::default()),
        ..config()
    };
    let mut keys = Keys::with(config, Role::Admin);
    keys.write("/quit");
    keys.key(Key::Enter);
    let question = Overlay::Question(Question::Leave(Some(1)));
    assert_eq!(keys.screen().overlay(), Some(&question));
    let effects = keys.press(KeyPress::ctrl('c'));
    // The server ends with this client, which is what the others are told.
    assert!(!sends(&effects, &ClientMsg::Leave));
    let exit = Effect::Exit(Exit::Left);
    assert!(effects.contains(&exit), "a second Ctrl-C goes");
}

#[test]
fn who_is_the_server_is_asked_before_it_is_stopped() {
    let config = |hosts: Option<&str>| AppConfig {
        hosts: hosts.map(str::to_owned),
        screen: Some(ScreenConfig::default()),
        ..config()
    };
    let here = Some("http://watch.example.org");
    let asked = Overlay::Question(Question::Suspend(1));
    let stops = |effects: &[Effect]| effects.contains(&Effect::Suspend);
    for (answer, stopped) in [
        (KeyPress::ctrl('z'), true),
        (KeyPress::plain(Key::Char('y')), true),
        (KeyPress::plain(Key::Char('n')), false),
        (KeyPress::ctrl('c'), false),
    ] {
        let mut keys = Keys::with(config(here), Role::Admin);
        assert!(!stops(&keys.press(KeyPress::ctrl('z'))));
        assert_eq!(keys.screen().overlay(), Some(&asked));
        assert_eq!(stops(&keys.press(answer)), stopped, "{answer:?}");
        assert_eq!(keys.screen().overlay(), None);
    }
    // Nobody is served from here.
    for hosts in [None, Some("http://127.0.0.1:1")] {
        let mut keys = Keys::with(config(hosts), Role::Admin);
        assert!(stops(&keys.press(KeyPress::ctrl('z'))));
    }
}

#[test]
fn a_paste_of_lines_is_one_message_and_that_is_shown() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.key(Key::Esc);
    keys.story
        .on(Event::Paste("one\r\ntwo\n\nthree\n".to_owned()));
    assert_eq!(keys.screen().focus(), Focus::Line);
    assert_eq!(keys.line(), "one two three");
    assert_eq!(keys.toast(), Some(&ToastContent::Pasted(4)));
    keys.story.on(Event::Resize(30, 8));
    assert_eq!(keys.line(), "one two three", "no line of input is lost");
    keys.story.pass(Span::seconds(7));
    assert_eq!(keys.toast(), None, "notices go");
}

#[test]
fn tab_completes_before_it_moves() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("@al");
    keys.key(Key::Tab);
    assert_eq!(keys.line(), "@Alice ");
    assert_eq!(keys.screen().focus(), Focus::Line);
    assert!(keys.screen().completion().is_some());
    keys.write("hi");
    assert!(keys.screen().completion().is_none());
}

#[test]
fn a_question_is_answered_with_the_first_letter_of_yes_and_no_in_each_language() {
    for (letter, leaves) in [
        ('y', Some(true)),
        ('д', Some(true)),
        ('Д', Some(true)),
        ('n', Some(false)),
        // Where the English keyboard has the Y.
        ('н', Some(false)),
        ('Н', Some(false)),
        // Where it has the N.
        ('т', Some(false)),
        ('x', None),
    ] {
        let mut keys = Keys::in_room(Role::Viewer);
        keys.focus(Focus::Chat);
        keys.write("q");
        let question = Overlay::Question(Question::Leave(None));
        assert_eq!(keys.screen().overlay(), Some(&question));
        let effects = keys.key(Key::Char(letter));
        let left = sends(&effects, &ClientMsg::Leave);
        assert_eq!(left, leaves == Some(true), "{letter}");
        let still_asks = keys.screen().overlay() == Some(&question);
        assert_eq!(still_asks, leaves.is_none(), "{letter}");
    }
}

/// Whoever was writing as a page was opened goes on with that.
#[test]
fn a_letter_on_a_page_closes_it_and_is_written_or_is_a_key_of_the_page() {
    let page = |keys: &Keys| keys.screen().overlay().cloned();
    for opened in ["f4", "/help seek"] {
        let mut keys = Keys::in_room(Role::Viewer);
        if opened == "f4" {
            keys.key(Key::F(4));
        } else {
            keys.write(opened);
            keys.key(Key::Enter);
        }
        assert!(page(&keys).is_some(), "{opened}");
        keys.key(Key::Char(' '));
        keys.key(Key::Down);
        assert!(page(&keys).is_some(), "{opened}: it scrolls");
        keys.write("quick, w?");
        assert_eq!((page(&keys), keys.line()), (None, "quick, w?"));
    }

    let mut keys = Keys::in_room(Role::Viewer);
    keys.key(Key::F(4));
    keys.story.on(Event::Paste("pasted".to_owned()));
    assert_eq!((page(&keys), keys.line()), (None, "pasted"));

    // Off the line letters are keys.
    let mut keys = Keys::in_room(Role::Viewer);
    keys.focus(Focus::Members);
    keys.write("wxyzj");
    assert_eq!(page(&keys), Some(Overlay::Health(1)));
    keys.write("q");
    assert_eq!((page(&keys), keys.line()), (None, ""));
    assert_eq!(keys.screen().focus(), Focus::Members);

    // The other pages take text.
    for (key, written) in [(1, "help"), (2, "rooms"), (5, "list")] {
        let mut keys = Keys::in_room(Role::Viewer);
        keys.key(Key::F(key));
        keys.write("quick, w?");
        assert!(page(&keys).is_some(), "{written}");
        assert_eq!(keys.line(), "", "{written}");
    }
}
