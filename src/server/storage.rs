//! Where a server keeps its rooms.

use std::path::PathBuf;

use super::log::{self, OpenError, RedisSettings, RoomLog};
use super::metrics::Metrics;
use crate::protocol::ids::NodeId;

/// Where a server keeps its rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// In memory: the rooms end with the server.
    Memory,
    /// In a file in this folder, which is created if it does not exist.
    Folder(PathBuf),
    /// In a Redis, which other nodes of the same server may share.
    Redis(Box<RedisSettings>),
}

impl Storage {
    /// The file of the rooms, if there is one.
    pub(super) fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Memory | Self::Redis(_) => None,
            Self::Folder(folder) => Some(log::file_in(folder)),
        }
    }

    /// Opens the log. A file is opened on a blocking thread, since reading it may take a while. In
    /// Redis, the other nodes know from these counters of how many connections this one has.
    pub(super) async fn open(self, metrics: &Metrics) -> Result<RoomLog, OpenError> {
        let folder = match self {
            Self::Memory => None,
            Self::Folder(folder) => Some(folder),
            Self::Redis(settings) => {
                let log = RoomLog::redis(*settings).await?;
                log.tell_connections(metrics);
                return Ok(log);
            }
        };
        let opening = tokio::task::spawn_blocking(move || match folder {
            None => RoomLog::ephemeral(),
            Some(folder) => RoomLog::embedded(&folder),
        });
        opening.await.unwrap_or_else(|error| {
            Err(OpenError::Unusable {
                path: PathBuf::from("rooms.redb"),
                source: std::io::Error::other(error),
            })
        })
    }
}

/// What this process is called: as the other nodes know it, if there can be any.
pub(super) fn node_of(log: &RoomLog) -> NodeId {
    log.node()
        .unwrap_or_else(|| NodeId(format!("{:016x}", rand::random::<u64>())))
}
