//! When a video of unknown length is over. Where the length is known the timeline decides.

use super::voters::{Standing, by_origin, eligible, standing};
use crate::protocol::member::{Member, Role};
use crate::protocol::time::RoomTime;
use crate::room::committed::Room;
use crate::room::reports::Reports;

/// Whether a video of unknown length is over: all eligible admins whose players play it have
/// come to the end, or, if none plays it, more than half of the eligible have.
///
/// An admin's player that lacks data or tries again is waited for as [`standing`] says.
pub(super) fn is_over(room: &Room, reports: &Reports, now: RoomTime) -> bool {
    let timeline = &room.state.timeline;
    let known = timeline.playing.as_ref().and_then(|film| film.duration);
    if !timeline.means_to_run() || known.is_some() {
        return false;
    }
    let members: Vec<(&Member, Standing)> = eligible(room, reports, now)
        .map(|member| (member, standing(room, reports, member, now)))
        .filter(|(_, standing)| *standing != Standing::Out)
        .collect();
    let ended = |standing: Standing| standing == Standing::Ended;
    let admins = members
        .iter()
        .filter(|(member, _)| member.power() == Role::Admin);
    let admins: Vec<Standing> = admins.map(|(_, standing)| *standing).collect();
    if !admins.is_empty() {
        return admins.into_iter().all(ended);
    }
    // An address has come to the end when all its players have.
    let votes = members
        .into_iter()
        .map(|(member, standing)| (member.id, ended(standing)));
    let votes = by_origin(room, votes, |one, other| one && other);
    votes.iter().filter(|over| **over).count() * 2 > votes.len()
}
