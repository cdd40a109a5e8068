//! Whether a member may do what they want: their role or a lent one against the table of commands
//! in [`Action::rule`], and over whom a moderator or admin has power. Which roles an acting admin
//! may give depends on who else there is: `decide/members.rs`.

use super::roster::Roster;
use crate::protocol::command::{Action, Command};
use crate::protocol::denied::Denied;
use crate::protocol::member::{Member, Role};
use crate::protocol::rule::{LentTo, Rule};

/// The least role that an action takes.
#[must_use]
pub const fn needs(action: Action) -> Role {
    action.rule().needs
}

/// Lets a command pass if a member's role is enough, or what was lent to them.
///
/// # Errors
/// As [`check`].
pub fn check_command(command: &Command, by: &Member, roster: &Roster) -> Result<(), Denied> {
    check_rule(command.action(), command.rule(), by, roster)
}

/// Lets an action pass if a member's role is enough, or what was lent to them.
///
/// # Errors
/// [`Denied::NotAllowed`] names the role that it takes; [`Denied::OnlyActing`] says that it is
/// left to a real admin.
pub fn check(action: Action, by: &Member, roster: &Roster) -> Result<(), Denied> {
    check_rule(action, action.rule(), by, roster)
}

fn check_rule(action: Action, rule: Rule, by: &Member, roster: &Roster) -> Result<(), Denied> {
    let needs = rule.needs;
    if by.power() < needs {
        return Err(Denied::NotAllowed { action, needs });
    }
    let is_lent = match rule.lent_to {
        LentTo::All => true,
        LentTo::Named => is_named(by, roster),
        LentTo::Nobody => false,
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
