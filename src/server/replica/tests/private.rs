//! Private rooms: how often a password may be tried, and when a token makes it unnecessary.

use std::time::Duration;

use super::{AdmissionAnswer, Proof, hash, private_stage};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::Refused;
use crate::protocol::ids::Seq;
use crate::protocol::member::Visibility;
use crate::room::secrets::PasswordHash;
use crate::server::credentials::token_hash;
use crate::server::replica::message::{PasswordTries, RoomMessage};
use crate::wire::message::ServerMsg;

#[tokio::test(start_paused = true)]
async fn a_private_room_takes_only_so_many_guesses_and_its_members_come_and_go() {
    let stage = private_stage();
    let _alice = stage.join("Alice").await.unwrap();
    let nothing = stage.check_admission(None, false).await;
    assert!(matches!(
        nothing,
        AdmissionAnswer::Refused(Refused::PasswordNeeded)
    ));
    let mut guesses = 0;
    let retry_ms = loop {
        match stage.check_admission(None, true).await {
            AdmissionAnswer::Password(_) => guesses += 1,
            AdmissionAnswer::Refused(Refused::TooManyTries { retry_ms }) => break retry_ms,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(guesses, 30);
    // An address that never guessed wrong is not locked out by those that did.
    assert!(matches!(
        stage
            .check_admission_by(None, None, Some(PasswordTries::Own))
            .await,
        AdmissionAnswer::Password(_)
    ));
    assert!((1..=5_001).contains(&retry_ms), "{retry_ms}");
    let member = stage.check_admission(Some(token_hash("Alice")), true).await;
    assert!(matches!(member, AdmissionAnswer::Open));
    // One password was right, and its try is taken back.
    stage.send(RoomMessage::NoGuess).await;
    let _bob = stage.join("Bob").await.unwrap();
    assert!(matches!(
        stage.check_admission(None, true).await,
        AdmissionAnswer::Password(_)
    ));
    assert!(matches!(
        stage.check_admission(None, true).await,
        AdmissionAnswer::Refused(_)
    ));
    // Tries come back with time.
    tokio::time::advance(Duration::from_millis(retry_ms.into())).await;
    assert!(matches!(
        stage.check_admission(None, true).await,
        AdmissionAnswer::Password(_)
    ));
}

#[tokio::test(start_paused = true)]
async fn a_right_password_that_was_not_counted_gives_no_guess_back() {
    let stage = private_stage();
    let mut guesses = 0;
    while let AdmissionAnswer::Password(_) = stage.check_admission(None, true).await {
        guesses += 1;
    }
    assert_eq!(guesses, 30);
    for name in ["Bob", "Chloe"] {
        let own = Some(PasswordTries::Own);
        let asked = stage.check_admission_by(None, None, own).await;
        assert!(matches!(asked, AdmissionAnswer::Password(_)), "{asked:?}");
        assert!(stage.join(name).await.is_ok());
    }
    let next = stage.check_admission(None, true).await;
    let is_refused = matches!(next, AdmissionAnswer::Refused(Refused::TooManyTries { .. }));
    assert!(is_refused, "{next:?}");
}

#[tokio::test]
async fn who_is_kicked_between_admission_and_the_seat_needs_the_password() {
    let stage = private_stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let bob = stage.join("Bob").await.unwrap();
    let token = Some(token_hash("Bob"));
    assert!(matches!(
        stage.check_admission(token, false).await,
        AdmissionAnswer::Open
    ));
    let who = MemberRef::Id(bob.seated.member);
    stage
        .send(RoomMessage::Command {
            seat: alice.seated.seat,
            seq: Seq(1),
            command: Command::Kick { who },
            password: None,
        })
        .await;
    assert!(matches!(alice.answer().await, ServerMsg::Ok { .. }));
    let refused = stage.come_back("Bob").await.err();
    assert_eq!(refused, Some(Refused::PasswordNeeded));
    assert_eq!(stage.room.card.borrow().roster.count, 1);
}

#[tokio::test]
async fn who_was_checked_against_a_password_that_was_changed_since_gets_no_seat() {
    let stage = private_stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let asked = stage.check_admission(None, true).await;
    assert!(matches!(asked, AdmissionAnswer::Password(old) if old == hash()));
    let new = PasswordHash("another hash".to_owned());
    let change = RoomMessage::Command {
        seat: alice.seated.seat,
        seq: Seq(1),
        command: Command::SetVisibility {
            visibility: Visibility::Private,
            password: None,
        },
        password: Some(new.clone()),
    };
    stage.send(change).await;
    assert!(matches!(alice.answer().await, ServerMsg::Ok { .. }));
    let refused = stage.join("Mallory").await.err();
    assert_eq!(refused, Some(Refused::PasswordWrong));
    let bob = stage.arrive("Bob", None, Proof::Password(new)).await;
    assert!(bob.is_ok());
    assert!(stage.come_back("Alice").await.is_ok(), "by her token");
}
