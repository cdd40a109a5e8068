//! The server's side of the connections: whose each is, what is sent on it, and when a silent one
//! counts as dead. Joins are not gathered and no rates are limited here: the real shell does that,
//! and has its own tests.

mod nodes;
mod others;

use std::collections::BTreeMap;

use nodes::Shared;

use super::hosted::HostedRoom;
use super::link::micros;
use super::random::Random;
use crate::protocol::cadence::Cadence;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::{LogId, MemberId, NodeId, Rev, Seq};
use crate::protocol::member::LeaveCause;
use crate::protocol::time::{RoomTime, Span};
use crate::room::client_events::ClientEvents;
use crate::room::decide::{AdmittedMember, Moment};
use crate::room::secrets::TokenHash;
use crate::server::{cadence, lead_for, process, summary};
use crate::test_support::length::Length;
use crate::wire::health_change::is_digest_noticeable;
use crate::wire::message::{
    CatchUp, ClientMsg, Health, HealthDigest, Hello, Reason, ServerMsg, Welcome,
};

/// After how much silence a connection counts as dead, as in `server/session/read.rs`.
const SILENCE: Span = Span::seconds(45);

/// How often the health digest is sent, as in `server/replica/health.rs`.
const DIGEST_EVERY: Span = Span::seconds(2);

/// After how long an unchanged one is sent again, as there.
const DIGEST_REPEATED: Span = Span::seconds(10);

/// The longest that it takes until a command is durable, in seconds (judgement: a disk's write).
const ON_RECORD_WITHIN: f64 = 0.02;

/// The number of a connection, given by the client that opens it and never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ConnectionId(pub(crate) u64);

/// What a server sends on a connection.
#[derive(Debug, Clone)]
pub(crate) enum Down {
    Message(Box<ServerMsg>),
    /// It closes the connection, with the reason if it is the server's decision.
    Close(Option<Refused>),
}

#[derive(Debug)]
struct Seat {
    member: MemberId,
    published: RoomTime,
    health: Option<Health>,
}

/// A server with one room.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) hosted: HostedRoom,
    /// Its nodes, if it has several.
    shared: Option<Shared>,
    pub(crate) node: u64,
    seats: BTreeMap<ConnectionId, Seat>,
    client_events: ClientEvents,
    digest_due: Option<RoomTime>,
    /// The digest that everyone was sent last, and when.
    sent_digest: Option<(HealthDigest, RoomTime)>,
    /// When it wants to be asked: looked at again after whatever it was told.
    due: Option<RoomTime>,
    random: Random,
    /// What goes out: the connection, after how many microseconds, and what.
    pub(crate) outbox: Vec<(ConnectionId, i64, Down)>,
}

impl Server {
    pub(crate) fn new(random: Random, now: RoomTime) -> Self {
        let lead = lead_for(Vec::new());
        let mut server = Self {
            hosted: HostedRoom::new(Moment { now, lead }),
            shared: None,
            node: 1,
            seats: BTreeMap::new(),
            client_events: ClientEvents::default(),
            digest_due: None,
            sent_digest: None,
            due: None,
            random,
            outbox: Vec::new(),
        };
        server.look_at_deadline();
        server
    }

    /// The process ends, and another one opens the room's log. All connections are lost.
    pub(crate) fn restart(&mut self, alive_until: RoomTime, now: RoomTime) {
        self.node += 1;
        self.seats.clear();
        self.client_events = ClientEvents::default();
        self.digest_due = None;
        self.sent_digest = None;
        let moment = self.moment(now);
        self.hosted.reopen(alive_until, moment);
        self.publish_events();
        self.outbox.clear();
        self.look_at_deadline();
    }

    /// A message arrives. The first one of a connection is a hello.
    pub(crate) fn receive(&mut self, from: ConnectionId, message: ClientMsg, now: RoomTime) {
        if let Some(message) = self.receive_at_node(from, message, now) {
            self.take(from, message, now);
            self.look_at_deadline();
        }
    }

    fn take(&mut self, from: ConnectionId, message: ClientMsg, now: RoomTime) {
        let moment = self.moment(now);
        if let ClientMsg::Hello(hello) = &message {
            return self.welcome(from, hello, moment);
        }
        let Some(seat) = self.seats.get_mut(&from) else {
            return;
        };
        seat.published = now;
        let member = seat.member;
        match message {
            ClientMsg::Hello(_) | ClientMsg::Visit(_) => {}
            ClientMsg::Command { seq, command } => match self.earlier(member, seq) {
                Some(Ok(rev)) => self.answer(from, ServerMsg::Ok { seq, rev }),
                Some(Err(denied)) => self.deny(from, seq, &denied),
                None => match self.hosted.command(member, Some(seq), &command, moment) {
                    Ok(()) => {
                        self.publish_events();
                        let rev = self.hosted.room.state.rev;
                        self.answer(from, ServerMsg::Ok { seq, rev });
                    }
                    Err(denied) => self.deny(from, seq, &denied),
                },
            },
            ClientMsg::Ping { t0 } => {
                let t = moment.now;
                self.send(
                    from,
                    ServerMsg::Pong {
                        t0,
                        t1: t,
                        t2: t,
                        cadence: None,
                    },
                );
            }
            ClientMsg::Report { report } => self.hosted.report(member, &report, moment),
            ClientMsg::Health(health) => self.note_health(from, health, moment),
            ClientMsg::State => {
                let state = Box::new(self.hosted.room.state.for_client(member));
                self.send(from, ServerMsg::State { state });
            }
            ClientMsg::Leave => {
                self.gone(from, LeaveCause::Left, now);
                self.outbox.push((from, 0, Down::Close(None)));
            }
        }
        self.publish_events();
    }

    /// A connection is gone.
    pub(crate) fn gone(&mut self, connection: ConnectionId, cause: LeaveCause, now: RoomTime) {
        if self.gone_at_node(connection, cause, now) {
            return;
        }
        if let Some(seat) = self.seats.remove(&connection) {
            let member = seat.member;
            let moment = self.moment(now);
            let departure = Departure { member, cause };
            self.hosted.join_leave(&[], &[departure], moment);
            self.publish_events();
            self.look_at_deadline();
        }
    }

    /// When it next wants to act by itself.
    pub(crate) const fn next_due(&self) -> Option<RoomTime> {
        self.due
    }

    fn look_at_deadline(&mut self) {
        let silent = self.seats.values().map(|seat| seat.published + SILENCE);
        let own = self.hosted.next_due().into_iter().chain(self.digest_due);
        self.due = silent.chain(own).min();
    }

    pub(crate) fn on_time(&mut self, now: RoomTime) {
        if self.pass(now) {
            return;
        }
        let silent = |seat: &Seat| seat.published + SILENCE <= now;
        let dead = self.seats.iter().find(|(_, seat)| silent(seat));
        if let Some(connection) = dead.map(|(connection, _)| *connection) {
            self.outbox.push((connection, 0, Down::Close(None)));
            self.gone(connection, LeaveCause::Lost, now);
        }
        let moment = self.moment(now);
        self.hosted.on_time(moment);
        if self.digest_due.take_if(|due| *due <= now).is_some() {
            let members = self.seats.values();
            let healths = members.map(|seat| (seat.member, seat.health.unwrap_or_default()));
            self.publish_health(summary(healths), now);
        }
        self.publish_events();
        self.look_at_deadline();
    }

    /// Sends everyone a digest that differs noticeably from the last one, or comes long after it.
    fn publish_health(&mut self, digest: HealthDigest, now: RoomTime) {
        let is_known = self.sent_digest.as_ref().is_some_and(|(sent, at)| {
            now - *at < DIGEST_REPEATED && !is_digest_noticeable(sent, &digest)
        });
        if is_known {
            return;
        }
        for connection in self.connections() {
            self.send(connection, ServerMsg::Health(digest.clone()));
        }
        self.sent_digest = Some((digest, now));
    }

    /// How much it keeps for those who come back.
    pub(crate) fn length(&self) -> Length {
        self.client_events.length()
    }

    /// The moment at which something is decided now.
    pub(crate) fn moment(&self, now: RoomTime) -> Moment {
        let healths = self.seats.values().filter_map(|seat| seat.health);
        Moment {
            now: now.max(self.hosted.room.state.at),
            lead: lead_for(healths.filter_map(|health| health.round_trip).collect()),
        }
    }

    /// What it tells clients: as if few were on the node, and after every second restart many.
    fn cadence(&self) -> Cadence {
        cadence::at(if self.node % 2 == 1 { 1 } else { 10_000 })
    }

    fn welcome(&mut self, connection: ConnectionId, hello: &Hello, moment: Moment) {
        let token = hello.resume.as_ref().or(hello.token.as_ref()).unwrap();
        let log = LogId(format!("log-{}", self.node));
        let arrival = AdmittedMember {
            name: hello.name.clone(),
            resume: hello.resume.as_deref().map(token_hash),
            token: token_hash(token),
            has_player: hello.has_player,
            from: None,
            invite: None,
        };
        let known = arrival.owner(&self.hosted.room.secrets);
        let members = self.hosted.join_leave(&[arrival], &[], moment);
        let (member, returned) = members[0];
        self.publish_events();
        let older = self.seats.iter().find(|(_, seat)| seat.member == member);
        if let Some(older) = older.map(|(older, _)| *older) {
            self.seats.remove(&older);
            let closed = Down::Close(Some(Refused::Replaced));
            self.outbox.push((older, 0, closed));
        }
        let since = hello.since.filter(|_| hello.log.as_ref() == Some(&log));
        let since = since.filter(|_| returned);
        let state = &self.hosted.room.state;
        let missed = since.and_then(|since| self.client_events.missed_since(since, member, state));
        let seat = Seat {
            member,
            published: moment.now,
            health: None,
        };
        let catch_up = missed.map_or_else(
            || CatchUp::State(Box::new(state.for_client(member))),
            CatchUp::Events,
        );
        let welcome = Welcome {
            you: member,
            resume: token.clone(),
            log,
            node: NodeId(format!("node-{}", self.node)),
            server: "0.1.0".into(),
            max_frame: 16_384,
            public_url: None,
            server_id: None,
            created: known.is_none() && member == MemberId(1),
            hosted: false,
            cadence: Some(self.cadence()),
            catch_up,
        };
        self.seats.insert(connection, seat);
        self.send(connection, ServerMsg::Welcome(Box::new(welcome)));
        if let Some((digest, _)) = self.sent_digest.clone() {
            self.send(connection, ServerMsg::Health(digest));
        }
    }

    fn note_health(&mut self, from: ConnectionId, health: Health, moment: Moment) {
        let Some(seat) = self.seats.get_mut(&from) else {
            return;
        };
        seat.health = Some(health);
        let member = seat.member;
        self.digest_due = self.digest_due.or(Some(moment.now + DIGEST_EVERY));
        if let Some(process) = process(health.state) {
            self.hosted.note_process(member, process, moment);
        }
    }

    /// The answer to a command that was decided before; `None` for a new one.
    fn earlier(&self, member: MemberId, seq: Seq) -> Option<Result<Rev, Denied>> {
        let member = self.hosted.room.state.roster.get(member)?;
        let known = member.answered.iter();
        let answered = known.clone().find(|(known, _)| *known == seq);
        let overtaken = known.clone().any(|(known, _)| *known > seq);
        answered
            .map(|(_, rev)| Ok(*rev))
            .or(overtaken.then_some(Err(Denied::Overtaken)))
    }

    /// Sends an answer once the command is durable.
    fn answer(&mut self, to: ConnectionId, message: ServerMsg) {
        let after = micros(self.random.between(0.0, ON_RECORD_WITHIN));
        self.outbox
            .push((to, after, Down::Message(Box::new(message))));
    }

    fn deny(&mut self, to: ConnectionId, seq: Seq, denied: &Denied) {
        let reason = Reason::new(denied, String::new());
        self.send(to, ServerMsg::Denied { seq, reason });
    }

    fn send(&mut self, to: ConnectionId, message: ServerMsg) {
        self.outbox.push((to, 0, Down::Message(Box::new(message))));
    }

    fn connections(&self) -> Vec<ConnectionId> {
        self.seats.keys().copied().collect()
    }

    /// Sends everyone what happened.
    fn publish_events(&mut self) {
        let news = std::mem::take(&mut self.hosted.news);
        if !news.is_empty() {
            let published = self.client_events.publish(news, &self.hosted.room.state);
            for connection in self.connections() {
                let events = published.facts.clone();
                self.send(connection, ServerMsg::Events { events });
            }
            for fact in &published.facts {
                self.close_kicked(&fact.event);
            }
        }
        for other in std::mem::take(&mut self.hosted.others) {
            self.publish_other(other);
        }
    }

    fn close_kicked(&mut self, event: &RoomEvent) {
        let RoomEvent::Presence { left, .. } = event else {
            return;
        };
        for gone in left.iter().filter(|gone| gone.cause == LeaveCause::Kicked) {
            let kicked = |_: &ConnectionId, seat: &mut Seat| seat.member == gone.member;
            for (connection, _) in self.seats.extract_if(.., kicked) {
                let closed = Down::Close(Some(Refused::Kicked));
                self.outbox.push((connection, 0, closed));
            }
        }
    }
}

/// A stand-in for a token's hash: these rooms only need different hashes for different tokens.
fn token_hash(token: &str) -> TokenHash {
    let mut hash = [0; 32];
    hash.iter_mut()
        .zip(token.bytes())
        .for_each(|(to, from)| *to = from);
    TokenHash(hash)
}
