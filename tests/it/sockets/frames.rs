//! Frames that are too large or invalid.

use watchtogether::protocol::denied::{Denied, Refused};
use watchtogether::protocol::ids::Seq;
use watchtogether::wire::codec::MAX_CLIENT_FRAME;
use watchtogether::wire::message::{ClientMsg, ServerMsg};

use super::Server;
use super::client::{Client, chat, hello};

/// The code of the next error.
async fn error_code(client: &mut Client) -> String {
    client
        .until(|message| match message {
            ServerMsg::Error(reason) => {
                assert!(!reason.text.is_empty());
                Some(reason.code.clone())
            }
            _ => None,
        })
        .await
}

#[tokio::test]
async fn a_frame_too_large_is_answered_and_the_member_stays() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    alice
        .socket
        .send_text("x".repeat(MAX_CLIENT_FRAME + 1))
        .await;
    let limit = alice
        .until(|message| match message {
            ServerMsg::Error(reason) if reason.code == "frame_too_large" => {
                reason.args["limit"].as_u64()
            }
            _ => None,
        })
        .await;
    assert_eq!(usize::try_from(limit).unwrap(), MAX_CLIENT_FRAME);
    alice.ask(chat("still here")).await.unwrap();
}

#[tokio::test]
async fn a_frame_beyond_all_measure_is_answered_and_closes() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    // More than the sockets' buffers hold: the server reads on while it closes.
    alice.socket.send_text("x".repeat(4 * 1024 * 1024)).await;
    assert_eq!(error_code(&mut alice).await, "frame_too_large");
    assert_eq!(alice.closed().await, Some(Refused::BadFrames));
}

#[tokio::test]
async fn junk_is_answered_and_repeated_junk_closes() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    for junk in [
        "",
        "{",
        "[]",
        "7",
        r#"{"type":"from_the_future"}"#,
        "\u{202e}",
    ] {
        bob.socket.send_text(junk.to_owned()).await;
        assert_eq!(error_code(&mut bob).await, "bad_frame", "{junk:?}");
    }
    bob.socket.send_bytes(vec![0; 10]).await;
    assert_eq!(error_code(&mut bob).await, "bad_frame");
    bob.ask(chat("not yet")).await.unwrap();
    for _ in 0..2 {
        bob.socket.send_text("junk".to_owned()).await;
    }
    assert_eq!(bob.closed().await, Some(Refused::BadFrames));
    alice.until_room(|room| room.roster.count == 1).await;
}

#[tokio::test]
async fn a_command_that_is_not_understood_is_denied_by_its_number() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let too_long = "x".repeat(501);
    // More than the invalid frames that close a socket: a newer client may know more commands.
    let commands = [
        r#"{"do":"play","media":"file:///etc/passwd"}"#.to_owned(),
        r#"{"do":"play","media":"edl:///etc/passwd"}"#.to_owned(),
        r#"{"do":"play","media":"http://a@b/x.mp4"}"#.to_owned(),
        r#"{"do":"dance"}"#.to_owned(),
        r#"{"do":"set_rate","rate":9}"#.to_owned(),
        format!(r#"{{"do":"chat","text":"{too_long}"}}"#),
        "7".to_owned(),
    ];
    for (seq, command) in (1..).zip(commands.iter().cycle().take(20)) {
        let frame = format!(r#"{{"type":"command","seq":{seq},"command":{command}}}"#);
        alice.socket.send_text(frame).await;
        let answer = alice.answer(Seq(seq)).await;
        assert_eq!(answer, Err(Denied::NotUnderstood), "{command}");
    }
    assert!(alice.room.timeline.playing.is_none());
    alice.send_as(Seq(21), chat("still here")).await;
    alice.answer(Seq(21)).await.unwrap();
}

#[tokio::test]
async fn a_second_hello_is_answered() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let again = ClientMsg::Hello(Box::new(hello("other-room", "Mallory")));
    alice.socket.send(&again).await;
    assert_eq!(error_code(&mut alice).await, "already_here");
}
