//! The line that is being written in the window.

use super::scene::WrittenText;
use crate::app::screen::editor::Editor;
use crate::protocol::text::ChatText;
use crate::sync::player::LineKey;

/// A line and its caret. It is as long as a message may be, and no longer.
#[derive(Debug, Clone, Default)]
pub(super) struct WrittenLine {
    editor: Editor,
}

/// What follows from a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AfterKey {
    /// The line is still written.
    Writing,
    /// It is sent.
    Sent(String),
    /// It is given up.
    Closed,
}

impl WrittenLine {
    /// A line that was written before.
    pub(super) fn of(text: &str) -> Self {
        let mut line = Self::default();
        line.key(&LineKey::Text(text.to_owned()));
        line
    }

    /// The line, before and behind the caret.
    pub(super) fn text(&self) -> WrittenText {
        WrittenText {
            before: self.editor.before().to_owned(),
            after: self.editor.after().to_owned(),
        }
    }

    /// The whole line.
    pub(super) fn whole(&self) -> String {
        self.editor.text().to_owned()
    }

    /// Whether nothing but blanks is written.
    pub(super) fn is_blank(&self) -> bool {
        self.editor.text().trim().is_empty()
    }

    /// Takes a key in.
    pub(super) fn key(&mut self, key: &LineKey) -> AfterKey {
        let editor = &mut self.editor;
        match key {
            LineKey::Text(typed) => {
                let used = editor.text().chars().count();
                let left = ChatText::MAX_CHARS.saturating_sub(used);
                let typed = typed.chars().filter(|c| !c.is_control()).take(left);
                editor.insert(&typed.collect::<String>());
            }
            LineKey::Erase => editor.backspace(),
            LineKey::Delete => editor.delete(),
            LineKey::EraseWord => editor.erase_word(),
            LineKey::EraseNextWord => editor.erase_next_word(),
            LineKey::EraseBefore => editor.erase_before(),
            LineKey::EraseAfter => editor.erase_after(),
            LineKey::Restore => {
                let mut restored = editor.clone();
                restored.restore();
                if restored.text().chars().count() <= ChatText::MAX_CHARS {
                    *editor = restored;
                }
            }
            LineKey::Left => editor.left(),
            LineKey::Right => editor.right(),
            LineKey::WordLeft => editor.word_left(),
            LineKey::WordRight => editor.word_right(),
            LineKey::Home => editor.home(),
            LineKey::End => editor.end(),
            LineKey::Send if self.is_blank() => return AfterKey::Closed,
            LineKey::Send => return AfterKey::Sent(self.whole()),
            LineKey::Close => return AfterKey::Closed,
        }
        AfterKey::Writing
    }
}

#[cfg(test)]
mod tests {
    use super::{AfterKey, WrittenLine};
    use crate::sync::player::LineKey;

    fn typed(line: &mut WrittenLine, text: &str) {
        for c in text.chars() {
            line.key(&LineKey::Text(c.to_string()));
        }
    }

    fn shown(line: &WrittenLine) -> String {
        let text = line.text();
        format!("{}|{}", text.before, text.after)
    }

    #[test]
    fn keys_edit_whole_characters_of_any_script() {
        let mut line = WrittenLine::default();
        typed(&mut line, "привет й👨‍👩‍👧");
        let steps = [
            (LineKey::Erase, "привет й|"),
            (LineKey::Left, "привет |й"),
            (LineKey::Delete, "привет |"),
            (LineKey::EraseWord, "|"),
            (LineKey::Text("да нет".into()), "да нет|"),
            (LineKey::Home, "|да нет"),
            (LineKey::Right, "д|а нет"),
            (LineKey::Text("\u{1b}\n".into()), "д|а нет"),
            (LineKey::EraseBefore, "|а нет"),
            (LineKey::WordRight, "а| нет"),
            (LineKey::EraseNextWord, "а|"),
            (LineKey::Restore, "а нет|"),
            (LineKey::WordLeft, "а |нет"),
            (LineKey::EraseAfter, "а |"),
            (LineKey::Restore, "а нет|"),
        ];
        for (key, text) in steps {
            assert_eq!(line.key(&key), AfterKey::Writing);
            assert_eq!(shown(&line), text, "{key:?}");
        }
        assert_eq!(line.key(&LineKey::Send), AfterKey::Sent("а нет".into()));
    }

    #[test]
    fn nothing_is_sent_of_blanks_and_nothing_is_longer_than_a_message() {
        let mut line = WrittenLine::default();
        typed(&mut line, "  ");
        assert_eq!(line.key(&LineKey::Send), AfterKey::Closed);
        for _ in 0..20 {
            line.key(&LineKey::Text("я".repeat(100)));
        }
        assert_eq!(line.text().before.chars().count(), 500);
        line.key(&LineKey::EraseBefore);
        for _ in 0..2 {
            line.key(&LineKey::Restore);
        }
        assert_eq!(line.text().before.chars().count(), 500);
    }
}
