//! Secrets are never sent: planted passwords, tokens and addresses are searched for in every frame
//! that any client received, and in every page.

use watchtogether::protocol::command::Command;
use watchtogether::protocol::invite_terms::InviteTerms;
use watchtogether::protocol::member::{Role, Visibility};
use watchtogether::protocol::secret::InviteToken;

use super::Server;
use super::client::{Client, chat, hash_forms, hello, private_hello};

const PASSWORD: &str = "correct-horse-battery-staple";
const NEW_PASSWORD: &str = "wrong-cow-generator-paper-clip";
const INVITE: u128 = 0xfeed_beef_0123_4567_89ab_cdef_feed_beef;

#[tokio::test]
async fn no_frame_and_no_page_carries_a_secret() {
    let mut server = Server::start().await;
    let private = |name| private_hello("our-place", name, Some(PASSWORD));
    let mut alice = Client::enter(&server, private("Alice")).await.unwrap();
    let mut bob = Client::enter(&server, private("Bob")).await.unwrap();
    let _wrong = Client::enter(
        &server,
        private_hello("our-place", "Mallory", Some("wrong-password-7")),
    )
    .await;
    let who = watchtogether::protocol::command::MemberRef::Id(bob.you);
    let role = Role::Admin;
    alice.ask(Command::SetRole { who, role }).await.unwrap();
    bob.ask(chat("hello")).await.unwrap();
    let mut bob_again = bob.come_back(&server).await;
    bob_again
        .socket
        .send(&watchtogether::wire::message::ClientMsg::State)
        .await;
    bob_again.ask(chat("again")).await.unwrap();
    let link = InviteToken::from_bits(INVITE);
    let terms = InviteTerms::default();
    let token = link.clone();
    alice
        .ask(Command::CreateInvite { token, terms })
        .await
        .unwrap();
    alice.ask(Command::ListInvites).await.unwrap();
    let mut guest = hello("our-place", "Guest");
    guest.invite = Some(link);
    let mut guest = Client::enter(&server, guest).await.unwrap();
    let renewed = Command::SetVisibility {
        visibility: Visibility::Private,
        password: Some(NEW_PASSWORD.into()),
    };
    alice.ask(renewed).await.unwrap();
    guest.ask(chat("hello, all")).await.unwrap();
    let (_, gallery) = server.page("/api/rooms").await;
    let (_, invite) = server.page("/r/our-place").await;
    server.restart().await;
    let alice_again = alice.come_back(&server).await;
    let (_, gallery_later) = server.page("/api/rooms").await;

    let mut secrets = vec![PASSWORD.to_owned(), "wrong-password-7".to_owned()];
    secrets.extend(["argon2".to_owned(), "127.0.0.1".to_owned()]);
    let token = InviteToken::from_bits(INVITE);
    secrets.extend([NEW_PASSWORD.to_owned(), token.reveal().to_owned()]);
    secrets.extend(hash_forms(token.reveal()));
    secrets.extend(hash_forms(&guest.token));
    secrets.extend(hash_forms(&alice.token));
    secrets.extend(hash_forms(&bob.token));
    let alices = [&alice.socket.received, &alice_again.socket.received];
    let bobs = [&bob.socket.received, &bob_again.socket.received];
    let guests = [&guest.socket.received];
    let received = alices.into_iter().chain(bobs).chain(guests).flatten();
    let pages = [&gallery, &gallery_later];
    let mut looked_at = 0;
    for text in received.chain(pages) {
        looked_at += 1;
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{secret} in {text}");
        }
    }
    assert!(looked_at > 10, "only {looked_at} texts");
    // The page contains the server's own address, and nothing about the room.
    for secret in secrets.iter().filter(|secret| *secret != "127.0.0.1") {
        assert!(!invite.contains(secret.as_str()), "{secret} in {invite}");
    }
    // Each client receives its own token, once in each welcome, and never another's.
    for frames in bobs {
        assert!(frames.iter().all(|frame| !frame.contains(&alice.token)));
        let own = frames.iter().filter(|frame| frame.contains(&bob.token));
        assert_eq!(own.count(), 1);
    }
    for frames in alices {
        assert!(frames.iter().all(|frame| !frame.contains(&bob.token)));
    }
}
