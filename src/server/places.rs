//! Places for sockets of one kind, such as those about to be closed: so many in all, and so many of
//! one address.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The places. Clones share them.
#[derive(Debug, Clone)]
pub(super) struct Places(Arc<SharedPlaces>);

#[derive(Debug)]
struct SharedPlaces {
    /// The most that may be taken, in all and by one address.
    in_all: usize,
    of_one: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    in_all: usize,
    by_address: BTreeMap<IpAddr, usize>,
}

/// A place that is taken until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Places,
    address: Option<IpAddr>,
}

impl Places {
    /// So many places in all, of which one address may take so many.
    pub(super) fn new(in_all: usize, of_one: usize) -> Self {
        Self(Arc::new(SharedPlaces {
            in_all,
            of_one,
            taken: Mutex::default(),
        }))
    }

    /// Takes a place for a socket that counts against this address; `None` if none is left. An
    /// address that stands for many is `None`, and counts among all only.
    pub(super) fn take(&self, address: Option<IpAddr>) -> Option<Place> {
        let mut taken = self.taken();
        if taken.in_all >= self.0.in_all {
            return None;
        }
        if let Some(address) = address {
            let of_one = taken.by_address.entry(address).or_default();
            if *of_one >= self.0.of_one {
                return None;
            }
            *of_one += 1;
        }
        taken.in_all += 1;
        drop(taken);
        let places = self.clone();
        Some(Place { places, address })
    }

    /// Whether nobody gets one, whatever their address.
    pub(super) fn are_all_taken(&self) -> bool {
        self.taken().in_all >= self.0.in_all
    }

    /// The counts are valid after any panic: each change is one number or one entry.
    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.in_all = taken.in_all.saturating_sub(1);
        if let Some(address) = self.address
            && let Entry::Occupied(mut of_one) = taken.by_address.entry(address)
        {
            *of_one.get_mut() -= 1;
            if *of_one.get() == 0 {
                of_one.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::Places;

    #[test]
    fn one_address_leaves_places_to_others() {
        let [one, other] = [1, 2].map(|last| Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))));
        let places = Places::new(4, 2);
        let mut held = vec![places.take(one).unwrap(), places.take(one).unwrap()];
        assert!(places.take(one).is_none());
        held.push(places.take(other).unwrap());
        held.push(places.take(None).unwrap());
        assert!(places.take(None).is_none(), "all are taken");
        held.remove(0);
        assert!(places.take(one).is_some(), "given back");
        held.clear();
        assert!(
            places.taken().by_address.is_empty(),
            "nothing is remembered"
        );
        assert_eq!(places.taken().in_all, 0);
    }
}
