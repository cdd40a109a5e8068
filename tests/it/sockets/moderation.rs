//! Moderation over real sockets: mute, ban, erase.

use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::denied::{Denied, Refused};
use watchtogether::protocol::ids::ChatId;
use watchtogether::protocol::member::{BanScope, Role};
use watchtogether::protocol::text::MemberName;
use watchtogether::wire::message::ClientMsg;

use super::Server;
use super::client::{Client, chat, hash_forms, hello};

#[tokio::test]
async fn who_is_banned_is_told_so_and_told_again_on_return_after_a_restart() {
    let mut server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let who = MemberRef::Id(bob.you);
    let scope = BanScope::Ask;
    alice.ask(Command::Ban { who, scope }).await.unwrap();
    assert_eq!(bob.closed().await, Some(Refused::Banned));
    assert_eq!(alice.room.roster.count, 1);
    let refused = Client::enter(&server, bob.hello_again()).await.err();
    assert_eq!(refused.and_then(|why| why.refused()), Some(Refused::Banned));

    server.restart().await;
    let refused = Client::enter(&server, bob.hello_again()).await.err();
    let refused = refused.expect("kept out");
    assert_eq!(refused.refused(), Some(Refused::Banned));
    assert!(refused.text.contains("/unban"), "{}", refused.text);

    // All clients are on this machine, so only the token is banned.
    let mut alice = alice.come_back(&server).await;
    let carol = Client::enter(&server, hello("movie-night", "Carol")).await;
    let carol = carol.expect("let in");
    let [ban] = &carol.room.bans[..] else {
        panic!("who is banned is no secret");
    };
    assert_eq!((ban.name.as_str(), ban.by.as_str()), ("Bob", "Alice"));
    let who = MemberRef::Name(ban.name.clone());
    alice.ask(Command::Unban { who }).await.unwrap();
    let again = Client::enter(&server, bob.hello_again()).await;
    assert!(again.is_ok(), "{:?}", again.err());
}

#[tokio::test]
async fn by_what_somebody_is_recognised_is_in_no_frame() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let who = MemberRef::Id(bob.you);
    let scope = BanScope::Ask;
    alice.ask(Command::Ban { who, scope }).await.unwrap();
    bob.closed().await;
    alice.socket.send(&ClientMsg::State).await;
    alice.ask(chat("who was that?")).await.unwrap();
    let late = Client::join(&server, "movie-night", "Carol").await;

    let mut secrets = hash_forms(&bob.token).to_vec();
    secrets.extend([bob.token.clone(), "127.0.0.1".to_owned()]);
    let frames: Vec<&String> = alice
        .socket
        .received
        .iter()
        .chain(&late.socket.received)
        .collect();
    let named = frames.iter().filter(|frame| frame.contains("bans"));
    assert!(named.count() >= 2, "the ban itself was told");
    for frame in frames {
        for secret in &secrets {
            assert!(!frame.contains(secret.as_str()), "{secret} in {frame}");
        }
    }
}

#[tokio::test]
async fn words_that_are_taken_away_reach_nobody_who_comes_later() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let carol = Client::join(&server, "movie-night", "Carol").await;
    bob.ask(chat("her address is Cellar Street 3"))
        .await
        .unwrap();
    let line = ChatId(1);
    alice.until_room(|room| room.chat.get(line).is_some()).await;
    let denied = bob.ask(Command::Erase { line }).await;
    assert!(
        matches!(denied, Err(Denied::NotAllowed { .. })),
        "{denied:?}"
    );
    alice.ask(Command::Erase { line }).await.unwrap();
    bob.until_room(|room| {
        room.chat
            .get(line)
            .is_some_and(|line| line.erased.is_some())
    })
    .await;

    // One client that joins for the first time, and one that was away when the line was sent.
    let dave = Client::join(&server, "movie-night", "Dave").await;
    let back = carol.come_back(&server).await;
    for client in [&dave, &back] {
        client.never_received("Cellar");
        let line = client.room.chat.get(line).expect("its place is kept");
        assert_eq!(line.erased.as_ref().map(MemberName::as_str), Some("Alice"));
    }
}

#[tokio::test]
async fn a_moderator_mutes_and_everybody_knows() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut mod_ = Client::join(&server, "movie-night", "Mona").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let (who, role) = (MemberRef::Id(mod_.you), Role::Moderator);
    alice.ask(Command::SetRole { who, role }).await.unwrap();
    mod_.until_room(|room| room.roster.all().any(|m| m.role == Role::Moderator))
        .await;
    let (who, muted) = (MemberRef::Id(bob.you), true);
    mod_.ask(Command::Mute { who, muted }).await.unwrap();
    assert_eq!(bob.ask(chat("hello?")).await, Err(Denied::Muted));
    let you = bob.you;
    alice
        .until_room(|room| room.roster.get(you).is_some_and(|bob| bob.flags.muted))
        .await;
    // The line stays erased for a member who returns.
    let mut back = bob.come_back(&server).await;
    assert_eq!(back.ask(chat("and now?")).await, Err(Denied::Muted));
}
