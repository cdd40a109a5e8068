//! Counts what an address does: at this node first, and then at all nodes that share its log.

use std::time::Duration;

use tokio::time::Instant;

use super::admission_error::AdmissionError;
use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::server::limits::wait_in_ms;
use crate::server::log::quota::{Counted, Quota};
use crate::server::peers::PeerPermit;
use crate::server::replica::message::Seated;
use crate::server::state::ServerState;

/// Counts a guess at a password, an invite or a key, has it checked, and takes the count back
/// unless it stands for this refusal.
///
/// # Errors
/// [`Refused::TooManyTries`]: nothing was counted or checked. Otherwise what the check says.
pub(super) async fn guess<T>(
    state: &ServerState,
    permit: &PeerPermit,
    stands_for: fn(&Refused) -> bool,
    check: impl Future<Output = Result<T, AdmissionError>>,
) -> Result<T, AdmissionError> {
    count_guess(state, permit).await?;
    let checked = check.await;
    if !matches!(&checked, Err(AdmissionError::Refused(why)) if stands_for(why)) {
        permit.refund_password(Instant::now());
        refund_everywhere(state, permit, Counted::Password);
    }
    checked
}

/// Whether a guess at a room's password or invite was wrong, or may have been: a room whose log is
/// away has compared it all the same, and nobody guesses freely then either.
pub(super) const fn is_wrong_for_room(why: &Refused) -> bool {
    matches!(
        why,
        Refused::PasswordWrong | Refused::InviteInvalid | Refused::StorageAway
    )
}

/// Whether a key for a new room was wrong. While the log is away it was compared with nothing.
pub(super) const fn is_wrong_key(why: &Refused) -> bool {
    matches!(why, Refused::CreatePasswordWrong)
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
/// [`Refused::TooManyRooms`]; nothing was counted.
pub(super) async fn creation(state: &ServerState, permit: &PeerPermit) -> Result<(), Refused> {
    let refused = |wait| Refused::TooManyRooms {
        retry_ms: wait_in_ms(wait),
    };
    permit.create(Instant::now()).map_err(refused)?;
    let counted = everywhere(state, permit, Counted::Creation).await;
    if counted.is_err() {
        permit.refund_creation(Instant::now());
    }
    counted.map_err(refused)
}

/// Takes the last [`creation`] back: nothing was created.
pub(super) fn refund_creation(state: &ServerState, permit: &PeerPermit) {
    permit.refund_creation(Instant::now());
    refund_everywhere(state, permit, Counted::Creation);
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

/// Whether the outcome of a join counts as a new member: not if nothing was decided.
pub(super) const fn is_new_member(
    outcome: &Result<Option<Result<Seated, Refused>>, AdmissionError>,
) -> bool {
    match outcome {
        Ok(Some(Ok(seated))) => !seated.returned,
        Ok(Some(Err(why))) => !matches!(
            why,
            Refused::Banned | Refused::PasswordNeeded | Refused::StorageAway
        ),
        // The room has ended.
        Ok(None) => false,
        // It does not answer, and may still let them in.
        Err(_) => true,
    }
}

/// Takes the last [`new_member`] back: the member had been in the room before, or nobody has joined.
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
