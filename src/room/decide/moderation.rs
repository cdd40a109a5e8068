//! Moderation: mute, ban, erase, and exempting members from waits.
//!
//! `roles` says over whom a moderator or admin has power.

use std::collections::BTreeSet;

use super::members::{outranked, remove_members, subordinate};
use super::{CommandContext, CommandResult, Decided, acting_admin, gate, invites, slow};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::{Denied, SharedAddress};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{ChatId, InviteId};
use crate::protocol::member::{Ban, BanScope, Member, Role};
use crate::protocol::playback::HoldEnd;
use crate::protocol::text::{MemberName, WrittenName};
use crate::room::find_author::{erasure_of, find_author};
use crate::room::find_member::find_member;
use crate::room::roles;
use crate::room::secrets::SecretEvent;
use crate::room::state::RoomState;

/// Checks that a command does not let a muted member speak.
///
/// # Errors [`Denied::Muted`].
pub(super) fn check_not_muted(by: &Member, command: &Command) -> Result<(), Denied> {
    if by.flags.muted && command.rule().silenced {
        Err(Denied::Muted)
    } else {
        Ok(())
    }
}

/// Mutes or unmutes a member. Somebody who is unmuted may have a higher rank than the acting admin.
pub(super) fn set_muted(ctx: CommandContext<'_>, who: &MemberRef, muted: bool) -> CommandResult {
    let target = subordinate(ctx, who)?;
    if target.flags.muted == muted {
        return Err(Denied::NothingChanges);
    }
    let member = target.id;
    let mut decided = vec![RoomEvent::Muted { member, muted }.into()];
    if muted {
        decided.extend(released(ctx, target));
    } else {
        decided.extend(acting_admin::hand_over(&ctx.state.roster, Some(member)));
    }
    Ok(decided)
}

/// Exempts a member from waits or not; oneself if none is named.
pub(super) fn exempt(
    ctx: CommandContext<'_>,
    who: Option<&MemberRef>,
    exempt: bool,
) -> CommandResult {
    let target = match who {
        Some(who) => find_member(&ctx.state.roster, who)?,
        None => ctx.by,
    };
    if target.flags.wait_exempt == exempt {
        return Err(Denied::NothingChanges);
    }
    let member = target.id;
    let mut decided = vec![
        RoomEvent::WaitExempted {
            member,
            wait_exempt: exempt,
        }
        .into(),
    ];
    if exempt {
        decided.extend(released(ctx, target));
    }
    Ok(decided)
}

/// Bans a member, who is then recognised by their token, and by their address if nobody else is
/// known from it or the command says so. If the address is banned, all members known from it are
/// removed too, since any could be the same person; admins stay, and so does anybody over whom the
/// sender has no power. The invite links by which those who go came in are revoked.
pub(super) fn ban(ctx: CommandContext<'_>, who: &MemberRef, scope: BanScope) -> CommandResult {
    let target = subordinate(ctx, who).map_err(|why| banned_before(ctx.state, who, why))?;
    let roster = &ctx.state.roster;
    let sharing = ctx.secrets.sharing_address_of(target.id);
    let sharing: Vec<&Member> = sharing.filter_map(|id| roster.get(id)).collect();
    let address = match scope {
        BanScope::Ask if !sharing.is_empty() => return Err(shared_address(ctx, target, &sharing)),
        BanScope::Ask | BanScope::Unshared => sharing.is_empty(),
        BanScope::Member => false,
        BanScope::Address => true,
    };
    let identity = ctx.secrets.ban_identity(target.id, address);
    let ban = Ban {
        member: target.id,
        name: target.name.clone(),
        by: ctx.by.name.clone(),
        at: ctx.moment.now,
        address: identity.address.is_some(),
    };
    let mut decided = vec![Decided::Event {
        public: Box::new(RoomEvent::Banned { ban }),
        private: Some(SecretEvent::Banned {
            member: target.id,
            identity,
        }),
    }];
    let goes = |other: &&Member| {
        let stays = other.id == ctx.by.id || other.role == Role::Admin;
        address && !stays && roles::has_power_over(ctx.by, other, roster)
    };
    let mut out = vec![target];
    out.extend(sharing.into_iter().filter(goes));
    decided.extend(links_of(ctx, &out));
    decided.extend(remove_members(ctx, &out));
    Ok(decided)
}

/// Revokes the invite links by which these members came in: they could come in by them again, as
/// somebody new.
fn links_of(ctx: CommandContext<'_>, out: &[&Member]) -> Vec<Decided> {
    let known = ctx.secrets.invites();
    let links = out.iter();
    let links = links.filter_map(|member| known.brought_in(member.id, ctx.moment.now));
    let links: BTreeSet<InviteId> = links.collect();
    links.into_iter().map(invites::revoked).collect()
}

/// The denial that names members with the same address.
fn shared_address(ctx: CommandContext<'_>, target: &Member, sharing: &[&Member]) -> Denied {
    let mut others: Vec<MemberName> = sharing
        .iter()
        .filter(|member| member.id != ctx.by.id)
        .map(|member| member.name.clone())
        .collect();
    let more = others.len().saturating_sub(SharedAddress::MOST_NAMES);
    others.truncate(SharedAddress::MOST_NAMES);
    Denied::AddressShared(SharedAddress {
        member: target.id,
        name: target.name.clone(),
        others,
        more: u32::try_from(more).unwrap_or(u32::MAX),
        yours: sharing.iter().any(|member| member.id == ctx.by.id),
    })
}

/// Banning a banned member again changes nothing, although the room does not know them any more.
fn banned_before(state: &RoomState, who: &MemberRef, why: Denied) -> Denied {
    match why {
        Denied::NoSuchMember { .. } if find_ban(state, who).is_some() => Denied::NothingChanges,
        why => why,
    }
}

/// Lifts a ban: of two with the same name the latest.
pub(super) fn unban(ctx: CommandContext<'_>, who: &MemberRef) -> CommandResult {
    let ban = find_ban(ctx.state, who);
    let member = ban.ok_or_else(|| not_banned(who))?.member;
    Ok(vec![Decided::Event {
        public: Box::new(RoomEvent::Unbanned { member }),
        private: Some(SecretEvent::Unbanned { member }),
    }])
}

fn find_ban<'a>(state: &'a RoomState, who: &MemberRef) -> Option<&'a Ban> {
    let is_meant = |ban: &&Ban| match who {
        MemberRef::Id(id) => ban.member == *id,
        MemberRef::Name(name) => ban.name.folded() == name.folded(),
    };
    state.bans.iter().rev().find(is_meant)
}

fn not_banned(who: &MemberRef) -> Denied {
    match who {
        MemberRef::Name(name) => Denied::NotBanned { name: name.into() },
        MemberRef::Id(id) => WrittenName::truncated(&format!("#{id}"))
            .map_or(Denied::MemberGone, |name| Denied::NotBanned { name }),
    }
}

/// Erases a line of chat: a moderator's own, or that of a member over whom they have power, or of a
/// forgotten member. Viewers are refused before, by the rule of the command.
pub(super) fn erase(ctx: CommandContext<'_>, line: ChatId) -> CommandResult {
    let CommandContext { state, by, .. } = ctx;
    let found = state.chat.get(line).filter(|found| found.erased.is_none());
    let found = found.ok_or(Denied::NoSuchLine)?;
    let author = state.roster.get(found.from);
    if let Some(author) = author.filter(|author| author.id != by.id)
        && !roles::has_power_over(by, author, &state.roster)
    {
        return Err(outranked(author));
    }
    let by = by.name.clone();
    Ok(vec![RoomEvent::Erased { line, by }.into()])
}

/// Erases all lines of a member, with power over them. Those of a forgotten member have nobody to
/// protect them.
pub(super) fn erase_all(ctx: CommandContext<'_>, of: &MemberRef) -> CommandResult {
    let CommandContext { state, by, .. } = ctx;
    let author = find_author(state, of)?;
    let known = author.ids.iter().filter_map(|id| state.roster.get(*id));
    for member in known.filter(|member| member.id != by.id) {
        if !roles::has_power_over(by, member, &state.roster) {
            return Err(outranked(member));
        }
    }
    let erasure = erasure_of(state, &author, &by.name).ok_or(Denied::NoSuchLine)?;
    Ok(vec![RoomEvent::ErasedAll(erasure).into()])
}

/// Ends a wait for a member who is exempt now: playback resumes, and new media counts them as
/// ready.
fn released(ctx: CommandContext<'_>, target: &Member) -> Vec<Decided> {
    let CommandContext { state, moment, .. } = ctx;
    if slow::waits_for(state, target.id) {
        return vec![slow::release(state, HoldEnd::Overridden, moment)];
    }
    gate::ready(state, target.id, moment)
}
