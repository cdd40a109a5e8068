//! The limits of one address.

use std::net::IpAddr;
use std::time::Duration;

use tokio::time::Instant;

use super::{OWN_TRIES, Peers, REMEMBERED, ROOMS_COUNTED, SOCKETS};
use crate::protocol::ids::RoomId;

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn an_address_has_so_many_sockets_and_they_come_free() {
    let peers = Peers::new();
    let stranger = address("203.0.113.7");
    let mut permits: Vec<_> = (0..SOCKETS)
        .map(|_| peers.admit(stranger).expect("a place"))
        .collect();
    assert!(peers.admit(stranger).is_none());
    assert!(peers.admit(address("::ffff:203.0.113.7")).is_none());
    assert!(peers.admit(address("203.0.113.8")).is_some());
    let clone = permits.pop().unwrap();
    let same = clone.clone();
    drop(clone);
    assert!(peers.admit(stranger).is_none(), "its clone lives");
    drop(same);
    assert!(peers.admit(stranger).is_some());
}

#[test]
fn a_network_of_version_6_counts_as_one() {
    let peers = Peers::new();
    let permits: Vec<_> = (0..SOCKETS)
        .map(|host| peers.admit(address(&format!("2001:db8:1:2::{host:x}"))))
        .collect();
    assert!(permits.iter().all(Option::is_some));
    assert!(peers.admit(address("2001:db8:1:2:ffff::1")).is_none());
    assert!(peers.admit(address("2001:db8:1:3::1")).is_some());
}

#[test]
fn near_ones_are_not_counted() {
    let peers = Peers::new();
    for near in ["127.0.0.1", "::1", "192.168.1.4", "10.0.0.1", "fd00::1"] {
        let permits: Vec<_> = (0..=SOCKETS).map(|_| peers.admit(address(near))).collect();
        assert!(permits.iter().all(Option::is_some), "{near}");
        let permit = peers.admit(address(near)).unwrap();
        let now = Instant::now();
        assert!((0..100).all(|_| permit.create(now).is_ok() && permit.count_password(now).is_ok()));
    }
}

#[test]
fn a_client_that_a_proxy_names_is_counted_also_on_a_private_network() {
    let peers = Peers::new();
    for (number, client) in ["203.0.113.7", "192.168.1.4", "127.0.0.1"]
        .iter()
        .enumerate()
    {
        let client = address(client);
        let permits: Vec<_> = (0..SOCKETS).map(|_| peers.admit_client(client)).collect();
        assert!(permits.iter().all(Option::is_some), "{client}");
        assert!(peers.admit_client(client).is_none(), "{client}");
        let room = RoomId::parse("den").unwrap();
        let permit = permits[0].as_ref().unwrap();
        assert!(permit.hash_for(&room).is_some(), "a ban knows it again");
        assert_eq!(peers.known().by_address.len(), number + 1);
    }
    // Sockets of its own, beside the proxy, are the same household's.
    assert!(
        peers.admit(address("203.0.113.7")).is_some(),
        "the permits are gone"
    );
    assert!(
        peers
            .exempt()
            .hash_for(&RoomId::parse("den").unwrap())
            .is_none()
    );
}

#[test]
fn rooms_and_wrong_passwords_are_counted_by_address_and_not_by_socket() {
    let peers = Peers::new();
    let now = Instant::now();
    let stranger = address("203.0.113.7");
    for _ in 0..10 {
        let permit = peers.admit(stranger).unwrap();
        assert_eq!(
            (permit.create(now), permit.count_password(now)),
            (Ok(()), Ok(()))
        );
    }
    let permit = peers.admit(stranger).unwrap();
    let wait = permit.create(now).unwrap_err();
    assert!(wait <= Duration::from_secs(30), "{wait:?}");
    assert!(permit.count_password(now).is_err());
    permit.refund_password(now);
    assert_eq!(permit.count_password(now), Ok(()));
    assert_eq!(permit.create(now + wait), Ok(()));
}

#[test]
fn new_members_are_counted_by_address_and_room() {
    let peers = Peers::new();
    let now = Instant::now();
    let room = |name| RoomId::parse(name).unwrap();
    let permit = peers.admit(address("203.0.113.7")).unwrap();
    assert!((0..40).all(|_| permit.join(&room("den"), now).is_ok()));
    let wait = permit.join(&room("den"), now).unwrap_err();
    assert_eq!(wait, Duration::from_secs(2));
    assert_eq!(permit.join(&room("attic"), now), Ok(()));
    let other = peers.admit(address("203.0.113.8")).unwrap();
    assert_eq!(other.join(&room("den"), now), Ok(()));
    // A returning member is not counted.
    permit.refund_join(&room("den"), now);
    assert_eq!(permit.join(&room("den"), now), Ok(()));
    // Little is remembered, however many rooms the address tries to join.
    for number in 0..2 * ROOMS_COUNTED {
        let name = format!("room-{number}");
        let _taken = permit.join(&RoomId::parse(&name).unwrap(), now);
    }
    let known = peers.known();
    let counted = known.by_address.values().map(|peer| peer.joins.len());
    assert!(counted.max() <= Some(ROOMS_COUNTED));
}

#[test]
fn an_address_has_tries_of_its_own_until_it_guesses_wrong_often() {
    let peers = Peers::new();
    let now = Instant::now();
    let permit = peers.admit(address("203.0.113.7")).unwrap();
    for _ in 0..OWN_TRIES {
        permit.count_password(now).unwrap();
        assert!(permit.has_own_tries(now));
    }
    permit.count_password(now).unwrap();
    assert!(!permit.has_own_tries(now));
    permit.refund_password(now);
    assert!(permit.has_own_tries(now), "that one was right");
    let near = peers.admit(address("127.0.0.1")).unwrap();
    near.count_password(now).unwrap();
    assert!(!near.has_own_tries(now), "it may stand for anybody");
}

#[test]
fn rooms_recognise_households_but_never_near_ones_nor_those_of_other_rooms() {
    let peers = Peers::new();
    let room = |name| RoomId::parse(name).unwrap();
    let hash = |text, name| peers.admit(address(text)).unwrap().hash_for(&room(name));
    let there = hash("203.0.113.7", "den");
    assert!(there.is_some());
    assert_eq!(hash("203.0.113.7", "den"), there);
    assert_ne!(hash("203.0.113.8", "den"), there);
    assert_ne!(hash("203.0.113.7", "attic"), there);
    assert_eq!(hash("2001:db8::1", "den"), hash("2001:db8::2", "den"));
    for near in ["127.0.0.1", "::1", "192.168.1.4", "fd00::1"] {
        assert_eq!(hash(near, "den"), None, "{near}");
    }
}

#[tokio::test(start_paused = true)]
async fn those_who_take_nothing_are_forgotten() {
    let peers = Peers::new();
    let busy = peers.admit(address("203.0.113.7")).unwrap();
    let takes = |host: &str| peers.admit(address(host)).unwrap();
    let now = Instant::now();
    takes("203.0.113.8").count_password(now).unwrap();
    takes("203.0.113.9").create(now).unwrap();
    let den = RoomId::parse("den").unwrap();
    takes("203.0.113.10").join(&den, now).unwrap();
    for host in 0..=REMEMBERED {
        let passing = format!("2001:db8:{host:x}::1");
        drop(peers.admit(address(&passing)));
    }
    let left: Vec<IpAddr> = peers.known().by_address.keys().copied().collect();
    let first = left.get(..4).unwrap();
    let taking = (7..=10).map(|host| address(&format!("203.0.113.{host}")));
    assert_eq!(first, taking.collect::<Vec<_>>());
    assert!(left.len() < 12, "{}", left.len());
    drop(busy);
}
