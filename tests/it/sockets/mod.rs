//! The server with real sockets: servers on free ports, and WebSocket clients.
//!
//! Tests wait for messages, never for time to pass. The only time limit is how long a test waits
//! for a message before it fails.

use std::net::SocketAddr;
use std::path::Path;
use std::time::SystemTime;

use tempfile::TempDir;
use tokio::net::TcpListener;
use watchtogether::protocol::invite::ServerUrl;
use watchtogether::server::{Limits, Network, Running, ServerConfig, Storage};
use watchtogether::wire::pages::{RoomCard, ServerCard};

mod client;

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
mod operated;
mod operator;
mod pages;
mod passwords;
mod playback;
mod presence;
mod process;
mod reload;
mod restart;
mod restrictions;
mod resume;
mod roles;
mod secrets;
mod shutdown;
mod slow;
mod socket;
mod storage;

/// A server in this process, and the folder in which it keeps its rooms.
struct Server {
    running: Option<Running>,
    address: SocketAddr,
    folder: TempDir,
    limits: Limits,
    /// Headers that a proxy on the way adds to each request for a socket.
    added: Vec<(&'static str, String)>,
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
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let folder = TempDir::new().expect("a folder");
        let config = ServerConfig {
            storage: Storage::Memory,
            public_url: None,
            limits,
            network: Network {
                proxies: vec!["127.0.0.1".parse().expect("an address")],
                tls: None,
            },
        };
        let running = Running::start(vec![listener], config)
            .await
            .expect("it starts");
        let address = running.addresses()[0];
        Self {
            running: Some(running),
            address,
            folder,
            limits,
            added: Vec::new(),
        }
    }

    /// The same server, reached through a proxy that adds this header.
    fn through(&self, header: &'static str, value: &str) -> Self {
        let mut same = Self::elsewhere(self.address);
        same.added.push((header, value.to_owned()));
        same
    }

    async fn with(limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        Self::on(listener, limits).await
    }

    /// A server on a listening socket that the test opened.
    async fn on(listener: TcpListener, limits: Limits) -> Self {
        let folder = TempDir::new().expect("a folder");
        let wall = SystemTime::now();
        let (running, address) = run(wall, listener, folder.path(), limits).await;
        Self {
            running: Some(running),
            address,
            folder,
            limits,
            added: Vec::new(),
        }
    }

    /// A server that was started in another way, such as in its own process.
    fn elsewhere(address: SocketAddr) -> Self {
        Self {
            running: None,
            address,
            folder: TempDir::new().expect("a folder"),
            limits: Limits::default(),
            added: Vec::new(),
        }
    }

    /// Stops it and starts it again with the same rooms, on another port.
    async fn restart(&mut self) {
        self.restart_by(SystemTime::now()).await;
    }

    /// The same, but the wall clock was set meanwhile and shows `wall`.
    async fn restart_by(&mut self, wall: SystemTime) {
        self.stop().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let (running, address) = run(wall, listener, self.folder.path(), self.limits).await;
        self.running = Some(running);
        self.address = address;
    }

    async fn stop(&mut self) {
        self.running.take().expect("it runs").stop().await;
    }

    /// Requests the gallery until it is as wished, since it may be a second old.
    async fn until_listed(&self, wish: &str, wished: impl Fn(&[RoomCard]) -> bool) {
        let asking = async {
            loop {
                let (_, body) = self.page("/api/rooms").await;
                let cards: Vec<RoomCard> = serde_json::from_str(&body).expect("cards");
                if wished(&cards) {
                    return;
                }
            }
        };
        let listed = tokio::time::timeout(client::PATIENCE, asking).await;
        assert!(listed.is_ok(), "the gallery never shows {wish}");
    }

    /// Its address, as a client gets it.
    fn url(&self) -> ServerUrl {
        ServerUrl::parse(&format!("http://{}", self.address)).expect("an address")
    }

    /// Requests its health until it is as wished.
    async fn until_healthy(&self, wish: bool) {
        let asking = async {
            loop {
                let (status, body) = self.page("/healthz").await;
                let card: ServerCard = serde_json::from_str(&body).expect("a card");
                assert_eq!(card.ready, status == 200, "{status} {body}");
                assert!(card.ready || status == 503, "{status} {body}");
                if card.ready == wish {
                    return;
                }
            }
        };
        let healthy = tokio::time::timeout(client::PATIENCE, asking).await;
        assert!(healthy.is_ok(), "the server's health never becomes {wish}");
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

async fn run(
    wall: SystemTime,
    listener: TcpListener,
    folder: &Path,
    limits: Limits,
) -> (Running, SocketAddr) {
    let config = ServerConfig {
        storage: Storage::Folder(folder.to_owned()),
        public_url: None,
        limits,
        network: Network::default(),
    };
    let running = Running::start_by(wall, vec![listener], config)
        .await
        .expect("it starts");
    let address = running.addresses()[0];
    (running, address)
}
