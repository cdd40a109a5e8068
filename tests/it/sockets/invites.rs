//! Who can find and enter a room, changed while people are in it; and invite links that spare
//! guests the password.

use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::denied::{Denied, Refused};
use watchtogether::protocol::ephemeral::MemberNotice;
use watchtogether::protocol::event::RoomEvent;
use watchtogether::protocol::ids::InviteId;
use watchtogether::protocol::invite_terms::{InviteTerms, OpenInvite};
use watchtogether::protocol::member::{Role, Visibility};
use watchtogether::protocol::secret::InviteToken;
use watchtogether::protocol::time::Span;
use watchtogether::wire::message::{Hello, Reason, ServerMsg};

use super::Server;
use super::client::{Client, chat, hello, private_hello};

const ROOM: &str = "our-place";

/// A guest with the link of these bits, who knows no password.
fn guest(name: &str, bits: u128) -> Hello {
    Hello {
        invite: Some(InviteToken::from_bits(bits)),
        ..hello(ROOM, name)
    }
}

fn set(visibility: Visibility, password: Option<&str>) -> Command {
    Command::SetVisibility {
        visibility,
        password: password.map(Into::into),
    }
}

fn invite(bits: u128, terms: InviteTerms) -> Command {
    let token = InviteToken::from_bits(bits);
    Command::CreateInvite { token, terms }
}

async fn refusal(server: &Server, hello: Hello) -> Option<Refused> {
    let entered = Client::enter(server, hello).await;
    entered.err().as_ref().and_then(Reason::refused)
}

/// The invites that the server lists for an admin.
async fn invites(admin: &mut Client) -> Vec<OpenInvite> {
    admin.ask(Command::ListInvites).await.unwrap();
    let listed = admin.until(|message| match message {
        ServerMsg::Notice(MemberNotice::Invites { invites }) => Some(invites.clone()),
        _ => None,
    });
    listed.await
}

#[tokio::test]
async fn a_guest_with_a_link_enters_without_the_password_and_after_it_is_revoked_nobody_does() {
    let mut server = Server::start().await;
    let create = private_hello(ROOM, "Alice", Some("popcorn"));
    let mut alice = Client::enter(&server, create).await.unwrap();
    alice.ask(invite(7, InviteTerms::default())).await.unwrap();
    let invalid = Some(Refused::InviteInvalid);
    assert_eq!(refusal(&server, guest("Mallory", 8)).await, invalid);
    let bob = Client::enter(&server, guest("Bob", 7)).await.unwrap();
    assert_eq!(bob.me().role, Role::Viewer);
    let open = invites(&mut alice).await;
    assert_eq!((open.len(), open[0].uses), (1, InviteTerms::MOST_USES - 1));

    // The link outlives a restart, and a guest comes back without it.
    server.restart().await;
    let mut alice = alice.come_back(&server).await;
    let back = bob.come_back(&server).await;
    assert_eq!(back.you, bob.you);
    let carol = Client::enter(&server, guest("Carol", 7)).await.unwrap();
    assert_eq!(carol.room.roster.count, 3);

    let id = open[0].invite;
    alice
        .ask(Command::RevokeInvite { invite: id })
        .await
        .unwrap();
    assert_eq!(refusal(&server, guest("Dave", 7)).await, invalid);
    assert_eq!(invites(&mut alice).await, []);
    assert_eq!(alice.room.roster.count, 3, "guests stay");
    // The password lets in all the same.
    let mut both = guest("Dave", 7);
    both.password = Some("popcorn".into());
    let dave = Client::enter(&server, both).await.unwrap();
    assert_eq!(dave.me().role, Role::Viewer);
}

#[tokio::test]
async fn a_link_for_one_moderator_makes_one() {
    let server = Server::start().await;
    let create = private_hello(ROOM, "Alice", Some("popcorn"));
    let mut alice = Client::enter(&server, create).await.unwrap();
    let terms = InviteTerms::new(Role::Moderator, Span::seconds(60), 1).unwrap();
    alice.ask(invite(7, terms)).await.unwrap();
    let mona = Client::enter(&server, guest("Mona", 7)).await.unwrap();
    assert_eq!(mona.me().role, Role::Moderator);
    let refused = refusal(&server, guest("Max", 7)).await;
    assert_eq!(refused, Some(Refused::InviteInvalid));
}

#[tokio::test]
async fn a_guest_creates_no_room() {
    let server = Server::start().await;
    let refused = refusal(&server, guest("Bob", 7)).await;
    assert_eq!(refused, Some(Refused::NoSuchRoom));
    let alice = Client::join(&server, ROOM, "Alice").await;
    assert!(alice.created);
}

#[tokio::test]
async fn an_admin_makes_the_room_private_and_public_again_while_people_are_in_it() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, ROOM, "Alice").await;
    let mut bob = Client::join(&server, ROOM, "Bob").await;
    server
        .until_listed("the room", |cards| cards.len() == 1)
        .await;
    let private = set(Visibility::Private, Some("popcorn"));
    let denied = bob.ask(private.clone()).await;
    assert!(
        matches!(denied, Err(Denied::NotAllowed { .. })),
        "{denied:?}"
    );
    let without = alice.ask(set(Visibility::Private, None)).await;
    assert_eq!(without, Err(Denied::PasswordMissing));
    let endless = "x".repeat(1_025);
    let too_long = alice.ask(set(Visibility::Private, Some(&endless))).await;
    assert_eq!(too_long, Err(Denied::PasswordTooLong { limit: 1_024 }));
    alice.ask(private).await.unwrap();
    let changed = bob.event(|event| match event {
        RoomEvent::VisibilityChanged { visibility } => Some(*visibility),
        _ => None,
    });
    assert_eq!(changed.await, Visibility::Private);
    bob.ask(chat("still here")).await.unwrap();
    server.until_listed("no room", <[_]>::is_empty).await;
    let needed = Some(Refused::PasswordNeeded);
    assert_eq!(refusal(&server, hello(ROOM, "Carol")).await, needed);
    let with = private_hello(ROOM, "Carol", Some("popcorn"));
    Client::enter(&server, with).await.unwrap();
    // Who was in it needs no password to come back.
    let back = bob.come_back(&server).await;
    assert_eq!(back.you, bob.you);
    alice.ask(set(Visibility::Public, None)).await.unwrap();
    Client::join(&server, ROOM, "Dave").await;
    server
        .until_listed("the room", |cards| cards.len() == 1)
        .await;
}

#[tokio::test]
async fn a_password_that_is_sent_again_after_a_lost_answer_changes_nothing_more() {
    let mut server = Server::start().await;
    let mut alice = Client::join(&server, ROOM, "Alice").await;
    let private = set(Visibility::Private, Some("popcorn"));
    let seq = alice.send(private.clone()).await;
    let rev = alice.answer(seq).await.unwrap();
    server.restart().await;
    let mut alice = alice.come_back(&server).await;
    alice.send_as(seq, private).await;
    assert_eq!(alice.answer(seq).await, Ok(rev));
}

#[tokio::test]
async fn a_banned_guest_does_not_come_back_by_the_link() {
    let server = Server::start().await;
    let create = private_hello(ROOM, "Alice", Some("popcorn"));
    let mut alice = Client::enter(&server, create).await.unwrap();
    alice.ask(invite(7, InviteTerms::default())).await.unwrap();
    let mut mallory = Client::enter(&server, guest("Mallory", 7)).await.unwrap();
    let who = MemberRef::Id(mallory.you);
    let scope = watchtogether::protocol::member::BanScope::Member;
    alice.ask(Command::Ban { who, scope }).await.unwrap();
    assert_eq!(mallory.closed().await, Some(Refused::Banned));
    let refused = refusal(&server, guest("Trent", 7)).await;
    assert_eq!(refused, Some(Refused::InviteInvalid));
    let revoke = Command::RevokeInvite {
        invite: InviteId(1),
    };
    let gone = Err(Denied::NoSuchInvite {
        invite: InviteId(1),
    });
    assert_eq!(alice.ask(revoke).await, gone);
}
