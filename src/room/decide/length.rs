//! What a video is: its length, its title, whether it is live.
//!
//! The longest length that an admin's player told is the room's. Where none did, it is the
//! median of what at least two eligible players at different addresses told (see
//! [`super::voters`]). A shorter copy is its member's own trouble. A length may be revised
//! as long as the video is on, and what an admin sets by hand goes before all of it.
//!
//! The first part of a video that is made of parts begins where the earliest copy does: whose
//! player misses that part begins later.

use std::collections::BTreeSet;

use super::voters::{FEWEST, admin_may_play, by_origin, counted, eligible};
use super::{Answer, Ask, Decided, Moment, title};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::{Playing, Retime, Segment};
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::committed::Room;
use crate::room::learned::Learned;
use crate::room::reports::Reports;
use crate::room::timeline::Timeline;

/// How far ahead an end must lie that others than an admin's player name while such a player
/// plays the film, or may: its member would see the film end (judgement: time enough to notice,
/// and to say otherwise).
const FORESEEN: Span = Span::seconds(60);

/// What is new of the room's video now that a player has told something of it. An admin's
/// player is believed even if the film has passed the end that it names.
pub(super) fn learned(room: &Room, reports: &Reports, now: RoomTime) -> Option<Decided> {
    let timeline = &room.state.timeline;
    let before = timeline.playing.as_ref()?;
    let after = by_players(room, reports, before, now)?;
    (after != *before).then(|| event(timeline.epoch, &after))
}

/// What is new of the room's video since something else has changed: who is here, who is an
/// admin, whose word counts. No film ends by that alone.
pub(super) fn revised(room: &Room, reports: &Reports, now: RoomTime) -> Option<Decided> {
    let timeline = &room.state.timeline;
    let before = timeline.playing.as_ref()?;
    let mut after = by_players(room, reports, before, now)?;
    let reached = Span(unclamped(timeline, now).0);
    if after.duration.is_some_and(|length| length <= reached) {
        after.duration = before.duration;
        after.length_by_viewers = before.length_by_viewers;
    }
    (after != *before).then(|| event(timeline.epoch, &after))
}

/// The video by all that players have told of it, if any has.
fn by_players(room: &Room, reports: &Reports, before: &Playing, now: RoomTime) -> Option<Playing> {
    reports.learned().next()?;
    let known = as_players_know(before);
    let words = admins_words(room, reports);
    let after = if words.is_empty() {
        by_viewers(room, reports, known, now)
    } else {
        by_admins(&words, known)
    };
    let after = if after.live {
        after
    } else {
        believed(after, viewers_length(room, reports, now))
    };
    let begins = if after.live {
        origin_of_live(room, reports, &after, now)
    } else {
        earliest_beginning(room, reports, &after, now)
    };
    Some(Playing {
        unopened: false,
        begins,
        ..kept_by_hand(after, before)
    })
}

/// The earliest beginning of its first part that anybody's copy has whose word counts. Those
/// who are gone still count, lest it change as they go.
fn earliest_beginning(
    room: &Room,
    reports: &Reports,
    playing: &Playing,
    now: RoomTime,
) -> Option<Span> {
    let gone = reports.learned().filter(|(id, _)| {
        let member = room.state.roster.get(*id);
        member.is_some_and(|member| counted(reports, member))
    });
    let told = words_that_count(room, reports, now)
        .into_iter()
        .chain(gone)
        .map(|(_, word)| word)
        .chain(admins_words(room, reports));
    let begins = told.filter(|word| !word.facts.live);
    let begins = begins.filter_map(|word| word.facts.begins).min();
    begins.or(playing.begins)
}

/// The wall time of a live video's position zero: an admin's player's newest word, or, where
/// none plays it, another's whose word counts. That one stays, since all players go by it; an
/// admin's is told anew only where the list has lost what was shown.
fn origin_of_live(
    room: &Room,
    reports: &Reports,
    playing: &Playing,
    now: RoomTime,
) -> Option<Span> {
    let origin = |word: &Learned| word.facts.begins.filter(|_| word.facts.live);
    let admins = admins_words(room, reports);
    let by_admin = admins.iter().copied().find_map(origin);
    // Who became an admin since told it as a viewer.
    let mut told_as_admin = admins.iter().copied().filter(|word| word.by_admin);
    let told = told_as_admin.find_map(origin);
    let told = told.or(playing.begins).or(by_admin);
    if told.is_some() || admin_may_play(room, reports, now) {
        return told;
    }
    let counting = words_that_count(room, reports, now);
    let mut words = counting.into_iter().map(|(_, word)| word);
    words.find_map(origin)
}

/// An admin sets the length by hand, or gives the players' word back.
///
/// A length that the film has passed would end it at once, and is denied: a slip is likelier
/// than the wish, and `skip` says it better. That holds for the players' word as well. A film
/// that ended too early goes on from there.
pub(super) fn set(ask: Ask<'_>, length: Option<Span>) -> Answer {
    let timeline = &ask.state.timeline;
    let before = timeline.playing.as_ref().ok_or(Denied::NothingPlays)?;
    let position = unclamped(timeline, ask.moment.now);
    let reached = Span(position.0);
    let by_players = as_players_know(before);
    // What is over cannot end once more.
    let passed = |length: Span| length <= reached && !timeline.finished;
    let after = match length {
        Some(length) if length <= reached => return Err(Denied::LengthPassed { position }),
        Some(length) => Playing {
            duration: Some(length),
            length_is_set: true,
            players_length: by_players.duration,
            live: false,
            ..by_players
        },
        None if by_players.duration.is_some_and(passed) => {
            return Err(Denied::LengthPassed { position });
        }
        None => by_players,
    };
    if after == *before {
        return Err(Denied::NothingChanges);
    }
    let goes_on = timeline.finished && length.is_some();
    let goes_on = goes_on.then(|| going_on(timeline, ask.moment));
    let learned = event(timeline.epoch, &after);
    Ok([learned].into_iter().chain(goes_on).collect())
}

/// The film is longer than it was taken to be, and runs on from where it ended.
fn going_on(timeline: &Timeline, moment: Moment) -> Decided {
    RoomEvent::Retimed {
        segment: Segment {
            paused: false,
            ..timeline.running_on(moment.now, moment.start())
        },
        retime: Retime::Resumed,
        in_player: false,
        countdown: false,
    }
    .into()
}

/// What it leads to that an admin goes beyond the length that viewers told: it was wrong.
pub(super) fn gone_beyond(timeline: &Timeline, place: Position) -> Option<Decided> {
    let playing = timeline.playing.as_ref()?;
    let passed = playing.duration.is_some_and(|end| place.0 > end.0);
    let wrong = passed && only_viewers_told(playing);
    wrong.then(|| unknown(timeline)).flatten()
}

/// The length of the video turned out to be wrong.
pub(super) fn unknown(timeline: &Timeline) -> Option<Decided> {
    let unknown = Playing {
        duration: None,
        length_by_viewers: false,
        ..timeline.playing.clone()?
    };
    Some(event(timeline.epoch, &unknown))
}

/// The length that bounds where an admin goes; one that only viewers told does not.
pub(super) fn bound(timeline: &Timeline) -> Option<Span> {
    let playing = timeline.playing.as_ref()?;
    playing.duration.filter(|_| !only_viewers_told(playing))
}

fn only_viewers_told(playing: &Playing) -> bool {
    playing.length_by_viewers && !playing.length_is_set
}

/// Where the film is, beyond its length too.
pub(super) fn unclamped(timeline: &Timeline, now: RoomTime) -> Position {
    let mut endless = timeline.clone();
    if let Some(playing) = endless.playing.as_mut().filter(|_| !timeline.finished) {
        playing.duration = None;
    }
    endless.position(now)
}

fn event(epoch: Epoch, playing: &Playing) -> Decided {
    RoomEvent::Learned {
        epoch,
        duration: playing.duration,
        title: playing.title.clone(),
        live: playing.live,
        length_is_set: playing.length_is_set,
        length_by_viewers: playing.length_by_viewers,
        title_by_viewers: playing.title_by_viewers,
        players_length: playing.players_length,
        begins: playing.begins,
    }
    .into()
}

/// What those told who are admins, or were when they told. Who went before naming a length
/// does not stand in the way of those who can.
fn admins_words<'a>(room: &Room, reports: &'a Reports) -> Vec<&'a Learned> {
    let roster = &room.state.roster;
    reports
        .learned()
        .filter(|(id, word)| {
            let member = roster.get(*id);
            let is_admin = member.is_some_and(|member| member.power() == Role::Admin);
            let is_here = member.is_some_and(Member::is_here);
            (word.by_admin || is_admin) && (is_here || word.facts.duration.is_some())
        })
        .map(|(_, word)| word)
        .collect()
}

/// The video by the word of admins' players. A length that the film has passed is believed.
fn by_admins(words: &[&Learned], known: Playing) -> Playing {
    let longest = words.iter().filter_map(|word| word.facts.duration).max();
    let title = words.iter().find_map(|word| word.facts.title.clone());
    let live = longest.is_none() && words.iter().any(|word| word.facts.live);
    Playing {
        duration: longest.or(known.duration).filter(|_| !live),
        length_by_viewers: longest.is_none() && !live && known.length_by_viewers,
        title_by_viewers: title.is_none() && known.title_by_viewers,
        title: title.or_else(|| known.title.clone()),
        live,
        ..known
    }
}

/// The video by the word of viewers' players, but for its length. While an admin's player
/// has it open or may open it, that player says what it is.
fn by_viewers(room: &Room, reports: &Reports, known: Playing, now: RoomTime) -> Playing {
    if admin_may_play(room, reports, now) {
        return known;
    }
    let counting = words_that_count(room, reports, now);
    let lives = counting.iter().filter(|(_, word)| word.facts.live);
    let lives = by_origin(room, lives.map(|(id, _)| (*id, ())), |(), ()| ());
    let endless = counting
        .iter()
        .all(|(_, word)| word.facts.duration.is_none());
    Playing {
        // Who goes takes nothing back.
        live: endless && known.duration.is_none() && (known.live || lives.len() >= FEWEST),
        ..title::by_viewers(room, reports, &counting, known, now)
    }
}

/// What the players told that count where no admin's does.
fn words_that_count<'a>(
    room: &Room,
    reports: &'a Reports,
    now: RoomTime,
) -> Vec<(MemberId, &'a Learned)> {
    let counts: BTreeSet<MemberId> = eligible(room, reports, now)
        .map(|member| member.id)
        .collect();
    let told = reports.learned();
    told.filter(|(id, _)| counts.contains(id)).collect()
}

/// The median of the lengths that viewers' players told, if enough did and its end lies far
/// enough ahead: the next video would start at once, over the heads of those who still watch
/// this one.
fn viewers_length(room: &Room, reports: &Reports, now: RoomTime) -> Option<Span> {
    let words = words_that_count(room, reports, now);
    let told = words
        .iter()
        .filter_map(|(id, word)| Some((*id, word.facts.duration?)));
    let mut lengths = by_origin(room, told, Span::max);
    if lengths.len() < FEWEST {
        return None;
    }
    lengths.sort_unstable();
    // Of an even number the longer: a film that ends late is better than one cut short.
    let median = lengths.get(lengths.len() / 2).copied()?;
    let ahead = if admin_may_play(room, reports, now) {
        FORESEEN
    } else {
        Span::ZERO
    };
    // A film that has been beyond it is longer, even if an admin went back since.
    let reached = room.state.timeline.position(now).max(reports.farthest());
    Some(median).filter(|median| *median > Span(reached.0) + ahead)
}

/// A video with the length that viewers told, unless an admin's player told one before.
fn believed(playing: Playing, by_viewers: Option<Span>) -> Playing {
    let by_admin = playing.duration.is_some() && !playing.length_by_viewers;
    match by_viewers.filter(|_| !by_admin) {
        Some(length) => Playing {
            duration: Some(length),
            length_by_viewers: true,
            ..playing
        },
        None => playing,
    }
}

/// The video as players know it, without what was set by hand.
fn as_players_know(playing: &Playing) -> Playing {
    let duration = if playing.length_is_set {
        playing.players_length
    } else {
        playing.duration
    };
    Playing {
        duration,
        length_is_set: false,
        players_length: None,
        ..playing.clone()
    }
}

/// What was set by hand stays; the players' word waits behind it.
fn kept_by_hand(by_players: Playing, before: &Playing) -> Playing {
    if !before.length_is_set {
        return by_players;
    }
    Playing {
        duration: before.duration,
        length_is_set: true,
        players_length: by_players.duration,
        live: false,
        ..by_players
    }
}
