//! What a log that several nodes share tells one of them about the others. A log of one process
//! has nobody to tell of: what it returns here never yields anything.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use crate::protocol::ids::{NodeId, Rev, RoomId};
use crate::protocol::time::RoomTime;
use crate::room::committed::{Committed, Room};

/// What a node lacks of a room: it follows what the node has.
#[derive(Debug)]
pub enum Missed {
    /// These events, in their order; none if the node has them all.
    Events(Vec<Committed>),
    /// The whole room, since the events are no longer kept, or the log is another one by now.
    Room(Box<Room>),
    /// There is no such room any more.
    Gone,
    /// The log has lost it, or its last events: [`super::RoomLog::write_back`] comes next, and
    /// nothing else is possible before that.
    Lost,
}

/// What another node did in a room.
#[derive(Debug, Clone)]
pub enum FromOthers {
    /// It appended events, all of which it tells.
    Appended {
        /// The rev that the events follow.
        after: Rev,
        /// The events, in their order.
        events: Vec<Committed>,
    },
    /// Something may have been missed: the room asks [`super::RoomLog::missed`].
    Check,
    /// The log is back after it was away. Meanwhile nobody told anybody what is kept nowhere.
    Returned,
    /// It told what is kept nowhere.
    Told {
        /// The node that told it.
        from: NodeId,
        /// What it told, in the words of the room's task.
        message: Bytes,
    },
}

/// What a clock showed that all nodes of a server share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeReading {
    /// What it showed.
    pub at: RoomTime,
    /// When it did, by the clock of this process.
    pub when: Instant,
    /// By how much that may be off.
    pub doubt: Duration,
}

/// The news of one room from other nodes.
#[derive(Debug)]
pub struct RoomFollower(Option<mpsc::Receiver<FromOthers>>);

impl RoomFollower {
    /// One that never yields.
    #[must_use]
    pub const fn alone() -> Self {
        Self(None)
    }

    /// One that yields what is sent on this channel.
    #[must_use]
    pub const fn new(news: mpsc::Receiver<FromOthers>) -> Self {
        Self(Some(news))
    }

    /// The next news that waits already, if any does.
    pub fn waiting(&mut self) -> Option<FromOthers> {
        self.0.as_mut()?.try_recv().ok()
    }

    /// Waits for the next news; forever once there is nobody who could have any.
    pub async fn next(&mut self) -> FromOthers {
        if let Some(news) = &mut self.0
            && let Some(next) = news.recv().await
        {
            return next;
        }
        std::future::pending().await
    }
}

/// The nodes of a server, as this node knows them.
#[derive(Debug)]
pub struct Nodes {
    /// This node; `None` in a log that no others share.
    pub this: Option<NodeId>,
    /// The nodes that are alive, this one among them. Members at any other are gone.
    pub alive: watch::Receiver<BTreeSet<NodeId>>,
    /// The rooms that other nodes created, each once. `None` if it was taken before.
    pub appeared: Option<mpsc::Receiver<RoomId>>,
    /// Whether another node ran already when this log was opened.
    pub joined_others: bool,
}

impl Nodes {
    /// Those of a log that no others share.
    #[must_use]
    pub fn alone() -> Self {
        Self {
            this: None,
            alive: watch::Sender::new(BTreeSet::new()).subscribe(),
            appeared: None,
            joined_others: false,
        }
    }
}
