//! A room's task, driven with the messages of sessions: another node that writes to its log, a log
//! that takes no writes, and, in virtual time, the end of a room that stays empty.

mod allowances;
mod bans;
mod errands;
mod health;
mod joins;
mod lifetime;
mod memory;
mod nodes;
mod nodes_admission;
mod nodes_health;
mod nodes_laws;
mod nodes_reopened;
mod nodes_started;
mod nodes_told;
mod players;
mod private;

use tokio::sync::{mpsc, oneshot, watch};

use super::lone_room::{LoneNode, LoneRoom};
use super::message::{
    AdmissionAnswer, AdmissionQuestion, BroughtPassword, Handle, Join, PasswordTries, Proof,
    RoomMessage, SeatId, Seated,
};
use super::{EndedRoom, NewRoom, RoomStart};
use crate::protocol::command::Command;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{Rev, RoomId, Seq};
use crate::protocol::member::{LeaveCause, Visibility};
use crate::protocol::text::{ChatText, MemberName, Title};
use crate::room::committed::Committed;
use crate::room::decide::{AdmittedMember, Creation};
use crate::room::secrets::{AddressHash, PasswordHash, TokenHash};
use crate::server::clock::NodeClock;
use crate::server::credentials::token_hash;
use crate::server::limits::Limits;
use crate::server::log::{Appended, RoomLog};
use crate::server::outbox::{OutboxItem, OutboxReader};
use crate::server::shutdown::ShutdownTrigger;
use crate::test_support::public_creation;
use crate::wire::codec;
use crate::wire::message::{CatchUp, ServerMsg};

/// A room's task and its surroundings.
struct Stage {
    log: RoomLog,
    room: Handle,
    ended: mpsc::Receiver<EndedRoom>,
    down: ShutdownTrigger,
    limits: watch::Sender<Limits>,
}

fn den() -> RoomId {
    RoomId::parse("den").unwrap()
}

fn stage() -> Stage {
    stage_of(public_creation())
}

/// A private room.
fn private_stage() -> Stage {
    stage_of(private())
}

fn private() -> Creation {
    Creation {
        visibility: Visibility::Private,
        password: Some(hash()),
        ..public_creation()
    }
}

/// What stands for the password of private rooms, which is never hashed or checked here.
fn hash() -> PasswordHash {
    PasswordHash("a hash".to_owned())
}

fn stage_of(creation: Creation) -> Stage {
    stage_on(RoomLog::ephemeral().unwrap(), created_empty(creation))
}

/// A new room that nobody has joined yet.
const fn created_empty(creation: Creation) -> RoomStart {
    let joins = Vec::new();
    RoomStart::Created(NewRoom { creation, joins })
}

fn stage_on(log: RoomLog, beginning: RoomStart) -> Stage {
    let newest = log.newest_at();
    let clock = NodeClock::start(std::time::SystemTime::now(), None, newest);
    let node = LoneNode {
        log: log.clone(),
        clock,
        alive_until: newest.unwrap_or_default(),
    };
    let LoneRoom {
        room,
        ended,
        down,
        limits,
    } = node.start(den(), beginning);
    Stage {
        log,
        room,
        ended,
        down,
        limits,
    }
}

/// Somebody new, without a player, and with a token that belongs to this name.
fn somebody(name: &str) -> AdmittedMember {
    AdmittedMember {
        name: MemberName::parse(name).unwrap(),
        resume: None,
        token: token_hash(name),
        has_player: false,
        from: None,
        invite: None,
    }
}

/// The session's side of a seat.
struct SeatClient {
    seated: Seated,
    waiting: OutboxReader,
    dismissed: oneshot::Receiver<Refused>,
}

impl Stage {
    async fn join(&self, name: &str) -> Result<SeatClient, Refused> {
        self.arrive(name, None, Proof::Password(hash())).await
    }

    /// Joins with the token that was issued to the first member of this name.
    async fn come_back(&self, name: &str) -> Result<SeatClient, Refused> {
        self.arrive(name, Some(token_hash(name)), Proof::Token)
            .await
    }

    async fn check_admission(
        &self,
        resume: Option<TokenHash>,
        with_password: bool,
    ) -> AdmissionAnswer {
        self.check_admission_from(None, resume, with_password).await
    }

    async fn check_admission_from(
        &self,
        from: Option<AddressHash>,
        resume: Option<TokenHash>,
        with_password: bool,
    ) -> AdmissionAnswer {
        let tries = with_password.then_some(PasswordTries::Shared);
        self.check_admission_by(from, resume, tries).await
    }

    async fn check_admission_by(
        &self,
        from: Option<AddressHash>,
        resume: Option<TokenHash>,
        password: Option<PasswordTries>,
    ) -> AdmissionAnswer {
        let (reply, answer) = oneshot::channel();
        self.send(RoomMessage::CheckAdmission(AdmissionQuestion {
            resume,
            from,
            invite: None,
            password: password.map_or(BroughtPassword::None, |_| BroughtPassword::Unchecked),
            only_private: false,
            tries: password.unwrap_or(PasswordTries::Shared),
            reply,
        }))
        .await;
        answer.await.expect("an answer")
    }

    async fn arrive(
        &self,
        name: &str,
        resume: Option<TokenHash>,
        proof: Proof,
    ) -> Result<SeatClient, Refused> {
        self.arrive_from(None, name, (resume, proof)).await
    }

    async fn arrive_from(
        &self,
        from: Option<AddressHash>,
        name: &str,
        (resume, proof): (Option<TokenHash>, Proof),
    ) -> Result<SeatClient, Refused> {
        let arrival = AdmittedMember {
            resume,
            from,
            ..somebody(name)
        };
        self.enter(arrival, proof).await
    }

    /// Somebody joins who has a player.
    async fn join_to_watch(&self, name: &str) -> SeatClient {
        let arrival = AdmittedMember {
            has_player: true,
            ..somebody(name)
        };
        self.enter(arrival, Proof::Password(hash())).await.unwrap()
    }

    async fn enter(&self, arrival: AdmittedMember, proof: Proof) -> Result<SeatClient, Refused> {
        self.enter_by(RoomMessage::Join, arrival, proof).await
    }

    async fn enter_by(
        &self,
        message: impl FnOnce(Box<Join>) -> RoomMessage,
        arrival: AdmittedMember,
        proof: Proof,
    ) -> Result<SeatClient, Refused> {
        let (join, ends) = Join::new(arrival, proof, None);
        self.send(message(join)).await;
        let seated = ends.seated.await.expect("an answer")?;
        Ok(SeatClient {
            seated,
            waiting: ends.waiting,
            dismissed: ends.dismissed,
        })
    }

    async fn send(&self, message: RoomMessage) {
        let sent = self.room.inbox.send(Box::new(message)).await;
        sent.expect("the room lives");
    }

    async fn say(&self, seat: SeatId, number: u64, line: &str) {
        let text = ChatText::parse(line).unwrap();
        self.order(seat, number, Command::Chat { text }).await;
    }

    async fn order(&self, seat: SeatId, number: u64, command: Command) {
        let seq = Seq(number);
        let message = RoomMessage::Command {
            seat,
            seq,
            command,
            password: None,
        };
        self.send(message).await;
    }
}

impl SeatClient {
    async fn next_message(&mut self) -> ServerMsg {
        match self.waiting.next().await {
            OutboxItem::Text(frame) => codec::decode(frame.as_text()).expect("a message"),
            other @ OutboxItem::State(_) => panic!("{other:?}"),
        }
    }

    /// The next answer to a command.
    async fn answer(&mut self) -> ServerMsg {
        loop {
            let message = self.next_message().await;
            if matches!(message, ServerMsg::Ok { .. } | ServerMsg::Denied { .. }) {
                return message;
            }
        }
    }
}

#[tokio::test]
async fn what_others_agreed_on_first_is_applied_before_deciding_again() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let CatchUp::State(whole) = &alice.seated.catch_up else {
        panic!("a newcomer gets the state");
    };
    let after = whole.rev;
    let title = Title::parse("Friday").ok();
    let foreign = Committed {
        fact: Fact {
            rev: after.next(),
            at: whole.at,
            by: None,
            seq: None,
            event: RoomEvent::Titled { title },
            about: Vec::new(),
        },
        private: None,
    };
    let appended = stage.log.append(&den(), after, vec![foreign], None).await;
    assert!(matches!(appended, Ok(Appended::Agreed(_))));

    stage.say(alice.seated.seat, 1, "hello").await;
    let mut revs = Vec::new();
    let rev = loop {
        match alice.next_message().await {
            ServerMsg::Events { events } => revs.extend(events.iter().map(|fact| fact.rev)),
            ServerMsg::Ok { rev, .. } => break rev,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(revs, [after.next(), after.next().next()]);
    assert_eq!(rev, after.next().next());
    assert_eq!(stage.room.card.borrow().rev, rev);
}

#[tokio::test]
async fn while_nothing_can_be_recorded_commands_are_denied_and_nobody_comes_in() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let before = stage.room.card.borrow().rev;
    stage.log.clone().close().await;
    stage.say(alice.seated.seat, 1, "hello").await;
    let ServerMsg::Denied { seq, reason } = alice.next_message().await else {
        panic!("no denial");
    };
    assert_eq!((seq, reason.denied()), (Seq(1), Some(Denied::StorageAway)));
    let refused = stage.join("Bob").await.err();
    assert_eq!(refused, Some(Refused::StorageAway));
    assert_eq!(stage.room.card.borrow().rev, before);
    // She is still in the room.
    assert!(alice.dismissed.try_recv().is_err());
}

#[tokio::test(start_paused = true)]
async fn a_room_that_stays_empty_ends_and_leaves_the_log() {
    let mut stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let seat = alice.seated.seat;
    let cause = LeaveCause::Left;
    stage.send(RoomMessage::Gone { seat, cause }).await;
    // The end of the ten minutes for which an empty room is kept.
    assert_eq!(stage.ended.recv().await.map(|room| room.id), Some(den()));
    assert!(stage.room.card.borrow().closed);
    assert_eq!(stage.log.open(&den()).await.unwrap(), None);
    assert!(alice.dismissed.try_recv().is_err());
    stage.room.inbox.closed().await;
}

#[tokio::test]
async fn someone_who_gives_up_while_being_let_in_does_not_linger() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    // Two joins in a row: the second is gathered, and its client gives up meanwhile.
    let bob = stage.join("Bob").await.unwrap();
    drop(bob);
    stage.say(alice.seated.seat, 1, "anyone?").await;
    let mut count = 0;
    let mut left = false;
    while !left {
        if let ServerMsg::Events { events } = alice.next_message().await {
            for fact in events {
                if let RoomEvent::Presence {
                    left: gone,
                    count: now,
                    ..
                } = fact.event
                {
                    left |= !gone.is_empty();
                    count = now;
                }
            }
        }
    }
    assert_eq!(count, 1);
    assert!(stage.room.card.borrow().rev > Rev(3));
}

#[tokio::test]
async fn whose_old_socket_breaks_over_their_own_return_stays() {
    let stage = stage();
    let alice = stage.join("Alice").await.unwrap();
    let old = alice.seated.seat;
    // The socket is gone, but the message that says so arrives after the return.
    drop(alice.waiting);
    let mut again = stage.come_back("Alice").await.unwrap();
    stage
        .send(RoomMessage::Gone {
            seat: old,
            cause: LeaveCause::Lost,
        })
        .await;
    assert!(again.seated.resumed);
    // After an arrival and a departure, everything that was due has happened.
    let bob = stage.join("Bob").await.unwrap();
    let cause = LeaveCause::Left;
    stage
        .send(RoomMessage::Gone {
            seat: bob.seated.seat,
            cause,
        })
        .await;
    loop {
        if let ServerMsg::Events { events } = again.next_message().await
            && events.iter().any(is_departure)
        {
            break;
        }
    }
    stage.say(again.seated.seat, 1, "I am here").await;
    let answer = again.answer().await;
    assert!(matches!(answer, ServerMsg::Ok { .. }), "{answer:?}");
    assert_eq!(stage.room.card.borrow().roster.count, 1);
}

fn is_departure(fact: &Fact) -> bool {
    matches!(&fact.event, RoomEvent::Presence { left, .. } if !left.is_empty())
}

#[tokio::test]
async fn who_asks_for_the_state_and_does_not_read_gets_one() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let seat = alice.seated.seat;
    for _ in 0..100 {
        stage.send(RoomMessage::State { seat }).await;
    }
    stage.say(seat, 1, "hello").await;
    let mut states = 0;
    loop {
        match alice.waiting.next().await {
            OutboxItem::State(_) => states += 1,
            OutboxItem::Text(frame) => {
                let message: ServerMsg = codec::decode(frame.as_text()).expect("a message");
                if matches!(message, ServerMsg::Ok { .. }) {
                    break;
                }
            }
        }
    }
    assert_eq!(states, 1);
}

#[tokio::test(start_paused = true)]
async fn a_crowd_is_two_events() {
    const CROWD: usize = 20;
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let names: Vec<String> = (0..CROWD).map(|number| format!("guest {number}")).collect();
    let guests = futures_util::future::join_all(names.iter().map(|name| stage.join(name))).await;
    assert!(guests.iter().all(Result::is_ok));
    let mut sizes = Vec::new();
    while sizes.iter().sum::<usize>() < CROWD {
        if let ServerMsg::Events { events } = alice.next_message().await {
            sizes.extend(events.iter().filter_map(|fact| match &fact.event {
                RoomEvent::Presence { joined, .. } => Some(joined.len()),
                _ => None,
            }));
        }
    }
    // All of them within a tenth of a second after Alice, so they are gathered.
    assert!(sizes.len() <= 2, "{sizes:?}");
}
