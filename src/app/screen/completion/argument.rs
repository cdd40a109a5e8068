//! What could be the whole argument of a command: an entry, a member, a chapter, a track, a saved
//! playlist or a command that it can name.

use strum::IntoEnumIterator;

use super::known::{Known, KnownEntry};
use super::{Completed, Offer, commands, some};
use crate::app::command::{ArgumentWord, Slash};
use crate::sync::player::TrackKind;
use crate::texts::language::Language;
use crate::texts::language_names;

/// What stays of a line and what could stand behind it, where that is one whole argument: an entry,
/// a chapter or a track by its number or a part of its title, a member by their name, which may have
/// blanks.
pub(super) fn of_argument<'a>(before: &'a str, known: &Known) -> Completed<'a> {
    let (name, argument) = before.strip_prefix('/')?.split_once(' ')?;
    let slash = Slash::named(name)?;
    let typed = argument.to_lowercase();
    let kept = before.strip_suffix(argument)?;
    if matches!(slash, Slash::Save | Slash::Load) {
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
    match slash {
        Slash::Chapter => some(kept, chapters(known, &typed)),
        Slash::Audio => some(kept, tracks(known, TrackKind::Audio, &typed)),
        Slash::Subtitles => some(kept, tracks(known, TrackKind::Subtitles, &typed)),
        Slash::Help => {
            let name = typed.trim_start_matches('/');
            let sign = if name.len() < typed.len() { "/" } else { "" };
            let names = commands(name, known.language).into_iter();
            some(kept, names.map(|name| format!("{sign}{name} ").into()))
        }
        slash => match entry_filter(slash) {
            Some(is_meant) => some(kept, entries(known, is_meant, &typed)),
            None => some(kept, members(known, slash, &typed)),
        },
    }
}

/// The entries that a command takes; `None` if it takes none.
fn entry_filter(slash: Slash) -> Option<fn(&KnownEntry) -> bool> {
    match slash {
        Slash::Play | Slash::Remove | Slash::Move => Some(|_| true),
        Slash::Approve | Slash::Reject => Some(|entry| entry.is_proposed),
        Slash::Withdraw => Some(|entry| entry.is_own),
        _ => None,
    }
}

/// Offers of things that have a number and a title, which may both be typed.
fn numbered<'a>(
    typed: &'a str,
    things: impl Iterator<Item = (String, &'a str)> + 'a,
) -> impl Iterator<Item = Offer> + 'a {
    let name = typed.trim_start_matches('#');
    let is_number = typed.starts_with('#');
    let fitting = things.filter(move |(number, title)| {
        let by_title = !is_number && title.to_lowercase().contains(name);
        number.starts_with(name) || by_title
    });
    fitting.map(|(number, title)| Offer {
        text: format!("#{number} "),
        shown: format!("#{number} {title}").trim_end().to_owned(),
    })
}

fn entries<'a>(
    known: &'a Known,
    is_meant: fn(&KnownEntry) -> bool,
    typed: &'a str,
) -> impl Iterator<Item = Offer> + 'a {
    let entries = known.entries.iter().filter(move |entry| is_meant(entry));
    let entries = entries.map(|entry| (entry.id.to_string(), entry.about.as_str()));
    numbered(typed, entries)
}

fn chapters<'a>(known: &'a Known, typed: &'a str) -> impl Iterator<Item = Offer> + 'a {
    let chapters = known.chapters.iter();
    let chapters = chapters.map(|(number, title)| (number.to_string(), title.as_str()));
    numbered(typed, chapters)
}

/// The tracks of a kind, which are also found by their language.
fn tracks<'a>(
    known: &'a Known,
    kind: TrackKind,
    typed: &'a str,
) -> impl Iterator<Item = Offer> + 'a {
    let tracks = known.tracks.iter().filter(move |track| track.kind == kind);
    let is_meant = move |code: &String| language_names::is_meant(code, typed);
    let of_language = tracks
        .clone()
        .filter(move |track| track.language.as_ref().is_some_and(is_meant));
    let tracks = tracks.map(|track| (track.number.to_string(), track.name.as_str()));
    let by_language = of_language.map(|track| Offer {
        text: format!("#{} ", track.number),
        shown: format!("#{} {}", track.number, track.name),
    });
    let by_language: Vec<Offer> = by_language.collect();
    let others: Vec<Offer> = numbered(typed, tracks)
        .filter(|offer| !by_language.contains(offer))
        .collect();
    by_language.into_iter().chain(others)
}

/// The members that a command can be about.
fn members<'a>(known: &'a Known, slash: Slash, typed: &'a str) -> impl Iterator<Item = Offer> + 'a {
    let names: &[String] = match slash {
        Slash::Unban => &known.banned,
        Slash::Unmute => &known.muted,
        slash if takes_member(slash) => &known.names,
        _ => &[],
    };
    let is_other = typed.starts_with(['#', '@']);
    let names = names.iter().filter(move |_| !is_other);
    let fitting = names.filter(move |name| name.to_lowercase().starts_with(typed));
    fitting.map(|name| format!("{name} ").into())
}

/// Whether a command takes a member who is here.
const fn takes_member(slash: Slash) -> bool {
    matches!(
        slash,
        Slash::Admin
            | Slash::Moderator
            | Slash::Viewer
            | Slash::Heir
            | Slash::Kick
            | Slash::Mute
            | Slash::Erase
            | Slash::Clear
            | Slash::NoWait
            | Slash::Report
            | Slash::Ban
    )
}
