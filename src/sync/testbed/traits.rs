//! What kinds of players and media there are.

/// What kind of player and medium this is; seconds.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a player's ways are of that kind"
)]
pub(super) struct Traits {
    pub(super) audio: bool,
    /// By how much its sound card runs fast.
    pub(super) audio_skew: f64,
    pub(super) seek_cost: (f64, f64),
    pub(super) load_cost: (f64, f64),
    pub(super) duration: Option<f64>,
    /// Where its data ends, if that is before the end that it tells: a cut-off copy.
    pub(super) cut_at: Option<f64>,
    /// Whether the seek that a player makes by itself beyond the end is told.
    pub(super) tells_way_back: bool,
    pub(super) seekable: bool,
    /// Whether a pause that ends at once is not told at all.
    pub(super) merges_pauses: bool,
    /// Whether a load tells of its own first seek.
    pub(super) load_seeks: bool,
    /// Where seeks land beside their target, such as in a broken file.
    pub(super) seek_miss: f64,
    pub(super) buffered: Option<f64>,
}

impl Default for Traits {
    fn default() -> Self {
        Self {
            audio: true,
            audio_skew: 0.0,
            seek_cost: (0.07, 0.15),
            load_cost: (0.2, 0.6),
            duration: Some(600.0),
            cut_at: None,
            tells_way_back: false,
            seekable: true,
            merges_pauses: false,
            load_seeks: true,
            seek_miss: 0.0,
            buffered: None,
        }
    }
}

impl Traits {
    /// The last position that it gets to.
    pub(super) fn last(&self) -> Option<f64> {
        self.cut_at.or(self.duration)
    }
}

/// Seconds between two frames.
const FRAME: f64 = 1.0 / 24.0;

/// The frame shown at a position. A frame's own time is rounded when it travels, so there is
/// a microsecond of slack.
pub(super) fn frame_before(position: f64) -> f64 {
    ((position + 1e-6) / FRAME).floor() * FRAME
}

/// The first frame at or after a position, as an exact seek finds it.
pub(super) fn frame_at(position: f64) -> f64 {
    ((position - 1e-5) / FRAME).ceil().max(0.0) * FRAME
}
