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
pub(super) const fn standing(state: SyncState) -> HealthState {
    match state {
        SyncState::Ahead | SyncState::Unsynced(Unsynced::EndsEarly | Unsynced::OtherBeginning) => {
            HealthState::CatchingUp
        }
        _ => HealthState::InStep,
    }
}

/// Whether a playing player counts as in step.
pub(super) fn in_step(status: &Status) -> HealthState {
    let close = match status.error {
        _ if status.state == SyncState::Unsynced(Unsynced::OtherBeginning) => false,
        Some(error) => error.abs() <= IN_STEP,
        None => matches!(
            status.state,
            SyncState::Holding
                | SyncState::Waiting
                | SyncState::Idle
                | SyncState::Unsynced(Unsynced::Live)
        ),
    };
    if close {
        HealthState::InStep
    } else {
        HealthState::CatchingUp
    }
}
