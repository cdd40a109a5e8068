//! The names of the keys and channels. All have the prefix as their hash tag, so that they are in one
//! slot: in a cluster one master has all of them, with one clock and one epoch.

use crate::protocol::ids::RoomId;

use super::settings::{RedisPrefix, RedisSettings};

/// The names under one prefix.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    prefix: RedisPrefix,
    /// The number of the database.
    database: i64,
}

/// The keys of one room.
#[derive(Debug, Clone)]
pub(super) struct RoomKeys {
    /// A hash: the last `rev`, the `tip` of its append, those of the snapshot: `snap`, `snaptip`, and
    /// when the room was `made`, in Redis' time in microseconds.
    pub(super) head: String,
    /// A stream: the entry `REV-0` has the event `e` and the tip `t` of its append.
    pub(super) log: String,
    /// The room as JSON.
    pub(super) snapshot: String,
    /// The digest of the key with which the room may be created.
    pub(super) creation_key: String,
    /// For a while after the room was removed: when it was made.
    pub(super) removed: String,
}

impl Keys {
    /// The names of a server with these settings.
    pub(super) fn of(settings: &RedisSettings) -> redis::RedisResult<Self> {
        Ok(Self::new(settings.prefix.clone(), settings.database()?))
    }

    /// The names that begin with this prefix, in the database of this number.
    pub(super) const fn new(prefix: RedisPrefix, database: i64) -> Self {
        Self { prefix, database }
    }

    /// The keys of a room.
    pub(super) fn room(&self, room: &RoomId) -> RoomKeys {
        let key = |part| self.named(&format!("room:{room}:{part}"));
        RoomKeys {
            head: key("head"),
            log: key("log"),
            snapshot: key("snap"),
            creation_key: key("key"),
            removed: key("removed"),
        }
    }

    /// A sorted set: each room, with the time in seconds at which it was put there. One that does
    /// not exist may stand there for a while.
    pub(super) fn rooms(&self) -> String {
        self.named("rooms")
    }

    /// The id of the server that all nodes are.
    pub(super) fn server(&self) -> String {
        self.named("server")
    }

    /// A hash: the epoch of the data. Another one begins when Redis starts again or has lost data.
    pub(super) fn epoch(&self) -> String {
        self.named("epoch")
    }

    /// Exists for a moment after Redis was started again, and says for how many milliseconds.
    pub(super) fn window(&self) -> String {
        self.named("window")
    }

    /// The newest room time, and what Redis' clock showed when it was noted, both in microseconds.
    pub(super) fn time(&self) -> String {
        self.named("time")
    }

    /// The leases of the nodes.
    pub(super) fn nodes(&self) -> String {
        self.named("nodes")
    }

    /// A hash: of each node that has a lease, how many connections it has and what it is called.
    pub(super) fn node_details(&self) -> String {
        self.named("node-details")
    }

    /// When a lease was renewed last.
    pub(super) fn renewed(&self) -> String {
        self.named("renewed")
    }

    /// What the names of quotas are hashed with.
    pub(super) fn quota_key(&self) -> String {
        self.named("quota-key")
    }

    /// The quota of an address of this hash.
    pub(super) fn quota(&self, hash: &str) -> String {
        self.named(&format!("quota:{hash}"))
    }

    /// The channel on which events are told.
    pub(super) fn events(&self) -> String {
        self.channel("events")
    }

    /// The channel for what is kept nowhere.
    pub(super) fn told(&self) -> String {
        self.channel("told")
    }

    /// A channel is heard in all databases of a Redis.
    fn channel(&self, part: &str) -> String {
        match self.database {
            0 => self.named(part),
            database => self.named(&format!("{database}:{part}")),
        }
    }

    fn named(&self, part: &str) -> String {
        format!("{{{}}}:{part}", self.prefix)
    }
}
