//! What moderators restrict, reports, and lines that are erased all at once, over real sockets.

use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::denied::{Denied, Refused};
use watchtogether::protocol::ephemeral::MemberNotice;
use watchtogether::protocol::ids::ChatId;
use watchtogether::protocol::member::Role;
use watchtogether::protocol::moderation::{Delay, MemberReport, ReportSubject};
use watchtogether::protocol::text::{MemberName, Title};
use watchtogether::wire::message::ServerMsg;

use super::Server;
use super::client::{Client, chat, hello, private_hello};

/// Reads until a notice that `pick` takes.
async fn notice<T>(client: &mut Client, pick: impl Fn(&MemberNotice) -> Option<T>) -> T {
    let picked = client.until(|message| match message {
        ServerMsg::Notice(notice) => pick(notice),
        _ => None,
    });
    picked.await
}

async fn reported(client: &mut Client) -> MemberReport {
    let report = notice(client, |notice| match notice {
        MemberNotice::Reported(report) => Some(report.as_ref().clone()),
        _ => None,
    });
    report.await
}

async fn is_seen(client: &mut Client) -> bool {
    let seen = notice(client, |notice| match notice {
        MemberNotice::ReportTaken { seen, .. } => Some(*seen),
        _ => None,
    });
    seen.await
}

fn report(who: &Client) -> Command {
    Command::ReportMember {
        of: ReportSubject::Member(MemberRef::Id(who.you)),
        reason: Title::parse("spam").ok(),
    }
}

#[tokio::test]
async fn a_locked_room_lets_its_members_back_and_nobody_else_also_after_a_restart() {
    let mut server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let bob = Client::join(&server, "movie-night", "Bob").await;
    alice
        .ask(Command::SetLocked { locked: true })
        .await
        .unwrap();
    let refused = Client::enter(&server, hello("movie-night", "Carol")).await;
    let refused = refused.err().expect("kept out");
    assert_eq!(refused.refused(), Some(Refused::Locked));
    assert!(refused.text.contains("/unlock"), "{}", refused.text);

    server.restart().await;
    let bob = bob.come_back(&server).await;
    assert!(bob.room.restrictions.locked);
    let refused = Client::enter(&server, hello("movie-night", "Carol")).await;
    let refused = refused.err().and_then(|why| why.refused());
    assert_eq!(refused, Some(Refused::Locked));
    let mut alice = alice.come_back(&server).await;
    alice
        .ask(Command::SetLocked { locked: false })
        .await
        .unwrap();
    let carol = Client::enter(&server, hello("movie-night", "Carol")).await;
    assert!(carol.is_ok(), "{:?}", carol.err());
}

#[tokio::test]
async fn who_lacks_the_password_of_a_locked_room_does_not_learn_that_it_is_locked() {
    let server = Server::start().await;
    let hello = |name, password| private_hello("secret-night", name, password);
    let alice = Client::enter(&server, hello("Alice", Some("sesame"))).await;
    let mut alice = alice.expect("let in");
    alice
        .ask(Command::SetLocked { locked: true })
        .await
        .unwrap();
    let rows = [
        (None, Refused::PasswordNeeded),
        (Some("wrong"), Refused::PasswordWrong),
        (Some("sesame"), Refused::Locked),
    ];
    for (password, expected) in rows {
        let refused = Client::enter(&server, hello("Carol", password)).await;
        let refused = refused.err().and_then(|why| why.refused());
        assert_eq!(refused, Some(expected));
    }
}

#[tokio::test]
async fn a_report_reaches_a_moderator_who_is_here_or_the_next_who_comes_and_nobody_else() {
    let mut server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let mut eve = Client::join(&server, "movie-night", "Eve").await;
    bob.ask(report(&eve)).await.unwrap();
    assert!(is_seen(&mut bob).await);
    let first = reported(&mut alice).await;
    assert_eq!((first.by, first.of), (bob.you, eve.you));
    assert_eq!(first.reason.as_ref().map(Title::as_str), Some("spam"));

    // Bob comes to act as admin, and is the only one who could judge: Eve's report waits.
    alice.leave().await;
    let you = bob.you;
    eve.until_room(|room| room.roster.get(you).is_some_and(|bob| bob.acting))
        .await;
    eve.ask(report(&bob)).await.unwrap();
    assert!(!is_seen(&mut eve).await);
    server.restart().await;
    let mut alice = alice.come_back(&server).await;
    let second = reported(&mut alice).await;
    assert_eq!((second.by, second.of), (eve.you, bob.you));
    for other in [&mut bob, &mut eve] {
        assert!(other.closed().await.is_some());
        other.never_received("spam");
    }
}

#[tokio::test]
async fn all_lines_of_somebody_are_erased_for_who_is_here_and_who_comes_later() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let carol = Client::join(&server, "movie-night", "Carol").await;
    for text in ["Cellar Street 3", "in the Cellar"] {
        bob.ask(chat(text)).await.unwrap();
    }
    bob.leave().await;
    let of = MemberRef::Name(MemberName::parse("Bob").unwrap());
    alice.ask(Command::EraseAll { of }).await.unwrap();
    let both_erased = |client: &Client| {
        let lines = client.room.chat.lines();
        lines.filter(|line| line.erased.is_some()).count() == 2
    };
    alice
        .until_room(|room| room.chat.lines().all(|line| line.erased.is_some()))
        .await;
    assert!(both_erased(&alice));
    let dave = Client::join(&server, "movie-night", "Dave").await;
    let back = carol.come_back(&server).await;
    for client in [&dave, &back] {
        assert!(both_erased(client));
        client.never_received("Cellar");
    }
}

#[tokio::test]
async fn slow_mode_and_the_wait_of_newcomers_deny_with_the_time_to_wait() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let interval = Delay::try_from(3_600).unwrap();
    let slow = Command::SetSlowMode {
        interval: Some(interval),
    };
    alice.ask(slow.clone()).await.unwrap();
    assert!(matches!(
        bob.ask(slow).await,
        Err(Denied::NotAllowed { .. })
    ));
    bob.ask(chat("one")).await.unwrap();
    let Err(Denied::SlowMode { retry_ms, .. }) = bob.ask(chat("two")).await else {
        panic!("it was taken");
    };
    assert!((1..=3_600_000).contains(&retry_ms), "{retry_ms}");
    alice.ask(chat("one")).await.unwrap();
    alice.ask(chat("two")).await.unwrap();

    let wait = Some(interval);
    alice.ask(Command::SetNewcomers { wait }).await.unwrap();
    let denied = bob.ask(chat("three")).await;
    assert!(matches!(denied, Err(Denied::Newcomer { .. })), "{denied:?}");
    let (who, role) = (MemberRef::Id(bob.you), Role::Moderator);
    alice.ask(Command::SetRole { who, role }).await.unwrap();
    bob.ask(chat("four")).await.unwrap();
    bob.until_room(|room| room.chat.get(ChatId(4)).is_some())
        .await;
}
