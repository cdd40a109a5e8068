//! A room that a node reopens while another has members of it: two that start together.

use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::nodes::{accepted, created, further};
use super::{SeatClient, Stage, den, stage_on};
use crate::protocol::denied::Refused;
use crate::protocol::event::{Fact, RoomEvent};
use crate::room::committed::{Committed, Room};
use crate::server::log::hub::Hub;
use crate::server::log::{Appended, RoomLog};
use crate::server::replica::RoomStart;

/// Everything stopped in order, and two nodes start: the room as the first one reads it, the first
/// one's log, and the second node, where Bob comes in.
async fn started_together(hub: &Hub) -> (Room, RoomLog, Stage, SeatClient) {
    let old = stage_on(hub.node("old"), created());
    let _alice = old.join("Alice").await.unwrap();
    old.log.clone().close().await;
    hub.cut_off("old");
    let first = hub.node("first");
    let read = first.open(&den()).await.unwrap().unwrap();
    let second = further(hub, "second");
    let bob = second.join("Bob").await.unwrap();
    (read, first, second, bob)
}

fn is_reopened(event: &Committed) -> bool {
    matches!(event.fact.event, RoomEvent::Reopened { .. })
}

#[tokio::test(start_paused = true)]
async fn a_room_is_not_reopened_over_somebody_whom_another_node_has_let_in() {
    let hub = Hub::default();
    let (read, log, second, mut bob) = started_together(&hub).await;
    let first = stage_on(log, RoomStart::Reopened(Box::new(read)));
    sleep(Duration::from_mins(1)).await;
    assert!(!hub.all_events(&den()).iter().any(is_reopened));
    let room = hub.room(&den()).unwrap().state;
    let here: Vec<_> = room.roster.here().map(|member| member.id).collect();
    assert_eq!(here, [bob.seated.member], "Alice was at the old node");
    second.say(bob.seated.seat, 1, "hello").await;
    let rev = accepted(&mut bob).await;
    let mut card = first.room.card.clone();
    let level = card.wait_for(|card| card.rev == rev).await;
    assert_eq!(level.unwrap().roster.count, 1, "it has joined the other");
}

#[tokio::test(start_paused = true)]
async fn who_is_said_to_be_gone_by_a_reopening_is_sent_back_and_comes_in_again() {
    let hub = Hub::default();
    let (_, first, second, bob) = started_together(&hub).await;
    let state = first.open(&den()).await.unwrap().unwrap().state;
    let event = Committed {
        fact: Fact {
            rev: state.rev.next(),
            at: state.at,
            by: None,
            seq: None,
            event: RoomEvent::Reopened {
                segment: None,
                ttl: state.ttl,
            },
            about: Vec::new(),
        },
        private: None,
    };
    let appended = first.append(&den(), state.rev, vec![event], None).await;
    assert!(matches!(appended, Ok(Appended::Agreed(_))), "{appended:?}");
    let sent_back = timeout(Duration::from_secs(1), bob.dismissed).await;
    assert_eq!(sent_back, Ok(Ok(Refused::StorageAway)));
    let mut again = second.come_back("Bob").await.unwrap();
    assert_eq!(again.seated.member, bob.seated.member);
    second.say(again.seated.seat, 1, "here again").await;
    accepted(&mut again).await;
}
