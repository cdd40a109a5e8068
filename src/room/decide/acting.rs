//! Acting admins: made when no admin is here, until a real one returns.

use super::Decided;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Member;
use crate::room::roster::Roster;
use crate::room::succession::successor;

/// Makes the successor acting admin, if no admin is here and there is one.
pub(super) fn succeed(roster: &Roster) -> Option<Decided> {
    let successor = successor(roster)?;
    Some(role_changed(successor, true))
}

/// Ends the power of all acting admins but one who has just become a real one.
pub(super) fn end_acting(roster: &Roster, but: Option<MemberId>) -> Vec<Decided> {
    roster
        .here()
        .filter(|member| member.acting && Some(member.id) != but)
        .map(|member| role_changed(member, false))
        .collect()
}

fn role_changed(member: &Member, acting: bool) -> Decided {
    RoomEvent::RoleChanged {
        member: member.id,
        role: member.role,
        acting,
    }
    .into()
}
