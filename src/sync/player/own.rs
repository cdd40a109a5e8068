//! What is a member's own in their player: sound, tracks, window. Nobody else reads or sets it.

use strum::IntoStaticStr;

use crate::media::fault::MediaFault;
use crate::protocol::time::Span;

/// The most by which a sound device can be late or early (judgement: Bluetooth takes 100 to 300 ms,
/// speakers on the network up to 2 s).
pub const MOST_OUTPUT_OFFSET: Span = Span::seconds(2);

/// How loud a player is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound {
    /// The volume in percent; 100 is unchanged, and mpv goes beyond it.
    pub volume: u16,
    /// Whether the sound is off, whatever the volume.
    pub muted: bool,
    /// The loudest that the player goes, in percent: mpv's `volume-max`.
    pub most: u16,
}

impl Sound {
    /// The loudest that mpv goes where its member does not say otherwise, in percent (mpv's default of
    /// `volume-max`, 0.35 to 0.40).
    pub const USUAL_MOST: u16 = 130;
    /// The loudest of any mpv, in percent (the bound of `volume-max`).
    pub const LOUDEST: u16 = 1_000;

    /// Whether the member hears the media as it is.
    #[must_use]
    pub const fn is_ordinary(self) -> bool {
        self.volume == 100 && !self.muted
    }
}

/// A kind of track of which a member chooses one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum TrackKind {
    /// A sound track.
    Audio,
    /// Subtitles.
    Subtitles,
}

/// A track of the media that is open. Its texts are cleaned and short.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// What it is.
    pub kind: TrackKind,
    /// The player's number among the tracks of its kind, from 1.
    pub number: u32,
    /// Its title, at most 80 characters.
    pub title: Option<String>,
    /// Its language as the file names it, such as `en`, `rus` or `pt-BR`; at most 16 characters.
    pub language: Option<String>,
    /// Its codec as FFmpeg names it, such as `subrip` or `aac`; at most 24 characters.
    pub codec: Option<String>,
    /// Whether the file calls it the default of its kind.
    pub is_default: bool,
    /// Whether the file wants it shown always.
    pub is_forced: bool,
    /// Whether it comes from elsewhere than the media.
    pub is_external: bool,
    /// Whether it is shown or heard.
    pub is_selected: bool,
}

/// Why subtitles that were accepted are not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubtitleProblem {
    /// They could not be fetched.
    Fetch(MediaFault),
    /// They are larger than any subtitles are.
    TooLarge,
    /// What their link serves is none.
    NotSubtitles,
    /// The player cannot read them.
    Player,
    /// Other media came on, or other subtitles were tried, before they were loaded.
    MediaChanged,
}

/// What a player reports of what is its member's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnReport {
    /// How loud it is.
    Sound(Sound),
    /// Whether it covers the whole screen.
    Fullscreen(bool),
    /// By how much subtitles are shown later than normal (negative: sooner).
    SubtitleDelay(Span),
    /// The sound and subtitle tracks of the media that is open; none without media.
    Tracks(Vec<Track>),
    /// The lines of the picture that is shown.
    PictureLines(u32),
    /// Subtitles that were ordered are not shown.
    SubtitlesFailed(SubtitleProblem),
    /// The sound device, as far as the player knows it: at most 120 characters.
    SoundDevice(String),
    /// The player did not carry this order out.
    Refused(OwnAct),
    /// mpv's `audio-delay` without the output offset: the member wants the sound so much later
    /// than the picture (negative: sooner).
    SoundDelay(Span),
}

/// An order about what is the member's own, as its answer is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnAct {
    /// The volume was set.
    Volume,
    /// The sound was switched off or on.
    Mute,
    /// The window was made to cover the screen, or not.
    Fullscreen,
    /// Another track of this kind, or none, was chosen.
    Track(TrackKind),
    /// Subtitles are shown sooner or later.
    SubtitleDelay,
}
