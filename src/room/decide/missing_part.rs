//! A part of the media is missing from every copy: playback skips it.
//!
//! A player whose copy lacks a part jumps behind it and waits there for the timeline. If all
//! players that count do so, the timeline would run through the part and nobody would see anything.
//! So it jumps to the first of them once the last has reported. While one of them plays what the
//! others lack, is opening the media or waits for data, nothing moves.
//!
//! Admins' players count, and eligible ones ([`super::eligibility`]). Their reports are believed if
//! an admin's player is among those ahead, or if they come from at least [`MIN_SOURCES`] addresses.
//! Otherwise only a member who watches alone is believed, and seldom. Members who have just joined
//! have no say, and nobody has while a vanished admin may return: after a server's restart the first
//! who is back would seem to watch alone, and the others' players play on.

use super::eligibility::{
    MIN_SOURCES, PlayerStatus, is_eligible, one_vote_per_source, player_status,
};
use super::{Decided, Moment};
use crate::protocol::event::RoomEvent;
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::Segment;
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::committed::Room;
use crate::room::reports::Reports;
use crate::room::succession;

/// The longest part that is skipped (judgement: a player waits that long for the timeline). Also
/// the least time between two skips for a viewer who watches alone: false reports from one machine
/// at most double the speed of media that nobody else watches.
const LONGEST: Span = Span::seconds(30);

/// A skip leaves at least this much of the media (judgement: its end is decided elsewhere, and
/// nobody's report can cause it).
const BEFORE_END: Span = Span::seconds(1);

/// The jump to the first player's position, if all that count wait ahead of the timeline.
pub(super) fn judge(room: &Room, reports: &Reports, moment: Moment) -> Option<Decided> {
    let timeline = &room.state.timeline;
    let runs = timeline.wants_playing() && !timeline.is_stopped();
    if !runs || timeline.awaits_start(moment.now) {
        return None;
    }
    let position = timeline.position(moment.now);
    let ahead = all_ahead(room, reports, moment.now)?;
    let is_near = |(_, place): &(&Member, Position)| {
        let distance = *place - position;
        distance > moment.lead && distance <= LONGEST
    };
    if !ahead.iter().all(is_near) || !is_trusted(room, &ahead, moment.now) {
        return None;
    }
    let first = ahead.iter().map(|(_, place)| *place).min()?;
    let length = timeline.playing.as_ref()?.duration;
    let last = length.map(|length| Position(length.0) - BEFORE_END);
    let anchor = last.map_or(first, |last| first.min(last));
    if anchor - position <= moment.lead {
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

/// The members whose players wait ahead of the timeline, with the positions; `None` if one that
/// counts does not.
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
        match player_status(room, reports, member, now) {
            PlayerStatus::Playing => ahead.push((member, reports.ahead(member.id, movement)?)),
            PlayerStatus::Trying(_) => return None,
            PlayerStatus::Ended | PlayerStatus::NotPlaying => {}
        }
    }
    Some(ahead)
}

/// Whether the reports of these members are believed.
fn is_trusted(room: &Room, ahead: &[(&Member, Position)], now: RoomTime) -> bool {
    let votes = ahead.iter().map(|(member, _)| (member.id, ()));
    let addresses = one_vote_per_source(room, votes, |(), ()| ()).len();
    let rested = now - room.state.timeline.segment.start >= LONGEST;
    let alone = addresses == 1 && players(room).count() == 1;
    let by_viewers = addresses >= MIN_SOURCES || (alone && rested);
    ahead.iter().any(|(member, _)| is_admin(member))
        || (by_viewers && !succession::is_awaited(&room.state))
}

/// The members present with a player.
fn players(room: &Room) -> impl Iterator<Item = &Member> {
    let here = room.state.roster.here();
    here.filter(|member| member.has_player)
}

fn is_admin(member: &Member) -> bool {
    member.power() == Role::Admin
}
