//! Waiting for slow viewers: when the film is held for one, for how long, and what ends it.
//!
//! What a player reports never changes the position; it can only make the film stand for a
//! while that is bounded for each hold, each member and the room.

use super::{Answer, Ask, Decided, Moment, gate, standstill};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::film::{Hold, HoldEnd};
use crate::protocol::ids::MemberId;
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::Room;
use crate::room::reports::Reports;
use crate::room::state::RoomState;

/// The longest that the film stands for one hold (judgement: longer waits empty rooms).
const LONGEST: Span = Span::seconds(10);
/// The longest that it stands within [`RoomState::HOLD_WINDOW`], for each member and in all.
const BUDGET: Span = Span::seconds(30);
/// A hold shorter than this helps nobody (judgement: a player needs about that long to fill
/// its buffer again).
const SHORTEST: Span = Span::seconds(1);
/// How long it takes until the film may stand for the same member again, lest one player that
/// flickers makes it stutter (judgement: as long as the longest wait).
const APART: Span = Span::seconds(10);

/// A member's player has run dry: holds the film, if the room waits and has the time. If
/// nobody plays it any more, it stands for everybody.
pub(super) fn stalled(
    room: &Room,
    reports: &Reports,
    member: MemberId,
    moment: Moment,
) -> Vec<Decided> {
    let state = &room.state;
    let waits_anyway = state.timeline.stands() || state.timeline.awaits_start(moment.now);
    if waits_anyway || standstill::nobody_plays(room, reports, moment.now) {
        return Vec::new();
    }
    let held = state.held_since(moment.now - RoomState::HOLD_WINDOW);
    hold(state, member, held, moment).into_iter().collect()
}

/// A member's player goes on: ends the wait for them, or waits for the next one whose player
/// ran dry meanwhile.
pub(super) fn recovered(
    state: &RoomState,
    reports: &mut Reports,
    member: MemberId,
    moment: Moment,
) -> Vec<Decided> {
    reports.recover(member);
    let over = state.timeline.hold.filter(|hold| hold.member == member);
    let Some(over) = over else {
        return Vec::new();
    };
    let mut decided = vec![release(state, HoldEnd::Recovered, moment)];
    let held = state.held_since(moment.now - RoomState::HOLD_WINDOW);
    let held = held + RoomState::booked(moment.start() - over.since);
    // Who has been dry for longer than one wait may take is not waited for any more.
    let next = next_dry(state, reports, moment.now - LONGEST);
    decided.extend(next.and_then(|next| hold(state, next, held, moment)));
    decided
}

/// The first of a video that nobody played plays it again: waits for the next who still lacks
/// data, however long that one has.
pub(super) fn wait_for_the_others(
    state: &RoomState,
    reports: &Reports,
    moment: Moment,
) -> Option<Decided> {
    if !state.timeline.means_to_run() {
        return None;
    }
    let held = state.held_since(moment.now - RoomState::HOLD_WINDOW);
    let next = next_dry(state, reports, RoomTime(i64::MIN))?;
    hold(state, next, held, moment)
}

/// The first whose player ran dry since a time and whom the room may wait for.
fn next_dry(state: &RoomState, reports: &Reports, since: RoomTime) -> Option<MemberId> {
    reports.stalled_since(since).find(|id| {
        let other = state.roster.get(*id);
        other.is_some_and(|other| other.is_here() && other.has_player && other.marks.may_hold())
    })
}

/// A member's player has given the video up: ends the wait for them.
pub(super) fn given_up(state: &RoomState, member: MemberId, moment: Moment) -> Option<Decided> {
    waits_for(state, member).then(|| release(state, HoldEnd::Gone, moment))
}

/// A hold for a member, if the room waits and what was `held` of its time leaves enough.
fn hold(state: &RoomState, member: MemberId, held: Span, moment: Moment) -> Option<Decided> {
    let now = moment.now;
    // The film stands until the players hear of its release, which counts as well.
    let left = BUDGET - held - moment.lead;
    let longest = Span(LONGEST.0.min(left.0));
    let flickers = state.was_held_for(member, now - APART);
    let known = state.roster.get(member);
    let may_hold = known.is_none_or(|member| member.marks.may_hold());
    (may_hold && state.waits() && longest >= SHORTEST && !flickers).then(|| {
        RoomEvent::Held {
            hold: Hold {
                member,
                since: now,
                until: now + longest,
            },
            position: state.timeline.position(now),
        }
        .into()
    })
}

/// Whether the room waits for this member now.
pub(super) fn waits_for(state: &RoomState, member: MemberId) -> bool {
    state
        .timeline
        .hold
        .is_some_and(|hold| hold.member == member)
}

/// Ends a hold: the film runs on from where it stands.
pub(super) fn release(state: &RoomState, cause: HoldEnd, moment: Moment) -> Decided {
    RoomEvent::Released {
        segment: state.timeline.running_on(moment.now, moment.start()),
        cause,
    }
    .into()
}

/// An admin does not want to wait any longer now: for a slow viewer, for a new video, or at a
/// video that nobody plays.
pub(super) fn go(ask: Ask<'_>) -> Answer {
    if ask.state.timeline.awaits_start(ask.moment.now) {
        let opened = gate::open(ask.state, ask.moment).ok_or(Denied::NotWaiting)?;
        return Ok(vec![opened]);
    }
    if let Some(standstill) = standstill::that_waits(&ask.state.timeline) {
        return standstill::end_wait(ask, standstill);
    }
    if ask.state.timeline.hold.is_none() {
        return Err(Denied::NotWaiting);
    }
    Ok(vec![release(ask.state, HoldEnd::Overridden, ask.moment)])
}

/// An admin chooses whether the room waits; choosing not to ends a wait, and that of a new
/// video.
pub(super) fn set_wait(ask: Ask<'_>, wait: bool) -> Vec<Decided> {
    let mut decided = vec![RoomEvent::WaitChosen { wait }.into()];
    let timeline = &ask.state.timeline;
    if !wait && !timeline.gate.is_empty() && timeline.awaits_start(ask.moment.now) {
        decided.extend(gate::open(ask.state, ask.moment));
    }
    if !wait && ask.state.timeline.hold.is_some() {
        decided.push(release(ask.state, HoldEnd::Overridden, ask.moment));
    }
    decided
}
