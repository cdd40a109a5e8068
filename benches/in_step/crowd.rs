//! Members without players, who fill a server so far that it tells everybody how seldom to exchange
//! clock times there.

use std::net::SocketAddr;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::net::TcpSocket;
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio_tungstenite::client_async;
use watchtogether::wire::codec::PROTOCOL;

/// What a server has to be told so that a crowd from this machine may enter.
pub(crate) const LIMITS: [&str; 4] = [
    "--max-members=5000",
    "--max-rooms-per-address=5000",
    "--max-connections=5000",
    "--max-connections-per-address=5000",
];

/// How many addresses they share (judgement: as many as fit into the last byte of one).
const ADDRESSES: usize = 250;

/// Has so many members join the server at `address`, ten to a room, and returns once all are in. They
/// answer its pings, do nothing else, and stay until the bench ends.
pub(crate) fn fill(address: SocketAddr, count: usize) {
    let (entered, waiting) = channel();
    thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async move {
            let mut crowd = JoinSet::new();
            for number in 0..count {
                crowd.spawn(member(address, number, entered.clone()));
            }
            drop(entered);
            while crowd.join_next().await.is_some() {}
        });
    });
    let here = waiting.iter().take(count).count();
    assert_eq!(here, count, "all are let in");
}

/// One of them, from an address of its own.
async fn member(address: SocketAddr, number: usize, entered: Sender<()>) {
    let socket = TcpSocket::new_v4().expect("a socket");
    let host = u8::try_from(1 + number % ADDRESSES).expect("less than 256");
    let from = SocketAddr::from(([127, 0, 1, host], 0));
    socket.bind(from).expect("an address of the loopback");
    let stream = socket.connect(address).await.expect("a connection");
    let (mut socket, _) = client_async(format!("ws://{address}/ws"), stream)
        .await
        .expect("a WebSocket");
    let hello = json!({
        "type": "hello", "protocol": PROTOCOL, "room": format!("crowd-{}", number / 10),
        "name": format!("m{number}"), "has_player": false,
    });
    socket
        .send(hello.to_string().into())
        .await
        .expect("it is sent");
    let mut entered = Some(entered);
    while let Some(Ok(message)) = socket.next().await {
        if message
            .to_text()
            .is_ok_and(|text| text.contains(r#""type":"welcome""#))
        {
            entered.take().map(|entered| entered.send(()));
        }
    }
}
