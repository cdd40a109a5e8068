//! The kinds of players and media.

/// How a player and its media behave. Numbers are seconds, unless a field says otherwise.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a trait of its own")]
pub(crate) struct Traits {
    pub(crate) audio: bool,
    /// By which share its sound card runs fast: 0.0001 is a ten-thousandth.
    pub(crate) audio_skew: f64,
    pub(crate) seek_cost: (f64, f64),
    pub(crate) load_cost: (f64, f64),
    pub(crate) duration: Option<f64>,
    /// Where its data ends, if that is before the end that it reports: a copy that was cut off.
    pub(crate) cut_at: Option<f64>,
    /// Whether the player's own seek back from beyond the end is reported.
    pub(crate) reports_way_back: bool,
    pub(crate) seekable: bool,
    /// Whether a pause that ends at once is not reported at all.
    pub(crate) merges_pauses: bool,
    /// Whether an ordered seek is reported as two: one of mpv's own, and then this one.
    pub(crate) doubles_seeks: bool,
    /// Whether a seek to data that its server does not send ends at the end of the media.
    pub(crate) breaks_to_end: bool,
    /// Whether the first seek of a load is reported.
    pub(crate) load_seeks: bool,
    /// The position of the first picture, if the media's times do not begin at zero.
    pub(crate) first: f64,
    /// Seconds between the places at which seeks land, each at the next one; 0 for exact seeks.
    pub(crate) keyframes: f64,
    /// Which lengths it reports, and when.
    pub(crate) lengths: Lengths,
    /// Where the time stamps of its first part begin, if it is made of parts.
    pub(crate) part_begins: Option<f64>,
    /// The wall time of its position zero, if it is live and names that.
    pub(crate) live_origin: Option<f64>,
    /// Whether it reports that data is missing while a seek waits for it.
    pub(crate) reports_waiting: bool,
    /// How far from their target seeks land, as in a broken file.
    pub(crate) seek_miss: f64,
    pub(crate) buffered: Option<f64>,
    /// How its data arrives, if the network is hardly faster than the media.
    pub(crate) slow: Option<SlowHost>,
    /// How many seconds of media arrive in a second from a server without ranges: seeks work only
    /// within them. `None` if the server has ranges.
    pub(crate) unranged: Option<f64>,
    /// How many seconds that were played stay cached then.
    pub(crate) kept: f64,
    /// Whether a seek to data that has not arrived ends at the end of the media.
    pub(crate) thrown: bool,
    /// Whether the relay below the player retries what cannot be fetched during a load.
    pub(crate) relayed: bool,
}

impl Default for Traits {
    fn default() -> Self {
        Self::USUAL
    }
}

impl Traits {
    /// Ten minutes of media on a fast server.
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

    /// The last position for which there is data; `None` if there is no end.
    pub(crate) fn last(&self) -> Option<f64> {
        self.cut_at.or(self.duration)
    }

    /// The position at which a seek to `to` lands.
    pub(crate) fn landing(&self, to: f64) -> f64 {
        let there = to.max(self.first);
        if self.keyframes > 0.0 {
            (there / self.keyframes - 1e-9).ceil() * self.keyframes
        } else {
            there
        }
    }
}

/// A server whose network is hardly faster than the media.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SlowHost {
    /// How many seconds of media arrive in a second.
    pub(crate) fill: f64,
    /// Seconds between keyframes. Data arrives from the keyframe before a seek's target on, and
    /// cached data can be sought in up to the last one (mpv 0.35.1).
    pub(crate) keyframes: f64,
}

/// When the player reports the media's length.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lengths {
    /// The duration, as soon as the media is open.
    AtOnce,
    /// Each pair is how long after the opening, and which length, in seconds.
    Later(&'static [(f64, f64)]),
}

/// Seconds between two frames: 24 a second.
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
