//! The server on this computer: a running one, or one started in this process.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use anyhow::Context;
use tokio::net::TcpListener;

use super::config::DEFAULT_PORT;
use crate::app::config::Reach;
use crate::client::{lan, probe};
use crate::protocol::ids::RoomId;
use crate::protocol::invite::ServerUrl;
use crate::server::listen::{Versions, listen};
use crate::server::{Limits, Network, Running, ServerConfig, Storage};

/// The variable that overrides the default addresses, so that a test does not find a server that
/// happens to run on this machine. For tests only, and so undocumented.
const OVERRIDE: &str = "WATCHTOGETHER_DEFAULT_SERVER";

/// The addresses at which a server on this computer is looked for.
///
/// # Errors
/// If the override is not a valid address.
pub fn default_servers() -> anyhow::Result<Vec<ServerUrl>> {
    let addresses = match std::env::var(OVERRIDE) {
        Ok(address) => vec![address],
        Err(_) => vec![
            format!("http://127.0.0.1:{DEFAULT_PORT}"),
            format!("http://[::1]:{DEFAULT_PORT}"),
        ],
    };
    addresses
        .iter()
        .map(|address| ServerUrl::parse(address).with_context(|| format!("{OVERRIDE}={address}")))
        .collect()
}

/// The server of ours that answers on this computer, if any.
///
/// # Errors
/// As [`default_servers`].
pub async fn find() -> anyhow::Result<Option<ServerUrl>> {
    for server in default_servers()? {
        if probe::is_ours(&server).await {
            return Ok(Some(server));
        }
    }
    Ok(None)
}

/// Who can reach a server found on this computer over the local network; `None` if nobody can.
pub async fn reach_on_lan(server: &ServerUrl, room: &RoomId) -> Option<Reach> {
    let mut reached = Vec::new();
    for origin in origins_on_lan(port_of(server)) {
        if probe::is_ours(&origin).await {
            reached.push(origin);
        }
    }
    (!reached.is_empty()).then(|| reach_by(&reached, room))
}

/// A server running in this process.
#[derive(Debug)]
pub struct LocalServer {
    /// The address at which this process reaches it.
    pub url: ServerUrl,
    /// Who else can reach it.
    pub reach: Reach,
    running: Running,
}

impl LocalServer {
    /// Starts a server without storage at the default port.
    ///
    /// # Errors
    /// If the port is not available.
    pub async fn at_default_port(on_lan: bool, room: &RoomId) -> anyhow::Result<Self> {
        let port = default_servers()?.first().map_or(DEFAULT_PORT, port_of);
        let listener = bind(on_lan, port);
        let listener = listener.with_context(|| format!("port {port} is not to be had"))?;
        Self::start(listener, on_lan, room).await
    }

    /// Starts a server without storage at any free port.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn at_any_port(on_lan: bool, room: &RoomId) -> anyhow::Result<Self> {
        Self::start(bind(on_lan, 0)?, on_lan, room).await
    }

    async fn start(listener: TcpListener, on_lan: bool, room: &RoomId) -> anyhow::Result<Self> {
        let port = listener
            .local_addr()
            .context("a listener without address")?
            .port();
        let url = ServerUrl::parse(&format!("http://127.0.0.1:{port}"))?;
        let origins = if on_lan {
            origins_on_lan(port)
        } else {
            Vec::new()
        };
        let config = ServerConfig {
            storage: Storage::Memory,
            // Invite links begin with it.
            public_url: origins.first().map(ToString::to_string),
            limits: Limits::default(),
            network: Network::default(),
        };
        let running = Running::start(vec![listener], config)
            .await
            .context("cannot start a server in this process")?;
        Ok(Self {
            url,
            reach: reach_by(&origins, room),
            running,
        })
    }

    /// Stops the server and waits until it has ended.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}

/// The port of an address; the scheme's default if it has none.
fn port_of(server: &ServerUrl) -> u16 {
    url::Url::parse(server.as_str())
        .ok()
        .and_then(|url| url.port_or_known_default())
        .unwrap_or(DEFAULT_PORT)
}

fn bind(on_lan: bool, port: u16) -> io::Result<TcpListener> {
    if !on_lan {
        return listen((Ipv4Addr::LOCALHOST, port).into(), Versions::Both);
    }
    match listen((Ipv6Addr::UNSPECIFIED, port).into(), Versions::Both) {
        Ok(listener) => Ok(listener),
        Err(cause) if cause.kind() == io::ErrorKind::AddrInUse => Err(cause),
        Err(_) => listen((Ipv4Addr::UNSPECIFIED, port).into(), Versions::Both),
    }
}

/// Who can reach a server at these addresses: nobody else if there are none.
fn reach_by(origins: &[ServerUrl], room: &RoomId) -> Reach {
    if origins.is_empty() {
        return Reach::OnlyHere;
    }
    Reach::Lan {
        invites: origins
            .iter()
            .map(|origin| origin.invite(room).to_string())
            .collect(),
    }
}

/// The addresses of this machine on the local network, with this port.
fn origins_on_lan(port: u16) -> Vec<ServerUrl> {
    lan::addresses()
        .into_iter()
        .filter_map(|address| {
            // Formatting as a socket address puts an IPv6 address in brackets.
            let url = format!("http://{}", SocketAddr::new(address, port));
            ServerUrl::parse(&url)
                .inspect_err(|cause| tracing::debug!(%cause, url, "no address for invites"))
                .ok()
        })
        .collect()
}
