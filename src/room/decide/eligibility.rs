//! Whose players count, and as what. Who lacks data, tries again or does not answer counts as
//! neither playing nor failed, for at most [`TRIES`]. Where no admin's player counts, who has
//! just come decides nothing, and one address has one vote.

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

/// For how long a player has the video open before it counts, if its member came after the
/// video did (judgement: long enough that nobody comes in for the vote alone).
const ELIGIBLE_AFTER: Span = Span::seconds(60);

/// The fewest addresses whose players tell a length or a title where no admin's does.
pub(super) const MIN_SOURCES: usize = 2;

/// How long a player may try before it counts as one that does not play.
const RETRY_LIMIT: Span = Timeline::RETRY_LIMIT;

/// What a member's player counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlayerStatus {
    /// It plays the film.
    Playing,
    /// It came to the end of its copy.
    Ended,
    /// It opens the film, lacks data, tries again or does not answer: neither, until then.
    Trying(RoomTime),
    /// It does not play it.
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
        ReportedPlayback::Unknown => tries_since(arrived(member)),
        ReportedPlayback::Trying(since, _) => tries_since(since),
        // An admin asked all players to try once more.
        ReportedPlayback::Failed(since, _) if since < timeline.retry_since => {
            tries_since(timeline.retry_since)
        }
        ReportedPlayback::Failed(..) | ReportedPlayback::Closed => PlayerStatus::NotPlaying,
    }
}

/// Whether an admin's player plays the film, or may.
pub(super) fn admin_may_play(room: &Room, reports: &Reports, now: RoomTime) -> bool {
    let mut admins = room.state.roster.admins_here();
    admins.any(|admin| player_status(room, reports, admin, now) != PlayerStatus::NotPlaying)
}

/// Since when a member is here, or gone.
const fn arrived(member: &Member) -> RoomTime {
    match member.presence {
        Presence::Here(since) | Presence::Gone(since) => since,
    }
}

/// From where a member's vote comes. Those whose addresses tell nothing, as on the server's
/// own machine or behind its proxy, count one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum VoteSource {
    /// This address.
    Address(AddressHash),
    /// This member alone.
    Member(MemberId),
}

/// Where a member's vote comes from.
pub(super) fn vote_source(room: &Room, member: MemberId) -> VoteSource {
    let address = room.secrets.address(member);
    address.map_or(VoteSource::Member(member), VoteSource::Address)
}

/// Those whose word about the film counts though they are no admins, by number: who was here
/// with a player when it began, or has had it open for long enough. Who told what the video
/// is and failed later had it open, and it is the same video.
pub(super) fn eligible<'a>(
    room: &'a Room,
    reports: &'a Reports,
    now: RoomTime,
) -> impl Iterator<Item = &'a Member> + 'a {
    let here = room.state.roster.here().filter(|member| member.has_player);
    here.filter(move |member| is_eligible(room, reports, member, now))
}

/// Whether that holds for a member who is here with a player.
pub(super) fn is_eligible(room: &Room, reports: &Reports, member: &Member, now: RoomTime) -> bool {
    let counts = eligible_from(room, reports, member);
    counts.is_some_and(|from| from <= now)
}

/// From when on a member who is here counts, if they have the film open or were there first.
pub(super) fn eligible_from(room: &Room, reports: &Reports, member: &Member) -> Option<RoomTime> {
    let began = room.state.timeline.since;
    if matches!(member.presence, Presence::Here(since) if since <= began) {
        return Some(RoomTime(i64::MIN));
    }
    let open = reports.facts_of(member.id)?;
    Some(open.since + ELIGIBLE_AFTER)
}

/// Whether a member who is gone had the film open for long enough to count.
pub(super) fn was_eligible(reports: &Reports, member: &Member) -> bool {
    let open = reports.facts_of(member.id);
    let Presence::Gone(at) = member.presence else {
        return false;
    };
    open.is_some_and(|open| open.since + ELIGIBLE_AFTER <= at)
}

/// Whether a room with these members is too large to wait for slow viewers by itself. Those
/// with a player count who have been here for a minute or were there when the video began, one
/// from each address: a handful of newcomers from one machine makes no room large.
pub(super) fn is_large(room: &Room, members: &Roster, now: RoomTime) -> bool {
    let began = room.state.timeline.since;
    let counts = |member: &&Member| {
        let since = arrived(member);
        member.has_player && (since <= began || since + ELIGIBLE_AFTER <= now)
    };
    let from: BTreeSet<VoteSource> = members
        .here()
        .filter(counts)
        .map(|member| vote_source(room, member.id))
        .collect();
    from.len() > RoomState::WAITS_UP_TO as usize
}

/// The votes of members, by where they come from: what `joined` makes of all votes from
/// there.
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
