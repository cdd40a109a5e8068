//! The permission table: which role may do what. Whom a moderator may send out or
//! mute, and which roles an acting admin may give, depends on the other member as well:
//! `decide/members.rs` and `decide/moderate.rs`.

use crate::protocol::denied::{Action, Denied};
use crate::protocol::member::Role;

/// The least role that an action takes.
#[must_use]
pub const fn needs(action: Action) -> Role {
    match action {
        Action::Chat
        | Action::React
        | Action::Add
        | Action::Withdraw
        | Action::Ask
        | Action::SpareOneself
        | Action::Rename => Role::Viewer,
        Action::Kick | Action::Mute | Action::Erase => Role::Moderator,
        Action::Play
        | Action::Approve
        | Action::Reject
        | Action::Remove
        | Action::Move
        | Action::Skip
        | Action::Pause
        | Action::Resume
        | Action::Seek
        | Action::Undo
        | Action::SetRate
        | Action::SetTitle
        | Action::SetRole
        | Action::SetHeir
        | Action::Ban
        | Action::Unban
        | Action::Spare
        | Action::SetWait
        | Action::Go
        | Action::Countdown => Role::Admin,
    }
}

/// Whether a role is enough for an action.
#[must_use]
pub fn allowed(action: Action, role: Role) -> bool {
    role >= needs(action)
}

/// Lets an action pass if the role is enough.
///
/// # Errors
/// [`Denied::NotAllowed`] names the role that it takes.
pub fn check(action: Action, role: Role) -> Result<(), Denied> {
    if allowed(action, role) {
        Ok(())
    } else {
        Err(Denied::NotAllowed {
            action,
            needs: needs(action),
        })
    }
}
