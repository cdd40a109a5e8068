//! Keys as the screen knows them, whatever the terminal calls them; and where a letter of
//! another layout sits on the keyboard. What a key does stands in [`super::keys`].

/// A key that was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPress {
    /// Which.
    pub key: Key,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

/// A key. Shift is part of the character that it makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// F1 to F12.
    F(u8),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Erases what is before the cursor.
    Backspace,
    /// Erases what is under the cursor.
    Delete,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

impl KeyPress {
    /// A key alone.
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

    /// The same key with the letter that sits there on a Latin keyboard.
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

    /// The character that it writes, if it writes one.
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
