//! A hello that creates its room: whether it may, and how the room is.

use super::address_counts;
use super::admission_error::AdmissionError;
use crate::protocol::denied::Refused;
use crate::protocol::member::Visibility;
use crate::room::decide::Creation;
use crate::server::credentials::new_address_key;
use crate::server::peers::PeerPermit;
use crate::server::registry::CreationClaim;
use crate::server::state::ServerState;
use crate::wire::message::Hello;

/// Whether the client may create the room. A password or key for that counts against the address,
/// as a room's does.
pub(super) async fn may_create(
    hello: &Hello,
    state: &ServerState,
    permit: &PeerPermit,
) -> Result<(), AdmissionError> {
    if hello.create.key.is_none() {
        return ask(hello, state, permit).await;
    }
    let asked = ask(hello, state, permit);
    address_counts::guess(state, permit, address_counts::is_wrong_key, asked).await
}

async fn ask(
    hello: &Hello,
    state: &ServerState,
    permit: &PeerPermit,
) -> Result<(), AdmissionError> {
    let down = |_| AdmissionError::Refused(Refused::ShuttingDown);
    let mut claim = CreationClaim {
        room: hello.room.clone(),
        secret: hello.create.key.clone(),
        shared_key: None,
        from: permit.address(),
    };
    if claim.secret.is_some() {
        let shared_key = state.storage.room_key(&claim.room).await;
        claim.shared_key = shared_key.map_err(|_away| Refused::StorageAway)?;
    }
    Ok(state.rooms.may_create(claim).await.map_err(down)??)
}

/// How the room is created: a password always makes it private.
pub(super) async fn creation(
    hello: &Hello,
    state: &ServerState,
) -> Result<Creation, AdmissionError> {
    let (visibility, password) = match (hello.create.visibility, &hello.password) {
        (_, Some(password)) => {
            let hash = state.passwords.hash(password.clone()).await?;
            (Visibility::Private, Some(hash))
        }
        (Visibility::Private, None) => return Err(Refused::PasswordMissing.into()),
        (open, None) => (open, None),
    };
    Ok(Creation {
        title: hello.create.title.clone(),
        visibility,
        password,
        address_key: new_address_key(),
    })
}
