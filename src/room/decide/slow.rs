//! Waiting for slow viewers: when playback is held for one, for how long, and what ends it.
//!
//! A player's report never changes the position. It can only stop playback for a time that is
//! limited for each hold, each member, the media and the room. A member who joined after the media
//! was loaded is not waited for until they are eligible.

use super::{CommandContext, CommandResult, Decided, Moment, eligibility, gate, standstill};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::{Hold, HoldEnd};
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::Room;
use crate::room::hold_history::HoldHistory;
use crate::room::reports::Reports;
use crate::room::state::RoomState;

/// The longest hold (judgement: longer waits empty rooms).
const LONGEST: Span = Span::seconds(10);
/// The longest total within [`HoldHistory::WINDOW`], for all members together (judgement: a tenth
/// of that time).
const BUDGET: Span = Span::seconds(30);
/// The longest total for one member and one media: at first, and once more when
/// [`HoldHistory::WINDOW`] has passed without a hold for them (judgement: a connection that is slow
/// for longer does not suit the media).
const MEMBER_BUDGETS: [Span; 2] = [Span::seconds(30), Span::seconds(15)];
/// The longest total for one media, unless an admin chooses again that the room waits (judgement:
/// more is no evening).
const MEDIA_BUDGET: Span = Span::seconds(90);
/// The shortest useful hold (judgement: a player needs about that long to refill its buffer).
const SHORTEST: Span = Span::seconds(1);
/// The least time between two holds for the same member, so that one unstable player does not make
/// playback stutter (judgement: as long as the longest hold).
const MIN_INTERVAL: Span = Span::seconds(10);

/// A member's player has run out of data: holds playback, if the room waits and has budget left. If
/// nobody plays any more, that is a standstill instead.
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
    let left = budget_left(state, Span::ZERO, moment);
    hold(room, reports, member, left, moment)
        .into_iter()
        .collect()
}

/// A member's player plays again: ends the hold for them, or holds for the next member whose player
/// lacks data.
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
    let left = budget_left(
        state,
        HoldHistory::charge(moment.start() - over.since),
        moment,
    );
    // A member who has lacked data for longer than one hold may last is not waited for any more.
    decided.extend(hold_for_next(
        room,
        reports,
        moment.now - LONGEST,
        left,
        moment,
    ));
    decided
}

/// Playback resumes after a standstill: holds for the next member who still lacks data, for however
/// long they have.
pub(super) fn hold_for_others(room: &Room, reports: &Reports, moment: Moment) -> Option<Decided> {
    if !room.state.timeline.wants_playing() {
        return None;
    }
    let left = budget_left(&room.state, Span::ZERO, moment);
    hold_for_next(room, reports, RoomTime(i64::MIN), left, moment)
}

/// A hold for the first member whose player has lacked data since this time or later and who has
/// budget left. A member without budget does not block the others.
fn hold_for_next(
    room: &Room,
    reports: &Reports,
    since: RoomTime,
    left: Span,
    moment: Moment,
) -> Option<Decided> {
    let mut stall = reports.stalled_since(since);
    stall.find_map(|member| hold(room, reports, member, left, moment))
}

/// Whether the room may wait for a member: not before they are eligible, and not if they are
/// exempt. It may always wait for an admin.
fn may_hold(room: &Room, reports: &Reports, member: &Member, now: RoomTime) -> bool {
    let watches = member.is_here() && member.has_player;
    let counts =
        || eligibility::eligible_from(room, reports, member).is_some_and(|from| from <= now);
    watches && member.flags.may_hold() && (member.power() == Role::Admin || counts())
}

/// The room's budget left after a hold that counts for `over`.
fn budget_left(state: &RoomState, over: Span, moment: Moment) -> Span {
    let recently = state
        .holds
        .total_ending_after(moment.now - HoldHistory::WINDOW)
        + over;
    let since = state
        .timeline
        .since
        .max(state.wait_chosen.unwrap_or(RoomTime(i64::MIN)));
    let in_media = state.holds.total_started_since(since) + over;
    (BUDGET - recently).min(MEDIA_BUDGET - in_media)
}

/// The budget left for one member and the current media.
fn member_budget_left(state: &RoomState, member: MemberId, now: RoomTime) -> Span {
    let mut budgets = MEMBER_BUDGETS.into_iter();
    let mut left = budgets.next().unwrap_or(Span::ZERO);
    let mut last = None;
    for hold in state.holds.of(member, state.timeline.since) {
        if left < SHORTEST {
            left = budgets.next().unwrap_or(Span::ZERO);
        }
        left = left - hold.length;
        last = Some(hold.since + hold.length);
    }
    let rested = last.is_some_and(|last| now - last >= HoldHistory::WINDOW);
    if left < SHORTEST && rested {
        left = budgets.next().unwrap_or(Span::ZERO);
    }
    left
}

/// A member's player has given up: ends the hold for them.
pub(super) fn given_up(state: &RoomState, member: MemberId, moment: Moment) -> Option<Decided> {
    waits_for(state, member).then(|| release(state, HoldEnd::Gone, moment))
}

/// A hold for a member, if the room waits and enough of its budget is `left`.
fn hold(
    room: &Room,
    reports: &Reports,
    member: MemberId,
    left: Span,
    moment: Moment,
) -> Option<Decided> {
    let state = &room.state;
    let now = moment.now;
    // Playback stays stopped until the players learn of the release, which counts as well.
    let left = left.min(member_budget_left(state, member, now)) - moment.lead;
    let longest = LONGEST.min(left);
    let mut earlier = state.holds.of(member, now - MIN_INTERVAL);
    let flickers = earlier.any(|hold| hold.since > now - MIN_INTERVAL);
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

/// Whether the room holds for this member now.
pub(super) fn waits_for(state: &RoomState, member: MemberId) -> bool {
    state
        .timeline
        .hold
        .is_some_and(|hold| hold.member == member)
}

/// Ends a hold: playback resumes from its position.
pub(super) fn release(state: &RoomState, cause: HoldEnd, moment: Moment) -> Decided {
    RoomEvent::Released {
        segment: state.timeline.resumed_at(moment.now, moment.start()),
        cause,
    }
    .into()
}

/// An admin ends a wait: for a slow viewer, for the players of new media, or at a standstill.
pub(super) fn go(ctx: CommandContext<'_>) -> CommandResult {
    if ctx.state.timeline.awaits_start(ctx.moment.now) {
        let opened = gate::open(ctx.state, ctx.moment).ok_or(Denied::NotWaiting)?;
        return Ok(vec![opened]);
    }
    if let Some(standstill) = standstill::endable(&ctx.state.timeline) {
        return standstill::end_wait(ctx, standstill);
    }
    if ctx.state.timeline.hold.is_none() {
        return Err(Denied::NotWaiting);
    }
    Ok(vec![release(ctx.state, HoldEnd::Overridden, ctx.moment)])
}

/// An admin chooses whether the room waits. Choosing not to ends a hold and the wait for players of
/// new media. Choosing again to wait renews the whole budget.
pub(super) fn set_wait(ctx: CommandContext<'_>, wait: bool) -> CommandResult {
    let mut decided = vec![RoomEvent::WaitChosen { wait }.into()];
    let timeline = &ctx.state.timeline;
    if !wait && !timeline.gate.is_empty() && timeline.awaits_start(ctx.moment.now) {
        decided.extend(gate::open(ctx.state, ctx.moment));
    }
    if !wait && ctx.state.timeline.hold.is_some() {
        decided.push(release(ctx.state, HoldEnd::Overridden, ctx.moment));
    }
    let ends_no_wait = decided.len() == 1;
    if !wait && ctx.state.wait == Some(false) && ends_no_wait {
        return Err(Denied::NothingChanges);
    }
    Ok(decided)
}
