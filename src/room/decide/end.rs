//! When a video is over: its players have come to the end. Where its length is known, that
//! counts once the timeline is there, and a moment later it is over without them, unless those
//! whose word counts play on: then the length was wrong, and is unknown from then on.

use super::voters::{Standing, by_origin, eligible, standing};
use super::{Decided, Moment, length, load};
use crate::protocol::member::{Member, Role};
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::committed::Room;
use crate::room::reports::Reports;

/// An end this long before the film's is that of a shorter copy (as players judge it).
const EARLY: Span = Span::seconds(2);

/// Whether a video is over: all eligible admins whose players play it have come to the end, or,
/// if none plays it, more than half of the eligible have.
///
/// An admin's player that lacks data or tries again is waited for as [`standing`] says.
pub(super) fn is_over(room: &Room, reports: &Reports, now: RoomTime) -> bool {
    let timeline = &room.state.timeline;
    let known = timeline.playing.as_ref().and_then(|film| film.duration);
    let reached = known.is_none() || timeline.ends_at().is_some_and(|end| end <= now);
    if !timeline.wants_playing() || !reached {
        return false;
    }
    let members = voters(room, reports, now);
    let ended = |standing: Standing| standing == Standing::Ended;
    if members.iter().any(|(member, _)| is_admin(member)) {
        return members.into_iter().all(|(_, standing)| ended(standing));
    }
    // An address has come to the end when all its players have.
    let votes = members
        .into_iter()
        .map(|(member, standing)| (member.id, ended(standing)));
    let votes = by_origin(room, votes, |one, other| one && other);
    votes.iter().filter(|over| **over).count() * 2 > votes.len()
}

/// The timeline has been at the end of the video for a moment: it is over, or longer than it
/// was taken to be.
pub(super) fn by_length(room: &Room, reports: &mut Reports, moment: Moment) -> Vec<Decided> {
    let timeline = &room.state.timeline;
    let film = timeline.playing.as_ref();
    let told = film.filter(|film| !film.length_is_set);
    match told.and_then(|film| film.duration) {
        Some(length) if plays_on(room, reports, length, moment.now) => {
            reports.outlive(length);
            length::unknown(timeline).into_iter().collect()
        }
        _ => load::after_the_end(&room.state, moment),
    }
}

/// Whether players play on beyond a length, and none of those whose word counts has come to an
/// end there.
fn plays_on(room: &Room, reports: &Reports, length: Span, now: RoomTime) -> bool {
    if reports.epoch() != room.state.timeline.epoch {
        return false;
    }
    let voters = voters(room, reports, now);
    let at_end = |member: &Member| {
        let end = reports.end_of(member.id);
        end.is_some_and(|end| end.place >= Position(length.0) - EARLY)
    };
    let plays = |(_, standing): &(&Member, Standing)| *standing == Standing::Plays;
    voters.iter().any(plays) && !voters.iter().any(|(member, _)| at_end(member))
}

/// Those who decide about the end, and how their players do: the eligible admins, or, if none
/// of their players plays the video, all eligible.
fn voters<'a>(room: &'a Room, reports: &'a Reports, now: RoomTime) -> Vec<(&'a Member, Standing)> {
    let all: Vec<(&Member, Standing)> = eligible(room, reports, now)
        .map(|member| (member, standing(room, reports, member, now)))
        .filter(|(_, standing)| *standing != Standing::Out)
        .collect();
    let admins = all.iter().filter(|(member, _)| is_admin(member));
    let admins: Vec<(&Member, Standing)> = admins.copied().collect();
    if admins.is_empty() { all } else { admins }
}

fn is_admin(member: &Member) -> bool {
    member.power() == Role::Admin
}
