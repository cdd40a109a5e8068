//! The permission table: which role may do what, and to whom, and what of an admin's power is
//! lent to an acting one. Which roles an acting admin may give depends on who else there is:
//! `decide/members.rs`.

use super::roster::Roster;
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

/// Lets an action pass if a member's role is enough, or what was lent to them.
///
/// # Errors
/// [`Denied::NotAllowed`] names the role that it takes; [`Denied::OnlyActing`] says that it is
/// left to a real admin.
pub fn check(action: Action, by: &Member, roster: &Roster) -> Result<(), Denied> {
    if !allowed(action, by.power()) {
        return Err(Denied::NotAllowed {
            action,
            needs: needs(action),
        });
    }
    let is_lent = match loan(action) {
        Loan::All => true,
        Loan::Named => is_named(by, roster),
        Loan::Nobody => false,
    };
    if by.acting && !is_lent {
        return Err(Denied::OnlyActing { action });
    }
    Ok(())
}

/// Whether a member is acting admin by presence alone: no admin has named them heir or
/// moderator.
#[must_use]
pub fn acts_by_presence(member: &Member, roster: &Roster) -> bool {
    member.acting && !is_named(member, roster)
}

/// Whether a moderator or admin may send another out, mute them or take their words away:
/// moderators viewers, admins everyone. Acting admins have no power over real ones, and those
/// who act by presence alone none over anybody whom an admin has named.
#[must_use]
pub fn has_power_over(by: &Member, target: &Member, roster: &Roster) -> bool {
    match by.power() {
        Role::Admin if acts_by_presence(by, roster) => !is_named(target, roster),
        Role::Admin if by.acting => target.role != Role::Admin,
        Role::Admin => true,
        _ => target.power() == Role::Viewer,
    }
}

/// Whether an admin has given the member a role, or named them heir.
fn is_named(member: &Member, roster: &Roster) -> bool {
    member.role > Role::Viewer || roster.heir == Some(member.id)
}

/// To which acting admins a part of an admin's power is lent.
enum Loan {
    /// To all of them.
    All,
    /// To an heir or a moderator, whom an admin has named.
    Named,
    /// To none: it would outlast the loan.
    Nobody,
}

/// To whom an action is lent: what the evening needs to all, what stays of it to those whom an
/// admin trusts.
const fn loan(action: Action) -> Loan {
    match action {
        Action::SetHeir => Loan::Nobody,
        Action::SetTitle | Action::SetRole | Action::SetWait | Action::Ban | Action::Unban => {
            Loan::Named
        }
        Action::Chat
        | Action::React
        | Action::Add
        | Action::Withdraw
        | Action::Ask
        | Action::SpareOneself
        | Action::Rename
        | Action::Kick
        | Action::Mute
        | Action::Erase
        | Action::Play
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
        | Action::Spare
        | Action::Go
        | Action::Countdown => Loan::All,
    }
}
