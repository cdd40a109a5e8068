//! A room's task, spoken to as sessions do: others who write to its log, a log that takes
//! nothing, and in virtual time the end of a room that stays empty.

use tokio::sync::{mpsc, oneshot};

use super::message::{Handle, Join, Message, SeatId, Seated};
use super::{Beginning, Context, start};
use crate::protocol::command::Command;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{Rev, RoomId, Seq};
use crate::protocol::member::{LeaveCause, Visibility};
use crate::protocol::text::{ChatText, MemberName, Title};
use crate::protocol::time::RoomTime;
use crate::room::committed::Committed;
use crate::room::decide::{Arrival, Creation};
use crate::server::clock::NodeClock;
use crate::server::credentials::token_hash;
use crate::server::limits::Limits;
use crate::server::log::{Appended, Log};
use crate::server::outbox::{Outgoing, Waiting, outbox};
use crate::server::shutdown::{GoDown, shutdown};
use crate::wire::codec;
use crate::wire::message::{CatchUp, ServerMsg};

/// A room's task with all that it needs.
struct Stage {
    log: Log,
    room: Handle,
    ended: mpsc::Receiver<RoomId>,
    _down: GoDown,
}

fn den() -> RoomId {
    RoomId::parse("den").unwrap()
}

fn stage() -> Stage {
    let log = Log::ephemeral().unwrap();
    let (down, shutdown) = shutdown();
    let (ended_sender, ended) = mpsc::channel(1);
    let (alive, _) = mpsc::channel(1);
    let context = Context {
        log: log.clone(),
        clock: NodeClock::start(None),
        alive_until: RoomTime::default(),
        limits: Limits::default(),
        shutdown,
        ended: ended_sender,
        _alive: alive,
    };
    let creation = Creation {
        title: None,
        visibility: Visibility::Public,
        password: None,
    };
    let room = start(den(), Beginning::Created(creation), context);
    Stage {
        log,
        room,
        ended,
        _down: down,
    }
}

/// A socket's side of a seat.
struct Guest {
    seated: Seated,
    waiting: Waiting,
    dismissed: oneshot::Receiver<Refused>,
}

impl Stage {
    async fn join(&self, name: &str) -> Result<Guest, Refused> {
        let (outbox, waiting) = outbox();
        let (dismiss, dismissed) = oneshot::channel();
        let (reply, seated) = oneshot::channel();
        let join = Join {
            arrival: Arrival {
                name: MemberName::parse(name).unwrap(),
                resume: None,
                token: token_hash(name),
                has_player: false,
            },
            since: None,
            outbox,
            dismiss,
            reply,
        };
        self.tell(Message::Join(Box::new(join))).await;
        seated.await.expect("an answer").map(|seated| Guest {
            seated,
            waiting,
            dismissed,
        })
    }

    async fn tell(&self, message: Message) {
        self.room.inbox.send(message).await.expect("the room lives");
    }

    async fn say(&self, seat: SeatId, number: u64, line: &str) {
        let text = ChatText::parse(line).unwrap();
        let command = Command::Chat { text };
        let seq = Seq(number);
        let message = Message::Command { seat, seq, command };
        self.tell(message).await;
    }
}

impl Guest {
    async fn hears(&mut self) -> ServerMsg {
        match self.waiting.next().await {
            Some(Outgoing::Text(text)) => codec::decode(&text).expect("a message"),
            other => panic!("{other:?}"),
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
        },
        private: None,
    };
    let appended = stage.log.append(&den(), after, vec![foreign], None).await;
    assert!(matches!(appended, Ok(Appended::Agreed(_))));

    stage.say(alice.seated.seat, 1, "hello").await;
    let mut revs = Vec::new();
    let rev = loop {
        match alice.hears().await {
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
    let ServerMsg::Denied { seq, reason } = alice.hears().await else {
        panic!("no denial");
    };
    assert_eq!((seq, reason.denied()), (Seq(1), Some(Denied::StorageAway)));
    let refused = stage.join("Bob").await.err();
    assert_eq!(refused, Some(Refused::StorageAway));
    assert_eq!(stage.room.card.borrow().rev, before);
    // She is still in.
    assert!(alice.dismissed.try_recv().is_err());
}

#[tokio::test(start_paused = true)]
async fn a_room_that_stays_empty_ends_and_leaves_the_log() {
    let mut stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    let seat = alice.seated.seat;
    let cause = LeaveCause::Left;
    stage.tell(Message::Gone { seat, cause }).await;
    // The end of ten minutes in which nobody comes.
    assert_eq!(stage.ended.recv().await, Some(den()));
    assert!(stage.room.card.borrow().closed);
    assert_eq!(stage.log.open(&den()).await.unwrap(), None);
    assert!(alice.dismissed.try_recv().is_err());
    stage.room.inbox.closed().await;
}

#[tokio::test]
async fn someone_who_gives_up_while_being_let_in_does_not_linger() {
    let stage = stage();
    let mut alice = stage.join("Alice").await.unwrap();
    // Two in a row: the second is gathered, and gives up meanwhile.
    let bob = stage.join("Bob").await.unwrap();
    drop(bob);
    stage.say(alice.seated.seat, 1, "anyone?").await;
    let mut count = 0;
    let mut left = false;
    while !left {
        if let ServerMsg::Events { events } = alice.hears().await {
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
