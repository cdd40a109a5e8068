//! What programs read: the server's identity, the live rooms.

use serde_json::Value;
use watchtogether::media::Media;
use watchtogether::protocol::command::Command;
use watchtogether::protocol::member::Visibility;
use watchtogether::protocol::time::{Position, RoomTime};
use watchtogether::wire::codec::PROTOCOL;
use watchtogether::wire::pages::{RoomCard, ServerCard};

use super::Server;
use super::client::{Client, hello, private_hello};
use super::socket::Socket;

#[tokio::test]
async fn the_server_says_who_it_is() {
    let server = Server::start().await;
    let (status, body) = server.page("/healthz").await;
    assert_eq!(status, 200);
    let card: ServerCard = serde_json::from_str(&body).unwrap();
    assert_eq!(card.service, "watchtogether");
    assert_eq!(card.protocol, PROTOCOL);
    assert!(card.ready);
    assert_eq!(card.version, env!("CARGO_PKG_VERSION"));
    let mut socket = Socket::open(&server).await;
    let hello = hello("movie-night", "Alice");
    let welcome = socket.say_hello(hello).await.unwrap();
    assert!(card.id.is_some(), "it has one");
    assert_eq!(welcome.server_id, card.id);
}

#[tokio::test]
async fn the_gallery_lists_public_rooms_those_with_most_viewers_first() {
    let server = Server::start().await;
    let _one = Client::join(&server, "b-one", "Alice").await;
    let _other = Client::join(&server, "a-one", "Alice").await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let _bob = Client::join(&server, "movie-night", "Bob").await;
    let mut unlisted = hello("hidden-place", "Alice");
    unlisted.create.visibility = Visibility::Unlisted;
    let _unlisted = Client::enter(&server, unlisted).await.unwrap();
    let private = private_hello("our-place", "Alice", Some("popcorn"));
    let _private = Client::enter(&server, private).await.unwrap();
    let media = Media::parse("https://secret.example.org/film.mp4").unwrap();
    alice.ask(Command::Play { media }).await.unwrap();

    let (status, body) = server.page("/api/rooms").await;
    assert_eq!(status, 200);
    let cards: Vec<RoomCard> = serde_json::from_str(&body).unwrap();
    let ids: Vec<&str> = cards.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(ids, ["movie-night", "a-one", "b-one"]);
    let viewers: Vec<u32> = cards.iter().map(|card| card.viewers).collect();
    assert_eq!(viewers, [2, 1, 1]);
    let playing = cards[0].playing.as_ref().unwrap();
    assert_eq!(playing.kind, "MP4");
    assert!(!playing.paused && playing.position >= Position::START);
    assert!(cards[0].since > RoomTime(1_600_000_000_000_000));
    // The media's link is for members only.
    assert!(!body.contains("secret.example.org"), "{body}");
    let raw: Value = serde_json::from_str(&body).unwrap();
    assert!(raw[0]["playing"]["position"].is_f64());
}

#[tokio::test]
async fn an_empty_room_is_not_listed() {
    let server = Server::start().await;
    let alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    drop(alice);
    bob.until_room(|room| room.roster.count == 1).await;
    let is_one = |cards: &[RoomCard]| cards.first().is_some_and(|card| card.viewers == 1);
    server.until_listed("one viewer", is_one).await;
    bob.leave().await;
    // No member is left to receive an event, but one of the next responses shows it.
    server.until_listed("no room", <[RoomCard]>::is_empty).await;
}
