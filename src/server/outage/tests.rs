//! Servers whose storage goes away under their members.

use crate::protocol::ephemeral::MemberNotice;
use crate::server::log::disk::Disk;
use crate::server::log::hub::Hub;
use crate::server::lone_server::{Watcher, server};

const AWAY: MemberNotice = MemberNotice::StorageAway;
const BACK: MemberNotice = MemberNotice::StorageBack;

#[tokio::test(start_paused = true)]
async fn who_only_watches_is_told_once_that_the_storage_is_away_and_once_that_it_is_back() {
    let hub = Hub::default();
    let (a, b) = (server(hub.node("a")).await, server(hub.node("b")).await);
    let mut alice = Watcher::creates_the_room(&a).await;
    let mut bob = Watcher::joins(&b).await;
    assert_eq!(alice.notices(60).await, []);
    hub.go_away();
    assert_eq!(alice.notices(4).await, [], "it may be back at once");
    assert_eq!(alice.notices(60).await, [AWAY]);
    assert_eq!(bob.notices(1).await, [AWAY]);
    hub.come_back();
    assert_eq!(alice.notices(60).await, [BACK]);
    assert_eq!(bob.notices(1).await, [BACK]);
    for server in [a, b] {
        server.stop().await;
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_is_told_of_a_storage_that_is_back_within_seconds() {
    let hub = Hub::default();
    let a = server(hub.node("a")).await;
    let mut alice = Watcher::creates_the_room(&a).await;
    for _ in 0..10 {
        hub.go_away();
        assert_eq!(alice.notices(3).await, []);
        hub.come_back();
        assert_eq!(alice.notices(3).await, []);
    }
    a.stop().await;
}

#[tokio::test(start_paused = true)]
async fn only_the_members_of_a_node_that_is_cut_off_are_told() {
    let hub = Hub::default();
    let (a, b) = (server(hub.node("a")).await, server(hub.node("b")).await);
    let mut alice = Watcher::creates_the_room(&a).await;
    let mut bob = Watcher::joins(&b).await;
    hub.cut_off("b");
    assert_eq!(bob.notices(10).await, [AWAY]);
    assert_eq!(alice.notices(1).await, []);
    hub.join_again("b");
    assert_eq!(bob.notices(10).await, [BACK]);
    assert_eq!(alice.notices(1).await, []);
    for server in [a, b] {
        server.stop().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_disk_that_is_full_is_told_of_as_well() {
    let disk = Disk::default();
    let server = server(disk.log()).await;
    let mut alice = Watcher::creates_the_room(&server).await;
    disk.fill();
    disk.fail();
    // The time is noted every few seconds, which shows it.
    assert_eq!(alice.next_notice().await, AWAY);
    disk.free();
    assert_eq!(alice.next_notice().await, BACK);
    server.stop().await;
}
