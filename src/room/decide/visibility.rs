//! Who can find and enter the room. The members in it stay, and so does what brings them back; who left
//! long before a password was set needs that now.

use super::{CommandContext, CommandResult, Decided};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::member::Visibility;
use crate::room::secrets::{PasswordHash, SecretEvent};

/// Changes who can find and enter the room, with the password that came with the command.
pub(super) fn choose(ctx: CommandContext<'_>, visibility: Visibility) -> CommandResult {
    set(ctx, visibility, ctx.password)
}

/// Changes the visibility. A private room gets this password, also if it is private already; any
/// other loses its own. Invite links stay: an admin revokes them one by one.
pub(super) fn set(
    ctx: CommandContext<'_>,
    visibility: Visibility,
    password: Option<&PasswordHash>,
) -> CommandResult {
    let password = match (visibility, password) {
        (Visibility::Private, None) => return Err(Denied::PasswordMissing),
        (Visibility::Private, Some(hash)) => Some(hash.clone()),
        _ if ctx.state.visibility == visibility => return Err(Denied::NothingChanges),
        _ => None,
    };
    let roster = &ctx.state.roster;
    let void = match password {
        Some(_) => roster.viewers_gone_for_good(ctx.moment.now).collect(),
        None => Vec::new(),
    };
    Ok(vec![Decided::Event {
        public: Box::new(RoomEvent::VisibilityChanged { visibility }),
        private: Some(SecretEvent::PasswordChanged { password, void }),
    }])
}
