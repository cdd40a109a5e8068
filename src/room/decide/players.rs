//! What all players together mean for the film: what it is, whether it is over, whether nobody
//! plays it.
//!
//! Judged here and nowhere else, with every report, and whenever something has changed about
//! who is here, who is an admin, whose player runs, or where the film is; and at the times at
//! which that changes by itself ([`next`]).

use super::eligibility::{PlayerStatus, eligible_from, is_large, player_status};
use super::{Decided, Moment, end, length, load, missing_part, recovery, standstill};
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::RoomEvent;
use crate::protocol::text::Title;
use crate::protocol::time::RoomTime;
use crate::room::committed::Room;
use crate::room::player_facts::{CorrectionBudget, ReportTime};
use crate::room::reports::Reports;
use crate::room::timeline::Timeline;

/// Judges anew, as something else than a report has changed.
pub(super) fn judge(room: &Room, reports: &mut Reports, moment: Moment) -> Vec<Decided> {
    if !has_current_reports(room, reports) {
        return Vec::new();
    }
    update_reports(room, reports, moment.now);
    let learned = length::after_change(room, reports, moment.now);
    after(room, reports, learned, moment)
}

/// Judges what follows, given what is new of what the video is.
pub(super) fn after(
    room: &Room,
    reports: &mut Reports,
    learned: Option<Decided>,
    moment: Moment,
) -> Vec<Decided> {
    let mut decided = failure_notices(room, reports, moment.now);
    // A length that has just become known decides about the end.
    let ends = learned.is_none() && end::is_over(room, reports, moment.now);
    decided.extend(learned);
    if ends {
        decided.extend(load::finish_or_next(&room.state, moment));
    } else if standstill::somebody_plays(room, reports, moment.now) {
        decided.extend(recovery::judge(room, reports, moment));
        decided.extend(missing_part::judge(room, reports, moment));
    } else {
        reports.recovering_since = None;
        decided.extend(standstill::judge(room, reports, moment));
    }
    decided.extend(size_changed(room, moment));
    decided
}

/// The room became too large to wait for slow viewers by itself, or small enough, since nobody
/// came or went: who is here counts from a minute on, and from the beginning of a video.
fn size_changed(room: &Room, moment: Moment) -> Option<Decided> {
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
fn failure_notices(room: &Room, reports: &mut Reports, now: RoomTime) -> Vec<Decided> {
    let somebody = standstill::somebody_plays(room, reports, now);
    if !somebody && !room.state.timeline.is_given_up() {
        return Vec::new();
    }
    let new_failures = reports.take_new_failures().into_iter().filter(|_| somebody);
    let notices = new_failures.filter_map(|(member, code, retrying)| {
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
pub(super) fn update_reports(room: &Room, reports: &mut Reports, now: RoomTime) {
    let timeline = &room.state.timeline;
    reports.prune(&room.state.roster);
    reports.advance_to(length::unclamped(timeline, now), report_time(timeline, now));
}

/// When something is told.
pub(super) fn report_time(timeline: &Timeline, now: RoomTime) -> ReportTime {
    let is_near = |end: RoomTime| end <= now + CorrectionBudget::REFILL;
    let known = timeline
        .playing
        .as_ref()
        .and_then(|playing| playing.duration);
    ReportTime {
        now,
        end_is_near: known.filter(|_| timeline.ends_at().is_some_and(is_near)),
    }
}

/// When to judge anew, should nothing happen before: somebody's word begins to count, a player
/// has tried for long enough, the film is at its end, or it has stood for the others for long
/// enough.
pub(super) fn next(room: &Room, reports: &Reports, now: RoomTime) -> Option<RoomTime> {
    if !has_current_reports(room, reports) {
        return None;
    }
    let here = room.state.roster.here().filter(|member| member.has_player);
    let times = here.flat_map(|member| {
        let tries_until = match player_status(room, reports, member, now) {
            PlayerStatus::Trying(until) => Some(until),
            PlayerStatus::Playing | PlayerStatus::Ended | PlayerStatus::NotPlaying => None,
        };
        [tries_until, eligible_from(room, reports, member)]
    });
    let corrections = reports.facts().map(|(_, learned)| learned.pending_due());
    let end = room.state.timeline.ends_at();
    let goes_on = recovery::due(reports);
    let times = times.chain(corrections).chain([end, goes_on]).flatten();
    times.filter(|time| *time > now).min()
}

/// Whether players told anything of the film that is on.
fn has_current_reports(room: &Room, reports: &Reports) -> bool {
    let timeline = &room.state.timeline;
    let is_on = !room.state.closed && timeline.playing.is_some();
    is_on && reports.epoch() == timeline.epoch
}
