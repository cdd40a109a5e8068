//! What completion knows of the room and the own player.

use super::super::view::ClientView;
use crate::app::saved_list::ListName;
use crate::protocol::ids::EntryId;
use crate::protocol::playback::EntryState;
use crate::protocol::text::{MemberName, Title};
use crate::sync::player::{Chapter, Track, TrackKind};
use crate::texts::language::Language;
use crate::texts::language_names;

/// What can be named in a line.
#[derive(Debug, Clone)]
pub struct Known {
    /// The names of the others who are here.
    pub(super) names: Vec<String>,
    /// The names of those of them who are muted.
    pub(super) muted: Vec<String>,
    /// The names of those who are banned.
    pub(super) banned: Vec<String>,
    /// The entries of the queue.
    pub(super) entries: Vec<KnownEntry>,
    /// The chapters of what plays, by number from 1, each with its title or nothing.
    pub(super) chapters: Vec<(usize, String)>,
    /// The tracks of what plays.
    pub(super) tracks: Vec<KnownTrack>,
    /// The names of the playlists that are saved on this computer.
    pub(super) lists: Vec<String>,
    /// The names of the room's emotes, each within colons.
    pub(super) emotes: Vec<String>,
    /// The language of the member.
    pub(super) language: Language,
}

/// An entry of the queue.
#[derive(Debug, Clone)]
pub(super) struct KnownEntry {
    /// Its number.
    pub(super) id: EntryId,
    /// Its title, else the name in its link.
    pub(super) about: String,
    /// Whether it is a proposal.
    pub(super) is_proposed: bool,
    /// Whether the member queued it.
    pub(super) is_own: bool,
}

/// A track of what plays.
#[derive(Debug, Clone)]
pub(super) struct KnownTrack {
    /// Whether it is sound or subtitles.
    pub(super) kind: TrackKind,
    /// Its number among those of its kind, from 1.
    pub(super) number: u32,
    /// Its language as the file names it.
    pub(super) language: Option<String>,
    /// Its language and its title, as far as they are known.
    pub(super) name: String,
}

impl Known {
    /// What is known in this room, and of these saved playlists.
    pub(in crate::app::screen) fn of(view: &ClientView<'_>, lists: &[ListName]) -> Self {
        let members = view.members();
        let others = members.iter().filter(|member| !view.is_me(member.id));
        let muted = others.clone().filter(|member| member.flags.muted);
        let (bans, emotes) = view.room.map_or_else(Default::default, |room| {
            let bans = room.bans.iter().map(|ban| ban.name.to_string());
            let emotes = room.emotes.iter().map(|(name, _)| name.to_string());
            (bans.collect(), emotes.collect())
        });
        let entries = view.queue().into_iter().map(|entry| {
            let title = entry.title.as_ref().map(Title::to_string);
            KnownEntry {
                id: entry.id,
                about: title.unwrap_or_else(|| entry.media.name()),
                is_proposed: entry.state == EntryState::Proposed,
                is_own: view.is_me(entry.by),
            }
        });
        let name = |name: &MemberName| name.to_string();
        Self {
            names: others.map(|member| name(&member.name)).collect(),
            muted: muted.map(|member| name(&member.name)).collect(),
            banned: bans,
            entries: entries.collect(),
            chapters: (1..).zip(view.chapters.iter().map(titled)).collect(),
            tracks: view.tracks.iter().map(KnownTrack::of).collect(),
            lists: lists.iter().map(|name| name.as_str().to_owned()).collect(),
            emotes,
            language: view.language,
        }
    }
}

impl KnownTrack {
    fn of(track: &Track) -> Self {
        let code = track.language.as_deref();
        let spoken = code.map(|code| language_names::own_name(code).unwrap_or(code));
        let name = [spoken, track.title.as_deref()];
        let name: Vec<&str> = name.into_iter().flatten().collect();
        Self {
            kind: track.kind,
            number: track.number,
            language: track.language.clone(),
            name: name.join(" · "),
        }
    }
}

fn titled(chapter: &Chapter) -> String {
    let title = chapter.title.as_ref().map(Title::to_string);
    title.unwrap_or_default()
}
