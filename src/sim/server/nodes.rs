//! A server of several nodes in the place of one process: the real tasks of the room at each node,
//! on one log, with clocks that are apart. What the log has is mirrored in `hosted`, so that the laws look at one room.

use std::collections::BTreeMap;

use super::{ConnectionId, Down, Server};
use crate::protocol::ids::Rev;
use crate::protocol::member::LeaveCause;
use crate::protocol::time::{RoomTime, Span};
use crate::room::deadline;
use crate::server::testbed::{NodeFault, Sent, ServerNodes};
use crate::sim::hosted::HostedRoom;
use crate::sim::laws::Verdict;
use crate::sim::random::Random;
use crate::wire::message::ClientMsg;

/// How many nodes there are.
const NODES: usize = 2;

/// How often the nodes get to know what time it is: tasks are late by no more than that.
const STEP: Span = Span::millis(10);

/// How long after a deadline of the room they get to know it: the runtime's timers have a granularity
/// of a millisecond.
const WOKEN_AFTER: Span = Span::millis(1);

/// How late a deadline may be once nothing is wrong any more: a deadline that one node tried while
/// another came first is tried again after a second.
const LATE: Span = Span::seconds(3);

/// The nodes, and which of them each connection reaches.
#[derive(Debug)]
pub(super) struct Shared {
    nodes: ServerNodes,
    at: BTreeMap<ConnectionId, usize>,
    /// How often the log had lost events when its room was mirrored last.
    losses: u32,
}

impl Server {
    /// A server of several nodes, of which the first has created the room.
    pub(crate) fn of_nodes(mut random: Random, now: RoomTime) -> Self {
        let seed = random.seed();
        let mut server = Self::new(random, now);
        let room = server.hosted.room.state.id.clone();
        server.hosted = HostedRoom::mirror(&room);
        server.shared = Some(Shared {
            nodes: ServerNodes::new(NODES, &room, now, seed),
            at: BTreeMap::new(),
            losses: 0,
        });
        server.pass(now);
        server
    }

    /// Whether it has several nodes.
    pub(crate) const fn is_shared(&self) -> bool {
        self.shared.is_some()
    }

    /// Chooses the node that a connection reaches, as a proxy does. False if none takes it.
    pub(crate) fn route(&mut self, connection: ConnectionId, random: &mut Random) -> bool {
        let Some(shared) = &mut self.shared else {
            return true;
        };
        let nodes = 0..shared.nodes.count();
        let running: Vec<usize> = nodes
            .filter(|node| shared.nodes.is_running(*node))
            .collect();
        let Ok(count) = u8::try_from(running.len()) else {
            return false;
        };
        if count == 0 {
            return false;
        }
        shared.at.insert(connection, running[random.below(count)]);
        true
    }

    /// Something goes wrong with a node or the log. Returns the connections that break by it.
    pub(crate) fn fail(&mut self, fault: NodeFault, now: RoomTime) -> Vec<ConnectionId> {
        let mut broken = Vec::new();
        if let Some(shared) = &mut self.shared {
            shared.nodes.pass(now);
            shared.nodes.fail(fault);
            if let NodeFault::Dies(node) = fault {
                let there = shared.at.extract_if(.., |_, at| *at == node);
                broken.extend(there.map(|(connection, _)| connection));
            }
        }
        self.pass(now);
        broken
    }

    /// What went wrong is over.
    pub(crate) fn mend(&mut self, fault: NodeFault, now: RoomTime) {
        if let Some(shared) = &mut self.shared {
            shared.nodes.pass(now);
            shared.nodes.mend(fault);
        }
        self.pass(now);
    }

    /// The name of a node's process, if one runs there.
    pub(crate) fn process(&self, node: usize) -> Option<String> {
        self.shared.as_ref()?.nodes.name(node)
    }

    /// The lease of a process has run out, unless it can renew it.
    pub(crate) fn lease_ends(&mut self, process: &str, now: RoomTime) {
        if let Some(shared) = &mut self.shared {
            shared.nodes.lease_ends(process);
        }
        self.pass(now);
    }

    /// Whether the log has lost events for good.
    pub(crate) fn has_lost(&self) -> bool {
        self.shared
            .as_ref()
            .is_some_and(|shared| shared.nodes.losses() > 0)
    }

    /// Whether all nodes were one server: one order for all, every answer true, and nobody is behind.
    pub(crate) fn nodes_are_one(&self, now: RoomTime) -> Verdict {
        let Some(shared) = &self.shared else {
            return Ok(());
        };
        if let Some(wrong) = shared.nodes.contradictions().first() {
            return Err(wrong.clone());
        }
        let room = shared.nodes.room();
        if room != self.hosted.room {
            return Err(format!(
                "the log has {room:?}, its events {:?}",
                self.hosted.room
            ));
        }
        let due = deadline::next(&room).filter(|(at, _)| *at + LATE < now);
        match due {
            Some(due) => Err(format!("{due:?} is overdue at {now:?}")),
            None if shared.nodes.are_level() => Ok(()),
            None => Err("a node is behind".to_owned()),
        }
    }

    /// A message arrives at the node of its connection; false if there is but one process.
    pub(super) fn receive_at_node(
        &mut self,
        from: ConnectionId,
        message: ClientMsg,
        now: RoomTime,
    ) -> Option<ClientMsg> {
        let Some(shared) = &mut self.shared else {
            return Some(message);
        };
        if let Some(node) = shared.at.get(&from).copied() {
            shared.nodes.pass(now);
            shared.nodes.receive(node, from.0, message);
        }
        self.pass(now);
        None
    }

    /// A connection is gone. False if there is but one process.
    pub(super) fn gone_at_node(
        &mut self,
        connection: ConnectionId,
        cause: LeaveCause,
        now: RoomTime,
    ) -> bool {
        if let Some(shared) = &mut self.shared {
            shared.at.remove(&connection);
            shared.nodes.pass(now);
            shared.nodes.lose(connection.0, cause);
        }
        self.pass(now);
        self.is_shared()
    }

    /// Lets the nodes do what is due, and takes what they send. Returns whether there are any.
    pub(super) fn pass(&mut self, now: RoomTime) -> bool {
        let Some(shared) = &mut self.shared else {
            return false;
        };
        shared.nodes.pass(now);
        for (connection, sent) in shared.nodes.take_sent() {
            let down = match sent {
                Sent::Message(message) => Down::Message(message),
                Sent::Close(why) => Down::Close(why),
            };
            self.outbox.push((ConnectionId(connection), 0, down));
        }
        if shared.nodes.losses() > shared.losses {
            shared.losses = shared.nodes.losses();
            self.hosted.room = shared.nodes.room();
        } else if shared.nodes.takes_events() {
            let known: Rev = self.hosted.room.state.rev;
            self.hosted.follow(&shared.nodes.events_after(known));
        }
        let deadline = deadline::next(&self.hosted.room).map(|(at, _)| at + WOKEN_AFTER);
        let ahead = shared.nodes.ahead().into_iter();
        let deadlines = ahead.filter_map(|ahead| Some(deadline? - ahead));
        let deadlines = deadlines.filter(|at| *at > now);
        self.due = deadlines.chain([now + STEP]).min();
        true
    }
}
