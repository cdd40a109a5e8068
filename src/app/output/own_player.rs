//! What the member's own player did and how it is now, as it reported it. Facts without words.

use strum::IntoStaticStr;

use super::person::Person;
use crate::protocol::time::Span;
use crate::sync::player::{Chapter, Quality, Sound, SubtitleProblem, Track, TrackKind};

/// A notice about what is the member's own in the player. The name in snake case is the code in
/// `--json`.
#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum OwnPlayerNotice {
    /// The volume was set.
    Volume(Sound),
    /// The sound was switched off or on.
    Muted(Sound),
    /// The window covers the screen now, or does not.
    Fullscreen(bool),
    /// Another track was chosen, or none.
    Track {
        /// Which kind of track.
        kind: TrackKind,
        /// The track in use; `None` if none is.
        track: Option<Track>,
        /// How many there are of the kind.
        of: usize,
    },
    /// All tracks of a kind: the answer to `/sub` and `/audio`.
    Tracks {
        /// Which kind of track.
        kind: TrackKind,
        /// They, in the player's order.
        tracks: Vec<Track>,
    },
    /// All chapters of what plays, as the own player knows them: the answer to `/chapter` alone.
    Chapters {
        /// They, in the order in which they play.
        chapters: Vec<Chapter>,
        /// The number, from 1, of the one that the room is in.
        present: Option<usize>,
    },
    /// A member offers subtitles for the media.
    SubtitlesOffered {
        /// The member who offers them.
        who: Person,
        /// The name of the file.
        name: String,
        /// The host that who accepts them contacts.
        host: String,
    },
    /// The subtitles that are offered were accepted before.
    SubtitlesShownAlready,
    /// The subtitles that were accepted are not shown.
    SubtitlesFailed(SubtitleProblem),
    /// Subtitles come so much later than normal (negative: sooner).
    SubtitleDelay(Span),
    /// How late the sound device is (negative: early): the answer to `/nudge`.
    Offset {
        /// How late it is.
        offset: Span,
        /// The device, as the player names it, once it plays sound.
        device: Option<String>,
    },
    /// The quality was chosen, and from when it counts.
    Quality(Quality, QualityStart),
    /// The answer to `/quality` alone.
    QualityNow {
        /// What the member chose; `None` before any choice.
        chosen: Option<Quality>,
        /// The lines of the picture, if there is one.
        lines: Option<u32>,
    },
    /// The player did not do what it was ordered to; how it is now, if that is known.
    Refused(Option<Box<Self>>),
    /// The media comes in one quality only.
    QualityFixed,
    /// The picture has so many lines, after the quality was chosen.
    Picture(u32),
}

/// From when a chosen quality counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QualityStart {
    /// Now: the media is opened anew.
    Reopens,
    /// With the next media: nothing is on.
    NextMedia,
    /// Once the player is open again.
    PlayerIsOpen,
}

impl OwnPlayerNotice {
    /// Whether it is to be read again later: a list, or what somebody else did.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        matches!(
            self,
            Self::Tracks { .. } | Self::Chapters { .. } | Self::SubtitlesOffered { .. }
        )
    }
}
