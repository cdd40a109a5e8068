//! Keeping order: muting, banning, taking words away, and waiting for somebody no longer.
//!
//! Over whom a moderator or admin has power is the rule of `roles`.

use super::members::{outranked, send_out, subordinate};
use super::{Answer, Ask, Decided, acting, gate, slow};
use crate::protocol::command::{Command, Who};
use crate::protocol::denied::{Denied, SharedAddress};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::ChatId;
use crate::protocol::member::{Ban, BanScope, Member, Role};
use crate::protocol::playback::HoldEnd;
use crate::protocol::text::{MemberName, WrittenName};
use crate::room::find_member::find_member;
use crate::room::roles;
use crate::room::secrets::SecretEvent;
use crate::room::state::RoomState;

/// Lets a command pass unless it would make a muted member heard.
///
/// # Errors
/// [`Denied::Muted`].
pub(super) fn check_voice(by: &Member, command: &Command) -> Result<(), Denied> {
    if by.flags.muted && command.rule().silenced {
        Err(Denied::Muted)
    } else {
        Ok(())
    }
}

/// Takes a member's voice away, or gives it back. Somebody who is heard again may have a
/// better claim than the acting admin.
pub(super) fn set_muted(ask: Ask<'_>, who: &Who, muted: bool) -> Answer {
    let target = subordinate(ask, who)?;
    if target.flags.muted == muted {
        return Err(Denied::NothingChanges);
    }
    let member = target.id;
    let mut decided = vec![RoomEvent::Muted { member, muted }.into()];
    if muted {
        decided.extend(released(ask, target));
    } else {
        let mut after = ask.state.roster.clone();
        after.update(member, |member| member.flags.muted = false);
        decided.extend(acting::hand_on(&after));
    }
    Ok(decided)
}

/// Chooses whether the room waits for a member, oneself if none is named.
pub(super) fn exempt_from_wait(ask: Ask<'_>, who: Option<&Who>, exempt: bool) -> Answer {
    let target = match who {
        Some(who) => find_member(&ask.state.roster, who)?,
        None => ask.by,
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
        decided.extend(released(ask, target));
    }
    Ok(decided)
}

/// Sends a member out who is recognised when they come again: by their token, and by their
/// address where nobody else is known from it or the ban says so. With the address all go who
/// are known from it, for any of them could be the same person; admins stay, and so does who
/// is above the one who asks.
pub(super) fn ban(ask: Ask<'_>, who: &Who, scope: BanScope) -> Answer {
    let target = subordinate(ask, who).map_err(|why| banned_before(ask.state, who, why))?;
    let roster = &ask.state.roster;
    let sharing = ask.secrets.sharing_address_of(target.id);
    let sharing: Vec<&Member> = sharing.filter_map(|id| roster.get(id)).collect();
    let address = match scope {
        BanScope::Ask if !sharing.is_empty() => return Err(shared_address(ask, target, &sharing)),
        BanScope::Ask | BanScope::Unshared => sharing.is_empty(),
        BanScope::Member => false,
        BanScope::Address => true,
    };
    let known_by = ask.secrets.ban_trait(target.id, address);
    let ban = Ban {
        member: target.id,
        name: target.name.clone(),
        by: ask.by.name.clone(),
        at: ask.moment.now,
        address: known_by.address.is_some(),
    };
    let mut decided = vec![Decided::Event {
        public: Box::new(RoomEvent::Banned { ban }),
        private: Some(SecretEvent::Banned {
            member: target.id,
            known_by,
        }),
    }];
    let goes = |other: &&Member| {
        let stays = other.id == ask.by.id || other.role == Role::Admin;
        address && !stays && roles::has_power_over(ask.by, other, roster)
    };
    let mut out = vec![target];
    out.extend(sharing.into_iter().filter(goes));
    decided.extend(send_out(ask, &out));
    Ok(decided)
}

/// Names those who share the address of somebody who is to be banned.
fn shared_address(ask: Ask<'_>, target: &Member, sharing: &[&Member]) -> Denied {
    let mut others: Vec<MemberName> = sharing
        .iter()
        .filter(|member| member.id != ask.by.id)
        .map(|member| member.name.clone())
        .collect();
    let more = others.len().saturating_sub(SharedAddress::MOST_NAMES);
    others.truncate(SharedAddress::MOST_NAMES);
    Denied::AddressShared(SharedAddress {
        member: target.id,
        name: target.name.clone(),
        others,
        more: u32::try_from(more).unwrap_or(u32::MAX),
        yours: sharing.iter().any(|member| member.id == ask.by.id),
    })
}

/// Who was banned before is not in the room any more, and that is no reason.
fn banned_before(state: &RoomState, who: &Who, why: Denied) -> Denied {
    match why {
        Denied::NoSuchMember { .. } if find_ban(state, who).is_some() => Denied::NothingChanges,
        why => why,
    }
}

/// Lifts a ban: of two with one name the latest.
pub(super) fn unban(ask: Ask<'_>, who: &Who) -> Answer {
    let ban = find_ban(ask.state, who);
    let member = ban.ok_or_else(|| not_banned(who))?.member;
    Ok(vec![Decided::Event {
        public: Box::new(RoomEvent::Unbanned { member }),
        private: Some(SecretEvent::Unbanned { member }),
    }])
}

fn find_ban<'a>(state: &'a RoomState, who: &Who) -> Option<&'a Ban> {
    let is_meant = |ban: &&Ban| match who {
        Who::Id(id) => ban.member == *id,
        Who::Name(name) => ban.name.folded() == name.folded(),
    };
    state.bans.iter().rev().find(is_meant)
}

fn not_banned(who: &Who) -> Denied {
    match who {
        Who::Name(name) => Denied::NotBanned { name: name.into() },
        Who::Id(id) => WrittenName::truncated(&format!("#{id}"))
            .map_or(Denied::MemberGone, |name| Denied::NotBanned { name }),
    }
}

/// Takes a line of chat away: one's own, or one of somebody over whom one has power. Nobody
/// stands behind what those said who are forgotten by now.
pub(super) fn erase(ask: Ask<'_>, line: ChatId) -> Answer {
    let Ask { state, by, .. } = ask;
    let said = state.chat.get(line).filter(|said| said.erased.is_none());
    let said = said.ok_or(Denied::NoSuchLine)?;
    let author = state.roster.get(said.from);
    if let Some(author) = author.filter(|author| author.id != by.id)
        && !roles::has_power_over(by, author, &state.roster)
    {
        return Err(outranked(author));
    }
    let by = by.name.clone();
    Ok(vec![RoomEvent::Erased { line, by }.into()])
}

/// The end of a wait for a member for whom the room does not wait any more: the film runs on,
/// and a new video counts them as ready.
fn released(ask: Ask<'_>, target: &Member) -> Vec<Decided> {
    let Ask { state, moment, .. } = ask;
    if slow::waits_for(state, target.id) {
        return vec![slow::release(state, HoldEnd::Overridden, moment)];
    }
    gate::ready(state, target.id, moment)
}
