//! A part of the video is missing for everybody: the film goes on behind it.
//!
//! A player whose copy lacks a part comes out behind it and stands until the room arrives. If
//! all players that count do, the film would run for as long as the part is and nobody would
//! see anything. So it jumps to the first of them, as soon as the last has told. As long as one
//! of them plays what the others lack, opens the video or waits for its data, nothing moves.
//!
//! Admins' players count, and those whose word counts without them ([`super::voters`]). What
//! they tell is believed if an admin's player is among those that stand ahead, or if they have
//! at least [`FEWEST`] addresses. Of others only who watches alone is believed, and seldom. Who
//! has just come neither moves the film nor keeps it.

use super::voters::{FEWEST, Standing, by_origin, is_eligible, standing};
use super::{Decided, Moment};
use crate::protocol::event::RoomEvent;
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::Segment;
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::committed::Room;
use crate::room::reports::Reports;

/// The farthest that a film jumps so (judgement: as long as a player stands until the room
/// arrives at most). Also the least time between two jumps for a viewer who watches alone: false
/// reports from one machine double the speed of a film that nobody else watches, at most.
const LONGEST: Span = Span::seconds(30);

/// So much of a film is left at least where it jumps to (judgement: that it is over is decided
/// elsewhere, and nobody's claim brings it about).
const BEFORE_END: Span = Span::seconds(1);

/// The jump to where the first player stands, if all that count stand ahead of the film.
pub(super) fn judge(room: &Room, reports: &Reports, moment: Moment) -> Option<Decided> {
    let timeline = &room.state.timeline;
    let runs = timeline.wants_playing() && !timeline.is_stopped();
    if !runs || timeline.awaits_start(moment.now) {
        return None;
    }
    let film = timeline.position(moment.now);
    let ahead = all_ahead(room, reports, moment.now)?;
    let is_near = |(_, place): &(&Member, Position)| {
        let distance = *place - film;
        distance > moment.lead && distance <= LONGEST
    };
    if !ahead.iter().all(is_near) || !are_believed(room, &ahead, moment.now) {
        return None;
    }
    let first = ahead.iter().map(|(_, place)| *place).min()?;
    let length = timeline.playing.as_ref()?.duration;
    let last = length.map(|length| Position(length.0) - BEFORE_END);
    let anchor = last.map_or(first, |last| first.min(last));
    if anchor - film <= moment.lead {
        return None;
    }
    let segment = Segment {
        anchor,
        start: moment.start(),
        ..timeline.segment
    };
    let goes_on = RoomEvent::SomebodyPlays {
        epoch: timeline.epoch,
        segment: Some(segment),
    };
    Some(goes_on.into())
}

/// Whose players stand ahead of the film, and where, if all do that count and may play it.
fn all_ahead<'a>(
    room: &'a Room,
    reports: &Reports,
    now: RoomTime,
) -> Option<Vec<(&'a Member, Position)>> {
    let movement = room.state.timeline.segment;
    let mut ahead = Vec::new();
    for member in players(room) {
        if !is_admin(member) && !is_eligible(room, reports, member, now) {
            continue;
        }
        match standing(room, reports, member, now) {
            Standing::Plays => ahead.push((member, reports.ahead(member.id, movement)?)),
            Standing::Tries(_) => return None,
            Standing::Ended | Standing::Out => {}
        }
    }
    Some(ahead)
}

/// Whether the room goes by what those tell who stand ahead.
fn are_believed(room: &Room, ahead: &[(&Member, Position)], now: RoomTime) -> bool {
    let votes = ahead.iter().map(|(member, _)| (member.id, ()));
    let addresses = by_origin(room, votes, |(), ()| ()).len();
    let rested = now - room.state.timeline.segment.start >= LONGEST;
    let alone = addresses == 1 && players(room).count() == 1;
    ahead.iter().any(|(member, _)| is_admin(member)) || addresses >= FEWEST || (alone && rested)
}

/// Who is here with a player.
fn players(room: &Room) -> impl Iterator<Item = &Member> {
    let here = room.state.roster.here();
    here.filter(|member| member.has_player)
}

fn is_admin(member: &Member) -> bool {
    member.power() == Role::Admin
}
