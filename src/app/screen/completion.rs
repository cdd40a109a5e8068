//! What Tab completes: a command after `/` and its plain words, a name after `@`, an emoji
//! after `:`.

use strum::IntoEnumIterator;

use super::editor::Editor;
use crate::app::command::{ArgumentWord, Slash};
use crate::texts::language::Language;

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
    /// What could complete the word before the cursor; `None` if nothing does. Commands are
    /// offered in the language in which they are begun, and in this one before their first letter.
    #[must_use]
    pub fn of(editor: &Editor, names: &[String], language: Language) -> Option<Self> {
        let before = editor.before();
        let begin = before.rfind(char::is_whitespace).map_or(0, |at| {
            at + before
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8)
        });
        let (kept, word) = before.split_at_checked(begin)?;
        let offers = offers(kept.trim(), word, names, language);
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

fn offers(kept: &str, word: &str, names: &[String], language: Language) -> Vec<String> {
    if kept.is_empty()
        && let Some(typed) = word.strip_prefix('/')
    {
        let typed = typed.to_lowercase();
        let fitting = commands(&typed, language).into_iter();
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
        let written = |word: ArgumentWord| Language::iter().map(move |one| word.written(one));
        let fitting = slash.words().flat_map(written);
        let fitting = fitting.filter(|fixed| fixed.starts_with(&typed));
        let fitting: Vec<String> = fitting.take(MOST).map(str::to_owned).collect();
        if !fitting.is_empty() {
            return fitting;
        }
    }
    let typed = word.strip_prefix(':').filter(|typed| !typed.is_empty());
    typed.map_or_else(Vec::new, emoji)
}

/// The names of commands that begin with these letters. Before the first letter it is this language
/// that counts; after it the letters tell.
fn commands(typed: &str, language: Language) -> Vec<&'static str> {
    let in_language = |language| Slash::ALL.iter().map(move |slash| slash.name_in(language));
    if typed.is_empty() {
        return in_language(language).collect();
    }
    let all = Language::iter().flat_map(in_language);
    all.filter(|name| name.starts_with(typed)).collect()
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
    use crate::texts::language::Language;

    fn completed(text: &str, tabs: usize) -> Option<String> {
        completed_in(Language::English, text, tabs)
    }

    fn completed_in(language: Language, text: &str, tabs: usize) -> Option<String> {
        let names = [
            "Alice".to_owned(),
            "Алёна".to_owned(),
            "Al Pacino".to_owned(),
        ];
        let mut editor = Editor::with(text);
        let mut completion = Completion::of(&editor, &names, language)?;
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
    fn a_command_is_completed_in_the_language_in_which_it_is_begun() {
        for language in [Language::English, Language::Russian] {
            let rows = [
                ("/pau", "/pause "),
                ("/пау", "/пауза "),
                ("/Гал", "/галерея "),
                ("/ждать в", "/ждать вкл"),
                ("/wait o", "/wait on"),
                ("/отклонить вс", "/отклонить все"),
                ("/lang r", "/lang ru"),
                ("/язык р", "/язык русский"),
            ];
            for (typed, whole) in rows {
                assert_eq!(completed_in(language, typed, 1).unwrap(), whole);
            }
        }
        assert_eq!(completed_in(Language::English, "/", 1).unwrap(), "/play ");
        assert_eq!(completed_in(Language::Russian, "/", 1).unwrap(), "/играть ");
    }

    #[test]
    fn other_words_are_not() {
        for text in ["", "hello", "say /pau", ":", "@nobody", "12:30"] {
            assert_eq!(completed(text, 1), None, "{text}");
        }
    }
}
