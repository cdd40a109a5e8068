//! How long an empty room is kept. One that somebody meant to last is kept for days: its queue,
//! position, roles and password wait for its members. Any other is kept for minutes.

use super::state::RoomState;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::member::Role;
use crate::protocol::time::{RoomTime, Span};

/// How long a server keeps an empty room that is meant to last, unless its operator says otherwise
/// (judgement: a queue that is filled on one Friday is there on the next).
pub const DEFAULT_TTL: Span = Span::seconds(7 * 24 * 3_600);
/// How long any other empty room is kept, at most (judgement: an outage or a meal, not a night).
pub const KEPT_BRIEFLY: Span = Span::seconds(600);

/// How long a room is kept once its last member has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// As it is now.
    pub now: Span,
    /// Once it is meant to last; the same if it is already.
    pub once_lasting: Span,
}

impl Lifetime {
    /// Of a room that ends with its last member.
    pub const NONE: Self = Self {
        now: Span::ZERO,
        once_lasting: Span::ZERO,
    };
}

/// How long a room is kept once its last member has left. A server that sets no time keeps every
/// room briefly, as version 0.1.0 does.
#[must_use]
pub fn of(state: &RoomState) -> Lifetime {
    let once_lasting = state.ttl.unwrap_or(KEPT_BRIEFLY);
    let now = if state.lasting {
        once_lasting
    } else {
        once_lasting.min(KEPT_BRIEFLY)
    };
    Lifetime { now, once_lasting }
}

/// Until when a room is kept if nobody comes; `None` while anybody is present.
#[must_use]
pub fn kept_until(state: &RoomState) -> Option<RoomTime> {
    state.empty_since.map(|since| since + of(state).now)
}

/// Whether an event shows that the room is meant to last: an admin queues or plays something, or
/// members at two addresses have spoken. Rooms from before this was noted show it by what they hold
/// when they are reopened.
pub(super) fn is_meant_to_last(state: &RoomState, fact: &Fact) -> bool {
    // Of a server that keeps every room briefly.
    if state.ttl.is_none() {
        return false;
    }
    let by = fact.by.and_then(|by| state.roster.get(by));
    let by_admin = by.is_some_and(|by| by.power() == Role::Admin);
    match &fact.event {
        RoomEvent::Chat(line) => line.second_address,
        RoomEvent::Queued { .. }
        | RoomEvent::QueuedTogether { .. }
        | RoomEvent::Approved { .. }
        | RoomEvent::Loaded { .. } => by_admin,
        RoomEvent::Reopened { .. } => {
            state.timeline.playing.is_some() || state.queue.next_approved().is_some()
        }
        _ => false,
    }
}

/// Since when a room that is reopened now counts as empty. One that was empty before goes on being
/// so, but is kept for at least [`KEPT_BRIEFLY`] from now: nobody could come while its server was
/// down. While its media still runs it counts as empty from now, so that members find it running.
pub(super) fn empty_since_if_reopened(state: &RoomState, now: RoomTime) -> RoomTime {
    let was_empty = state
        .empty_since
        .filter(|_| !state.timeline.wants_playing());
    was_empty.unwrap_or(now).max(earliest_empty(state, now))
}

/// Has another time hold for a room that is meant to last. A shorter one leaves an empty room at
/// least [`KEPT_BRIEFLY`] from now, so that an operator's slip can be put right. While the media
/// still runs, `empty_since` stays: it also says where to pause.
pub(super) fn change_ttl(state: &mut RoomState, ttl: Span, now: RoomTime) {
    let before = of(state).now;
    state.ttl = Some(ttl);
    if of(state).now < before && !state.timeline.wants_playing() {
        let earliest = earliest_empty(state, now);
        state.empty_since = state.empty_since.map(|since| since.max(earliest));
    }
}

/// The earliest time since when a room may count as empty, if it is to be kept for at least
/// [`KEPT_BRIEFLY`] from now, or for its whole time if that is less.
fn earliest_empty(state: &RoomState, now: RoomTime) -> RoomTime {
    now - (of(state).now - KEPT_BRIEFLY).max(Span::ZERO)
}
