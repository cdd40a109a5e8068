//! Accepts sockets and serves their HTTP requests, each within a time limit. A socket that
//! becomes a WebSocket is handed over to its session.

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
use super::socket_time::socket_time;
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

/// What all listening sockets of a server share.
#[derive(Debug, Clone)]
pub(super) struct Acceptor {
    /// The routes that are served.
    pub(super) app: Router,
    /// Counts the sockets of each address.
    pub(super) peers: Peers,
    /// How long a socket may take to send the head of a request, the first and each later one.
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
                match acceptor.peers.admit(address.ip()) {
                    Some(permit) => {
                        drop(tokio::spawn(serve_socket(socket, permit, acceptor.clone())));
                    }
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

/// Serves one socket's requests until it closes, becomes a WebSocket, or its time is up.
async fn serve_socket(socket: TcpStream, permit: PeerPermit, acceptor: Acceptor) {
    // A small frame that waited for a full packet would delay members.
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%error, "a socket stays with delays");
    }
    let mut shutdown = acceptor.shutdown;
    let traffic = Traffic::default();
    let socket = Counted::new(socket, traffic.clone());
    let (time, mut end) = socket_time();
    let app = acceptor
        .app
        .layer(Extension(permit))
        .layer(Extension(time))
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

    /// A server that answers "hello" and exempts no address from the count.
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

    /// Everything received until the server closes.
    async fn received(mut socket: TcpStream) -> String {
        let mut bytes = Vec::new();
        // A reset is an end as well.
        let _reset = socket.read_to_end(&mut bytes).await;
        String::from_utf8(bytes).unwrap()
    }

    /// Keeps paused time from advancing by itself until it is dropped, since tokio does not advance
    /// it while a blocking task runs.
    fn stop_time() -> std::sync::mpsc::Sender<()> {
        let (stopped, released) = std::sync::mpsc::channel();
        tokio::task::spawn_blocking(move || released.recv());
        stopped
    }

    #[tokio::test(start_paused = true)]
    async fn who_asks_for_nothing_is_closed() {
        let (address, _down) = start(Duration::from_secs(10)).await;
        for bytes in ["", "GET / HTTP/1.1\r\nhost: x\r\n"] {
            let mut socket = TcpStream::connect(address).await.unwrap();
            socket.write_all(bytes.as_bytes()).await.unwrap();
            let answer = received(socket).await;
            assert!(!answer.contains("hello"), "{answer}");
        }
        let stopped = stop_time();
        let mut socket = TcpStream::connect(address).await.unwrap();
        let bytes = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";
        socket.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"hello") {
            assert!(socket.read_buf(&mut answer).await.unwrap() > 0, "closed");
        }
        // From here on the client sends nothing more.
        drop(stopped);
        assert_eq!(received(socket).await, "");
    }

    #[tokio::test]
    async fn one_address_has_so_many_sockets_and_is_told_why() {
        let (address, _down) = start(Duration::from_hours(1)).await;
        let mut open = Vec::new();
        // Each socket is accepted before the next one connects, so that the count is right.
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
    fn the_answer_about_too_many_sockets_has_the_length_that_it_declares() {
        let bytes = std::str::from_utf8(TOO_MANY).unwrap();
        let (head, body) = bytes.split_once("\r\n\r\n").unwrap();
        let length = format!("content-length: {}", body.len());
        assert!(head.lines().any(|line| line == length), "{bytes}");
    }

    #[tokio::test]
    async fn the_end_waits_for_no_half_request() {
        let (address, down) = start(Duration::from_hours(1)).await;
        let mut half = TcpStream::connect(address).await.unwrap();
        half.write_all(b"GET / HTT").await.unwrap();
        let silent = TcpStream::connect(address).await.unwrap();
        // Sockets are accepted in order, so the answer to a third one shows that both were.
        let mut third = TcpStream::connect(address).await.unwrap();
        third
            .write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            .await
            .unwrap();
        let mut answer = [0; 12];
        third.read_exact(&mut answer).await.unwrap();
        down.now();
        let (half, silent, _) = tokio::join!(received(half), received(silent), received(third));
        assert_eq!((half.as_str(), silent.as_str()), ("", ""));
    }
}
