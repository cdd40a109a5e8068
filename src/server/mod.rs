//! The room server's shell: sockets, and the tasks of the rooms behind them. It moves bytes and
//! decides nothing about a room.
//!
//! [`Running::start`] runs a server in this process: for `serve`, for a client that hosts its own
//! room, and for tests. The caller opens the listening sockets.
//!
//! - `acceptor` accepts sockets and counts them with `peers`; `routes` are the addresses it serves
//! - `session` is one WebSocket, `outbox` the frames that wait for it, `replies` its answers
//! - `registry` knows the rooms, `replica` is one room, [`log`] is where its events are kept

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, timeout};

use acceptor::Acceptor;
use clock::NodeClock;
use credentials::Passwords;
use log::{LogError, OpenError, RoomLog};
use peers::Peers;
use replica::RoomContext;
use shutdown::{Shutdown, ShutdownTrigger};
use state::ServerState;

use crate::protocol::ids::NodeId;

pub use limits::Limits;
#[cfg(test)]
pub(crate) use replica::{lead_for, process, summary};

mod acceptor;
mod clock;
mod credentials;
mod limits;
pub mod listen;
pub mod log;
mod origin;
mod outbox;
mod peers;
mod registry;
mod replica;
mod replies;
mod routes;
mod session;
mod shutdown;
mod state;

/// How long sockets and rooms may take to end at a shutdown. With the log's last write after that,
/// the process ends well within 5 s (judgement: below the patience of service managers, 10 s and
/// more).
const ENDING: Duration = Duration::from_secs(3);

/// How long the log's last write may take at a shutdown (judgement).
const LAST_WRITE: Duration = Duration::from_secs(1);

/// How often room time is noted in the log. A reopened room counts as unattended since the last
/// note, and is paused if that was more than a minute ago: so this must be well below a minute.
const TIME_NOTED_EVERY: Duration = Duration::from_secs(15);

/// How long a socket may take to send the head of a request (judgement). A WebSocket is one
/// request.
const HEAD_WITHIN: Duration = Duration::from_secs(10);

/// The settings of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerConfig {
    /// Where the rooms' log is.
    pub storage: Storage,
    /// The URL at which others reach it, with which invite links begin; `None` if unknown.
    pub public_url: Option<String>,
    /// The most rooms and members, and how long rooms wait and are kept.
    pub limits: Limits,
}

/// Where a server keeps its rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// In memory: the rooms end with the server.
    Memory,
    /// In a file in this folder, which is created if it does not exist.
    Folder(PathBuf),
}

/// Why a server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The rooms' log cannot be opened. Its message tells the operator what to do.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A room in the log cannot be read.
    #[error(
        "{0}; nothing was changed. Put a backup of the data folder in its place, or give \
         another --data-dir to begin anew"
    )]
    Restore(#[from] LogError),
    /// The address of a listening socket cannot be read.
    #[error("a listening socket has no address: {0}")]
    Listener(#[source] std::io::Error),
}

/// A server that runs in this process. [`Self::stop`] ends it in order.
#[derive(Debug)]
pub struct Running {
    addresses: Vec<SocketAddr>,
    down: ShutdownTrigger,
    alive: mpsc::Receiver<Infallible>,
    clock: NodeClock,
    log: RoomLog,
}

impl Running {
    /// Opens the log, restores its rooms, and serves all listening sockets. The server answers
    /// once this returns.
    ///
    /// # Errors
    /// [`ServerError`]; nothing runs then.
    pub async fn start(
        listeners: Vec<TcpListener>,
        config: ServerConfig,
    ) -> Result<Self, ServerError> {
        Self::start_by(SystemTime::now(), listeners, config).await
    }

    /// Like [`Self::start`], but with `wall` as the wall clock's time: tests simulate a clock that
    /// was set.
    ///
    /// # Errors
    /// [`ServerError`]; nothing runs then.
    pub async fn start_by(
        wall: SystemTime,
        listeners: Vec<TcpListener>,
        config: ServerConfig,
    ) -> Result<Self, ServerError> {
        let addresses = listeners
            .iter()
            .map(TcpListener::local_addr)
            .collect::<Result<Vec<_>, _>>()
            .map_err(ServerError::Listener)?;
        let log = open_log(config.storage).await?;
        let (down, shutdown) = shutdown::shutdown();
        let (alive, all_gone) = mpsc::channel(1);
        let clock = NodeClock::start(wall, log.noted(), log.newest_at());
        let (ended, endings) = registry::endings();
        let context = RoomContext {
            log: log.clone(),
            clock,
            alive_until: log.newest_at().unwrap_or_default(),
            limits: config.limits,
            shutdown: shutdown.clone(),
            ended,
            _alive: alive.clone(),
        };
        let state = Arc::new(ServerState {
            rooms: registry::start(context, endings).await?,
            clock,
            node: NodeId(format!("{:016x}", rand::random::<u64>())),
            log: log.id().clone(),
            storage: log.clone(),
            public_url: config.public_url,
            passwords: Passwords::new(),
            shutdown,
            _alive: alive,
        });
        tokio::spawn(note_time(log.clone(), clock, state.shutdown.clone()));
        let acceptor = Acceptor {
            peers: Peers::new(),
            head_within: HEAD_WITHIN,
            shutdown: state.shutdown.clone(),
            app: routes::routes(state),
        };
        for listener in listeners {
            tokio::spawn(acceptor::serve(listener, acceptor.clone()));
        }
        Ok(Self {
            addresses,
            down,
            alive: all_gone,
            clock,
            log,
        })
    }

    /// The addresses it listens on, in the order of the listening sockets.
    #[must_use]
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Accepts no more sockets, closes open ones with a reason, and writes the rooms to the log.
    /// Takes at most 4 s.
    pub async fn stop(mut self) {
        self.down.now();
        // Nothing is ever sent on this channel: it closes when the last task has dropped its
        // sender.
        if timeout(ENDING, self.alive.recv()).await.is_err() {
            tracing::warn!("some sockets or rooms did not end in time");
        }
        let last_write = async {
            if let Err(error) = self.log.note_time(self.clock.noted()).await {
                tracing::warn!(%error, "the log does not know when the server ended");
            }
            self.log.close().await;
        };
        if timeout(LAST_WRITE, last_write).await.is_err() {
            tracing::error!("the rooms' log did not take its last write in time");
        }
    }
}

/// Opens the log on a blocking thread, since reading it may take a while.
async fn open_log(storage: Storage) -> Result<RoomLog, OpenError> {
    let opening = tokio::task::spawn_blocking(move || match storage {
        Storage::Memory => RoomLog::ephemeral(),
        Storage::Folder(folder) => RoomLog::embedded(&folder),
    });
    opening.await.unwrap_or_else(|error| {
        Err(OpenError::Unusable {
            path: PathBuf::from("rooms.redb"),
            source: std::io::Error::other(error),
        })
    })
}

/// Notes room time in the log every [`TIME_NOTED_EVERY`] until the server shuts down.
async fn note_time(log: RoomLog, clock: NodeClock, mut shutdown: Shutdown) {
    let mut ticks = tokio::time::interval(TIME_NOTED_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = shutdown.wait() => return,
            _ = ticks.tick() => {
                if let Err(error) = log.note_time(clock.noted()).await {
                    tracing::warn!(%error, "the log does not know how far room time has come");
                }
            }
        }
    }
}
