//! What is remembered of the keys that were pressed on the line: a Space that may yet be text, and the
//! keyboard's layout.

use crate::protocol::time::LocalTime;
use crate::texts::language::Language;

/// Space on an empty line, of which is not known yet whether it begins a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct PendingSpace {
    /// How often it was pressed.
    pub(super) blanks: usize,
    /// When it is no text any more.
    pub(super) until: LocalTime,
}

/// What is known of the member's keyboard layout.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TypingLayout {
    /// The language of the last letter that was typed on the line; `None` before the first.
    pub(super) last: Option<Language>,
    /// Whether the line holds nothing but a slash that was typed as a dot.
    pub(super) is_dot: bool,
}

impl TypingLayout {
    /// A letter is typed on the line.
    pub(super) fn typed(&mut self, letter: char) {
        if letter.is_ascii_alphabetic() {
            self.last = Some(Language::English);
        } else if matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё') {
            self.last = Some(Language::Russian);
        }
    }
}

/// What became, in this room, of the question whether its local links are trusted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TrustQuestion {
    /// Whether a link is not opened because it leads into the member's own network.
    pub(super) is_due: bool,
    /// When it was asked, while it is.
    pub(super) asked: Option<LocalTime>,
    /// Whether it was answered.
    pub(super) is_answered: bool,
}
