//! Reports of players over real sockets: who receives them, and in which order.

use watchtogether::protocol::command::{Command, Report};
use watchtogether::protocol::failure::FailureCode;
use watchtogether::protocol::playback::StandstillCause;
use watchtogether::protocol::time::Span;

use super::Server;
use super::client::{Client, LINK, both_watch, chat, learned_nothing};

#[tokio::test]
async fn where_a_player_failed_is_shown_to_nobody_else() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let epoch = both_watch(&mut alice, &mut bob).await;
    // A report as clients up to 0.1.0 send it, and one with a text in place of the code.
    let secret = "tcp://127.0.0.1:48365 refused";
    for words in ["reason", "code", "text"] {
        bob.socket
            .send_text(format!(
                r#"{{"type":"report","report":"failed","epoch":{epoch},"{words}":"{secret}"}}"#
            ))
            .await;
    }
    alice.report(learned_nothing(epoch)).await;
    let failed = alice.playback_failed().await;
    assert_eq!(failed, (bob.you, FailureCode::Other));
    alice
        .report(Report::Failed {
            epoch,
            code: FailureCode::Other,
            retrying: false,
        })
        .await;
    alice.until_room(|room| room.timeline.is_given_up()).await;
    bob.until_room(|room| room.timeline.is_given_up()).await;
    bob.ask(chat("mine does not play")).await.unwrap();
    for frame in alice.socket.received.iter().chain(&bob.socket.received) {
        let text = frame.replace(LINK, "");
        assert!(!text.contains("://") && !text.contains("48365"), "{frame}");
    }
}

#[tokio::test]
async fn that_nobody_can_play_it_is_reported_to_everybody_with_its_reason() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let epoch = both_watch(&mut alice, &mut bob).await;
    let code = FailureCode::Gone;
    for client in [&mut alice, &mut bob] {
        let retrying = false;
        client
            .report(Report::Failed {
                epoch,
                code,
                retrying,
            })
            .await;
    }
    for client in [&mut alice, &mut bob] {
        client.until_room(|room| room.timeline.is_given_up()).await;
        let standstill = client.room.timeline.standstill.unwrap();
        assert_eq!(standstill.cause, StandstillCause::Failed { code });
    }
    // A client that joins now sees it too.
    let carol = Client::join(&server, "movie-night", "Carol").await;
    assert!(carol.room.timeline.is_given_up());
}

#[tokio::test]
async fn a_command_overtakes_the_reports_that_came_too_fast_before_it() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let epoch = both_watch(&mut alice, &mut bob).await;
    for number in 0..19 {
        let stalled = number % 2 == 0;
        let stalled = Report::Stalled {
            epoch,
            stalled,
            place: None,
        };
        alice.report(stalled).await;
    }
    let learned = Report::Learned {
        epoch,
        duration: Some(Span::seconds(600)),
        title: None,
        live: false,
        begins: None,
    };
    alice.report(learned).await;
    alice.ask(Command::Pause { mark: None }).await.unwrap();
    bob.until_room(|room| {
        let playing = room.timeline.playing.as_ref();
        playing.is_some_and(|playing| playing.duration.is_some())
    })
    .await;
    let of_interest = |frame: &&String| {
        let pauses = frame.contains(r#""cause":"paused""#);
        pauses || frame.contains(r#""type":"learned""#)
    };
    let first = bob.socket.received.iter().find(of_interest).unwrap();
    assert!(first.contains(r#""cause":"paused""#), "{first}");
}
