//! Who may come in is decided by the room as it is, also at a node that has missed the newest of it.

use super::nodes::{accepted, further, two};
use super::{
    AdmittedMember, MemberName, Proof, RoomStart, SeatClient, Seq, ServerMsg, Stage, den, hash,
    private, stage_on,
};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::Refused;
use crate::protocol::member::{BanScope, LeaveCause, Visibility};
use crate::room::secrets::{AddressHash, PasswordHash};
use crate::server::credentials::token_hash;
use crate::server::log::hub::Hub;
use crate::server::replica::message::RoomMessage;
use crate::wire::visit::VisitPurpose;

const THERE: Option<AddressHash> = Some(AddressHash([7; 32]));

const PRIVATE: Command = Command::SetVisibility {
    visibility: Visibility::Private,
    password: None,
};

async fn done(stage: &Stage, by: &mut SeatClient, command: Command) {
    let password = matches!(command, Command::SetVisibility { .. }).then(hash);
    done_with(stage, by, command, password).await;
}

async fn done_with(
    stage: &Stage,
    by: &mut SeatClient,
    command: Command,
    password: Option<PasswordHash>,
) {
    let order = RoomMessage::Command {
        seat: by.seated.seat,
        seq: Seq(1),
        command,
        password,
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
    done(&a, &mut alice, PRIVATE).await;
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

#[tokio::test(start_paused = true)]
async fn a_password_that_was_changed_at_another_node_opens_no_door_at_one_that_missed_it() {
    let hub = Hub::default();
    let a = stage_on(hub.node("a"), RoomStart::Created(private()));
    let mut alice = a.join("Alice").await.unwrap();
    let b = further(&hub, "b");
    let bob = b.join("Bob").await.unwrap();
    hub.miss_news("b", true);
    let new = PasswordHash("another hash".to_owned());
    done_with(&a, &mut alice, PRIVATE, Some(new.clone())).await;
    let mallory = b.join("Mallory").await;
    assert_eq!(mallory.err(), Some(Refused::PasswordWrong));
    let chloe = b.arrive("Chloe", None, Proof::Password(new)).await;
    assert!(chloe.is_ok());
    let again = b.come_back("Bob").await.unwrap();
    assert_eq!(again.seated.member, bob.seated.member, "Bob was in before");
}

#[tokio::test(start_paused = true)]
async fn a_room_that_was_filled_at_another_node_is_full_at_one_that_missed_it() {
    let hub = Hub::default();
    let (a, _alice, b) = two(&hub).await;
    b.limits.send_modify(|limits| limits.members = 3);
    let _bob = b.join("Bob").await.unwrap();
    hub.miss_news("b", true);
    let chloe = a.join("Chloe").await.unwrap();
    let full = Some(Refused::RoomFull { limit: 3 });
    assert_eq!(b.join("Darya").await.err(), full);
    let again = b.come_back("Chloe").await.unwrap();
    assert_eq!(again.seated.member, chloe.seated.member, "hers is a place");
    assert_eq!(hub.room(&den()).unwrap().state.roster.count, 3);
}

/// Somebody new who comes for an errand from an address.
async fn errand(stage: &Stage, from: Option<AddressHash>) -> Result<SeatClient, Refused> {
    let guest = AdmittedMember {
        name: MemberName::parse("Guest").unwrap(),
        resume: None,
        token: token_hash("guest"),
        has_player: false,
        from,
        invite: None,
    };
    let visit = |join| RoomMessage::Visit(join, VisitPurpose::Errand);
    stage.enter_by(visit, guest, Proof::Token).await
}

#[tokio::test(start_paused = true)]
async fn an_errand_at_a_node_that_missed_news_begins_all_the_same() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let _bob = b.join("Bob").await.unwrap();
    hub.miss_news("b", true);
    a.say(alice.seated.seat, 1, "hello").await;
    accepted(&mut alice).await;
    assert!(errand(&b, None).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn an_errand_of_somebody_banned_at_another_node_does_not_begin() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let bob = b.arrive_from(THERE, "Bob", (None, Proof::Token)).await;
    hub.miss_news("b", true);
    let who = MemberRef::Id(bob.unwrap().seated.member);
    let scope = BanScope::Address;
    done(&a, &mut alice, Command::Ban { who, scope }).await;
    assert_eq!(errand(&b, THERE).await.err(), Some(Refused::Banned));
}
