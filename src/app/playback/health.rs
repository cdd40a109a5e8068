//! What a player's state means for others: whether its member counts as in step.

use crate::protocol::time::Span;
use crate::sync::follow::{Status, SyncState, Unsynced};
use crate::wire::message::HealthState;

/// Up to this error others see the member as in step: one frame at 25 frames a second.
const IN_STEP: Span = Span::millis(40);

/// Whether nothing is wrong with the medium that another try would help: it is in step, or
/// would be if the clocks were compared.
pub(in crate::app) fn is_well(status: &Status) -> bool {
    match status.state {
        SyncState::Idle
        | SyncState::Holding
        | SyncState::Waiting
        | SyncState::Unsynced(Unsynced::NoClock) => true,
        SyncState::Nudging => status.error.is_some_and(|error| error.abs() <= IN_STEP),
        SyncState::Loading
        | SyncState::Seeking
        | SyncState::Buffering
        | SyncState::ReadingOn
        | SyncState::Ahead
        | SyncState::Unsynced(_) => false,
    }
}

/// Whether a standing player counts as in step.
pub(super) fn standing(state: SyncState) -> HealthState {
    match state {
        SyncState::Ahead => HealthState::CatchingUp,
        SyncState::Unsynced(why) => other_copy(why).unwrap_or(HealthState::InStep),
        _ => HealthState::InStep,
    }
}

/// What a member's player counts as whose copy of the video is another than the room's.
const fn other_copy(why: Unsynced) -> Option<HealthState> {
    match why {
        Unsynced::OtherBeginning => Some(HealthState::OtherPictures),
        Unsynced::EndsEarly => Some(HealthState::CopyOver),
        _ => None,
    }
}

/// Whether a playing player counts as in step.
pub(super) fn in_step(status: &Status) -> HealthState {
    if let SyncState::Unsynced(why) = status.state
        && let Some(state) = other_copy(why)
    {
        return state;
    }
    let close = match status.error {
        Some(error) => error.abs() <= IN_STEP,
        None => matches!(
            status.state,
            SyncState::Holding
                | SyncState::Waiting
                | SyncState::Idle
                | SyncState::Unsynced(Unsynced::Live | Unsynced::TimeJumps)
        ),
    };
    if close {
        HealthState::InStep
    } else {
        HealthState::CatchingUp
    }
}
