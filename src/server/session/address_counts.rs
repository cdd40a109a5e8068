//! Counts what an address does: at this node first, and then at all nodes that share its log.

use std::time::Duration;

use tokio::time::Instant;

use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::server::limits::wait_in_ms;
use crate::server::log::quota::{Counted, Quota};
use crate::server::peers::PeerPermit;
use crate::server::state::ServerState;

/// Counts a password or an invite before it is checked.
///
/// # Errors
/// [`Refused::TooManyTries`]; nothing was counted.
pub(super) async fn password(state: &ServerState, permit: &PeerPermit) -> Result<(), Refused> {
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

/// Takes the last [`password`] back: it was not wrong.
pub(super) fn refund_password(state: &ServerState, permit: &PeerPermit) {
    permit.refund_password(Instant::now());
    refund_everywhere(state, permit, Counted::Password);
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
