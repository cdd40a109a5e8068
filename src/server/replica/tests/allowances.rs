//! How much one member may say, and how often they may come and go, over all their connections, in
//! virtual time.

use std::time::Duration;

use tokio::time::advance;

use super::nodes::two;
use super::{Proof, SeatClient, Stage, stage};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ids::Seq;
use crate::room::secrets::AddressHash;
use crate::server::log::hub::Hub;
use crate::wire::message::ServerMsg;

const THERE: Option<AddressHash> = Some(AddressHash([7; 32]));

/// Says a line and returns its answer.
async fn try_chat(stage: &Stage, by: &mut SeatClient, number: u64) -> Result<Seq, Denied> {
    stage.say(by.seated.seat, number, "hi").await;
    match by.answer().await {
        ServerMsg::Ok { seq, .. } => Ok(seq),
        ServerMsg::Denied { reason, .. } => Err(reason.denied().unwrap().clone()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn who_connects_anew_has_no_more_to_say_than_before() {
    let stage = stage();
    let bob = stage.join("Bob").await.unwrap();
    for number in 1..=8 {
        stage.say(bob.seated.seat, number, "hi").await;
    }
    let mut bob = stage.come_back("Bob").await.unwrap();
    let denied = try_chat(&stage, &mut bob, 9).await;
    assert!(matches!(denied, Err(Denied::TooFast { .. })), "{denied:?}");
    // A command that was carried out before is answered, and not counted again.
    assert_eq!(try_chat(&stage, &mut bob, 8).await, Ok(Seq(8)));
    advance(Duration::from_secs(1)).await;
    assert_eq!(try_chat(&stage, &mut bob, 10).await, Ok(Seq(10)));
}

#[tokio::test(start_paused = true)]
async fn who_connects_anew_again_and_again_has_to_wait() {
    let stage = stage();
    let _bob = stage.join("Bob").await.unwrap();
    let mut here = Vec::new();
    for _ in 0..12 {
        here.push(stage.come_back("Bob").await.unwrap());
    }
    let refused = stage.come_back("Bob").await.err();
    assert!(
        matches!(refused, Some(Refused::TooManyJoins { .. })),
        "{refused:?}"
    );
    // The last client to join is still there.
    assert!(here.pop().unwrap().dismissed.try_recv().is_err());
    advance(Duration::from_secs(3)).await;
    assert!(stage.come_back("Bob").await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn viewers_at_one_address_share_what_they_may_say_and_take_nothing_from_who_keeps_order() {
    let stage = stage();
    let from_there = |name| stage.arrive_from(THERE, name, (None, Proof::Token));
    let mut alice = from_there("Alice").await.unwrap();
    let mut crowd = Vec::new();
    for name in ["Bob", "Cem", "Dora", "Eve", "Finn"] {
        crowd.push(from_there(name).await.unwrap());
    }
    let mut last = crowd.pop().unwrap();
    for client in &crowd {
        for number in 1..=8 {
            stage.say(client.seated.seat, number, "hi").await;
        }
    }
    let denied = try_chat(&stage, &mut last, 1).await;
    assert!(matches!(denied, Err(Denied::TooFast { .. })), "{denied:?}");
    assert_eq!(
        try_chat(&stage, &mut alice, 1).await,
        Ok(Seq(1)),
        "the admin"
    );
}

#[tokio::test(start_paused = true)]
async fn who_comes_to_another_node_has_no_more_to_say_there() {
    let hub = Hub::default();
    let (a, _alice, b) = two(&hub).await;
    let mut bob = a.join("Bob").await.unwrap();
    for number in 1..=8 {
        assert_eq!(try_chat(&a, &mut bob, number).await, Ok(Seq(number)));
    }
    let mut bob = b.come_back("Bob").await.unwrap();
    let denied = try_chat(&b, &mut bob, 9).await;
    assert!(matches!(denied, Err(Denied::TooFast { .. })), "{denied:?}");
    advance(Duration::from_secs(1)).await;
    assert_eq!(try_chat(&b, &mut bob, 10).await, Ok(Seq(10)));
}

#[tokio::test(start_paused = true)]
async fn who_goes_from_node_to_node_again_and_again_has_to_wait() {
    let hub = Hub::default();
    let (a, _alice, b) = two(&hub).await;
    let mut here = vec![a.join("Bob").await.unwrap()];
    for n in 0..12 {
        let stage = if n % 2 == 0 { &b } else { &a };
        here.push(stage.come_back("Bob").await.unwrap());
    }
    let refused = b.come_back("Bob").await.err();
    assert!(
        matches!(refused, Some(Refused::TooManyJoins { .. })),
        "{refused:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn viewers_at_one_address_share_what_they_may_say_at_all_nodes() {
    let hub = Hub::default();
    let (a, _alice, b) = two(&hub).await;
    for (n, name) in ["Bob", "Cem", "Dora", "Eve"].into_iter().enumerate() {
        let stage = if n % 2 == 0 { &a } else { &b };
        let arriving = stage.arrive_from(THERE, name, (None, Proof::Token));
        let mut client = arriving.await.unwrap();
        for number in 1..=8 {
            let said = try_chat(stage, &mut client, number).await;
            assert_eq!(said, Ok(Seq(number)), "{name}");
        }
    }
    let arriving = b.arrive_from(THERE, "Finn", (None, Proof::Token));
    let mut finn = arriving.await.unwrap();
    let denied = try_chat(&b, &mut finn, 1).await;
    assert!(matches!(denied, Err(Denied::TooFast { .. })), "{denied:?}");
}
