//! What all players together mean for the film: what it is, whether it is over, whether nobody
//! plays it.
//!
//! Judged here and nowhere else, with every report, and whenever something has changed about
//! who is here, who is an admin, whose player runs, or where the film is; and at the times at
//! which that changes by itself ([`next`]).

use super::voters::{Standing, counts_from, is_large, standing};
use super::{Decided, Moment, end, going_on, length, load, skip, standstill};
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::RoomEvent;
use crate::protocol::text::Title;
use crate::protocol::time::RoomTime;
use crate::room::committed::Room;
use crate::room::learned::{Corrections, Occasion};
use crate::room::reports::Reports;
use crate::room::timeline::Timeline;

/// Judges anew, as something else than a report has changed.
pub(super) fn judge(room: &Room, reports: &mut Reports, moment: Moment) -> Vec<Decided> {
    if !is_about_the_film(room, reports) {
        return Vec::new();
    }
    take_note(room, reports, moment.now);
    let learned = length::revised(room, reports, moment.now);
    after(room, reports, learned, moment)
}

/// Judges what follows, given what is new of what the video is.
pub(super) fn after(
    room: &Room,
    reports: &mut Reports,
    learned: Option<Decided>,
    moment: Moment,
) -> Vec<Decided> {
    let mut decided = failures_told(room, reports, moment.now);
    // A length that has just become known decides about the end.
    let ends = learned.is_none() && end::is_over(room, reports, moment.now);
    decided.extend(learned);
    if ends {
        decided.extend(load::after_the_end(&room.state, moment));
    } else if standstill::somebody_plays(room, reports, moment.now) {
        decided.extend(going_on::judge(room, reports, moment));
        decided.extend(skip::judge(room, reports, moment));
    } else {
        reports.stands_for_others = None;
        decided.extend(standstill::judge(room, reports, moment));
    }
    decided.extend(size_told(room, moment));
    decided
}

/// The room became too large to wait for slow viewers by itself, or small enough, since nobody
/// came or went: who is here counts from a minute on, and from the beginning of a video.
fn size_told(room: &Room, moment: Moment) -> Option<Decided> {
    let state = &room.state;
    let large = is_large(room, &state.roster, moment.now);
    (state.large.is_some_and(|known| known != large)).then(|| {
        RoomEvent::Presence {
            joined: Vec::new(),
            left: Vec::new(),
            count: state.roster.count,
            large: Some(large),
        }
        .into()
    })
}

/// The admins hear whose players cannot play the video, once somebody's does. If nobody's does,
/// everybody hears that instead.
fn failures_told(room: &Room, reports: &mut Reports, now: RoomTime) -> Vec<Decided> {
    let somebody = standstill::somebody_plays(room, reports, now);
    if !somebody && !room.state.timeline.is_given_up() {
        return Vec::new();
    }
    let untold = reports.take_untold().into_iter().filter(|_| somebody);
    let notices = untold.filter_map(|(member, code, retrying)| {
        Some(MemberNotice::PlaybackFailed {
            member,
            name: room.state.roster.get(member)?.name.clone(),
            code,
            retrying,
            reason: Title::truncated(&code.to_string())?,
        })
    });
    notices.map(Decided::ToAdmins).collect()
}

/// Takes note of who is here and where the film is.
pub(super) fn take_note(room: &Room, reports: &mut Reports, now: RoomTime) {
    let timeline = &room.state.timeline;
    reports.keep_up_with(&room.state.roster);
    reports.come_to(length::unclamped(timeline, now), occasion(timeline, now));
}

/// When something is told.
pub(super) fn occasion(timeline: &Timeline, now: RoomTime) -> Occasion {
    let is_near = |end: RoomTime| end <= now + Corrections::EVERY;
    let known = timeline.playing.as_ref().and_then(|film| film.duration);
    Occasion {
        now,
        end_is_near: known.filter(|_| timeline.ends_at().is_some_and(is_near)),
    }
}

/// When to judge anew, should nothing happen before: somebody's word begins to count, a player
/// has tried for long enough, the film is at its end, or it has stood for the others for long
/// enough.
pub(super) fn next(room: &Room, reports: &Reports, now: RoomTime) -> Option<RoomTime> {
    if !is_about_the_film(room, reports) {
        return None;
    }
    let here = room.state.roster.here().filter(|member| member.has_player);
    let times = here.flat_map(|member| {
        let tries_until = match standing(room, reports, member, now) {
            Standing::Tries(until) => Some(until),
            Standing::Plays | Standing::Ended | Standing::Out => None,
        };
        [tries_until, counts_from(room, reports, member)]
    });
    let corrections = reports.learned().map(|(_, learned)| learned.counts_at());
    let end = room.state.timeline.ends_at();
    let goes_on = going_on::due(reports);
    let times = times.chain(corrections).chain([end, goes_on]).flatten();
    times.filter(|time| *time > now).min()
}

/// Whether players told anything of the film that is on.
fn is_about_the_film(room: &Room, reports: &Reports) -> bool {
    let timeline = &room.state.timeline;
    let is_on = !room.state.closed && timeline.playing.is_some();
    is_on && reports.epoch() == timeline.epoch
}
