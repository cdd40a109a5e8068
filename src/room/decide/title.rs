//! The title by the reports of viewers' players, used where no admin's player reports one. As with
//! lengths, each address has one vote; one address alone decides only if no other has an eligible
//! player.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::eligibility::{
    MIN_SOURCES, PlayerStatus, eligible, one_vote_per_source, player_status, vote_source,
};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Member;
use crate::protocol::playback::Playing;
use crate::protocol::text::Title;
use crate::protocol::time::RoomTime;
use crate::room::committed::Room;
use crate::room::player_facts::PlayerFacts;
use crate::room::reports::Reports;

/// The media with the title that most addresses report, once half of the addresses with the media
/// open, or opening it, have reported any facts. A title from viewers changes only if more
/// addresses report another; a title from an admin's player always stays.
pub(super) fn by_viewers(
    room: &Room,
    reports: &Reports,
    counting: &[(MemberId, &PlayerFacts)],
    known: Playing,
    now: RoomTime,
) -> Playing {
    if known.title.is_some() && !known.title_by_viewers {
        return known;
    }
    let has_it = |member: &&Member| {
        let has_reported = reports.facts_of(member.id).is_some();
        has_reported || player_status(room, reports, member, now) != PlayerStatus::NotPlaying
    };
    let have_it: Vec<&Member> = eligible(room, reports, now).filter(has_it).collect();
    // A title is shown to everybody, so a muted member has no say in it.
    let unmuted = have_it.iter().filter(|member| !member.flags.muted);
    let unmuted: BTreeSet<MemberId> = unmuted.map(|member| member.id).collect();
    let all = addresses(room, have_it.iter().map(|member| member.id));
    let reporting = addresses(room, counting.iter().map(|(id, _)| *id));
    if reporting * 2 < all {
        return known;
    }
    let titles = counting.iter().filter(|(id, _)| unmuted.contains(id));
    let titles = titles.filter_map(|(id, player)| Some((*id, player.facts.title.as_ref()?)));
    let votes = count(&one_vote_per_source(room, titles, |first, _| first));
    let of_known = known.title.as_ref();
    let of_known = of_known.map(|title| votes.get(title).map_or(0, |(votes, _)| *votes));
    let fewest = MIN_SOURCES.min(addresses(room, unmuted.iter().copied()));
    let needed = fewest.max(of_known.map_or(0, |votes| votes + 1));
    let best = votes.into_iter().max_by_key(|(_, rank)| *rank);
    match best.filter(|(_, (votes, _))| *votes >= needed) {
        Some((title, _)) => Playing {
            title: Some(title.clone()),
            title_by_viewers: true,
            ..known
        },
        None => known,
    }
}

/// The number of addresses that members come from.
fn addresses(room: &Room, members: impl Iterator<Item = MemberId>) -> usize {
    let from: BTreeSet<_> = members.map(|member| vote_source(room, member)).collect();
    from.len()
}

/// The votes for each title; among equals the one reported first ranks highest.
fn count<'a>(votes: &[&'a Title]) -> BTreeMap<&'a Title, (usize, Reverse<usize>)> {
    let mut counts = BTreeMap::new();
    for (place, title) in votes.iter().enumerate() {
        let (count, _) = counts.entry(*title).or_insert((0, Reverse(place)));
        *count += 1;
    }
    counts
}
