//! When a video of unknown length is over. Where the length is known the timeline decides.

use super::voters::{by_origin, eligible};
use super::{Decided, Moment, load};
use crate::protocol::ids::MemberId;
use crate::protocol::member::{Member, Role};
use crate::protocol::time::Position;
use crate::room::committed::Room;
use crate::room::reports::Reports;

/// A member's player came to the end of the video: the next one starts if that is the end for
/// everybody.
pub(super) fn ended(
    room: &Room,
    reports: &mut Reports,
    by: MemberId,
    moment: Moment,
) -> Vec<Decided> {
    let timeline = &room.state.timeline;
    if !timeline.means_to_run() {
        return Vec::new();
    }
    let position = timeline.position(moment.now);
    reports.end(by, position);
    let playing = timeline.playing.as_ref();
    let unknown = playing.is_some_and(|film| film.duration.is_none());
    if unknown && is_over(room, reports, position, moment) {
        load::after_the_end(&room.state, moment)
    } else {
        Vec::new()
    }
}

/// Whether all eligible admins who play it have come to the end, or, if there are none, more
/// than half of the eligible.
fn is_over(room: &Room, reports: &Reports, position: Position, moment: Moment) -> bool {
    let over = |member: &Member| (member.id, reports.has_ended(member.id, position));
    let members: Vec<&Member> = eligible(room, reports, moment.now).collect();
    let mut admins = members
        .iter()
        .filter(|member| member.power() == Role::Admin)
        .peekable();
    if admins.peek().is_some() {
        return admins.all(|admin| over(admin).1);
    }
    // An address has come to the end when all its players have.
    let votes = by_origin(room, members.into_iter().map(over), |one, other| {
        one && other
    });
    votes.iter().filter(|over| **over).count() * 2 > votes.len()
}
