//! What a [`Follower`](super::Follower) wants done.

use super::{PlayerOrder, SyncDecision};
use crate::protocol::command::{Command, Mark, Report, SeekTarget};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{Position, Rate, RoomTime};

/// Something a [`Follower`](super::Follower) wants done or known.
#[derive(Debug, Clone, PartialEq)]
pub enum FollowOutput {
    /// An order to the player, and why it is given.
    Order(PlayerOrder),
    /// What was decided about the player: each order that its member would notice, and what is
    /// done without one. Comes after the orders of the same input.
    Decided(SyncDecision),
    /// Send a ping now, with `now` as its `t0`.
    Ping,
    /// The member did this in the player's window: an admin's goes to the room, a viewer's is
    /// refused with [`FollowInput::Undo`](super::FollowInput::Undo).
    Acted(UserAction),
    /// Something to report to the room.
    Report(Report),
}

/// What a member did in the window of their own player.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UserAction {
    /// Paused, at this position and room time.
    Pause {
        /// Where the player stands.
        position: Position,
        /// When; `None` while room time is unknown.
        at: Option<RoomTime>,
    },
    /// Played on from a pause, at this position and room time.
    Resume {
        /// Where the player was.
        position: Position,
        /// When; `None` while room time is unknown.
        at: Option<RoomTime>,
    },
    /// Jumped, or went a frame on or back.
    Seek {
        /// The position at which the player stands then.
        position: Position,
        /// When it stood there; `None` while room time is unknown.
        at: Option<RoomTime>,
    },
    /// Changed the speed.
    Speed(Rate),
}

impl UserAction {
    /// What it asks of the room, while the media of `epoch` is on.
    #[must_use]
    pub fn command(self, epoch: Epoch) -> Command {
        let mark = |position, at: Option<RoomTime>| {
            at.map(|at| Mark {
                epoch,
                position,
                at,
            })
        };
        match self {
            Self::Pause { position, at } => Command::Pause {
                mark: mark(position, at),
            },
            Self::Resume { position, at } => Command::Resume {
                mark: mark(position, at),
            },
            Self::Seek { position, at } => Command::Seek {
                target: SeekTarget::To(position),
                mark: mark(position, at),
            },
            Self::Speed(rate) => Command::SetRate { rate },
        }
    }
}
