//! Texts about several links at once: queued, taken out, or kept.

use crate::app::command::Slash;
use crate::app::output::{BatchNotice, OwnFileProblem, QueuedTogether, Why};
use crate::app::saved_list::SavedList;
use crate::doctor::Finding;
use crate::doctor::resolver::ResolverFinding;
use crate::strings::sentences::{quoted, you};
use crate::strings::{doctor, player};
use crate::sync::player::MediaProblem;
use crate::texts::language::Language;
use crate::texts::{system, tr};

/// The text about several links.
pub(super) fn text(language: Language, notice: &BatchNotice) -> String {
    match notice {
        BatchNotice::TakenBack { who, count } => {
            let (name, you) = (who.name.as_str(), you(who));
            tr!(
                language,
                "notice-taken-back",
                who = name,
                you = you,
                count = (*count)
            )
        }
        BatchNotice::OnlyTheFirst { queued, left_out } => tr!(
            language,
            "notice-only-the-first",
            queued = (*queued),
            count = (*left_out)
        ),
        BatchNotice::ListSaved(saved) => list_saved(language, saved),
        BatchNotice::ListRemoved(name) => tr!(
            language,
            "notice-list-removed",
            name = quoted(language, name.as_str()),
            command = Slash::Save.name_in(language),
            short = name.as_str()
        ),
        BatchNotice::ListBack(name) => tr!(
            language,
            "notice-list-back",
            name = quoted(language, name.as_str()),
            command = Slash::Load.name_in(language),
            short = name.as_str()
        ),
        BatchNotice::SavedLists(names) if names.is_empty() => tr!(
            language,
            "notice-saved-lists-none",
            command = Slash::Save.name_in(language)
        ),
        BatchNotice::SavedLists(names) => {
            let names: Vec<String> = names
                .iter()
                .map(|name| quoted(language, name.as_str()))
                .collect();
            tr!(
                language,
                "notice-saved-lists",
                names = names.join(", "),
                command = Slash::Load.name_in(language)
            )
        }
        BatchNotice::QueuedTogether(queued) => queued_together(language, queued),
    }
}

/// Why no list of links was kept or queued, or a chapter not found; empty for other reasons.
pub(super) fn why(language: Language, why: &Why) -> String {
    match why {
        Why::NoPlaylist(MediaProblem::ResolverMissing) => {
            let missing = Finding::Resolver(ResolverFinding::Missing);
            let missing = doctor::finding(language, &missing);
            let again = Slash::Playlist.name_in(language);
            tr!(
                language,
                "why-no-playlist-ytdl",
                missing = missing,
                command = again
            )
        }
        Why::NoPlaylist(problem) => {
            let problem = player::problem(language, problem);
            tr!(language, "why-no-playlist", problem = problem)
        }
        Why::NothingToSave { left_out: 0 } => tr!(language, "why-nothing-to-save"),
        Why::NothingToSave { .. } => tr!(language, "why-only-proposals-to-save"),
        Why::OwnFile(problem) => own_file(language, problem),
        Why::NoSuchChapter { count: 0 } => tr!(language, "why-no-chapters"),
        Why::NoSuchChapter { count } => {
            let command = Slash::Chapter.name_in(language);
            tr!(
                language,
                "why-no-such-chapter",
                count = (*count),
                command = command
            )
        }
        Why::PlaylistsWait => tr!(language, "why-playlists-wait"),
        Why::NoRemovedList => tr!(language, "why-no-removed-list"),
        Why::NoSuchList => tr!(language, "why-no-such-list"),
        Why::NothingToQueue => tr!(language, "why-nothing-to-queue"),
        _ => String::new(),
    }
}

/// What is wrong with a file that the client keeps.
pub(super) fn own_file(language: Language, problem: &OwnFileProblem) -> String {
    match problem {
        OwnFileProblem::Damaged { path, aside } => tr!(
            language,
            "own-file-damaged",
            path = path.as_str(),
            aside = aside.as_str()
        ),
        OwnFileProblem::TooManyLists(most) => {
            tr!(language, "own-file-too-many-lists", count = (*most))
        }
        OwnFileProblem::Settings(why) => {
            tr!(language, "own-file-settings", why = why.as_str())
        }
        OwnFileProblem::Folder(place) => doctor::finding(language, &Finding::Place(place.clone())),
        OwnFileProblem::Unusable(fault) => {
            let why = system::words(language, fault);
            tr!(language, "own-file-unusable", why = why)
        }
    }
}

/// The queue was kept; what was only proposed was not.
fn list_saved(language: Language, saved: &SavedList) -> String {
    let name = saved.name.as_str();
    let text = tr!(
        language,
        "notice-list-saved",
        name = quoted(language, name),
        count = saved.count
    );
    let left_out =
        (saved.left_out > 0).then(|| tr!(language, "notice-list-left-out", count = saved.left_out));
    let again = tr!(
        language,
        "notice-list-load",
        command = Slash::Load.name_in(language),
        short = name
    );
    let sentences = [Some(text), left_out, Some(again)];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    sentences.join(" ")
}

/// A member queued several links at once; whoever did it reads how to take them back.
fn queued_together(language: Language, queued: &QueuedTogether) -> String {
    let (name, own) = (queued.who.name.as_str(), you(&queued.who));
    let mut sentences = Vec::new();
    if queued.count > 0 {
        let how = if queued.proposed { "proposed" } else { "added" };
        sentences.push(tr!(
            language,
            "notice-queued-together",
            who = name,
            you = own,
            how = how,
            count = queued.count
        ));
    }
    // What became of the rest is for whoever asked for it.
    let tells_rest = queued.who.is_you || queued.count == 0;
    if queued.known > 0 && tells_rest {
        sentences.push(tr!(language, "notice-queued-known", count = queued.known));
    }
    if queued.left_out > 0 && tells_rest {
        sentences.push(tr!(
            language,
            "notice-queued-left-out",
            count = queued.left_out
        ));
    }
    if let Some((first, last)) = queued.numbers.filter(|_| queued.who.is_you) {
        let slash = if queued.proposed {
            Slash::Withdraw
        } else {
            Slash::Remove
        };
        let command = slash.name_in(language);
        let first = first.to_string();
        let last = last.to_string();
        sentences.push(if first == last {
            tr!(
                language,
                "notice-queued-take-back-one",
                command = command,
                number = first
            )
        } else {
            tr!(
                language,
                "notice-queued-take-back",
                command = command,
                first = first,
                last = last
            )
        });
    }
    sentences.join(" ")
}
