//! Names, roles, the heir, kicks, and the room's title.
//!
//! Which roles may be given depends on both members and is decided here. `roles.rs` says who has
//! power over whom and what one's own role allows.

use super::{CommandContext, CommandResult, Decided, acting_admin, gate, slow};
use crate::protocol::command::MemberRef;
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

/// Renames a member. No two names in a room may look alike, including those of absent members.
pub(super) fn rename(ctx: CommandContext<'_>, name: &MemberName) -> CommandResult {
    let by = ctx.by;
    if by.name == *name {
        return Ok(Vec::new());
    }
    let mut others = ctx.state.roster.all().filter(|other| other.id != by.id);
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

/// Sets or removes the room's title.
pub(super) fn set_title(ctx: CommandContext<'_>, title: Option<&Title>) -> CommandResult {
    if ctx.state.title.as_ref() == title {
        return Err(Denied::NothingChanges);
    }
    let title = title.cloned();
    Ok(vec![RoomEvent::Titled { title }.into()])
}

/// Gives a member, present or absent, a role. An acting admin cannot change real admins, nor make
/// any while a real one may come back: acting power ends with their return, and so do the roles
/// given with it.
pub(super) fn set_role(ctx: CommandContext<'_>, who: &MemberRef, role: Role) -> CommandResult {
    let CommandContext { state, by, .. } = ctx;
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
        decided.extend(acting_admin::end_acting(roster, Some(target.id)));
    }
    Ok(decided)
}

/// Names the heir: any other member, present or absent.
pub(super) fn set_heir(ctx: CommandContext<'_>, who: &MemberRef) -> CommandResult {
    let heir = other(ctx, who)?;
    let member = Some(heir.id);
    if ctx.state.roster.heir == member {
        return Err(Denied::NothingChanges);
    }
    Ok(vec![RoomEvent::HeirNamed { member }.into()])
}

/// Kicks a member, whose token is void from then on. Moderators kick viewers, acting admins
/// everyone but real admins, admins everyone but themselves. An absent member cannot be kicked and
/// stays known, so that they can still be banned by name.
pub(super) fn kick(ctx: CommandContext<'_>, who: &MemberRef) -> CommandResult {
    let target = subordinate(ctx, who)?;
    if !target.is_here() {
        return Err(Denied::MemberGone);
    }
    Ok(remove_members(ctx, &[target]))
}

/// Removes members, present or absent, for good, and ends any wait for them.
pub(super) fn remove_members(ctx: CommandContext<'_>, targets: &[&Member]) -> Vec<Decided> {
    let CommandContext { state, moment, .. } = ctx;
    let members: Vec<MemberId> = targets.iter().map(|target| target.id).collect();
    let cause = LeaveCause::Kicked;
    let left = members.iter().map(|id| Departure { member: *id, cause });
    let left: Vec<Departure> = left.collect();
    let opened = gate::open_without(state, &left, moment);
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

/// The named member, if it is another one over whom the sender has power.
pub(super) fn subordinate<'a>(
    ctx: CommandContext<'a>,
    who: &MemberRef,
) -> Result<&'a Member, Denied> {
    let target = other(ctx, who)?;
    if roles::has_power_over(ctx.by, target, &ctx.state.roster) {
        Ok(target)
    } else {
        Err(outranked(target))
    }
}

/// The named member. Denied with [`Denied::Yourself`] if it is the sender.
fn other<'a>(ctx: CommandContext<'a>, who: &MemberRef) -> Result<&'a Member, Denied> {
    let target = find_member(&ctx.state.roster, who)?;
    if target.id == ctx.by.id {
        Err(Denied::Yourself)
    } else {
        Ok(target)
    }
}

/// The denial that names the member of too high a rank.
pub(super) fn outranked(target: &Member) -> Denied {
    Denied::Outranked {
        name: target.name.clone(),
    }
}

fn real_admins(roster: &Roster) -> impl Iterator<Item = &Member> {
    roster.all().filter(|member| member.role == Role::Admin)
}

/// Whether another admin of the same kind is here when `by` no longer is one.
fn has_other_admin(roster: &Roster, by: &Member) -> bool {
    let standing = |other: &Member| other.role == Role::Admin || by.acting;
    roster
        .admins_here()
        .any(|other| other.id != by.id && standing(other))
}
