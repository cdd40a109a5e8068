//! A stand-in for a session: what it does between a connection and the room's task, without a
//! socket, limits or passwords.

use futures_util::FutureExt;
use tokio::sync::oneshot;

use super::{Sent, ServerNodes};
use crate::protocol::denied::Refused;
use crate::protocol::ids::{MemberId, NodeId};
use crate::protocol::member::LeaveCause;
use crate::protocol::time::{RoomTime, Span};
use crate::room::decide::AdmittedMember;
use crate::server::credentials::token_hash;
use crate::server::outbox::OutboxReader;
use crate::server::replica::message::{Join, Proof, RoomMessage, SeatId, Seated};
use crate::wire::codec;
use crate::wire::message::{ClientMsg, Hello, ServerMsg, Welcome};

/// After how much silence a connection counts as dead, as in `server/client_limits.rs`.
const SILENCE: Span = Span::seconds(45);

/// One connection at a node.
#[derive(Debug)]
pub(super) struct Session {
    node: usize,
    token: String,
    heard: RoomTime,
    waiting: OutboxReader,
    dismissed: oneshot::Receiver<Refused>,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Joining(oneshot::Receiver<Result<Seated, Refused>>),
    Seated { seat: SeatId, member: MemberId },
}

impl Session {
    pub(super) const fn node(&self) -> usize {
        self.node
    }

    const fn seat(&self) -> Option<(SeatId, MemberId)> {
        match self.stage {
            Stage::Joining(_) => None,
            Stage::Seated { seat, member } => Some((seat, member)),
        }
    }
}

impl ServerNodes {
    /// A message arrives at a node on a connection, of which the first is a hello.
    pub(crate) fn receive(&mut self, node: usize, from: u64, message: ClientMsg) {
        if let ClientMsg::Hello(hello) = &message {
            self.greet(node, from, hello);
            return self.take_turns();
        }
        let now = self.now;
        let Some(session) = self.sessions.get_mut(&from) else {
            return;
        };
        session.heard = now;
        let Some((seat, member)) = session.seat() else {
            return;
        };
        let message = match message {
            ClientMsg::Hello(_) | ClientMsg::Visit(_) => return,
            ClientMsg::Ping { t0 } => {
                let Some(shown) = self.room_time_at(node) else {
                    return;
                };
                let pong = ServerMsg::Pong {
                    t0,
                    t1: shown,
                    t2: shown,
                    cadence: None,
                };
                self.sent.push((from, Sent::Message(Box::new(pong))));
                return;
            }
            ClientMsg::Command { seq, command } => {
                self.record.asked(member, seq, &command);
                RoomMessage::Command {
                    seat,
                    seq,
                    command,
                    password: None,
                }
            }
            ClientMsg::Report { report } => RoomMessage::Report { seat, report },
            ClientMsg::Health(health) => RoomMessage::Health { seat, health },
            ClientMsg::State => RoomMessage::State { seat },
            ClientMsg::Leave => {
                self.sent.push((from, Sent::Close(None)));
                return self.lose(from, LeaveCause::Left);
            }
        };
        self.send(node, message);
        self.take_turns();
    }

    /// A connection is gone.
    pub(crate) fn lose(&mut self, connection: u64, cause: LeaveCause) {
        if let Some(session) = self.sessions.remove(&connection) {
            if let Some((seat, _)) = session.seat() {
                self.send(session.node, RoomMessage::Gone { seat, cause });
            }
            // A room that has not answered yet finds nobody who waits for it.
            drop(session);
            self.take_turns();
        }
    }

    /// What the clock of a node shows; `None` if it does not run.
    fn room_time_at(&self, node: usize) -> Option<RoomTime> {
        let process = self.nodes.get(node)?.running.as_ref()?;
        Some(process.room_time())
    }

    fn greet(&mut self, node: usize, from: u64, hello: &Hello) {
        let log = self.log_id();
        let presented = hello.resume.as_ref().or(hello.token.as_ref());
        let token = presented.cloned().unwrap_or_default();
        let arrival = AdmittedMember {
            name: hello.name.clone(),
            resume: presented.map(|token| token_hash(token)),
            token: token_hash(&token),
            has_player: hello.has_player,
            from: None,
            invite: None,
        };
        let since = hello.since.filter(|_| hello.log.as_ref() == Some(&log));
        let (join, ends) = Join::new(arrival, Proof::Token, since);
        self.sessions.insert(
            from,
            Session {
                node,
                token,
                heard: self.now,
                waiting: ends.waiting,
                dismissed: ends.dismissed,
                stage: Stage::Joining(ends.seated),
            },
        );
        self.send(node, RoomMessage::Join(join));
    }

    /// Closes the connections of which nothing was heard for long.
    pub(super) fn close_silent(&mut self) {
        let silent = |session: &Session| session.heard + SILENCE <= self.now;
        let sessions = self.sessions.iter();
        let silent = sessions.filter(|(_, session)| silent(session));
        for connection in silent.map(|(id, _)| *id).collect::<Vec<_>>() {
            self.sent.push((connection, Sent::Close(None)));
            self.lose(connection, LeaveCause::Lost);
        }
    }

    /// Takes what the rooms have put into the outboxes.
    pub(super) fn collect(&mut self) {
        let mut sessions = std::mem::take(&mut self.sessions);
        sessions.retain(|id, session| match self.read(*id, session) {
            Ok(()) => true,
            Err(why) => {
                self.sent.push((*id, Sent::Close(Some(why))));
                if let Some((seat, _)) = session.seat() {
                    let cause = LeaveCause::Lost;
                    self.send(session.node, RoomMessage::Gone { seat, cause });
                }
                false
            }
        });
        self.sessions = sessions;
    }

    /// Reads what waits for one connection; the error says why it is closed.
    fn read(&mut self, id: u64, session: &mut Session) -> Result<(), Refused> {
        if let Stage::Joining(seated) = &mut session.stage {
            let seated = match seated.try_recv() {
                Ok(seated) => seated?,
                Err(oneshot::error::TryRecvError::Empty) => return Ok(()),
                Err(oneshot::error::TryRecvError::Closed) => return Err(Refused::StorageAway),
            };
            let (seat, member) = (seated.seat, seated.member);
            session.stage = Stage::Seated { seat, member };
            if seated.on_record.clone().now_or_never() != Some(true) {
                return Err(Refused::StorageAway);
            }
            let welcome = self.welcome(session, seated);
            self.note(id, session, welcome);
        }
        while let Some(item) = session.waiting.try_next() {
            let frame = item.into_frame();
            let message = codec::decode(frame.as_text()).expect("a message");
            self.note(id, session, message);
        }
        match session.dismissed.try_recv() {
            Ok(why) => Err(why),
            Err(oneshot::error::TryRecvError::Empty) => Ok(()),
            Err(oneshot::error::TryRecvError::Closed) => Err(Refused::StorageAway),
        }
    }

    fn note(&mut self, id: u64, session: &Session, message: ServerMsg) {
        if let Some((_, member)) = session.seat() {
            let hub = &self.hub;
            let room = self.record.room().clone();
            let kept = |rev| hub.event(&room, rev);
            self.record.sent(id, member, &message, kept);
        }
        self.sent.push((id, Sent::Message(Box::new(message))));
    }

    fn welcome(&self, session: &Session, seated: Seated) -> ServerMsg {
        let name = self.name(session.node).unwrap_or_default();
        ServerMsg::Welcome(Box::new(Welcome {
            you: seated.member,
            resume: session.token.clone(),
            log: self.log_id(),
            node: NodeId(name),
            server: "0.1.0".into(),
            max_frame: 16_384,
            public_url: None,
            server_id: None,
            created: !seated.returned && seated.member == MemberId(1),
            hosted: false,
            cadence: Some(seated.cadence),
            catch_up: seated.catch_up,
        }))
    }
}
