//! Whose players count where no admin's does: who has just come decides nothing, and one
//! address has one vote.

use std::collections::BTreeMap;

use crate::protocol::ids::MemberId;
use crate::protocol::member::{Member, Presence};
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::Room;
use crate::room::reports::Reports;
use crate::room::secrets::AddressHash;

/// For how long a player has the video open before it counts, if its member came after the
/// video did (judgement: long enough that nobody comes in for the vote alone).
const AFTER: Span = Span::seconds(60);

/// From where a member's vote comes. Those whose addresses tell nothing, as on the server's
/// own machine or behind its proxy, count one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// This address.
    Address(AddressHash),
    /// This member alone.
    Member(MemberId),
}

/// Where a member's vote comes from.
pub(super) fn origin(room: &Room, member: MemberId) -> Origin {
    let address = room.secrets.address(member);
    address.map_or(Origin::Member(member), Origin::Address)
}

/// Those who are here with a player that can play the video, as far as is known, by number.
pub(super) fn players<'a>(
    room: &'a Room,
    reports: &'a Reports,
) -> impl Iterator<Item = &'a Member> + 'a {
    let here = room.state.roster.here();
    here.filter(|member| member.has_player && !reports.has_failed(member.id))
}

/// Those of them who count: present since the video began, or with it open for long enough.
pub(super) fn eligible<'a>(
    room: &'a Room,
    reports: &'a Reports,
    now: RoomTime,
) -> impl Iterator<Item = &'a Member> + 'a {
    let began = room.state.timeline.since;
    players(room, reports).filter(move |member| {
        let was_here = matches!(member.presence, Presence::Here(since) if since <= began);
        let open = reports.open_since(member.id);
        was_here || open.is_some_and(|since| now - since >= AFTER)
    })
}

/// The votes of members, by where they come from: what `joined` makes of all votes from
/// there.
pub(super) fn by_origin<T>(
    room: &Room,
    votes: impl Iterator<Item = (MemberId, T)>,
    joined: impl Fn(T, T) -> T,
) -> Vec<T> {
    let mut counted: BTreeMap<Origin, T> = BTreeMap::new();
    for (member, vote) in votes {
        let from = origin(room, member);
        let vote = match counted.remove(&from) {
            Some(earlier) => joined(earlier, vote),
            None => vote,
        };
        counted.insert(from, vote);
    }
    counted.into_values().collect()
}
