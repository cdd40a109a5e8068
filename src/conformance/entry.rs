//! Coming in: the first frame, versions, who is what, names.

use serde_json::{Value, json};

use super::connection::Connection;
use super::json::{at, is, kind, list, text};
use super::member::{Member, PROTOCOL, hello, with};
use super::stage::{Stage, made_up};
use super::verdict::{Step, check};

/// The member of a state with this number.
pub(super) fn member_of(state: &Value, id: u64) -> &Value {
    let members = list(at(state, "/roster/members"));
    let found = members.iter().find(|member| is(member, "/id", id));
    found.unwrap_or(&Value::Null)
}

/// What is no hello is refused, and the connection closed.
pub(super) async fn hello_first(stage: &mut Stage) -> Step<()> {
    for first in [r#"{"type":"state"}"#, "junk", r#"{"type":"hello"}"#] {
        let mut socket = Connection::open(&stage.target).await?;
        socket.send_text(first.to_owned()).await;
        socket.refused_with("no_hello", 1008).await?;
    }
    Ok(())
}

/// A version that is too far away is told both, even if the rest of the hello makes no sense.
pub(super) async fn version_refused(stage: &mut Stage) -> Step<()> {
    for asked in [
        with(hello(&made_up(), "Ada"), json!({"protocol": 999})),
        json!({"type": "hello", "protocol": 999, "room": 7}),
    ] {
        let mut socket = Connection::open(&stage.target).await?;
        socket.send(&asked).await;
        let refused = socket.refused_with("version", 4000).await?;
        check(
            is(&refused, "/args/client", 999) && at(&refused, "/args/server").is_u64(),
            r#""args":{"server":NUMBER,"client":999}"#,
            &refused,
        )?;
    }
    Ok(())
}

/// Who creates a room is its admin, and is told all that a client needs.
pub(super) async fn first_is_admin(stage: &mut Stage) -> Step<()> {
    let admin = stage.admin().await?;
    let welcome = &admin.welcome;
    check(
        is(welcome, "/created", true),
        r#"{"type":"welcome","created":true,...}"#,
        welcome,
    )?;
    for field in ["/log", "/node", "/server"] {
        let is_there = text(at(welcome, field)).is_some_and(|text| !text.is_empty());
        check(is_there, format!("a text at {field}"), welcome)?;
    }
    let max = at(welcome, "/max_frame").as_u64().unwrap_or_default();
    check(max >= 1_024, r#""max_frame":1024 or more"#, welcome)?;
    let room = admin.state();
    check(
        is(room, "/id", stage.room.as_str()),
        r#""state":{"id":ROOM,...}"#,
        room,
    )?;
    let me = member_of(room, admin.you);
    check(
        is(me, "/role", "admin") && !is(me, "/acting", true) && is(me, "/name", "Ada"),
        r#"{"id":YOU,"name":"Ada","role":"admin",...}"#,
        me,
    )?;
    stage.end(admin, []).await
}

/// Who comes later is a viewer, and everybody is told.
pub(super) async fn second_is_viewer(stage: &mut Stage) -> Step<()> {
    let mut admin = stage.admin().await?;
    let viewer = stage.viewer("Bea").await?;
    check(
        !is(&viewer.welcome, "/created", true),
        r#""created":false"#,
        &viewer.welcome,
    )?;
    let me = member_of(viewer.state(), viewer.you);
    check(
        is(me, "/role", "viewer") && !is(me, "/acting", true),
        r#"{"id":YOU,"role":"viewer",...}"#,
        me,
    )?;
    let you = viewer.you;
    let expected = r#"{"event":{"type":"presence","joined":[{"id":YOU}],...}}"#;
    let joined = |fact: &Value| {
        let mut joined = list(at(fact, "/event/joined")).iter();
        is(fact, "/event/type", "presence") && joined.any(|member| is(member, "/id", you))
    };
    admin.event(expected, joined).await?;
    viewer.leave().await?;
    let expected = r#"{"event":{"type":"presence","left":[{"member":YOU,"cause":"left"}]}}"#;
    let left = |fact: &Value| {
        let mut left = list(at(fact, "/event/left")).iter();
        left.any(|gone| is(gone, "/member", you) && is(gone, "/cause", "left"))
    };
    admin.event(expected, left).await?;
    stage.end(admin, []).await
}

/// A second member of the same name is let in under another.
pub(super) async fn names_are_unique(stage: &mut Stage) -> Step<()> {
    let admin = stage.admin().await?;
    let twin = stage.viewer("Ada").await?;
    let me = member_of(twin.state(), twin.you);
    let name = text(at(me, "/name")).unwrap_or_default();
    check(
        !name.is_empty() && !name.eq_ignore_ascii_case("ada"),
        r#"{"id":YOU,"name":anything but "Ada"}"#,
        me,
    )?;
    stage.end(admin, [twin]).await
}

/// Nothing that steers a terminal or turns the direction of text stays in a name.
pub(super) async fn names_are_cleaned(stage: &mut Stage) -> Step<()> {
    let admin = stage.admin().await?;
    let hostile = "Ev\u{1b}[2J\u{202e}e\n\u{9b}";
    let guest = stage.viewer(hostile).await?;
    let me = member_of(guest.state(), guest.you);
    let name = text(at(me, "/name")).unwrap_or_default();
    let is_clean = |c: char| !c.is_control() && c != '\u{202e}';
    check(
        !name.is_empty() && name.chars().all(is_clean),
        r#""name" without control characters"#,
        me,
    )?;
    stage.end(admin, [guest]).await
}

/// A room whose name is none is not made.
pub(super) async fn room_names(stage: &mut Stage) -> Step<()> {
    for name in ["a", "Movie Night", "-den", "../etc"] {
        let mut socket = Connection::open(&stage.target).await?;
        socket.send(&hello(name, "Ada")).await;
        socket.refused_with("no_hello", 1008).await?;
    }
    Ok(())
}

/// The next version is let in, and fields that nobody knows are ignored.
pub(super) async fn unknown_fields(stage: &mut Stage) -> Step<()> {
    let admin = stage.admin().await?;
    let newer = with(
        hello(&stage.room, "Bea"),
        json!({"protocol": PROTOCOL + 1, "shiny": {"new": true}}),
    );
    let mut member = Member::join(&stage.target, &newer).await?;
    let chat = json!({"do": "chat", "text": "hello", "shiny": [1, 2]});
    member.done(chat).await?;
    let frame = json!({"type": "ping", "t0": 1, "shiny": "yes"});
    member.socket.send(&frame).await;
    member.socket.frame("pong").await?;
    let unasked = member.socket.unread().find(|frame| kind(frame) == "error");
    check(
        unasked.is_none(),
        "no error",
        unasked.unwrap_or(&Value::Null),
    )?;
    stage.end(admin, [member]).await
}
