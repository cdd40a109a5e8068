//! Whether a member may do something: their role, or acting role, against the table in
//! [`Action::rule`]; and over whom a moderator or admin has power. Which roles an acting admin may
//! give depends on the other members: `decide/members.rs`.

use super::roster::Roster;
use crate::protocol::command::{Action, Command};
use crate::protocol::denied::Denied;
use crate::protocol::member::{Member, Role};
use crate::protocol::rule::{LentTo, Rule};

/// The least role that an action requires.
#[must_use]
pub const fn needs(action: Action) -> Role {
    action.rule().needs
}

/// Checks that a member's role, or acting role, is enough for a command.
///
/// # Errors As [`check`].
pub fn check_command(command: &Command, by: &Member, roster: &Roster) -> Result<(), Denied> {
    check_rule(command.action(), command.rule(), by, roster)
}

/// Checks that a member's role, or acting role, is enough for an action.
///
/// # Errors [`Denied::NotAllowed`] names the role that is required; [`Denied::OnlyActing`] says
/// that only a real admin may do it.
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

/// Whether a member is acting admin only by being present: no admin has named them heir or
/// moderator.
#[must_use]
pub fn acts_by_presence(member: &Member, roster: &Roster) -> bool {
    member.acting && !is_named(member, roster)
}

/// Whether one member may kick, ban or mute another or erase their lines. Moderators have power
/// over viewers, admins over everyone. Acting admins have none over real ones, and those who act
/// only by being present have none over anybody whom an admin has named.
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
