//! Accepts sockets, ends their TLS if the server does, and serves their HTTP requests, each within
//! a time limit. A socket that becomes a WebSocket is handed over to its session.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, Shutdown as Direction};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::server::TlsStream;

use super::asker::Asker;
use super::lingering::{Lingering, LingeringSockets};
use super::peers::PeerPermit;
use super::places::Places;
use super::proxied::Counting;
use super::shutdown::Shutdown;
use super::socket_routes::SocketRoutes;
use super::socket_time::socket_time;
use super::tls::{TlsFiles, begins_with_tls};
use super::too_many;
use crate::protocol::denied::Refused;
use crate::traffic::{Counted, Traffic};

/// How long a request under way may still take when the server shuts down, or the socket's time is
/// over (judgement: a page is sent in milliseconds).
const LAST_ANSWER: Duration = Duration::from_millis(500);

/// How long to pause after a socket could not be accepted, as when file descriptors run out
/// (judgement: some may be free by then, and the log is not flooded).
pub(super) const ACCEPT_AGAIN: Duration = Duration::from_millis(200);

/// How many refused sockets are served with the reason at a time, in all and of one address; more
/// get at most what can be written at once (judgement: people come one by one, and a flood is to
/// cost little).
const REFUSALS: usize = 32;
const REFUSALS_OF_ONE: usize = 3;

/// How long a refused socket may take in all: the handshake, the head of its request, the answer
/// (judgement: a few times as long as between two continents).
const REFUSED_WITHIN: Duration = Duration::from_secs(3);

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
    refused: Places,
    /// For those whose client still sends.
    lingering: LingeringSockets,
}

impl Default for ClosingSockets {
    fn default() -> Self {
        Self {
            refused: Places::new(REFUSALS, REFUSALS_OF_ONE),
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
                acceptor.clone().take(socket, address.ip());
                // Whoever is inside comes before the crowd at the door: a socket that has waited
                // for its turn is then served quickly, and few are half served at a time.
                tokio::task::yield_now().await;
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

/// How one socket is served.
struct Service {
    routes: SocketRoutes,
    traffic: Traffic,
    /// Whether more requests may follow the first.
    keep_alive: bool,
    /// The address that it counts against; `None` if that stands for many.
    address: Option<IpAddr>,
}

/// How a socket is counted.
enum CountedSocket {
    /// As a whole, by its permit.
    Whole(PeerPermit),
    /// By its requests: it comes from a named proxy.
    ByRequest,
}

impl Acceptor {
    /// Serves a new socket, or refuses it, in a task of its own.
    fn take(self, socket: TcpStream, from: IpAddr) {
        let address = self.counting.counted_as(from);
        let Some(counted) = self.count(from) else {
            return self.refuse(socket, address);
        };
        let traffic = Traffic::default();
        let service = Service {
            routes: self.routes(counted, traffic.clone(), from),
            traffic,
            keep_alive: true,
            address,
        };
        drop(tokio::spawn(serve_socket(socket, service, self)));
    }

    /// Counts a new socket; `None` if its address has as many as it may.
    fn count(&self, from: IpAddr) -> Option<CountedSocket> {
        if self.counting.is_proxy(from) {
            return Some(CountedSocket::ByRequest);
        }
        let permit = self.counting.peers().admit(from)?;
        Some(CountedSocket::Whole(permit))
    }

    /// The routes for one socket.
    fn routes(&self, counted: CountedSocket, traffic: Traffic, from: IpAddr) -> SocketRoutes {
        let asker = Asker {
            address: from,
            by_proxy: self.counting.is_proxy(from),
        };
        let routes = SocketRoutes::new(self.app.clone())
            .with(traffic)
            .with(asker);
        match counted {
            CountedSocket::Whole(permit) => routes.with(permit),
            CountedSocket::ByRequest => routes.counted_by_request(self.counting.clone()),
        }
    }

    /// Answers whatever a socket requests with the reason why it is not taken. The request is read
    /// first: who is answered before asking may take the answer for a broken connection.
    fn refuse(self, socket: TcpStream, address: Option<IpAddr>) {
        let why = self.counting.refusal();
        tracing::debug!(?why, "a socket is not taken");
        let Some(place) = self.closing.refused.take(address) else {
            if self.tls.is_none()
                && let Err(error) = refuse_at_once(socket, &why)
            {
                tracing::debug!(%error, "a socket was closed without the reason");
            }
            return;
        };
        let refusal = move || {
            let answer = too_many::response(&why);
            async move { answer }
        };
        let service = Service {
            routes: SocketRoutes::new(Router::new().fallback(refusal)),
            traffic: Traffic::default(),
            keep_alive: false,
            address,
        };
        drop(tokio::spawn(async move {
            let _place = place;
            let served = serve_socket(socket, service, self);
            if timeout(REFUSED_WITHIN, served).await.is_err() {
                tracing::debug!("a refused socket took too long");
            }
        }));
    }
}

/// Writes the reason to a socket and closes it, without waiting for anything.
fn refuse_at_once(socket: TcpStream, why: &Refused) -> io::Result<()> {
    // It does not block, and unlike tokio's it needs no word from the system first.
    let mut socket = socket.into_std()?;
    // A request that is here already would reset the socket if it stayed unread. Errors show when
    // writing.
    let _early = socket.read(&mut [0; 4096]);
    socket.write_all(&too_many::bytes(why))?;
    socket.shutdown(Direction::Write)
}

/// Serves one socket's requests until it closes, becomes a WebSocket, or its time is up.
async fn serve_socket(socket: TcpStream, service: Service, acceptor: Acceptor) {
    // A small frame that waited for a full packet would delay members.
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%error, "a socket stays with delays");
    }
    let lingering = acceptor.closing.lingering.clone();
    let Service {
        routes,
        traffic,
        keep_alive,
        address,
    } = service;
    let Some(tls) = acceptor.tls.clone() else {
        let socket = Counted::new(lingering.wrap(socket, address), traffic);
        return serve_http(socket, routes, keep_alive, acceptor).await;
    };
    let mut shutdown = acceptor.shutdown.clone();
    let secured = async {
        let is_tls = begins_with_tls(&socket).await?;
        let socket = Counted::new(lingering.wrap(socket, address), traffic);
        secure(socket, is_tls, &tls).await
    };
    let secured = tokio::select! {
        biased;
        () = shutdown.wait() => return,
        secured = timeout(acceptor.head_within, secured) => secured,
    };
    match secured {
        Ok(Ok(Secured::Tls(socket))) => serve_http(*socket, routes, keep_alive, acceptor).await,
        Ok(Ok(Secured::Plain(socket))) => {
            let app = Router::new().fallback(|| async { (StatusCode::BAD_REQUEST, SPEAKS_TLS) });
            // No later request would get another answer.
            serve_http(socket, SocketRoutes::new(app), false, acceptor).await;
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

/// Serves requests, or only one, until the socket closes, becomes a WebSocket, or its time is up.
async fn serve_http<S>(socket: S, routes: SocketRoutes, keep_alive: bool, acceptor: Acceptor)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut shutdown = acceptor.shutdown;
    let (time, mut end) = socket_time();
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .keep_alive(keep_alive)
        .header_read_timeout(acceptor.head_within)
        .serve_connection(TokioIo::new(socket), routes.with(time))
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
