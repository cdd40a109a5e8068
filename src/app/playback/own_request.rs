//! What a line or a key asks of the member's own player.

use crate::app::command::TrackRequest;
use crate::media::subtitles::SubtitleLink;
use crate::protocol::time::Span;
use crate::sync::player::{PlayerCommand, Quality, TrackKind};

/// Something that a line asks of what is the member's own in the player.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum OwnRequest {
    /// An order, passed on as it is.
    Order(PlayerCommand),
    /// The tracks of a kind, or one of them.
    Track(TrackKind, TrackRequest),
    /// The subtitles that are offered.
    AcceptSubtitles,
    /// These subtitles, to be offered to everybody once they are shown.
    OfferSubtitles(SubtitleLink),
    /// How loud it is.
    TellVolume,
    /// Which quality was chosen.
    TellQuality,
    /// By how much the subtitles are late.
    TellSubtitleDelay,
    /// How late the sound device is; `None` asks for it.
    Nudge(Option<Span>),
    /// A quality, for every player that is started: the media is opened anew in it.
    Quality(Quality),
}
