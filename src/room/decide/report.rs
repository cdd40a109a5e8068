//! What players' reports lead to: what a video is, that it is over, a wait for a slow viewer,
//! a word to the admins.
//!
//! Reports are hints from machines that may be wrong or hostile. An admin's player is
//! believed; without one, no less than half of the players are.

use super::{Decided, Moment, gate, load, slow};
use crate::protocol::command::Report;
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::RoomEvent;
use crate::protocol::failure::FailureCode;
use crate::protocol::film::Playing;
use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::member::{Member, Role};
use crate::protocol::text::Title;
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::reports::{Reports, Told};
use crate::room::state::RoomState;

/// How far ahead an end must lie that others than an admin's player name while an admin is
/// here, who would see the film end (judgement: time enough to notice, and to say otherwise).
const FORESEEN: Span = Span::seconds(60);

/// Takes a report in, and answers what it leads to.
pub(super) fn report(
    state: &RoomState,
    reports: &mut Reports,
    by: MemberId,
    report: &Report,
    moment: Moment,
) -> Vec<Decided> {
    let timeline = &state.timeline;
    let by = state.roster.get(by);
    let Some(by) = by.filter(|by| by.is_here() && by.has_player) else {
        return Vec::new();
    };
    if state.closed || timeline.playing.is_none() || epoch(report) != timeline.epoch {
        return Vec::new();
    }
    reports.turn_to(timeline.epoch);
    reports.keep_up_with(&state.roster);
    match report {
        Report::Learned {
            duration,
            title,
            live,
            begins,
            ..
        } => {
            let told = Told {
                duration: duration.filter(|duration| *duration > Span::ZERO),
                title: title.clone(),
                live: *live,
                begins: *begins,
            };
            learned(state, reports, by, told, moment.now)
        }
        Report::Ended { .. } => ended(state, reports, by, moment),
        Report::Stalled { stalled: true, .. } => slow::stalled(state, reports, by.id, moment),
        Report::Stalled { stalled: false, .. } => slow::recovered(state, reports, by.id, moment),
        Report::Ready { .. } => gate::ready(state, by.id, moment),
        Report::Failed { code, .. } => {
            let mut decided = failed(reports, by, *code);
            decided.extend(gate::ready(state, by.id, moment));
            decided
        }
    }
}

const fn epoch(report: &Report) -> Epoch {
    match report {
        Report::Learned { epoch, .. }
        | Report::Ended { epoch }
        | Report::Ready { epoch }
        | Report::Stalled { epoch, .. }
        | Report::Failed { epoch, .. } => *epoch,
    }
}

/// The first admin's player says what the video is; if no admin plays it, the median of those
/// who do, once half of them have told. An admin's word corrects the median, never another
/// admin's, lest two of them change it for ever.
fn learned(
    state: &RoomState,
    reports: &mut Reports,
    by: &Member,
    told: Told,
    now: RoomTime,
) -> Vec<Decided> {
    let is_admin = by.power() == Role::Admin;
    if let Some(word) = reports.learn(by.id, told, is_admin) {
        let live = word.live && word.duration.is_none();
        return tell(state, word, live, Span::ZERO, now);
    }
    let players = players(state, reports);
    if reports.is_settled() || players.iter().any(|member| member.power() == Role::Admin) {
        return Vec::new();
    }
    let heard = reports.told_by(|id| players.iter().any(|member| member.id == id));
    if heard.len() * 2 < players.len() {
        return Vec::new();
    }
    // Of an even number the longer: a film that ends late is better than one cut short.
    let median = heard.get(heard.len() / 2);
    let ahead = match state.roster.admins_here().next() {
        Some(_) => FORESEEN,
        None => Span::ZERO,
    };
    median.map_or_else(Vec::new, |median| tell(state, median, false, ahead, now))
}

/// Tells the room what is new of its video, whose end lies more than `ahead`.
///
/// A length that the film has passed already, or that lies nearer, is not believed: the next
/// video would start at once, over the heads of those who still watch or load this one. Such
/// a video ends like one of unknown length, by its players' word.
fn tell(state: &RoomState, told: &Told, live: bool, ahead: Span, now: RoomTime) -> Vec<Decided> {
    let timeline = &state.timeline;
    let Some(before) = &timeline.playing else {
        return Vec::new();
    };
    let reached = Span(timeline.position(now).0) + ahead;
    let duration = match told.duration {
        Some(duration) if duration <= reached => before.duration,
        told => told,
    };
    let after = Playing {
        duration,
        title: told.title.clone().or_else(|| before.title.clone()),
        live,
        begins: told.begins.or(before.begins),
        unopened: false,
        ..before.clone()
    };
    if after == *before {
        return Vec::new();
    }
    vec![
        RoomEvent::Learned {
            epoch: timeline.epoch,
            duration,
            title: after.title,
            live,
            length_is_set: after.length_is_set,
            begins: after.begins,
        }
        .into(),
    ]
}

/// Where the length is known the timeline decides, and reports of an end are early, late or
/// false. Where it is not, the next video starts when all admins' players have come to the
/// end, or, if no admin plays it, most players.
fn ended(state: &RoomState, reports: &mut Reports, by: &Member, moment: Moment) -> Vec<Decided> {
    let timeline = &state.timeline;
    let known = timeline
        .playing
        .as_ref()
        .is_some_and(|film| film.duration.is_some());
    if known || !timeline.means_to_run() {
        return Vec::new();
    }
    let position = timeline.position(moment.now);
    reports.end(by.id, position);
    if is_over(state, reports, position) {
        load::after_the_end(state, moment)
    } else {
        Vec::new()
    }
}

fn is_over(state: &RoomState, reports: &Reports, position: Position) -> bool {
    let players = players(state, reports);
    let over = |member: &&&Member| reports.has_ended(member.id, position);
    let admins: Vec<&Member> = players
        .iter()
        .copied()
        .filter(|member| member.power() == Role::Admin)
        .collect();
    if admins.is_empty() {
        players.iter().filter(over).count() * 2 > players.len()
    } else {
        admins.iter().all(|admin| over(&admin))
    }
}

/// Those who are here with a player that can play the video, as far as is known.
fn players<'a>(state: &'a RoomState, reports: &Reports) -> Vec<&'a Member> {
    let here = state.roster.here();
    here.filter(|member| member.has_player && !reports.has_failed(member.id))
        .collect()
}

/// The admins hear once of each member whose player cannot play a video.
fn failed(reports: &mut Reports, by: &Member, code: FailureCode) -> Vec<Decided> {
    if !reports.fail(by.id) {
        return Vec::new();
    }
    let notice = Title::truncated(&code.to_string()).map(|reason| MemberNotice::PlaybackFailed {
        member: by.id,
        name: by.name.clone(),
        code,
        reason,
    });
    notice.map(Decided::ToAdmins).into_iter().collect()
}
