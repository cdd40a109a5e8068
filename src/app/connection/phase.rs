//! Where a connection is: one of these at a time.

use crate::protocol::time::LocalTime;

/// Where a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Phase {
    /// No room is wanted yet: the member is asked something first.
    Resting,
    /// The kept tokens are being looked up, for a while at most.
    FindingToken,
    /// A connection was asked for.
    Connecting,
    /// `hello` was sent; the server has not welcomed or refused yet.
    Greeting,
    /// In the room, since this time.
    Joined(LocalTime),
    /// Not connected; the next attempt is at this time.
    Waiting(LocalTime),
    /// The member left; the server has until this time to close the connection.
    Leaving(LocalTime),
    /// Over for good: the client has exited, and no input changes that.
    Closed,
}

impl Phase {
    /// Whether there is, or may be, a connection to close.
    pub(super) const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Connecting | Self::Greeting | Self::Joined(_) | Self::Leaving(_)
        )
    }

    /// Whether the server takes messages of a member.
    pub(in crate::app) const fn is_joined(self) -> bool {
        matches!(self, Self::Joined(_) | Self::Leaving(_))
    }
}
