//! The server on this computer: a running one, or one started in this process.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use anyhow::Context;
use tokio::net::TcpListener;

use super::config::DEFAULT_PORT;
use super::host_options;
use crate::app::config::{KeptFault, OnlyHere, Reach, Unkept};
use crate::client::{lan, probe};
use crate::protocol::ids::RoomId;
use crate::protocol::invite::ServerUrl;
use crate::server::listen::{Versions, listen};
use crate::server::log::{DataFault, LogError, OpenError};
use crate::server::{Limits, Network, Running, ServerConfig, ServerError, Storage};

pub use not_started::NotStarted;

mod not_started;

/// The variable that overrides the default addresses, so that a test does not find a server that
/// happens to run on this machine. For tests only, and so undocumented.
pub(super) const OVERRIDE: &str = "WATCHTOGETHER_DEFAULT_SERVER";

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
    /// Why it does not keep its rooms for the next time; `None` if it does.
    pub unkept: Option<Unkept>,
    /// The options of `host` that start it so again.
    pub options: Vec<String>,
    running: Running,
}

/// Where a server in this process is started.
#[derive(Debug, Clone, Copy)]
pub struct Hosting<'a> {
    /// Whether the local network can reach it.
    pub on_lan: bool,
    /// The room that it is started for.
    pub room: &'a RoomId,
    /// The folder in which it keeps its rooms; `None` if there is none.
    pub folder: Option<&'a Path>,
    /// The address at which others reach it, if it is another than its own.
    pub public_url: Option<&'a ServerUrl>,
}

/// The file in that folder with the last port: tokens are kept by address, which it is a part of.
const PORT_FILE: &str = "port";

impl LocalServer {
    /// Starts a server at the default port.
    ///
    /// # Errors
    /// If the port is not available.
    pub async fn at_default_port(hosting: Hosting<'_>) -> Result<Self, NotStarted> {
        let servers = default_servers().map_err(NotStarted::NoAddress)?;
        let port = servers.first().map_or(DEFAULT_PORT, port_of);
        if port == 0 {
            return Self::at_any_port(hosting).await;
        }
        Self::at_port(port, hosting).await
    }

    /// Starts a server at the default port, else at another: a server of ours may have the first.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn at_default_port_or_any(hosting: Hosting<'_>) -> Result<Self, NotStarted> {
        let started = Self::at_default_port(hosting).await;
        if matches!(started, Err(NotStarted::NoPort(..))) {
            return Self::at_any_port(hosting).await;
        }
        started
    }

    /// Starts a server at a port.
    ///
    /// # Errors
    /// If the port is not available.
    pub async fn at_port(port: u16, hosting: Hosting<'_>) -> Result<Self, NotStarted> {
        let listener =
            bind(hosting.on_lan, port).map_err(|cause| NotStarted::NoPort(port, cause))?;
        Self::start(listener, hosting).await
    }

    /// Starts a server at the port of the last time, else at any free port.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn at_any_port(hosting: Hosting<'_>) -> Result<Self, NotStarted> {
        let last = hosting.folder.and_then(last_port);
        let listener = last.and_then(|port| bind(hosting.on_lan, port).ok());
        let listener = listener.map_or_else(|| bind(hosting.on_lan, 0), Ok);
        Self::start(
            listener.map_err(|cause| NotStarted::NoPort(0, cause))?,
            hosting,
        )
        .await
    }

    async fn start(listener: TcpListener, hosting: Hosting<'_>) -> Result<Self, NotStarted> {
        let Hosting {
            on_lan,
            room,
            folder,
            public_url,
        } = hosting;
        let address = listener.local_addr().map_err(ServerError::Listener)?;
        let port = address.port();
        let url = ServerUrl::parse(&format!("http://127.0.0.1:{port}"));
        let url = url.map_err(|cause| NotStarted::NoAddress(cause.into()))?;
        let origins = if on_lan {
            origins_on_lan(port)
        } else {
            Vec::new()
        };
        let options = host_options::of(on_lan, port, public_url);
        // Invite links begin with it.
        let reach = match public_url {
            Some(_) => Reach::Tunnelled,
            None if on_lan => reach_by(&origins, room),
            None => Reach::OnlyHere(OnlyHere::NotAsked),
        };
        let public_url = public_url.or(origins.first()).map(ToString::to_string);
        let kept = Self::keeping(listener, port, folder, public_url.as_ref()).await?;
        let (running, unkept) = match kept {
            Ok(running) => (running, None),
            Err(unkept) => {
                let config = config(Storage::Memory, public_url);
                let listener = bind(on_lan, port);
                let listener = listener.map_err(|cause| NotStarted::NoPort(port, cause))?;
                let running = Running::start(vec![listener], config).await?;
                (running, Some(unkept))
            }
        };
        Ok(Self {
            url,
            reach,
            unkept,
            options,
            running,
        })
    }

    /// A server that keeps its rooms in the folder, or why rooms cannot be kept there. It fails if
    /// none could run without keeping rooms either.
    async fn keeping(
        listener: TcpListener,
        port: u16,
        folder: Option<&Path>,
        public_url: Option<&String>,
    ) -> Result<Result<Running, Unkept>, ServerError> {
        let Some(folder) = folder else {
            tracing::warn!("the rooms of this server end with it: it has no folder for them");
            return Ok(Err(Unkept::NoFolder));
        };
        let config = config(Storage::Folder(folder.to_owned()), public_url.cloned());
        match Running::start(vec![listener], config).await {
            Ok(running) => {
                if let Err(cause) = note_port(folder, port) {
                    tracing::warn!(%cause, "the port is not noted for the next time");
                }
                Ok(Ok(running))
            }
            Err(error) => {
                tracing::warn!(%error, "the rooms of this server end with it");
                unkept(error, folder).map(Err)
            }
        }
    }

    /// Stops the server and waits until it has ended.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}

/// Why rooms cannot be kept in a folder, for the member whose rooms they are.
///
/// # Errors
/// If the folder is not what the server failed at.
fn unkept(error: ServerError, folder: &Path) -> Result<Unkept, ServerError> {
    let (path, fault) = match error {
        ServerError::Listener(_) | ServerError::Open(OpenError::Redis { .. }) => return Err(error),
        ServerError::Open(OpenError::InUse { .. }) => return Ok(Unkept::InUse),
        // Such as a folder in the place of the file.
        ServerError::Open(OpenError::Unusable { path, source })
            if DataFault::within(&source).is_some() =>
        {
            (path, KeptFault::Damaged)
        }
        ServerError::Open(OpenError::Unusable { path, source }) => {
            (path, KeptFault::System((&source).into()))
        }
        ServerError::Open(OpenError::Newer { path, .. }) => (path, KeptFault::Newer),
        ServerError::Open(OpenError::Damaged { path, .. }) => (path, KeptFault::Damaged),
        ServerError::Restore(LogError::Unreadable { .. }) => {
            (folder.to_owned(), KeptFault::Damaged)
        }
        ServerError::Restore(_) => (folder.to_owned(), KeptFault::Away),
    };
    Ok(Unkept::Unusable {
        path: path.display().to_string(),
        fault,
    })
}

fn config(storage: Storage, public_url: Option<String>) -> ServerConfig {
    ServerConfig {
        storage,
        public_url,
        hosted: true,
        limits: Limits::default(),
        network: Network::default(),
    }
}

/// The port that was used last, if it is known.
fn last_port(folder: &Path) -> Option<u16> {
    let noted = std::fs::read_to_string(folder.join(PORT_FILE)).ok()?;
    noted.trim().parse().ok()
}

fn note_port(folder: &Path, port: u16) -> io::Result<()> {
    if last_port(folder) == Some(port) {
        return Ok(());
    }
    std::fs::write(folder.join(PORT_FILE), port.to_string())
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

/// Who can reach a server at these addresses of the local network: nobody else if there are none.
fn reach_by(origins: &[ServerUrl], room: &RoomId) -> Reach {
    if origins.is_empty() {
        return Reach::OnlyHere(OnlyHere::NoNetwork);
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

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::{Path, PathBuf};

    use super::unkept;
    use crate::app::config::Unkept;
    use crate::server::ServerError;
    use crate::server::log::OpenError;

    #[test]
    fn rooms_that_another_server_keeps_are_not_called_damaged() {
        let path = PathBuf::from("rooms/rooms.redb");
        let in_use = ServerError::Open(OpenError::InUse { path });
        let why = unkept(in_use, Path::new("rooms")).unwrap();
        assert_eq!(why, Unkept::InUse);
    }

    #[test]
    fn a_socket_without_an_address_is_no_fault_of_the_folder() {
        let nameless = ServerError::Listener(io::ErrorKind::AddrInUse.into());
        let error = unkept(nameless, Path::new("rooms")).unwrap_err();
        assert!(matches!(error, ServerError::Listener(_)), "{error:?}");
    }
}
