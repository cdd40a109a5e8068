//! One medium in the player, from the order to open it to its end.

use serde_json::Value;

use super::complaints::clean;
use crate::media::{Media, Source};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::PlayerEvent;

/// The longest title that is handed on, in characters.
const LONGEST_TITLE: usize = 200;

/// What mpv is told to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The address, in the form that mpv gets it and tells it back.
    pub(super) address: String,
    /// Whether yt-dlp finds the streams.
    pub(super) resolved: bool,
}

impl Target {
    /// How `media` is opened.
    pub(super) fn of(media: &Media) -> Self {
        match media.source() {
            Source::Youtube(_) => Self::youtube(&media.url()),
            Source::Direct(_) => Self {
                address: media.url(),
                resolved: false,
            },
        }
    }

    /// A link that yt-dlp resolves, which `ytdl://` says.
    pub(super) fn youtube(link: &str) -> Self {
        Self {
            address: format!("ytdl://{link}"),
            resolved: true,
        }
    }
}

/// A medium in the player.
#[derive(Debug)]
pub(super) struct Load {
    /// The room's number for it.
    pub(super) epoch: Epoch,
    /// What was opened.
    pub(super) target: Target,
    /// mpv's number for it; `None` until mpv has told it.
    pub(super) entry: Option<u64>,
    /// How it ended while its number was not known yet: the entry, the reason, the error.
    pub(super) early_end: Option<(u64, String, String)>,
    /// Whether it plays or stands somewhere. Before that seeks are its own opening.
    pub(super) running: bool,
    /// Whether it stands at its end.
    pub(super) at_end: bool,
    /// Where a seek of ours was ordered to, until mpv tells of its begin.
    pub(super) seek_ordered: Option<Position>,
    /// Where mpv is on its way to by our order.
    pub(super) bound: Option<Position>,
    /// When playback last came to a new place, and which one was ordered, if any.
    pub(super) arrived: Option<(LocalTime, Option<Position>)>,
    /// A seek that may be mpv's own, until it is known.
    pub(super) doubtful_seek: Option<Doubt>,
    /// What it tells of itself.
    pub(super) facts: Facts,
}

/// A seek that may be mpv's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Doubt {
    /// When it began.
    pub(super) at: LocalTime,
    /// Which place was ordered right before it, if any.
    pub(super) whither: Option<Position>,
    /// Whether it is over, so that the next position told is where it ended.
    pub(super) over: bool,
}

impl Load {
    /// An order that mpv has not answered yet.
    pub(super) fn new(epoch: Epoch, target: Target) -> Self {
        Self {
            epoch,
            target,
            entry: None,
            early_end: None,
            running: false,
            at_end: false,
            seek_ordered: None,
            bound: None,
            arrived: None,
            doubtful_seek: None,
            facts: Facts::default(),
        }
    }
}

/// A question about a medium that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    /// `path`: what really opened.
    Path,
    /// `playlist-count`: 1, unless a playlist took its place.
    Entries,
    /// `duration` in seconds.
    Duration,
    /// `seekable`
    Seekable,
    /// `aid`: a number while a sound track is in use.
    Sound,
    /// `filename`, which mpv uses as the title when it has none.
    FileName,
    /// `media-title`
    Title,
}

impl Fact {
    /// All of them, in the order they are asked; the last one completes them.
    pub(super) const ALL: [Self; 7] = [
        Self::Path,
        Self::Entries,
        Self::Duration,
        Self::Seekable,
        Self::Sound,
        Self::FileName,
        Self::Title,
    ];

    /// mpv's name for it.
    pub(super) const fn property(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Entries => "playlist-count",
            Self::Duration => "duration",
            Self::Seekable => "seekable",
            Self::Sound => "aid",
            Self::FileName => "filename",
            Self::Title => "media-title",
        }
    }
}

/// The answers so far.
#[derive(Debug, Default)]
pub(super) struct Facts {
    path: Option<String>,
    entries: Option<u64>,
    duration: Option<f64>,
    seekable: bool,
    sound: bool,
    file_name: Option<String>,
    title: Option<String>,
}

impl Facts {
    /// Takes one answer; an error leaves the fact unknown.
    pub(super) fn take(&mut self, fact: Fact, answer: &Result<Value, String>) {
        let Ok(value) = answer else { return };
        let text = || value.as_str().map(str::to_owned);
        match fact {
            Fact::Path => self.path = text(),
            Fact::Entries => self.entries = value.as_u64(),
            Fact::Duration => self.duration = value.as_f64(),
            Fact::Seekable => self.seekable = value == &Value::Bool(true),
            Fact::Sound => self.sound = value.is_number(),
            Fact::FileName => self.file_name = text(),
            Fact::Title => self.title = text(),
        }
    }

    /// Whether something else opened than was asked for.
    pub(super) fn is_other_than(&self, target: &Target) -> bool {
        self.entries != Some(1) || self.path.as_deref() != Some(target.address.as_str())
    }

    /// Whether a sound track is in use.
    pub(super) const fn has_sound(&self) -> bool {
        self.sound
    }

    /// The report of the medium that opened.
    pub(super) fn report(&self, epoch: Epoch) -> PlayerEvent {
        let titled = self
            .title
            .as_ref()
            .filter(|title| Some(*title) != self.file_name.as_ref());
        let title = titled
            .map(|title| clean(title, LONGEST_TITLE))
            .filter(|title| !title.is_empty());
        PlayerEvent::Loaded {
            epoch,
            title,
            has_audio: self.sound,
            seekable: self.seekable,
            live: self.length().is_none() && !self.seekable,
            begins: None,
        }
    }

    /// Its length, as far as the player knows one.
    pub(super) fn length(&self) -> Option<Span> {
        let known = self
            .duration
            .filter(|seconds| seconds.is_finite() && *seconds > 0.0);
        known.map(Span::from_seconds)
    }
}
