//! What kinds of players and media there are.

/// What kind of player and media this is; seconds.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a trait of its own")]
pub(crate) struct Traits {
    pub(crate) audio: bool,
    /// By how much its sound card runs fast.
    pub(crate) audio_skew: f64,
    pub(crate) seek_cost: (f64, f64),
    pub(crate) load_cost: (f64, f64),
    pub(crate) duration: Option<f64>,
    /// Where its data ends, if that is before the end that it reports: a cut-off copy.
    pub(crate) cut_at: Option<f64>,
    /// Whether the seek that a player makes by itself beyond the end is reported.
    pub(crate) reports_way_back: bool,
    pub(crate) seekable: bool,
    /// Whether a pause that ends at once is not reported at all.
    pub(crate) merges_pauses: bool,
    /// Whether a seek that is ordered is reported as two: mpv's own, and then this one.
    pub(crate) doubles_seeks: bool,
    /// Whether a seek to what its server does not send ends at the end of the media.
    pub(crate) breaks_to_end: bool,
    /// Whether a load reports its own first seek.
    pub(crate) load_seeks: bool,
    /// Where the first picture is, in media whose times do not begin at zero.
    pub(crate) first: f64,
    /// Seconds between the places at which seeks land, each at the next one; 0 for exact seeks.
    pub(crate) keyframes: f64,
    /// When it reports which length.
    pub(crate) lengths: Lengths,
    /// Where the time stamps of its first part begin, if it is made of parts.
    pub(crate) part_begins: Option<f64>,
    /// The wall time of its position zero, if it is live and names that.
    pub(crate) live_origin: Option<f64>,
    /// Whether it says that data is missing while a seek waits for it.
    pub(crate) reports_waiting: bool,
    /// Where seeks land beside their target, such as in a broken file.
    pub(crate) seek_miss: f64,
    pub(crate) buffered: Option<f64>,
    /// How its data comes, where the network is hardly faster than the media.
    pub(crate) slow: Option<SlowHost>,
    /// So many seconds of the media come in a second from a server that serves no parts of it:
    /// seeks work within what has come.
    pub(crate) unranged: Option<f64>,
    /// So many seconds of what it has played stay cached there.
    pub(crate) kept: f64,
    /// Whether a jump to what has not come throws it to the end of its media.
    pub(crate) thrown: bool,
    /// Whether what cannot be fetched is asked for again below the player while it loads.
    pub(crate) relayed: bool,
}

impl Default for Traits {
    fn default() -> Self {
        Self::USUAL
    }
}

impl Traits {
    /// Media of ten minutes on a fast server.
    pub(crate) const USUAL: Self = Self {
        audio: true,
        audio_skew: 0.0,
        seek_cost: (0.07, 0.15),
        load_cost: (0.2, 0.6),
        duration: Some(600.0),
        cut_at: None,
        reports_way_back: false,
        doubles_seeks: false,
        breaks_to_end: false,
        seekable: true,
        merges_pauses: false,
        load_seeks: true,
        first: 0.0,
        keyframes: 0.0,
        lengths: Lengths::AtOnce,
        part_begins: None,
        live_origin: None,
        reports_waiting: false,
        seek_miss: 0.0,
        buffered: None,
        slow: None,
        unranged: None,
        kept: f64::INFINITY,
        thrown: false,
        relayed: false,
    };

    /// The last position that it gets to.
    pub(crate) fn last(&self) -> Option<f64> {
        self.cut_at.or(self.duration)
    }

    /// Where a seek to a position lands.
    pub(crate) fn landing(&self, to: f64) -> f64 {
        let there = to.max(self.first);
        if self.keyframes > 0.0 {
            (there / self.keyframes - 1e-9).ceil() * self.keyframes
        } else {
            there
        }
    }
}

/// A network that is hardly faster than the media.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SlowHost {
    /// Seconds of the media that come in a second.
    pub(crate) fill: f64,
    /// Seconds between keyframes: data comes from the one before a seek's target on, and what
    /// is cached can be sought in up to the last one (mpv 0.35.1).
    pub(crate) keyframes: f64,
}

/// When the length of media is reported.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lengths {
    /// Its duration, as soon as it is open.
    AtOnce,
    /// So long after it opened: this length, in seconds.
    Later(&'static [(f64, f64)]),
}

/// Seconds between two frames.
const FRAME: f64 = 1.0 / 24.0;

/// The frame shown at a position. A frame's own time is rounded when it travels, so there is
/// a microsecond of slack.
pub(crate) fn frame_before(position: f64) -> f64 {
    ((position + 1e-6) / FRAME).floor() * FRAME
}

/// The first frame at or after a position, as an exact seek finds it.
pub(crate) fn frame_at(position: f64) -> f64 {
    ((position - 1e-5) / FRAME).ceil().max(0.0) * FRAME
}
