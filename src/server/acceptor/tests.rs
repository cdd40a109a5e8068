//! Sockets that send nothing, too little, or too many.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::routing::get;
use axum::{Extension, Router};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};
use tokio_rustls::TlsConnector;

use super::{Acceptor, ClosingSockets, REFUSALS, REFUSALS_OF_ONE, REFUSED_WITHIN, serve};
use crate::server::forwarded::TrustedProxies;
use crate::server::limits::Limits;
use crate::server::peers::Peers;
use crate::server::proxied::Counting;
use crate::server::shutdown::{ShutdownTrigger, shutdown};
use crate::server::socket_time::SocketTime;
use crate::server::tls::TlsFiles;
use crate::test_support::certificates::{Authority, Dates, NAME, self_signed};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";

/// The same, after which the server closes.
const LAST_REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

/// A server that answers "hello" and exempts no address from the count.
async fn start(head_within: Duration) -> (SocketAddr, ShutdownTrigger) {
    start_with(head_within, |_| false, None).await
}

/// A server that answers "hello", with the addresses that are exempt, and a certificate.
async fn start_with(
    head_within: Duration,
    is_exempt: fn(IpAddr) -> bool,
    tls: Option<TlsFiles>,
) -> (SocketAddr, ShutdownTrigger) {
    let (listener, address) = listener().await;
    let (acceptor, down) = acceptor(head_within, Peers::exempting(is_exempt), tls);
    tokio::spawn(serve(listener, acceptor));
    (address, down)
}

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

fn acceptor(
    head_within: Duration,
    peers: Peers,
    tls: Option<TlsFiles>,
) -> (Acceptor, ShutdownTrigger) {
    let (down, shutdown) = shutdown();
    let acceptor = Acceptor {
        app: Router::new()
            .route("/", get(|| async { "hello" }))
            .route("/stream", get(stream)),
        counting: Counting::new(peers, TrustedProxies::default()),
        tls,
        head_within,
        shutdown,
        closing: ClosingSockets::default(),
    };
    (acceptor, down)
}

/// A line a minute, for ever.
async fn stream(Extension(time): Extension<SocketTime>) -> Body {
    time.becomes_stream();
    Body::from_stream(futures_util::stream::unfold((), |()| async {
        sleep(Duration::from_mins(1)).await;
        Some((Ok::<_, Infallible>("a line\n"), ()))
    }))
}

/// Everything received until the server closes.
async fn received(mut socket: TcpStream) -> String {
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes).await.unwrap();
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
    socket.write_all(REQUEST).await.unwrap();
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
    for _ in 0..64 {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(REQUEST).await.unwrap();
        let mut answer = [0; 12];
        socket.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200");
        open.push(socket);
    }
    let answer = asked(address).await;
    assert!(answer.starts_with("HTTP/1.1 429 "), "{answer}");
    assert!(answer.contains("too_many_connections"), "{answer}");
}

/// A server that has as many sockets as it takes.
async fn full(tls: Option<TlsFiles>) -> (TcpListener, SocketAddr, Acceptor, ShutdownTrigger) {
    full_for(Peers::new(), tls).await
}

/// A server that has as many sockets as it takes, with a table of addresses.
async fn full_for(
    peers: Peers,
    tls: Option<TlsFiles>,
) -> (TcpListener, SocketAddr, Acceptor, ShutdownTrigger) {
    let (listener, address) = listener().await;
    peers.limit(Limits {
        connections: 0,
        ..Limits::default()
    });
    let (acceptor, down) = acceptor(Duration::from_hours(1), peers, tls);
    (listener, address, acceptor, down)
}

#[tokio::test(start_paused = true)]
async fn who_is_refused_gets_the_reason_and_no_reset() {
    let _stopped = stop_time();
    let (listener, address, acceptor, _down) = full(None).await;
    let mut socket = TcpStream::connect(address).await.unwrap();
    // It is there before the socket is accepted.
    socket.write_all(REQUEST).await.unwrap();
    tokio::spawn(serve(listener, acceptor));
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(answer.contains("server_busy"), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn who_is_refused_is_told_by_tls_too() {
    let _stopped = stop_time();
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    let (certificate, key) = authority.issue(&[NAME], Dates::Now).write(folder.path());
    let files = TlsFiles::read(&certificate, &key).unwrap();
    let (listener, address, acceptor, _down) = full(Some(files)).await;
    tokio::spawn(serve(listener, acceptor));
    let (answer, _) = asked_by_tls(address, &trusting(&authority)).await;
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn a_refused_socket_gets_one_answer_on_a_port_that_speaks_tls() {
    let _stopped = stop_time();
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = self_signed().write(folder.path());
    let files = TlsFiles::read(&certificate, &key).unwrap();
    let (listener, address, acceptor, _down) = full(Some(files)).await;
    tokio::spawn(serve(listener, acceptor));
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(REQUEST).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"https://\n") {
        assert!(socket.read_buf(&mut answer).await.unwrap() > 0, "closed");
    }
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(answer.contains("connection: close\r\n"), "{answer}");
    assert_eq!(socket.read(&mut [0]).await.unwrap(), 0, "closed");
}

#[tokio::test(start_paused = true)]
async fn who_is_refused_and_asks_nothing_soon_leaves_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = self_signed().write(folder.path());
    let files = TlsFiles::read(&certificate, &key).unwrap();
    for tls in [None, Some(files)] {
        let (listener, address, acceptor, _down) = full(tls).await;
        let begun = Instant::now();
        let mut silent = TcpStream::connect(address).await.unwrap();
        tokio::spawn(serve(listener, acceptor));
        assert_eq!(silent.read(&mut [0]).await.unwrap(), 0, "closed");
        assert_eq!(begun.elapsed(), REFUSED_WITHIN, "of virtual time");
    }
}

#[tokio::test(start_paused = true)]
async fn one_address_holds_only_some_of_the_places_for_refusals() {
    let _stopped = stop_time();
    let peers = Peers::exempting(|_| false);
    let (listener, address, acceptor, _down) = full_for(peers, None).await;
    let refused = acceptor.closing.refused.clone();
    let mut silent = Vec::new();
    for _ in 0..REFUSALS_OF_ONE {
        silent.push(TcpStream::connect(address).await.unwrap());
    }
    tokio::spawn(serve(listener, acceptor));
    let answer = received(TcpStream::connect(address).await.unwrap()).await;
    assert!(answer.contains("server_busy"), "told at once: {answer}");
    assert!(refused.take(Some([192, 0, 2, 1].into())).is_some());
}

#[tokio::test(start_paused = true)]
async fn only_so_many_refusals_are_under_way_at_a_time() {
    let _stopped = stop_time();
    let (listener, address, acceptor, _down) = full(None).await;
    let mut silent = Vec::new();
    for _ in 0..REFUSALS {
        silent.push(TcpStream::connect(address).await.unwrap());
    }
    tokio::spawn(serve(listener, acceptor));
    // For one more there is no time to ask.
    let at_once = received(TcpStream::connect(address).await.unwrap()).await;
    assert!(at_once.starts_with("HTTP/1.1 503 "), "{at_once}");
    let first = &mut silent[0];
    first.write_all(REQUEST).await.unwrap();
    let mut answer = String::new();
    first.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_nobody_wants_costs_no_answer() {
    // More than the sockets' buffers hold.
    const BODY: usize = 8 * 1024 * 1024;
    let _stopped = stop_time();
    let (address, _down) = start(Duration::from_hours(1)).await;
    let mut socket = TcpStream::connect(address).await.unwrap();
    let (mut reading, mut writing) = socket.split();
    let asked = async {
        let head = format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {BODY}\r\n\r\n");
        writing.write_all(head.as_bytes()).await.unwrap();
        writing.write_all(&vec![b'x'; BODY]).await.unwrap();
    };
    let mut answer = String::new();
    let (read, ()) = tokio::join!(reading.read_to_string(&mut answer), asked);
    read.unwrap();
    assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
}

#[tokio::test]
async fn the_end_waits_for_no_half_request() {
    let (address, down) = start(Duration::from_hours(1)).await;
    let mut half = TcpStream::connect(address).await.unwrap();
    half.write_all(b"GET / HTT").await.unwrap();
    let silent = TcpStream::connect(address).await.unwrap();
    // Sockets are accepted in order, so the answer to a third one shows that both were.
    let mut third = TcpStream::connect(address).await.unwrap();
    third.write_all(REQUEST).await.unwrap();
    let mut answer = [0; 12];
    third.read_exact(&mut answer).await.unwrap();
    down.now();
    let (half, silent, _) = tokio::join!(received(half), received(silent), received(third));
    assert_eq!((half.as_str(), silent.as_str()), ("", ""));
}

/// A client that sends a byte now and then keeps its socket no longer than one that sends nothing.
#[tokio::test(start_paused = true)]
async fn many_who_send_a_byte_now_and_then_hold_nobody_up() {
    let limit = Duration::from_secs(10);
    let (address, _down) = start_with(limit, |_| true, None).await;
    let mut slow = tokio::task::JoinSet::new();
    for number in 0..200 {
        let mut socket = TcpStream::connect(address).await.unwrap();
        slow.spawn(async move {
            let begun = Instant::now();
            let head = b"GET / HTTP/1.1\r\nhost: x\r\n".iter().copied();
            for byte in head.chain(b"x-more: y\r\n".iter().copied().cycle()) {
                if socket.write_all(&[byte]).await.is_err() {
                    break;
                }
                // Closed sockets accept a byte or two before they fail.
                sleep(Duration::from_millis(500 + number)).await;
            }
            let after = begun.elapsed();
            let mut answer = Vec::new();
            // What it sent after the end has reset the socket.
            let _reset = socket.read_to_end(&mut answer).await;
            (after, String::from_utf8(answer).unwrap())
        });
    }
    let stopped = stop_time();
    assert!(asked(address).await.ends_with("hello"), "others are served");
    drop(stopped);
    while let Some(ended) = slow.join_next().await {
        let (after, answer) = ended.unwrap();
        assert!(!answer.contains("hello"), "{answer}");
        assert!(after < 2 * limit, "{after:?} of virtual time");
    }
}

/// The answer to a whole request.
async fn asked(address: SocketAddr) -> String {
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(LAST_REQUEST).await.unwrap();
    received(socket).await
}

#[tokio::test(start_paused = true)]
async fn whoever_begins_no_handshake_is_closed_and_whoever_speaks_http_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = self_signed().write(folder.path());
    let tls = TlsFiles::read(&certificate, &key).unwrap();
    let (address, _down) = start_with(Duration::from_secs(10), |_| true, Some(tls)).await;
    // The head of a record of the handshake, and nothing after it.
    for bytes in [&b""[..], &[22, 3, 1, 2, 0]] {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        let _reset = socket.read_to_end(&mut answer).await;
        // At most an alert.
        assert!(answer.len() < 16, "{answer:?}");
    }
    let stopped = stop_time();
    let answer = asked(address).await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(answer.contains("This port speaks https."), "{answer}");
    drop(stopped);
}

#[tokio::test]
async fn the_routes_are_served_by_tls_after_a_renewal_too() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    let (certificate, key) = authority.issue(&[NAME], Dates::Now).write(folder.path());
    let files = TlsFiles::read(&certificate, &key).unwrap();
    let (address, _down) = start_with(Duration::from_hours(1), |_| true, Some(files.clone())).await;
    let client = trusting(&authority);
    let first = served_by(address, &client).await;
    assert_eq!(served_by(address, &client).await, first);
    authority.issue(&[NAME], Dates::Now).write(folder.path());
    assert_eq!(served_by(address, &client).await, first, "not reloaded yet");
    files.reload().unwrap();
    let second = served_by(address, &client).await;
    assert_ne!(second, first);
    // What cannot be read changes nothing.
    std::fs::write(&key, "").unwrap();
    assert!(files.reload().is_err());
    assert_eq!(served_by(address, &client).await, second);
}

fn trusting(authority: &Authority) -> TlsConnector {
    let pem = authority.own().certificate.as_bytes();
    let certificate = CertificateDer::from_pem_slice(pem).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// Asks for "hello" by TLS, and returns the certificate that answered.
async fn served_by(address: SocketAddr, connector: &TlsConnector) -> Vec<u8> {
    let (answer, certificate) = asked_by_tls(address, connector).await;
    assert!(answer.ends_with("hello"), "{answer}");
    certificate
}

/// The answer to a request by TLS, and the certificate.
async fn asked_by_tls(address: SocketAddr, connector: &TlsConnector) -> (String, Vec<u8>) {
    let socket = TcpStream::connect(address).await.unwrap();
    let name = NAME.try_into().unwrap();
    let mut socket = connector.connect(name, socket).await.unwrap();
    socket.write_all(LAST_REQUEST).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    let (_, connection) = socket.get_ref();
    let certificate = connection.peer_certificates().unwrap()[0].to_vec();
    (answer, certificate)
}

#[tokio::test(start_paused = true)]
async fn a_stream_has_more_time_than_a_page_and_not_for_ever() {
    let (address, _down) = start(Duration::from_secs(10)).await;
    let mut socket = TcpStream::connect(address).await.unwrap();
    let bytes = b"GET /stream HTTP/1.1\r\nhost: x\r\n\r\n";
    socket.write_all(bytes).await.unwrap();
    let received = received(socket).await;
    let minutes = received.matches("a line").count();
    assert!((60..=61).contains(&minutes), "{minutes}");
}
