//! When a room wants to be asked again, and why. What is due is the room's state alone, so
//! every server that has it arms the same timer; what comes of it is `decide::deadline`'s.

use strum::VariantArray;

use super::committed::Room;
use super::state::RoomState;
use super::succession;
use crate::protocol::playback::{StandstillCause, StandstillPhase};
use crate::protocol::time::{RoomTime, Span};

/// How long a room in which the film runs may be empty until it pauses: its members' networks
/// or its server may be back at any moment, and their players go on meanwhile.
const ABANDONED_AFTER: Span = Span::seconds(60);
/// How long after a film's end its players are heard (judgement: a slow connection and a buffer
/// of sound).
const ENDS_WITHIN: Span = Span::seconds(1);
/// How long an empty room lives on (judgement: an outage or a meal, not a night).
const EXPIRES_AFTER: Span = Span::seconds(600);

/// Why a room waits for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum Reason {
    /// The film has reached its end by its length.
    VideoEnd,
    /// The longest wait for a slow viewer is over.
    HoldEnd,
    /// The longest wait for the players of a new video is over.
    GateEnd,
    /// Nobody plays the video, and what was waited for has not come.
    Standstill,
    /// No admin is here, and the time to return is over.
    Succession,
    /// All connections broke, and nobody came back to the film that runs.
    Abandoned,
    /// Nobody has been here for long.
    Expiry,
}

/// The next time at which a room must be asked, with its reason.
#[must_use]
pub fn next(room: &Room) -> Option<(RoomTime, Reason)> {
    Reason::VARIANTS
        .iter()
        .copied()
        .filter_map(|reason| Some((due(&room.state, reason)?, reason)))
        .min()
}

/// When something is due for a reason, if it is. What is due always leads to an event after
/// which it no longer is.
pub(super) fn due(state: &RoomState, reason: Reason) -> Option<RoomTime> {
    if state.closed {
        return None;
    }
    match reason {
        Reason::VideoEnd => video_end(state),
        Reason::HoldEnd => state.timeline.hold.map(|hold| hold.until),
        Reason::GateEnd => state.timeline.gate_ends_at(),
        Reason::Standstill => standstill(state),
        Reason::Succession => succession::due(state),
        Reason::Abandoned => state
            .empty_since
            .filter(|_| state.timeline.wants_playing())
            .map(|since| since + ABANDONED_AFTER),
        Reason::Expiry => state.empty_since.map(|since| since + EXPIRES_AFTER),
    }
}

/// When a video is over at the latest, by its length. Players are given a moment to come to
/// its end; a length that an admin set by hand, and a room without players, need none.
fn video_end(state: &RoomState) -> Option<RoomTime> {
    let end = state.timeline.ends_at()?;
    let film = state.timeline.playing.as_ref();
    let by_hand = film.is_some_and(|film| film.length_is_set);
    let mut here = state.roster.here();
    let waits = !by_hand && here.any(|member| member.has_player);
    Some(if waits { end + ENDS_WITHIN } else { end })
}

/// When the room does something about a video that nobody plays. Where nothing follows one
/// that nobody can play, it stands, as does one whose players are all closed.
fn standstill(state: &RoomState) -> Option<RoomTime> {
    let standstill = state.timeline.standstill?;
    let phase = standstill.phase;
    let failed = matches!(standstill.cause, StandstillCause::Failed { .. });
    let closed = standstill.cause == StandstillCause::Closed;
    let nothing_follows = closed || (failed && state.queue.next_approved().is_none());
    let stays = phase == StandstillPhase::Certain && nothing_follows;
    (state.timeline.wants_playing() && !stays).then_some(standstill.until)
}
