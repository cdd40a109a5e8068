//! The way between a node and Redis, which a test can cut or stop.

use std::path::PathBuf;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;

/// What happens to what is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passage {
    /// It arrives.
    Open,
    /// It waits, and connections stay as they are.
    Stalled,
    /// Connections are closed, and new ones at once.
    Cut,
}

/// Forwards connections to the socket of a Redis until it is dropped.
pub(super) struct Forwarder {
    address: String,
    passage: watch::Sender<Passage>,
}

impl Forwarder {
    /// Starts one, open, in front of this socket.
    pub(super) async fn start(redis: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let (passage, mut watched) = watch::channel(Passage::Open);
        tokio::spawn(async move {
            loop {
                let node = tokio::select! {
                    // An error means that the forwarder was dropped.
                    _dropped = until(&mut watched, |_| false) => return,
                    accepted = listener.accept() => accepted,
                };
                if let Ok((node, _)) = node {
                    tokio::spawn(forward(node, redis.clone(), watched.clone()));
                }
            }
        });
        Self {
            address: format!("redis://{address}"),
            passage,
        }
    }

    /// The address under which a node reaches Redis.
    pub(super) fn url(&self) -> &str {
        &self.address
    }

    /// Changes what happens from now on.
    pub(super) fn set(&self, passage: Passage) {
        self.passage.send_replace(passage);
    }
}

/// Forwards one connection until either end closes it, or the way is cut.
async fn forward(node: TcpStream, redis: PathBuf, mut watched: watch::Receiver<Passage>) {
    if *watched.borrow() == Passage::Cut {
        return;
    }
    let Ok(redis) = UnixStream::connect(redis).await else {
        return;
    };
    let (from_node, to_node) = node.into_split();
    let (from_redis, to_redis) = redis.into_split();
    tokio::select! {
        () = copy(from_node, to_redis, watched.clone()) => {}
        () = copy(from_redis, to_node, watched.clone()) => {}
        _cut = until(&mut watched, |passage| passage == Passage::Cut) => {}
    }
}

async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut watched: watch::Receiver<Passage>,
) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        let passes = until(&mut watched, |passage| passage != Passage::Stalled).await;
        let part = bytes.get(..length).unwrap_or_default();
        if passes.is_none() || to.write_all(part).await.is_err() {
            return;
        }
    }
}

/// Waits for a passage of this kind; `None` if the forwarder is dropped before.
async fn until(
    watched: &mut watch::Receiver<Passage>,
    wished: impl Fn(Passage) -> bool,
) -> Option<()> {
    let found = watched.wait_for(|passage| wished(*passage)).await;
    found.ok().map(|_| ())
}
