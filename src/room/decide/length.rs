//! What the media is: its length, its title, whether it is live.
//!
//! The longest length from an admin's player is the room's. Without one, it is the median of what
//! eligible players at two or more addresses report (see [`super::eligibility`]). A shorter copy
//! concerns its member only. A length may change while the media is loaded, but a player that opens
//! a growing file anew takes no longer length back once the timeline has passed the new one. A
//! length that an admin sets by hand overrides all of this.
//!
//! The first part of media that consists of parts begins where the earliest copy begins: a player
//! that misses that part begins later.

use std::collections::BTreeSet;

use super::eligibility::{
    MIN_SOURCES, admin_may_play, eligible, one_vote_per_source, was_eligible,
};
use super::{CommandContext, CommandResult, Decided, Moment, title};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::{Playing, Retime, Segment};
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::committed::Room;
use crate::room::player_facts::PlayerFacts;
use crate::room::reports::Reports;
use crate::room::timeline::Timeline;

/// How far ahead an end must lie that only viewers' players report while an admin's player plays
/// the media or may: that admin would see it end (judgement: time enough to notice, and to correct
/// it).
const MIN_NOTICE: Span = Span::seconds(60);

/// The change to the media after a player's report of facts. An admin's player is believed even if
/// the timeline has passed the end that it reports.
pub(super) fn after_report(room: &Room, reports: &Reports, now: RoomTime) -> Option<Decided> {
    let timeline = &room.state.timeline;
    let before = timeline.playing.as_ref()?;
    let after = by_players(room, reports, before, now)?;
    (after != *before).then(|| event(timeline.epoch, &after))
}

/// The change to the media after anything else: members, roles or eligibility. This alone never
/// ends the media.
pub(super) fn after_change(room: &Room, reports: &Reports, now: RoomTime) -> Option<Decided> {
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

/// The media by all players' reports, if there are any.
fn by_players(room: &Room, reports: &Reports, before: &Playing, now: RoomTime) -> Option<Playing> {
    reports.facts().next()?;
    let known = without_manual_length(before);
    let players = admin_facts(room, reports);
    let after = if players.is_empty() {
        by_viewers(room, reports, known, now)
    } else {
        by_admins(&players, known, reports.farthest())
    };
    let after = if after.live {
        after
    } else {
        with_viewers_length(after, viewers_length(room, reports, now))
    };
    let begins = if after.live {
        origin_of_live(room, reports, &after, now)
    } else {
        earliest_beginning(room, reports, &after, now)
    };
    Some(Playing {
        unopened: false,
        begins,
        ..keep_manual_length(after, before)
    })
}

/// The earliest beginning of the first part among eligible copies. Absent members still count, so
/// that it does not change when they leave.
fn earliest_beginning(
    room: &Room,
    reports: &Reports,
    playing: &Playing,
    now: RoomTime,
) -> Option<Span> {
    let gone = reports.facts().filter(|(id, _)| {
        let member = room.state.roster.get(*id);
        member.is_some_and(|member| was_eligible(reports, member))
    });
    let reported = eligible_facts(room, reports, now)
        .into_iter()
        .chain(gone)
        .map(|(_, player)| player)
        .chain(admin_facts(room, reports));
    let begins = reported.filter(|player| !player.facts.live);
    let begins = begins.filter_map(|player| player.facts.begins).min();
    begins.or(playing.begins)
}

/// The wall time of a live media's position zero: the newest report of an admin's player, or, if
/// none plays it, that of another eligible player. The first one stays, since all players use it;
/// an admin's player reports a new one only if the list has dropped what was shown.
fn origin_of_live(
    room: &Room,
    reports: &Reports,
    playing: &Playing,
    now: RoomTime,
) -> Option<Span> {
    let origin = |player: &PlayerFacts| player.facts.begins.filter(|_| player.facts.live);
    let admins = admin_facts(room, reports);
    let by_admin = admins.iter().copied().find_map(origin);
    // A member who has become an admin since reported it as a viewer.
    let mut reported_as_admin = admins.iter().copied().filter(|player| player.by_admin);
    let reported = reported_as_admin.find_map(origin);
    let reported = reported.or(playing.begins).or(by_admin);
    if reported.is_some() || admin_may_play(room, reports, now) {
        return reported;
    }
    let counting = eligible_facts(room, reports, now);
    let mut players = counting.into_iter().map(|(_, player)| player);
    players.find_map(origin)
}

/// An admin sets the length by hand, or removes a length set by hand.
///
/// A length that the timeline has passed would end the media at once, and is denied: a slip is
/// likelier than the wish, and `skip` says it better. That also holds for the players' length that
/// comes back. Media that ended too early resumes from there.
pub(super) fn set(ctx: CommandContext<'_>, length: Option<Span>) -> CommandResult {
    let timeline = &ctx.state.timeline;
    let before = timeline.playing.as_ref().ok_or(Denied::NothingPlays)?;
    let position = unclamped(timeline, ctx.moment.now);
    let reached = Span(position.0);
    let by_players = without_manual_length(before);
    // Media that is over cannot end once more.
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
    let goes_on = goes_on.then(|| resume_after_end(timeline, ctx.moment));
    let learned = event(timeline.epoch, &after);
    Ok([learned].into_iter().chain(goes_on).collect())
}

/// The media is longer than assumed and resumes where it ended.
fn resume_after_end(timeline: &Timeline, moment: Moment) -> Decided {
    RoomEvent::Retimed {
        segment: Segment {
            paused: false,
            ..timeline.resumed_at(moment.now, moment.start())
        },
        retime: Retime::Resumed,
        in_player: false,
        countdown: false,
    }
    .into()
}

/// An admin seeks beyond a length that only viewers' players report: the length was wrong.
pub(super) fn disproved_by_seek(timeline: &Timeline, place: Position) -> Option<Decided> {
    let playing = timeline.playing.as_ref()?;
    let passed = playing.duration.is_some_and(|end| place.0 > end.0);
    let wrong = passed && is_viewers_length(playing);
    wrong.then(|| forget(timeline)).flatten()
}

/// Drops the length, which turned out to be wrong.
pub(super) fn forget(timeline: &Timeline) -> Option<Decided> {
    let unknown = Playing {
        duration: None,
        length_by_viewers: false,
        ..timeline.playing.clone()?
    };
    Some(event(timeline.epoch, &unknown))
}

/// The length that limits an admin's seek; one that only viewers' players report does not.
pub(super) fn bound(timeline: &Timeline) -> Option<Span> {
    let playing = timeline.playing.as_ref()?;
    playing.duration.filter(|_| !is_viewers_length(playing))
}

fn is_viewers_length(playing: &Playing) -> bool {
    playing.length_by_viewers && !playing.length_is_set
}

/// The position of the timeline, also beyond the length.
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

/// The facts from members who are admins, or were when they reported. An admin who left before
/// reporting a length does not block those who can.
fn admin_facts<'a>(room: &Room, reports: &'a Reports) -> Vec<&'a PlayerFacts> {
    let roster = &room.state.roster;
    reports
        .facts()
        .filter(|(id, player)| {
            let member = roster.get(*id);
            let is_admin = member.is_some_and(|member| member.power() == Role::Admin);
            let is_here = member.is_some_and(Member::is_here);
            (player.by_admin || is_admin) && (is_here || player.facts.duration.is_some())
        })
        .map(|(_, player)| player)
        .collect()
}

/// The media by the reports of admins' players. A length that the timeline has passed is believed,
/// but not if a longer one is known: a player that opens a growing file anew reads its earlier
/// lengths once more, and a shorter copy concerns its member only.
fn by_admins(players: &[&PlayerFacts], known: Playing, farthest: Position) -> Playing {
    let longest = players
        .iter()
        .filter_map(|player| player.facts.duration)
        .filter(|length| {
            let is_longer = known.duration.is_some_and(|known| known > *length);
            !is_longer || Position(length.0) > farthest
        })
        .max();
    let title = players.iter().find_map(|player| player.facts.title.clone());
    let live = longest.is_none() && players.iter().any(|player| player.facts.live);
    Playing {
        duration: longest.or(known.duration).filter(|_| !live),
        length_by_viewers: longest.is_none() && !live && known.length_by_viewers,
        title_by_viewers: title.is_none() && known.title_by_viewers,
        title: title.or_else(|| known.title.clone()),
        live,
        ..known
    }
}

/// The media by the reports of viewers' players, except its length. Unchanged while an admin's
/// player has it open or may open it.
fn by_viewers(room: &Room, reports: &Reports, known: Playing, now: RoomTime) -> Playing {
    if admin_may_play(room, reports, now) {
        return known;
    }
    let counting = eligible_facts(room, reports, now);
    let lives = counting.iter().filter(|(_, player)| player.facts.live);
    let lives = one_vote_per_source(room, lives.map(|(id, _)| (*id, ())), |(), ()| ());
    let endless = counting
        .iter()
        .all(|(_, player)| player.facts.duration.is_none());
    Playing {
        // A departure does not undo this.
        live: endless && known.duration.is_none() && (known.live || lives.len() >= MIN_SOURCES),
        ..title::by_viewers(room, reports, &counting, known, now)
    }
}

/// The facts from eligible players, by member.
fn eligible_facts<'a>(
    room: &Room,
    reports: &'a Reports,
    now: RoomTime,
) -> Vec<(MemberId, &'a PlayerFacts)> {
    let counts: BTreeSet<MemberId> = eligible(room, reports, now)
        .map(|member| member.id)
        .collect();
    let reported = reports.facts();
    reported.filter(|(id, _)| counts.contains(id)).collect()
}

/// The median of the lengths from viewers' players, if there are enough and the end lies far enough
/// ahead: the next media would start at once, while others still watch this one.
fn viewers_length(room: &Room, reports: &Reports, now: RoomTime) -> Option<Span> {
    let players = eligible_facts(room, reports, now);
    let reported = players
        .iter()
        .filter_map(|(id, player)| Some((*id, player.facts.duration?)));
    let mut lengths = one_vote_per_source(room, reported, Span::max);
    if lengths.len() < MIN_SOURCES {
        return None;
    }
    lengths.sort_unstable();
    // Of an even number the longer: ending late is better than cutting off.
    let median = lengths.get(lengths.len() / 2).copied()?;
    let ahead = if admin_may_play(room, reports, now) {
        MIN_NOTICE
    } else {
        Span::ZERO
    };
    // Media that has been beyond it is longer, even if an admin went back since.
    let reached = room.state.timeline.position(now).max(reports.farthest());
    Some(median).filter(|median| *median > Span(reached.0) + ahead)
}

/// The media with the viewers' length, unless an admin's player reported one before.
fn with_viewers_length(playing: Playing, by_viewers: Option<Span>) -> Playing {
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

/// The media as players report it, without the length set by hand.
fn without_manual_length(playing: &Playing) -> Playing {
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

/// Keeps the length set by hand, and the players' length behind it.
fn keep_manual_length(by_players: Playing, before: &Playing) -> Playing {
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
