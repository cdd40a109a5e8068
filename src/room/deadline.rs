//! The deadlines of a room and their reasons. They depend on the room's state alone, so every
//! server that has it arms the same timer. `decide::deadline` says what follows.

use strum::VariantArray;

use super::committed::Room;
use super::lifetime;
use super::lobby;
use super::state::RoomState;
use super::succession;
use crate::protocol::playback::{Standstill, StandstillCause, StandstillPhase};
use crate::protocol::time::{RoomTime, Span};

/// How long playback goes on in a room without members before it is paused (judgement: their
/// networks or the server may be back at any moment, and the players go on meanwhile).
const ABANDONED_AFTER: Span = Span::seconds(60);
/// How long after the end of the media its players may still report (judgement: a slow connection
/// and an audio buffer).
const ENDS_WITHIN: Span = Span::seconds(1);
/// Why a room has a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum DeadlineReason {
    /// The media has reached its end by its length.
    MediaEnd,
    /// The hold for a slow viewer has lasted as long as it may.
    HoldEnd,
    /// The wait for the players of new media has lasted as long as it may.
    GateEnd,
    /// Nobody plays the media, and the time of this phase of the standstill is over.
    Standstill,
    /// No admin is here, and the grace period is over.
    Succession,
    /// The media that waits in the lobby starts: the time has come, or enough members are ready.
    LobbyStart,
    /// All connections broke while the media plays, and nobody came back.
    Abandoned,
    /// The room has been empty for as long as it is kept.
    Expiry,
}

/// The next deadline of a room and its reason.
#[must_use]
pub fn next(room: &Room) -> Option<(RoomTime, DeadlineReason)> {
    DeadlineReason::VARIANTS
        .iter()
        .copied()
        .filter_map(|reason| Some((due(&room.state, reason)?, reason)))
        .min()
}

/// When a phase of a standstill is over. While a vanished admin may return nothing follows: their
/// player may play the media.
#[must_use]
pub fn standstill_ends_at(state: &RoomState, standstill: Standstill) -> RoomTime {
    let is_certain = standstill.phase == StandstillPhase::Certain;
    let admin_due = succession::due(state).filter(|_| is_certain);
    admin_due.map_or(standstill.until, |due| due.max(standstill.until))
}

/// The deadline for a reason, if there is one. Handling it always leads to an event after which it
/// is gone.
pub(super) fn due(state: &RoomState, reason: DeadlineReason) -> Option<RoomTime> {
    if state.closed {
        return None;
    }
    match reason {
        DeadlineReason::MediaEnd => media_end(state),
        DeadlineReason::HoldEnd => state.timeline.hold.map(|hold| hold.until),
        DeadlineReason::GateEnd => state.timeline.gate_ends_at(),
        DeadlineReason::Standstill => standstill(state),
        DeadlineReason::Succession => succession::due(state),
        DeadlineReason::LobbyStart => lobby::start_due(state),
        DeadlineReason::Abandoned => state
            .empty_since
            .filter(|_| state.timeline.wants_playing())
            .map(|since| since + ABANDONED_AFTER),
        DeadlineReason::Expiry => lifetime::kept_until(state),
    }
}

/// When media ends at the latest, by its length. Players get a moment to reach the end, unless an
/// admin set the length by hand or there are no players.
fn media_end(state: &RoomState) -> Option<RoomTime> {
    let end = state.timeline.ends_at()?;
    let playing = state.timeline.playing.as_ref();
    let by_hand = playing.is_some_and(|playing| playing.length_is_set);
    let mut here = state.roster.here();
    let waits = !by_hand && here.any(|member| member.has_player);
    Some(if waits { end + ENDS_WITHIN } else { end })
}

/// The next deadline of a standstill. If nothing follows media that nobody can play, there is none,
/// nor if all players are closed.
fn standstill(state: &RoomState) -> Option<RoomTime> {
    let standstill = state.timeline.standstill?;
    let phase = standstill.phase;
    let failed = matches!(standstill.cause, StandstillCause::Failed { .. });
    let closed = standstill.cause == StandstillCause::Closed;
    let nothing_follows = closed || (failed && state.queue.next_approved().is_none());
    let stays = phase == StandstillPhase::Certain && nothing_follows;
    (state.timeline.wants_playing() && !stays).then(|| standstill_ends_at(state, standstill))
}
