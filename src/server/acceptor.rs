//! Accepts sockets, ends their TLS if the server does, and serves their HTTP requests, each within
//! a time limit. A socket that becomes a WebSocket is handed over to its session.

use std::io::{self, ErrorKind};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_rustls::server::TlsStream;

use super::lingering::{Lingering, LingeringSockets};
use super::peers::PeerPermit;
use super::proxied::Counting;
use super::shutdown::Shutdown;
use super::socket_time::socket_time;
use super::tls::{TlsFiles, begins_with_tls};
use super::too_many;
use crate::traffic::{Counted, Traffic};

/// How long a request under way may still take when the server shuts down, or the socket's time is
/// over (judgement: a page is sent in milliseconds).
const LAST_ANSWER: Duration = Duration::from_millis(500);

/// How long to pause after a socket could not be accepted, as when file descriptors run out
/// (judgement: some may be free by then, and the log is not flooded).
pub(super) const ACCEPT_AGAIN: Duration = Duration::from_millis(200);

/// To how many sockets the reason for their refusal is told at a time; more are closed without it
/// (judgement: people come one by one, and a flood is to cost little).
const REFUSALS: usize = 32;

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
    /// The places of sockets that are about to be closed.
    pub(super) closing: ClosingSockets,
}

/// The places of sockets that are about to be closed. Clones share them.
#[derive(Debug, Clone)]
pub(super) struct ClosingSockets {
    /// For those that are told why they are refused.
    refused: Arc<Semaphore>,
    /// For those whose client still sends.
    lingering: LingeringSockets,
}

impl Default for ClosingSockets {
    fn default() -> Self {
        Self {
            refused: Arc::new(Semaphore::new(REFUSALS)),
            lingering: LingeringSockets::default(),
        }
    }
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
                let acceptor = acceptor.clone();
                match acceptor.count(address.ip()) {
                    Some(counted) => {
                        drop(tokio::spawn(serve_counted(socket, counted, acceptor)));
                    }
                    None => acceptor.refuse(socket),
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

    /// Answers whatever a socket requests with the reason why it is not taken. The request is read
    /// first: who is answered before asking may take the answer for a broken connection.
    fn refuse(self, socket: TcpStream) {
        let why = self.counting.refusal();
        tracing::debug!(?why, "a socket is not taken");
        let Ok(place) = Arc::clone(&self.closing.refused).try_acquire_owned() else {
            return;
        };
        let refusal = move || {
            let last = [(header::CONNECTION, "close")];
            let answer = (last, too_many::response(&why));
            async move { answer }
        };
        let app = Router::new().fallback(refusal);
        drop(tokio::spawn(async move {
            let _place = place;
            serve_socket(socket, app, Traffic::default(), self).await;
        }));
    }
}

/// Serves a socket that is counted.
async fn serve_counted(socket: TcpStream, counted: CountedSocket, acceptor: Acceptor) {
    let traffic = Traffic::default();
    let app = acceptor.routes(counted, traffic.clone());
    serve_socket(socket, app, traffic, acceptor).await;
}

/// Serves one socket's requests until it closes, becomes a WebSocket, or its time is up.
async fn serve_socket(socket: TcpStream, app: Router, traffic: Traffic, acceptor: Acceptor) {
    // A small frame that waited for a full packet would delay members.
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%error, "a socket stays with delays");
    }
    let lingering = acceptor.closing.lingering.clone();
    let Some(tls) = acceptor.tls.clone() else {
        let socket = Counted::new(lingering.at_the_end_of(socket), traffic);
        return serve_http(socket, app, acceptor).await;
    };
    let mut shutdown = acceptor.shutdown.clone();
    let secured = async {
        let is_tls = begins_with_tls(&socket).await?;
        let socket = Counted::new(lingering.at_the_end_of(socket), traffic);
        secure(socket, is_tls, &tls).await
    };
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
    Tls(Box<TlsStream<Counted<Lingering>>>),
    /// Its client speaks plain HTTP, or nothing that is known here.
    Plain(Counted<Lingering>),
}

/// Shakes hands on a socket, if its client does.
async fn secure(socket: Counted<Lingering>, is_tls: bool, tls: &TlsFiles) -> io::Result<Secured> {
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
