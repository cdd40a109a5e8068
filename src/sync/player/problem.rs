//! Why media did not play.

use strum::IntoStaticStr;

use crate::media::fault::{MediaFault, ResolverFault};
use crate::protocol::failure::FailureCode;

/// Why media did not play. The name in snake case is the code in `--json`, except where a fault
/// has a code of its own.
#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum MediaProblem {
    /// yt-dlp could not resolve the media, for a reason that is known.
    Unresolved(ResolverFault),
    /// yt-dlp could not resolve the media, with its own last words (cleaned), which are none
    /// of those that are known.
    #[strum(serialize = "resolver_failed")]
    Resolver {
        /// What yt-dlp said.
        reason: String,
    },
    /// No yt-dlp was found.
    ResolverMissing,
    /// No port of this computer can be listened on, and so nothing can be fetched for the player.
    NoRelay,
    /// What its link leads to could not be fetched, or is nothing to play.
    Fetch(MediaFault),
    /// The same, after it was asked for again and again: of media that played for as long
    /// as that makes sense, of one that did not open so far until its load was given up.
    GivenUp(MediaFault),
    /// The player could not open or decode it, with its last words (cleaned).
    Player {
        /// What the player said.
        reason: String,
    },
    /// The player cannot seek in it, and so cannot join it late: it lands at its end instead.
    CannotSeek,
    /// The member stopped it in the player's window.
    Stopped,
    /// What opened is not what was asked for: a playlist took its place.
    Replaced,
}

impl MediaProblem {
    /// What is reported of it to a room.
    #[must_use]
    pub fn code(&self) -> FailureCode {
        match self {
            Self::Fetch(fault) | Self::GivenUp(fault) => FailureCode::from(*fault),
            Self::Unresolved(fault) => FailureCode::from(*fault),
            Self::Resolver { .. }
            | Self::ResolverMissing
            | Self::NoRelay
            | Self::Player { .. }
            | Self::CannotSeek
            | Self::Stopped
            | Self::Replaced => FailureCode::Other,
        }
    }

    /// Whether what does not open may well do so a little later, and is tried again. What went
    /// wrong at another host is not: the time at which it is given up would show the room what a
    /// host in the member's own network answered.
    #[must_use]
    pub const fn is_tried_again(&self) -> bool {
        match self {
            Self::Fetch(fault) | Self::GivenUp(fault) => fault.is_passing() && !fault.elsewhere,
            Self::Unresolved(fault) => fault.is_passing(),
            _ => false,
        }
    }
}
