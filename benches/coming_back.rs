//! How long a join takes, and how long until all are back after a restart. Real sockets on this
//! machine and a real file; server and clients share the processors. `make bench` runs it,
//! `cargo bench --bench coming_back` only this (some seconds).
//!
//! - A join: from the hello to the welcome, one after another, so that each comes within the time in
//!   which arrivals are gathered for the others.
//! - A restart: from the stop of the server to the last welcome, with all members back at once; and
//!   the part of it that the clients wait for, from when the new server listens.

#![expect(clippy::expect_used, reason = "a bench has nobody to hand an error to")]

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use watchtogether::protocol::ids::RoomId;
use watchtogether::protocol::text::MemberName;
use watchtogether::wire::codec;
use watchtogether::wire::message::{ClientMsg, Create, Hello, ServerMsg};

use server::serve;

#[path = "shared/server.rs"]
mod server;

/// How many members the room has.
const MEMBERS: usize = 200;

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(measure());
}

async fn measure() {
    let folder = tempfile::tempdir().expect("a folder");
    let (running, address) = serve(folder.path()).await;
    let tokens: Vec<String> = (0..MEMBERS)
        .map(|number| format!("{:032x}", 0x1000 + number))
        .collect();
    let mut sockets = Vec::new();
    let mut took = Vec::new();
    for token in &tokens {
        let (socket, waited) = join(address, token).await;
        sockets.push(socket);
        took.push(waited);
    }
    took.sort();
    let at = |share: usize| took.get(MEMBERS * share / 100).copied().unwrap_or_default();
    println!(
        "join, hello to welcome:      median {:?}, 95 % {:?}, worst {:?}  (target: below 50 ms)",
        at(50),
        at(95),
        took.last().copied().unwrap_or_default(),
    );

    let stopped = Instant::now();
    running.stop().await;
    drop(sockets);
    let (running, address) = serve(folder.path()).await;
    let listening = Instant::now();
    let back = join_all(tokens.iter().map(|token| join(address, token))).await;
    println!(
        "restart, {} members back:   {:?} after it listens, {:?} in all  (target: 10 s)",
        back.len(),
        listening.elapsed(),
        stopped.elapsed(),
    );
    running.stop().await;
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Joins as the member of this token, and returns how long the welcome took.
async fn join(server: SocketAddr, token: &str) -> (Socket, Duration) {
    let connecting = connect_async(format!("ws://{server}/ws")).await;
    let (mut socket, _) = connecting.expect("a socket");
    let hello = Hello {
        protocol: codec::PROTOCOL,
        room: RoomId::parse("film-night").expect("a name"),
        name: MemberName::parse("Guest").expect("a name"),
        password: None,
        invite: None,
        resume: None,
        token: Some(token.to_owned()),
        log: None,
        since: None,
        create: Create::default(),
        has_player: false,
    };
    let hello = codec::encode(&ClientMsg::Hello(Box::new(hello))).expect("JSON");
    let sent = Instant::now();
    socket.send(hello.into()).await.expect("it is sent");
    loop {
        let next = socket.next().await.expect("an answer").expect("a frame");
        if let Message::Text(text) = next {
            let message: ServerMsg = codec::decode(&text).expect("a message");
            match message {
                ServerMsg::Welcome(_) => return (socket, sent.elapsed()),
                other => panic!("not let in: {other:?}"),
            }
        }
    }
}
