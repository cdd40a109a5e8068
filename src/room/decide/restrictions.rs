//! Restrictions of viewers and strangers: who sets them, and what they deny.
//!
//! Moderators and admins are exempt, whether they act by presence or are invited as such.

use super::{AdmittedMember, CommandContext, CommandResult};
use crate::protocol::command::Command;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::event::RoomEvent;
use crate::protocol::member::{Member, Role};
use crate::protocol::moderation::{Delay, Restriction};
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::Room;
use crate::room::state::RoomState;

/// Checks that a client may come in: a locked room admits only members whom it knows.
pub(super) fn check_admission(room: &Room, arrival: &AdmittedMember) -> Result<(), Refused> {
    let is_known = || arrival.owner(&room.secrets).is_some();
    if room.state.restrictions.locked && !is_known() {
        Err(Refused::Locked)
    } else {
        Ok(())
    }
}

/// Checks that no restriction denies a command.
///
/// # Errors [`Denied::Newcomer`] or [`Denied::SlowMode`], with the time to wait.
pub(super) fn check(
    state: &RoomState,
    by: &Member,
    command: &Command,
    now: RoomTime,
) -> Result<(), Denied> {
    if by.power() > Role::Viewer {
        return Ok(());
    }
    let restrictions = &state.restrictions;
    if let Some(wait) = restrictions.newcomers
        && command.rule().restricted
        && let Some(came) = state.roster.first_came(by.id)
        && now - came < wait.span()
    {
        let retry_ms = milliseconds(wait.span() - (now - came));
        return Err(Denied::Newcomer { retry_ms });
    }
    if let Some(interval) = restrictions.slow_mode
        && matches!(command, Command::Chat { .. })
        && let Some(wait) = restrictions.slow_wait(by.id, now)
    {
        let retry_ms = milliseconds(wait);
        return Err(Denied::SlowMode { interval, retry_ms });
    }
    Ok(())
}

/// A wait in milliseconds, rounded up: a retry after it is not too early.
fn milliseconds(wait: Span) -> u32 {
    let millis = wait.0.max(0).saturating_add(999) / 1_000;
    u32::try_from(millis).unwrap_or(u32::MAX)
}

/// Sets or ends slow mode.
pub(super) fn set_slow_mode(ctx: CommandContext<'_>, interval: Option<Delay>) -> CommandResult {
    let before = ctx.state.restrictions.slow_mode;
    restrict(before == interval, Restriction::SlowMode { interval })
}

/// Locks or unlocks the room.
pub(super) fn set_locked(ctx: CommandContext<'_>, locked: bool) -> CommandResult {
    let before = ctx.state.restrictions.locked;
    restrict(before == locked, Restriction::Lock { locked })
}

/// Sets how long newcomers may only watch, or lets them take part at once.
pub(super) fn set_newcomers(ctx: CommandContext<'_>, wait: Option<Delay>) -> CommandResult {
    let before = ctx.state.restrictions.newcomers;
    restrict(before == wait, Restriction::Newcomers { wait })
}

/// Shows the chat to those who watch from outside, or keeps it from them.
pub(super) fn set_observer_chat(ctx: CommandContext<'_>, shown: bool) -> CommandResult {
    let before = ctx.state.restrictions.observer_chat;
    restrict(before == shown, Restriction::ObserverChat { shown })
}

fn restrict(is_so: bool, restriction: Restriction) -> CommandResult {
    if is_so {
        return Err(Denied::NothingChanges);
    }
    Ok(vec![RoomEvent::Restricted(restriction).into()])
}
