//! Who joins late finds the room as the others know it.

use serde_json::{Value, json};

use super::acts::link;
use super::json::{at, is, list};
use super::stage::Stage;
use super::verdict::{Step, check};

/// The parts of a state that a late member must find as the others do.
const PARTS: [&str; 6] = [
    "/title",
    "/visibility",
    "/queue/entries",
    "/chat",
    "/timeline/playing",
    "/timeline/epoch",
];

/// Media, queue, chat and title are the same for who was there and for who comes later.
pub(super) async fn finds_the_room(stage: &mut Stage) -> Step<()> {
    let mut admin = stage.admin().await?;
    admin.done(json!({"do": "play", "media": link(7)})).await?;
    admin.done(json!({"do": "add", "media": link(8)})).await?;
    let title = format!("Conformance {}", admin.rev);
    admin
        .done(json!({"do": "set_title", "title": title}))
        .await?;
    admin
        .done(json!({"do": "chat", "text": "before you came"}))
        .await?;
    let late = stage.viewer("Cleo").await?;
    let known = admin.asked_state().await?;
    let found = late.state();
    for part in PARTS {
        check(
            at(found, part) == at(&known, part),
            format!("{part}: {}", at(&known, part)),
            at(found, part),
        )?;
    }
    let mut lines = list(at(found, "/chat/lines")).iter();
    let last = lines.next_back().unwrap_or(&Value::Null);
    check(
        is(last, "/text", "before you came"),
        r#"the last line is "before you came""#,
        last,
    )?;
    check(
        is(found, "/timeline/playing/media", link(7)),
        format!(r#""playing":{{"media":"{}",...}}"#, link(7)),
        at(found, "/timeline/playing"),
    )?;
    stage.end(admin, [late]).await
}
