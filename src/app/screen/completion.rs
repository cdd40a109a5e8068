//! What Tab completes: a command after `/`, its plain words, members and entries of the queue, a
//! name after `@`, an emoji after `:`.

use strum::IntoEnumIterator;

use super::editor::Editor;
use super::view::ClientView;
use crate::app::command::{ArgumentWord, Slash};
use crate::app::saved_list::ListName;
use crate::protocol::ids::EntryId;
use crate::protocol::text::Title;
use crate::texts::language::Language;

mod emoji;

/// The most that are offered.
const MOST: usize = 8;

/// What completion knows of the room.
#[derive(Debug, Clone)]
pub struct Known {
    /// The names of the others who are here.
    pub names: Vec<String>,
    /// The entries of the queue, each with its title.
    pub entries: Vec<(EntryId, String)>,
    /// The names of the playlists that are saved on this computer.
    pub lists: Vec<String>,
    /// The names of the room's emotes, each within colons.
    pub emotes: Vec<String>,
    /// The language of the member.
    pub language: Language,
}

impl Known {
    /// What is known in this room, and of these saved playlists.
    pub(super) fn of(view: &ClientView<'_>, lists: &[ListName]) -> Self {
        let members = view.members();
        let others = members.iter().filter(|member| !view.is_me(member.id));
        let entries = view.queue().into_iter().map(|entry| {
            let title = entry.title.as_ref().map(Title::to_string);
            (entry.id, title.unwrap_or_else(|| entry.media.name()))
        });
        Self {
            names: others.map(|member| member.name.to_string()).collect(),
            entries: entries.collect(),
            lists: lists.iter().map(|name| name.as_str().to_owned()).collect(),
            emotes: view.room.map_or_else(Vec::new, |room| {
                room.emotes
                    .iter()
                    .map(|(name, _)| name.to_string())
                    .collect()
            }),
            language: view.language,
        }
    }
}

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
        let (kept, offers) = of_argument(before, known).or_else(|| of_word(before, known))?;
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

/// What could be the whole argument of a command: an entry by its number or title, a member by
/// their name, which may have blanks.
fn of_argument<'a>(before: &'a str, known: &Known) -> Completed<'a> {
    let (name, argument) = before.strip_prefix('/')?.split_once(' ')?;
    let slash = Slash::named(name)?;
    let typed = argument.to_lowercase();
    let kept = before.strip_suffix(argument)?;
    if takes_list(slash) {
        let lists = known.lists.iter();
        let fitting = lists.filter(|name| name.to_lowercase().starts_with(&typed));
        let fitting = some(kept, fitting.map(|name| format!("{name} ").into()));
        if fitting.is_some() {
            return fitting;
        }
    }
    let is_word = |word: ArgumentWord| {
        Language::iter().any(|language| word.written(language).starts_with(&typed))
    };
    let is_option = |word: &ArgumentWord| slash.options().any(|option| option == *word);
    let mut words = slash.words().filter(|word| !is_option(word));
    if !typed.is_empty() && words.any(is_word) {
        return None;
    }
    if takes_entry(slash) {
        let title = typed.trim_start_matches('#');
        let is_number = typed.starts_with('#');
        let fits = |(id, about): &&(EntryId, String)| {
            let by_title = !is_number && about.to_lowercase().contains(title);
            id.to_string().starts_with(title) || by_title
        };
        let fitting = known.entries.iter().filter(fits).map(|(id, about)| Offer {
            text: format!("#{id} "),
            shown: format!("#{id} {about}"),
        });
        return some(kept, fitting);
    }
    if takes_member(slash) && !typed.starts_with(['#', '@']) {
        let names = known.names.iter();
        let fitting = names.filter(|name| name.to_lowercase().starts_with(&typed));
        return some(kept, fitting.map(|name| format!("{name} ").into()));
    }
    None
}

/// Whether a command takes an entry of the queue.
const fn takes_entry(slash: Slash) -> bool {
    matches!(
        slash,
        Slash::Play
            | Slash::Approve
            | Slash::Reject
            | Slash::Withdraw
            | Slash::Remove
            | Slash::Move
    )
}

/// Whether a command takes the name of a saved playlist.
const fn takes_list(slash: Slash) -> bool {
    matches!(slash, Slash::Save | Slash::Load)
}

/// Whether a command takes a member.
const fn takes_member(slash: Slash) -> bool {
    matches!(
        slash,
        Slash::Admin
            | Slash::Moderator
            | Slash::Viewer
            | Slash::Heir
            | Slash::Kick
            | Slash::Mute
            | Slash::Unmute
            | Slash::Erase
            | Slash::Clear
            | Slash::NoWait
            | Slash::Report
            | Slash::Ban
            | Slash::Unban
    )
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
    use super::{Completion, Editor, Known};
    use crate::protocol::ids::EntryId;
    use crate::texts::language::Language;

    fn completed(text: &str, tabs: usize) -> Option<String> {
        completed_in(Language::English, text, tabs)
    }

    fn completed_in(language: Language, text: &str, tabs: usize) -> Option<String> {
        let known = Known {
            names: ["Alice", "Алёна", "Al Pacino"].map(str::to_owned).to_vec(),
            entries: vec![
                (EntryId(12), "Nosferatu".to_owned()),
                (EntryId(13), "Metropolis".to_owned()),
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
