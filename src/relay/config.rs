//! How the relay connects to servers: resolver, connector, certificates, proxies. Tests replace
//! them.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use super::proxies::Proxies;
use crate::media::policy::Privacy;
use crate::trust::Trust;

/// A connection to a server: a TCP stream, or a replacement in tests.
pub trait Transport: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Transport for T {}

type IoFuture<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

/// Resolves a host name to its addresses.
#[derive(Clone)]
pub struct Resolver(Arc<dyn Fn(String) -> IoFuture<Vec<IpAddr>> + Send + Sync>);

/// Connects to an address: of a proxy, or one that the policy permits.
#[derive(Clone)]
pub struct Connector(Arc<dyn Fn(SocketAddr) -> IoFuture<Box<dyn Transport>> + Send + Sync>);

/// Where links may lead, as it is at the moment; all copies share it. It changes with the room: the
/// member may trust one room's links and not the next one's.
#[derive(Debug, Clone)]
pub struct SharedPrivacy(Arc<AtomicBool>);

impl SharedPrivacy {
    /// Begins with this.
    #[must_use]
    pub fn new(privacy: Privacy) -> Self {
        Self(Arc::new(AtomicBool::new(privacy == Privacy::AllowPrivate)))
    }

    /// Where links may lead now.
    #[must_use]
    pub fn get(&self) -> Privacy {
        if self.0.load(Ordering::Acquire) {
            Privacy::AllowPrivate
        } else {
            Privacy::PublicOnly
        }
    }

    /// Links may lead here from now on.
    pub fn set(&self, privacy: Privacy) {
        self.0
            .store(privacy == Privacy::AllowPrivate, Ordering::Release);
    }
}

/// How the relay connects to servers.
#[derive(Debug, Clone)]
pub struct RelayConfig {
    /// Whether links may lead into the member's own network.
    pub privacy: SharedPrivacy,
    /// Resolves host names; the results are checked before they are used.
    pub resolver: Resolver,
    /// Opens connections to their addresses.
    pub connector: Connector,
    /// Which servers' certificates are accepted.
    pub trust: Trust,
    /// The proxies to connect through.
    pub proxies: Proxies,
}

impl RelayConfig {
    /// The system's resolver, TCP, the system's certificate authorities, and the proxies of the
    /// environment.
    #[must_use]
    pub fn new(privacy: Privacy) -> Self {
        Self {
            privacy: SharedPrivacy::new(privacy),
            resolver: Resolver::system(),
            connector: Connector::tcp(),
            trust: Trust::of_system(),
            proxies: Proxies::from_environment(),
        }
    }
}

impl Resolver {
    /// The system's resolver, on a blocking thread.
    #[must_use]
    pub fn system() -> Self {
        Self::new(|host| async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }

    /// Resolves names with `resolve`, as tests do.
    pub fn new<F, R>(resolve: F) -> Self
    where
        F: Fn(String) -> R + Send + Sync + 'static,
        R: Future<Output = io::Result<Vec<IpAddr>>> + Send + 'static,
    {
        Self(Arc::new(move |host| Box::pin(resolve(host))))
    }

    /// The addresses of a host name.
    pub(super) async fn resolve(&self, host: String) -> io::Result<Vec<IpAddr>> {
        (self.0)(host).await
    }
}

impl Connector {
    /// Connects by TCP, without Nagle's delay.
    #[must_use]
    pub fn tcp() -> Self {
        Self::new(|address| async move {
            let stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            Ok(Box::new(stream) as Box<dyn Transport>)
        })
    }

    /// Connects with `connect`, as tests do.
    pub fn new<F, C>(connect: F) -> Self
    where
        F: Fn(SocketAddr) -> C + Send + Sync + 'static,
        C: Future<Output = io::Result<Box<dyn Transport>>> + Send + 'static,
    {
        Self(Arc::new(move |address| Box::pin(connect(address))))
    }

    /// Opens a connection to `address`.
    pub(super) async fn connect(&self, address: SocketAddr) -> io::Result<Box<dyn Transport>> {
        (self.0)(address).await
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Resolver")
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}
