//! What a server's refusal means for the connection.

use crate::app::event::{CloseReason, Disconnect};
use crate::app::output::{Person, Why};
use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;

/// What a refusal means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum RefusalKind {
    /// It passes: another attempt may succeed.
    Passing(Disconnect),
    /// The room does not exist any more.
    NoSuchRoom,
    /// Another attempt would end in the same way.
    Final(Why),
}

impl RefusalKind {
    /// What a reason means. `by` is who ended the member's stay in `room`, by removing them or by
    /// closing it, if somebody did.
    pub(super) fn of(closing: CloseReason, by: Option<Person>, room: &RoomId) -> Self {
        let refused = match closing {
            CloseReason::Known(refused) => refused,
            CloseReason::Unknown(reason) => return Self::Final(Why::Unknown(reason)),
        };
        if refused == Refused::RoomClosed
            && let Some(by) = by
        {
            return Self::Final(Why::RoomClosed {
                by: by.name,
                you: by.is_you,
                room: room.clone(),
            });
        }
        if refused.worth_retrying() {
            return Self::Passing(Disconnect::Closed(Some(CloseReason::Known(refused))));
        }
        if refused == Refused::NoSuchRoom {
            return Self::NoSuchRoom;
        }
        let is_removal = matches!(refused, Refused::Kicked | Refused::Banned);
        Self::Final(match by.filter(|_| is_removal) {
            Some(by) => Why::Removed {
                by: by.name,
                room: room.clone(),
                is_banned: refused == Refused::Banned,
            },
            None => Why::Refused(refused),
        })
    }
}
