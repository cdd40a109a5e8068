//! The room server's shell: sockets in, rooms behind them. Moves bytes and holds no rule.
//!
//! [`Running::start`] runs a server in this process: for `serve`, for a client that brings
//! its own, and for tests. Listening sockets come from the caller. `routes` says which
//! addresses there are, `serve` takes sockets in and counts them with `peers`, `session` serves
//! one WebSocket, `registry` knows the rooms, `replica` is one room, [`log`] is where its events are agreed and kept.

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

/// How long sockets and rooms have to end when the server goes down. With the log's last
/// write after it a process stays well below 5 s.
const ENDING: Duration = Duration::from_secs(3);

/// How long the log has for its last write.
const LAST_WRITE: Duration = Duration::from_secs(1);

/// How often the log is told how far room time has come. A room counts as away from then on,
/// and stands still after a minute of that; so it must be well below a minute.
const TIME_NOTED_EVERY: Duration = Duration::from_secs(15);

/// How long a socket has for the head of a request. A WebSocket is one request.
const HEAD_WITHIN: Duration = Duration::from_secs(10);

/// What a server is run with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerConfig {
    /// Where the rooms are kept.
    pub storage: Storage,
    /// Where others reach it, if it knows: what invite links begin with.
    pub public_url: Option<String>,
    /// How much it takes.
    pub limits: Limits,
}

/// Where a server keeps its rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// Nowhere: they end with it.
    Memory,
    /// In a file in this folder, which is made if need be.
    Folder(PathBuf),
}

/// Why a server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The rooms' log cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A room in the log cannot be read.
    #[error(
        "{0}; nothing was changed. Put a backup of the data folder in its place, or give \
         another --data-dir to begin anew"
    )]
    Restore(#[from] LogError),
    /// A listening socket says no more where it listens.
    #[error("a listening socket has no address: {0}")]
    Listener(#[source] std::io::Error),
}

/// A server that runs in this process.
#[derive(Debug)]
pub struct Running {
    addresses: Vec<SocketAddr>,
    down: ShutdownTrigger,
    alive: mpsc::Receiver<Infallible>,
    clock: NodeClock,
    log: RoomLog,
}

impl Running {
    /// Opens the log, brings its rooms back, and serves all listening sockets. Once this
    /// returns the server answers.
    ///
    /// # Errors
    /// [`ServerError`]; nothing runs then.
    pub async fn start(
        listeners: Vec<TcpListener>,
        config: ServerConfig,
    ) -> Result<Self, ServerError> {
        Self::start_by(SystemTime::now(), listeners, config).await
    }

    /// The same where the wall clock shows `wall`: so that one that was set can be tried out.
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

    /// Where it listens, in the order of the sockets given.
    #[must_use]
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Takes no more sockets, closes those that are open with a reason, and keeps the rooms.
    /// Takes 4 s at most.
    pub async fn stop(mut self) {
        self.down.now();
        // Nobody sends on this channel: it ends when the last task has dropped its end.
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

/// Reading a log may take a while, so that happens on a thread for blocking work.
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

/// Tells the log now and then how far room time has come, until the server goes down.
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
