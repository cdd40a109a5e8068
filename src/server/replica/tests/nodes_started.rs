//! What the rooms of a node ask others that starts beside them.

use std::time::{Duration, SystemTime};

use tokio::time::{Instant, timeout};

use super::nodes::created;
use super::nodes_told::{EPOCH, opened, reports, watching};
use super::{Proof, den, hash, somebody};
use crate::protocol::command::Report;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::RoomId;
use crate::server::clock::NodeClock;
use crate::server::log::hub::Hub;
use crate::server::log::{FromOthers, RoomLog};
use crate::server::replica::lone_room::{LoneNode, LoneNodeEnds};
use crate::server::replica::message::{Join, RoomMessage};
use crate::server::replica::{RoomContext, RoomStart, start};

fn node(log: RoomLog) -> (RoomContext, LoneNodeEnds) {
    let alive_until = log.newest_at().unwrap_or_default();
    let clock = NodeClock::start(SystemTime::now(), None, None);
    let node = LoneNode {
        log,
        clock,
        alive_until,
    };
    node.context()
}

#[tokio::test(start_paused = true)]
async fn the_rooms_of_a_node_that_starts_ask_one_after_another_if_somebody_is_in_them() {
    const ROOMS: usize = 100;
    let hub = Hub::default();
    let (a, _a_ends) = node(hub.node("a"));
    let ids: Vec<RoomId> = (0..ROOMS)
        .map(|number| RoomId::parse(&format!("room-{number}")).unwrap())
        .collect();
    let empty = RoomId::parse("empty").unwrap();
    let mut rooms = Vec::new();
    for id in ids.iter().chain([&empty]) {
        let handle = start(id.clone(), created(), a.clone());
        let (join, ends) = Join::new(somebody("Alice"), Proof::Password(hash()), None);
        if *id != empty {
            let message = Box::new(RoomMessage::Join(join));
            handle.inbox.send(message).await.unwrap();
            ends.seated.await.unwrap().unwrap();
        }
        let mut card = handle.card.clone();
        let _there = card.wait_for(|card| card.rev.0 > 0).await.unwrap();
        rooms.push((handle, ends.waiting));
    }
    let mut told: Vec<_> = ids.iter().map(|id| a.log.follow(id)).collect();
    let mut told_of_empty = a.log.follow(&empty);
    let begun = Instant::now();
    let (b, _b_ends) = node(hub.node("b"));
    let mut beside = Vec::new();
    for id in ids.iter().chain([&empty]) {
        let room = Box::new(hub.room(id).unwrap());
        beside.push(start(id.clone(), RoomStart::Followed(room), b.clone()));
    }
    let mut asked = Vec::new();
    for told in &mut told {
        let asks = async {
            while !matches!(told.next().await, FromOthers::Told { message, .. }
                if message.as_ref() == br#""ask_reports""#)
            {}
        };
        timeout(Duration::from_secs(10), asks)
            .await
            .expect("each asks");
        asked.push(begun.elapsed());
    }
    let apart = Duration::from_millis(4);
    let spaced = asked.windows(2).all(|pair| pair[0] + apart <= pair[1]);
    assert!(spaced, "{asked:?}");
    let asks = timeout(Duration::from_secs(10), told_of_empty.next()).await;
    assert!(asks.is_err(), "nobody is in it: {asks:?}");
}

#[tokio::test(start_paused = true)]
async fn a_node_concludes_nothing_from_reports_before_it_has_asked_for_all() {
    let hub = Hub::default();
    let [(a, alice), (b, boris)] = watching(&hub).await;
    reports(&a, &alice, opened()).await;
    reports(&b, &boris, opened()).await;
    let (c, _c_ends) = node(hub.node("c"));
    tokio::time::sleep(Duration::from_mins(2)).await;
    // A thousand other rooms have their turns first.
    for _ in 0..1_000 {
        let _turn = c.cluster.asks.turn(Instant::now());
    }
    let known = hub.room(&den()).unwrap();
    let rev = known.state.rev;
    let _at_c = start(den(), RoomStart::Followed(Box::new(known)), c);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let failed = Report::Failed {
        epoch: EPOCH,
        code: FailureCode::Gone,
        retrying: false,
    };
    reports(&b, &boris, failed).await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    let events = hub.all_events(&den());
    let newer: Vec<_> = events.iter().filter(|event| event.fact.rev > rev).collect();
    assert!(newer.is_empty(), "Alice still watches: {newer:?}");
}
