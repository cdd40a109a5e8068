//! Opens the WebSocket of a server: directly or through the member's proxy, and by https where
//! the server redirects to it. Where that fails, this finds out what is at the address.

use std::io;
use std::time::Duration;

use hyper_util::client::proxy::matcher::Intercept;
use tokio::net::TcpStream;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::handshake::client::Response;
use tokio_tungstenite::tungstenite::http::StatusCode;
use tokio_tungstenite::tungstenite::http::header::LOCATION;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream, client_async_tls_with_config};
use url::Url;

use super::error_cause::error_cause;
use crate::app::event::{CloseReason, Disconnect};
use crate::app::network_fault::{NetworkCause, NetworkFault};
use crate::app::tls_fault::TlsFault;
use crate::client::redirect::followed;
use crate::client::{probe, proxy, tls};
use crate::protocol::denied::Refused;
use crate::protocol::invite::ServerUrl;
use crate::relay::{self, Proxies};
use crate::traffic::{Counted, Traffic};
use crate::trust::Trust;
use crate::wire::codec::{self, MAX_SERVER_FRAME};

/// How long name lookup, connection and handshake may take together, a redirect included. With
/// the question after it this is less than the 10 s after which the app gives an attempt up.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(7);
/// Buffers for frames that are mostly below a kilobyte; larger ones grow them for a while.
const READ_BUFFER: usize = 16 * 1024;
/// What may wait in the socket's own buffer: a few of the largest frames that we send.
const MAX_WRITE_BUFFER: usize = 256 * 1024;
/// A small frame that waits for a full packet costs the member their step.
const NO_DELAY: bool = true;

/// An open WebSocket.
pub(super) type Socket = WebSocketStream<MaybeTlsStream<Counted<TcpStream>>>;

/// How a server is reached.
#[derive(Clone, Copy)]
struct Network<'a> {
    proxies: &'a Proxies,
    trust: &'a Trust,
    /// Where the bytes of the socket are counted.
    traffic: &'a Traffic,
    /// What follows the address of the WebSocket: nothing for a room's.
    question: &'a str,
}

/// Connects to a server; the bytes of the socket are counted into `traffic`.
///
/// # Errors
/// [`Disconnect`] says why there is no connection, and what answers at the address instead.
pub(super) async fn connect(
    server: &str,
    trust: &Trust,
    traffic: &Traffic,
) -> Result<Socket, Disconnect> {
    connect_asking(server, trust, traffic, "").await
}

/// Connects for a socket on which the server says nothing for so many seconds.
///
/// # Errors
/// As [`connect`].
pub(super) async fn connect_for_quiet(
    server: &str,
    trust: &Trust,
    seconds: u64,
) -> Result<Socket, Disconnect> {
    let question = format!("?quiet={seconds}");
    connect_asking(server, trust, &Traffic::default(), &question).await
}

async fn connect_asking(
    server: &str,
    trust: &Trust,
    traffic: &Traffic,
    question: &str,
) -> Result<Socket, Disconnect> {
    let server = ServerUrl::parse(server).map_err(|cause| Disconnect::NotAServer {
        error: NetworkCause::NoAddress(cause).into(),
    })?;
    let network = Network {
        proxies: proxy::of_environment(),
        trust,
        traffic,
        question,
    };
    connect_by(&server, network).await
}

async fn connect_by(server: &ServerUrl, network: Network<'_>) -> Result<Socket, Disconnect> {
    let until = Instant::now() + CONNECT_TIMEOUT;
    let failure = match attempt(server, network, until).await {
        Ok(socket) => return Ok(socket),
        Err(failure) => failure,
    };
    let Some(onward) = failure.onward(server) else {
        return Err(explained(server, failure, network).await);
    };
    tracing::info!(server = %onward, "the server is elsewhere, such as at https");
    match attempt(&onward, network, until).await {
        Ok(socket) => Ok(socket),
        Err(failure) => Err(explained(&onward, failure, network).await),
    }
}

/// Why an attempt failed.
struct HandshakeFailure {
    /// The proxy through which it went; `None` for a direct connection.
    proxy: Option<String>,
    cause: FailureCause,
}

enum FailureCause {
    /// Nobody answered in time.
    Late,
    /// The proxy does not lead on; its status.
    Proxy(u16),
    /// The connection or the handshake failed.
    Handshake(Error),
}

impl From<io::Error> for FailureCause {
    fn from(error: io::Error) -> Self {
        Self::Handshake(Error::Io(error))
    }
}

async fn attempt(
    server: &ServerUrl,
    network: Network<'_>,
    until: Instant,
) -> Result<Socket, HandshakeFailure> {
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(MAX_WRITE_BUFFER)
        .max_message_size(Some(MAX_SERVER_FRAME))
        .max_frame_size(Some(MAX_SERVER_FRAME));
    let proxy = proxy::of(network.proxies, server.as_str());
    let address = server.web_socket() + network.question;
    let handshake = async {
        let stream = match &proxy {
            None => dial(server).await?,
            Some(proxy) => tunnel(server, proxy).await?,
        };
        let stream = Counted::new(stream, network.traffic.clone());
        let tls = connector(server, network.trust).await?;
        let opened = client_async_tls_with_config(address, stream, Some(config), Some(tls)).await;
        opened
            .map(|(socket, _response)| socket)
            .map_err(FailureCause::Handshake)
    };
    let done = timeout_at(until, handshake).await;
    done.unwrap_or(Err(FailureCause::Late))
        .map_err(|cause| HandshakeFailure {
            proxy: proxy.as_ref().map(proxy::name),
            cause,
        })
}

/// How the connection is secured.
async fn connector(server: &ServerUrl, trust: &Trust) -> io::Result<Connector> {
    if !server.as_str().starts_with("https:") {
        return Ok(Connector::Plain);
    }
    Ok(Connector::Rustls(trust.config().await?))
}

/// The socket to a server, below TLS.
async fn dial(server: &ServerUrl) -> io::Result<TcpStream> {
    let (host, port) = host_and_port(server)?;
    let socket = TcpStream::connect(format!("{host}:{port}")).await?;
    socket.set_nodelay(NO_DELAY)?;
    Ok(socket)
}

/// A server's host, in brackets where it is an IPv6 address, and its port.
fn host_and_port(server: &ServerUrl) -> io::Result<(String, u16)> {
    let url = Url::parse(server.as_str()).map_err(io::Error::other)?;
    let place = url.host_str().zip(url.port_or_known_default());
    let (host, port) = place.ok_or(io::ErrorKind::InvalidInput)?;
    Ok((host.to_owned(), port))
}

/// A socket to a server through a proxy. One for plain HTTP is led on like one for TLS: a proxy
/// that reads the requests does not pass the change to a WebSocket on.
async fn tunnel(server: &ServerUrl, proxy: &Intercept) -> Result<TcpStream, FailureCause> {
    let (host, port) = host_and_port(server)?;
    let at = proxy.uri();
    let proxy_host = at.host().unwrap_or_default();
    let proxy_port = at.port_u16().unwrap_or(relay::PROXY_PORT);
    let mut socket = TcpStream::connect(format!("{proxy_host}:{proxy_port}")).await?;
    socket.set_nodelay(NO_DELAY)?;
    let asked = relay::ask_for_tunnel(&mut socket, proxy, (&host, port)).await;
    // What a proxy says that makes no sense is no word of the server's.
    match asked.map_err(io::Error::other)? {
        200..=299 => Ok(socket),
        status => Err(FailureCause::Proxy(status)),
    }
}

/// Why there is no connection, in words for the member. What answers, but not as a room server
/// does, is asked whether it is one, and whether it speaks TLS.
async fn explained(
    server: &ServerUrl,
    failure: HandshakeFailure,
    network: Network<'_>,
) -> Disconnect {
    if let FailureCause::Handshake(Error::Io(cause)) = &failure.cause
        && let Ok(url) = Url::parse(server.as_str())
        && let Some(fault) = tls::of_io(cause, &url)
    {
        return Disconnect::Insecure(fault);
    }
    if let Some(refused) = failure.refusal() {
        return Disconnect::Closed(Some(CloseReason::Known(refused)));
    }
    let error = failure.fault();
    if failure.may_be_ours() {
        let proxy = proxy::of(network.proxies, server.as_str());
        if probe::answers(server, proxy.as_ref(), network.trust).await {
            return Disconnect::NoWebSockets { error };
        }
    }
    if failure.may_be_tls()
        && let Some(fault) = speaks_https(server).await
    {
        return Disconnect::Insecure(fault);
    }
    if failure.is_unreachable() {
        Disconnect::Unreachable { error }
    } else {
        Disconnect::NotAServer { error }
    }
}

/// The fault of a plain address whose port speaks TLS.
async fn speaks_https(server: &ServerUrl) -> Option<TlsFault> {
    let server = server.clone();
    let asked = spawn_blocking(move || tls::speaks_https(&server)).await;
    asked.unwrap_or_else(|cause| {
        tracing::error!("asking for TLS failed: {cause}");
        None
    })
}

impl HandshakeFailure {
    /// The server's reason for opening no socket, if it says one.
    fn refusal(&self) -> Option<Refused> {
        let FailureCause::Handshake(Error::Http(response)) = &self.cause else {
            return None;
        };
        let reason = response.headers().get(codec::REFUSED_HEADER)?;
        codec::parse_close(reason.to_str().ok()?)
    }

    /// Whether a server of ours may be behind what answered, or did not.
    fn may_be_ours(&self) -> bool {
        match &self.cause {
            FailureCause::Late => true,
            FailureCause::Proxy(_) => false,
            // A proxy whose server is away, for a moment or for long.
            FailureCause::Handshake(Error::Http(response)) => !response.status().is_server_error(),
            FailureCause::Handshake(cause) => matches!(cause, Error::Protocol(_)),
        }
    }

    /// Whether what answered plain HTTP may speak TLS: those servers hang up, send an alert, or say
    /// with a status of 400 that it was a bad request.
    fn may_be_tls(&self) -> bool {
        match &self.cause {
            _ if self.proxy.is_some() => false,
            FailureCause::Late | FailureCause::Proxy(_) => false,
            FailureCause::Handshake(Error::Http(response)) => {
                response.status() == StatusCode::BAD_REQUEST
            }
            FailureCause::Handshake(Error::Io(cause)) => matches!(
                cause.kind(),
                io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset
            ),
            FailureCause::Handshake(cause) => matches!(cause, Error::Protocol(_)),
        }
    }

    /// Whether nobody answered, for a moment or for long.
    fn is_unreachable(&self) -> bool {
        match &self.cause {
            FailureCause::Late | FailureCause::Proxy(_) => true,
            FailureCause::Handshake(Error::Io(cause)) => !matches!(
                cause.kind(),
                io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
            ),
            FailureCause::Handshake(Error::Http(response)) => response.status().is_server_error(),
            FailureCause::Handshake(cause) => {
                matches!(cause, Error::Protocol(ProtocolError::HandshakeIncomplete))
            }
        }
    }

    /// Where the server sends everybody on to, if that may be followed: mostly to https.
    fn onward(&self, server: &ServerUrl) -> Option<ServerUrl> {
        let FailureCause::Handshake(Error::Http(response)) = &self.cause else {
            return None;
        };
        let asked = Url::parse(&server.endpoint("/ws")).ok()?;
        let mut onward = followed(&asked, redirect(response)?)?;
        onward.set_query(None);
        ServerUrl::parse(onward.as_str().strip_suffix("/ws")?).ok()
    }

    /// What went wrong, and by which proxy.
    fn fault(&self) -> NetworkFault {
        let cause = match &self.cause {
            FailureCause::Late => NetworkCause::Late(CONNECT_TIMEOUT.into()),
            FailureCause::Proxy(407) => NetworkCause::ProxyAsksPassword,
            FailureCause::Proxy(status) => NetworkCause::ProxyRefuses(*status),
            FailureCause::Handshake(Error::Http(response)) => answered(response),
            FailureCause::Handshake(Error::Io(cause))
                if cause.kind() == io::ErrorKind::UnexpectedEof =>
            {
                NetworkCause::HungUp
            }
            FailureCause::Handshake(cause) => error_cause(cause),
        };
        cause.through(self.proxy.clone())
    }
}

/// What somebody answers who opens no WebSocket.
fn answered(response: &Response) -> NetworkCause {
    match redirect(response) {
        Some(to) => NetworkCause::Redirects(to.to_owned()),
        None => NetworkCause::Status(response.status().as_u16()),
    }
}

/// Where an answer leads.
fn redirect(response: &Response) -> Option<&str> {
    let to = response.headers().get(LOCATION)?.to_str().ok()?;
    response.status().is_redirection().then_some(to)
}

#[cfg(test)]
mod tests;
