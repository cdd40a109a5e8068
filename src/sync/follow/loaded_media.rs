//! What is known of the media that the player was ordered to open.

use super::FollowOutput;
use crate::media::fault::MediaFault;
use crate::media::retry::RetrySchedule;
use crate::media::{Media, Source};
use crate::protocol::command::Report;
use crate::protocol::ids::Epoch;
use crate::protocol::text::Title;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{CachedRange, MediaProblem, Refetch};

/// A load that shows no picture for this long is given up: a link that plays opens in a
/// second or two, a slow one in ten (judgement).
pub(in crate::sync) const LOAD_LIMIT: Span = Span::seconds(30);

/// The same where yt-dlp has to resolve the link first, which takes it up to half a minute.
const RESOLVED_LOAD_LIMIT: Span = Span::seconds(60);

/// The media in the player.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone)]
pub(super) struct LoadedMedia {
    pub(super) epoch: Epoch,
    pub(super) media: Media,
    pub(super) stage: LoadStage,
    pub(super) ordered: LocalTime,
    pub(super) duration: Option<Span>,
    pub(super) seekable: bool,
    /// Since when it shows a picture.
    pub(super) shown: Option<LocalTime>,
    /// What is cached of it, if the player may be unable to seek anywhere else.
    pub(super) reach: Option<CachedRange>,
    /// Whether the player stands until it has read as far as it is to be sent.
    pub(super) reads_on: bool,
    pub(super) has_audio: bool,
    /// Whether it has neither a length nor can be sought in.
    pub(super) live: bool,
    pub(super) title: Option<Title>,
    /// Where its own time stamps begin, if it is a list of parts. It is reported only for media
    /// that has an end: live media begins elsewhere for everyone.
    pub(super) begins: Option<Span>,
    /// The wall time of its position zero, since the Unix epoch, if it is live and names it.
    pub(super) origin: Option<Span>,
    /// Whether the wall time of the room's position zero was reported.
    pub(super) origin_reported: bool,
    /// Since when it plays what comes after a gap in a live list, far ahead of the room.
    pub(super) lost_place: Option<LocalTime>,
    /// Since when it is read at positions where it can hardly be.
    pub(super) odd_since: Option<LocalTime>,
    /// Whether its own time stamps jump, so that no place follows from them.
    pub(super) time_jumps: bool,
    /// How far it had been read while the player stood and read on, and since when nothing more
    /// came.
    pub(super) read_until: Option<(Position, LocalTime)>,
    /// Its own time stamps minus the room's positions, if it is live and made of parts, and
    /// when that was read.
    pub(super) live_offset: Option<(Span, LocalTime)>,
    /// Where the last load or seek was aimed.
    pub(super) aimed: Position,
    /// Where the player stands, while it is paused.
    pub(super) paused_at: Option<Position>,
    /// Whether it has not played since it was opened or sought in.
    pub(super) fresh: bool,
    pub(super) buffered: Option<Span>,
    /// The retry of its data that is under way below the player.
    pub(super) refetch: Option<Refetch>,
    /// Whether there was such a retry since it was ordered.
    pub(super) was_refetched: bool,
    /// What was wrong with its data last, whether or not that was mended.
    pub(super) fault: Option<MediaFault>,
    /// Whether the player stands at the end of it.
    pub(super) ended: bool,
    /// The end that was reported, while the player is near it.
    pub(super) reported_end: Option<Position>,
    /// Why it does not play, once it was given up.
    pub(super) failure: Option<MediaProblem>,
}

/// How far the opening of media has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LoadStage {
    /// The load was ordered, and the player has not reported it open.
    Opening,
    /// Open since then; its first picture is on the way.
    Opened(LocalTime),
    /// Its first picture came: it is paused or plays.
    Up,
    /// It could not be played, or broke off; perhaps it is tried again.
    Failed,
}

impl LoadedMedia {
    /// Media that is being opened at `start`.
    pub(super) fn ordered(epoch: Epoch, media: Media, start: Position, now: LocalTime) -> Self {
        Self {
            epoch,
            media,
            stage: LoadStage::Opening,
            ordered: now,
            duration: None,
            seekable: false,
            shown: None,
            reach: None,
            reads_on: false,
            has_audio: false,
            live: false,
            title: None,
            begins: None,
            origin: None,
            origin_reported: false,
            lost_place: None,
            odd_since: None,
            time_jumps: false,
            read_until: None,
            live_offset: None,
            aimed: start,
            paused_at: None,
            fresh: true,
            buffered: None,
            refetch: None,
            fault: None,
            was_refetched: false,
            ended: false,
            reported_end: None,
            failure: None,
        }
    }

    /// When its load is given up, while it shows no picture.
    pub(super) fn load_limit(&self) -> Option<LocalTime> {
        self.opens().then(|| self.limit())
    }

    /// Until when it has to show a picture.
    pub(super) fn limit(&self) -> LocalTime {
        let limit = match self.media.source() {
            Source::Youtube(_) => RESOLVED_LOAD_LIMIT,
            Source::Direct(_) => LOAD_LIMIT,
        };
        self.ordered + limit
    }

    /// Whether it is being opened, and shows no picture yet.
    pub(super) const fn opens(&self) -> bool {
        matches!(self.stage, LoadStage::Opening | LoadStage::Opened(_))
    }

    /// When it is opened again if it breaks off.
    pub(super) fn schedule(&self) -> RetrySchedule {
        match self.media.source() {
            Source::Youtube(_) => RetrySchedule::resolving(),
            Source::Direct(_) => RetrySchedule::default(),
        }
    }

    /// Whether it is live for good: no length is known.
    pub(super) fn is_endless(&self) -> bool {
        self.stage == LoadStage::Up && self.live && self.duration.is_none()
    }

    /// What has to be reported again of media that is open, after a reconnect.
    pub(super) fn repeated(&mut self) -> Option<FollowOutput> {
        self.origin_reported = false;
        let open = matches!(self.stage, LoadStage::Opened(_) | LoadStage::Up);
        open.then(|| self.learned())
    }

    /// The report of its title, length and beginning.
    pub(super) fn learned(&self) -> FollowOutput {
        let live = self.live && self.duration.is_none();
        FollowOutput::Report(Report::Learned {
            epoch: self.epoch,
            duration: self.duration,
            title: self.title.clone(),
            live,
            begins: self.begins.filter(|_| !live),
        })
    }
}
