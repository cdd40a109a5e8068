//! Returning: the same member by its token, the missed events, one socket for each member.

use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::ids::{MemberId, Rev};
use watchtogether::protocol::member::Role;
use watchtogether::room::state::RoomState;
use watchtogether::wire::codec::PROTOCOL;
use watchtogether::wire::message::{CatchUp, ClientMsg, ServerMsg};

use super::Server;
use super::client::{Client, chat, hello, private_hello};
use super::socket::Socket;

#[tokio::test]
async fn a_token_brings_the_same_member_back_with_its_role() {
    let server = Server::start().await;
    let alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let (id, token) = (alice.you, alice.token.clone());
    drop(alice);
    bob.until_room(|room| room.roster.count == 1).await;

    let mut again = hello("movie-night", "Somebody else");
    again.resume = Some(token.clone());
    let back = Client::enter(&server, again).await.unwrap();
    assert_eq!((back.you, &back.token), (id, &token));
    assert_eq!(back.me().role, Role::Admin);
    assert_eq!(back.me().name.as_str(), "Alice");
    assert!(!back.created);
}

#[tokio::test]
async fn who_was_away_gets_only_what_it_missed() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let bob = Client::join(&server, "movie-night", "Bob").await;
    let known = bob.room.rev;
    let log = bob.log.clone();
    for text in ["one", "two"] {
        alice.ask(chat(text)).await.unwrap();
    }
    let back = bob.come_back(&server).await;
    let CatchUp::Events(facts) = &back.came_with else {
        panic!("events are enough");
    };
    assert_eq!(facts.first().unwrap().rev, known.next());
    assert_eq!(back.log, log);
    assert_eq!(back.chat(), ["Alice: one", "Alice: two"]);
}

#[tokio::test]
async fn another_log_a_rev_ahead_an_older_version_and_an_unknown_token_get_the_state() {
    let server = Server::start().await;
    let alice = Client::join(&server, "movie-night", "Alice").await;

    let mut other_log = alice.hello_again();
    other_log.log = Some(watchtogether::protocol::ids::LogId("another".to_owned()));
    let mut ahead = alice.hello_again();
    ahead.since = Some(Rev(alice.room.rev.0 + 1000));
    // It might not know a kind of event that it missed.
    let mut older = alice.hello_again();
    older.protocol = PROTOCOL - 1;
    for hello in [other_log, ahead, older] {
        let back = Client::enter(&server, hello).await.unwrap();
        assert!(matches!(back.came_with, CatchUp::State(_)));
        assert_eq!(back.you, alice.you);
    }

    let mut unknown = alice.hello_again();
    unknown.resume = Some("f".repeat(32));
    let stranger = Client::enter(&server, unknown).await.unwrap();
    assert!(matches!(stranger.came_with, CatchUp::State(_)));
    assert_ne!(stranger.you, alice.you);
    assert_ne!(stranger.token, "f".repeat(32));
    assert_eq!(stranger.me().role, Role::Viewer);
}

#[tokio::test]
async fn a_second_connection_takes_the_seat_over() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let mut newer = alice.come_back(&server).await;
    assert_eq!(alice.closed().await, Some(Refused::Replaced));
    assert_eq!(newer.room.roster.count, 2);
    // The end of the older socket is not a departure.
    newer.ask(chat("here")).await.unwrap();
    bob.until_room(|room| room.chat.lines().len() == 1).await;
    assert_eq!(bob.room.roster.count, 2);
    assert!(bob.room.roster.get(newer.you).unwrap().is_here());
}

#[tokio::test]
async fn who_sees_a_gap_in_the_revs_gets_the_state_and_goes_on_from_there() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    alice.until_room(|room| room.roster.count == 2).await;

    bob.lose_next_events();
    alice.ask(chat("lost")).await.unwrap();
    // Bob's own line shows him the gap. Alice chats while the state is on its way.
    bob.send(chat("what was that?")).await;
    for line in ["one", "two", "three"] {
        alice.ask(chat(line)).await.unwrap();
    }
    bob.until(|message| matches!(message, ServerMsg::State { .. }).then_some(()))
        .await;
    assert!(!bob.has_gap());
    // The next event follows the state, which the client checks.
    alice.ask(chat("four")).await.unwrap();
    let is_whole = |room: &RoomState| room.chat.lines().len() == 6;
    bob.until_room(is_whole).await;
    alice.until_room(is_whole).await;
    assert_eq!(bob.chat(), alice.chat());
    assert!(bob.chat().contains(&"Alice: lost".to_owned()));
}

#[tokio::test]
async fn coming_back_never_makes_a_room() {
    let mut server = Server::start().await;
    let mut back = private_hello("our-place", "Alice", Some("popcorn"));
    back.resume = Some("0".repeat(32));
    let refused = Client::enter(&server, back.clone()).await.err().unwrap();
    assert_eq!(refused.refused(), Some(Refused::NoSuchRoom));
    assert!(!refused.text.is_empty());
    // Nor when there is a new room of that name, which belongs to its creator.
    back.resume = None;
    let alice = Client::enter(&server, back).await.unwrap();
    server.stop().await;
    let elsewhere = Server::start().await;
    let refused = Client::enter(&elsewhere, alice.hello_again()).await;
    assert_eq!(refused.err().unwrap().refused(), Some(Refused::NoSuchRoom));
    let fresh = Client::join(&elsewhere, "our-place", "Bob").await;
    assert!(fresh.created);
}

#[tokio::test]
async fn the_same_hello_again_is_the_same_member() {
    let server = Server::start().await;
    let mut ada = hello("movie-night", "Ada");
    ada.token = Some("0123456789abcdef0123456789abcdef".to_owned());
    for _ in 0..3 {
        // The connection breaks before the welcome is read.
        let mut socket = Socket::open(&server).await;
        socket.send(&ClientMsg::Hello(Box::new(ada.clone()))).await;
    }
    let back = Client::enter(&server, ada.clone()).await.unwrap();
    assert_eq!(Some(&back.token), ada.token.as_ref());
    assert_eq!(back.me().name.as_str(), "Ada");
    assert_eq!(back.me().role, Role::Admin);
    assert_eq!(
        back.room.roster.next_id(),
        MemberId(2),
        "nobody else ever came"
    );

    // Although its resume token is void, the chosen token still identifies the member.
    ada.resume = Some("f".repeat(32));
    let again = Client::enter(&server, ada).await.unwrap();
    assert_eq!((again.you, &again.token), (back.you, &back.token));
}

#[tokio::test]
async fn a_token_that_anybody_could_guess_is_not_taken() {
    let server = Server::start().await;
    for weak in ["a", "0", "0123456789ABCDEF0123456789ABCDEF"] {
        let mut hello = hello("movie-night", "Ada");
        hello.token = Some(weak.to_owned());
        let first = Client::enter(&server, hello.clone()).await.unwrap();
        assert_ne!(first.token, weak);
        let second = Client::enter(&server, hello).await.unwrap();
        assert_ne!(first.you, second.you);
    }
}
