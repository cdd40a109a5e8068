//! What is read of a server that is slow, silent, newer or hostile.

use std::time::Duration;

use futures_util::{SinkExt, stream};
use tokio::io::{AsyncWriteExt, DuplexStream, duplex};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::{EventQueue, FRAME, QueuedEvent, read};
use crate::app::event::{Disconnect, Event};
use crate::client::process_clock::ProcessClock;
use crate::protocol::ids::Rev;
use crate::traffic::{Counted, Traffic};
use crate::wire::codec::{self, MAX_SERVER_FRAME};
use crate::wire::message::{Reason, ServerMsg};

fn queue() -> (EventQueue, mpsc::Receiver<QueuedEvent>) {
    EventQueue::new(ProcessClock::start())
}

/// A message whose frame has more than so many bytes.
fn long_message(bytes: usize) -> ServerMsg {
    ServerMsg::Error(Reason {
        code: "long".to_owned(),
        args: serde_json::Value::Null,
        text: "x".repeat(bytes),
    })
}

/// The bytes of a message's frame, as a server writes them.
async fn frame_of(message: &ServerMsg) -> Vec<u8> {
    let (near, mut far) = duplex(16 * 1024 * 1024);
    let mut socket = WebSocketStream::from_raw_socket(near, Role::Server, None).await;
    let text = codec::encode(message).unwrap();
    socket.send(Message::text(text)).await.unwrap();
    drop(socket);
    let mut bytes = Vec::new();
    tokio::io::AsyncReadExt::read_to_end(&mut far, &mut bytes)
        .await
        .unwrap();
    bytes
}

/// A reader of what comes out of this end of a connection.
async fn reading(near: DuplexStream, queue: EventQueue) -> Disconnect {
    let traffic = Traffic::default();
    let counted = Counted::new(near, traffic.clone());
    let socket = WebSocketStream::from_raw_socket(counted, Role::Client, None).await;
    read(socket, &traffic, &queue).await
}

/// Writes bytes, so many a second.
async fn trickle(mut far: DuplexStream, bytes: Vec<u8>, a_second: usize) -> DuplexStream {
    for piece in bytes.chunks(a_second) {
        sleep(Duration::from_secs(1)).await;
        if far.write_all(piece).await.is_err() {
            break;
        }
    }
    far
}

/// How many times the app was informed of bytes before the first other event, and that event.
async fn first_whole(waiting: &mut mpsc::Receiver<QueuedEvent>) -> (usize, Event) {
    let mut signs = 0;
    loop {
        match waiting.recv().await.unwrap().event {
            Event::Receiving => signs += 1,
            event => return (signs, event),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_long_message_over_a_slow_link_arrives_and_its_bytes_are_signs_of_life() {
    // 256 KiB at 4 KiB a second.
    let message = long_message(256 * 1024);
    let bytes = frame_of(&message).await;
    let (near, far) = duplex(1024);
    let (queue, mut waiting) = queue();
    let reader = tokio::spawn(reading(near, queue));
    let writer = tokio::spawn(trickle(far, bytes, 4 * 1024));
    let (signs, event) = first_whole(&mut waiting).await;
    assert!(
        matches!(&event, Event::Message { message: read, .. } if **read == message),
        "{event:?}"
    );
    assert!(signs >= 30, "{signs} signs in a minute of virtual time");
    drop(writer.await.unwrap());
    assert!(matches!(reader.await.unwrap(), Disconnect::Lost { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_message_that_trickles_for_ever_is_given_up() {
    let bytes = frame_of(&long_message(64 * 1024)).await;
    let (near, far) = duplex(1024);
    let (queue, waiting) = queue();
    let begun = Instant::now();
    let _writer = tokio::spawn(trickle(far, bytes, 16));
    assert_eq!(reading(near, queue).await, Disconnect::Silent);
    let waited = begun.elapsed().as_secs();
    assert_eq!(waited, FRAME.whole.as_secs(), "in virtual time");
    drop(waiting);
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_is_given_up() {
    let (queue, _waiting) = queue();
    let traffic = Traffic::default();
    let end = read(stream::pending(), &traffic, &queue).await;
    assert_eq!(end, Disconnect::Silent);
}

#[tokio::test(start_paused = true)]
async fn what_waits_for_the_app_is_bounded_in_bytes() {
    let text = codec::encode(&long_message(MAX_SERVER_FRAME / 4)).unwrap();
    let frames = (0..20).map(move |_| Ok(Message::text(text.clone())));
    let frames = futures_util::StreamExt::chain(stream::iter(frames), stream::pending());
    let (queue, mut waiting) = queue();
    let traffic = Traffic::default();
    let reader = read(Box::pin(frames), &traffic, &queue);
    // Nobody takes anything out.
    assert!(timeout(Duration::from_secs(20), reader).await.is_err());
    let mut waited = 0;
    while waiting.try_recv().is_ok() {
        waited += 1;
    }
    assert_eq!(waited, 3, "one more would be above the largest frame");
}

#[tokio::test(start_paused = true)]
async fn a_notice_of_a_later_version_is_passed_over() {
    let known = ServerMsg::Ok {
        seq: crate::protocol::ids::Seq(1),
        rev: Rev(1),
    };
    let known = codec::encode(&known).unwrap();
    let later = r#"{"type":"notice","notice":"from_the_future","more":1}"#;
    let frames = [known.as_str(), later, known.as_str()].map(|text| Ok(Message::text(text)));
    let (queue, mut waiting) = queue();
    let end = read(stream::iter(frames), &Traffic::default(), &queue).await;
    assert!(matches!(end, Disconnect::Lost { .. }), "{end:?}");
    let mut understood = 0;
    while waiting.try_recv().is_ok() {
        understood += 1;
    }
    assert_eq!(understood, 2, "the connection goes on");
}

#[tokio::test(start_paused = true)]
async fn a_flood_is_read_at_a_pace() {
    let known = ServerMsg::Ok {
        seq: crate::protocol::ids::Seq(1),
        rev: Rev(1),
    };
    let known = Ok(Message::text(codec::encode(&known).unwrap()));
    let junk = || Ok(Message::text(r#"{"type":"junk"}"#));
    let flood = std::iter::once(known).chain((0..100_000).map(move |_| junk()));
    let (queue, _waiting) = queue();
    let begun = Instant::now();
    let end = read(stream::iter(flood), &Traffic::default(), &queue).await;
    assert!(matches!(end, Disconnect::Lost { .. }), "{end:?}");
    assert!(
        begun.elapsed() >= Duration::from_secs(80),
        "{:?} of virtual time",
        begun.elapsed()
    );
}
