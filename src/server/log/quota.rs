//! What one address may do at all nodes that share a log.

use std::net::IpAddr;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::{Kind, RoomLog};
use crate::protocol::ids::RoomId;
use crate::server::client_limits::{CREATIONS, GUESSES, JOINS, Rate};

/// What is counted of an address, over all nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::server) struct Quota {
    address: IpAddr,
    what: Counted,
}

/// What an address does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::server) enum Counted {
    /// It tries a password or an invite.
    Password,
    /// It creates a room.
    Creation,
    /// It brings a new member into this room.
    Join(RoomId),
}

impl Quota {
    /// The quota of an address, or of the half of it that one household has.
    pub(in crate::server) const fn new(address: IpAddr, what: Counted) -> Self {
        Self { address, what }
    }

    /// What it is called within the log; another one for each address and each thing that is counted.
    pub(super) fn name(&self) -> String {
        let address = self.address;
        match &self.what {
            Counted::Password => format!("password {address}"),
            Counted::Creation => format!("creation {address}"),
            Counted::Join(room) => format!("join {address} {room}"),
        }
    }

    const fn rate(&self) -> Rate {
        match &self.what {
            Counted::Password => GUESSES,
            Counted::Creation => CREATIONS,
            Counted::Join(_) => JOINS,
        }
    }
}

/// The half of a hash that names an address, or something that one does: long enough that no two
/// share one by chance. Who does not know the key learns nothing from it.
pub(super) fn hashed(key: &str, what: &str) -> u128 {
    let hash = Sha256::new()
        .chain_update(key)
        .chain_update(what)
        .finalize();
    let half = hash.iter().take(size_of::<u128>());
    half.fold(0, |number, byte| number << 8 | u128::from(*byte))
}

impl RoomLog {
    /// Counts something against an address at all nodes together. Where no others share the log, or
    /// the store does not answer, nothing is counted: the node's own count has to do.
    ///
    /// # Errors
    /// The time to wait; nothing was counted.
    pub(in crate::server) async fn count(&self, quota: &Quota) -> Result<(), Duration> {
        match &self.0 {
            Kind::Redis(log) => {
                // Apart, so that a connection's task does not hold the place for it ever after.
                let taken = Box::pin(log.take(quota, quota.rate(), false));
                taken.await.unwrap_or(Ok(()))
            }
            Kind::Embedded(_) => Ok(()),
            #[cfg(test)]
            Kind::Hub(_) => Ok(()),
        }
    }

    /// Takes the last [`Self::count`] back, a moment later.
    pub(in crate::server) fn count_back(&self, quota: Quota) {
        match &self.0 {
            Kind::Redis(log) => {
                let log = log.clone();
                tokio::spawn(async move {
                    // What is not given back comes back with time.
                    let _unknown = log.take(&quota, quota.rate(), true).await;
                });
            }
            Kind::Embedded(_) => {}
            #[cfg(test)]
            Kind::Hub(_) => {}
        }
    }
}
