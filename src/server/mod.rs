//! The room server's shell: sockets, and the tasks of the rooms behind them. It moves bytes and
//! decides nothing about a room.
//!
//! [`Running::start`] runs a server in this process: for `serve`, for a client that hosts its own
//! room, and for tests. The caller opens the listening sockets.
//!
//! - `acceptor` accepts sockets and counts them with `peers`, by what named proxies say (`forwarded`,
//!   `proxied`); [`tls`] is its certificate, `lingering` and `places` are how sockets are closed
//! - `routes` are the addresses it serves, `socket_routes` how one socket reaches them; `pages` is what
//!   a browser shows there, `api` what programs read, `feed` the news of live rooms
//! - `session` is one WebSocket, `outbox` the frames that wait for it, `replies` its answers; `quiet`
//!   is one on which nothing is said; `websocket` is the protocol below both
//! - `registry` knows the rooms, `replica` is one room, [`log`] is where its events are kept
//! - [`admin`] is the operator's socket, `drain` the end they plan; `health`, `metrics` for monitoring

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, timeout};

use acceptor::{Acceptor, ClosingSockets};
#[cfg(unix)]
use admin::socket::{AdminSocket, SocketError};
use clock::NodeClock;
use credentials::Passwords;
use drain::{Drain, warnings};
use feed::Feed;
use forwarded::TrustedProxies;
use log::{LogError, OpenError, RedisRisk, RoomLog};
use metrics::Metrics;
use peers::Peers;
use proxied::Counting;
use replica::RoomContext;
use replica::cluster::Cluster;
use shutdown::{Shutdown, ShutdownTrigger};
use state::ServerState;

use crate::protocol::secret::Password;

pub use creation::CreateRule;
pub use forwarded::{InvalidProxyNetwork, ProxyNetwork};
pub use limits::Limits;
pub use metrics::figures::Figures;
pub use metrics::store::{ClockFigures, LastSign, StoreFigures};
pub use metrics::timing::Timing;
pub use network::Network;
#[cfg(test)]
pub(crate) use replica::{lead_for, process, summary};
pub use storage::Storage;

mod acceptor;
#[cfg(unix)]
pub mod admin;
mod api;
mod asker;
pub(crate) mod cadence;
pub mod client_limits;
mod clock;
mod creation;
mod credentials;
mod drain;
mod feed;
mod forwarded;
mod health;
mod limits;
mod lingering;
pub mod listen;
pub mod log;
#[cfg(test)]
mod lone_server;
mod metrics;
mod network;
mod origin;
mod outage;
mod outbox;
mod pages;
mod peers;
mod places;
mod proxied;
mod quiet;
mod registry;
mod replica;
mod replies;
mod routes;
mod session;
mod shutdown;
mod socket_routes;
mod socket_time;
mod state;
mod storage;
#[cfg(test)]
pub(crate) mod testbed;
pub mod tls;
mod too_many;
mod websocket;

/// How long sockets and rooms may take to end at a shutdown. With the log's last write after that,
/// the process ends well within 5 s (judgement: below the patience of service managers, 10 s and
/// more).
const ENDING: Duration = Duration::from_secs(3);

/// How long the log's last write may take at a shutdown (judgement).
const LAST_WRITE: Duration = Duration::from_secs(1);

/// How long a socket may take to send the head of a request (judgement). A WebSocket is one
/// request.
const HEAD_WITHIN: Duration = Duration::from_secs(10);

/// The settings of a server.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Where the rooms' log is.
    pub storage: Storage,
    /// The URL at which others reach it, with which invite links begin; `None` if unknown.
    pub public_url: Option<String>,
    /// Whether it runs in a member's own client and ends with it.
    pub hosted: bool,
    /// The most rooms and members, and how long rooms wait and are kept.
    pub limits: Limits,
    /// What its sockets are.
    pub network: Network,
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
    drained: Shutdown,
    alive: mpsc::Receiver<Infallible>,
    clock: NodeClock,
    log: RoomLog,
    /// Dropped first at the end, since it keeps `alive` open.
    parts: Parts,
}

/// What further listeners of a running server need.
#[derive(Debug)]
struct Parts {
    state: Arc<ServerState>,
    acceptor: Acceptor,
}

/// How long the registry and the log may take to show that they work (judgement: they answer in
/// milliseconds; only a disk that hangs takes longer).
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

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
        let metrics = Metrics::default();
        let log = config.storage.clone().open(&metrics).await?;
        Self::start_at((log, metrics), wall, listeners, config).await
    }

    /// Like [`Self::start_by`], at a log that is open.
    async fn start_at(
        (log, metrics): (RoomLog, Metrics),
        wall: SystemTime,
        listeners: Vec<TcpListener>,
        config: ServerConfig,
    ) -> Result<Self, ServerError> {
        let addresses = addresses_of(&listeners)?;
        let (file, network) = (config.storage.file(), config.network);
        let ((down, shutdown), (over, drained)) = (shutdown::shutdown(), shutdown::shutdown());
        let (alive, all_gone) = mpsc::channel(1);
        let clock = NodeClock::at_log(wall, &log, &shutdown);
        let (ended, endings) = registry::endings();
        let (mut nodes, (limiting, limits)) = (log.nodes(), watch::channel(config.limits));
        let cluster = Cluster::of(&nodes);
        let drain = Drain::new(cluster.clone());
        let context = RoomContext {
            log: log.clone(),
            clock,
            alive_until: log.newest_at().unwrap_or_default(),
            limits,
            metrics: metrics.clone(),
            drain: drain.clone(),
            shutdown: shutdown.clone(),
            cluster,
            ended,
            _alive: alive.clone(),
        };
        let rooms = registry::start(context, limiting, endings, nodes.appeared.take()).await?;
        let state = Arc::new(ServerState {
            feed: Feed::start(rooms.clone(), shutdown.clone()),
            rooms,
            clock,
            node: storage::node_of(&log),
            storage: log.clone(),
            public_url: config.public_url,
            hosted: config.hosted,
            metrics,
            drain,
            started: Instant::now(),
            file,
            scheme: network.scheme(),
            quiet: quiet::QuietPlaces::new(),
            passwords: Passwords::new(),
            shutdown,
            _alive: alive,
        });
        keep_going(&state, over);
        let peers = Peers::sharing(log.held_by_addresses());
        peers.limit(config.limits);
        Ok(Self {
            addresses,
            down,
            drained,
            alive: all_gone,
            clock,
            log,
            parts: accept(listeners, network, peers, state),
        })
    }

    /// Serves the operator's private socket at this path until the server stops.
    ///
    /// # Errors
    /// [`SocketError`]; the server runs on without it.
    #[cfg(unix)]
    pub fn serve_admin(&self, path: &Path) -> Result<(), SocketError> {
        let socket = AdminSocket::bind(path)?;
        let state = Arc::clone(&self.parts.state);
        tokio::spawn(admin::serve(socket, state));
        Ok(())
    }

    /// Serves the figures and the health of the server on this listening socket, too: always in
    /// plain HTTP, since it is for this machine or its network, and the certificate is for another
    /// name.
    pub fn serve_metrics(&self, listener: TcpListener) {
        let acceptor = Acceptor {
            app: health::routes(Arc::clone(&self.parts.state)),
            // The figures are told also when all places are taken.
            counting: Counting::new(Peers::new(), TrustedProxies::default()),
            tls: None,
            closing: ClosingSockets::default(),
            ..self.parts.acceptor.clone()
        };
        tokio::spawn(acceptor::serve(listener, acceptor));
    }

    /// Has other limits hold from now on, in all rooms. Nobody is sent out who came in under the
    /// limits before.
    pub fn limit(&self, limits: Limits) {
        self.parts.acceptor.counting.peers().limit(limits);
        self.parts.state.rooms.limit(limits);
    }

    /// Sets the password for new rooms, for a server whose limits ask for one. Until it is set
    /// there, nobody creates a room.
    pub async fn set_create_password(&self, password: Option<Password>) {
        let rooms = &self.parts.state.rooms;
        if rooms.set_create_password(password).await.is_err() {
            tracing::debug!("the server shuts down, and takes no other password");
        }
    }

    /// Whether the rooms and the log really work: both are asked. A log that takes no writes, as on
    /// a full disk, answers that it does not, and counts as working.
    pub async fn answers(&self) -> bool {
        let asked = async {
            let rooms = self.parts.state.rooms.all().await;
            let noted = self.log.note_time(self.clock.noted()).await;
            rooms.is_ok() && !matches!(noted, Err(LogError::Closed))
        };
        timeout(ANSWERS_WITHIN, asked).await.unwrap_or(false)
    }

    /// What the settings of Redis may cost the rooms, if they are in one.
    #[must_use]
    pub fn risks(&self) -> &[RedisRisk] {
        self.log.risks()
    }

    /// Waits until the time is up that the operator set for the end.
    pub async fn drained(&self) {
        self.drained.clone().wait().await;
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
        drop(self.parts);
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

/// Starts what goes on beside the rooms until the server shuts down.
fn keep_going(state: &ServerState, over: ShutdownTrigger) {
    let (log, rooms) = (&state.storage, &state.rooms);
    let shutdown = || state.shutdown.clone();
    tokio::spawn(clock::note_time(log.clone(), state.clock, shutdown()));
    tokio::spawn(outage::tell_members(log.clone(), rooms.clone(), shutdown()));
    let drain = state.drain.clone();
    tokio::spawn(warnings::run(drain, rooms.clone(), over, shutdown()));
}

/// Serves all listening sockets, in tasks of their own.
fn accept(
    listeners: Vec<TcpListener>,
    network: Network,
    peers: Peers,
    state: Arc<ServerState>,
) -> Parts {
    let acceptor = Acceptor {
        counting: Counting::new(peers, TrustedProxies::new(&network.proxies)),
        tls: network.tls,
        head_within: HEAD_WITHIN,
        shutdown: state.shutdown.clone(),
        closing: ClosingSockets::default(),
        app: routes::routes(Arc::clone(&state)),
    };
    for listener in listeners {
        tokio::spawn(acceptor::serve(listener, acceptor.clone()));
    }
    Parts { state, acceptor }
}

/// The addresses of the listening sockets, in their order.
fn addresses_of(listeners: &[TcpListener]) -> Result<Vec<SocketAddr>, ServerError> {
    let addresses: Result<_, _> = listeners.iter().map(TcpListener::local_addr).collect();
    addresses.map_err(ServerError::Listener)
}
