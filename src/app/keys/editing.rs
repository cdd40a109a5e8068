//! The keys that edit a text or scroll a page. They mean the same wherever that is done, so
//! they are apart from the key map of the room.

use super::{key, letter};
use crate::app::key::{Key, KeyPress};

/// What is done with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextMode {
    /// It is written: the line, a search, a name.
    Writing,
    /// It is read: the help, the members' health.
    Reading,
}

impl TextMode {
    /// Both, in the order of the help.
    pub const ALL: [Self; 2] = [Self::Writing, Self::Reading];
}

/// One step of editing a text or scrolling a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditOp {
    /// Goes a character to the left.
    Left,
    /// Goes a character to the right.
    Right,
    /// Goes to the beginning of the word before the cursor.
    WordLeft,
    /// Goes behind the next word.
    WordRight,
    /// Goes to the beginning.
    Home,
    /// Goes to the end.
    End,
    /// Erases what is before the cursor.
    Erase,
    /// Erases what is under the cursor.
    Delete,
    /// Erases the word before the cursor.
    EraseWord,
    /// Erases the word behind the cursor.
    EraseNextWord,
    /// Erases everything before the cursor.
    EraseBefore,
    /// Erases everything behind the cursor.
    EraseAfter,
    /// Writes again what was last erased as a word, or up to an end of the text.
    Restore,
    /// Scrolls up by a line.
    Up,
    /// Scrolls down by a line.
    Down,
    /// Scrolls up by a page.
    PageUp,
    /// Scrolls down by a page.
    PageDown,
    /// Goes to the top.
    Top,
    /// Closes the page.
    Close,
}

/// A row of the table of these keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditBinding {
    /// Where it applies.
    pub mode: TextMode,
    /// The keys, the most usual first.
    pub keys: &'static [KeyPress],
    /// What each of them does.
    pub op: EditOp,
}

const fn row(mode: TextMode, keys: &'static [KeyPress], op: EditOp) -> EditBinding {
    EditBinding { mode, keys, op }
}

const fn with_ctrl(named: Key) -> KeyPress {
    KeyPress {
        ctrl: true,
        ..key(named)
    }
}

const fn with_alt(named: Key) -> KeyPress {
    KeyPress {
        alt: true,
        ..key(named)
    }
}

/// Backspace with Ctrl or Alt, as terminals differ in what they pass on.
const CTRL_BACKSPACE: KeyPress = with_ctrl(Key::Backspace);
const ALT_BACKSPACE: KeyPress = with_alt(Key::Backspace);

use TextMode::{Reading, Writing};

/// The table of these keys, which the help page lists as well.
#[rustfmt::skip] // A row of the table is a row of the file.
pub const EDIT_BINDINGS: &[EditBinding] = &[
    row(Writing, &[key(Key::Left), KeyPress::ctrl('b')], EditOp::Left),
    row(Writing, &[key(Key::Right), KeyPress::ctrl('f')], EditOp::Right),
    row(Writing, &[with_ctrl(Key::Left), with_alt(Key::Left), KeyPress::alt('b')], EditOp::WordLeft),
    row(Writing, &[with_ctrl(Key::Right), with_alt(Key::Right), KeyPress::alt('f')], EditOp::WordRight),
    row(Writing, &[key(Key::Home), KeyPress::ctrl('a')], EditOp::Home),
    row(Writing, &[key(Key::End), KeyPress::ctrl('e')], EditOp::End),
    row(Writing, &[key(Key::Backspace), KeyPress::ctrl('h')], EditOp::Erase),
    row(Writing, &[key(Key::Delete), KeyPress::ctrl('d')], EditOp::Delete),
    row(Writing, &[KeyPress::ctrl('w'), CTRL_BACKSPACE, ALT_BACKSPACE], EditOp::EraseWord),
    row(Writing, &[KeyPress::alt('d')], EditOp::EraseNextWord),
    row(Writing, &[KeyPress::ctrl('u')], EditOp::EraseBefore),
    row(Writing, &[KeyPress::ctrl('k')], EditOp::EraseAfter),
    row(Writing, &[KeyPress::ctrl('y')], EditOp::Restore),
    row(Reading, &[key(Key::Up), letter('k')], EditOp::Up),
    row(Reading, &[key(Key::Down), letter('j')], EditOp::Down),
    row(Reading, &[key(Key::PageUp)], EditOp::PageUp),
    row(Reading, &[key(Key::PageDown), letter(' ')], EditOp::PageDown),
    row(Reading, &[key(Key::Home)], EditOp::Top),
    row(Reading, &[key(Key::Esc), key(Key::Enter), letter('q'), letter('?'), letter('w')], EditOp::Close),
];

/// What a key does in a mode. A letter of another layout is looked up by its
/// position on the keyboard.
#[must_use]
pub fn find(mode: TextMode, press: KeyPress) -> Option<EditOp> {
    let bound = |press: KeyPress| {
        let mut rows = EDIT_BINDINGS.iter();
        rows.find(|row| row.mode == mode && row.keys.contains(&press))
    };
    let found = bound(press).or_else(|| bound(press.by_position()));
    found.map(|row| row.op)
}

/// The rows of a mode, in the order of the help.
pub fn of(mode: TextMode) -> impl Iterator<Item = &'static EditBinding> {
    EDIT_BINDINGS.iter().filter(move |row| row.mode == mode)
}
