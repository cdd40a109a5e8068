//! Waiting for slow viewers: when the film is held for one, for how long, and what ends it.
//!
//! What a player reports never changes the position; it can only make the film stand for a
//! while that is bounded for each hold, each member and the room. Whose word does not count
//! yet, since they came after the video did, is not waited for.

use super::{Answer, Ask, Decided, Moment, gate, standstill, voters};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::{Hold, HoldEnd};
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::Room;
use crate::room::holds::Holds;
use crate::room::reports::Reports;
use crate::room::state::RoomState;

/// The longest that the film stands for one hold (judgement: longer waits empty rooms).
const LONGEST: Span = Span::seconds(10);
/// The longest that it stands within [`Holds::WINDOW`], whoever it waits for.
const BUDGET: Span = Span::seconds(30);
/// The longest that it stands for one member in one video: at first, and once more when
/// [`Holds::WINDOW`] has passed without a wait for them (judgement: a connection that is slow
/// for longer does not suit the film).
const SPELLS: [Span; 2] = [Span::seconds(30), Span::seconds(15)];
/// The longest that it stands in one video in all, unless an admin chooses anew that the room
/// waits (judgement: more is no evening).
const OF_A_VIDEO: Span = Span::seconds(90);
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
    let waits_anyway = state.timeline.is_stopped() || state.timeline.awaits_start(moment.now);
    if waits_anyway || standstill::nobody_plays(room, reports, moment.now) {
        return Vec::new();
    }
    let left = left_after(state, Span::ZERO, moment);
    hold(room, reports, member, left, moment)
        .into_iter()
        .collect()
}

/// A member's player goes on: ends the wait for them, or waits for the next one whose player
/// ran dry meanwhile.
pub(super) fn recovered(
    room: &Room,
    reports: &mut Reports,
    member: MemberId,
    moment: Moment,
) -> Vec<Decided> {
    let state = &room.state;
    reports.recover(member);
    let over = state.timeline.hold.filter(|hold| hold.member == member);
    let Some(over) = over else {
        return Vec::new();
    };
    let mut decided = vec![release(state, HoldEnd::Recovered, moment)];
    let left = left_after(state, Holds::booked(moment.start() - over.since), moment);
    // Who has been dry for longer than one wait may take is not waited for any more.
    decided.extend(hold_for_next(
        room,
        reports,
        moment.now - LONGEST,
        left,
        moment,
    ));
    decided
}

/// A video that nobody could play goes on: waits for the next who still lacks data, however
/// long that one has.
pub(super) fn wait_for_the_others(
    room: &Room,
    reports: &Reports,
    moment: Moment,
) -> Option<Decided> {
    if !room.state.timeline.wants_playing() {
        return None;
    }
    let left = left_after(&room.state, Span::ZERO, moment);
    hold_for_next(room, reports, RoomTime(i64::MIN), left, moment)
}

/// A hold for the first whose player ran dry since a time and whom the room may wait for. One
/// whose time is used up stands in nobody's way.
fn hold_for_next(
    room: &Room,
    reports: &Reports,
    since: RoomTime,
    left: Span,
    moment: Moment,
) -> Option<Decided> {
    let mut dry = reports.stalled_since(since);
    dry.find_map(|member| hold(room, reports, member, left, moment))
}

/// Whether the room may wait for a member at all: not for one who came after the video did,
/// until their word counts, nor for one whom an admin or they themselves spared. An admin's
/// player is always waited for.
fn may_hold(room: &Room, reports: &Reports, member: &Member, now: RoomTime) -> bool {
    let watches = member.is_here() && member.has_player;
    let counts = || voters::counts_from(room, reports, member).is_some_and(|from| from <= now);
    watches && member.flags.may_hold() && (member.power() == Role::Admin || counts())
}

/// For how long the room may wait for anybody, once a hold that counts so much is over.
fn left_after(state: &RoomState, over: Span, moment: Moment) -> Span {
    let recently = state.holds.reaching(moment.now - Holds::WINDOW) + over;
    let since = state
        .timeline
        .since
        .max(state.wait_chosen.unwrap_or(RoomTime(i64::MIN)));
    let in_video = state.holds.begun_since(since) + over;
    (BUDGET - recently).min(OF_A_VIDEO - in_video)
}

/// For how long the room may still wait for one member in this video.
fn left_for(state: &RoomState, member: MemberId, now: RoomTime) -> Span {
    let mut spells = SPELLS.into_iter();
    let mut left = spells.next().unwrap_or(Span::ZERO);
    let mut last = None;
    for hold in state.holds.of(member, state.timeline.since) {
        if left < SHORTEST {
            left = spells.next().unwrap_or(Span::ZERO);
        }
        left = left - hold.length;
        last = Some(hold.since + hold.length);
    }
    let rested = last.is_some_and(|last| now - last >= Holds::WINDOW);
    if left < SHORTEST && rested {
        left = spells.next().unwrap_or(Span::ZERO);
    }
    left
}

/// A member's player has given the video up: ends the wait for them.
pub(super) fn given_up(state: &RoomState, member: MemberId, moment: Moment) -> Option<Decided> {
    waits_for(state, member).then(|| release(state, HoldEnd::Gone, moment))
}

/// A hold for a member, if the room waits and enough of its time is `left`.
fn hold(
    room: &Room,
    reports: &Reports,
    member: MemberId,
    left: Span,
    moment: Moment,
) -> Option<Decided> {
    let state = &room.state;
    let now = moment.now;
    // The film stands until the players hear of its release, which counts as well.
    let left = left.min(left_for(state, member, now)) - moment.lead;
    let longest = LONGEST.min(left);
    let mut earlier = state.holds.of(member, now - APART);
    let flickers = earlier.any(|hold| hold.since > now - APART);
    let known = state.roster.get(member);
    let may_hold = known.is_some_and(|member| may_hold(room, reports, member, now));
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
/// video. Choosing once more that it waits gives it its whole time to wait again.
pub(super) fn set_wait(ask: Ask<'_>, wait: bool) -> Answer {
    let mut decided = vec![RoomEvent::WaitChosen { wait }.into()];
    let timeline = &ask.state.timeline;
    if !wait && !timeline.gate.is_empty() && timeline.awaits_start(ask.moment.now) {
        decided.extend(gate::open(ask.state, ask.moment));
    }
    if !wait && ask.state.timeline.hold.is_some() {
        decided.push(release(ask.state, HoldEnd::Overridden, ask.moment));
    }
    let ends_no_wait = decided.len() == 1;
    if !wait && ask.state.wait == Some(false) && ends_no_wait {
        return Err(Denied::NothingChanges);
    }
    Ok(decided)
}
