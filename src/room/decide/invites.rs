//! Invite links: made, listed and revoked. Who comes in by one is decided with the joins.

use super::{CommandContext, CommandResult, Decided};
use crate::protocol::denied::Denied;
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::InviteId;
use crate::protocol::invite_terms::InviteTerms;
use crate::protocol::member::{Role, Visibility};
use crate::protocol::secret::InviteToken;
use crate::room::invites::{Invite, Invites};
use crate::room::secrets::{SecretEvent, TokenHash};

/// Makes a link. One for viewers is of use in a private room only: the others let everybody in.
pub(super) fn create(
    ctx: CommandContext<'_>,
    token: &InviteToken,
    terms: InviteTerms,
) -> CommandResult {
    let now = ctx.moment.now;
    let invites = ctx.secrets.invites();
    let role = terms.role();
    if ctx.state.visibility != Visibility::Private && role == Role::Viewer {
        return Err(Denied::InviteNotNeeded);
    }
    if invites.count(now) >= Invites::MOST {
        let limit = u32::try_from(Invites::MOST).unwrap_or(u32::MAX);
        return Err(Denied::TooManyInvites { limit });
    }
    let id = invites.next_id();
    Ok(vec![Decided::Event {
        public: Box::new(RoomEvent::InviteCreated { invite: id, role }),
        private: Some(SecretEvent::InviteCreated {
            id,
            invite: Invite {
                token: TokenHash::of(token.reveal()),
                role,
                until: now + terms.lasts(),
                uses: terms.uses(),
                by: ctx.by.id,
            },
            over: invites.over(now).collect(),
        }),
    }])
}

/// Revokes a link that works.
pub(super) fn revoke(ctx: CommandContext<'_>, invite: InviteId) -> CommandResult {
    match ctx.secrets.invites().working(invite, ctx.moment.now) {
        Some(_) => Ok(vec![revoked(invite)]),
        None => Err(Denied::NoSuchInvite { invite }),
    }
}

/// The event by which nobody new comes in by a link.
pub(super) fn revoked(invite: InviteId) -> Decided {
    Decided::Event {
        public: Box::new(RoomEvent::InviteRevoked { invite }),
        private: Some(SecretEvent::InviteRevoked { id: invite }),
    }
}

/// Lists the links that work, for the sender only.
pub(super) fn list(ctx: CommandContext<'_>) -> Vec<Decided> {
    let invites = ctx.secrets.invites();
    let invites = invites.list(ctx.moment.now, &ctx.state.roster).collect();
    let notice = MemberNotice::Invites { invites };
    let to = vec![ctx.by.id];
    vec![Decided::ToMembers { to, notice }]
}
