//! Errands: commands of somebody who is not in the room for them, such as a script that queues a
//! link. A member's errand is theirs, whether they are here or not. Anybody else becomes known to
//! the room as a member who is gone, so that what they left can be judged, muted and banned as
//! everything else, but nobody is told of a coming or going.

use super::join_leave;
use super::{AdmittedMember, CommandContext, Decided, Moment, dispatch, moderation, restrictions};
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::ids::MemberId;
use crate::room::committed::Room;
use crate::room::roles;

/// The member in whose name a client that was let in runs its errand, and the events that make them
/// known; none if the room knows them already.
#[must_use]
pub fn errand_member(
    room: &Room,
    arrival: &AdmittedMember,
    moment: Moment,
) -> (MemberId, Vec<Decided>) {
    let owner = arrival.owner(&room.secrets);
    match owner.filter(|owner| room.state.roster.get(*owner).is_some()) {
        Some(owner) => (owner, Vec::new()),
        None => join_leave::guest(room, arrival, moment),
    }
}

/// What a command of an errand leads to.
///
/// # Errors
/// [`Denied`] says why it changes nothing: as for members who are here, and
/// [`Denied::NotInRoom`] for all that has to be done in the room.
pub fn errand(
    room: &Room,
    by: MemberId,
    command: &Command,
    moment: Moment,
) -> Result<Vec<Decided>, Denied> {
    let state = &room.state;
    let is_possible = matches!(command, Command::Chat { .. } | Command::Add { .. });
    let by = state.roster.get(by);
    let by = by.filter(|_| is_possible && !state.closed);
    let by = by.ok_or(Denied::NotInRoom)?;
    roles::check_command(command, by, &state.roster)?;
    moderation::check_not_muted(by, command)?;
    restrictions::check(state, by, command, moment.now)?;
    let ctx = CommandContext {
        state,
        secrets: &room.secrets,
        by,
        moment,
        password: None,
    };
    dispatch(ctx, command)
}
