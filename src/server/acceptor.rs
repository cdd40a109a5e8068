//! From a listening socket to requests: takes sockets in, and gives each a limited time until
//! it has asked for something and got it. A socket that becomes a WebSocket is its session's.

use std::io::ErrorKind;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

use super::peers::{PeerPermit, Peers};
use super::shutdown::Shutdown;
use crate::traffic::{Counted, Traffic};

/// How long a socket has to serve its requests, however it behaves.
const HTTP_WITHIN: Duration = Duration::from_mins(1);

/// How long requests that are being answered have when the server goes down, or their time
/// is up.
const LAST_ANSWER: Duration = Duration::from_millis(500);

/// After how long the next socket is tried when none can be taken, for want of file
/// descriptors for example.
const ACCEPT_AGAIN: Duration = Duration::from_millis(200);

/// What a socket is told whose address has too many of them.
const TOO_MANY: &[u8] = b"HTTP/1.1 429 Too Many Requests\r\ncontent-type: text/plain\r\n\
    content-length: 44\r\nconnection: close\r\n\r\ntoo many connections come from your address.";

/// What every listening socket of a server works with.
#[derive(Debug, Clone)]
pub(super) struct Acceptor {
    /// What is served.
    pub(super) app: Router,
    /// Who is counted.
    pub(super) peers: Peers,
    /// How long a socket has for the head of a request, the first and each later one.
    pub(super) head_within: Duration,
    /// Turns true when the server goes down.
    pub(super) shutdown: Shutdown,
}

/// Serves one listening socket until the server goes down.
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
                match acceptor.peers.admit(address.ip()) {
                    Some(permit) => drop(tokio::spawn(converse(socket, permit, acceptor.clone()))),
                    None => turn_away(&socket),
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

/// Says why, if that takes no time.
fn turn_away(socket: &TcpStream) {
    tracing::debug!("an address has too many sockets");
    if let Err(error) = socket.try_write(TOO_MANY) {
        tracing::debug!(%error, "a socket did not hear why it is closed");
    }
}

/// Answers one socket's requests.
async fn converse(socket: TcpStream, permit: PeerPermit, acceptor: Acceptor) {
    // A small frame that waits for a full packet costs members their step.
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%error, "a socket stays with delays");
    }
    let mut shutdown = acceptor.shutdown;
    let traffic = Traffic::default();
    let socket = Counted::new(socket, traffic.clone());
    let app = acceptor
        .app
        .layer(Extension(permit))
        .layer(Extension(traffic));
    let app = TowerToHyperService::new(app);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(acceptor.head_within)
        .serve_connection(TokioIo::new(socket), app)
        .with_upgrades();
    tokio::pin!(connection);
    let ended = tokio::select! {
        biased;
        () = shutdown.wait() => None,
        ended = timeout(HTTP_WITHIN, connection.as_mut()) => ended.ok(),
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
mod tests {
    use std::net::SocketAddr;
    use std::time::Duration;

    use axum::Router;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::{Acceptor, TOO_MANY, serve};
    use crate::server::peers::Peers;
    use crate::server::shutdown::{ShutdownTrigger, shutdown};

    /// A server that says "hello" and counts everybody.
    async fn start(head_within: Duration) -> (SocketAddr, ShutdownTrigger) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (down, shutdown) = shutdown();
        let acceptor = Acceptor {
            app: Router::new().route("/", get(|| async { "hello" })),
            peers: Peers::exempting(|_| false),
            head_within,
            shutdown,
        };
        tokio::spawn(serve(listener, acceptor));
        (address, down)
    }

    /// All that comes until the server closes.
    async fn heard(mut socket: TcpStream) -> String {
        let mut bytes = Vec::new();
        // A reset is an end as well.
        let _reset = socket.read_to_end(&mut bytes).await;
        String::from_utf8(bytes).unwrap()
    }

    #[tokio::test]
    async fn who_asks_for_nothing_is_closed() {
        let (address, _down) = start(Duration::from_millis(20)).await;
        for said in [
            "",
            "GET / HTTP/1.1\r\nhost: x\r\n",
            "GET / HTTP/1.1\r\nhost: x\r\n\r\n",
        ] {
            let mut socket = TcpStream::connect(address).await.unwrap();
            socket.write_all(said.as_bytes()).await.unwrap();
            let answer = heard(socket).await;
            assert_eq!(
                answer.contains("hello"),
                said.ends_with("\r\n\r\n"),
                "{answer}"
            );
        }
    }

    #[tokio::test]
    async fn one_address_has_so_many_sockets_and_hears_why() {
        let (address, _down) = start(Duration::from_hours(1)).await;
        let mut open = Vec::new();
        // Each is taken in before the next, so that the count is right.
        loop {
            let mut socket = TcpStream::connect(address).await.unwrap();
            let asked = socket.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
            let mut answer = [0; 12];
            if asked.is_err() || socket.read_exact(&mut answer).await.is_err() {
                break;
            }
            if answer == TOO_MANY[..12] {
                break;
            }
            assert_eq!(&answer, b"HTTP/1.1 200");
            open.push(socket);
            assert!(open.len() <= 64, "too many");
        }
        assert_eq!(open.len(), 64);
    }

    #[test]
    fn what_is_said_about_too_many_sockets_has_the_length_that_it_says() {
        let said = std::str::from_utf8(TOO_MANY).unwrap();
        let (head, body) = said.split_once("\r\n\r\n").unwrap();
        let length = format!("content-length: {}", body.len());
        assert!(head.lines().any(|line| line == length), "{said}");
    }

    #[tokio::test]
    async fn the_end_waits_for_no_half_request() {
        let (address, down) = start(Duration::from_hours(1)).await;
        let mut half = TcpStream::connect(address).await.unwrap();
        half.write_all(b"GET / HTT").await.unwrap();
        let silent = TcpStream::connect(address).await.unwrap();
        // One that is answered comes after both in the line.
        let mut third = TcpStream::connect(address).await.unwrap();
        third
            .write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            .await
            .unwrap();
        let mut answer = [0; 12];
        third.read_exact(&mut answer).await.unwrap();
        down.now();
        let (half, silent, _) = tokio::join!(heard(half), heard(silent), heard(third));
        assert_eq!((half.as_str(), silent.as_str()), ("", ""));
    }
}
