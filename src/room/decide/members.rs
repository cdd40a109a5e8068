//! Names, roles, the heir, sending members out, and the room's title.
//!
//! Which roles may be given depends on both and is decided here; who has power over whom, and
//! what depends on one's own role alone, is told by `roles.rs`.

use super::{Answer, Ask, Decided, acting, gate, slow};
use crate::protocol::command::Who;
use crate::protocol::denied::Denied;
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::MemberId;
use crate::protocol::member::{LeaveCause, Member, Role};
use crate::protocol::playback::HoldEnd;
use crate::protocol::text::{MemberName, Title};
use crate::room::find_member::find_member;
use crate::room::roles;
use crate::room::roster::Roster;
use crate::room::secrets::SecretEvent;

/// No two names in a room look alike, those of members who may come back included.
pub(super) fn rename(ask: Ask<'_>, name: &MemberName) -> Answer {
    let by = ask.by;
    if by.name == *name {
        return Ok(Vec::new());
    }
    let mut others = ask.state.roster.all().filter(|other| other.id != by.id);
    match others.find(|other| other.name.looks_like(name)) {
        Some(other) if other.name.folded() == name.folded() => {
            Err(Denied::NameTaken { name: name.clone() })
        }
        Some(other) => Err(Denied::LooksLike {
            name: other.name.clone(),
        }),
        None => Ok(vec![
            RoomEvent::Renamed {
                member: by.id,
                name: name.clone(),
                was: Some(by.name.clone()),
            }
            .into(),
        ]),
    }
}

/// Any other title will do, and none.
pub(super) fn set_title(ask: Ask<'_>, title: Option<&Title>) -> Answer {
    if ask.state.title.as_ref() == title {
        return Err(Denied::NothingChanges);
    }
    let title = title.cloned();
    Ok(vec![RoomEvent::Titled { title }.into()])
}

/// Gives a member, here or gone, a role. An acting admin neither changes real admins nor makes
/// any while there is one who may come back: power that was lent ends with their return, and
/// with it the roles that were given.
pub(super) fn set_role(ask: Ask<'_>, who: &Who, role: Role) -> Answer {
    let Ask { state, by, .. } = ask;
    let roster = &state.roster;
    let target = find_member(roster, who)?;
    if target.role == role && !target.acting {
        return Err(Denied::SameRole { role });
    }
    if by.acting {
        if target.role == Role::Admin {
            return Err(outranked(target));
        }
        if let Some(real) = real_admins(roster).next().filter(|_| role == Role::Admin) {
            return Err(outranked(real));
        }
    }
    if target.id == by.id && role != Role::Admin && !has_other_admin(roster, by) {
        return Err(Denied::LastAdmin);
    }
    let mut decided = vec![
        RoomEvent::RoleChanged {
            member: target.id,
            role,
            acting: false,
        }
        .into(),
    ];
    if role == Role::Admin && target.is_here() {
        decided.extend(acting::end_acting(roster, Some(target.id)));
    }
    Ok(decided)
}

/// Names who follows when no admin is here: any other member.
pub(super) fn set_heir(ask: Ask<'_>, who: &Who) -> Answer {
    let heir = other(ask, who)?;
    let member = Some(heir.id);
    if ask.state.roster.heir == member {
        return Err(Denied::NothingChanges);
    }
    Ok(vec![RoomEvent::HeirNamed { member }.into()])
}

/// Sends a member out, whose token is void from then on. Moderators send viewers out, acting
/// admins everyone but real admins, admins everyone but themselves. Who has left already cannot
/// be sent out, and stays known: they can still be banned by name.
pub(super) fn kick(ask: Ask<'_>, who: &Who) -> Answer {
    let target = subordinate(ask, who)?;
    if !target.is_here() {
        return Err(Denied::MemberGone);
    }
    Ok(send_out(ask, &[target]))
}

/// Members go for good, whether they are here or gone; nobody waits for them any more.
pub(super) fn send_out(ask: Ask<'_>, targets: &[&Member]) -> Vec<Decided> {
    let Ask { state, moment, .. } = ask;
    let members: Vec<MemberId> = targets.iter().map(|target| target.id).collect();
    let cause = LeaveCause::Kicked;
    let left = members.iter().map(|id| Departure { member: *id, cause });
    let left: Vec<Departure> = left.collect();
    let opened = gate::without(state, &left, moment);
    let here = targets.iter().filter(|target| target.is_here()).count();
    let here = u32::try_from(here).unwrap_or(u32::MAX);
    let waits = members.iter().any(|id| slow::waits_for(state, *id));
    let mut decided = vec![Decided::Event {
        public: Box::new(RoomEvent::Presence {
            joined: Vec::new(),
            left,
            count: state.roster.count.saturating_sub(here),
            large: state.large,
        }),
        private: Some(SecretEvent::TokensVoid { members }),
    }];
    decided.extend(opened);
    if waits {
        decided.push(slow::release(state, HoldEnd::Gone, moment));
    }
    decided
}

/// The member meant, if it is another over whom the one who asks has power.
pub(super) fn subordinate<'a>(ask: Ask<'a>, who: &Who) -> Result<&'a Member, Denied> {
    let target = other(ask, who)?;
    if roles::has_power_over(ask.by, target, &ask.state.roster) {
        Ok(target)
    } else {
        Err(outranked(target))
    }
}

/// The member meant, if it is not the one who asks.
fn other<'a>(ask: Ask<'a>, who: &Who) -> Result<&'a Member, Denied> {
    let target = find_member(&ask.state.roster, who)?;
    if target.id == ask.by.id {
        Err(Denied::Yourself)
    } else {
        Ok(target)
    }
}

/// The denial that names who ranks too high.
pub(super) fn outranked(target: &Member) -> Denied {
    Denied::Outranked {
        name: target.name.clone(),
    }
}

fn real_admins(roster: &Roster) -> impl Iterator<Item = &Member> {
    roster.all().filter(|member| member.role == Role::Admin)
}

/// Whether somebody of the same standing is here to decide when `by` no longer does.
fn has_other_admin(roster: &Roster, by: &Member) -> bool {
    let standing = |other: &Member| other.role == Role::Admin || by.acting;
    roster
        .admins_here()
        .any(|other| other.id != by.id && standing(other))
}
