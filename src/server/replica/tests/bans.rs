//! Bans: by what somebody is recognised at the gate and on the way to a seat.

use super::{Gate, Guest, Proof, Stage, den, stage};
use crate::protocol::command::{Command, Who};
use crate::protocol::denied::Refused;
use crate::protocol::ids::{MemberId, Seq};
use crate::room::secrets::AddressHash;
use crate::server::credentials::token_hash;
use crate::server::replica::message::Message;
use crate::wire::message::ServerMsg;

const THERE: Option<AddressHash> = Some(AddressHash([7; 32]));
const ELSEWHERE: Option<AddressHash> = Some(AddressHash([8; 32]));

async fn ban(stage: &Stage, by: &mut Guest, member: MemberId) {
    let who = Who::Id(member);
    stage
        .tell(Message::Command {
            seat: by.seated.seat,
            seq: Seq(1),
            command: Command::Ban { who },
        })
        .await;
    assert!(matches!(by.answer().await, ServerMsg::Ok { .. }));
}

#[tokio::test]
async fn who_is_banned_is_stopped_at_the_gate_by_token_and_by_address() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let bob = stage
        .arrive_from(THERE, "Bob", (None, Proof::Token))
        .await
        .unwrap();
    let kept = stage.log.open(&den()).await.unwrap().unwrap();
    let address = kept.secrets.address(bob.seated.member);
    assert!(address.is_some() && address != THERE, "mixed with the key");
    ban(&stage, &mut alice, bob.seated.member).await;
    assert_eq!(bob.dismissed.await, Ok(Refused::Banned));

    let own = Some(token_hash("Bob"));
    for (from, token) in [(ELSEWHERE, own), (None, own), (THERE, None)] {
        let gate = stage.knock_from(from, token, false).await;
        assert!(matches!(gate, Gate::Closed(Refused::Banned)), "{gate:?}");
    }
    let alices = Some(token_hash("Alice"));
    for (from, token) in [(ELSEWHERE, None), (THERE, alices), (None, None)] {
        let gate = stage.knock_from(from, token, false).await;
        assert!(matches!(gate, Gate::Open), "{gate:?}");
    }
}

#[tokio::test]
async fn who_is_banned_between_the_gate_and_the_seat_gets_none() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let bob = stage
        .arrive_from(THERE, "Bob", (None, Proof::Token))
        .await
        .unwrap();
    let gate = stage.knock_from(THERE, None, false).await;
    assert!(matches!(gate, Gate::Open), "not yet");
    ban(&stage, &mut alice, bob.seated.member).await;
    let second = stage
        .arrive_from(THERE, "Robert", (None, Proof::Token))
        .await;
    assert_eq!(second.err(), Some(Refused::Banned));
    assert_eq!(stage.room.card.borrow().roster.count, 1);
}
