//! What is known of the medium that the player was told to open.

use super::Output;
use crate::media::Media;
use crate::protocol::command::Report;
use crate::protocol::ids::Epoch;
use crate::protocol::text::Title;
use crate::protocol::time::{LocalTime, Position, Span};

/// How long a player may wait for data before the room hears of it.
const STALL_REPORT_AFTER: Span = Span::seconds(1);

/// One medium in the player.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone)]
pub(super) struct Medium {
    pub(super) epoch: Epoch,
    pub(super) media: Media,
    pub(super) stage: Stage,
    pub(super) ordered: LocalTime,
    pub(super) duration: Option<Span>,
    pub(super) seekable: bool,
    pub(super) has_audio: bool,
    /// Whether it has neither a length nor can be sought in.
    pub(super) live: bool,
    pub(super) title: Option<Title>,
    /// Where its own time stamps begin, if it is made of parts.
    pub(super) begins: Option<Span>,
    /// Where the player stands, while it is paused.
    pub(super) stands: Option<Position>,
    /// Whether it has not played since it was opened or sought in.
    pub(super) fresh: bool,
    pub(super) buffered: Option<Span>,
    pub(super) stall: Option<Stall>,
    /// Whether the player stands at the end of it.
    pub(super) ended: bool,
}

/// How far the opening of a medium has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Ordered.
    Opening,
    /// Open since then; its first picture is on the way.
    Opened(LocalTime),
    /// It stands or runs.
    Up,
    /// It could not be played.
    Failed,
}

/// The player waits for data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stall {
    pub(super) since: LocalTime,
    pub(super) reported: bool,
    /// It is over once the seek under way arrives: mpv calls itself stalled only while it
    /// does not seek, though the data is missing all the same (0.35.1).
    pub(super) over_on_arrival: bool,
}

impl Stall {
    /// One that began just now.
    pub(super) const fn since(since: LocalTime) -> Self {
        Self {
            since,
            reported: false,
            over_on_arrival: false,
        }
    }
}

impl Medium {
    /// A medium that is being opened.
    pub(super) fn ordered(epoch: Epoch, media: Media, now: LocalTime) -> Self {
        Self {
            epoch,
            media,
            stage: Stage::Opening,
            ordered: now,
            duration: None,
            seekable: false,
            has_audio: false,
            live: false,
            title: None,
            begins: None,
            stands: None,
            fresh: true,
            buffered: None,
            stall: None,
            ended: false,
        }
    }

    /// When the room should hear that the player waits for data.
    pub(super) fn stall_report_at(&self) -> Option<LocalTime> {
        self.stall
            .filter(|stall| !stall.reported)
            .map(|stall| stall.since + STALL_REPORT_AFTER)
    }

    /// Whether it has no end that could be told.
    pub(super) fn is_endless(&self) -> bool {
        self.stage == Stage::Up && self.live && self.duration.is_none()
    }

    /// The report of what it tells of itself.
    pub(super) fn learned(&self) -> Output {
        Output::Report(Report::Learned {
            epoch: self.epoch,
            duration: self.duration,
            title: self.title.clone(),
            live: self.live,
            begins: self.begins,
        })
    }
}
