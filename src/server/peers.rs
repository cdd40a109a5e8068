//! Limits by network address: open sockets, rooms created, passwords tried, and new members
//! brought into a room.
//!
//! A socket counts against its own address. Sockets from loopback and private addresses are exempt:
//! they may come from a proxy that stands for everybody behind it. A proxy that the operator named
//! is exempt wherever it is, and each of its requests counts against the client that it names
//! (`forwarded`), also against one of a private network: such a client stands for itself alone.
//! Where other nodes share the log, the sockets that an address has there count as well.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::client_limits::{CREATIONS, GUESSES, JOINS};
use super::credentials::address_hash;
use super::limits::{Bucket, Limits};
use super::log::addresses::HeldByAddresses;
use crate::protocol::ids::RoomId;
use crate::room::secrets::AddressHash;

/// How many wrong passwords an address may try before it shares the room's tries with all others
/// (judgement: somebody who knows the password mistypes it once or twice).
const OWN_TRIES: u32 = 3;

/// For how many rooms the new members of one address are counted separately (judgement: rooms are
/// created slowly, so an address hardly ever joins that many at once).
const ROOMS_COUNTED: usize = 32;

/// From how many addresses on those with full quotas are forgotten (judgement: fewer are not worth
/// a search).
const REMEMBERED: usize = 1_024;

/// The table of addresses. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Peers {
    shared: Arc<SharedPeers>,
}

#[derive(Debug)]
struct SharedPeers {
    /// Whether an address is not counted at all.
    is_exempt: fn(IpAddr) -> bool,
    /// What addresses hold at other nodes.
    held: HeldByAddresses,
    known: Mutex<PeerTable>,
}

#[derive(Debug)]
struct PeerTable {
    by_address: BTreeMap<IpAddr, Peer>,
    /// All permits that are out, except the proxies' own.
    open: u32,
    /// The most permits, in all and for each address.
    limits: Limits,
    /// The number of addresses at which to look again for those that can be forgotten.
    look_at: usize,
}

/// The counts of one address.
#[derive(Debug)]
struct Peer {
    sockets: u32,
    /// Rooms created: 10 at once, and two a minute.
    creations: Bucket,
    /// Wrong passwords: 10 at once, and six a minute.
    guesses: Bucket,
    /// Passwords that were wrong or are being checked.
    wrong: u32,
    /// New members of each room: 40 at once, as many as a large household or a small office has,
    /// and one in 2 s. Returns by token do not count.
    joins: BTreeMap<RoomId, Bucket>,
}

/// The permit of one socket, or of one request through a named proxy, and the address that it is
/// counted against. It is counted until the last clone is dropped.
#[derive(Debug, Clone)]
pub(super) struct PeerPermit {
    count: Arc<SocketCount>,
}

#[derive(Debug)]
struct SocketCount {
    peers: Peers,
    /// `None` for exempt addresses.
    address: Option<IpAddr>,
    /// Whether it counts among all.
    counts: bool,
}

impl Peers {
    /// An empty table that exempts loopback and private addresses.
    pub(super) fn new() -> Self {
        Self::exempting(is_near)
    }

    /// An empty table that exempts the addresses for which `is_exempt` is true.
    pub(super) fn exempting(is_exempt: fn(IpAddr) -> bool) -> Self {
        Self::with(is_exempt, HeldByAddresses::default())
    }

    /// An empty table that counts addresses together with other nodes, and exempts loopback and
    /// private ones.
    pub(super) fn sharing(held: HeldByAddresses) -> Self {
        Self::with(is_near, held)
    }

    fn with(is_exempt: fn(IpAddr) -> bool, held: HeldByAddresses) -> Self {
        let known = PeerTable {
            by_address: BTreeMap::new(),
            open: 0,
            limits: Limits::default(),
            look_at: REMEMBERED,
        };
        let known = Mutex::new(known);
        Self {
            shared: Arc::new(SharedPeers {
                is_exempt,
                held,
                known,
            }),
        }
    }

    /// Has other limits hold from now on. Nobody is disconnected for that.
    pub(super) fn limit(&self, limits: Limits) {
        self.known().limits = limits;
    }

    /// The limit of all connections, if it is reached.
    pub(super) fn full(&self) -> Option<u32> {
        let known = self.known();
        known.full()
    }

    /// The most connections of one address.
    pub(super) fn per_address(&self) -> u32 {
        self.known().limits.connections_per_address
    }

    /// Counts a socket from this address; `None` if it has as many as it may, or all have.
    pub(super) fn admit(&self, from: IpAddr) -> Option<PeerPermit> {
        let from = from.to_canonical();
        if (self.shared.is_exempt)(from) {
            let mut known = self.known();
            if known.full().is_some() {
                return None;
            }
            known.open += 1;
            drop(known);
            return Some(self.permit(None, true));
        }
        self.admit_client(from)
    }

    /// Counts a request of a client that a named proxy passed on; `None` if as many of its sockets
    /// and requests are open as may be, or of all. No client is exempt.
    pub(super) fn admit_client(&self, from: IpAddr) -> Option<PeerPermit> {
        let address = household(from.to_canonical());
        let now = Instant::now();
        let mut known = self.known();
        known.forget_some(now);
        let most = known.limits.connections_per_address;
        if known.full().is_some() {
            return None;
        }
        let peer = known.peer(address, now);
        let elsewhere = self.shared.held.elsewhere(address).sockets;
        if peer.sockets.saturating_add(elsewhere) >= most {
            return None;
        }
        peer.sockets += 1;
        self.shared.held.note_sockets(address, peer.sockets);
        known.open += 1;
        drop(known);
        Some(self.permit(Some(address), true))
    }

    /// The address that a socket from this one counts against; `None` if it is exempt.
    pub(super) fn counted_as(&self, from: IpAddr) -> Option<IpAddr> {
        let from = from.to_canonical();
        (!(self.shared.is_exempt)(from)).then(|| household(from))
    }

    /// A permit that is not counted.
    pub(super) fn exempt(&self) -> PeerPermit {
        self.permit(None, false)
    }

    fn permit(&self, address: Option<IpAddr>, counts: bool) -> PeerPermit {
        let peers = self.clone();
        let count = Arc::new(SocketCount {
            peers,
            address,
            counts,
        });
        PeerPermit { count }
    }

    /// The map is valid after any panic: each change is one number or one entry.
    fn known(&self) -> MutexGuard<'_, PeerTable> {
        let known = &self.shared.known;
        known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PeerTable {
    /// The limit of all connections, if it is reached.
    fn full(&self) -> Option<u32> {
        let limit = self.limits.connections;
        (self.open >= limit).then_some(limit)
    }

    fn peer(&mut self, address: IpAddr, now: Instant) -> &mut Peer {
        self.by_address.entry(address).or_insert_with(|| Peer {
            sockets: 0,
            creations: Bucket::of(CREATIONS, now),
            guesses: Bucket::of(GUESSES, now),
            wrong: 0,
            joins: BTreeMap::new(),
        })
    }

    /// Forgets addresses without sockets and with full quotas, once many are known.
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

    /// The bucket of new members that this address brings into a room.
    fn joins_of(&mut self, room: &RoomId, now: Instant) -> &mut Bucket {
        if !self.joins.contains_key(room) && self.joins.len() >= ROOMS_COUNTED {
            self.joins.retain(|_, bucket| !bucket.is_full(now));
            // Rooms are created slowly, so hardly ever are so many of them busy.
            if self.joins.len() >= ROOMS_COUNTED {
                self.joins.pop_first();
            }
        }
        let fresh = || Bucket::of(JOINS, now);
        self.joins.entry(room.clone()).or_insert_with(fresh)
    }
}

impl PeerPermit {
    /// Counts the creation of a room.
    ///
    /// # Errors
    /// The time to wait; nothing was counted.
    pub(super) fn create(&self, now: Instant) -> Result<(), Duration> {
        self.counted(now, |peer| peer.creations.take(now))
            .unwrap_or(Ok(()))
    }

    /// Takes back the last [`Self::create`]: nothing was created.
    pub(super) fn refund_creation(&self, now: Instant) {
        self.counted(now, |peer| peer.creations.give_back());
    }

    /// Counts a password before it is checked.
    ///
    /// # Errors
    /// The time to wait; nothing was counted.
    pub(super) fn count_password(&self, now: Instant) -> Result<(), Duration> {
        self.counted(now, |peer| {
            peer.guesses.take(now)?;
            peer.wrong = peer.wrong.saturating_add(1);
            Ok(())
        })
        .unwrap_or(Ok(()))
    }

    /// Whether the address has password tries of its own, whatever others try in the same room:
    /// true while it has guessed wrong seldom. Call it after [`PeerPermit::count_password`].
    pub(super) fn has_own_tries(&self, now: Instant) -> bool {
        self.counted(now, |peer| peer.wrong <= OWN_TRIES)
            .unwrap_or(false)
    }

    /// Counts a new member of a room.
    ///
    /// # Errors
    /// The time to wait; nothing was counted.
    pub(super) fn join(&self, room: &RoomId, now: Instant) -> Result<(), Duration> {
        self.counted(now, |peer| peer.joins_of(room, now).take(now))
            .unwrap_or(Ok(()))
    }

    /// Takes back the last [`Self::join`]: nobody new has joined.
    pub(super) fn refund_join(&self, room: &RoomId, now: Instant) {
        self.counted(now, |peer| peer.joins_of(room, now).give_back());
    }

    /// The address that it is counted against; `None` for exempt addresses.
    pub(super) fn address(&self) -> Option<IpAddr> {
        self.count.address
    }

    /// The hash by which a room recognises the address; `None` for exempt addresses.
    pub(super) fn hash_for(&self, room: &RoomId) -> Option<AddressHash> {
        let address = self.count.address?;
        Some(address_hash(room, address))
    }

    /// Takes back the last [`Self::count_password`]: the password was not wrong.
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
        let mut known = self.peers.known();
        if self.counts {
            known.open = known.open.saturating_sub(1);
        }
        if let Some(address) = self.address
            && let Some(peer) = known.by_address.get_mut(&address)
        {
            peer.sockets = peer.sockets.saturating_sub(1);
            self.peers.shared.held.note_sockets(address, peer.sockets);
        }
    }
}

/// Whether an address is loopback, private or link-local.
fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// The part of an address that one household has: all of IPv4, the first half of IPv6.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests;
