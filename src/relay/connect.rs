//! Opens one connection to a server: resolves its name, checks the addresses, connects to one of
//! them, directly or through a proxy, and starts TLS if the address asks for it.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::Uri;
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::Url;

use super::config::{RelayConfig, Transport};
use crate::media::fault::FaultKind;
use crate::media::policy::{self, Privacy};

/// How long to try one of several addresses before the next (judgement: a network that announces
/// IPv6 without having it must not use up the whole time to wait for an answer).
const ADDRESS_TIMEOUT: Duration = Duration::from_secs(3);

/// The most open connections, including idle ones kept for the next piece (judgement: a list of
/// lists has some thirty streams, and each may use two). Further ones wait.
pub(super) const MOST_OPEN: usize = 64;

/// The longest response head of a proxy that is read, in bytes (judgement: real ones have some
/// hundred).
const PROXY_ANSWER: usize = 8 * 1024;

/// The port of a proxy whose address names none: the default of `http://`.
pub(crate) const PROXY_PORT: u16 = 80;

/// The first two bytes of a TLS alert: what a TLS port answers to plain HTTP.
const TLS_ALERT: [u8; 2] = [0x15, 0x03];

/// Why no connection was made, or why its other end does not speak HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no connection: {0:?}")]
pub(super) struct ConnectError(pub(super) FaultKind);

/// Opens connections for the HTTP client.
#[derive(Debug, Clone)]
pub(super) struct Dialer {
    config: RelayConfig,
    open: Arc<Semaphore>,
}

impl Dialer {
    /// Connects as `config` says.
    pub(super) fn new(config: RelayConfig) -> Self {
        let open = Arc::new(Semaphore::new(MOST_OPEN));
        Self { config, open }
    }
}

impl tower_service::Service<Uri> for Dialer {
    type Response = TokioIo<Channel>;
    type Error = ConnectError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, ConnectError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let Self { config, open } = self.clone();
        Box::pin(async move {
            // The semaphore is never closed, so this does not fail.
            let permit = open.acquire_owned().await;
            let permit = permit.map_err(|_| ConnectError(FaultKind::NoRoute))?;
            Ok(TokioIo::new(connect(&config, &uri, permit).await?))
        })
    }
}

async fn connect(
    config: &RelayConfig,
    uri: &Uri,
    permit: OwnedSemaphorePermit,
) -> Result<Channel, ConnectError> {
    let host = uri.host().ok_or(ConnectError(FaultKind::NotWeb))?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let tls = uri.scheme_str() == Some("https");
    let port = uri.port_u16().unwrap_or(if tls { 443 } else { 80 });
    let proxy = config.proxies.of(uri);
    let io = match &proxy {
        Some(proxy) => connect_through_proxy(config, proxy, tls.then_some((host, port))).await?,
        None => connect_directly(config, host, port, config.privacy.get()).await?,
    };
    if !tls {
        return Ok(Channel {
            io,
            proxied: proxy.is_some(),
            unread: true,
            _permit: permit,
        });
    }
    let name = ServerName::try_from(host.to_owned()).map_err(|error| {
        tracing::debug!(%error, "no name for a certificate");
        ConnectError(FaultKind::Certificate)
    })?;
    let secured = tls_connector(config).await?.connect(name, io).await;
    Ok(Channel {
        io: Box::new(secured.map_err(|error| tls_error(&error))?),
        proxied: false,
        unread: false,
        _permit: permit,
    })
}

/// Shakes hands with servers whose certificates are accepted.
async fn tls_connector(config: &RelayConfig) -> Result<TlsConnector, ConnectError> {
    let accepted = config.trust.config().await.map_err(|error| {
        tracing::error!(%error, "certificates cannot be checked");
        ConnectError(FaultKind::Certificate)
    })?;
    Ok(TlsConnector::from(accepted))
}

/// Whether a server at a plain address speaks TLS, by a handshake that is dropped afterwards. The
/// same addresses are allowed as for a request. Always false if a proxy is used.
pub(super) async fn speaks_tls_at(config: &RelayConfig, url: &Url) -> bool {
    let uri = url.as_str().parse::<Uri>().ok();
    if uri.is_none_or(|uri| config.proxies.of(&uri).is_some()) {
        return false;
    }
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
        return false;
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let Ok(name) = ServerName::try_from(host.to_owned()) else {
        return false;
    };
    let Ok(io) = connect_directly(config, host, port, config.privacy.get()).await else {
        return false;
    };
    let Ok(connector) = tls_connector(config).await else {
        return false;
    };
    let handshake = connector.connect(name, io);
    match handshake.await.map_err(|error| tls_error(&error)) {
        // A server with an invalid certificate speaks TLS too.
        Ok(_) | Err(ConnectError(FaultKind::Certificate)) => true,
        Err(_) => false,
    }
}

/// Connects to one of a host's permitted addresses.
async fn connect_directly(
    config: &RelayConfig,
    host: &str,
    port: u16,
    privacy: Privacy,
) -> Result<Box<dyn Transport>, ConnectError> {
    let found = addresses(config, host).await?;
    let allowed = |address: &IpAddr| {
        privacy == Privacy::AllowPrivate || policy::check_address(*address).is_ok()
    };
    let addresses: Vec<IpAddr> = found.iter().copied().filter(allowed).collect();
    if addresses.is_empty() {
        let kind = if found.is_empty() {
            FaultKind::NameNotFound
        } else {
            FaultKind::PrivateAddress
        };
        return Err(ConnectError(kind));
    }
    let mut last = ConnectError(FaultKind::NobodyListens);
    let count = addresses.len();
    for (index, address) in addresses.into_iter().enumerate() {
        let connecting = config.connector.connect(SocketAddr::new(address, port));
        let connected = if index + 1 < count {
            timeout(ADDRESS_TIMEOUT, connecting).await
        } else {
            Ok(connecting.await)
        };
        match connected {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => {
                tracing::debug!(%error, "an address was not reached");
                last = ConnectError(connect_error(&error));
            }
            Err(_) => last = ConnectError(FaultKind::NoAnswer),
        }
    }
    Err(last)
}

async fn addresses(config: &RelayConfig, host: &str) -> Result<Vec<IpAddr>, ConnectError> {
    if let Ok(address) = host.parse() {
        return Ok(vec![address]);
    }
    config
        .resolver
        .resolve(host.to_owned())
        .await
        .map_err(|error| {
            tracing::debug!(%error, "a name was not found");
            ConnectError(FaultKind::NameNotFound)
        })
}

/// Connects to a proxy, and through it to `onward` if that is given. The proxy itself may have a
/// private address.
async fn connect_through_proxy(
    config: &RelayConfig,
    proxy: &Intercept,
    onward: Option<(&str, u16)>,
) -> Result<Box<dyn Transport>, ConnectError> {
    let uri = proxy.uri();
    // IPv6 addresses have brackets here.
    let host = uri.host().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let port = uri.port_u16().unwrap_or(PROXY_PORT);
    let reached = connect_directly(config, host, port, Privacy::AllowPrivate).await;
    let mut io = reached.map_err(|error| {
        tracing::warn!(host, port, ?error, "the proxy cannot be reached");
        ConnectError(FaultKind::ProxyAway)
    })?;
    let Some((host, port)) = onward else {
        return Ok(io);
    };
    match ask_for_tunnel(&mut io, proxy, (host, port)).await {
        Ok(200..=299) => Ok(io),
        Ok(403 | 407) => Err(ConnectError(FaultKind::ProxyRefuses)),
        Ok(502..=504) => Err(ConnectError(FaultKind::NobodyListens)),
        Ok(other) => Err(ConnectError(FaultKind::Status(other))),
        Err(error) => {
            tracing::debug!(%error, "the proxy did not answer");
            Err(ConnectError(FaultKind::ClosedUnanswered))
        }
    }
}

/// Asks a proxy on `io` for a tunnel to a host and port and returns the status of its response.
/// After a status from 200 to 299 the connection leads to that host.
///
/// # Errors
/// If the connection breaks or the response is invalid.
pub(crate) async fn ask_for_tunnel(
    io: &mut (impl AsyncRead + AsyncWrite + Unpin),
    proxy: &Intercept,
    (host, port): (&str, u16),
) -> io::Result<u16> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let target = if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    };
    let mut ask = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n").into_bytes();
    if let Some(password) = proxy.basic_auth() {
        ask.extend_from_slice(b"Proxy-Authorization: ");
        ask.extend_from_slice(password.as_bytes());
        ask.extend_from_slice(b"\r\n");
    }
    ask.extend_from_slice(b"\r\n");
    io.write_all(&ask).await?;
    response_status(io).await
}

/// Reads the head of a proxy's response and returns its status. Reads no further, since what
/// follows belongs to the tunnel.
async fn response_status(io: &mut (impl AsyncRead + Unpin)) -> io::Result<u16> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() >= PROXY_ANSWER {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.push(io.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head);
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    status.ok_or_else(|| io::ErrorKind::InvalidData.into())
}

fn connect_error(error: &io::Error) -> FaultKind {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => FaultKind::NobodyListens,
        io::ErrorKind::TimedOut => FaultKind::NoAnswer,
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => {
            FaultKind::ClosedUnanswered
        }
        _ => FaultKind::NoRoute,
    }
}

fn tls_error(error: &io::Error) -> ConnectError {
    tracing::debug!(%error, "no secure connection");
    let cause = error
        .get_ref()
        .and_then(|cause| cause.downcast_ref::<rustls::Error>());
    ConnectError(match cause {
        Some(rustls::Error::InvalidMessage(_)) => FaultKind::TlsMismatch,
        Some(_) => FaultKind::Certificate,
        None => FaultKind::ClosedUnanswered,
    })
}

/// A connection that is ready for HTTP.
pub(super) struct Channel {
    io: Box<dyn Transport>,
    /// Whether requests go to a proxy that reads them.
    proxied: bool,
    /// Whether nothing has been read from a plain connection yet.
    unread: bool,
    /// Its share of [`MOST_OPEN`].
    _permit: OwnedSemaphorePermit,
}

impl Connection for Channel {
    fn connected(&self) -> Connected {
        Connected::new().proxy(self.proxied)
    }
}

impl AsyncRead for Channel {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.io).poll_read(context, buffer);
        let came = buffer.filled().get(before..).unwrap_or_default();
        if self.unread && !came.is_empty() {
            self.unread = false;
            if came.starts_with(&TLS_ALERT) {
                return Poll::Ready(Err(io::Error::other(ConnectError(FaultKind::TlsMismatch))));
            }
        }
        read
    }
}

impl AsyncWrite for Channel {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}
