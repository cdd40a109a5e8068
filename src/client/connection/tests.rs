//! A real socket against a server that does as each test wishes.

use std::io::ErrorKind;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, duplex};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role};
use tokio_tungstenite::{WebSocketStream, accept_async};

use super::{EventQueue, QUEUE, ServerSocket, converse};
use crate::app::event::{CloseReason, Disconnect, Event};
use crate::app::network_fault::NetworkCause;
use crate::app::tls_fault::TlsFault;
use crate::client::process_clock::ProcessClock;
use crate::protocol::denied::Refused;
use crate::protocol::time::{LocalTime, RoomTime};
use crate::system_fault::SystemFault;
use crate::test_support::origin::head;
use crate::traffic::{Counted, Traffic};
use crate::trust::Trust;
use crate::wire::codec;
use crate::wire::message::{ClientMsg, ServerMsg};

/// A listener on a free port, and its address as people write it.
async fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    (listener, server)
}

async fn accepted(listener: &TcpListener) -> WebSocketStream<TcpStream> {
    let (stream, _) = listener.accept().await.unwrap();
    accept_async(stream).await.unwrap()
}

fn unconnected() -> ServerSocket {
    ServerSocket::new(ProcessClock::start(), Trust::only(Vec::new()))
}

/// A connection to a server of the test's own.
async fn connected() -> (ServerSocket, WebSocketStream<TcpStream>) {
    let (listener, server) = listener().await;
    let mut connection = unconnected();
    connection.open(&server);
    let socket = accepted(&listener).await;
    assert_eq!(connection.next().await, Event::Connected);
    (connection, socket)
}

/// The connection ends because who answers there is no server of ours.
async fn ends_at_no_server(connection: &mut ServerSocket) {
    let end = connection.next().await;
    assert!(
        matches!(end, Event::Disconnected(Disconnect::NotAServer { .. })),
        "{end:?}"
    );
}

fn message(event: Event) -> ServerMsg {
    match event {
        Event::Message { message, .. } => *message,
        event => panic!("no message: {event:?}"),
    }
}

fn ping(t0: i64) -> ClientMsg {
    ClientMsg::Ping { t0: LocalTime(t0) }
}

fn pong() -> ServerMsg {
    ServerMsg::Pong {
        t0: LocalTime(1),
        t1: RoomTime(2),
        t2: RoomTime(3),
        cadence: None,
    }
}

#[tokio::test]
async fn messages_go_both_ways() {
    let (mut connection, mut socket) = connected().await;
    connection.send(&ping(7));
    let frame = socket.next().await.unwrap().unwrap();
    assert_eq!(
        codec::decode::<ClientMsg>(frame.to_text().unwrap()).unwrap(),
        ping(7)
    );
    let text = codec::encode(&pong()).unwrap();
    socket.send(Message::text(text)).await.unwrap();
    assert_eq!(message(connection.next().await), pong());
}

#[tokio::test]
async fn a_message_has_the_time_at_which_it_was_read_however_long_it_waits() {
    let (mut connection, mut socket) = connected().await;
    let before = connection.clock.local();
    let text = codec::encode(&pong()).unwrap();
    socket.send(Message::text(text)).await.unwrap();
    while connection.live.as_ref().unwrap().events.is_empty() {
        tokio::task::yield_now().await;
    }
    let queued = connection.clock.local();
    let Event::Message { at, .. } = connection.next().await else {
        panic!("no message");
    };
    assert!(before < at && at <= queued, "{before:?} {at:?} {queued:?}");
}

#[tokio::test]
async fn nobody_at_the_address() {
    let (listener, server) = listener().await;
    drop(listener);
    let mut connection = unconnected();
    connection.open(&server);
    let Event::Disconnected(Disconnect::Unreachable { error }) = connection.next().await else {
        panic!("somebody was there");
    };
    let refused = SystemFault::Known(ErrorKind::ConnectionRefused);
    assert_eq!(error, NetworkCause::System(refused).into());
}

#[tokio::test]
async fn some_other_web_server() {
    let answers = [
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", false),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false),
        ("SSH-2.0-OpenSSH_9.2\r\n", false),
        // Who ends it without a byte may be starting.
        ("", true),
        // The proxy is there, the server behind it is not: worth another try.
        (
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
            true,
        ),
    ];
    for (answer, reachable_later) in answers {
        let (listener, server) = listener().await;
        let mut connection = unconnected();
        connection.open(&server);
        let (mut stream, _) = listener.accept().await.unwrap();
        // Nobody is there to be asked what this is.
        drop(listener);
        head(&mut stream).await.unwrap();
        stream.write_all(answer.as_bytes()).await.unwrap();
        drop(stream);
        let end = connection.next().await;
        let retried = matches!(end, Event::Disconnected(Disconnect::Unreachable { .. }));
        let foreign = matches!(end, Event::Disconnected(Disconnect::NotAServer { .. }));
        assert_eq!(
            (retried, foreign),
            (reachable_later, !reachable_later),
            "{answer}: {end:?}"
        );
    }
}

#[tokio::test]
async fn an_answer_with_a_long_head_accuses_nobody() {
    let long = "x".repeat(200_000);
    let answer = format!("HTTP/1.1 404 Not Found\r\nX-Long: {long}\r\n\r\n");
    let many = "X-Many: 1\r\n".repeat(200);
    let many = format!("HTTP/1.1 404 Not Found\r\n{many}\r\n");
    for answer in [answer, many] {
        let (listener, server) = listener().await;
        let mut connection = unconnected();
        connection.open(&server);
        let (mut stream, _) = listener.accept().await.unwrap();
        head(&mut stream).await.unwrap();
        // It may close before it has read all of it.
        let _unread = stream.write_all(answer.as_bytes()).await;
        let end = connection.next().await;
        let Event::Disconnected(Disconnect::NotAServer { error }) = end else {
            panic!("{end:?}");
        };
        assert_eq!(error, NetworkCause::HeadTooLong.into());
    }
}

#[tokio::test]
async fn no_tls_where_tls_was_expected() {
    // The binary does this at its start.
    let _already = rustls::crypto::ring::default_provider().install_default();
    let (listener, server) = listener().await;
    let mut connection = unconnected();
    connection.open(&server.replace("http://", "https://"));
    let (mut stream, _) = listener.accept().await.unwrap();
    stream
        .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        .await
        .unwrap();
    let instead = server;
    let why = Disconnect::Insecure(TlsFault::SpeaksHttp { instead });
    assert_eq!(connection.next().await, Event::Disconnected(why));
}

/// What stands between client and server: passes bytes on, and cuts the connection once none came
/// from one of the sides for so long.
async fn cuts_idle(near: DuplexStream, far: DuplexStream, idle: Duration) {
    let (near_read, near_write) = tokio::io::split(near);
    let (far_read, far_write) = tokio::io::split(far);
    tokio::select! {
        () = passes_on(near_read, far_write, idle) => {}
        () = passes_on(far_read, near_write, idle) => {}
    }
}

async fn passes_on(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    idle: Duration,
) {
    let mut bytes = [0; 1_024];
    while let Ok(Ok(count @ 1..)) = timeout(idle, from.read(&mut bytes)).await {
        if to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_on_which_nobody_speaks_outlives_proxies_that_cut_idle_ones() {
    for (idle, outlives) in [(20, true), (60, true), (5, false)] {
        let (ours, near) = duplex(64 * 1024);
        let (far, theirs) = duplex(64 * 1024);
        tokio::spawn(cuts_idle(near, far, Duration::from_secs(idle)));
        // A server that does no more than to answer pings, as the protocol demands.
        let mut server = WebSocketStream::from_raw_socket(theirs, Role::Server, None).await;
        tokio::spawn(async move { while let Some(Ok(_)) = server.next().await {} });
        let traffic = Traffic::default();
        let ours = Counted::new(ours, traffic.clone());
        let socket = WebSocketStream::from_raw_socket(ours, Role::Client, None).await;
        let (sink, stream) = socket.split();
        let (_open, outgoing) = mpsc::channel(1);
        let (queue, mut events) = EventQueue::new(ProcessClock::start());
        tokio::spawn(async move { while events.recv().await.is_some() {} });
        let talk = converse(sink, stream, outgoing, &traffic, &queue);
        // An hour of virtual time.
        match timeout(Duration::from_hours(1), talk).await {
            Err(_) => assert!(outlives, "{idle} s"),
            Ok(end) => {
                assert!(!outlives, "{idle} s: {end:?}");
                assert!(matches!(end, Disconnect::Lost { .. }), "{end:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_websocket_that_speaks_something_else() {
    let (mut connection, mut socket) = connected().await;
    socket
        .send(Message::text(r#"{"hello":"there"}"#))
        .await
        .unwrap();
    ends_at_no_server(&mut connection).await;
}

#[tokio::test]
async fn an_unknown_message_of_a_newer_server_is_passed_over() {
    let (mut connection, mut socket) = connected().await;
    let text = codec::encode(&pong()).unwrap();
    for text in [&text, r#"{"type":"from_the_future"}"#, &text] {
        socket.send(Message::text(text)).await.unwrap();
    }
    for _ in 0..2 {
        assert_eq!(message(connection.next().await), pong());
    }
}

#[tokio::test]
async fn the_server_says_why_it_closes() {
    let reasons = [
        (
            codec::close_reason(&Refused::ShuttingDown),
            Some(CloseReason::Known(Refused::ShuttingDown)),
        ),
        (String::new(), None),
    ];
    for (reason, expected) in reasons {
        let (mut connection, mut socket) = connected().await;
        let frame = CloseFrame {
            code: CloseCode::Away,
            reason: reason.into(),
        };
        socket.close(Some(frame)).await.unwrap();
        let closed = Event::Disconnected(Disconnect::Closed(expected));
        assert_eq!(connection.next().await, closed);
    }
}

#[tokio::test]
async fn words_of_a_stranger_are_cleaned() {
    let (mut connection, mut socket) = connected().await;
    let frame = CloseFrame {
        code: CloseCode::Away,
        reason: "\x1b[2Jbye".into(),
    };
    socket.close(Some(frame)).await.unwrap();
    let Event::Disconnected(Disconnect::Closed(Some(CloseReason::Unknown(reason)))) =
        connection.next().await
    else {
        panic!("closed without the words");
    };
    assert_eq!(reason.text, "[2Jbye");
}

#[tokio::test]
async fn a_broken_connection_is_lost() {
    let (mut connection, socket) = connected().await;
    drop(socket);
    let end = connection.next().await;
    assert!(
        matches!(end, Event::Disconnected(Disconnect::Lost { .. })),
        "{end:?}"
    );
}

#[tokio::test]
async fn what_was_sent_goes_out_before_the_end() {
    let (mut connection, mut socket) = connected().await;
    for t0 in 0..100 {
        connection.send(&ping(t0));
    }
    let reader = tokio::spawn(async move {
        let mut frames = 0;
        while let Some(Ok(message)) = socket.next().await {
            frames += usize::from(message.is_text());
        }
        frames
    });
    connection.finish().await;
    assert_eq!(reader.await.unwrap(), 100);
}

#[tokio::test]
async fn a_server_that_takes_nothing_is_given_up_without_waiting() {
    let (mut connection, _unread) = connected().await;
    // The loop's task never yields here, so that nothing can go out meanwhile.
    for t0 in 0..=i64::try_from(QUEUE).unwrap() {
        connection.send(&ping(t0));
    }
    let end = connection.next().await;
    assert!(
        matches!(end, Event::Disconnected(Disconnect::Lost { .. })),
        "{end:?}"
    );
}

#[tokio::test]
async fn a_new_connection_replaces_the_old_one_and_its_news() {
    let (mut connection, mut first) = connected().await;
    let (listener, server) = listener().await;
    connection.open(&server);
    let _second = accepted(&listener).await;
    drop(first.close(None).await);
    assert_eq!(connection.next().await, Event::Connected, "of the second");
}
