//! The log in Redis, which several nodes share. All nodes are equal and none owns a room: a script
//! appends events if nobody came before, and tells them to all nodes on a channel. What a message
//! did not tell is found by comparing the rooms with Redis every few seconds.
//!
//! `opening` begins it, `seeds` finds the server that has the keys and `cluster` reads which that is in a
//! cluster, `link` is a connection, `keeper` the tasks that keep one, `lease` a node's sign of life,
//! `time` Redis' clock, `rooms` what this node knows of its rooms, `append` and `removal` how they change
//! and end, `news` what nodes tell each other, `addresses` what they tell of addresses, `record` what the
//! scripts answer, `repair` the comparison, `unreadable` what it leaves out, `write_back` what Redis lost.
//! `fault` is why Redis failed, `cause` what an operator is told of that, by `diagnosis`, `risks` what its
//! settings may cost.

mod addresses;
mod append;
mod cause;
mod cluster;
mod diagnosis;
mod fault;
mod figures;
mod import;
mod inbox;
mod keeper;
mod keys;
mod lease;
mod link;
mod news;
mod node_name;
mod opening;
mod quotas;
mod record;
mod removal;
mod repair;
mod risks;
mod room_keys;
mod rooms;
mod scripts;
mod seeds;
mod settings;
mod shared;
#[cfg(test)]
mod tests;
mod time;
mod tip;
mod unreadable;
mod write_back;

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use redis::ScriptInvocation;
use tokio::sync::{mpsc, watch};

use self::fault::{ANSWERS_WITHIN, RedisFault};
use self::record::RoomAnswer;
use self::shared::{Contact, Shared};
use self::unreadable::UnreadablePart;
use super::{
    Appended, Durable, LogError, Missed, Nodes, NotedTime, OpenError, RoomFollower, TimeReading,
};
use crate::protocol::ids::{LogId, NodeId, Rev, RoomId};
use crate::protocol::time::RoomTime;
use crate::room::committed::Room;
use crate::server::metrics::store::StoreIncident;

pub use cause::{RedisCause, RedisTlsCause};
pub use node_name::{InvalidNodeName, NodeName};
pub use opening::{CheckedRedis, check_redis};
pub use risks::RedisRisk;
pub use settings::{InvalidRedisPrefix, InvalidRedisUrl, RedisPrefix, RedisSettings, RedisUrl};

/// The most bytes that the nodes tell each other at once: as many as a room takes in
/// (`replica/others.rs`).
const MOST_TOLD: usize = 1024 * 1024;

/// The log in Redis. Clones share it; it ends when the last is dropped.
#[derive(Debug, Clone)]
pub(super) struct Redis {
    shared: Arc<Shared>,
    appeared: Arc<Mutex<Option<mpsc::Receiver<RoomId>>>>,
    over: Arc<watch::Sender<bool>>,
    server_id: String,
    newest_at: Option<RoomTime>,
    joined_others: bool,
    risks: Arc<[RedisRisk]>,
}

impl Redis {
    /// The id of the log: another one after Redis was started again.
    pub(super) fn id(&self) -> LogId {
        self.shared.log_id.borrow().clone()
    }

    /// The id of the server that all nodes are.
    pub(super) fn server_id(&self) -> String {
        self.server_id.clone()
    }

    /// The newest time that was noted when the log was opened; beside other nodes, carried on to then.
    pub(super) const fn newest_at(&self) -> Option<RoomTime> {
        self.newest_at
    }

    /// What the settings of Redis may cost the rooms, as they were when the log was opened.
    pub(super) fn risks(&self) -> &[RedisRisk] {
        &self.risks
    }

    /// The best of the last readings of Redis' clock.
    pub(super) fn time(&self) -> watch::Receiver<TimeReading> {
        self.shared.time.subscribe()
    }

    /// The ids of all rooms, some of which may not exist.
    pub(super) async fn rooms(&self) -> Result<Vec<RoomId>, LogError> {
        let link = self.shared.link()?;
        repair::listed(&self.shared, &link)
            .await
            .map_err(|fault| unread(&fault))
    }

    /// Reads a whole room; `None` if there is none.
    pub(super) async fn open_room(&self, room: &RoomId) -> Result<Option<Room>, LogError> {
        let script = &self.shared.scripts.open;
        let answer = self.of_room(room, Rev(0), script.prepare_invoke()).await?;
        match answer {
            RoomAnswer::Whole(head, whole) => {
                self.shared.known().opened(room, head);
                Ok(Some(*whole))
            }
            _ => Ok(None),
        }
    }

    /// What follows `after`.
    pub(super) async fn missed(&self, room: &RoomId, after: Rev) -> Result<Missed, LogError> {
        if self.shared.known().is_lost(room) {
            return self.shared.mending_link().map(|_| Missed::Lost);
        }
        let tip = self.shared.known().tip_at(room, after);
        let scripts = &self.shared.scripts;
        let script = if let Some(tip) = tip {
            let made = self.shared.known().made(room);
            let mut script = scripts.missed.prepare_invoke();
            script.arg(after.0.to_string()).arg(tip.to_string());
            script.arg(made.0.to_string());
            script
        } else {
            scripts.open.prepare_invoke()
        };
        let answer = self.of_room(room, after, script).await?;
        if matches!(answer, RoomAnswer::Lost) {
            let link = self.shared.link()?;
            self.note_lost(room, &link).await?;
            return Ok(Missed::Lost);
        }
        Ok(self.lacking(room, answer))
    }

    /// What an answer says that the node lacks, which it will have from now on.
    fn lacking(&self, room: &RoomId, answer: RoomAnswer) -> Missed {
        let mut known = self.shared.known();
        match answer {
            RoomAnswer::Events(head, events) => {
                known.reached(room, head);
                Missed::Events(events)
            }
            RoomAnswer::Whole(head, whole) => {
                known.replaced(room, head);
                Missed::Room(whole)
            }
            RoomAnswer::Lost => Missed::Lost,
            RoomAnswer::Gone | RoomAnswer::Other | RoomAnswer::Agreed { .. } | RoomAnswer::Late => {
                known.remove(room);
                Missed::Gone
            }
        }
    }

    /// This node.
    pub(super) fn node(&self) -> NodeId {
        self.shared.node.clone()
    }

    /// The nodes that share the log.
    pub(super) fn nodes(&self) -> Nodes {
        let mut appeared = self.appeared.lock().unwrap_or_else(PoisonError::into_inner);
        Nodes {
            this: Some(self.shared.node.clone()),
            alive: self.shared.alive.subscribe(),
            appeared: appeared.take(),
            joined_others: self.joined_others,
        }
    }

    /// The news of a room from now on.
    pub(super) fn follow(&self, room: &RoomId) -> RoomFollower {
        self.shared.known().follow(room)
    }

    /// Tells the other nodes something that is kept nowhere.
    pub(super) fn tell_others(&self, room: &RoomId, message: &Bytes) {
        if message.len() > MOST_TOLD || self.shared.alive.borrow().len() < 2 {
            return;
        }
        let message = (room.clone(), message.clone());
        if self.shared.outgoing.try_send(message).is_err() {
            self.shared.counts.count(StoreIncident::MessagesDropped);
        }
    }

    /// Notes room time for the next node that opens the log.
    pub(super) async fn note_time(&self, now: NotedTime) -> Result<(), LogError> {
        let link = self.shared.link()?;
        let mut script = self.shared.scripts.note.key(self.shared.keys.time());
        script.arg(now.at.0.to_string());
        let noted = link.run(&script, ANSWERS_WITHIN).await;
        self.shared.note_full(noted.as_ref().err());
        noted.map(|_| ()).map_err(|fault| unread(&fault))
    }

    /// Whether Redis is there, and has room.
    pub(super) fn takes_writes(&self) -> bool {
        self.shared.link().is_ok() && !self.shared.is_full.load(Ordering::Acquire)
    }

    /// Ends the tasks and gives the lease back, which nobody renews any more then.
    pub(super) async fn close(self) {
        let link = self.shared.link();
        self.over.send_replace(true);
        let mut contact = self.shared.contact.subscribe();
        // The sender lives as long as `self`, so there is no error.
        let _closed = contact.wait_for(|at| matches!(at, Contact::Closed)).await;
        let Ok(link) = link else {
            return;
        };
        let mut pipeline = redis::pipe();
        let (nodes, details) = (self.shared.keys.nodes(), self.shared.keys.node_details());
        pipeline.zrem(nodes, &self.shared.node.0).ignore();
        pipeline.hdel(details, &self.shared.node.0).ignore();
        let events = self.shared.keys.events();
        pipeline.publish(events, news::NODES).ignore();
        if let Err(error) = link.ask::<()>(&pipeline).await {
            tracing::debug!(%error, "the node's lease runs out by itself");
        }
    }

    /// Runs a script about a room.
    async fn of_room(
        &self,
        room: &RoomId,
        after: Rev,
        mut script: ScriptInvocation<'_>,
    ) -> Result<RoomAnswer, LogError> {
        let link = self.shared.link()?;
        let keys = self.shared.keys.room(room);
        script.key(keys.head).key(keys.log).key(keys.snapshot);
        script.key(keys.removed);
        let read = match link.run(&script, ANSWERS_WITHIN).await {
            Ok(answer) => record::read(room, after, answer),
            Err(fault) if fault.is_about_data() => Err(LogError::Unreadable {
                room: room.clone(),
                reason: super::DataFault::other(&fault),
            }),
            Err(fault) => return Err(unread(&fault)),
        };
        self.noted(room, read)
    }

    /// Notes whether the record of a room could be read.
    fn noted(
        &self,
        room: &RoomId,
        read: Result<RoomAnswer, LogError>,
    ) -> Result<RoomAnswer, LogError> {
        match &read {
            Ok(_) => self
                .shared
                .unreadable
                .can_read(room, UnreadablePart::Record),
            Err(LogError::Unreadable { reason, .. }) => {
                let part = UnreadablePart::Record;
                self.shared.note_unreadable(room, part, reason);
            }
            Err(_) => {}
        }
        read
    }
}

fn json(room: &RoomId, value: &impl serde::Serialize) -> Result<Vec<u8>, LogError> {
    serde_json::to_vec(value).map_err(|error| LogError::Unreadable {
        room: room.clone(),
        reason: super::DataFault::other(&error),
    })
}

/// A question that was not answered, after which nothing has changed, or it does not matter.
fn unread(fault: &RedisFault) -> LogError {
    tracing::debug!(error = %fault, "Redis did not answer a question");
    LogError::Away
}
