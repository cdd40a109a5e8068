//! Counts what an address does: at this node first, and then at all nodes that share its log.

use std::time::Duration;

use tokio::time::Instant;

use super::admission_error::AdmissionError;
use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::server::limits::wait_in_ms;
use crate::server::log::quota::{Counted, Quota};
use crate::server::peers::PeerPermit;
use crate::server::state::ServerState;

/// Counts a guess at a password, an invite or a key, has it checked, and takes the count back
/// unless the guess was wrong, or nobody knows.
///
/// # Errors
/// [`Refused::TooManyTries`]: nothing was counted or checked. Otherwise what the check says.
pub(super) async fn guess<T>(
    state: &ServerState,
    permit: &PeerPermit,
    check: impl Future<Output = Result<T, AdmissionError>>,
) -> Result<T, AdmissionError> {
    count_guess(state, permit).await?;
    let checked = check.await;
    if !matches!(&checked, Err(AdmissionError::Refused(why)) if is_wrong(why)) {
        permit.refund_password(Instant::now());
        refund_everywhere(state, permit, Counted::Password);
    }
    checked
}

/// Whether a check says that what was guessed is wrong, or may be: while the log is away nobody knows,
/// and nobody guesses freely either.
const fn is_wrong(why: &Refused) -> bool {
    matches!(
        why,
        Refused::PasswordWrong
            | Refused::InviteInvalid
            | Refused::CreatePasswordWrong
            | Refused::StorageAway
    )
}

async fn count_guess(state: &ServerState, permit: &PeerPermit) -> Result<(), Refused> {
    let refused = |wait| Refused::TooManyTries {
        retry_ms: wait_in_ms(wait),
    };
    permit.count_password(Instant::now()).map_err(refused)?;
    let counted = everywhere(state, permit, Counted::Password).await;
    if counted.is_err() {
        permit.refund_password(Instant::now());
    }
    counted.map_err(refused)
}

/// Counts the creation of a room.
///
/// # Errors
/// [`Refused::TooManyRooms`].
pub(super) async fn creation(state: &ServerState, permit: &PeerPermit) -> Result<(), Refused> {
    let refused = |wait| Refused::TooManyRooms {
        retry_ms: wait_in_ms(wait),
    };
    permit.create(Instant::now()).map_err(refused)?;
    let counted = everywhere(state, permit, Counted::Creation).await;
    counted.map_err(refused)
}

/// Counts a new member of a room.
///
/// # Errors
/// [`Refused::TooManyJoins`]; nothing was counted.
pub(super) async fn new_member(
    room: &RoomId,
    state: &ServerState,
    permit: &PeerPermit,
) -> Result<(), Refused> {
    let refused = |wait| Refused::TooManyJoins {
        retry_ms: wait_in_ms(wait),
    };
    permit.join(room, Instant::now()).map_err(refused)?;
    let counted = everywhere(state, permit, Counted::Join(room.clone())).await;
    if counted.is_err() {
        permit.refund_join(room, Instant::now());
    }
    counted.map_err(refused)
}

/// Takes the last [`new_member`] back: the member had been in the room before.
pub(super) fn refund_member(room: &RoomId, state: &ServerState, permit: &PeerPermit) {
    permit.refund_join(room, Instant::now());
    refund_everywhere(state, permit, Counted::Join(room.clone()));
}

async fn everywhere(
    state: &ServerState,
    permit: &PeerPermit,
    what: Counted,
) -> Result<(), Duration> {
    let Some(address) = permit.address() else {
        return Ok(());
    };
    state.storage.count(&Quota::new(address, what)).await
}

fn refund_everywhere(state: &ServerState, permit: &PeerPermit, what: Counted) {
    if let Some(address) = permit.address() {
        state.storage.count_back(Quota::new(address, what));
    }
}
