//! What a player can be asked and what it reports: plain words, so that the real mpv and a
//! test's fake are interchangeable. The player shell carries [`PlayerCommand`]s out and
//! reports facts as [`PlayerEvent`]s; what they mean for the room is decided elsewhere.

use strum::IntoStaticStr;

use crate::media::Media;
use crate::media::fault::MediaFault;
use crate::media::subtitles::SubtitleLink;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};

mod chapter;
mod overlay;
mod own;
mod problem;
mod unusable;
mod window;

pub use chapter::Chapter;
pub use overlay::{Overlay, OverlayColour, OverlayFloat, OverlayInput, OverlayLine, OverlaySpan};
pub use own::{MOST_OUTPUT_OFFSET, OwnAct, OwnReport, Sound, SubtitleProblem, Track, TrackKind};
pub use problem::MediaProblem;
pub use unusable::{SocketFault, Unusable};
pub use window::{LineKey, WindowEvent, WindowKey, WindowKeys};

/// An order to a player. Orders are carried out in the order they are given.
#[derive(Debug, Clone, PartialEq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum PlayerCommand {
    /// Open media, standing at `start`; playing only when `paused` is false.
    Load {
        /// The number of the media in the room; every report about it carries the same.
        epoch: Epoch,
        /// The parsed link; how it is fetched is the player's business.
        media: Media,
        /// Where to stand once it is open.
        start: Position,
        /// Whether to stand still there.
        paused: bool,
        /// Whether this is one of several tries of media that did not play: what cannot be
        /// fetched is then not asked for again below the player, since the next try follows.
        retry: bool,
    },
    /// Ask at once for data that is waited for until the next try ([`PlayerEvent::Refetching`]).
    /// The media stays open, where it stands and with what is cached (`/retry`).
    FetchNow {
        /// The number of the media in the room.
        epoch: Epoch,
    },
    /// Stop playing and show the empty window.
    Unload,
    /// Pause, or play on.
    SetPaused(bool),
    /// Seek exactly to this position, not to a keyframe near it.
    Seek(Position),
    /// Play at this speed (1.0 is normal). Without pitch correction the pitch follows it.
    SetSpeed {
        /// The factor, between 0.2 and 5.
        speed: f64,
        /// Whether the tempo filter keeps the pitch.
        pitch_correction: bool,
    },
    /// Draw this over the picture, in place of what was drawn before. The texts are already cleaned.
    Draw(Box<Overlay>),
    /// Call the window so. The text is already cleaned.
    SetTitle(String),
    /// Take these keys in the window.
    TakeKeys(WindowKeys),
    /// Make the member's own sound louder or softer, by percent.
    AdjustVolume(i32),
    /// Set the member's own volume, in percent.
    SetVolume(u16),
    /// Switch the member's own sound off, or on again.
    ToggleMute,
    /// Show the next subtitles, or none.
    CycleSubtitles,
    /// Use the next sound track.
    CycleAudio,
    /// Use the track of this number.
    SelectTrack {
        /// Which tracks the number counts.
        kind: TrackKind,
        /// The player's own number of the track; `None` shows or plays none.
        number: Option<u32>,
    },
    /// Fetch subtitles and show them with the media of `epoch`.
    AddSubtitles {
        /// The number of the media in the room.
        epoch: Epoch,
        /// Where the file is.
        link: SubtitleLink,
    },
    /// Show the member's own subtitles later by this (negative: sooner), from normal.
    SetSubtitleDelay(Span),
    /// The member's sound device is late by this (negative: early): play the sound sooner, so
    /// that what is heard is in step with the picture, and with the room.
    SetOutputOffset(Span),
    /// Cover the whole screen, or not.
    ToggleFullscreen,
    /// Play in this quality, from the next media that is opened on.
    SetQuality(Quality),
    /// Start the player again after it was missing, closed or killed (`/retry`).
    Restart,
    /// End the player for good.
    Quit,
}

/// What of media is fetched, where its source offers a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// The best there is.
    Best,
    /// At most so many lines of picture.
    UpTo(u16),
    /// The best sound; no picture is shown, even where it comes with the sound.
    AudioOnly,
}

/// What a player reports.
#[derive(Debug, Clone, PartialEq)]
pub enum PlayerEvent {
    /// The player's process changed its state.
    Process(ProcessState),
    /// The media of `epoch` is open and knows these things of itself.
    Loaded {
        /// The number of the media in the room.
        epoch: Epoch,
        /// Its title, if the media has one (cleaned, at most 200 characters).
        title: Option<String>,
        /// Whether it has a sound track in use.
        has_audio: bool,
        /// Whether the player can seek in it.
        seekable: bool,
        /// Whether it has neither a length nor can be sought in. A file that comes without
        /// either is taken for live too, until a [`PlayerEvent::Length`] shows otherwise.
        live: bool,
        /// Where its own time stamps begin, if it is an HLS list. Members differ in it if one
        /// of them misses the first part of a list that has an end, and by when they opened
        /// one that grows.
        begins: Option<Span>,
    },
    /// The length of the media of `epoch` rests, or changed after it did. Many containers
    /// have none; it is then known only once all of it was read, and that may be never.
    Length {
        /// The number of the media in the room.
        epoch: Epoch,
        /// Its length on the room's timeline, from position zero.
        length: Span,
    },
    /// The live list of `epoch` names the wall time of its pictures.
    LiveOrigin {
        /// The number of the media in the room.
        epoch: Epoch,
        /// The wall time, since the Unix epoch, of what stands at the player's position zero.
        wall: Span,
    },
    /// A part of the media of `epoch` is missing, and the player goes on behind it. Reported when
    /// that is fetched, which may be long before it is played.
    PartMissing {
        /// The number of the media in the room.
        epoch: Epoch,
        /// Where the part begins; `None` in a list that grows.
        at: Option<Position>,
        /// How long it is; zero where that is not known.
        length: Span,
    },
    /// The media of `epoch` could not be opened or broke off.
    Failed {
        /// The number of the media in the room.
        epoch: Epoch,
        /// Why, as far as it is known.
        problem: MediaProblem,
    },
    /// A seek began, by whomever.
    SeekBegan {
        /// When it was noticed.
        at: LocalTime,
    },
    /// Playback stands or runs at its new place, after a load or a seek.
    PlaybackRestarted {
        /// The position of the picture that is shown.
        position: Position,
        /// When that was read.
        at: LocalTime,
    },
    /// The `pause` property changed, by whomever.
    Paused {
        /// Whether the player is paused from now on.
        paused: bool,
        /// Where the player stands.
        position: Option<Position>,
        /// When that was read.
        at: LocalTime,
    },
    /// The running player turns out to lack something that it can do without.
    Lacks(Lack),
    /// What it lacked is there now.
    Regained(Lack),
    /// The `speed` property changed, by whomever.
    Speed {
        /// Its new value; 1.0 is normal.
        speed: f64,
    },
    /// Playback ran dry or a seek waits for data (`true`), or goes on.
    Stalled(bool),
    /// Where the player is, read now.
    Sample(Sample),
    /// The player came to the end of the data of the media of `epoch`, which need not be the
    /// end of the media.
    Ended {
        /// The number of the media in the room.
        epoch: Epoch,
        /// What was wrong with the connection since data came last; `None` if nothing was.
        broken: Option<MediaProblem>,
    },
    /// The data of the media of `epoch` is being fetched once more by itself, or (`None`)
    /// comes again.
    Refetching {
        /// The number of the media in the room.
        epoch: Epoch,
        /// Why, and until when.
        refetch: Option<Refetch>,
    },
    /// The picture of a paused player changed by itself: the member went a frame on, or to
    /// another one in a way that mpv does not call a seek. (A frame back is a seek.)
    Stepped {
        /// Where it stands now.
        position: Position,
        /// When that was read.
        at: LocalTime,
    },
    /// What is cached of the media of `epoch`, in which the player may get nowhere else: a file
    /// whose server serves no parts of it, or an HLS list that has an end.
    CachedRange {
        /// The number of the media in the room.
        epoch: Epoch,
        /// Where the player can be sent all the same.
        reach: CachedRange,
    },
    /// The media of `epoch` has these chapters, by where they begin.
    Chapters {
        /// The number of the media in the room.
        epoch: Epoch,
        /// At most [`Chapter::MOST`]; empty if it has none.
        chapters: Vec<Chapter>,
    },
    /// The member did something in the window that is not about the media.
    Window(WindowEvent),
    /// The player was at the end of the media of `epoch` and is not any more.
    LeftEnd {
        /// The number of the media in the room.
        epoch: Epoch,
    },
    /// What is the member's own in it: it changed, by whomever, or an order was carried out.
    Own {
        /// How it is now.
        report: OwnReport,
        /// The order that this answers, if it answers one.
        answers: Option<OwnAct>,
    },
}

/// One reading of a player's position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// The position that was read.
    pub position: Position,
    /// The local time half-way between asking and answer.
    pub at: LocalTime,
    /// Which of the player's clocks it is.
    pub basis: Basis,
    /// How much is buffered ahead of it, if known.
    pub buffered: Option<Span>,
}

/// The part of media that is cached: a player can be sent anywhere in it, also where it cannot
/// jump otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CachedRange {
    /// Its first position.
    pub from: Position,
    /// Its last one, which grows as data comes.
    pub until: Position,
    /// Whether no data follows.
    pub whole: bool,
}

/// Which of a player's clocks a [`Sample`] was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The audio clock: smooth to 0.1 ms while playing (measured on mpv 0.35.1).
    Audio,
    /// The frame on screen: steps once a frame, and is the truth while paused.
    Frame,
}

/// The state of a player's process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProcessState {
    /// No player, on purpose (`--no-player`).
    Off,
    /// Started, not answering yet.
    Starting,
    /// It answers: orders reach it from now on.
    Ready {
        /// Its version as it reports it, such as `0.35.1`.
        version: String,
        /// Something it lacks but can do without.
        lacks: Option<Lack>,
    },
    /// It did not answer within a second; it is still asked.
    Frozen,
    /// It answers again after being frozen.
    Thawed,
    /// Its process ended, and can be started again.
    Closed(CloseCause),
    /// It cannot be started.
    Unusable(Unusable),
}

/// What a running player does without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// No display was found: no picture.
    Display,
    /// No sound device was found: no sound.
    Sound,
    /// Neither was found: no picture and no sound.
    Both,
}

impl Lack {
    /// What is lacked by a player that lacks this besides what is `known`.
    #[must_use]
    pub fn besides(self, known: Option<Self>) -> Self {
        match known {
            Some(known) if known != self => Self::Both,
            _ => self,
        }
    }

    /// What is still lacked by a player that lacks this, once `regained` is there; `None` if
    /// nothing is.
    #[must_use]
    pub fn without(self, regained: Self) -> Option<Self> {
        match (self, regained) {
            (Self::Both, Self::Display) => Some(Self::Sound),
            (Self::Both, Self::Sound) => Some(Self::Display),
            (_, Self::Both) => None,
            (lack, regained) => (lack != regained).then_some(lack),
        }
    }
}

/// Why a player's process is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CloseCause {
    /// Its user closed it, or it was ordered to quit.
    Quit,
    /// A signal ended it.
    Killed,
    /// It ended by itself with this exit code.
    Exit(i32),
}

/// Data that is fetched once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refetch {
    /// What was wrong the last time.
    pub fault: MediaFault,
    /// When it is tried again.
    pub next: LocalTime,
}
