//! Coming back: the same member by its token, the events missed, one seat a member.

use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::ids::Rev;
use watchtogether::protocol::member::Role;
use watchtogether::room::state::RoomState;
use watchtogether::wire::message::{CatchUp, ServerMsg};

use super::Server;
use super::client::{Client, chat, hello};

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
async fn another_log_a_rev_ahead_and_an_unknown_token_get_the_state() {
    let server = Server::start().await;
    let alice = Client::join(&server, "movie-night", "Alice").await;

    let mut other_log = alice.hello_again();
    other_log.log = Some(watchtogether::protocol::ids::LogId("another".to_owned()));
    let mut ahead = alice.hello_again();
    ahead.since = Some(Rev(alice.room.rev.0 + 1000));
    for hello in [other_log, ahead] {
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
    // The older socket's end is nobody's leaving.
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
    // Bob's own line shows him the gap; Alice talks on while the state is on its way.
    bob.send(chat("what was that?")).await;
    for line in ["one", "two", "three"] {
        alice.ask(chat(line)).await.unwrap();
    }
    bob.until(|message| matches!(message, ServerMsg::State { .. }).then_some(()))
        .await;
    assert!(!bob.has_gap());
    // What follows the state is the next event, for which the client itself looks.
    alice.ask(chat("four")).await.unwrap();
    let is_whole = |room: &RoomState| room.chat.lines().len() == 6;
    bob.until_room(is_whole).await;
    alice.until_room(is_whole).await;
    assert_eq!(bob.chat(), alice.chat());
    assert!(bob.chat().contains(&"Alice: lost".to_owned()));
}
