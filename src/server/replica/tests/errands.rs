//! What an errand's socket gets, and when it ends.

use tokio::time::{Duration, sleep};

use super::nodes::{two, until};
use super::{AdmittedMember, Proof, SeatClient, Seq, ServerMsg, Stage, den, hash, somebody, stage};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::Refused;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::member::{BanScope, Visibility};
use crate::protocol::text::Emoji;
use crate::room::state::RoomState;
use crate::server::credentials::token_hash;
use crate::server::log::hub::Hub;
use crate::server::outbox::OutboxItem;
use crate::server::replica::message::RoomMessage;
use crate::wire::codec;
use crate::wire::message::{CatchUp, Health, HealthState};
use crate::wire::visit::VisitPurpose;

/// Begins an errand of somebody whom the room does not know.
async fn errand_of_guest(stage: &Stage) -> SeatClient {
    errand(stage, somebody("Guest")).await
}

/// Begins an errand of the member who first joined under this name.
async fn errand_of(stage: &Stage, name: &str) -> SeatClient {
    let arrival = AdmittedMember {
        resume: Some(token_hash(name)),
        ..somebody(name)
    };
    errand(stage, arrival).await
}

async fn errand(stage: &Stage, arrival: AdmittedMember) -> SeatClient {
    let visit = |join| RoomMessage::Visit(join, VisitPurpose::Errand);
    stage.enter_by(visit, arrival, Proof::Token).await.unwrap()
}

/// Has a command of an admin carried out.
async fn done(stage: &Stage, by: &mut SeatClient, seq: u64, command: Command) {
    let password = matches!(command, Command::SetVisibility { .. }).then(hash);
    let order = RoomMessage::Command {
        seat: by.seated.seat,
        seq: Seq(seq),
        command,
        password,
    };
    stage.send(order).await;
    let answer = by.answer().await;
    assert!(matches!(answer, ServerMsg::Ok { .. }), "{answer:?}");
}

/// Says a line, and returns all that the socket got until the answer.
async fn say(stage: &Stage, client: &mut SeatClient, line: &str) -> Vec<ServerMsg> {
    stage.say(client.seated.seat, 1, line).await;
    let mut got = Vec::new();
    loop {
        match client.next_message().await {
            ServerMsg::Ok { .. } => return got,
            other => got.push(other),
        }
    }
}

/// The next whole state that a socket gets, whichever way it is sent.
async fn next_state(client: &mut SeatClient) -> RoomState {
    loop {
        let (OutboxItem::Text(frame) | OutboxItem::State(frame)) = client.waiting.next().await;
        let message = codec::decode(frame.as_text()).expect("a message");
        if let ServerMsg::State { state } = message {
            return *state;
        }
    }
}

fn welcome(client: &SeatClient) -> &RoomState {
    match &client.seated.catch_up {
        CatchUp::State(state) => state,
        CatchUp::Events(events) => panic!("{events:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn an_errand_gets_what_its_own_member_does_and_nothing_else() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let mut guest = errand_of_guest(&stage).await;
    say(&stage, &mut alice, "between us").await;
    let seat = alice.seated.seat;
    let emoji = Emoji::parse("🎉").unwrap();
    stage.order(seat, 2, Command::React { emoji }).await;
    let health = Health {
        state: HealthState::InStep,
        ..Health::default()
    };
    stage.send(RoomMessage::Health { seat, health }).await;
    sleep(Duration::from_secs(10)).await;
    let got = say(&stage, &mut guest, "by errand").await;
    let [ServerMsg::Events { events }] = &got[..] else {
        panic!("{got:?}");
    };
    let [Fact { by, event, .. }] = &events[..] else {
        panic!("{events:?}");
    };
    assert!(matches!(event, RoomEvent::Chat(_)), "{event:?}");
    assert_eq!(*by, Some(guest.seated.member));
}

#[tokio::test(start_paused = true)]
async fn an_errand_that_asks_for_the_state_gets_what_its_welcome_has() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let mut guest = errand_of_guest(&stage).await;
    say(&stage, &mut alice, "between us").await;
    let seat = guest.seated.seat;
    stage.send(RoomMessage::State { seat }).await;
    let seen = next_state(&mut guest).await;
    assert_eq!(seen.chat.lines().count(), 0);
    assert_eq!(seen.roster, welcome(&guest).roster);
}

#[tokio::test(start_paused = true)]
async fn an_errand_gets_no_more_where_everybody_gets_the_room_anew() {
    let hub = Hub::default();
    let (a, mut alice, _b) = two(&hub).await;
    let mut guest = errand_of_guest(&a).await;
    say(&a, &mut alice, "between us").await;
    let before = hub.room(&den()).unwrap();
    a.say(alice.seated.seat, 2, "this is lost").await;
    alice.answer().await;
    hub.lose_data(before);
    assert_eq!(next_state(&mut alice).await.chat.lines().count(), 1);
    a.say(guest.seated.seat, 1, "by errand").await;
    loop {
        let (OutboxItem::Text(frame) | OutboxItem::State(frame)) = guest.waiting.next().await;
        let text = frame.as_text();
        assert!(!text.contains("between us"), "{text}");
        if let Ok(ServerMsg::Ok { .. }) = codec::decode(text) {
            break;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_errands_of_who_is_kicked_or_banned_end() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let bob = stage.join("Bob").await.unwrap();
    let errands = [
        errand_of(&stage, "Bob").await,
        errand_of(&stage, "Bob").await,
    ];
    let guest = errand_of_guest(&stage).await;
    let who = MemberRef::Id(bob.seated.member);
    done(&stage, &mut alice, 1, Command::Kick { who }).await;
    for errand in errands {
        assert_eq!(errand.dismissed.await, Ok(Refused::Kicked));
    }
    let who = MemberRef::Id(guest.seated.member);
    let scope = BanScope::Member;
    done(&stage, &mut alice, 2, Command::Ban { who, scope }).await;
    assert_eq!(guest.dismissed.await, Ok(Refused::Banned));
}

#[tokio::test(start_paused = true)]
async fn the_errand_of_who_is_banned_at_another_node_ends() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let guest = errand_of_guest(&b).await;
    let is_guest = |event: &RoomEvent| matches!(event, RoomEvent::Presence { joined, .. } if joined.iter().any(|member| member.id == guest.seated.member));
    until(&mut alice, is_guest).await;
    let who = MemberRef::Id(guest.seated.member);
    let scope = BanScope::Member;
    done(&a, &mut alice, 1, Command::Ban { who, scope }).await;
    assert_eq!(guest.dismissed.await, Ok(Refused::Banned));
}

#[tokio::test(start_paused = true)]
async fn when_a_room_becomes_private_the_errands_end_of_those_who_are_not_in_it() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let _bob = stage.join("Bob").await.unwrap();
    let mut bobs = errand_of(&stage, "Bob").await;
    let guest = errand_of_guest(&stage).await;
    let private = Command::SetVisibility {
        visibility: Visibility::Private,
        password: None,
    };
    done(&stage, &mut alice, 1, private).await;
    assert_eq!(guest.dismissed.await, Ok(Refused::PasswordNeeded));
    say(&stage, &mut bobs, "still here").await;
}
