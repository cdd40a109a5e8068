//! What all players together mean for the media: what it is, whether it has ended, whether nobody
//! plays it.
//!
//! This is judged here only: with every report, whenever members, roles, players or the timeline
//! change, and at the times when the answer changes by itself ([`next`]).

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

/// Judges after a change that is not a report.
pub(super) fn judge(room: &Room, reports: &mut Reports, moment: Moment) -> Vec<Decided> {
    // Where nothing plays members come and go as well.
    reports.prune(&room.state.roster);
    if !has_current_reports(room, reports) {
        return Vec::new();
    }
    update_reports(room, reports, moment.now);
    let learned = length::after_change(room, reports, moment.now);
    after(room, reports, learned, moment)
}

/// Judges the consequences, given what is newly known about the media.
pub(super) fn after(
    room: &Room,
    reports: &mut Reports,
    learned: Option<Decided>,
    moment: Moment,
) -> Vec<Decided> {
    let mut decided = failure_notices(room, reports, moment.now);
    // A length that has just become known decides the end by itself.
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

/// The room has become too large to wait for slow viewers by default, or small enough, without a
/// join or departure: members count after a minute, or from the start of new media.
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

/// Notifies the admins of players that fail, once somebody else's plays, and of those that play after
/// all. If nobody's does, everybody sees the standstill instead.
fn failure_notices(room: &Room, reports: &mut Reports, now: RoomTime) -> Vec<Decided> {
    let somebody = standstill::somebody_plays(room, reports, now);
    let is_given_up = room.state.timeline.is_given_up();
    if is_given_up {
        reports.told_failures.forget_named();
    }
    if !somebody && !is_given_up {
        return Vec::new();
    }
    let name_of = |member| Some(room.state.roster.get(member)?.name.clone());
    let mut notices = Vec::new();
    for member in reports.take_recovered() {
        let recovered = |name| MemberNotice::PlaybackRecovered { member, name };
        notices.extend(name_of(member).map(recovered));
    }
    for (member, code, retrying) in reports.take_new_failures() {
        if !somebody {
            continue;
        }
        if !retrying {
            reports.told_failures.name(member);
        }
        let reason = Title::truncated(&code.to_string());
        let failed =
            name_of(member)
                .zip(reason)
                .map(|(name, reason)| MemberNotice::PlaybackFailed {
                    member,
                    name,
                    code,
                    retrying,
                    reason,
                });
        notices.extend(failed);
    }
    notices.into_iter().map(Decided::ToAdmins).collect()
}

/// Updates the reports with the members present and the position of the timeline.
pub(super) fn update_reports(room: &Room, reports: &mut Reports, now: RoomTime) {
    let timeline = &room.state.timeline;
    reports.prune(&room.state.roster);
    reports.advance_to(length::unclamped(timeline, now), report_time(timeline, now));
}

/// The time of a report.
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

/// When to judge again if nothing happens before: a member becomes eligible, a player's time to
/// retry is over, the media ends, or the wait for the others is over.
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

/// Whether there are reports about the current media.
fn has_current_reports(room: &Room, reports: &Reports) -> bool {
    let timeline = &room.state.timeline;
    let is_on = !room.state.closed && timeline.playing.is_some();
    is_on && reports.epoch() == timeline.epoch
}
