//! Private rooms: creating them with a password, and joining with it.

use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::member::Visibility;
use watchtogether::wire::message::Reason;

use super::Server;
use super::client::{Client, hello, private_hello};

async fn refusal(server: &Server, password: Option<&str>) -> Option<Refused> {
    let entered = Client::enter(server, private_hello("our-place", "Mallory", password)).await;
    match entered {
        Ok(_) => None,
        Err(reason) => Reason::refused(&reason),
    }
}

#[tokio::test]
async fn only_the_right_password_opens_a_private_room() {
    let server = Server::start().await;
    assert_eq!(refusal(&server, None).await, Some(Refused::PasswordMissing));
    assert_eq!(
        refusal(&server, Some("")).await,
        Some(Refused::PasswordMissing)
    );

    let too_long = "x".repeat(1_025);
    assert_eq!(
        refusal(&server, Some(&too_long)).await,
        Some(Refused::PasswordTooLong { limit: 1_024 })
    );

    let create = private_hello("our-place", "Alice", Some("popcorn"));
    let alice = Client::enter(&server, create).await.unwrap();
    assert!(alice.created);
    assert_eq!(refusal(&server, None).await, Some(Refused::PasswordNeeded));
    assert_eq!(
        refusal(&server, Some("Popcorn")).await,
        Some(Refused::PasswordWrong)
    );
    let right = private_hello("our-place", "Bob", Some("popcorn"));
    let bob = Client::enter(&server, right).await.unwrap();
    assert!(!bob.created);
    assert_eq!(bob.room.roster.count, 2);
}

#[tokio::test]
async fn who_returns_by_a_token_needs_no_password_and_others_tokens_do_not_help() {
    let mut server = Server::start().await;
    let create = private_hello("our-place", "Alice", Some("popcorn"));
    let alice = Client::enter(&server, create).await.unwrap();
    server.restart().await;
    let back = alice.come_back(&server).await;
    assert_eq!(back.you, alice.you);

    let mut stranger = private_hello("our-place", "Mallory", None);
    stranger.resume = Some("0".repeat(32));
    let refused = Client::enter(&server, stranger).await.err().unwrap();
    assert_eq!(refused.refused(), Some(Refused::PasswordNeeded));
}

#[tokio::test]
async fn a_room_that_is_made_with_a_password_asks_for_it() {
    let server = Server::start().await;
    for (room, visibility) in [
        ("public-room", Visibility::Public),
        ("unlisted-room", Visibility::Unlisted),
    ] {
        let mut create = private_hello(room, "Alice", Some("popcorn"));
        create.create.visibility = visibility;
        let alice = Client::enter(&server, create).await.unwrap();
        assert_eq!(alice.room.visibility, Visibility::Private);
        let without = Client::enter(&server, hello(room, "Mallory")).await;
        let refused = without.err().unwrap().refused();
        assert_eq!(refused, Some(Refused::PasswordNeeded), "{room}");
    }
}

#[tokio::test]
async fn who_means_a_private_room_does_not_land_in_an_open_one_of_its_name() {
    let server = Server::start().await;
    let eve = Client::enter(&server, hello("our-place", "Eve"))
        .await
        .unwrap();
    let mut pat = private_hello("our-place", "Pat", Some("popcorn"));
    pat.create.only_private = true;
    let refused = Client::enter(&server, pat).await.err().unwrap();
    let admin = Some(eve.room.roster.here().next().unwrap().name.clone());
    assert_eq!(refused.refused(), Some(Refused::NotPrivate { admin }));
    // Whom the room knows comes back, whatever they mean.
    let mut back = hello("our-place", "Eve");
    back.resume = Some(eve.token.clone());
    back.create.only_private = true;
    assert!(Client::enter(&server, back).await.is_ok());
}
