//! Cleans text that people write, character by character.
//!
//! Whether a character is kept depends only on the grapheme kept so far and on the next character,
//! so cleaning is idempotent. That matters: a name is parsed again from the log after a restart,
//! and must not become another one.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// The most code points kept of one grapheme: enough for a family emoji with skin tones (up to 10).
const MAX_GRAPHEME_CHARS: usize = 12;

/// The most combining marks kept of one grapheme (judgement). A pointed Hebrew letter and the
/// longest conjuncts of everyday Sanskrit take four. More would cover the lines above, and some
/// terminals keep no more than 21 bytes a cell (`UTF8_SIZE` of tmux 3.3a).
pub(super) const MAX_MARKS: usize = 4;

/// The zero-width joiner (U+200D): joins emoji into one, and selects a form of some Indic letters.
const JOINER: char = '\u{200D}';

/// Makes a text safe to show. It drops what could steer a terminal, reorder a line, hide in it or
/// has no base character, and turns runs of white space into one blank. At most `max_chars` code
/// points are kept, cut between graphemes.
#[must_use]
pub fn clean(text: &str, max_chars: usize) -> String {
    let mut cleaner = Cleaner::default();
    for c in text.chars() {
        cleaner.take(c);
    }
    cut(cleaner.finish(), max_chars)
}

/// The graphemes that fit, without a trailing blank or joiner.
fn cut(text: String, max_chars: usize) -> String {
    let mut left = max_chars;
    let fits = |grapheme: &&str| {
        let after = left.checked_sub(grapheme.chars().count());
        left = after.unwrap_or(0);
        after.is_some()
    };
    let end: usize = text.graphemes(true).take_while(fits).map(str::len).sum();
    if end == text.len() {
        return text;
    }
    let kept = text.get(..end).unwrap_or_default();
    kept.trim_end_matches([' ', JOINER]).to_owned()
}

/// The same text with the marks of each grapheme limited as in [`clean`].
#[must_use]
pub(crate) fn limit_marks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        let mut marks = 0;
        kept.extend(grapheme.chars().filter(|c| {
            marks += usize::from(is_mark(*c));
            !is_mark(*c) || marks <= MAX_MARKS
        }));
    }
    kept
}

/// Cleans one text, a character at a time.
#[derive(Default)]
struct Cleaner {
    /// The finished output: all but the last grapheme.
    kept: String,
    /// The last grapheme, which may still grow; empty at the beginning of a word.
    grapheme: String,
    /// Whether a blank goes between `kept` and the next word, if there is one.
    blank: bool,
    /// Whether a joiner goes between `grapheme` and the next character, if it joins them.
    joiner: bool,
}

impl Cleaner {
    fn take(&mut self, c: char) {
        if is_blank(c) {
            self.end_word();
        } else if c == JOINER {
            self.joiner = !self.grapheme.is_empty();
        } else if !is_hostile(c) {
            if std::mem::take(&mut self.joiner) && self.joins(c) {
                self.grapheme.push(JOINER);
            }
            self.add(c);
        }
    }

    /// Whether a joiner between the last character and this one changes what is displayed: it makes
    /// one emoji of two, or follows the virama of an Indic letter.
    fn joins(&self, c: char) -> bool {
        let room = self.grapheme.chars().count() + 2 <= MAX_GRAPHEME_CHARS && self.has_room(c);
        let letter = c.is_alphabetic() && c.width().unwrap_or(0) > 0;
        let after_virama = letter && self.grapheme.ends_with(is_virama);
        room && (after_virama
            || !is_one(&format!("{}{c}", self.grapheme))
                && is_one(&format!("{}{JOINER}{c}", self.grapheme)))
    }

    fn add(&mut self, c: char) {
        match c {
            '\u{FE0E}' | '\u{FE0F}' if !self.grapheme.ends_with(is_pictograph) => return,
            // The keycap mark requires that its base is displayed as an emoji.
            '\u{20E3}' if is_key(&self.grapheme) => self.grapheme.push('\u{FE0F}'),
            _ => {}
        }
        let grows =
            !c.is_ascii() && !self.grapheme.is_empty() && is_one(&format!("{}{c}", self.grapheme));
        if grows {
            if self.has_room(c) {
                self.grapheme.push(c);
            }
        } else if c.width().unwrap_or(0) > 0 {
            self.end_grapheme();
            if std::mem::take(&mut self.blank) {
                self.kept.push(' ');
            }
            self.grapheme.push(c);
        }
        // Otherwise it is a mark without a base.
    }

    /// Whether the grapheme may grow by this character, within [`MAX_GRAPHEME_CHARS`] and
    /// [`MAX_MARKS`].
    fn has_room(&self, c: char) -> bool {
        let marks = self.grapheme.chars().filter(|c| is_mark(*c)).count();
        self.grapheme.chars().count() < MAX_GRAPHEME_CHARS && (!is_mark(c) || marks < MAX_MARKS)
    }

    fn end_grapheme(&mut self) {
        self.joiner = false;
        self.kept.push_str(&self.grapheme);
        self.grapheme.clear();
    }

    fn end_word(&mut self) {
        self.end_grapheme();
        self.blank = !self.kept.is_empty();
    }

    fn finish(mut self) -> String {
        self.end_grapheme();
        self.kept
    }
}

/// Whether a text is a single grapheme.
fn is_one(text: &str) -> bool {
    text.graphemes(true).count() == 1
}

/// Whether a character modifies the one before it: a combining mark, a half-width sound mark of
/// kana, or the skin tone of an emoji.
fn is_mark(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{FF9E}' | '\u{FF9F}' | '\u{1F3FB}'..='\u{1F3FF}')
}

/// Whether a joiner can combine this character with another into one emoji: true for characters
/// with an emoji presentation.
fn is_pictograph(c: char) -> bool {
    !c.is_ascii() && is_one(&format!("{c}{JOINER}\u{1F600}"))
}

/// Whether a grapheme is the base of a keycap emoji: a digit, `#` or `*`.
fn is_key(grapheme: &str) -> bool {
    matches!(grapheme.as_bytes(), [b'0'..=b'9' | b'#' | b'*'])
}

/// The viramas of Indic scripts: they remove the vowel of the letter before them.
const fn is_virama(c: char) -> bool {
    matches!(
        c,
        '\u{094D}'
            | '\u{09CD}'
            | '\u{0A4D}'
            | '\u{0ACD}'
            | '\u{0B4D}'
            | '\u{0BCD}'
            | '\u{0C4D}'
            | '\u{0CCD}'
            | '\u{0D4D}'
            | '\u{0DCA}'
    )
}

/// Whether a character is displayed as empty space: white space, or the Braille pattern without
/// dots.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

/// Whether a character can steer a terminal, reorder text or hide in it.
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0D}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}
