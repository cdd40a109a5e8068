//! A server of several nodes with one room, in virtual time and without a network, for the
//! simulation of whole evenings: the room's real tasks on a log that they share, and stand-ins for
//! the sessions. Each node has a runtime of its own, so that it can be killed at any moment.

mod node_clock;
mod record;
mod session;

use std::collections::BTreeMap;

use tokio::runtime::{Builder, Runtime};

use super::log::hub::{Hub, Lost, NewsFault};
use super::replica::lone_room::{LoneNode, LoneRoom};
use super::replica::message::RoomMessage;
use super::replica::{NewRoom, RoomStart};
use crate::protocol::denied::Refused;
use crate::protocol::ids::{LogId, Rev, RoomId};
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::{Committed, Room};
use crate::test_support::public_creation;
use crate::wire::message::ServerMsg;

use node_clock::DriftingClock;
use record::Record;
use session::Session;

/// How often all tasks get their turn after something happened: what one node does is told to the
/// others, which tell it back in turn.
const TURNS: usize = 3;

/// What a server sends on a connection.
#[derive(Debug)]
pub(crate) enum Sent {
    /// A message.
    Message(Box<ServerMsg>),
    /// The server closes it, with its reason if it has one.
    Close(Option<Refused>),
}

/// What goes wrong with a node or with the log.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NodeFault {
    /// The node's process is killed.
    Dies(usize),
    /// The node does not reach the log, but its members reach it.
    CutOff(usize),
    /// The node's next append gets no answer; it counts, or it does not. The node is cut off by it.
    AppendBreaks(usize, bool),
    /// What others did is never told to the node.
    MissesNews(usize),
    /// What others did is told late.
    LateNews(usize),
    /// What others did is told twice.
    DoubledNews(usize),
    /// The log answers nobody.
    StoreAway,
    /// The log restarts, and has lost this many of the last events.
    StoreForgets(usize),
}

/// A server of several nodes. Connections have numbers that their caller gives.
#[derive(Debug)]
pub(crate) struct ServerNodes {
    hub: Hub,
    nodes: Vec<Node>,
    sessions: BTreeMap<u64, Session>,
    /// The time of the clock that all nodes share.
    now: RoomTime,
    /// What the nodes' clocks come from.
    seed: u64,
    sent: Vec<(u64, Sent)>,
    record: Record,
}

/// A node, whether its process runs or not.
#[derive(Debug, Default)]
struct Node {
    /// How many processes there were: each has a name of its own.
    processes: u32,
    running: Option<Process>,
    /// Whether a process is to be started as soon as the log is there.
    is_wanted: bool,
}

/// A node's process.
#[derive(Debug)]
struct Process {
    name: String,
    runtime: Runtime,
    clock: DriftingClock,
    room: LoneRoom,
}

impl ServerNodes {
    /// So many nodes, whose clocks come from a seed; the first has created a public room of this name.
    pub(crate) fn new(count: usize, room: &RoomId, now: RoomTime, seed: u64) -> Self {
        let mut nodes = Self {
            hub: Hub::default(),
            nodes: Vec::new(),
            sessions: BTreeMap::new(),
            now,
            seed,
            sent: Vec::new(),
            record: Record::of(room),
        };
        for node in 0..count {
            nodes.nodes.push(Node::default());
            nodes.start(node);
        }
        nodes
    }

    /// Whether a node takes connections.
    pub(crate) fn is_running(&self, node: usize) -> bool {
        self.nodes
            .get(node)
            .is_some_and(|node| node.running.is_some())
    }

    /// How many nodes there are.
    pub(crate) fn count(&self) -> usize {
        self.nodes.len()
    }

    /// The room as the log has it.
    pub(crate) fn room(&self) -> Room {
        let room = self.record.room();
        self.hub
            .room(room)
            .unwrap_or_else(|| Room::new(room.clone()))
    }

    /// Everything that happened in the room, as the log has it.
    pub(crate) fn events(&self) -> Vec<Committed> {
        self.hub.all_events(self.record.room())
    }

    /// Whether every node that runs has the room as the log has it.
    pub(crate) fn are_level(&self) -> bool {
        let rev = self.room().state.rev;
        let mut running = self.nodes.iter().filter_map(|node| node.running.as_ref());
        running.all(|process| process.room.room.card.borrow().rev == rev)
    }

    /// What follows a rev that the log has.
    pub(crate) fn events_after(&self, rev: Rev) -> Vec<Committed> {
        let following = self.hub.missed_since(self.record.room(), rev);
        following.unwrap_or_default()
    }

    /// Whether the log takes events: it is there, and no lost ones are written back.
    pub(crate) fn takes_events(&self) -> bool {
        self.hub.is_there()
    }

    /// How often the log has lost events for good.
    pub(crate) const fn losses(&self) -> u32 {
        self.record.losses()
    }

    /// What contradicts that the nodes are one server: one order for all, and every answer true.
    pub(crate) fn contradictions(&self) -> Vec<String> {
        self.record.contradictions(&self.events())
    }

    /// Lets time pass until then.
    pub(crate) fn pass(&mut self, now: RoomTime) {
        self.now = self.now.max(now);
        for process in self
            .nodes
            .iter_mut()
            .filter_map(|node| node.running.as_mut())
        {
            process.pass(self.now);
        }
        if self.hub.is_there() {
            let wanted = |node: &usize| self.nodes[*node].is_wanted;
            for node in (0..self.nodes.len()).filter(wanted).collect::<Vec<_>>() {
                self.start(node);
            }
        }
        self.close_silent();
        self.take_turns();
    }

    /// By how much the clock of each running node is ahead of the one that they share.
    pub(crate) fn ahead(&self) -> Vec<Span> {
        let running = self.nodes.iter().filter_map(|node| node.running.as_ref());
        running
            .map(|process| process.room_time() - self.now)
            .collect()
    }

    /// Takes what was sent since it was asked last, by connection.
    pub(crate) fn take_sent(&mut self) -> Vec<(u64, Sent)> {
        std::mem::take(&mut self.sent)
    }

    /// Something goes wrong.
    pub(crate) fn fail(&mut self, fault: NodeFault) {
        let hub = self.hub.clone();
        match fault {
            NodeFault::Dies(node) => self.kill(node),
            NodeFault::CutOff(node) => self.at(node, |name| hub.cut_off(name)),
            NodeFault::AppendBreaks(node, counts) => {
                let lost = if counts { Lost::Answer } else { Lost::Events };
                self.at(node, |name| hub.lose_next(name, lost));
            }
            NodeFault::MissesNews(node) => {
                self.at(node, |name| hub.spoil_news(name, NewsFault::Lost));
            }
            NodeFault::LateNews(node) => {
                self.at(node, |name| hub.spoil_news(name, NewsFault::Late));
            }
            NodeFault::DoubledNews(node) => {
                self.at(node, |name| hub.spoil_news(name, NewsFault::Twice));
            }
            NodeFault::StoreAway => hub.go_away(),
            NodeFault::StoreForgets(events) => hub.come_back_without(self.record.room(), events),
        }
        self.take_turns();
    }

    /// What went wrong is over.
    pub(crate) fn mend(&mut self, fault: NodeFault) {
        let hub = self.hub.clone();
        match fault {
            NodeFault::Dies(node) => self.nodes[node].is_wanted |= !self.is_running(node),
            NodeFault::CutOff(node) | NodeFault::AppendBreaks(node, _) => {
                self.at(node, |name| hub.join_again(name));
            }
            NodeFault::MissesNews(node)
            | NodeFault::LateNews(node)
            | NodeFault::DoubledNews(node) => {
                self.at(node, |name| hub.spoil_news(name, NewsFault::None));
            }
            NodeFault::StoreAway => hub.come_back(),
            NodeFault::StoreForgets(_) => {
                let lost = hub.mended(self.record.room());
                self.record.lose(&lost);
            }
        }
        self.take_turns();
    }

    /// The name of a node's process; `None` while none runs.
    pub(crate) fn name(&self, node: usize) -> Option<String> {
        let process = self.nodes[node].running.as_ref();
        process.map(|process| process.name.clone())
    }

    /// The lease of a process has run out, unless it can renew it.
    pub(crate) fn lease_ends(&mut self, name: &str) {
        if !self.hub.reaches(name) || self.running(name).is_none() {
            self.hub.gone(name);
        }
        self.take_turns();
    }

    /// The log's id.
    fn log_id(&self) -> LogId {
        self.hub.id()
    }

    fn running(&self, name: &str) -> Option<&Process> {
        let mut running = self.nodes.iter().filter_map(|node| node.running.as_ref());
        running.find(|process| process.name == name)
    }

    fn at(&self, node: usize, change: impl FnOnce(&str)) {
        if let Some(process) = &self.nodes[node].running {
            change(&process.name);
        }
    }

    fn start(&mut self, number: usize) {
        let room_id = self.record.room().clone();
        let node = &mut self.nodes[number];
        node.is_wanted = false;
        node.processes += 1;
        let name = format!("node-{number}-{}", node.processes);
        let log = self.hub.node(&name);
        let beginning = match self.hub.room(&room_id) {
            Some(room) => RoomStart::Reopened(Box::new(room)),
            None => RoomStart::Created(NewRoom {
                creation: public_creation(),
                joins: Vec::new(),
            }),
        };
        let runtime = Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime");
        let seed = self.seed ^ u64::from(node.processes).rotate_left(32) ^ (number as u64);
        let (clock, room) = runtime.block_on(async {
            let clock = DriftingClock::start(seed, self.now);
            let lone = LoneNode {
                log,
                clock: clock.clock,
                alive_until: self.now,
            };
            (clock, lone.start(room_id, beginning))
        });
        node.running = Some(Process {
            name,
            runtime,
            clock,
            room,
        });
        self.take_turns();
    }

    fn kill(&mut self, node: usize) {
        self.nodes[node].running = None;
        self.sessions.retain(|_, session| session.node() != node);
    }

    /// Lets everybody do what they can do now, and takes what they send.
    fn take_turns(&mut self) {
        for _ in 0..TURNS {
            for process in self.nodes.iter().filter_map(|node| node.running.as_ref()) {
                process.runtime.block_on(tokio::task::yield_now());
            }
        }
        self.collect();
    }

    fn send(&self, node: usize, message: RoomMessage) {
        if let Some(process) = &self.nodes[node].running {
            // It is empty between two turns, or the room has ended.
            let _ended = process.room.room.inbox.try_send(Box::new(message));
        }
    }
}

impl Process {
    /// Lets time pass until then.
    fn pass(&mut self, now: RoomTime) {
        let passed = self.clock.goes_on(now);
        self.runtime.block_on(tokio::time::advance(passed));
        let _inside = self.runtime.enter();
        self.clock.read(now);
    }

    /// What the node's clock shows.
    fn room_time(&self) -> RoomTime {
        let _inside = self.runtime.enter();
        self.clock.clock.now()
    }
}
