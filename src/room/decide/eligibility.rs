//! Whose players count, and as what. A player that lacks data, retries or does not answer counts as
//! neither playing nor failed, for at most [`RETRY_LIMIT`]. If no admin's player counts, members
//! who have just joined decide nothing, and each address has one vote.

use std::collections::{BTreeMap, BTreeSet};

use crate::protocol::ids::MemberId;
use crate::protocol::member::{Member, Presence};
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::Room;
use crate::room::reports::{ReportedPlayback, Reports};
use crate::room::roster::Roster;
use crate::room::secrets::AddressHash;
use crate::room::state::RoomState;
use crate::room::timeline::Timeline;

/// How long a player must have the media open before it counts, if its member joined after the
/// media was loaded (judgement: long enough that nobody joins for the vote alone).
const ELIGIBLE_AFTER: Span = Span::seconds(60);

/// The fewest addresses that decide a length or a title where no admin's player does (judgement:
/// one alone could be a single person with many clients).
pub(super) const MIN_SOURCES: usize = 2;

/// How long a player may try before it counts as not playing.
const RETRY_LIMIT: Span = Timeline::RETRY_LIMIT;

/// What a member's player counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlayerStatus {
    /// It plays the media, or is paused or held with the room.
    Playing,
    /// It has reached the end of its copy.
    Ended,
    /// It is opening the media, lacks data, retries or does not answer: neither, until this time.
    Trying(RoomTime),
    /// It has failed for good, or is closed, stopped, or was tried for too long.
    NotPlaying,
}

/// What a member's player counts as now.
pub(super) fn player_status(
    room: &Room,
    reports: &Reports,
    member: &Member,
    now: RoomTime,
) -> PlayerStatus {
    let timeline = &room.state.timeline;
    let tries_since = |since: RoomTime| {
        let until = since.max(timeline.retry_since) + RETRY_LIMIT;
        if until > now {
            PlayerStatus::Trying(until)
        } else {
            PlayerStatus::NotPlaying
        }
    };
    match reports.playback(member.id, timeline.position(now)) {
        _ if !member.is_here() || !member.has_player => PlayerStatus::NotPlaying,
        ReportedPlayback::Playing => PlayerStatus::Playing,
        ReportedPlayback::Ended => PlayerStatus::Ended,
        ReportedPlayback::Unknown => {
            let came = presence_since(member);
            let started = reports.started_again_at(member.id);
            tries_since(started.map_or(came, |started| started.max(came)))
        }
        ReportedPlayback::Trying(since, _) => tries_since(since),
        // An admin asked all players to retry.
        ReportedPlayback::Failed(since, _) if since < timeline.retry_since => {
            tries_since(timeline.retry_since)
        }
        ReportedPlayback::Failed(..) | ReportedPlayback::Closed => PlayerStatus::NotPlaying,
    }
}

/// Whether an admin's player plays the media, or may.
pub(super) fn admin_may_play(room: &Room, reports: &Reports, now: RoomTime) -> bool {
    let mut admins = room.state.roster.admins_here();
    admins.any(|admin| player_status(room, reports, admin, now) != PlayerStatus::NotPlaying)
}

/// When a member arrived, or left if they are absent.
const fn presence_since(member: &Member) -> RoomTime {
    match member.presence {
        Presence::Here(since) | Presence::Gone(since) => since,
    }
}

/// Members with one source share one vote. Members without an address hash, as on the server's own
/// machine or behind its proxy, have one vote each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum VoteSource {
    /// All members from this address.
    Address(AddressHash),
    /// This member alone, who has no address hash.
    Member(MemberId),
}

/// The source of a member's vote.
pub(super) fn vote_source(room: &Room, member: MemberId) -> VoteSource {
    let address = room.secrets.address(member);
    address.map_or(VoteSource::Member(member), VoteSource::Address)
}

/// The members whose reports count though they are not admins, by number: they were here with a
/// player when the media was loaded, or have had it open for long enough. A player that reported
/// facts and failed later still had this media open.
pub(super) fn eligible<'a>(
    room: &'a Room,
    reports: &'a Reports,
    now: RoomTime,
) -> impl Iterator<Item = &'a Member> + 'a {
    let here = room.state.roster.here().filter(|member| member.has_player);
    here.filter(move |member| is_eligible(room, reports, member, now))
}

/// Whether a member present with a player is eligible.
pub(super) fn is_eligible(room: &Room, reports: &Reports, member: &Member, now: RoomTime) -> bool {
    let counts = eligible_from(room, reports, member);
    counts.is_some_and(|from| from <= now)
}

/// From when a member present is eligible, if they have the media open or were here when it was
/// loaded.
pub(super) fn eligible_from(room: &Room, reports: &Reports, member: &Member) -> Option<RoomTime> {
    let began = room.state.timeline.since;
    if matches!(member.presence, Presence::Here(since) if since <= began) {
        return Some(RoomTime(i64::MIN));
    }
    let open = reports.facts_of(member.id)?;
    Some(open.since + ELIGIBLE_AFTER)
}

/// Whether a member present had the media open before they came back.
pub(super) fn is_back(reports: &Reports, member: &Member) -> bool {
    let since = presence_since(member);
    let open = reports.facts_of(member.id);
    member.is_here() && open.is_some_and(|open| open.since < since)
}

/// Whether an absent member had the media open for long enough to be eligible.
pub(super) fn was_eligible(reports: &Reports, member: &Member) -> bool {
    let open = reports.facts_of(member.id);
    let Presence::Gone(at) = member.presence else {
        return false;
    };
    open.is_some_and(|open| open.since + ELIGIBLE_AFTER <= at)
}

/// Whether a room with these members is too large to wait for slow viewers by default. Counted are
/// members with a player who have been here for a minute or since the media was loaded, one from
/// each address: a few newcomers from one machine do not make a room large.
pub(super) fn is_large(room: &Room, members: &Roster, now: RoomTime) -> bool {
    let began = room.state.timeline.since;
    let counts = |member: &&Member| {
        let since = presence_since(member);
        member.has_player && (since <= began || since + ELIGIBLE_AFTER <= now)
    };
    let from: BTreeSet<VoteSource> = members
        .here()
        .filter(counts)
        .map(|member| vote_source(room, member.id))
        .collect();
    from.len() > RoomState::WAITS_UP_TO as usize
}

/// Combines votes with the same source into one by `joined`.
pub(super) fn one_vote_per_source<T>(
    room: &Room,
    votes: impl Iterator<Item = (MemberId, T)>,
    joined: impl Fn(T, T) -> T,
) -> Vec<T> {
    let mut counted: BTreeMap<VoteSource, T> = BTreeMap::new();
    for (member, vote) in votes {
        let from = vote_source(room, member);
        let vote = match counted.remove(&from) {
            Some(earlier) => joined(earlier, vote),
            None => vote,
        };
        counted.insert(from, vote);
    }
    counted.into_values().collect()
}
