//! One room at several nodes that share a log.

use super::{
    Join, Proof, Rev, SeatClient, Seq, ServerMsg, Stage, created_empty, den, somebody, stage_on,
};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::MemberId;
use crate::protocol::member::{LeaveCause, Member, Role};
use crate::room::decide::AdmittedMember;
use crate::room::secrets::AddressHash;
use crate::server::log::hub::{Hub, Lost};
use crate::server::replica::message::RoomMessage;
use crate::server::replica::{NewRoom, RoomStart};
use crate::test_support::public_creation;
use crate::wire::message::CatchUp;

pub(super) fn created() -> RoomStart {
    created_empty(public_creation())
}

/// The room at a further node.
pub(super) fn further(hub: &Hub, name: &str) -> Stage {
    let log = hub.node(name);
    let room = hub.room(&den()).expect("the room");
    stage_on(log, RoomStart::Followed(Box::new(room)))
}

/// Two nodes, of which the first created the room for Alice.
pub(super) async fn two(hub: &Hub) -> (Stage, SeatClient, Stage) {
    let a = stage_on(hub.node("a"), created());
    let alice = a.join("Alice").await.unwrap();
    let b = further(hub, "b");
    (a, alice, b)
}

/// The next events that a client gets.
async fn events(client: &mut SeatClient) -> Vec<Fact> {
    loop {
        if let ServerMsg::Events { events } = client.next_message().await {
            return events;
        }
    }
}

/// Reads events until one of these comes, and returns it.
pub(super) async fn until(client: &mut SeatClient, is_it: impl Fn(&RoomEvent) -> bool) -> Fact {
    loop {
        let found = events(client)
            .await
            .into_iter()
            .find(|fact| is_it(&fact.event));
        if let Some(fact) = found {
            return fact;
        }
    }
}

/// The lines of the next state that a client gets.
async fn lines(client: &mut SeatClient) -> Vec<String> {
    loop {
        if let ServerMsg::State { state } = client.next_message().await {
            let lines = state.chat.lines();
            return lines.map(|line| line.text.as_str().to_owned()).collect();
        }
    }
}

fn says(event: &RoomEvent, line: &str) -> bool {
    matches!(event, RoomEvent::Chat(chat) if chat.text.as_str() == line)
}

fn is_departure(event: &RoomEvent) -> bool {
    matches!(event, RoomEvent::Presence { left, .. } if !left.is_empty())
}

pub(super) async fn accepted(client: &mut SeatClient) -> Rev {
    match client.answer().await {
        ServerMsg::Ok { rev, .. } => rev,
        other => panic!("{other:?}"),
    }
}

async fn storage_away(client: &mut SeatClient) {
    match client.answer().await {
        ServerMsg::Denied { reason, .. } => {
            assert_eq!(reason.denied(), Some(Denied::StorageAway));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn the_address_of_a_rooms_creator_is_hashed_with_its_key_as_that_of_others() {
    let hub = Hub::default();
    let from = AddressHash([7; 32]);
    let alice = AdmittedMember {
        from: Some(from),
        ..somebody("Alice")
    };
    let (join, _ends) = Join::new(alice, Proof::Token, None);
    let new_room = NewRoom {
        creation: public_creation(),
        joins: vec![*join],
    };
    let a = stage_on(hub.node("a"), RoomStart::Created(new_room));
    let bob = a.arrive_from(Some(from), "Bob", (None, Proof::Token)).await;
    let bob = bob.unwrap().seated.member;
    let secrets = hub.room(&den()).expect("the room").secrets;
    let stored = secrets.address(MemberId(1)).expect("an address");
    assert_eq!(secrets.address(bob), Some(stored));
    assert_ne!(
        stored, from,
        "who does not know the key learns nothing from it"
    );
}

#[tokio::test(start_paused = true)]
async fn there_is_no_room_that_its_creator_has_not_joined() {
    let hub = Hub::default();
    let (join, ends) = Join::new(somebody("Alice"), Proof::Token, None);
    let new_room = NewRoom {
        creation: public_creation(),
        joins: vec![*join],
    };
    let _a = stage_on(hub.node("a"), RoomStart::Created(new_room));
    let mut appeared = hub.node("b").nodes().appeared.expect("it was not taken");
    appeared.recv().await.expect("the room appears");
    let room = hub.room(&den()).expect("the room");
    let alice = room.state.roster.get(MemberId(1)).expect("a member");
    assert_eq!((alice.role, alice.is_here()), (Role::Admin, true));
    let seated = ends.seated.await.unwrap().unwrap();
    assert_eq!((seated.member, seated.returned), (MemberId(1), false));
}

#[tokio::test(start_paused = true)]
async fn members_at_two_nodes_are_in_one_room_with_one_order() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let mut bob = b.join("Bob").await.unwrap();
    let CatchUp::State(state) = &bob.seated.catch_up else {
        panic!("a newcomer gets the state");
    };
    assert_eq!(state.roster.here().count(), 2);
    a.say(alice.seated.seat, 1, "hello").await;
    b.say(bob.seated.seat, 1, "hi").await;
    let (first, second) = (accepted(&mut alice).await, accepted(&mut bob).await);
    assert_ne!(first, second);
    for (stage, client, line) in [(&a, &mut alice, "end a"), (&b, &mut bob, "end b")] {
        stage.say(client.seated.seat, 2, line).await;
        accepted(client).await;
    }
    let room = hub.room(&den()).unwrap();
    assert_eq!(room.state.chat.lines().count(), 4);
    assert_eq!(room.state.roster.count, 2);
    let rev = room.state.rev;
    for stage in [&a, &b] {
        let mut card = stage.room.card.clone();
        let caught_up = card.wait_for(|card| card.rev == rev).await;
        assert_eq!(caught_up.unwrap().roster.count, 2);
    }
}

#[tokio::test(start_paused = true)]
async fn who_creates_a_room_second_has_the_room_of_the_first() {
    let hub = Hub::default();
    let a = stage_on(hub.node("a"), created());
    let _alice = a.join("Alice").await.unwrap();
    let mut b = stage_on(hub.node("b"), created());
    let ended = b.ended.recv().await.expect("an end");
    let other = ended.other.expect("the room of the first");
    assert_eq!(Some(*other), hub.room(&den()));
}

#[tokio::test(start_paused = true)]
async fn who_comes_to_another_node_is_the_same_member_and_only_there() {
    let hub = Hub::default();
    let (a, alice, b) = two(&hub).await;
    let again = b.come_back("Alice").await.unwrap();
    assert_eq!(again.seated.member, alice.seated.member);
    assert_eq!(alice.dismissed.await, Ok(Refused::Replaced));
    let seat = alice.seated.seat;
    let cause = LeaveCause::Lost;
    a.send(RoomMessage::Gone { seat, cause }).await;
    let bob = a.join("Bob").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_mins(1)).await;
    let here = hub.room(&den()).unwrap().state.roster.count;
    assert_eq!(here, 2, "{bob:?} and Alice", bob = bob.seated.member);
}

#[tokio::test(start_paused = true)]
async fn the_members_of_a_dead_node_depart_once_and_come_back_as_they_were() {
    let hub = Hub::default();
    let (a, alice, b) = two(&hub).await;
    let mut bob = b.join("Bob").await.unwrap();
    let c = further(&hub, "c");
    let _chloe = c.join("Chloe").await.unwrap();
    let _darya = a.join("Darya").await.unwrap();
    hub.cut_off("a");
    hub.gone("a");
    until(&mut bob, is_departure).await;
    tokio::time::sleep(std::time::Duration::from_mins(1)).await;
    let departures = hub.all_events(&den());
    let departed = departures
        .iter()
        .filter_map(|event| match &event.fact.event {
            RoomEvent::Presence { left, .. } if !left.is_empty() => Some(left.len()),
            _ => None,
        });
    assert_eq!(departed.collect::<Vec<_>>(), [2]);
    let again = b.come_back("Alice").await.unwrap();
    assert_eq!(again.seated.member, alice.seated.member);
    let room = hub.room(&den()).unwrap();
    let role = room
        .state
        .roster
        .get(alice.seated.member)
        .map(|member| member.role);
    assert_eq!((role, room.state.roster.count), (Some(Role::Admin), 3));
}

#[tokio::test(start_paused = true)]
async fn who_comes_back_elsewhere_soon_enough_has_not_left() {
    let hub = Hub::default();
    let (_a, alice, b) = two(&hub).await;
    hub.cut_off("a");
    hub.gone("a");
    let again = b.come_back("Alice").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_mins(1)).await;
    assert!(
        hub.all_events(&den())
            .iter()
            .all(|event| !is_departure(&event.fact.event))
    );
    let room = hub.room(&den()).unwrap();
    let here = room
        .state
        .roster
        .get(again.seated.member)
        .is_some_and(Member::is_here);
    assert!(here && again.seated.member == alice.seated.member);
}

#[tokio::test(start_paused = true)]
async fn a_node_that_was_cut_off_sends_those_back_whom_the_others_gave_up() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let mut bob = b.join("Bob").await.unwrap();
    hub.cut_off("a");
    a.say(alice.seated.seat, 1, "anyone?").await;
    storage_away(&mut alice).await;
    hub.gone("a");
    until(&mut bob, is_departure).await;
    hub.join_again("a");
    assert_eq!(alice.dismissed.await, Ok(Refused::StorageAway));
    let again = a.come_back("Alice").await.unwrap();
    assert_eq!(again.seated.member, alice.seated.member);
}

#[tokio::test(start_paused = true)]
async fn a_node_that_missed_news_catches_up_when_it_is_told_to_check() {
    let hub = Hub::default();
    let (a, alice, b) = two(&hub).await;
    let mut bob = b.join("Bob").await.unwrap();
    hub.miss_news("b", true);
    a.say(alice.seated.seat, 1, "one").await;
    a.say(alice.seated.seat, 2, "two").await;
    let mut card = a.room.card.clone();
    let _said = card
        .wait_for(|card| card.rev.0 >= bob.seated_rev().0 + 2)
        .await;
    hub.miss_news("b", false);
    until(&mut bob, |event| says(event, "two")).await;
}

#[tokio::test(start_paused = true)]
async fn a_command_that_was_lost_in_the_middle_is_answered_by_what_the_log_has() {
    for (lost, is_kept) in [(Lost::Answer, true), (Lost::Events, false)] {
        let hub = Hub::default();
        let (a, mut alice, _b) = two(&hub).await;
        hub.lose_next("a", lost);
        a.say(alice.seated.seat, 1, "hello").await;
        a.say(alice.seated.seat, 2, "are you there?").await;
        let first = alice.answer().await;
        let ServerMsg::Denied { seq, .. } = first else {
            panic!("{first:?}");
        };
        assert_eq!(seq, Seq(2), "the first is not answered yet");
        hub.join_again("a");
        if is_kept {
            accepted(&mut alice).await;
        } else {
            storage_away(&mut alice).await;
        }
        let lines = hub.room(&den()).unwrap().state.chat.lines().count();
        assert_eq!(lines, usize::from(is_kept));
    }
}

#[tokio::test(start_paused = true)]
async fn where_data_was_lost_everybody_gets_the_room_as_it_is_now() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let mut bob = b.join("Bob").await.unwrap();
    let before = hub.room(&den()).unwrap();
    a.say(alice.seated.seat, 1, "this is lost").await;
    until(&mut bob, |event| says(event, "this is lost")).await;
    hub.lose_data(before.clone());
    for client in [&mut alice, &mut bob] {
        let state = loop {
            if let ServerMsg::State { state } = client.next_message().await {
                break state;
            }
        };
        assert_eq!(state.rev, before.state.rev);
    }
    a.say(alice.seated.seat, 2, "again").await;
    until(&mut bob, |event| says(event, "again")).await;
}

#[tokio::test(start_paused = true)]
async fn what_the_log_has_lost_is_written_back_by_the_node_that_has_it() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let mut bob = b.join("Bob").await.unwrap();
    hub.miss_news("b", true);
    a.say(alice.seated.seat, 1, "only a knows").await;
    let rev = accepted(&mut alice).await;
    hub.go_away();
    a.say(alice.seated.seat, 2, "nobody knows").await;
    storage_away(&mut alice).await;
    hub.come_back_without(&den(), 3);
    assert!(hub.room(&den()).unwrap().state.rev < rev);
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(hub.mended(&den()), []);
    assert_eq!(hub.room(&den()).unwrap().state.rev, rev);
    hub.miss_news("b", false);
    assert_eq!(lines(&mut bob).await, ["only a knows"]);
    a.say(alice.seated.seat, 3, "again").await;
    until(&mut bob, |event| says(event, "again")).await;
}

#[tokio::test(start_paused = true)]
async fn what_only_a_dead_node_had_is_lost_and_the_log_has_another_id() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let mut bob = b.join("Bob").await.unwrap();
    let before = hub.id();
    hub.miss_news("b", true);
    a.say(alice.seated.seat, 1, "only a knows").await;
    let rev = accepted(&mut alice).await;
    hub.cut_off("a");
    hub.come_back_without(&den(), 2);
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let lost = hub.mended(&den());
    assert_eq!(lost.last().map(|event| event.fact.rev), Some(rev));
    assert_ne!(hub.id(), before);
    b.say(bob.seated.seat, 1, "who is here?").await;
    until(&mut bob, |event| says(event, "who is here?")).await;
    hub.join_again("a");
    assert_eq!(lines(&mut alice).await, ["who is here?"]);
}

impl SeatClient {
    /// The rev of the state that it came with.
    fn seated_rev(&self) -> Rev {
        match &self.seated.catch_up {
            CatchUp::State(state) => state.rev,
            CatchUp::Events(events) => events.last().map_or(Rev(0), |fact| fact.rev),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_log_that_wants_a_snapshot_gets_one_and_what_was_missed_is_taken() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let mut bob = b.join("Bob").await.unwrap();
    hub.miss_news("b", true);
    b.say(bob.seated.seat, 1, "from b").await;
    accepted(&mut bob).await;
    hub.want_snapshot();
    b.say(bob.seated.seat, 2, "again").await;
    accepted(&mut bob).await;
    // The node does not know of it when it offers its snapshot.
    a.say(alice.seated.seat, 1, "from a").await;
    accepted(&mut alice).await;
    until(&mut bob, |event| says(event, "from a")).await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert!(!hub.wants_snapshot());
}
