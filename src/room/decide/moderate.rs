//! Keeping order: muting, banning, taking words away, and waiting for somebody no longer.
//!
//! Over whom a moderator or admin has power is the rule of `roles`.

use super::members::{find, outranked, send_out, subordinate};
use super::{Answer, Ask, Decided, gate, slow};
use crate::protocol::command::{Command, Who};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::film::HoldEnd;
use crate::protocol::ids::ChatId;
use crate::protocol::member::{Ban, Member};
use crate::protocol::text::MemberName;
use crate::room::roles;
use crate::room::secrets::SecretEvent;

/// Lets a command pass unless it would make a muted member heard: a new name and what is
/// asked for are told to everyone as well.
///
/// # Errors
/// [`Denied::Muted`].
pub(super) fn check_voice(by: &Member, command: &Command) -> Result<(), Denied> {
    let is_heard = matches!(
        command,
        Command::Chat { .. } | Command::React { .. } | Command::Rename { .. } | Command::Ask { .. }
    );
    if by.marks.muted && is_heard {
        Err(Denied::Muted)
    } else {
        Ok(())
    }
}

/// Takes a member's voice away, or gives it back. What is so already is no news.
pub(super) fn set_muted(ask: Ask<'_>, who: &Who, muted: bool) -> Answer {
    let target = subordinate(ask, who)?;
    if target.marks.muted == muted {
        return Ok(Vec::new());
    }
    let member = target.id;
    let mut decided = vec![RoomEvent::Muted { member, muted }.into()];
    if muted {
        decided.extend(released(ask, target));
    }
    Ok(decided)
}

/// Chooses whether the room waits for a member, oneself if none is named.
pub(super) fn set_spared(ask: Ask<'_>, who: Option<&Who>, spared: bool) -> Answer {
    let target = match who {
        Some(who) => find(&ask.state.roster, who)?,
        None => ask.by,
    };
    if target.marks.spared == spared {
        return Ok(Vec::new());
    }
    let member = target.id;
    let mut decided = vec![RoomEvent::Spared { member, spared }.into()];
    if spared {
        decided.extend(released(ask, target));
    }
    Ok(decided)
}

/// Sends a member out who is recognised when they come again.
pub(super) fn ban(ask: Ask<'_>, who: &Who) -> Answer {
    let target = subordinate(ask, who)?;
    let others = ask.state.roster.here().map(|member| member.id);
    let ban = Ban {
        member: target.id,
        name: target.name.clone(),
        by: ask.by.name.clone(),
        at: ask.moment.now,
    };
    let mut decided = vec![Decided::Event {
        public: Box::new(RoomEvent::Banned { ban }),
        private: Some(SecretEvent::Banned {
            member: target.id,
            known_by: ask.secrets.trait_of(target.id, others),
        }),
    }];
    decided.extend(send_out(ask, target));
    Ok(decided)
}

/// Lifts a ban: of two with one name the latest.
pub(super) fn unban(ask: Ask<'_>, who: &Who) -> Answer {
    let is_meant = |ban: &&Ban| match who {
        Who::Id(id) => ban.member == *id,
        Who::Name(name) => ban.name.folded() == name.folded(),
    };
    let ban = ask.state.bans.iter().rev().find(is_meant);
    let member = ban.ok_or_else(|| not_banned(who))?.member;
    Ok(vec![Decided::Event {
        public: Box::new(RoomEvent::Unbanned { member }),
        private: Some(SecretEvent::Unbanned { member }),
    }])
}

fn not_banned(who: &Who) -> Denied {
    match who {
        Who::Name(name) => Denied::NotBanned { name: name.clone() },
        Who::Id(id) => MemberName::truncated(&format!("#{id}"))
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
        && !roles::has_power_over(by, author)
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
