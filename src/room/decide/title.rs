//! The title of a video by the word of viewers' players, where no admin's tells it. Titles count
//! as lengths do: one vote an address, and one address alone decides only where no other counts.

use std::collections::BTreeSet;

use super::voters::{FEWEST, Origin, Standing, by_origin, eligible, origin, standing};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Member;
use crate::protocol::text::Title;
use crate::protocol::time::RoomTime;
use crate::room::committed::Room;
use crate::room::learned::Learned;
use crate::room::reports::Reports;

/// The title by the words that count, once half of those addresses have told what the video is
/// whose players have it or may: the one that most of them tell. `known` stays unless more tell
/// another, and whatever they tell if no viewer's player told it.
pub(super) fn by_viewers(
    room: &Room,
    reports: &Reports,
    counting: &[(MemberId, &Learned)],
    known: Option<&Title>,
    now: RoomTime,
) -> Option<Title> {
    let known = known.cloned();
    if known
        .as_ref()
        .is_some_and(|known| !is_viewers(reports, known))
    {
        return known;
    }
    let has_it = |member: &&Member| {
        let told = reports.learned_by(member.id).is_some();
        told || standing(room, reports, member, now) != Standing::Out
    };
    let have_it: Vec<&Member> = eligible(room, reports, now).filter(has_it).collect();
    let origins = |members: &mut dyn Iterator<Item = MemberId>| -> BTreeSet<Origin> {
        members.map(|member| origin(room, member)).collect()
    };
    let all = origins(&mut have_it.iter().map(|member| member.id));
    let told = origins(&mut counting.iter().map(|(id, _)| *id));
    // A title is read by everybody, and a muted member is not heard by one either.
    let heard = have_it.iter().filter(|member| !member.marks.muted);
    let heard: Vec<MemberId> = heard.map(|member| member.id).collect();
    let fewest = FEWEST.min(origins(&mut heard.iter().copied()).len());
    let titles = counting.iter().filter(|(id, _)| heard.contains(id));
    let titles = titles.filter_map(|(id, word)| Some((*id, word.facts.title.as_ref()?)));
    let votes = by_origin(room, titles, |first, _| first);
    let count = |title: &Title| votes.iter().filter(|vote| **vote == title).count();
    // Of several that are told as often the first.
    let best = votes.iter().rev().max_by_key(|title| count(title));
    let needed = fewest.max(known.as_ref().map_or(0, |known| count(known) + 1));
    let best = best.filter(|title| told.len() * 2 >= all.len() && count(title) >= needed);
    best.map(|title| (*title).clone()).or(known)
}

/// Whether viewers' players alone told a title.
fn is_viewers(reports: &Reports, title: &Title) -> bool {
    let mut tellers = reports
        .learned()
        .filter(|(_, word)| word.facts.title.as_ref() == Some(title))
        .map(|(_, word)| word.by_admin)
        .peekable();
    tellers.peek().is_some() && tellers.all(|by_admin| !by_admin)
}
