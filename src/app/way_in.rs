//! How others come into the room.

use super::config::{OnlyHere, Reach};
use crate::protocol::command::Action;
use crate::protocol::member::Member;
use crate::room::roles;
use crate::room::state::RoomState;

/// How others can come into the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayIn {
    /// Not at all: only this computer reaches the server, for this reason.
    OnlyHere(OnlyHere),
    /// By this link.
    Link(String),
    /// By a link that spares them the password; the plain one does not let them in.
    Private {
        /// Whether the member may make one.
        may_invite: bool,
    },
}

impl WayIn {
    /// How others come into `room`, whose plain link is `link`, as `me` may tell them.
    pub(super) fn of(room: &RoomState, me: Option<&Member>, reach: &Reach, link: String) -> Self {
        if let Reach::OnlyHere(why) = *reach {
            Self::OnlyHere(why)
        } else {
            Self::where_reached(room, me, link)
        }
    }

    /// The same for those who reach the server, whoever they are.
    pub(super) fn where_reached(room: &RoomState, me: Option<&Member>, link: String) -> Self {
        if room.is_private() {
            let may = |me: &Member| roles::check(Action::CreateInvite, me, &room.roster).is_ok();
            let may_invite = me.is_some_and(may);
            Self::Private { may_invite }
        } else {
            Self::Link(link)
        }
    }
}
