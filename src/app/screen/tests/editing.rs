//! The keys that edit and scroll; and that no key is handled beside the tables.

use super::gallery::in_gallery;
use super::scripts::{Given, at_chat, at_members, at_proposal, writing};
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::keys::KeyContext::{
    self, Chat, Everywhere, Gallery, Line, Members, OffLine, Queue,
};
use crate::app::keys::editing::{self, EDIT_BINDINGS, EditOp, TextMode};
use crate::app::screen::Overlay;

/// A key that the map and the table of editing keys do not name does nothing: there is no handler
/// beside them. Letters on the line are what is written.
#[test]
fn what_no_table_names_does_nothing() {
    let states: [(Given, &[KeyContext], Option<TextMode>); 6] = [
        (writing, &[Line, Everywhere], Some(TextMode::Writing)),
        (at_proposal, &[Queue, OffLine, Everywhere], None),
        (at_members, &[Members, OffLine, Everywhere], None),
        (at_chat, &[Chat, OffLine, Everywhere], None),
        (in_gallery, &[Gallery, Everywhere], Some(TextMode::Writing)),
        (
            || {
                let mut keys = at_members();
                keys.key(Key::F(4));
                keys
            },
            &[Everywhere],
            Some(TextMode::Reading),
        ),
    ];
    for (given, contexts, place) in states {
        for press in everything() {
            let writes = place == Some(TextMode::Writing) && press.writes().is_some();
            let named = crate::app::keys::find(contexts, press).is_some()
                || place.is_some_and(|place| editing::find(place, press).is_some());
            if writes || named {
                continue;
            }
            let mut keys = given();
            keys.story.on(Event::Deadline);
            let before = format!("{:?}", keys.screen());
            let effects = keys.press(press);
            assert_eq!(
                before,
                format!("{:?}", keys.screen()),
                "{contexts:?} {press:?}"
            );
            assert!(effects.is_empty(), "{contexts:?} {press:?} {effects:?}");
        }
    }
}

/// Every key that a terminal can give: each alone, with Ctrl and with Alt.
fn everything() -> Vec<KeyPress> {
    let letters = (' '..='~').map(Key::Char);
    let numbered = (1..=12).map(Key::F);
    let named = [
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::BackTab,
        Key::Backspace,
        Key::Delete,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
    ];
    let keys = letters.chain(numbered).chain(named);
    let ways = [(false, false), (true, false), (false, true)];
    keys.flat_map(|key| ways.map(|(ctrl, alt)| KeyPress { key, ctrl, alt }))
        .collect()
}

/// What each key of what is written and read does, to a text in whose middle it is pressed.
#[test]
fn every_editing_key_does_what_the_help_says() {
    for row in EDIT_BINDINGS {
        for press in row.keys {
            let mut keys = writing();
            if row.mode == TextMode::Writing {
                keys.write("ab cd ef");
                for _ in 0..3 {
                    keys.key(Key::Left);
                }
                keys.press(*press);
                let editor = &keys.screen().line();
                let expected = match row.op {
                    EditOp::Left => ("ab c", "d ef"),
                    EditOp::Right => ("ab cd ", "ef"),
                    EditOp::WordLeft => ("ab ", "cd ef"),
                    EditOp::Home => ("", "ab cd ef"),
                    EditOp::WordRight | EditOp::End => ("ab cd ef", ""),
                    EditOp::Erase => ("ab c", " ef"),
                    EditOp::Delete => ("ab cd", "ef"),
                    EditOp::EraseWord => ("ab ", " ef"),
                    EditOp::EraseNextWord | EditOp::EraseAfter => ("ab cd", ""),
                    EditOp::EraseBefore => ("", " ef"),
                    EditOp::Restore => ("ab cd", " ef"),
                    op => panic!("{op:?} edits nothing"),
                };
                assert_eq!((editor.before(), editor.after()), expected, "{press:?}");
            } else {
                // On the line letters are written.
                let mut keys = at_members();
                keys.key(Key::F(4));
                keys.key(Key::PageDown);
                keys.press(*press);
                let page = keys.screen().state.size.1 as usize / 2;
                let expected = match row.op {
                    EditOp::Up => Some(page - 1),
                    EditOp::Down => Some(page + 1),
                    EditOp::PageUp | EditOp::Top => Some(0),
                    EditOp::PageDown => Some(2 * page),
                    EditOp::Close => None,
                    op => panic!("{op:?} reads nothing"),
                };
                let expected = expected.map(Overlay::Health);
                assert_eq!(keys.screen().overlay(), expected.as_ref(), "{press:?}");
            }
        }
    }
}
