//! Frames that are unknown, broken, too large, or out of place.

use std::time::Duration;

use serde_json::{Value, json};

use super::connection::Connection;
use super::json::{at, is};
use super::stage::Stage;
use super::verdict::{Came, Step, Verdict, check};

/// How many broken frames a server may forgive at most (judgement: our own forgives eight).
const MOST_FORGIVEN: usize = 60;

/// The next error, which must have this code and words for people.
async fn error(socket: &mut Connection, code: &str) -> Step<Value> {
    let frame = socket.frame("error").await?;
    check(
        is(&frame, "/code", code) && at(&frame, "/text").is_string(),
        format!(r#"{{"type":"error","code":"{code}","text":"..."}}"#),
        &frame,
    )?;
    Ok(frame)
}

/// A kind of message that the server does not know is an error, and nothing worse.
pub(super) async fn unknown_kind(stage: &mut Stage) -> Step<()> {
    let (admin, mut viewer) = stage.pair().await?;
    viewer
        .socket
        .send(&json!({"type": "from_the_future", "x": 1}))
        .await;
    error(&mut viewer.socket, "bad_frame").await?;
    viewer
        .done(json!({"do": "chat", "text": "still here"}))
        .await?;
    stage.end(admin, [viewer]).await
}

/// What is no JSON, no message, or no text is an error, and nothing worse.
pub(super) async fn bad_json(stage: &mut Stage) -> Step<()> {
    let (admin, mut viewer) = stage.pair().await?;
    for junk in ["", "{", "[]", "7", r#"{"type":"ping"}"#] {
        viewer.socket.send_text(junk.to_owned()).await;
        error(&mut viewer.socket, "bad_frame").await?;
    }
    viewer.socket.send_bytes(vec![0; 10]).await;
    error(&mut viewer.socket, "bad_frame").await?;
    viewer
        .done(json!({"do": "chat", "text": "still here"}))
        .await?;
    stage.end(admin, [viewer]).await
}

/// A frame beyond the size that the welcome names is an error with that size.
pub(super) async fn too_large(stage: &mut Stage) -> Step<()> {
    let (admin, mut viewer) = stage.pair().await?;
    let max = at(&viewer.welcome, "/max_frame").as_u64();
    let size = max.and_then(|max| usize::try_from(max).ok());
    viewer
        .socket
        .send_text("x".repeat(size.unwrap_or_default() + 1))
        .await;
    let frame = error(&mut viewer.socket, "frame_too_large").await?;
    check(
        at(&frame, "/args/limit").as_u64() == max,
        r#""args":{"limit":the welcome's "max_frame"}"#,
        &frame,
    )?;
    viewer
        .done(json!({"do": "chat", "text": "still here"}))
        .await?;
    stage.end(admin, [viewer]).await
}

/// Who sends nothing but broken frames is sent away.
pub(super) async fn junk_closes(stage: &mut Stage) -> Step<()> {
    let (admin, mut viewer) = stage.pair().await?;
    for _ in 0..MOST_FORGIVEN {
        viewer.socket.send_text("junk".to_owned()).await;
        match error(&mut viewer.socket, "bad_frame").await {
            Ok(_) => {}
            Err(Verdict::Fail {
                came: Came::Closed { .. },
                ..
            }) => {
                viewer.socket.sent_away_with("bad_frames", 1008).await?;
                return stage.end(admin, []).await;
            }
            Err(other) => return Err(other),
        }
    }
    let expected = format!(r#"close 1008 {{"code":"bad_frames"}} after {MOST_FORGIVEN} frames"#);
    Err(Verdict::nothing(expected, Duration::ZERO))
}

/// A second hello is an error: a connection is one member in one room.
pub(super) async fn second_hello(stage: &mut Stage) -> Step<()> {
    let (admin, mut viewer) = stage.pair().await?;
    viewer
        .socket
        .send(&super::member::hello(&stage.room, "Mallory"))
        .await;
    error(&mut viewer.socket, "already_here").await?;
    viewer
        .done(json!({"do": "chat", "text": "still here"}))
        .await?;
    stage.end(admin, [viewer]).await
}
