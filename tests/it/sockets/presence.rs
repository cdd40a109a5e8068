//! Joins and departures: gathered, counted, and shortened in large rooms.

use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::event::RoomEvent;
use watchtogether::protocol::ids::MemberId;
use watchtogether::protocol::member::{LeaveCause, Member, Role};
use watchtogether::wire::message::{CatchUp, ClientMsg, ServerMsg};

use super::Server;
use super::client::{Client, chat, hello};
use super::socket::Socket;

/// Opens so many sockets, sends all hellos at once, and returns the sockets after their welcomes.
async fn crowd(server: &Server, size: usize) -> Vec<Socket> {
    let mut sockets = Vec::new();
    for _ in 0..size {
        sockets.push(Socket::open(server).await);
    }
    for (number, socket) in sockets.iter_mut().enumerate() {
        let hello = hello("movie-night", &format!("guest {number}"));
        socket.send(&ClientMsg::Hello(Box::new(hello))).await;
    }
    for socket in &mut sockets {
        let welcome = socket.next().await.unwrap();
        assert!(matches!(welcome, ServerMsg::Welcome(_)));
    }
    sockets
}

#[tokio::test]
async fn a_crowd_is_counted_and_listed() {
    const CROWD: usize = 20;
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let _members = crowd(&server, CROWD).await;
    let all = u32::try_from(CROWD).unwrap() + 1;
    alice.until_room(|room| room.roster.count == all).await;
    assert_eq!(alice.room.roster.here().count(), CROWD + 1);
}

#[tokio::test]
async fn leaving_on_purpose_and_losing_the_connection_differ() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let carol = Client::join(&server, "movie-night", "Carol").await;
    let (bob_id, carol_id) = (bob.you, carol.you);
    let cause_of = |member: MemberId| {
        move |event: &RoomEvent| match event {
            RoomEvent::Presence { left, .. } => left
                .iter()
                .find(|departure| departure.member == member)
                .map(|departure| departure.cause),
            _ => None,
        }
    };
    bob.leave().await;
    assert_eq!(alice.event(cause_of(bob_id)).await, LeaveCause::Left);
    drop(carol);
    assert_eq!(alice.event(cause_of(carol_id)).await, LeaveCause::Lost);
    assert_eq!(alice.room.roster.count, 1);
}

#[tokio::test]
async fn a_large_room_counts_all_and_lists_some() {
    const CROWD: usize = 104;
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let _members = crowd(&server, CROWD).await;
    alice.until_room(|room| room.roster.count == 105).await;

    let late = Client::join(&server, "movie-night", "Latecomer").await;
    let CatchUp::State(state) = &late.came_with else {
        panic!("a newcomer gets the state");
    };
    assert_eq!(state.roster.count, 106);
    assert!(state.roster.all().count() <= 100);
    assert_eq!(late.me().name.as_str(), "Latecomer");
    assert!(state.roster.get(alice.you).is_some(), "the admin is listed");

    // All get the same rev, but those with a shortened list do not get the newcomer's entry.
    alice.until_room(|room| room.roster.count == 106).await;
    assert!(alice.room.roster.get(late.you).is_none());
    // The server knows everyone, so the newcomer may chat.
    let mut late = late;
    late.ask(chat("hello, all")).await.unwrap();
    alice.until_room(|room| room.chat.lines().len() == 1).await;
    assert_eq!(alice.chat(), ["Latecomer: hello, all"]);
}

#[tokio::test]
async fn a_room_that_is_small_again_is_listed_whole() {
    const CROWD: usize = 104;
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut members = crowd(&server, CROWD).await;
    alice.until_room(|room| room.roster.count == 105).await;
    let mut late = Client::join(&server, "movie-night", "Latecomer").await;
    assert!(alice.room.roster.get(late.you).is_none());

    // A member who gets a role in a large room becomes known to all.
    let who = MemberRef::Id(late.you);
    let role = Role::Moderator;
    alice.ask(Command::SetRole { who, role }).await.unwrap();
    let moderator = alice.room.roster.get(late.you);
    assert_eq!(moderator.map(Member::power), Some(Role::Moderator));

    members.truncate(52);
    for watcher in [&mut alice, &mut late] {
        watcher.until_room(|room| room.roster.count == 54).await;
        watcher
            .until_room(|room| room.roster.here().count() == 54)
            .await;
    }
}
