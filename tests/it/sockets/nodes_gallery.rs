//! The gallery at a node where nobody is: it shows the rooms of another node that shares its Redis.

use watchtogether::media::Media;
use watchtogether::protocol::command::Command;
use watchtogether::protocol::member::Visibility;
use watchtogether::wire::pages::{GalleryEvent, RoomCard};

use super::Server;
use super::client::{Client, LINK, hello, private_hello};
use super::feed::Listener;
use super::nodes::node;
use crate::gallery::gallery;
use crate::support::patience::until;
use crate::support::redis_server::{Keeps, RedisServer};

/// What `watchtogether gallery --json` prints: the rooms.
fn printed(server: &Server) -> Vec<serde_json::Value> {
    let url = server.url();
    let (code, lines, complaint) = gallery(&["--server", url.as_str(), "--json"]);
    assert_eq!(code, Some(0), "{complaint}");
    let rooms = lines.lines().map(serde_json::from_str);
    rooms.map(|room| room.expect("an object")).collect()
}

/// Whether a list has this room alone, with so many viewers and its admin.
fn has_alone(rooms: &[RoomCard], viewers: u32) -> bool {
    let [card] = rooms else { return false };
    let admin = card.admin.as_ref().map(ToString::to_string);
    (card.id.as_str(), card.viewers, admin.as_deref()) == ("movie-night", viewers, Some("Alice"))
}

/// Two members of a public room, of which they play something, and rooms that no gallery shows.
async fn evening(at: &Server) -> Vec<Client> {
    let mut alice = Client::join(at, "movie-night", "Alice").await;
    let media = Media::parse(LINK).expect("a link");
    alice.ask(Command::Play { media }).await.expect("it plays");
    let bob = Client::join(at, "movie-night", "Bob").await;
    let mut unlisted = hello("hidden-place", "Eve");
    unlisted.create.visibility = Visibility::Unlisted;
    let private = private_hello("our-place", "Vera", Some("popcorn"));
    let mut all = vec![alice, bob];
    for hello in [unlisted, private] {
        all.push(Client::enter(at, hello).await.expect("let in"));
    }
    all
}

#[tokio::test]
async fn a_node_where_nobody_is_lists_the_room_of_another_until_all_have_left() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (mut one, mut two) = (node(&redis, &[]), node(&redis, &[]));
    let (here, there) = (one.server(), two.server());
    let mut listener = Listener::of(&there).await;
    let GalleryEvent::Snapshot { rooms } = listener.event().await else {
        panic!("all rooms come first");
    };
    assert_eq!(rooms, []);
    let mut members = Box::pin(evening(&here)).await;
    listener
        .until(|changed, _| has_alone(changed, 2) && changed[0].playing.is_some())
        .await;
    there
        .until_listed("both", |rooms| has_alone(rooms, 2))
        .await;
    let rooms = until("the command line lists it", || {
        Some(printed(&there)).filter(|rooms| !rooms.is_empty())
    });
    assert_eq!(rooms.len(), 1, "{rooms:?}");
    let room = &rooms[0];
    assert_eq!(room["id"], "movie-night");
    assert_eq!(
        (&room["viewers"], &room["admin"]),
        (&2.into(), &"Alice".into())
    );
    assert_eq!(room["playing"]["kind"], "MP4");
    let (_, page) = there.page("/gallery").await;
    assert!(page.contains("r/movie-night\""), "{page}");
    for hidden in ["hidden-place", "our-place"] {
        assert!(!page.contains(hidden), "{page}");
    }

    members[1].leave().await;
    listener.until(|changed, _| has_alone(changed, 1)).await;
    there.until_listed("one", |rooms| has_alone(rooms, 1)).await;
    members[0].leave().await;
    let is_gone = |_: &[RoomCard], removed: &[String]| removed == ["movie-night"];
    listener.until(is_gone).await;
    there.until_listed("no room", <[RoomCard]>::is_empty).await;
    until("the command line lists nothing", || {
        printed(&there).is_empty().then_some(())
    });
}

#[tokio::test]
async fn a_room_whose_node_was_killed_leaves_the_gallery_of_the_others() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (mut one, mut two) = (node(&redis, &[]), node(&redis, &[]));
    let (here, there) = (one.server(), two.server());
    let mut listener = Listener::of(&there).await;
    let _members = Box::pin(evening(&here)).await;
    there
        .until_listed("both", |rooms| has_alone(rooms, 2))
        .await;
    one.process.kill();
    let is_gone = |_: &[RoomCard], removed: &[String]| removed == ["movie-night"];
    listener.until(is_gone).await;
    there.until_listed("no room", <[RoomCard]>::is_empty).await;
    assert!(printed(&there).is_empty());
}
