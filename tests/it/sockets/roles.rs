//! Permissions over real sockets: denials that change nothing, kicks, and messages that are not
//! kept.

use watchtogether::protocol::command::{Command, MemberRef, Report};
use watchtogether::protocol::denied::{Action, Denied, Refused};
use watchtogether::protocol::event::RoomEvent;
use watchtogether::protocol::failure::FailureCode;
use watchtogether::protocol::member::Role;
use watchtogether::protocol::text::{Emoji, MemberName};
use watchtogether::protocol::time::Span;
use watchtogether::wire::message::{ClientMsg, Health, HealthState, ServerMsg};

use super::Server;
use super::client::{Client, both_watch, chat, hello, learned_nothing};

#[tokio::test]
async fn a_viewers_pause_is_denied_and_nothing_changes() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    both_watch(&mut alice, &mut bob).await;
    let before = bob.room.clone();
    let denied = bob.ask(Command::Pause { mark: None }).await;
    let not_allowed = Denied::NotAllowed {
        action: Action::Pause,
        needs: Role::Admin,
    };
    assert_eq!(denied, Err(not_allowed));
    bob.socket.send(&ClientMsg::State).await;
    bob.until(|message| matches!(message, ServerMsg::State { .. }).then_some(()))
        .await;
    assert_eq!(bob.room, before.for_client(bob.you));
}

#[tokio::test]
async fn a_pause_by_the_admin_reaches_all() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let media = watchtogether::media::Media::parse("https://example.org/a.mp4").unwrap();
    alice.ask(Command::Play { media }).await.unwrap();
    alice.ask(Command::Pause { mark: None }).await.unwrap();
    let segment = bob
        .event(|event| match event {
            RoomEvent::Retimed { segment, .. } => Some(*segment),
            _ => None,
        })
        .await;
    assert!(segment.paused);
}

#[tokio::test]
async fn who_is_kicked_is_closed_with_the_reason_and_comes_back_as_a_stranger() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let who = MemberRef::Name(MemberName::parse("bob").unwrap());
    alice.ask(Command::Kick { who }).await.unwrap();
    assert_eq!(bob.closed().await, Some(Refused::Kicked));
    assert_eq!(alice.room.roster.count, 1);

    let mut again = hello("movie-night", "Bob");
    again.resume = Some(bob.token.clone());
    let stranger = Client::enter(&server, again).await.unwrap();
    assert_ne!(stranger.you, bob.you);
    assert_ne!(stranger.token, bob.token);
}

#[tokio::test]
async fn reactions_and_health_pass_by_without_a_trace() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    alice.until_room(|room| room.roster.count == 2).await;
    let before = alice.room.rev;
    let emoji = Emoji::parse("🔥").unwrap();
    bob.ask(Command::React { emoji }).await.unwrap();
    let reactions = alice
        .until(|message| match message {
            ServerMsg::Reactions { reactions } => Some(reactions.clone()),
            _ => None,
        })
        .await;
    assert_eq!(reactions[0].from, bob.you);
    assert_eq!(reactions[0].emoji.as_str(), "🔥");

    let health = Health {
        state: HealthState::Buffering,
        round_trip: Some(Span::millis(40)),
        ..Health::default()
    };
    bob.socket.send(&ClientMsg::Health(health)).await;
    let digest = alice
        .until(|message| match message {
            ServerMsg::Health(digest) => Some(digest.clone()),
            _ => None,
        })
        .await;
    assert_eq!((digest.in_trouble, digest.chat_only), (1, 1));
    assert_eq!(digest.worst[0].0, bob.you);
    assert_eq!(alice.room.rev, before);
}

#[tokio::test]
async fn admins_are_told_whose_player_fails() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let epoch = both_watch(&mut alice, &mut bob).await;
    let report = Report::Failed {
        epoch,
        code: FailureCode::Refused,
        retrying: false,
    };
    bob.report(report).await;
    // This comes once somebody can play it: a failure of all players is shown to everybody instead.
    alice.report(learned_nothing(epoch)).await;
    let failed = alice.playback_failed().await;
    assert_eq!(failed, (bob.you, FailureCode::Refused));
    bob.ask(chat("mine does not play")).await.unwrap();
    let reported = bob
        .socket
        .received
        .iter()
        .any(|frame| frame.contains("playback_failed"));
    assert!(!reported, "only admins are told");
}
