//! The feed of live rooms: `GET /api/gallery/events`.

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;
use watchtogether::protocol::member::Visibility;
use watchtogether::wire::pages::{GalleryEvent, RoomCard};

use super::Server;
use super::client::{Client, hello};
use crate::support::patience::PATIENCE;

/// A listener of the feed.
pub(super) struct Listener(BufReader<TcpStream>);

impl Listener {
    /// Asks for the feed with this header, and reads the status of the answer.
    async fn asking(server: &Server, header: &str) -> (Self, String) {
        let socket = TcpStream::connect(server.address).await;
        let mut socket = socket.expect("a connection");
        let request = format!("GET /api/gallery/events HTTP/1.1\r\nhost: x\r\n{header}\r\n");
        let asked = socket.write_all(request.as_bytes()).await;
        asked.expect("it is sent");
        let mut listener = Self(BufReader::new(socket));
        let status = listener.line().await.expect("a status");
        (listener, status)
    }

    /// Asks for the feed, and reads the head of the answer.
    pub(super) async fn of(server: &Server) -> Self {
        let (mut listener, status) = Self::asking(server, "").await;
        assert_eq!(status, "HTTP/1.1 200 OK");
        let mut is_stream = false;
        while let Some(line) = listener.line().await.filter(|line| !line.is_empty()) {
            is_stream |= line == "content-type: text/event-stream";
        }
        assert!(is_stream);
        listener
    }

    /// The next line; `None` at the end.
    async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = timeout(PATIENCE, self.0.read_line(&mut line)).await;
        let length = read.expect("a line comes").expect("a text");
        (length > 0).then(|| line.trim_end().to_owned())
    }

    /// The data of the next event; `None` at the end. Sizes of chunks and comments are skipped.
    async fn data(&mut self) -> Option<String> {
        loop {
            let line = self.line().await?;
            if let Some(data) = line.strip_prefix("data: ") {
                return Some(data.to_owned());
            }
        }
    }

    /// The next event.
    pub(super) async fn event(&mut self) -> GalleryEvent {
        let data = self.data().await.expect("an event");
        serde_json::from_str(&data).expect("a known event")
    }

    /// Reads changes until they are as wished. Signs of life between them do not put off the end of
    /// [`PATIENCE`].
    pub(super) async fn until(&mut self, wished: impl Fn(&[RoomCard], &[String]) -> bool) {
        let wished = async {
            loop {
                if let GalleryEvent::Changes { changed, removed } = self.event().await {
                    let removed: Vec<String> = removed.iter().map(ToString::to_string).collect();
                    if wished(&changed, &removed) {
                        return;
                    }
                }
            }
        };
        timeout(PATIENCE, wished).await.expect("such a change");
    }
}

#[tokio::test]
async fn the_feed_begins_with_all_rooms_and_tells_what_changes() {
    let server = Server::start().await;
    let _alice = Client::join(&server, "movie-night", "Alice").await;
    let mut unlisted = hello("hidden-place", "Eve");
    unlisted.create.visibility = Visibility::Unlisted;
    let _eve = Client::enter(&server, unlisted).await.expect("a welcome");
    server
        .until_listed("a room", |rooms| rooms.len() == 1)
        .await;

    let mut listener = Listener::of(&server).await;
    let GalleryEvent::Snapshot { rooms } = listener.event().await else {
        panic!("all rooms come first");
    };
    let (_, listed) = server.page("/api/rooms").await;
    let listed: Vec<RoomCard> = serde_json::from_str(&listed).expect("cards");
    assert_eq!(rooms, listed, "the feed and the list are one");

    let is_movie =
        |card: &RoomCard, viewers| card.id.as_str() == "movie-night" && card.viewers == viewers;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    listener
        .until(|changed, _| changed.iter().any(|card| is_movie(card, 2)))
        .await;
    let mut carol = Client::join(&server, "other-room", "Carol").await;
    listener
        .until(|changed, _| changed.iter().any(|card| card.id.as_str() == "other-room"))
        .await;
    bob.leave().await;
    carol.leave().await;
    listener.until(|_, removed| removed == ["other-room"]).await;
}

#[tokio::test]
async fn all_listeners_get_the_same_bytes() {
    let server = Server::start().await;
    let mut one = Listener::of(&server).await;
    let mut other = Listener::of(&server).await;
    assert_eq!(one.data().await, other.data().await);
    let _alice = Client::join(&server, "movie-night", "Alice").await;
    let change = one.data().await;
    assert!(
        change
            .as_ref()
            .is_some_and(|change| change.contains("movie-night"))
    );
    assert_eq!(other.data().await, change);
}

#[tokio::test]
async fn the_feed_ends_with_the_server() {
    let mut server = Server::start().await;
    let mut listener = Listener::of(&server).await;
    listener.event().await;
    server.stop().await;
    assert_eq!(listener.data().await, None);
}

#[tokio::test]
async fn one_address_has_so_many_streams_and_the_others_theirs() {
    let server = Server::behind_proxy().await;
    let from = |address: &str| format!("X-Forwarded-For: {address}\r\n");
    let mut streams = Vec::new();
    for _ in 0..8 {
        let (stream, status) = Listener::asking(&server, &from("203.0.113.7")).await;
        assert_eq!(status, "HTTP/1.1 200 OK");
        streams.push(stream);
    }
    let (mut refused, status) = Listener::asking(&server, &from("203.0.113.7")).await;
    assert_eq!(status, "HTTP/1.1 429 Too Many Requests");
    let mut says_when = false;
    while let Some(line) = refused.line().await.filter(|line| !line.is_empty()) {
        says_when |= line == "retry-after: 30";
    }
    assert!(says_when);
    let (_other, status) = Listener::asking(&server, &from("203.0.113.8")).await;
    assert_eq!(status, "HTTP/1.1 200 OK");
}
