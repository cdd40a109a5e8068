//! What Tab completes: a command after `/`, its plain words, what the room has that it can name, a
//! name after `@`, an emoji after `:`.

use strum::IntoEnumIterator;

use super::editor::Editor;
use crate::app::command::{ArgumentWord, Slash};
use crate::texts::language::Language;

pub use known::Known;

mod argument;
mod emoji;
mod known;

/// The most that are offered.
const MOST: usize = 8;

/// One way to complete what is written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Offer {
    /// What stands in the line then.
    text: String,
    /// What is shown.
    shown: String,
}

impl From<String> for Offer {
    fn from(text: String) -> Self {
        let shown = text.trim_end().to_owned();
        Self { text, shown }
    }
}

/// What Tab offers for a word, in the order in which it goes through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The texts, each of which would replace the word.
    offers: Vec<Offer>,
    /// The index of the one that is in the line, if any.
    at: Option<usize>,
    /// The line before the word.
    before: String,
    /// The line after the cursor.
    after: String,
}

impl Completion {
    /// What could complete the word before the cursor, or the argument there; `None` if nothing
    /// does. Commands are offered in the language in which they are begun, and in the member's
    /// before their first letter.
    #[must_use]
    pub fn of(editor: &Editor, known: &Known) -> Option<Self> {
        let before = editor.before();
        let (kept, offers) =
            argument::of_argument(before, known).or_else(|| of_word(before, known))?;
        Some(Self {
            offers,
            at: None,
            before: kept.to_owned(),
            after: editor.after().to_owned(),
        })
    }

    /// The texts that are offered, as they are shown, in order.
    pub fn offers(&self) -> impl Iterator<Item = &str> {
        self.offers.iter().map(|offer| offer.shown.as_str())
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
        editor.insert(&offer.text);
        let after = self.after.clone();
        let behind = editor.text().len();
        editor.insert(&after);
        while editor.before().len() > behind {
            editor.left();
        }
    }
}

/// What stays of a line, and what could stand behind it.
type Completed<'a> = Option<(&'a str, Vec<Offer>)>;

fn some(kept: &str, offers: impl Iterator<Item = Offer>) -> Completed<'_> {
    let offers: Vec<Offer> = offers.take(MOST).collect();
    (!offers.is_empty()).then_some((kept, offers))
}

/// What could be the word before the cursor.
fn of_word<'a>(before: &'a str, known: &Known) -> Completed<'a> {
    let blank = before.char_indices().rfind(|(_, c)| c.is_whitespace());
    let begin = blank.map_or(0, |(at, blank)| at + blank.len_utf8());
    let (kept, word) = before.split_at_checked(begin)?;
    let line = kept.trim();
    if let Some(typed) = word.strip_prefix('/').filter(|_| line.is_empty()) {
        let names = commands(&typed.to_lowercase(), known.language).into_iter();
        return some(kept, names.map(|name| format!("/{name} ").into()));
    }
    if let Some(typed) = word.strip_prefix('@') {
        let typed = typed.to_lowercase();
        let names = known.names.iter();
        let fitting = names.filter(|name| name.to_lowercase().starts_with(&typed));
        return some(kept, fitting.map(|name| format!("@{name} ").into()));
    }
    let name = line
        .strip_prefix('/')
        .and_then(|line| line.split(' ').next());
    if let Some(slash) = name.and_then(Slash::named)
        && !word.is_empty()
    {
        let words = some(
            kept,
            argument_words(slash, word, known.language).into_iter(),
        );
        if words.is_some() {
            return words;
        }
    }
    let typed = word.strip_prefix(':').filter(|typed| !typed.is_empty())?;
    let prefix = word.to_lowercase();
    let emotes = known.emotes.iter().filter(|name| name.starts_with(&prefix));
    let emotes = emotes.map(|name| format!("{name} "));
    let all = emotes.chain(emoji::named(typed));
    some(kept, all.map(Offer::from))
}

/// The plain words and the options of a command that begin as what is typed does. Behind bare hyphens
/// it is this language that counts; after the first letter it tells.
fn argument_words(slash: Slash, typed: &str, language: Language) -> Vec<Offer> {
    let plain = typed.trim_start_matches('-').to_lowercase();
    let is_option = plain.len() < typed.len();
    let languages = Language::iter().filter(|one| !plain.is_empty() || *one == language);
    let options: Vec<ArgumentWord> = slash.options().collect();
    let mut offers = Vec::new();
    for word in slash.words() {
        let hyphens = if options.contains(&word) { "--" } else { "" };
        if is_option && hyphens.is_empty() {
            continue;
        }
        let written = languages.clone().map(|one| word.written(one));
        let fitting = written.filter(|fixed| fixed.starts_with(&plain));
        offers.extend(fitting.map(|fixed| Offer::from(format!("{hyphens}{fixed}"))));
    }
    offers
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

#[cfg(test)]
mod tests {
    use super::known::{KnownEntry, KnownTrack};
    use super::{Completion, Editor, Known};
    use crate::protocol::ids::EntryId;
    use crate::sync::player::TrackKind;
    use crate::texts::language::Language;

    fn entry(id: u64, about: &str, is_proposed: bool, is_own: bool) -> KnownEntry {
        KnownEntry {
            id: EntryId(id),
            about: about.to_owned(),
            is_proposed,
            is_own,
        }
    }

    fn track(kind: TrackKind, number: u32, language: &str, name: &str) -> KnownTrack {
        KnownTrack {
            kind,
            number,
            language: Some(language.to_owned()),
            name: name.to_owned(),
        }
    }

    fn completed(text: &str, tabs: usize) -> Option<String> {
        completed_in(Language::English, text, tabs)
    }

    fn completed_in(language: Language, text: &str, tabs: usize) -> Option<String> {
        let known = Known {
            names: ["Alice", "Алёна", "Al Pacino"].map(str::to_owned).to_vec(),
            muted: vec!["Boris".to_owned()],
            banned: vec!["Zoe".to_owned()],
            entries: vec![
                entry(12, "Nosferatu", false, true),
                entry(13, "Metropolis", true, false),
            ],
            chapters: vec![
                (1, "The farmhouse".to_owned()),
                (12, "The cellar".to_owned()),
            ],
            tracks: vec![
                track(TrackKind::Audio, 1, "eng", "English"),
                track(TrackKind::Audio, 2, "rus", "Русский (Дубляж)"),
                track(TrackKind::Subtitles, 1, "rus", "Русский"),
            ],
            lists: ["Friday night", "Мультики"].map(str::to_owned).to_vec(),
            emotes: vec![":popcorn_rain:".to_owned()],
            language,
        };
        let mut editor = Editor::with(text);
        let mut completion = Completion::of(&editor, &known)?;
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
        assert_eq!(completed("so :popco", 1).unwrap(), "so :popcorn_rain: ");
        assert_eq!(completed("so :popco", 2).unwrap(), "so 🍿");
        assert_eq!(completed("/react :fi", 1).unwrap(), "/react 🔥");
        assert_eq!(completed("/reject a", 1).unwrap(), "/reject all");
        assert_eq!(completed("/ждать o", 2).unwrap(), "/ждать off");
        assert_eq!(completed("@al", 2).unwrap(), "@Al Pacino ");
        assert_eq!(completed("@al", 3).unwrap(), "@Alice ", "round again");
    }

    #[test]
    fn entries_and_members_are_completed_as_arguments() {
        let rows = [
            ("/play #", "/play #12 "),
            ("/play #13", "/play #13 "),
            ("/играть метр", ""),
            ("/играть metr", "/играть #13 "),
            ("/move ", "/move #12 "),
            ("/kick al p", "/kick Al Pacino "),
            ("/кик ал", "/кик Алёна "),
            ("/kick ", "/kick Alice "),
            ("/reject @al", "/reject @Alice "),
            ("/play --w", "/play --wait"),
            (
                "/play https://example.org/a.mp4 --w",
                "/play https://example.org/a.mp4 --wait",
            ),
            ("/играть -", "/играть --wait"),
            ("/играть --ж", "/играть --ждать"),
            ("/invite --f", "/invite --for"),
            ("/invite u", "/invite --uses"),
            ("/load f", "/load Friday night "),
            ("/загрузить м", "/загрузить Мультики "),
            ("/save Friday night o", "/save Friday night off"),
            ("/save O", "/save off"),
            ("/nick al", ""),
            ("/play https://", ""),
        ];
        for (typed, whole) in rows {
            let completed = completed(typed, 1).unwrap_or_default();
            assert_eq!(completed, whole, "{typed}");
        }
    }

    /// Nothing is offered that the command could not take.
    #[test]
    fn each_command_is_offered_what_it_can_name() {
        let rows = [
            ("/unban ", "/unban Zoe "),
            ("/разбанить z", "/разбанить Zoe "),
            ("/unban al", ""),
            ("/unmute ", "/unmute Boris "),
            ("/unmute al", ""),
            ("/approve ", "/approve #13 "),
            ("/approve nos", ""),
            ("/withdraw ", "/withdraw #12 "),
            ("/withdraw metr", ""),
            ("/chapter ", "/chapter #1 "),
            ("/chapter cell", "/chapter #12 "),
            ("/chapter #12", "/chapter #12 "),
            ("/глава n", "/глава next"),
            ("/audio ", "/audio #1 "),
            ("/audio дуб", "/audio #2 "),
            ("/audio ru", "/audio #2 "),
            ("/дорожка 2", "/дорожка #2 "),
            ("/sub ", "/sub #1 "),
            ("/sub eng", ""),
            ("/sub o", "/sub off"),
            ("/help see", "/help seek "),
            ("/help /see", "/help /seek "),
            ("/помощь гла", "/помощь глава "),
        ];
        for (typed, whole) in rows {
            let completed = completed(typed, 1).unwrap_or_default();
            assert_eq!(completed, whole, "{typed}");
        }
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
