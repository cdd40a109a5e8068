//! The line that is being written in the window.

use unicode_segmentation::UnicodeSegmentation;

use super::scene::WrittenText;
use crate::protocol::text::ChatText;
use crate::sync::player::LineKey;

/// A line and its caret. It is as long as a message may be, and no longer.
#[derive(Debug, Clone, Default)]
pub(super) struct WrittenLine {
    text: WrittenText,
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
        self.text.clone()
    }

    /// Takes a key in.
    pub(super) fn key(&mut self, key: &LineKey) -> AfterKey {
        let WrittenText { before, after } = &mut self.text;
        match key {
            LineKey::Text(typed) => {
                let used = before.chars().count() + after.chars().count();
                let left = ChatText::MAX_CHARS.saturating_sub(used);
                before.extend(typed.chars().filter(|c| !c.is_control()).take(left));
            }
            LineKey::Erase => {
                before.truncate(last_grapheme(before));
            }
            LineKey::Delete => {
                after.drain(..first_grapheme(after));
            }
            LineKey::EraseWord => {
                let word = before.trim_end().rfind(char::is_whitespace);
                let from = word.map_or(0, |blank| {
                    let width = before.get(blank..).and_then(|rest| rest.chars().next());
                    blank + width.map_or(1, char::len_utf8)
                });
                before.truncate(from);
            }
            LineKey::EraseBefore => before.clear(),
            LineKey::Left => {
                let moved = before.split_off(last_grapheme(before));
                after.insert_str(0, &moved);
            }
            LineKey::Right => {
                let moved: String = after.drain(..first_grapheme(after)).collect();
                before.push_str(&moved);
            }
            LineKey::Home => {
                let moved = std::mem::take(before);
                after.insert_str(0, &moved);
            }
            LineKey::End => before.push_str(&std::mem::take(after)),
            LineKey::Send => {
                let line = format!("{before}{after}");
                let is_blank = line.trim().is_empty();
                return if is_blank {
                    AfterKey::Closed
                } else {
                    AfterKey::Sent(line)
                };
            }
            LineKey::Close => return AfterKey::Closed,
        }
        AfterKey::Writing
    }
}

/// Where the last grapheme begins.
fn last_grapheme(text: &str) -> usize {
    text.grapheme_indices(true)
        .next_back()
        .map_or(0, |(at, _)| at)
}

/// Where the first grapheme ends.
fn first_grapheme(text: &str) -> usize {
    text.graphemes(true).next().map_or(0, str::len)
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
            (LineKey::End, "а нет|"),
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
    }
}
