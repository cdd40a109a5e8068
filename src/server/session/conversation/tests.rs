//! What goes over one socket, and how long a silent or slow client is borne.

use std::time::{Duration, SystemTime};

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::super::read::{FrameReader, Services};
use super::{Conversation, PendingWelcome, SessionEnd};
use crate::protocol::denied::Refused;
use crate::protocol::time::LocalTime;
use crate::server::cadence;
use crate::server::clock::NodeClock;
use crate::server::credentials::Passwords;
use crate::server::metrics::Metrics;
use crate::server::outbox::{Outbox, outbox};
use crate::server::replica::durable_ack::DurableAck;
use crate::server::replica::message::{RoomMessage, SeatId};
use crate::server::replies;
use crate::server::websocket::{ServerFrame, WebSocket};
use crate::traffic::{Counted, Traffic};
use crate::wire::codec;
use crate::wire::message::{ClientMsg, ServerMsg};

/// A session with a client on the other end of a connection that holds so many bytes.
struct Stage {
    conversation: Conversation<Counted<DuplexStream>>,
    client: DuplexStream,
    outbox: Outbox,
    room: mpsc::Receiver<Box<RoomMessage>>,
}

fn stage(held: usize) -> Stage {
    let (near, client) = duplex(held);
    let (outbox, waiting) = outbox();
    let (inbox, room) = mpsc::channel(256);
    let traffic = Traffic::default();
    let stream = Counted::new(near, traffic.clone());
    let socket = Box::new(WebSocket::new(stream, &[], 64 * 1024));
    let clock = NodeClock::start(SystemTime::now(), None, None);
    let services = Services {
        clock,
        passwords: Passwords::new(),
        metrics: Metrics::default(),
    };
    let reader = FrameReader::new((SeatId(1), cadence::at(1)), inbox, services, Instant::now());
    let first = PendingWelcome {
        welcome: replies::too_large(),
        on_record: DurableAck::already(),
    };
    let conversation = Conversation::new(socket, (first, waiting), reader, clock, traffic);
    Stage {
        conversation,
        client,
        outbox,
        room,
    }
}

/// A pong that nobody asked for: a sign of life.
const ALIVE: [u8; 6] = [0x8a, 0x80, 1, 2, 3, 4];

/// How the session ends if its client takes so many bytes each second of a large frame, and after
/// how many seconds; `None` if it does not end while that frame is written.
async fn end_of_a_large_frame(taken: usize, large: usize) -> Option<(SessionEnd, u64)> {
    let mut stage = stage(64);
    stage
        .outbox
        .push(ServerFrame::text(&"x".repeat(large)))
        .unwrap();
    let start = Instant::now();
    let mut bytes = vec![0; taken];
    let mut left = large;
    let reading = async {
        while left > 0 {
            sleep(Duration::from_secs(1)).await;
            stage.client.write_all(&ALIVE).await.unwrap();
            let mut taken = 0;
            while taken < bytes.len() && left > 0 {
                let read = stage.client.read(&mut bytes[taken..]).await.unwrap();
                taken += read;
                left = left.saturating_sub(read);
            }
        }
    };
    tokio::select! {
        end = stage.conversation.run() => Some((end, start.elapsed().as_secs())),
        () = reading => None,
    }
}

#[tokio::test(start_paused = true)]
async fn who_reads_slowly_is_told_all_and_who_reads_nothing_or_for_ever_is_not() {
    assert_eq!(end_of_a_large_frame(2_500, 90 * 2_500).await, None);
    let too_slow = SessionEnd::Dismissed(Refused::TooSlow);
    let nothing = end_of_a_large_frame(0, 225_000).await;
    assert_eq!(nothing, Some((too_slow.clone(), 60)), "of virtual time");
    let for_ever = end_of_a_large_frame(2_500, 1_000_000).await;
    // The welcome took the first second.
    assert_eq!(for_ever, Some((too_slow, 121)), "of virtual time");
}

#[tokio::test(start_paused = true)]
async fn half_a_frame_is_a_sign_of_life_but_not_for_ever() {
    for (bytes, seconds) in [(0, 45), (7, 120)] {
        let mut stage = stage(64 * 1024);
        // The begin of a text of 16 KiB.
        let mut header = vec![0x81, 0xfe, 0x40, 0x00];
        header.truncate(bytes);
        stage.client.write_all(&header).await.unwrap();
        let start = Instant::now();
        let trickling = async {
            loop {
                sleep(Duration::from_secs(1)).await;
                stage.client.write_all(&b"x".repeat(bytes)).await.unwrap();
            }
        };
        tokio::select! {
            end = stage.conversation.run() => assert_eq!(end, SessionEnd::Lost),
            () = trickling => unreachable!("a network does not end"),
        }
        assert_eq!(start.elapsed().as_secs(), seconds, "of virtual time");
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_that_asks_without_reading_is_not_read_from() {
    let mut stage = stage(4 * 1024);
    let ping = codec::encode(&ClientMsg::Ping { t0: LocalTime(7) }).unwrap();
    let mut client = WebSocketStream::from_raw_socket(stage.client, Role::Client, None).await;
    let asking = async {
        let mut asked = 0;
        loop {
            let sent = client.send(ping.as_str().into());
            if timeout(Duration::from_secs(20), sent).await.is_err() {
                return asked;
            }
            asked += 1;
        }
    };
    let asked = tokio::select! {
        end = stage.conversation.run() => panic!("{end:?}"),
        asked = asking => asked,
    };
    // What the connection and one write hold.
    assert!(asked < 400, "{asked}");
    assert!(stage.conversation.answers.len() <= super::ANSWERS);
}

#[tokio::test(start_paused = true)]
async fn writing_goes_on_while_the_room_takes_nothing() {
    let mut stage = stage(64 * 1024);
    let asks = r#"{"type":"state"}"#;
    let mut client = WebSocketStream::from_raw_socket(stage.client, Role::Client, None).await;
    // More than the room's inbox holds.
    let flood = async {
        for _ in 0..300 {
            client.send(asks.into()).await.unwrap();
        }
        stage
            .outbox
            .push(replies::frame(&replies::refused(&Refused::Kicked)))
            .unwrap();
        loop {
            let message = client.next().await.unwrap().unwrap();
            let Ok(text) = message.to_text() else {
                continue;
            };
            if matches!(codec::decode(text), Ok(ServerMsg::Refused(_))) {
                return;
            }
        }
    };
    tokio::select! {
        end = stage.conversation.run() => panic!("{end:?}"),
        () = flood => {}
    }
    assert!(!stage.room.is_empty());
}

#[tokio::test]
async fn who_breaks_the_rules_of_the_protocol_reads_it_in_the_close() {
    let not_utf8 = ([0x81, 0x81, 0, 0, 0, 0, 0xff], 1007);
    let not_masked = ([0x81, 0x05, b'h', b'e', b'l', b'l', b'o'], 1002);
    for (frame, code) in [not_utf8, not_masked] {
        let mut stage = stage(64 * 1024);
        stage.client.write_all(&frame).await.unwrap();
        let end = stage.conversation.run().await;
        assert!(matches!(end, SessionEnd::Violated(_)), "{end:?}");
        let mut client = WebSocketStream::from_raw_socket(stage.client, Role::Client, None).await;
        let reading = async move {
            while let Some(Ok(message)) = client.next().await {
                if let Message::Close(Some(close)) = message {
                    return u16::from(close.code);
                }
            }
            panic!("no close");
        };
        let ((), told) = tokio::join!(stage.conversation.close(&end), reading);
        assert_eq!(told, code);
    }
}
