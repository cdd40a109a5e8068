//! The permission table: which role may do what, and to whom. Which roles an acting admin may
//! give depends on who else there is: `decide/members.rs`.

use crate::protocol::denied::{Action, Denied};
use crate::protocol::member::{Member, Role};

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
        | Action::SetLength
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

/// Whether a moderator or admin may send another out, mute them or take their words away:
/// moderators viewers, acting admins everyone but real admins, admins everyone.
#[must_use]
pub fn has_power_over(by: &Member, target: &Member) -> bool {
    match (by.power(), by.acting) {
        (Role::Admin, false) => true,
        (Role::Admin, true) => target.role != Role::Admin,
        _ => target.power() == Role::Viewer,
    }
}
