//! The keys of what is written and of what is read: they mean the same wherever a text is
//! edited or a page scrolled, so they stand apart from the map of the room's keys.

use super::{key, letter};
use crate::app::key::{Key, KeyPress};

/// Where such a key acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Wherever a text is written: the line, a search, a name.
    Writing,
    /// On a page that is read: the help, the members' health.
    Reading,
}

impl Place {
    /// Both, in the order of the help.
    pub const ALL: [Self; 2] = [Self::Writing, Self::Reading];
}

/// What such a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Goes a character to the left.
    Left,
    /// Goes a character to the right.
    Right,
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
    /// Erases everything before the cursor.
    EraseBefore,
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

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainBinding {
    /// Where it acts.
    pub place: Place,
    /// The keys.
    pub keys: &'static [KeyPress],
    /// What they do.
    pub deed: Deed,
}

const fn row(place: Place, keys: &'static [KeyPress], deed: Deed) -> PlainBinding {
    PlainBinding { place, keys, deed }
}

/// Backspace with Ctrl or Alt, as terminals differ in what they pass on.
const CTRL_BACKSPACE: KeyPress = KeyPress {
    ctrl: true,
    ..key(Key::Backspace)
};
const ALT_BACKSPACE: KeyPress = KeyPress {
    alt: true,
    ..key(Key::Backspace)
};

use Place::{Reading, Writing};

/// Every such key.
#[rustfmt::skip] // A row of the table is a row of the file.
pub const PLAIN: &[PlainBinding] = &[
    row(Writing, &[key(Key::Left)], Deed::Left),
    row(Writing, &[key(Key::Right)], Deed::Right),
    row(Writing, &[key(Key::Home)], Deed::Home),
    row(Writing, &[key(Key::End), KeyPress::ctrl('e')], Deed::End),
    row(Writing, &[key(Key::Backspace)], Deed::Erase),
    row(Writing, &[key(Key::Delete)], Deed::Delete),
    row(Writing, &[KeyPress::ctrl('w'), CTRL_BACKSPACE, ALT_BACKSPACE], Deed::EraseWord),
    row(Writing, &[KeyPress::ctrl('u')], Deed::EraseBefore),
    row(Reading, &[key(Key::Up), letter('k')], Deed::Up),
    row(Reading, &[key(Key::Down), letter('j')], Deed::Down),
    row(Reading, &[key(Key::PageUp)], Deed::PageUp),
    row(Reading, &[key(Key::PageDown), letter(' ')], Deed::PageDown),
    row(Reading, &[key(Key::Home)], Deed::Top),
    row(Reading, &[key(Key::Esc), key(Key::Enter), letter('q'), letter('?'), letter('w')], Deed::Close),
];

/// What a key does in a place. A letter of another layout counts by its place on the keyboard.
#[must_use]
pub fn find(place: Place, press: KeyPress) -> Option<Deed> {
    let bound = |press: KeyPress| {
        let mut rows = PLAIN.iter();
        rows.find(|row| row.place == place && row.keys.contains(&press))
    };
    let found = bound(press).or_else(|| bound(press.by_position()));
    found.map(|row| row.deed)
}

/// The rows of a place, in the order of the help.
pub fn of(place: Place) -> impl Iterator<Item = &'static PlainBinding> {
    PLAIN.iter().filter(move |row| row.place == place)
}
