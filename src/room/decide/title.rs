//! The title of a video by the word of viewers' players, where no admin's tells it. Titles count
//! as lengths do: one vote an address, and one address alone decides only where no other counts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::voters::{FEWEST, Standing, by_origin, eligible, origin, standing};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Member;
use crate::protocol::playback::Playing;
use crate::protocol::text::Title;
use crate::protocol::time::RoomTime;
use crate::room::committed::Room;
use crate::room::learned::Learned;
use crate::room::reports::Reports;

/// The video with the title by the words that count, once half of those addresses have told
/// what the video is whose players have it or may: the one that most of them tell. What viewers'
/// players told before stays unless more tell another, and what an admin's told stays anyway.
pub(super) fn by_viewers(
    room: &Room,
    reports: &Reports,
    counting: &[(MemberId, &Learned)],
    known: Playing,
    now: RoomTime,
) -> Playing {
    if known.title.is_some() && !known.title_by_viewers {
        return known;
    }
    let has_it = |member: &&Member| {
        let told = reports.learned_by(member.id).is_some();
        told || standing(room, reports, member, now) != Standing::Out
    };
    let have_it: Vec<&Member> = eligible(room, reports, now).filter(has_it).collect();
    // A title is read by everybody, and a muted member is not heard by one either.
    let heard = have_it.iter().filter(|member| !member.flags.muted);
    let heard: BTreeSet<MemberId> = heard.map(|member| member.id).collect();
    let all = addresses(room, have_it.iter().map(|member| member.id));
    let told = addresses(room, counting.iter().map(|(id, _)| *id));
    if told * 2 < all {
        return known;
    }
    let titles = counting.iter().filter(|(id, _)| heard.contains(id));
    let titles = titles.filter_map(|(id, word)| Some((*id, word.facts.title.as_ref()?)));
    let votes = count(&by_origin(room, titles, |first, _| first));
    let of_known = known.title.as_ref();
    let of_known = of_known.map(|title| votes.get(title).map_or(0, |(votes, _)| *votes));
    let fewest = FEWEST.min(addresses(room, heard.iter().copied()));
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

/// How many addresses members come from.
fn addresses(room: &Room, members: impl Iterator<Item = MemberId>) -> usize {
    let from: BTreeSet<_> = members.map(|member| origin(room, member)).collect();
    from.len()
}

/// How many votes each title has; of several with as many the first ranks highest.
fn count<'a>(votes: &[&'a Title]) -> BTreeMap<&'a Title, (usize, Reverse<usize>)> {
    let mut counts = BTreeMap::new();
    for (place, title) in votes.iter().enumerate() {
        let (count, _) = counts.entry(*title).or_insert((0, Reverse(place)));
        *count += 1;
    }
    counts
}
