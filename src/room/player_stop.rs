//! Why a member's player does not run.

use serde::{Deserialize, Serialize};

use crate::protocol::time::RoomTime;

/// Why a member's player does not run, or since when it does again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum PlayerStop {
    /// It has not answered since this time.
    Frozen(RoomTime),
    /// Its member stopped the media, or their machine cannot open it.
    Stopped,
    /// No player is open: its member closed it, or it could not be started.
    Closed,
    /// It runs again since this time, and has reported nothing about the media.
    Started(RoomTime),
}

impl PlayerStop {
    /// Whether both are of the same kind, regardless of when they began.
    pub(super) fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// Whether the player has no media open and does not try to open it.
    pub(super) const fn is_closed(self) -> bool {
        matches!(self, Self::Stopped | Self::Closed)
    }

    /// What is left of this once the player runs: one that was closed has to open the media first.
    pub(super) const fn started_by(self, now: RoomTime) -> Option<Self> {
        match self {
            Self::Frozen(_) => None,
            Self::Stopped | Self::Closed => Some(Self::Started(now)),
            Self::Started(_) => Some(self),
        }
    }

    /// When the player was started again.
    pub(super) const fn started_at(self) -> Option<RoomTime> {
        match self {
            Self::Started(at) => Some(at),
            Self::Frozen(_) | Self::Stopped | Self::Closed => None,
        }
    }
}
