//! What Tab completes: a command after `/` and its plain words, a name after `@`, an emoji
//! after `:`.

use super::editor::Editor;
use crate::app::command::Slash;

/// The most that are offered.
const MOST: usize = 8;

/// What Tab offers for a word, in the order in which it goes through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The texts, each of which would replace the word.
    offers: Vec<String>,
    /// The index of the one that is in the line, if any.
    at: Option<usize>,
    /// The line before the word.
    before: String,
    /// The line after the cursor.
    after: String,
}

impl Completion {
    /// What could complete the word before the cursor; `None` if nothing does.
    #[must_use]
    pub fn of(editor: &Editor, names: &[String]) -> Option<Self> {
        let before = editor.before();
        let begin = before.rfind(char::is_whitespace).map_or(0, |at| {
            at + before
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8)
        });
        let (kept, word) = before.split_at_checked(begin)?;
        let offers = offers(kept.trim(), word, names);
        (!offers.is_empty()).then(|| Self {
            offers,
            at: None,
            before: kept.to_owned(),
            after: editor.after().to_owned(),
        })
    }

    /// The texts that are offered, in order.
    #[must_use]
    pub fn offers(&self) -> &[String] {
        &self.offers
    }

    /// The index of the offer that is in the line, once Tab has put one there.
    #[must_use]
    pub const fn chosen(&self) -> Option<usize> {
        self.at
    }

    /// Puts the next offer into the line.
    pub(super) fn next(&mut self, editor: &mut Editor) {
        let next = self.at.map_or(0, |at| (at + 1) % self.offers.len().max(1));
        let Some(offer) = self.offers.get(next) else {
            return;
        };
        self.at = Some(next);
        editor.set(&self.before);
        editor.insert(offer);
        let after = self.after.clone();
        let behind = editor.text().len();
        editor.insert(&after);
        while editor.before().len() > behind {
            editor.left();
        }
    }
}

fn offers(kept: &str, word: &str, names: &[String]) -> Vec<String> {
    if kept.is_empty()
        && let Some(typed) = word.strip_prefix('/')
    {
        let typed = typed.to_lowercase();
        let names = Slash::ALL.iter().map(|slash| slash.name());
        let fitting = names.filter(|name| name.starts_with(&typed));
        return fitting.take(MOST).map(|name| format!("/{name} ")).collect();
    }
    if let Some(typed) = word.strip_prefix('@') {
        let typed = typed.to_lowercase();
        let fitting = names
            .iter()
            .filter(|name| name.to_lowercase().starts_with(&typed));
        return fitting.take(MOST).map(|name| format!("@{name} ")).collect();
    }
    if let Some(slash) = kept.strip_prefix('/').and_then(Slash::named)
        && !word.is_empty()
    {
        let typed = word.to_lowercase();
        let fitting = slash.words().filter(|fixed| fixed.starts_with(&typed));
        let fitting: Vec<String> = fitting.take(MOST).map(str::to_owned).collect();
        if !fitting.is_empty() {
            return fitting;
        }
    }
    let typed = word.strip_prefix(':').filter(|typed| !typed.is_empty());
    typed.map_or_else(Vec::new, emoji)
}

/// Emoji with a short code that begins with these letters, each once.
fn emoji(typed: &str) -> Vec<String> {
    let typed = typed.to_lowercase();
    let fits = |emoji: &&emojis::Emoji| emoji.shortcodes().any(|code| code.starts_with(&typed));
    emojis::iter()
        .filter(fits)
        .take(MOST)
        .map(|emoji| emoji.as_str().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Completion, Editor};

    fn completed(text: &str, tabs: usize) -> Option<String> {
        let names = [
            "Alice".to_owned(),
            "Алёна".to_owned(),
            "Al Pacino".to_owned(),
        ];
        let mut editor = Editor::with(text);
        let mut completion = Completion::of(&editor, &names)?;
        for _ in 0..tabs {
            completion.next(&mut editor);
        }
        Some(editor.text().to_owned())
    }

    #[test]
    fn commands_names_and_emoji_are_completed() {
        assert_eq!(completed("/pau", 1).unwrap(), "/pause ");
        assert_eq!(completed("hi @ali", 1).unwrap(), "hi @Alice ");
        assert_eq!(completed("@ал", 1).unwrap(), "@Алёна ");
        assert_eq!(completed("so :popco", 1).unwrap(), "so 🍿");
        assert_eq!(completed("/reject a", 1).unwrap(), "/reject all");
        assert_eq!(completed("/ждать o", 2).unwrap(), "/ждать off");
        assert_eq!(completed("@al", 2).unwrap(), "@Al Pacino ");
        assert_eq!(completed("@al", 3).unwrap(), "@Alice ", "round again");
    }

    #[test]
    fn other_words_are_not() {
        for text in ["", "hello", "say /pau", ":", "@nobody", "12:30"] {
            assert_eq!(completed(text, 1), None, "{text}");
        }
    }
}
