//! A room's task without a server around it, for tests.

use tokio::sync::{mpsc, watch};

use super::cluster::Cluster;
use super::message::Handle;
use super::{EndedRoom, RoomContext, RoomStart, start};
use crate::protocol::ids::RoomId;
use crate::protocol::time::RoomTime;
use crate::server::clock::NodeClock;
use crate::server::drain::Drain;
use crate::server::limits::Limits;
use crate::server::log::RoomLog;
use crate::server::metrics::Metrics;
use crate::server::shutdown::{ShutdownTrigger, shutdown};

/// What a room's task needs of its node.
pub(in crate::server) struct LoneNode {
    /// The log that events are appended to.
    pub(in crate::server) log: RoomLog,
    /// The node's room time.
    pub(in crate::server) clock: NodeClock,
    /// The last room time at which a server is known to have run with this log.
    pub(in crate::server) alive_until: RoomTime,
}

/// A room's task, and the ends that a server would hold.
#[derive(Debug)]
pub(in crate::server) struct LoneRoom {
    /// How sessions reach the task.
    pub(in crate::server) room: Handle,
    /// Receives the room when it has ended.
    pub(in crate::server) ended: mpsc::Receiver<EndedRoom>,
    /// Lets the task write a snapshot and end.
    pub(in crate::server) down: ShutdownTrigger,
    /// Changes the limits.
    pub(in crate::server) limits: watch::Sender<Limits>,
}

/// The ends that a server would hold of what its rooms share.
#[derive(Debug)]
pub(in crate::server) struct LoneNodeEnds {
    /// Receives each room that has ended.
    pub(in crate::server) ended: mpsc::Receiver<EndedRoom>,
    /// Lets all tasks write a snapshot and end.
    pub(in crate::server) down: ShutdownTrigger,
    /// Changes the limits.
    pub(in crate::server) limits: watch::Sender<Limits>,
}

impl LoneNode {
    /// Starts a room's task on the current runtime.
    pub(in crate::server) fn start(self, id: RoomId, beginning: RoomStart) -> LoneRoom {
        let (context, ends) = self.context();
        LoneRoom {
            room: start(id, beginning, context),
            ended: ends.ended,
            down: ends.down,
            limits: ends.limits,
        }
    }

    /// What the rooms of such a node share.
    pub(in crate::server) fn context(self) -> (RoomContext, LoneNodeEnds) {
        let (down, shutdown) = shutdown();
        let (ended_sender, ended) = mpsc::channel(1);
        let (alive, _) = mpsc::channel(1);
        let (limits_sender, limits) = watch::channel(Limits::default());
        let cluster = Cluster::of(&self.log.nodes());
        let context = RoomContext {
            drain: Drain::new(cluster.clone()),
            cluster,
            log: self.log,
            clock: self.clock,
            alive_until: self.alive_until,
            limits,
            metrics: Metrics::default(),
            shutdown,
            ended: ended_sender,
            _alive: alive,
        };
        let ends = LoneNodeEnds {
            ended,
            down,
            limits: limits_sender,
        };
        (context, ends)
    }
}
