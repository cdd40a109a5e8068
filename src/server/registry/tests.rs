//! A registry whose rooms end, without a server around it.

use std::time::SystemTime;

use tokio::sync::mpsc;

use super::appeared::Searches;
use super::{
    CreationSecrets, Creators, ListingCache, PendingSearches, Registry, RoomStart, RunningRooms,
};
use crate::protocol::ids::RoomId;
use crate::server::clock::NodeClock;
use crate::server::log::RoomLog;
use crate::server::log::hub::Hub;
use crate::server::replica::lone_room::{LoneNode, LoneNodeEnds};
use crate::server::replica::{NewRoom, message::Handle};
use crate::test_support::public_creation;

fn registry_on(log: &RoomLog) -> (Registry, LoneNodeEnds) {
    let node = LoneNode {
        log: log.clone(),
        clock: NodeClock::start(SystemTime::now(), None, None),
        alive_until: log.newest_at().unwrap_or_default(),
    };
    let (context, mut ends) = node.context();
    let (requests, _inbox) = mpsc::channel(1);
    let (_, nothing) = mpsc::channel(1);
    let (_, appeared) = mpsc::channel(1);
    let shutdown = context.shutdown.clone();
    let registry = Registry {
        rooms: RunningRooms::default(),
        pending: PendingSearches::new(&requests),
        searches: Searches::start(Some(appeared), log.clone(), requests, shutdown),
        secrets: CreationSecrets::default(),
        creators: Creators::new(log.held_by_addresses()),
        context,
        gallery: ListingCache::default(),
        ended: std::mem::replace(&mut ends.ended, nothing),
    };
    (registry, ends)
}

/// Begins a room with nobody in it.
fn create(registry: &mut Registry, id: &RoomId) -> Handle {
    let new = NewRoom {
        creation: public_creation(),
        joins: Vec::new(),
    };
    registry.begin(id.clone(), RoomStart::Created(new))
}

#[tokio::test(start_paused = true)]
async fn a_room_that_reports_its_end_while_it_is_looked_for_is_begun_once() {
    let hub = Hub::default();
    let den = RoomId::parse("den").unwrap();
    let (mut first, _first_ends) = registry_on(&hub.node("a"));
    let kept = create(&mut first, &den);
    let mut card = kept.card.clone();
    let _there = card.wait_for(|card| card.rev.0 > 0).await.unwrap();
    let (mut second, _ends) = registry_on(&hub.node("b"));
    // It comes second, so its task ends, and the room of the first is to be begun.
    create(&mut second, &den).inbox.closed().await;
    let found = second.find(&den).await.unwrap().expect("the room");
    while let Ok(ended) = second.ended.try_recv() {
        second.forget(ended);
    }
    let listed = second.rooms.find(&den).expect("it runs");
    assert!(found.inbox.same_channel(&listed.inbox), "two tasks run");
}
