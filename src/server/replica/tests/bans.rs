//! Bans: how a banned client is recognised when admission is checked, and when its join is committed.

use super::{AdmissionAnswer, Proof, SeatClient, Stage, den, stage};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ids::MemberId;
use crate::protocol::member::BanScope;
use crate::room::secrets::{AddressHash, TokenHash};
use crate::server::credentials::token_hash;
use crate::wire::message::ServerMsg;

const THERE: Option<AddressHash> = Some(AddressHash([7; 32]));
const ELSEWHERE: Option<AddressHash> = Some(AddressHash([8; 32]));

/// Whoever comes from there, or with this token, is told that they are banned.
async fn is_stopped(stage: &Stage, from: Option<AddressHash>, token: Option<TokenHash>) {
    let answer = stage.check_admission_from(from, token, false).await;
    let is_banned = matches!(answer, AdmissionAnswer::Refused(Refused::Banned));
    assert!(is_banned, "{answer:?}");
}

async fn ban(stage: &Stage, by: &mut SeatClient, member: MemberId) {
    let answer = ban_reaching(stage, by, (1, member, BanScope::Ask)).await;
    assert!(matches!(answer, ServerMsg::Ok { .. }));
}

async fn ban_reaching(
    stage: &Stage,
    by: &mut SeatClient,
    (number, member, scope): (u64, MemberId, BanScope),
) -> ServerMsg {
    let who = MemberRef::Id(member);
    let ban = Command::Ban { who, scope };
    stage.order(by.seated.seat, number, ban).await;
    by.answer().await
}

#[tokio::test]
async fn a_quiet_second_member_from_the_same_address_does_not_undo_a_ban() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let from_there = |name| stage.arrive_from(THERE, name, (None, Proof::Token));
    let bob = from_there("Bob").await.unwrap();
    let lena = from_there("Лена").await.unwrap();
    let member = bob.seated.member;
    let asked = (1, member, BanScope::Ask);
    let ServerMsg::Denied { reason, .. } = ban_reaching(&stage, &mut alice, asked).await else {
        panic!("nobody was asked");
    };
    assert!(reason.text.contains("Лена"), "{}", reason.text);
    let Some(Denied::AddressShared(shared)) = reason.denied() else {
        panic!("{reason:?}");
    };
    assert_eq!((shared.member, shared.others.len()), (member, 1));
    let answer = stage.check_admission_from(THERE, None, false).await;
    assert!(
        matches!(answer, AdmissionAnswer::Open),
        "nothing has changed: {answer:?}"
    );

    let chosen = (2, member, BanScope::Address);
    let answer = ban_reaching(&stage, &mut alice, chosen).await;
    assert!(matches!(answer, ServerMsg::Ok { .. }), "{answer:?}");
    for sent_out in [bob, lena] {
        assert_eq!(sent_out.dismissed.await, Ok(Refused::Banned));
    }
    for token in [None, Some(token_hash("Bob")), Some(token_hash("Лена"))] {
        is_stopped(&stage, THERE, token).await;
    }
}

#[tokio::test]
async fn who_is_banned_is_stopped_at_admission_by_token_and_by_address() {
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
        is_stopped(&stage, from, token).await;
    }
    let alices = Some(token_hash("Alice"));
    for (from, token) in [(ELSEWHERE, None), (THERE, alices), (None, None)] {
        let answer = stage.check_admission_from(from, token, false).await;
        assert!(matches!(answer, AdmissionAnswer::Open), "{answer:?}");
    }
}

#[tokio::test]
async fn who_is_banned_between_admission_and_the_seat_gets_none() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let bob = stage
        .arrive_from(THERE, "Bob", (None, Proof::Token))
        .await
        .unwrap();
    let answer = stage.check_admission_from(THERE, None, false).await;
    assert!(matches!(answer, AdmissionAnswer::Open), "not yet");
    ban(&stage, &mut alice, bob.seated.member).await;
    let second = stage
        .arrive_from(THERE, "Robert", (None, Proof::Token))
        .await;
    assert_eq!(second.err(), Some(Refused::Banned));
    assert_eq!(stage.room.card.borrow().roster.count, 1);
}
