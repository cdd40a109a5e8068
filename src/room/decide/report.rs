//! What players' reports lead to: each kind is recorded, and the responsible module decides what
//! follows.
//!
//! Reports are hints from machines that may be wrong or hostile. An admin's player is believed;
//! without one, several eligible ones ([`super::eligibility`]) are.

use super::{Decided, Moment, gate, length, lobby, players, slow, standstill};
use crate::protocol::command::Report;
use crate::protocol::ids::Epoch;
use crate::protocol::member::{Member, Role};
use crate::protocol::time::{Position, Span};
use crate::room::committed::Room;
use crate::room::player_facts::MediaFacts;
use crate::room::reports::Reports;

/// Records a report, and returns what it leads to.
pub(super) fn report(
    room: &Room,
    reports: &mut Reports,
    by: &Member,
    report: &Report,
    moment: Moment,
) -> Vec<Decided> {
    let state = &room.state;
    let timeline = &state.timeline;
    let counts = by.is_here() && by.has_player;
    if !counts || state.closed || timeline.playing.is_none() || epoch(report) != timeline.epoch {
        return Vec::new();
    }
    reports.start_epoch(timeline.epoch);
    players::update_reports(room, reports, moment.now);
    let mut decided = match report {
        Report::Learned { .. } => {
            learn(room, reports, by, report, moment);
            Vec::new()
        }
        Report::Ended { place, .. } => {
            if timeline.wants_playing() {
                reports.end(by.id, standstill::copy_end(timeline, *place, moment.now));
            }
            Vec::new()
        }
        Report::Stalled {
            stalled: true,
            place,
            ..
        } => {
            reports.stall(by.id, *place, moment.now);
            slow::stalled(room, reports, by.id, moment)
        }
        Report::Stalled {
            stalled: false,
            place,
            ..
        } => has_data(room, reports, by, *place, moment),
        Report::Ready { .. } => gate::ready(state, by.id, moment),
        Report::Failed { code, retrying, .. } => {
            if *retrying {
                reports.retry(by.id, *code, moment.now);
                Vec::new()
            } else {
                reports.fail(by.id, *code, moment.now);
                let mut decided = gate::ready(state, by.id, moment);
                decided.extend(slow::given_up(state, by.id, moment));
                decided.extend(lobby::not_ready(state, by));
                decided
            }
        }
    };
    let learned = match report {
        Report::Learned { .. } => length::after_report(room, reports, moment.now),
        _ => length::after_change(room, reports, moment.now),
    };
    decided.extend(players::after(room, reports, learned, moment));
    decided
}

/// A member's player has data again, or waits ahead of the timeline at `place`.
fn has_data(
    room: &Room,
    reports: &mut Reports,
    by: &Member,
    place: Option<Position>,
    moment: Moment,
) -> Vec<Decided> {
    let decided = slow::recovered(room, reports, by.id, moment);
    if let Some(place) = place {
        reports.set_ahead(by.id, room.state.timeline.segment, place);
    }
    decided
}

const fn epoch(report: &Report) -> Epoch {
    match report {
        Report::Learned { epoch, .. }
        | Report::Ended { epoch, .. }
        | Report::Ready { epoch }
        | Report::Stalled { epoch, .. }
        | Report::Failed { epoch, .. } => *epoch,
    }
}

/// Records the facts that a member's player reports.
fn learn(room: &Room, reports: &mut Reports, by: &Member, report: &Report, moment: Moment) {
    let Report::Learned {
        duration,
        title,
        live,
        begins,
        ..
    } = report
    else {
        return;
    };
    let plausible = |length: &Span| *length > Span::ZERO && !reports.is_disproved(*length);
    let duration = duration.filter(plausible);
    let facts = MediaFacts {
        duration,
        title: title.clone(),
        live: *live && duration.is_none(),
        begins: *begins,
    };
    let is_admin = by.power() == Role::Admin;
    let when = players::report_time(&room.state.timeline, moment.now);
    reports.learn(by.id, facts, is_admin, when);
}
