//! A line of text with a cursor, edited grapheme by grapheme, and the history of sent lines.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation;

use crate::protocol::text::is_hostile;

/// The most bytes of a line: far beyond the longest message, which is refused with its
/// reason when it is sent.
const MAX_BYTES: usize = 4_096;

/// The most sent lines that are kept.
const KEPT: usize = 100;

/// A line of text with a cursor.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Editor {
    text: String,
    /// The cursor's byte offset; always between two graphemes.
    cursor: usize,
    /// What was last erased as a word, or up to an end of the text.
    erased: String,
}

/// Shows how much was written, never what: it may be a password.
impl fmt::Debug for Editor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Editor")
            .field("bytes", &self.text.len())
            .field("cursor", &self.cursor)
            .finish_non_exhaustive()
    }
}

impl Editor {
    /// A line with a text, the cursor at its end.
    #[must_use]
    pub fn with(text: &str) -> Self {
        let mut editor = Self::default();
        editor.insert(text);
        editor
    }

    /// All that is written, without line breaks or other control characters.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text before the cursor.
    #[must_use]
    pub fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    /// The text after the cursor.
    #[must_use]
    pub fn after(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    /// Writes at the cursor. Line breaks and tabs become blanks; other control characters
    /// are left out, as are those that hide or reorder; what does not fit is left out.
    pub fn insert(&mut self, text: &str) {
        let blank = |c: char| if c.is_whitespace() { ' ' } else { c };
        let clean: String = text
            .chars()
            .filter(|c| c.is_whitespace() || !is_hostile(*c))
            .map(blank)
            .collect();
        let room = MAX_BYTES.saturating_sub(self.text.len());
        let mut end = clean.len().min(room);
        while !clean.is_char_boundary(end) {
            end -= 1;
        }
        let fitting = clean.get(..end).unwrap_or_default();
        self.text.insert_str(self.cursor, fitting);
        self.cursor += fitting.len();
        self.snap_cursor();
    }

    /// Replaces the text; the cursor is at its end.
    pub fn set(&mut self, text: &str) {
        self.take();
        self.insert(text);
    }

    /// Clears the line; the text that it had.
    pub fn take(&mut self) -> String {
        self.cursor = 0;
        std::mem::take(&mut self.text)
    }

    /// Erases the grapheme before the cursor.
    pub fn backspace(&mut self) {
        let to = self.cursor;
        self.left();
        self.text.replace_range(self.cursor..to, "");
        self.snap_cursor();
    }

    /// Erases the grapheme after the cursor.
    pub fn delete(&mut self) {
        let from = self.cursor;
        self.right();
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
        self.snap_cursor();
    }

    /// Erases the word before the cursor.
    pub fn erase_word(&mut self) {
        let begin = self.word_begin();
        self.erase(begin, self.cursor);
    }

    /// Erases the word after the cursor.
    pub fn erase_next_word(&mut self) {
        let end = self.word_end();
        self.erase(self.cursor, end);
    }

    /// Erases all before the cursor.
    pub fn erase_before(&mut self) {
        self.erase(0, self.cursor);
    }

    /// Erases all after the cursor.
    pub fn erase_after(&mut self) {
        self.erase(self.cursor, self.text.len());
    }

    /// Writes at the cursor what was last erased as a word, or up to an end of the text.
    pub fn restore(&mut self) {
        let erased = self.erased.clone();
        self.insert(&erased);
    }

    /// Erases from one offset to another, and keeps what was there for [`Self::restore`].
    fn erase(&mut self, from: usize, to: usize) {
        if from < to {
            self.erased = self.text.drain(from..to).collect();
            self.cursor = from;
            self.snap_cursor();
        }
    }

    /// Where the word before the cursor begins.
    fn word_begin(&self) -> usize {
        let kept = self.before().trim_end();
        kept.rfind(' ').map_or(0, |blank| blank + 1)
    }

    /// Where the word after the cursor ends.
    fn word_end(&self) -> usize {
        let after = self.after();
        let begin = after.len() - after.trim_start().len();
        let word = after.get(begin..).unwrap_or_default();
        let length = word.find(' ').unwrap_or(word.len());
        self.cursor + begin + length
    }

    /// Moves the cursor to the beginning of the word before it.
    pub fn word_left(&mut self) {
        self.cursor = self.word_begin();
        self.snap_cursor();
    }

    /// Moves the cursor behind the next word.
    pub fn word_right(&mut self) {
        self.cursor = self.word_end();
        self.snap_cursor();
    }

    /// Moves the cursor one grapheme back.
    pub fn left(&mut self) {
        let last = self.before().graphemes(true).next_back();
        self.cursor -= last.map_or(0, str::len);
    }

    /// Moves the cursor one grapheme on.
    pub fn right(&mut self) {
        let next = self.after().graphemes(true).next();
        self.cursor += next.map_or(0, str::len);
    }

    /// Moves the cursor to the beginning.
    pub fn home(&mut self) {
        self.cursor = 0;
    }

    /// Moves the cursor to the end.
    pub fn end(&mut self) {
        self.cursor = self.text.len();
    }

    /// An edit may have joined two graphemes into one: moves the cursor behind the one that it
    /// is in.
    fn snap_cursor(&mut self) {
        let mut end = 0;
        for grapheme in self.text.graphemes(true) {
            if end >= self.cursor {
                break;
            }
            end += grapheme.len();
        }
        self.cursor = end;
    }
}

/// The lines that were sent, for Up and Down.
#[derive(Debug, Clone, Default)]
pub struct History {
    lines: Vec<String>,
    /// The index of the one that is shown, and the unsent line that it replaced.
    at: Option<(usize, String)>,
}

impl History {
    /// Keeps a line that was sent.
    pub fn keep(&mut self, line: &str) {
        self.at = None;
        if line.trim().is_empty() || self.lines.last().is_some_and(|last| last == line) {
            return;
        }
        self.lines.push(line.to_owned());
        if self.lines.len() > KEPT {
            self.lines.remove(0);
        }
    }

    /// Puts the previous line into `editor`.
    pub fn back(&mut self, editor: &mut Editor) {
        let (next, written) = match self.at.take() {
            Some((at, written)) => (at.saturating_sub(1), written),
            None => (self.lines.len().saturating_sub(1), editor.text().to_owned()),
        };
        if let Some(line) = self.lines.get(next) {
            editor.set(line);
            self.at = Some((next, written));
        }
    }

    /// Puts a line into `editor`, as going back to it would, if it is still kept.
    pub(super) fn back_to(&mut self, editor: &mut Editor, text: &str) {
        if let Some(at) = self.lines.iter().rposition(|line| line == text) {
            self.at = Some((at, editor.text().to_owned()));
            editor.set(text);
        }
    }

    /// Puts the next line into `editor`; after the last one the unsent line.
    pub fn on(&mut self, editor: &mut Editor) {
        let Some((at, written)) = self.at.take() else {
            return;
        };
        if let Some(line) = self.lines.get(at + 1) {
            editor.set(line);
            self.at = Some((at + 1, written));
        } else {
            editor.set(&written);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};
    use unicode_segmentation::UnicodeSegmentation;

    use super::{Editor, History};

    #[test]
    fn what_looks_like_one_character_is_erased_as_one() {
        for one in ["é", "e\u{301}", "👨‍👩‍👧‍👦", "❤️", "🇩🇪", "日", "й"]
        {
            let mut editor = Editor::with(&format!("a{one}b"));
            editor.left();
            editor.backspace();
            assert_eq!(editor.text(), "ab", "{one}");
            let mut editor = Editor::with(&format!("a{one}b"));
            editor.home();
            editor.right();
            editor.delete();
            assert_eq!(editor.text(), "ab", "{one}");
        }
    }

    #[test]
    fn a_paste_of_lines_is_one_line() {
        let mut editor = Editor::with("say: ");
        editor.insert("one\ntwo\r\nthree\x1b[2J");
        assert_eq!(editor.text(), "say: one two  three[2J");
    }

    #[test]
    fn words_go_one_at_a_time() {
        let mut editor = Editor::with("she should have ");
        editor.erase_word();
        assert_eq!(editor.text(), "she should ");
        editor.left();
        editor.erase_before();
        assert_eq!(editor.text(), " ");
    }

    #[test]
    fn what_was_erased_is_written_again_where_the_cursor_is() {
        let mut editor = Editor::with("tell Ann about the end");
        editor.home();
        editor.word_right();
        assert_eq!(editor.before(), "tell");
        editor.erase_next_word();
        assert_eq!(editor.text(), "tell about the end");
        editor.end();
        editor.restore();
        assert_eq!(editor.text(), "tell about the end Ann");
        editor.word_left();
        editor.erase_after();
        assert_eq!(editor.text(), "tell about the end ");
        editor.set("к ");
        editor.restore();
        assert_eq!(
            editor.text(),
            "к Ann",
            "another line may be written meanwhile"
        );
        let mut empty = Editor::default();
        empty.word_left();
        empty.word_right();
        empty.restore();
        assert_eq!(empty.text(), "");
    }

    #[test]
    fn earlier_lines_come_back_and_what_was_written_too() {
        let mut history = History::default();
        for line in ["one", "two", "two", "  "] {
            history.keep(line);
        }
        let mut editor = Editor::with("thr");
        history.back(&mut editor);
        assert_eq!(editor.text(), "two");
        history.back(&mut editor);
        history.back(&mut editor);
        assert_eq!(editor.text(), "one");
        history.on(&mut editor);
        history.on(&mut editor);
        assert_eq!(editor.text(), "thr");
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_between_graphemes(
            steps in prop::collection::vec(prop_oneof![
                any::<String>().prop_map(Some), any::<bool>().prop_map(|_| None),
            ], 0..12),
            moves in prop::collection::vec(0_u8..12, 0..12),
        ) {
            let mut editor = Editor::default();
            let mut moves = moves.into_iter();
            for step in steps {
                match step {
                    Some(text) => editor.insert(&text),
                    None => match moves.next() {
                        Some(0) => editor.left(),
                        Some(1) => editor.right(),
                        Some(2) => editor.backspace(),
                        Some(3) => editor.delete(),
                        Some(4) => editor.home(),
                        Some(5) => editor.erase_word(),
                        Some(6) => editor.word_left(),
                        Some(7) => editor.word_right(),
                        Some(8) => editor.erase_next_word(),
                        Some(9) => editor.erase_after(),
                        Some(10) => editor.restore(),
                        _ => editor.end(),
                    },
                }
                let whole = editor.text().graphemes(true).count();
                let parts = editor.before().graphemes(true).count()
                    + editor.after().graphemes(true).count();
                proptest::prop_assert_eq!(whole, parts);
            }
        }
    }
}
