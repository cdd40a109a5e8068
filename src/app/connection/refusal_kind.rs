//! What a server's refusal means for the connection.

use crate::app::event::{CloseReason, Disconnect};
use crate::app::output::Why;
use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::protocol::text::MemberName;

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
    /// What a reason means. `removed_by` is who removed the member from `room`, if somebody did.
    pub(super) fn of(closing: CloseReason, removed_by: Option<MemberName>, room: &RoomId) -> Self {
        let refused = match closing {
            CloseReason::Known(refused) => refused,
            CloseReason::Unknown(reason) => return Self::Final(Why::Unknown(reason)),
        };
        if refused.worth_retrying() {
            return Self::Passing(Disconnect::Closed(Some(CloseReason::Known(refused))));
        }
        if refused == Refused::NoSuchRoom {
            return Self::NoSuchRoom;
        }
        let is_removal = matches!(refused, Refused::Kicked | Refused::Banned);
        Self::Final(match removed_by.filter(|_| is_removal) {
            Some(by) => Why::Removed {
                by,
                room: room.clone(),
                is_banned: refused == Refused::Banned,
            },
            None => Why::Refused(refused),
        })
    }
}
