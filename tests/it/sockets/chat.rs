//! Chat: everybody sees the same order, each command is answered once, and rates are limited.

use watchtogether::media::Media;
use watchtogether::protocol::command::Command;
use watchtogether::protocol::denied::Denied;
use watchtogether::protocol::ids::Seq;
use watchtogether::protocol::text::MemberName;

use super::Server;
use super::client::{Client, chat};

#[tokio::test]
async fn two_clients_see_the_same_lines_in_the_same_order() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    // Both send at once, so that their lines interleave.
    for number in 1..=4 {
        alice.send(chat(&format!("a{number}"))).await;
        bob.send(chat(&format!("b{number}"))).await;
    }
    alice.until_room(|room| room.chat.lines().len() == 8).await;
    bob.until_room(|room| room.chat.lines().len() == 8).await;
    assert_eq!(alice.chat(), bob.chat());
    let of = |name: &str| -> Vec<String> {
        let lines = alice.chat();
        lines
            .into_iter()
            .filter(|line| line.starts_with(name))
            .collect()
    };
    assert_eq!(
        of("Alice"),
        ["Alice: a1", "Alice: a2", "Alice: a3", "Alice: a4"]
    );
    assert_eq!(of("Bob"), ["Bob: b1", "Bob: b2", "Bob: b3", "Bob: b4"]);
}

#[tokio::test]
async fn late_joiners_see_what_was_said() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    alice.ask(chat("наконец-то 🍿")).await.unwrap();
    let bob = Client::join(&server, "movie-night", "Bob").await;
    assert_eq!(bob.chat(), ["Alice: наконец-то 🍿"]);
}

#[tokio::test]
async fn every_command_is_answered_with_the_rev_of_its_event() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let rev = alice.ask(chat("hello")).await.unwrap();
    assert_eq!(rev, alice.room.rev);
    assert_eq!(alice.me().answered, [(Seq(1), rev)]);
}

#[tokio::test]
async fn too_much_at_once_is_denied_with_the_time_to_wait() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut sent = Vec::new();
    for number in 0..30 {
        sent.push(alice.send(chat(&format!("line {number}"))).await);
    }
    let mut denied = 0;
    for seq in sent {
        match alice.answer(seq).await {
            Ok(_) => {}
            Err(Denied::TooFast { retry_ms }) => {
                assert!(retry_ms > 0);
                denied += 1;
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(denied > 0, "thirty lines at once");
    assert_eq!(alice.chat().len(), 30 - denied);
}

#[tokio::test]
async fn what_everybody_reads_is_denied_like_chat_when_it_is_too_much() {
    let server = Server::start().await;
    let rename = |number: u32| Command::Rename {
        name: MemberName::parse(&format!("Ann {number}")).unwrap(),
    };
    let propose = |number: u32| Command::Add {
        media: Media::parse(&format!("https://example.org/{number}.mp4")).unwrap(),
    };
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut sent = Vec::new();
    for number in 0..15 {
        sent.push(alice.send(rename(number)).await);
        sent.push(alice.send(propose(number)).await);
    }
    let mut denied = 0;
    for seq in sent {
        match alice.answer(seq).await {
            Ok(_) => {}
            Err(Denied::TooFast { .. }) => denied += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(denied > 0, "thirty lines at once");
}

#[tokio::test]
async fn a_command_sent_again_counts_once() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let first = alice.ask(chat("once")).await.unwrap();
    let second = alice.ask(chat("twice")).await.unwrap();

    // The connection breaks, and the client does not know which commands were answered.
    let mut back = alice.come_back(&server).await;
    back.send_as(Seq(1), chat("once")).await;
    assert_eq!(back.answer(Seq(1)).await, Ok(first));
    back.send_as(Seq(2), chat("twice")).await;
    assert_eq!(back.answer(Seq(2)).await, Ok(second));
    back.send_as(Seq(3), chat("three times")).await;
    assert!(back.answer(Seq(3)).await.unwrap() > second);
    assert_eq!(
        back.chat(),
        ["Alice: once", "Alice: twice", "Alice: three times"]
    );
}

#[tokio::test]
async fn a_command_that_was_overtaken_is_denied_as_that() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    alice.send_as(Seq(5), chat("five")).await;
    alice.answer(Seq(5)).await.unwrap();
    alice.send_as(Seq(4), chat("four")).await;
    assert_eq!(alice.answer(Seq(4)).await, Err(Denied::Overtaken));
    assert_eq!(alice.chat(), ["Alice: five"]);
}
