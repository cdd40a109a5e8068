//! Key presses, independent of the terminal library, and the Latin letter on the key of a
//! Cyrillic one. What keys do is left to `keys`.

/// A key that was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPress {
    /// The key, Shift included.
    pub key: Key,
    /// Whether Ctrl was held down.
    pub ctrl: bool,
    /// Whether Alt was held down.
    pub alt: bool,
}

/// A key. Shift is part of the character that it makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A key that writes this character.
    Char(char),
    /// A function key, 1 to 12.
    F(u8),
    /// The return key.
    Enter,
    /// The escape key.
    Esc,
    /// The tab key without Shift.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// The key that erases the character before the cursor.
    Backspace,
    /// The key that erases the character under the cursor.
    Delete,
    /// The up arrow.
    Up,
    /// The down arrow.
    Down,
    /// The left arrow.
    Left,
    /// The right arrow.
    Right,
    /// To the beginning of a line.
    Home,
    /// To the end of a line.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
}

impl KeyPress {
    /// A key without Ctrl or Alt.
    #[must_use]
    pub const fn plain(key: Key) -> Self {
        Self {
            key,
            ctrl: false,
            alt: false,
        }
    }

    /// A key with Ctrl.
    #[must_use]
    pub const fn ctrl(letter: char) -> Self {
        Self {
            key: Key::Char(letter),
            ctrl: true,
            alt: false,
        }
    }

    /// A key with Alt.
    #[must_use]
    pub const fn alt(letter: char) -> Self {
        Self {
            key: Key::Char(letter),
            ctrl: false,
            alt: true,
        }
    }

    /// The same key with the letter that it has on a Latin keyboard.
    #[must_use]
    pub fn by_position(self) -> Self {
        match self.key {
            Key::Char(letter) => Self {
                key: Key::Char(latin(letter)),
                ..self
            },
            _ => self,
        }
    }

    /// The character that it writes into a text, if any.
    #[must_use]
    pub const fn writes(self) -> Option<char> {
        match self.key {
            Key::Char(letter) if !self.ctrl && !self.alt => Some(letter),
            _ => None,
        }
    }
}

/// The Russian layout (ЙЦУКЕН) and the Latin letters on the same keys.
const CYRILLIC: [(&str, &str); 2] = [
    (
        "йцукенгшщзхъфывапролджэячсмитьбю",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.",
    ),
    (
        "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ№",
        "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>#",
    ),
];

/// The letter on the same key of a Latin keyboard; other characters stay.
#[must_use]
pub fn latin(letter: char) -> char {
    CYRILLIC
        .iter()
        .find_map(|(there, here)| {
            let place = there.chars().position(|c| c == letter)?;
            here.chars().nth(place)
        })
        .unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::{CYRILLIC, Key, KeyPress, latin};

    #[test]
    fn letters_stand_where_they_are_typed() {
        for (there, here) in CYRILLIC {
            assert_eq!(there.chars().count(), here.chars().count());
        }
        let typed: String = "зфгыу".chars().map(latin).collect();
        assert_eq!(typed, "pause");
        assert_eq!(latin('ч'), 'x');
        assert_eq!(latin('Р'), 'H');
        assert_eq!(latin('#'), '#');
    }

    #[test]
    fn only_a_bare_character_writes() {
        assert_eq!(KeyPress::plain(Key::Char('ы')).writes(), Some('ы'));
        assert_eq!(KeyPress::ctrl('c').writes(), None);
        assert_eq!(KeyPress::plain(Key::Enter).writes(), None);
        assert_eq!(KeyPress::ctrl('з').by_position(), KeyPress::ctrl('p'));
    }
}
