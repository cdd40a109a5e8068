//! One medium in the player, from the order to open it to its end.

use super::length::LengthWatch;
use super::properties::MediaProperties;
use crate::media::direct::Container;
use crate::media::fault::Fault;
use crate::media::{Media, Source};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::MediaProblem;

/// A seek in a list that ends so far beyond its target, and at the end of all, was none. (One
/// that ends at a late keyframe does not end there.)
const THROWN: Span = Span::seconds(1);

/// How many answers in a row have to say that the data has ended, or have to follow its end,
/// before what mpv complained about on the way there is taken to be in: a line of its log may
/// come after answers that follow it. With two answers about one of ten full runs of the tests
/// missed the line (judgement: four times as many).
pub(super) const ENDS_READ: u8 = 8;

/// What mpv opens, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenTarget {
    /// The address, in the form that mpv gets it and tells it back.
    pub(super) address: String,
    /// What finds the streams in it.
    pub(super) opener: StreamFinder,
}

/// What finds the streams in what an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StreamFinder {
    /// yt-dlp, and mpv by itself in what that finds.
    Resolver,
    /// One demuxer, for a file of this kind. mpv's own ones for lists of files (EDL, M3U, CUE
    /// and more, which may lead anywhere) are never asked then.
    Demuxer(Container),
}

impl OpenTarget {
    /// How `media` is opened.
    pub(super) fn of(media: &Media) -> Self {
        match media.source() {
            Source::Youtube(_) => Self::youtube(&media.url()),
            Source::Direct(direct) => Self::direct(media.url(), direct.container()),
        }
    }

    /// The address of a file of this kind.
    pub(super) const fn direct(address: String, container: Container) -> Self {
        Self {
            address,
            opener: StreamFinder::Demuxer(container),
        }
    }

    /// A link that yt-dlp resolves, which `ytdl://` says.
    pub(super) fn youtube(link: &str) -> Self {
        Self {
            address: format!("ytdl://{link}"),
            opener: StreamFinder::Resolver,
        }
    }

    /// Whether yt-dlp finds the streams.
    pub(super) const fn is_resolved(&self) -> bool {
        matches!(self.opener, StreamFinder::Resolver)
    }

    /// mpv's `demuxer` option for it; empty leaves the choice to mpv. Its own Matroska demuxer
    /// seeks in recordings without an index; FFmpeg's serve for the rest.
    pub(super) const fn demuxer(&self) -> &'static str {
        match self.opener {
            StreamFinder::Resolver => "",
            StreamFinder::Demuxer(Container::Mkv | Container::Webm) => "mkv",
            StreamFinder::Demuxer(_) => "lavf",
        }
    }

    /// Whether it must be open before it is sought in: HLS that is opened at a place begins
    /// one or two parts late for good, and a transport stream lands on the next keyframe
    /// before mpv is told to look further back (mpv 0.35.1).
    pub(super) const fn opens_at_its_start(&self) -> bool {
        matches!(
            self.opener,
            StreamFinder::Demuxer(Container::M3u8 | Container::Ts)
        )
    }
}

/// Which order to open a medium something belongs to, counting up. A medium that is opened twice
/// in a row keeps its epoch, so that an answer about the first load must not pass for one about
/// the second.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct LoadNumber(pub(super) u64);

/// A medium in the player.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug)]
pub(super) struct LoadedMedia {
    /// The number of this load.
    pub(super) number: LoadNumber,
    /// The room's epoch for it.
    pub(super) epoch: Epoch,
    /// What was opened.
    pub(super) target: OpenTarget,
    /// mpv's number for it; `None` until mpv has told it.
    pub(super) entry: Option<u64>,
    /// How it ended while its number was not known yet: the entry, the reason, the error.
    pub(super) early_end: Option<(u64, String, String)>,
    /// How it comes to where it was ordered to stand.
    pub(super) landing: Landing,
    /// Whether it plays or stands somewhere. Before that seeks are its own opening.
    pub(super) running: bool,
    /// Whether it stands at its end.
    pub(super) end: DataEnd,
    /// A seek under way: for how many readings in a row nothing was there to show.
    pub(super) seeking: Option<u8>,
    /// Whether the seek under way waits for data.
    pub(super) starved_seek: bool,
    /// Where a seek of ours was ordered to, until mpv tells of its begin.
    pub(super) seek_ordered: Option<Position>,
    /// Where mpv is on its way to by our order.
    pub(super) bound: Option<Position>,
    /// When playback last came to a new place, and which one was ordered, if any.
    pub(super) arrived: Option<(LocalTime, Option<Position>)>,
    /// Where it came to then.
    pub(super) landed: Option<Position>,
    /// Whether it had a picture or sound to show, as far as that is in question: where it was
    /// opened farther on it may begin behind the end of its sound.
    pub(super) showed: bool,
    /// A seek that may be mpv's own, until it is known.
    pub(super) doubtful_seek: Option<Doubt>,
    /// What it tells of itself.
    pub(super) facts: MediaProperties,
    /// Its length, watched once it is open.
    pub(super) length: Option<LengthWatch>,
    /// Its duration as it was read last, in seconds, until the cache was read after it.
    pub(super) duration: Option<f64>,
    /// Whether that is guessed from its bitrate.
    pub(super) duration_is_guessed: bool,
    /// How many answers in a row said that the end of its data is cached.
    pub(super) ends_read: u8,
    /// How many questions were answered since its data ended or it failed.
    pub(super) answers: u8,
    /// What the relay said of it.
    pub(super) fetch: FetchState,
    /// What mpv found wrong with it, until that may be told.
    pub(super) untold: Option<MediaProblem>,
}

/// How a medium comes to where it was ordered to stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Landing {
    /// mpv opens it there.
    Opened,
    /// It is sought once it shows its first picture.
    Wanted(Position),
    /// It shows its first picture, and is sought once it is known what it is.
    Shown(Position),
    /// The seek was ordered.
    Ordered(Position),
    /// mpv began the seek.
    Begun,
}

/// Whether a medium stands at the end of its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DataEnd {
    /// It does not.
    No,
    /// It does; what was complained about may still be on its way.
    Reached,
    /// It does, and that was reported.
    Reported,
}

/// A seek that may be mpv's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Doubt {
    /// When it began.
    pub(super) at: LocalTime,
    /// The position that was ordered right before it, if any.
    pub(super) target: Option<Position>,
    /// Whether it is over, so that the next position told is where it ended.
    pub(super) over: bool,
}

/// What the relay said of a medium that it could not fetch.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FetchState {
    /// Why it was given up.
    pub(super) verdict: Option<Fault>,
    /// What was wrong with a part that is missing.
    pub(super) missing: Option<Fault>,
    /// Whether what mpv finds wrong with it is told only once it is given up.
    pub(super) delays_failure: bool,
}

/// What the relay gave up: what may pass it has asked for again by itself.
pub(super) const fn given_up(fault: Fault) -> MediaProblem {
    if fault.is_passing() {
        MediaProblem::GivenUp(fault)
    } else {
        MediaProblem::Fetch(fault)
    }
}

impl LoadedMedia {
    /// Why its data ended, if the relay gave it up.
    pub(super) fn was_given_up(&self) -> Option<MediaProblem> {
        self.fetch.verdict.map(given_up)
    }

    /// An order that mpv has not answered yet.
    pub(super) fn new(
        number: LoadNumber,
        epoch: Epoch,
        target: OpenTarget,
        landing: Landing,
    ) -> Self {
        Self {
            number,
            epoch,
            target,
            entry: None,
            early_end: None,
            landing,
            running: false,
            end: DataEnd::No,
            seeking: None,
            starved_seek: false,
            seek_ordered: None,
            bound: None,
            arrived: None,
            landed: None,
            showed: false,
            doubtful_seek: None,
            facts: MediaProperties::default(),
            length: None,
            duration: None,
            duration_is_guessed: false,
            ends_read: 0,
            answers: 0,
            fetch: FetchState::default(),
            untold: None,
        }
    }

    /// Whether a seek threw it to its end, far from where it was ordered to: FFmpeg 5.1.9 does
    /// that with HLS of fragmented MP4 wherever the place is not cached yet (59 of 60).
    pub(super) fn was_thrown_to_its_end(&self) -> bool {
        let ordered = self.arrived.and_then(|(_, target)| target);
        let far = |(landed, ordered): (Position, Position)| landed - ordered > THROWN;
        self.facts.is_hls() && self.landed.zip(ordered).is_some_and(far)
    }

    /// Another question was answered since its data ended or it failed. Whether what mpv
    /// complained about before is in by now.
    pub(super) const fn complaints_are_in(&mut self) -> bool {
        self.answers = self.answers.saturating_add(1);
        self.answers >= ENDS_READ
    }

    /// Whether it plays or stands somewhere before its end.
    pub(super) fn moves(&self) -> bool {
        self.running && self.end == DataEnd::No
    }
}

#[cfg(test)]
mod tests {
    use super::OpenTarget;
    use crate::media::Media;

    #[test]
    fn each_link_is_opened_by_what_reads_its_kind_only() {
        for (link, demuxer, at_its_start) in [
            ("https://films.example/a.mp4", "lavf", false),
            ("https://films.example/a.webm", "mkv", false),
            ("https://films.example/a.m3u8", "lavf", true),
            ("https://films.example/a.ts", "lavf", true),
            ("https://youtu.be/aaaaaaaaaaa", "", false),
        ] {
            let target = OpenTarget::of(&Media::parse(link).unwrap());
            assert_eq!(target.demuxer(), demuxer, "{link}");
            assert_eq!(target.opens_at_its_start(), at_its_start, "{link}");
        }
    }
}
