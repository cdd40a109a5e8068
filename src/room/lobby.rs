//! The lobby of a room: who is ready, and when the media that waits there starts. What follows is
//! decided in `decide/lobby.rs`.
//!
//! Whoever is ready stays so while their connection is away, until they leave, say otherwise or the
//! media starts. Members count by number, not by address: friends on one sofa are several, and all
//! that fakes can do is to start a film early, which an admin pauses.

use super::state::RoomState;
use crate::protocol::lobby::StartRule;
use crate::protocol::member::Member;
use crate::protocol::time::{RoomTime, Span};

/// How long before the time of a start its countdown is decided: 3, 2, 1, and the greatest lead of a
/// change of playback.
const DECIDED_AHEAD: Span = Span::millis(3_500);
/// How long after the first member came the media starts by time at the soonest: others come back
/// as well when a server was away (judgement: half the longest pause between two attempts).
const FIRST_ALONE: Span = Span::seconds(10);
/// How late a start by time may be, if nobody was there or nothing was on. Later the media waits
/// for an admin: nobody is surprised by a film in the middle of something else (judgement).
const LATEST: Span = Span::seconds(600);
/// How long after the time of a start players may still open the media (judgement: as long as new
/// media waits for them).
const OPENS_WITHIN: Span = Span::seconds(8);

/// Whether media waits in the lobby: it is on, paused, and a rule says when it starts.
#[must_use]
pub fn holds_media(state: &RoomState) -> bool {
    state.start.is_some() && !state.timeline.is_idle()
}

/// Whether the room is shown as a lobby: media waits in it, or nothing is on yet.
#[must_use]
pub fn is_open(state: &RoomState) -> bool {
    state.start.is_some() || state.timeline.is_idle()
}

/// Whether a member who is here counts as ready.
#[must_use]
pub fn is_ready(member: &Member) -> bool {
    member.flags.ready && !member.flags.muted
}

/// The members who are here and ready, by number.
pub fn ready(state: &RoomState) -> impl Iterator<Item = &Member> {
    state.roster.here().filter(|member| is_ready(member))
}

/// Whether enough members are ready for the rule.
fn is_fulfilled(state: &RoomState, rule: StartRule) -> bool {
    let count = ready(state).count();
    match rule {
        StartRule::Ready { members } => u32::try_from(count).is_ok_and(|n| n >= members.get()),
        StartRule::AllReady => {
            let mut awaited = state
                .roster
                .here()
                .filter(|member| member.has_player && !member.flags.muted);
            count > 1 && awaited.all(is_ready)
        }
        StartRule::Told | StartRule::At { .. } => false,
    }
}

/// Whether a player is here that may open the media, and none has yet.
fn is_unopened(state: &RoomState) -> bool {
    state.timeline.playing.as_ref().is_some_and(|p| p.unopened)
        && state.roster.here().any(|member| member.has_player)
}

/// Whether enough members are ready, and the start only waits for a player to open the media.
#[must_use]
pub fn awaits_player(state: &RoomState) -> bool {
    let fulfilled = state.start.is_some_and(|rule| is_fulfilled(state, rule));
    fulfilled && holds_media(state) && is_unopened(state)
}

/// When [`DeadlineReason::LobbyStart`](super::deadline::DeadlineReason::LobbyStart) is due. A start
/// by readiness is due at once, whatever fulfilled its rule.
pub(super) fn start_due(state: &RoomState) -> Option<RoomTime> {
    let rule = state.start?;
    let can_start = holds_media(state) && state.timeline.standstill.is_none();
    let opens = is_unopened(state);
    let StartRule::At { at } = rule else {
        let due = can_start && !opens && is_fulfilled(state, rule);
        return due.then_some(state.at);
    };
    let last = at + LATEST;
    let Some(occupied) = state.occupied_since.filter(|_| can_start) else {
        return Some(last);
    };
    let soonest = (at - DECIDED_AHEAD).max(occupied + FIRST_ALONE);
    let due = if opens {
        soonest.max(at + OPENS_WITHIN)
    } else {
        soonest
    };
    Some(due.min(last))
}

/// Whether the time of a start passed without one.
pub(super) fn is_missed(state: &RoomState, now: RoomTime) -> bool {
    let is_over = |at| now >= at + LATEST;
    matches!(state.start, Some(StartRule::At { at }) if is_over(at))
}

/// Playback has begun: the lobby is over.
pub(super) fn close_if_playing(state: &mut RoomState) {
    if state.timeline.wants_playing() {
        state.start = None;
        state.roster.clear_ready();
    }
}

/// Other media comes on. Nobody is ready for it who was ready for what waited until now; who was ready
/// while nothing was on, is.
pub(super) fn end_readiness(state: &mut RoomState) {
    if holds_media(state) {
        state.roster.clear_ready();
    }
}

/// Another rule holds from now on, or none. Once media waits for nothing any more, nobody is ready
/// for it.
pub(super) fn set_start(state: &mut RoomState, start: Option<StartRule>) {
    let closes = start.is_none() && holds_media(state);
    state.start = start;
    if closes {
        state.roster.clear_ready();
    }
}
