//! Who may come in is decided by the room as it is, also at a node that has missed the newest of it.

use super::nodes::two;
use super::{Proof, SeatClient, Seq, ServerMsg, Stage, den};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::Refused;
use crate::protocol::member::{BanScope, LeaveCause, Visibility};
use crate::room::secrets::{AddressHash, PasswordHash};
use crate::server::log::hub::Hub;
use crate::server::replica::message::RoomMessage;

const THERE: Option<AddressHash> = Some(AddressHash([7; 32]));

async fn done(stage: &Stage, by: &mut SeatClient, command: Command) {
    let password = matches!(command, Command::SetVisibility { .. });
    let order = RoomMessage::Command {
        seat: by.seated.seat,
        seq: Seq(1),
        command,
        password: password.then(|| PasswordHash("a hash".to_owned())),
    };
    stage.send(order).await;
    let answer = by.answer().await;
    assert!(matches!(answer, ServerMsg::Ok { .. }), "{answer:?}");
}

#[tokio::test(start_paused = true)]
async fn who_was_banned_at_another_node_gets_no_seat_at_one_that_missed_it() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let bob = b.arrive_from(THERE, "Bob", (None, Proof::Token)).await;
    let bob = bob.unwrap();
    hub.miss_news("b", true);
    let who = MemberRef::Id(bob.seated.member);
    let scope = BanScope::Address;
    done(&a, &mut alice, Command::Ban { who, scope }).await;
    let again = b.come_back("Bob").await;
    assert_eq!(again.err(), Some(Refused::Banned));
    assert_eq!(bob.dismissed.await, Ok(Refused::Banned));

    hub.miss_news("b", true);
    let other = b.arrive_from(THERE, "Robert", (None, Proof::Token)).await;
    assert_eq!(other.err(), Some(Refused::Banned));
    assert_eq!(hub.room(&den()).unwrap().state.roster.count, 1);
}

#[tokio::test(start_paused = true)]
async fn a_password_that_was_set_at_another_node_holds_at_one_that_missed_it() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let bob = b.join("Bob").await.unwrap();
    hub.miss_news("b", true);
    let private = Command::SetVisibility {
        visibility: Visibility::Private,
        password: None,
    };
    done(&a, &mut alice, private).await;
    let newcomer = b.arrive("Mallory", None, Proof::Token).await;
    assert_eq!(newcomer.err(), Some(Refused::PasswordNeeded));
    let again = b.come_back("Bob").await.unwrap();
    assert_eq!(again.seated.member, bob.seated.member, "Bob was in before");
}

#[tokio::test(start_paused = true)]
async fn who_was_kicked_at_another_node_comes_back_as_somebody_new() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let bob = b.join("Bob").await.unwrap();
    let (seat, cause) = (bob.seated.seat, LeaveCause::Lost);
    hub.miss_news("b", true);
    let who = MemberRef::Id(bob.seated.member);
    done(&a, &mut alice, Command::Kick { who }).await;
    b.send(RoomMessage::Gone { seat, cause }).await;
    let again = b.come_back("Bob").await.unwrap();
    assert_ne!(again.seated.member, bob.seated.member);
    assert!(!again.seated.returned);
}
