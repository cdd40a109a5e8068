//! How much the sockets of one address may take together: how many there are, how many rooms
//! they create, how many passwords they try, how many new members they bring into a room.
//!
//! Addresses of the own machine and the own network are not counted: there stand proxies, with
//! everybody behind one address. A proxy that is asked who it speaks for does not exist here
//! yet, so such a server leaves this to its proxy.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::credentials::address_hash;
use super::limits::Bucket;
use crate::protocol::ids::RoomId;
use crate::room::secrets::AddressHash;

/// The most sockets of one address: a household's or an office's, several times over.
const SOCKETS: u32 = 64;

/// How many passwords an address may try apart from those that share a room's tries: who knows
/// it mistypes once or twice.
const OWN_TRIES: u32 = 3;

/// In how many rooms the new members of one address are counted apart.
const ROOMS_COUNTED: usize = 32;

/// How many addresses are remembered before those that take nothing any more are forgotten.
const REMEMBERED: usize = 1_024;

/// The addresses that the sockets come from. Clones count together.
#[derive(Debug, Clone)]
pub(super) struct Peers {
    shared: Arc<SharedPeers>,
}

#[derive(Debug)]
struct SharedPeers {
    /// Whose sockets are not counted.
    is_exempt: fn(IpAddr) -> bool,
    known: Mutex<PeerTable>,
}

#[derive(Debug)]
struct PeerTable {
    by_address: BTreeMap<IpAddr, Peer>,
    /// At how many addresses to look for those that can be forgotten.
    look_at: usize,
}

/// What one address takes.
#[derive(Debug)]
struct Peer {
    sockets: u32,
    /// 10 rooms at once, and two a minute.
    creations: Bucket,
    /// 10 wrong passwords at once, and six a minute.
    guesses: Bucket,
    /// Passwords that were wrong, or are being tried.
    wrong: u32,
    /// For each room, 40 new members at once, as a large household or a small office has, and
    /// one in 2 s. Who comes back by token does not count.
    joins: BTreeMap<RoomId, Bucket>,
}

/// One socket's place in the count, given back when the last clone is dropped.
#[derive(Debug, Clone)]
pub(super) struct PeerPermit {
    count: Arc<SocketCount>,
}

#[derive(Debug)]
struct SocketCount {
    peers: Peers,
    /// `None` for those who are not counted.
    address: Option<IpAddr>,
}

impl Peers {
    /// Nobody yet.
    pub(super) fn new() -> Self {
        Self::exempting(is_near)
    }

    /// Nobody yet, and others than the near ones are not counted.
    pub(super) fn exempting(is_exempt: fn(IpAddr) -> bool) -> Self {
        let known = PeerTable {
            by_address: BTreeMap::new(),
            look_at: REMEMBERED,
        };
        let known = Mutex::new(known);
        Self {
            shared: Arc::new(SharedPeers { is_exempt, known }),
        }
    }

    /// A place for a socket from there; `None` if that address has as many as it may.
    pub(super) fn admit(&self, from: IpAddr) -> Option<PeerPermit> {
        let from = from.to_canonical();
        let address = (!(self.shared.is_exempt)(from)).then(|| household(from));
        if let Some(address) = address {
            let now = Instant::now();
            let mut known = self.known();
            known.forget_some(now);
            let peer = known.peer(address, now);
            if peer.sockets >= SOCKETS {
                return None;
            }
            peer.sockets += 1;
        }
        let peers = self.clone();
        let count = Arc::new(SocketCount { peers, address });
        Some(PeerPermit { count })
    }

    /// The map is valid after any panic: each change is one number or one entry.
    fn known(&self) -> MutexGuard<'_, PeerTable> {
        let known = &self.shared.known;
        known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PeerTable {
    fn peer(&mut self, address: IpAddr, now: Instant) -> &mut Peer {
        self.by_address.entry(address).or_insert_with(|| Peer {
            sockets: 0,
            creations: Bucket::new(10, 1.0 / 30.0, now),
            guesses: Bucket::new(10, 0.1, now),
            wrong: 0,
            joins: BTreeMap::new(),
        })
    }

    /// Forgets those who have no socket and take nothing, once many are known.
    fn forget_some(&mut self, now: Instant) {
        if self.by_address.len() < self.look_at {
            return;
        }
        self.by_address
            .retain(|_, peer| peer.sockets > 0 || peer.takes_something(now));
        self.look_at = (self.by_address.len() * 2).max(REMEMBERED);
    }
}

impl Peer {
    fn takes_something(&mut self, now: Instant) -> bool {
        self.joins.retain(|_, bucket| !bucket.is_full(now));
        let full = self.creations.is_full(now) && self.guesses.is_full(now);
        !full || !self.joins.is_empty()
    }

    /// What this address may still bring into a room.
    fn joins_of(&mut self, room: &RoomId, now: Instant) -> &mut Bucket {
        if !self.joins.contains_key(room) && self.joins.len() >= ROOMS_COUNTED {
            self.joins.retain(|_, bucket| !bucket.is_full(now));
            // Rooms are created slowly, so that so many at once are hardly ever busy.
            if self.joins.len() >= ROOMS_COUNTED {
                self.joins.pop_first();
            }
        }
        let fresh = || Bucket::new(40, 0.5, now);
        self.joins.entry(room.clone()).or_insert_with(fresh)
    }
}

impl PeerPermit {
    /// Counts a room that is to be created.
    ///
    /// # Errors
    /// How long to wait; nothing was counted.
    pub(super) fn create(&self, now: Instant) -> Result<(), Duration> {
        self.counted(now, |peer| peer.creations.take(now))
            .unwrap_or(Ok(()))
    }

    /// Counts a password that is to be tried.
    ///
    /// # Errors
    /// How long to wait; nothing was counted.
    pub(super) fn count_password(&self, now: Instant) -> Result<(), Duration> {
        self.counted(now, |peer| {
            peer.guesses.take(now)?;
            peer.wrong = peer.wrong.saturating_add(1);
            Ok(())
        })
        .unwrap_or(Ok(()))
    }

    /// Whether its address has tries of its own, whatever others try in the same room: it
    /// guessed wrong seldom. Asked after [`PeerPermit::count_password`].
    pub(super) fn has_own_tries(&self, now: Instant) -> bool {
        self.counted(now, |peer| peer.wrong <= OWN_TRIES)
            .unwrap_or(false)
    }

    /// Counts somebody who wants into a room for the first time.
    ///
    /// # Errors
    /// How long to wait; nothing was counted.
    pub(super) fn join(&self, room: &RoomId, now: Instant) -> Result<(), Duration> {
        self.counted(now, |peer| peer.joins_of(room, now).take(now))
            .unwrap_or(Ok(()))
    }

    /// Who was counted last had been in the room before.
    pub(super) fn refund_join(&self, room: &RoomId, now: Instant) {
        self.counted(now, |peer| peer.joins_of(room, now).give_back());
    }

    /// What a room recognises the address by; nothing if it may stand for anybody.
    pub(super) fn hash_for(&self, room: &RoomId) -> Option<AddressHash> {
        let address = self.count.address?;
        Some(address_hash(room, address))
    }

    /// The password that was counted last was not wrong.
    pub(super) fn refund_password(&self, now: Instant) {
        self.counted(now, |peer| {
            peer.guesses.give_back();
            peer.wrong = peer.wrong.saturating_sub(1);
        });
    }

    fn counted<T>(&self, now: Instant, count: impl FnOnce(&mut Peer) -> T) -> Option<T> {
        let address = self.count.address?;
        Some(count(self.count.peers.known().peer(address, now)))
    }
}

impl Drop for SocketCount {
    fn drop(&mut self) {
        if let Some(address) = self.address
            && let Some(peer) = self.peers.known().by_address.get_mut(&address)
        {
            peer.sockets = peer.sockets.saturating_sub(1);
        }
    }
}

/// Whether an address is of the own machine or the own network.
fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// What one household has: an address of version 4, the first half of one of version 6.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests;
