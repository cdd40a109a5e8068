//! The server with real sockets: servers on free ports, and WebSocket clients.
//!
//! Tests wait for messages, never for time to pass. The only time limit is how long a test waits
//! for a message before it fails.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::SystemTime;

use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::time::timeout;
use watchtogether::protocol::invite::ServerUrl;
use watchtogether::server::{Limits, Network, ProxyNetwork, Running, ServerConfig, Storage};
use watchtogether::wire::pages::{RoomCard, ServerCard};

use crate::support::patience::PATIENCE;
use crate::support::process::Process;
use crate::support::server::listening;

pub(crate) mod client;

mod chat;
mod door;
mod feed;
mod forwarded;
mod frames;
mod invites;
mod joining;
mod kills;
mod limits;
mod moderation;
mod monitoring;
mod nodes;
mod nodes_behind_nginx;
mod nodes_check;
mod nodes_gallery;
mod nodes_limits;
mod nodes_transfer;
mod nodes_tries;
mod nodes_with_wrong_clocks;
mod operated;
mod operator;
mod pages;
mod passwords;
mod playback;
mod presence;
mod printed;
mod process;
mod reload;
mod restart;
mod restrictions;
mod resume;
mod roles;
mod schemas;
mod secrets;
mod shutdown;
mod slow;
mod socket;
mod storage;
mod transfer;

/// A server in this process, and the folder in which it keeps its rooms.
struct Server {
    running: Option<Running>,
    address: SocketAddr,
    folder: TempDir,
    limits: Limits,
    /// The proxies that it believes.
    proxies: Vec<ProxyNetwork>,
    /// Headers that a proxy on the way adds to each request for a socket.
    added: Vec<(&'static str, String)>,
    /// The address of this computer from which sockets are opened, if it matters.
    from: Option<Ipv4Addr>,
}

impl Server {
    async fn start() -> Self {
        Self::with(Limits::default()).await
    }

    /// A server that believes the proxies on this machine.
    async fn behind_proxy() -> Self {
        Self::behind_proxy_with(Limits::default()).await
    }

    /// The same with these limits.
    async fn behind_proxy_with(limits: Limits) -> Self {
        let proxies = vec!["127.0.0.1".parse().expect("an address")];
        Self::started(listener().await, limits, proxies).await
    }

    /// The same server, reached through a proxy that adds this header.
    fn through(&self, header: &'static str, value: &str) -> Self {
        let mut same = Self::elsewhere(self.address);
        same.added.push((header, value.to_owned()));
        same
    }

    /// The same server, to which sockets are opened from this address of the computer.
    fn reached_from(&self, address: [u8; 4]) -> Self {
        let mut same = Self::elsewhere(self.address);
        same.from = Some(Ipv4Addr::from(address));
        same
    }

    async fn with(limits: Limits) -> Self {
        Self::on(listener().await, limits).await
    }

    /// A server on a listening socket that the test opened.
    async fn on(listener: TcpListener, limits: Limits) -> Self {
        Self::started(listener, limits, Vec::new()).await
    }

    async fn started(listener: TcpListener, limits: Limits, proxies: Vec<ProxyNetwork>) -> Self {
        let mut server = Self {
            running: None,
            address: listener.local_addr().expect("its address"),
            folder: TempDir::new().expect("a folder"),
            limits,
            proxies,
            added: Vec::new(),
            from: None,
        };
        server.run(SystemTime::now(), listener).await;
        server
    }

    /// A server that was started in another way, such as in its own process.
    fn elsewhere(address: SocketAddr) -> Self {
        Self {
            running: None,
            address,
            folder: TempDir::new().expect("a folder"),
            limits: Limits::default(),
            proxies: Vec::new(),
            added: Vec::new(),
            from: None,
        }
    }

    /// A server in a process of its own, once its output says at which address it listens.
    fn of(process: &mut Process) -> Self {
        let url = listening(process);
        let address = url.strip_prefix("http://").expect("a plain address");
        Self::elsewhere(address.parse().expect("an address"))
    }

    /// Stops it and starts it again with the same rooms, on another port.
    async fn restart(&mut self) {
        self.restart_by(SystemTime::now()).await;
    }

    /// The same, but the wall clock was set meanwhile and shows `wall`.
    async fn restart_by(&mut self, wall: SystemTime) {
        self.stop().await;
        self.run(wall, listener().await).await;
    }

    /// Runs it on this listening socket, while the wall clock shows `wall`.
    async fn run(&mut self, wall: SystemTime, listener: TcpListener) {
        let config = ServerConfig {
            storage: Storage::Folder(self.folder.path().to_owned()),
            public_url: None,
            hosted: false,
            limits: self.limits,
            network: Network {
                proxies: self.proxies.clone(),
                tls: None,
            },
        };
        let running = Running::start_by(wall, vec![listener], config).await;
        let running = running.expect("it starts");
        self.address = running.addresses()[0];
        self.running = Some(running);
    }

    async fn stop(&mut self) {
        self.running.take().expect("it runs").stop().await;
    }

    /// Requests the gallery until it is as wished, since it may be a second old.
    async fn until_listed(&self, wish: &str, wished: impl Fn(&[RoomCard]) -> bool) {
        until(&format!("the gallery shows {wish}"), async || {
            let (_, body) = self.page("/api/rooms").await;
            let cards: Vec<RoomCard> = serde_json::from_str(&body).expect("cards");
            wished(&cards).then_some(())
        })
        .await;
    }

    /// Its address, as a client gets it.
    fn url(&self) -> ServerUrl {
        ServerUrl::parse(&format!("http://{}", self.address)).expect("an address")
    }

    /// Requests its health until it is as wished.
    async fn until_healthy(&self, wish: bool) {
        until(&format!("the server's health becomes {wish}"), async || {
            let (status, body) = self.page("/healthz").await;
            let card: ServerCard = serde_json::from_str(&body).expect("a card");
            assert_eq!(card.ready, status == 200, "{status} {body}");
            assert!(card.ready || status == 503, "{status} {body}");
            (card.ready == wish).then_some(())
        })
        .await;
    }

    /// The status and the body of a page.
    async fn page(&self, path: &str) -> (u16, String) {
        let url = format!("http://{}{path}", self.address);
        tokio::task::spawn_blocking(move || {
            let agent: ureq::Agent = ureq::Agent::config_builder()
                .http_status_as_error(false)
                .build()
                .into();
            let mut answer = agent.get(url).call().expect("an answer");
            let body = answer.body_mut().read_to_string().expect("a text");
            (answer.status().as_u16(), body)
        })
        .await
        .expect("the thread ended")
    }
}

/// Asks a server until the answer is as wished; panics after [`PATIENCE`].
async fn until<T>(what: &str, mut question: impl AsyncFnMut() -> Option<T>) -> T {
    let asking = async {
        loop {
            if let Some(answer) = question().await {
                return answer;
            }
        }
    };
    let answered = timeout(PATIENCE, asking).await;
    answered.unwrap_or_else(|_| panic!("waited in vain: {what}"))
}

/// A listening socket on a free port.
async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.expect("a port")
}
