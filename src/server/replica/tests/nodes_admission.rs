//! Who may come in is decided by the room as it is, also at a node that has missed the newest of it.

use tokio::sync::oneshot;

use super::nodes::{accepted, further, two};
use super::{
    AdmissionAnswer, AdmissionQuestion, AdmittedMember, BroughtPassword, MemberName, PasswordTries,
    Proof, SeatClient, Seq, ServerMsg, Stage, created_empty, den, hash, private, stage_on,
};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::Refused;
use crate::protocol::member::{BanScope, LeaveCause, Visibility};
use crate::room::secrets::TokenHash;
use crate::room::secrets::{AddressHash, PasswordHash};
use crate::server::credentials::token_hash;
use crate::server::log::hub::{Hub, Lost};
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
    let a = stage_on(hub.node("a"), created_empty(private()));
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

/// A private room at two nodes.
async fn private_two(hub: &Hub) -> (Stage, SeatClient, Stage) {
    let a = stage_on(hub.node("a"), created_empty(private()));
    let alice = a.join("Alice").await.unwrap();
    let b = further(hub, "b");
    // Once it answers, it has begun.
    let known = b.check_admission(Some(token_hash("Alice")), false).await;
    assert!(matches!(known, AdmissionAnswer::Open), "{known:?}");
    (a, alice, b)
}

/// What a guess is answered.
async fn guess(
    stage: &Stage,
    invite: Option<TokenHash>,
    password: BroughtPassword,
) -> AdmissionAnswer {
    let (reply, answer) = oneshot::channel();
    let question = AdmissionQuestion {
        resume: None,
        from: None,
        invite,
        password,
        only_private: false,
        tries: PasswordTries::Shared,
        reply,
    };
    stage.send(RoomMessage::CheckAdmission(question)).await;
    answer.await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn strangers_have_the_log_asked_only_so_often() {
    let hub = Hub::default();
    let (_a, _alice, b) = private_two(&hub).await;
    let before = hub.questions();
    for _ in 0..50 {
        let answer = b.check_admission(None, false).await;
        let needed = AdmissionAnswer::Refused(Refused::PasswordNeeded);
        assert_eq!(format!("{answer:?}"), format!("{needed:?}"));
        let refused = b.arrive("Mallory", None, Proof::Token).await.err();
        assert_eq!(refused, Some(Refused::PasswordNeeded));
    }
    assert_eq!(hub.questions() - before, 10);
    tokio::time::advance(std::time::Duration::from_secs(1)).await;
    assert!(b.arrive("Mallory", None, Proof::Token).await.is_err());
    assert_eq!(hub.questions() - before, 11);
    assert!(b.join("Bob").await.is_ok());
    assert_eq!(hub.questions() - before, 11, "who is right asks nothing");
}

#[tokio::test(start_paused = true)]
async fn a_wrong_guess_has_the_log_asked_once_and_none_beyond_their_limit() {
    let hub = Hub::default();
    let (_a, _alice, b) = private_two(&hub).await;
    let before = hub.questions();
    let asked = guess(&b, None, BroughtPassword::Unchecked).await;
    assert!(matches!(asked, AdmissionAnswer::Password(_)), "{asked:?}");
    assert_eq!(hub.questions() - before, 0, "it may be right");
    let wrong = guess(&b, None, BroughtPassword::Wrong(hash())).await;
    let refused = AdmissionAnswer::Refused(Refused::PasswordWrong);
    assert_eq!(format!("{wrong:?}"), format!("{refused:?}"));
    assert_eq!(hub.questions() - before, 1);
    let mut invites = 0;
    let invite = Some(token_hash("no invite"));
    while let AdmissionAnswer::Refused(Refused::InviteInvalid) =
        guess(&b, invite, BroughtPassword::None).await
    {
        invites += 1;
    }
    assert_eq!(invites, 29, "the room takes 30 guesses");
    assert_eq!(hub.questions() - before, 30);
}

#[tokio::test(start_paused = true)]
async fn who_gets_in_after_all_has_made_no_guess() {
    let hub = Hub::default();
    let (a, mut alice, b) = private_two(&hub).await;
    hub.miss_news("b", true);
    let public = Command::SetVisibility {
        visibility: Visibility::Public,
        password: None,
    };
    done_with(&a, &mut alice, public, None).await;
    let invite = Some(token_hash("no invite"));
    let open = guess(&b, invite, BroughtPassword::None).await;
    assert!(matches!(open, AdmissionAnswer::Open), "{open:?}");
    let order = RoomMessage::Command {
        seat: alice.seated.seat,
        seq: Seq(2),
        command: PRIVATE,
        password: Some(hash()),
    };
    a.send(order).await;
    alice.answer().await;
    let refused = b.arrive("Mallory", None, Proof::Token).await.err();
    assert_eq!(refused, Some(Refused::PasswordNeeded));
    let mut guesses = 0;
    while let AdmissionAnswer::Password(_) = guess(&b, None, BroughtPassword::Unchecked).await {
        guesses += 1;
    }
    assert_eq!(guesses, 30);
}

#[tokio::test(start_paused = true)]
async fn a_node_that_does_not_reach_the_log_calls_nobody_wrong() {
    let hub = Hub::default();
    let (_a, _alice, b) = private_two(&hub).await;
    hub.cut_off("b");
    let wrong = guess(&b, None, BroughtPassword::Wrong(hash())).await;
    let away = AdmissionAnswer::Refused(Refused::StorageAway);
    assert_eq!(format!("{wrong:?}"), format!("{away:?}"));
    let invite = Some(token_hash("an invite"));
    let invited = guess(&b, invite, BroughtPassword::None).await;
    assert_eq!(format!("{invited:?}"), format!("{away:?}"));
    let refused = b.arrive("Bob", None, Proof::Token).await.err();
    assert_eq!(refused, Some(Refused::StorageAway));
}

#[tokio::test(start_paused = true)]
async fn who_was_unbanned_or_made_place_for_elsewhere_gets_a_seat_here() {
    let hub = Hub::default();
    let (a, mut alice, b) = two(&hub).await;
    let bob = b.arrive_from(THERE, "Bob", (None, Proof::Token)).await;
    let bob = bob.unwrap();
    let who = MemberRef::Id(bob.seated.member);
    let scope = BanScope::Address;
    let ban = Command::Ban {
        who: who.clone(),
        scope,
    };
    done(&a, &mut alice, ban).await;
    assert_eq!(bob.dismissed.await, Ok(Refused::Banned));
    hub.miss_news("b", true);
    a.order(alice.seated.seat, 2, Command::Unban { who }).await;
    assert!(matches!(alice.answer().await, ServerMsg::Ok { .. }));
    assert!(errand(&b, THERE).await.is_ok());
    let other = b.arrive_from(THERE, "Robert", (None, Proof::Token)).await;
    assert!(other.is_ok());

    // Two are here.
    b.limits.send_modify(|limits| limits.members = 2);
    let robert = other.unwrap().seated.member;
    let who = MemberRef::Id(robert);
    a.order(alice.seated.seat, 3, Command::Kick { who }).await;
    assert!(matches!(alice.answer().await, ServerMsg::Ok { .. }));
    let chloe = b.arrive("Chloe", None, Proof::Token).await;
    assert!(chloe.is_ok());
}

#[tokio::test(start_paused = true)]
async fn who_was_refused_by_an_answer_that_was_lost_is_not_taken_for_present() {
    let hub = Hub::default();
    let (a, _alice, _b) = two(&hub).await;
    hub.lose_next("a", Lost::Answer);
    let refused = a.join("Bob").await.err();
    assert_eq!(refused, Some(Refused::StorageAway));
    hub.join_again("a");
    tokio::time::sleep(std::time::Duration::from_mins(1)).await;
    let room = hub.room(&den()).unwrap();
    assert_eq!(room.state.roster.all().count(), 2, "the join was kept");
    assert_eq!(room.state.roster.count, 1);
}
