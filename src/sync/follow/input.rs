//! The inputs of a [`Follower`](super::Follower).

use crate::protocol::cadence::Cadence;
use crate::protocol::time::Span;
use crate::room::timeline::Timeline;
use crate::sync::clock::PongTimes;
use crate::sync::player::PlayerEvent;

/// One input of a [`Follower`](super::Follower).
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "one at a time is made and taken in at once; none is kept"
)]
pub enum FollowInput {
    /// The room's timeline, on joining and whenever it changes.
    Timeline {
        /// As it is now.
        timeline: Timeline,
        /// Whether the change was made in this very player's window, which is left alone.
        own: bool,
    },
    /// There is no room any more, or another one is about to be known: nothing plays.
    LeftRoom,
    /// Connected, to this node or to another: samples of another node's clock are worthless.
    Connected {
        /// Whether it is the same node as before.
        same_node: bool,
    },
    /// How often to exchange clock times from the next burst on, within [`Cadence::bounded`].
    Cadence(Cadence),
    /// The connection is gone. Playback goes on.
    Disconnected,
    /// The answer to a ping.
    Pong(PongTimes),
    /// The machine slept: the monotonic clock stood while the wall clock ran.
    Suspended,
    /// What the player reports.
    Player(PlayerEvent),
    /// The member's oldest unanswered action was taken by the room; the timeline that follows shows
    /// what became of it.
    Accepted,
    /// The member's oldest unanswered action was refused: the player goes back to the timeline.
    Undo,
    /// The media is to be opened anew, where the room is: in another quality, say.
    Reopen,
    /// The member's sound device is late by this (negative: early).
    OutputOffset(Span),
    /// The time that [`Follower::next_deadline`](super::Follower::next_deadline) named has come.
    Deadline,
}
