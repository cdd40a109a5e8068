//! When media ends: its players have reached the end. If the length is known, the timeline must be
//! there too, and a moment later the media ends without them. But if eligible players play on, the
//! length was wrong and is forgotten.

use super::eligibility::{
    PlayerStatus, eligible, is_back, is_eligible, one_vote_per_source, player_status,
};
use super::{Decided, Moment, length, load};
use crate::protocol::member::{Member, Role};
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::committed::Room;
use crate::room::reports::Reports;
use crate::room::succession;

/// An end this long before the media's is that of a shorter copy (judgement; clients use the same
/// limit).
const EARLY: Span = Span::seconds(2);

/// Whether the media is over: all eligible admins whose players play it have reached the end; or,
/// if no admin's player plays it, more than half of the eligible players have. While a vanished
/// admin may return, their player plays on, and viewers do not end media of unknown length. Nor do
/// admins whose copies are shorter than one that is played.
///
/// [`player_status`] says how long to wait for an admin's player that lacks data or retries.
pub(super) fn is_over(room: &Room, reports: &Reports, now: RoomTime) -> bool {
    let timeline = &room.state.timeline;
    let known = timeline
        .playing
        .as_ref()
        .and_then(|playing| playing.duration);
    let reached = known.is_none() || timeline.ends_at().is_some_and(|end| end <= now);
    if !timeline.wants_playing() || !reached {
        return false;
    }
    let members = voters(room, reports, now);
    let ended = |status: PlayerStatus| status == PlayerStatus::Ended;
    if members.iter().any(|(member, _)| is_admin(member)) {
        let all = members.iter().all(|(_, status)| ended(*status));
        return all && !(known.is_none() && are_shorter(room, reports, &members, now));
    }
    if known.is_none() && succession::is_awaited(&room.state) {
        return false;
    }
    // An address counts as finished when all its players are.
    let votes = members
        .into_iter()
        .map(|(member, status)| (member.id, ended(status)));
    let votes = one_vote_per_source(room, votes, |one, other| one && other);
    votes.iter().filter(|over| **over).count() * 2 > votes.len()
}

/// Whether these members' copies are known to be shorter than another: each ended where the
/// timeline had long been, and an eligible player plays on, or may. So it is where an admin's
/// player is opened anew and its data breaks off sooner.
fn are_shorter(
    room: &Room,
    reports: &Reports,
    ended: &[(&Member, PlayerStatus)],
    now: RoomTime,
) -> bool {
    let is_short = |member: &Member| reports.end_of(member.id).is_some_and(|end| end.is_early);
    let may_play = |member| {
        let status = player_status(room, reports, member, now);
        matches!(status, PlayerStatus::Playing | PlayerStatus::Trying(_))
    };
    ended.iter().all(|(member, _)| is_short(member)) && eligible(room, reports, now).any(may_play)
}

/// The timeline has been at the end of the media for a moment: it is over, or longer than assumed.
pub(super) fn length_reached(room: &Room, reports: &mut Reports, moment: Moment) -> Vec<Decided> {
    let timeline = &room.state.timeline;
    let playing = timeline.playing.as_ref();
    let reported = playing.filter(|playing| !playing.length_is_set);
    match reported.and_then(|playing| playing.duration) {
        Some(length) if plays_on(room, reports, length, moment.now) => {
            reports.drop_lengths_up_to(length);
            length::forget(timeline).into_iter().collect()
        }
        _ => load::finish_or_next(&room.state, moment),
    }
}

/// Whether players play beyond a length, and no eligible one has reached an end there.
fn plays_on(room: &Room, reports: &Reports, length: Span, now: RoomTime) -> bool {
    if reports.epoch() != room.state.timeline.epoch {
        return false;
    }
    let voters = voters(room, reports, now);
    let at_end = |member: &Member| {
        let end = reports.end_of(member.id);
        end.is_some_and(|end| end.place >= Position(length.0) - EARLY)
    };
    let plays = |(_, status): &(&Member, PlayerStatus)| *status == PlayerStatus::Playing;
    voters.iter().any(plays) && !voters.iter().any(|(member, _)| at_end(member))
}

/// The members who decide about the end, with their players' status: the eligible admins, or all
/// eligible members if no admin's player plays the media. An admin who lost the connection for a
/// moment is one of them at once.
fn voters<'a>(
    room: &'a Room,
    reports: &'a Reports,
    now: RoomTime,
) -> Vec<(&'a Member, PlayerStatus)> {
    let counts = |member: &Member| {
        is_eligible(room, reports, member, now) || (is_admin(member) && is_back(reports, member))
    };
    let here = room.state.roster.here().filter(|member| member.has_player);
    let all: Vec<(&Member, PlayerStatus)> = here
        .filter(|member| counts(member))
        .map(|member| (member, player_status(room, reports, member, now)))
        .filter(|(_, status)| *status != PlayerStatus::NotPlaying)
        .collect();
    let admins = all.iter().filter(|(member, _)| is_admin(member));
    let admins: Vec<(&Member, PlayerStatus)> = admins.copied().collect();
    if admins.is_empty() { all } else { admins }
}

fn is_admin(member: &Member) -> bool {
    member.power() == Role::Admin
}
