//! Accepts sockets, ends their TLS if the server does, and serves their HTTP requests, each within
//! a time limit. A socket that becomes a WebSocket is handed over to its session.

use std::io::{self, ErrorKind};
use std::net::IpAddr;
use std::time::Duration;

use axum::http::StatusCode;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::server::TlsStream;

use super::peers::PeerPermit;
use super::proxied::Counting;
use super::shutdown::Shutdown;
use super::socket_time::socket_time;
use super::tls::{TlsFiles, begins_with_tls};
use crate::traffic::{Counted, Traffic};

/// How long a request under way may still take when the server shuts down, or the socket's time is
/// over (judgement: a page is sent in milliseconds).
const LAST_ANSWER: Duration = Duration::from_millis(500);

/// How long to pause after a socket could not be accepted, as when file descriptors run out
/// (judgement: some may be free by then, and the log is not flooded).
const ACCEPT_AGAIN: Duration = Duration::from_millis(200);

/// The response to a socket whose address has too many open, written before anything is read.
const TOO_MANY: &[u8] = b"HTTP/1.1 429 Too Many Requests\r\ncontent-type: text/plain\r\n\
    content-length: 44\r\nconnection: close\r\n\r\ntoo many connections come from your address.";

/// The answer to a request in plain HTTP on a port that speaks TLS.
const SPEAKS_TLS: &str = "This port speaks https. Use an address that begins with https://\n";

/// What all listening sockets of a server share.
#[derive(Debug, Clone)]
pub(super) struct Acceptor {
    /// The routes that are served.
    pub(super) app: Router,
    /// Counts the sockets of each address, and the requests that proxies pass on.
    pub(super) counting: Counting,
    /// The certificate, if the server ends TLS itself.
    pub(super) tls: Option<TlsFiles>,
    /// How long a socket may take to send the head of a request, the first and each later one; also
    /// how long its TLS handshake may take.
    pub(super) head_within: Duration,
    /// The signal to stop accepting and to end open requests.
    pub(super) shutdown: Shutdown,
}

/// Accepts from one listening socket until the server shuts down.
pub(super) async fn serve(listener: TcpListener, acceptor: Acceptor) {
    let mut shutdown = acceptor.shutdown.clone();
    let mut is_failing = false;
    loop {
        let accepted = tokio::select! {
            biased;
            () = shutdown.wait() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((socket, address)) => {
                is_failing = false;
                match acceptor.count(address.ip()) {
                    Some(counted) => {
                        drop(tokio::spawn(serve_socket(
                            socket,
                            counted,
                            acceptor.clone(),
                        )));
                    }
                    // To one that expects TLS nothing can be said before the handshake.
                    None if acceptor.tls.is_some() => {}
                    None => refuse_socket(&socket),
                }
            }
            Err(error) if is_of_one_socket(error.kind()) => {
                tracing::debug!(%error, "a socket broke before it was taken");
            }
            Err(error) => {
                if !is_failing {
                    tracing::error!(%error, "no socket can be taken; trying again until one can");
                }
                is_failing = true;
                sleep(ACCEPT_AGAIN).await;
            }
        }
    }
}

const fn is_of_one_socket(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused
    )
}

/// Writes the reason if the socket takes it at once, and closes it.
fn refuse_socket(socket: &TcpStream) {
    tracing::debug!("an address has too many sockets");
    if let Err(error) = socket.try_write(TOO_MANY) {
        tracing::debug!(%error, "a socket did not hear why it is closed");
    }
}

/// How a socket is counted.
enum CountedSocket {
    /// As a whole, by its permit.
    Whole(PeerPermit),
    /// By its requests: it comes from a named proxy.
    ByRequest,
}

impl Acceptor {
    /// Counts a new socket; `None` if its address has as many as it may.
    fn count(&self, from: IpAddr) -> Option<CountedSocket> {
        if self.counting.is_proxy(from) {
            return Some(CountedSocket::ByRequest);
        }
        let permit = self.counting.peers().admit(from)?;
        Some(CountedSocket::Whole(permit))
    }

    /// The routes for one socket.
    fn routes(&self, counted: CountedSocket, traffic: Traffic) -> Router {
        let app = self.app.clone();
        let app = match counted {
            CountedSocket::Whole(permit) => app.layer(Extension(permit)),
            CountedSocket::ByRequest => self.counting.by_request(app),
        };
        app.layer(Extension(traffic))
    }
}

/// Serves one socket's requests until it closes, becomes a WebSocket, or its time is up.
async fn serve_socket(socket: TcpStream, counted: CountedSocket, acceptor: Acceptor) {
    // A small frame that waited for a full packet would delay members.
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%error, "a socket stays with delays");
    }
    let traffic = Traffic::default();
    let app = acceptor.routes(counted, traffic.clone());
    let Some(tls) = acceptor.tls.clone() else {
        return serve_http(Counted::new(socket, traffic), app, acceptor).await;
    };
    let mut shutdown = acceptor.shutdown.clone();
    let secured = secure(socket, traffic, &tls);
    let secured = tokio::select! {
        biased;
        () = shutdown.wait() => return,
        secured = timeout(acceptor.head_within, secured) => secured,
    };
    match secured {
        Ok(Ok(Secured::Tls(socket))) => serve_http(*socket, app, acceptor).await,
        Ok(Ok(Secured::Plain(socket))) => {
            let app = Router::new().fallback(|| async { (StatusCode::BAD_REQUEST, SPEAKS_TLS) });
            serve_http(socket, app, acceptor).await;
        }
        Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
        Err(_) => tracing::debug!("a TLS handshake took too long"),
    }
}

/// A new socket on a port that speaks TLS.
enum Secured {
    /// After the handshake.
    Tls(Box<TlsStream<Counted<TcpStream>>>),
    /// Its client speaks plain HTTP, or nothing that is known here.
    Plain(Counted<TcpStream>),
}

/// Shakes hands on a socket, if its client does.
async fn secure(socket: TcpStream, traffic: Traffic, tls: &TlsFiles) -> io::Result<Secured> {
    let is_tls = begins_with_tls(&socket).await?;
    let socket = Counted::new(socket, traffic);
    Ok(if is_tls {
        Secured::Tls(Box::new(tls.handshake(socket).await?))
    } else {
        Secured::Plain(socket)
    })
}

/// Serves requests until the socket closes, becomes a WebSocket, or its time is up.
async fn serve_http<S>(socket: S, app: Router, acceptor: Acceptor)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut shutdown = acceptor.shutdown;
    let (time, mut end) = socket_time();
    let app = TowerToHyperService::new(app.layer(Extension(time)));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(acceptor.head_within)
        .serve_connection(TokioIo::new(socket), app)
        .with_upgrades();
    tokio::pin!(connection);
    let ended = tokio::select! {
        biased;
        () = shutdown.wait() => None,
        () = end.wait() => None,
        ended = connection.as_mut() => Some(ended),
    };
    let ended = if let Some(ended) = ended {
        ended
    } else {
        connection.as_mut().graceful_shutdown();
        timeout(LAST_ANSWER, connection).await.unwrap_or(Ok(()))
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a socket ended without a request");
    }
}

#[cfg(test)]
mod tests;
