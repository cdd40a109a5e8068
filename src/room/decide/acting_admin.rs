//! Acting admins: appointed when no admin is here, until a real admin or a better successor
//! returns.

use super::Decided;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::{Member, Role};
use crate::room::roster::Roster;
use crate::room::succession::{replacement, successor};

/// Makes the successor acting admin. `None` if an admin is here, or nobody can follow.
pub(super) fn succeed(roster: &Roster) -> Option<Decided> {
    let successor = successor(roster)?;
    Some(role_changed(successor, successor.role, true))
}

/// Hands acting power over to an heir or moderator who has returned, or whom `unmuted` names.
pub(super) fn hand_over(roster: &Roster, unmuted: Option<MemberId>) -> Vec<Decided> {
    let Some((acting, better)) = replacement(roster, unmuted) else {
        return Vec::new();
    };
    vec![
        role_changed(acting, acting.role, false),
        role_changed(better, better.role, true),
    ]
}

/// Ends the power of all acting admins, except one who has just become a real one.
pub(super) fn end_acting(roster: &Roster, but: Option<MemberId>) -> Vec<Decided> {
    roster
        .here()
        .filter(|member| member.acting && Some(member.id) != but)
        .map(|member| role_changed(member, member.role, false))
        .collect()
}

/// A real admin is here: acting power ends, and the roles that acting admins gave are undone.
pub(super) fn revoke_acting(roster: &Roster) -> Vec<Decided> {
    let mut decided = end_acting(roster, None);
    let given = roster.roles_before_acting();
    decided.extend(given.map(|(member, before)| role_changed(member, before, false)));
    decided
}

fn role_changed(member: &Member, role: Role, acting: bool) -> Decided {
    RoomEvent::RoleChanged {
        member: member.id,
        role,
        acting,
    }
    .into()
}
