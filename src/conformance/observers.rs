//! Who watches a public room from outside sees what happens in it, and its chat only where an admin
//! shows it.

use serde_json::{Value, json};

use super::connection::Connection;
use super::json::{at, is, kind, list, text};
use super::member::{hello, with};
use super::stage::Stage;
use super::verdict::{Step, Verdict, check};

/// Reads until the event of this rev. Returns it.
async fn fact(observer: &mut Connection, rev: u64) -> Step<Value> {
    let expected = format!(r#"an event with "rev":{rev}"#);
    observer
        .until(&expected, |frame| {
            let facts = list(at(frame, "/events")).iter();
            let mut facts = facts.filter(|fact| is(fact, "/rev", rev));
            facts.next().cloned()
        })
        .await
}

/// An observer is counted, reads nothing that is not shown, can do nothing, and has to go when the
/// room is not public any more.
pub(super) async fn watch(stage: &mut Stage) -> Step<()> {
    let mut admin = stage.admin().await?;
    let visibility = |to: &str| json!({"do": "set_visibility", "visibility": to});
    admin.done(visibility("public")).await?;
    let visit = with(
        hello(&stage.room, "Eve"),
        json!({"type": "visit", "purpose": "observe"}),
    );
    let mut observer = Connection::open(&stage.target).await?;
    observer.send(&visit).await;
    let welcome = observer.greeting().await?;
    let welcome = welcome.map_err(|refused| Verdict::of_refusal(&refused))?;
    let lines = list(at(&welcome, "/catch_up/state/chat/lines"));
    check(
        text(at(&welcome, "/resume")).is_none_or(str::is_empty) && lines.is_empty(),
        r#"{"type":"welcome","resume":"",...} without lines of chat"#,
        &welcome,
    )?;
    let counted = r#"{"type":"health","observers":1,...}"#;
    admin
        .socket
        .until(counted, |frame| {
            (kind(frame) == "health" && is(frame, "/observers", 1)).then_some(())
        })
        .await?;
    let rev = admin.done(json!({"do": "chat", "text": "inside"})).await?;
    let hidden = fact(&mut observer, rev).await?;
    let noted = r#"{"event":{"type":"noted"},...}"#;
    check(is(&hidden, "/event/type", "noted"), noted, &hidden)?;
    let show_chat = |shown: bool| json!({"do": "set_observer_chat", "shown": shown});
    admin.done(show_chat(true)).await?;
    let rev = admin.done(json!({"do": "chat", "text": "for all"})).await?;
    let seen = fact(&mut observer, rev).await?;
    let line = r#"{"event":{"type":"chat","text":"for all",...},...}"#;
    check(is(&seen, "/event/text", "for all"), line, &seen)?;
    admin.done(show_chat(false)).await?;
    let act = json!({"type": "command", "seq": 1, "command": {"do": "chat", "text": "me"}});
    observer.send(&act).await;
    let denied = observer.frame("denied").await?;
    let not_here = r#"{"type":"denied","code":"not_in_room",...}"#;
    check(is(&denied, "/code", "not_in_room"), not_here, &denied)?;
    admin.done(visibility("unlisted")).await?;
    observer.sent_away_with("no_such_room", 4009).await?;
    stage.end(admin, []).await
}
