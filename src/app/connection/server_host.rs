//! Whether a server runs in a member's client, and so ends with it.

use crate::app::event::Disconnect;
use crate::wire::message::Welcome;

/// Whether the server ends with a member's client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ServerHost {
    /// It runs by itself, as far as is known.
    #[default]
    Nobody,
    /// It runs in a member's client.
    Member,
    /// It ran there, and has ended.
    Left,
}

impl ServerHost {
    /// What the server says of itself.
    pub(super) const fn of(welcome: &Welcome) -> Self {
        if welcome.hosted {
            Self::Member
        } else {
            Self::Nobody
        }
    }

    /// Why there is no connection: once the server has ended with its host, that stays the reason until it
    /// is back.
    pub(super) fn reason(&mut self, why: Disconnect) -> Disconnect {
        if *self == Self::Member && why.is_announced() {
            *self = Self::Left;
        }
        if *self == Self::Left {
            Disconnect::HostLeft
        } else {
            why
        }
    }
}
