//! Commands: each is answered, counts once, and what is denied changes nothing.

use serde_json::{Value, json};

use super::acts::beyond_viewers;
use super::entry::member_of;
use super::json::{at, is, kind, text};
use super::member::Member;
use super::stage::Stage;
use super::verdict::{Skip, Step, Verdict, check};

/// More commands at once than any lively member gives (judgement: our own limit is 32).
const FLOOD: usize = 120;

/// Each command beyond a viewer's role is denied, says what it takes, and changes nothing.
pub(super) async fn denied_to_viewers(stage: &mut Stage) -> Step<()> {
    let (admin, mut viewer) = stage.pair().await?;
    for command in beyond_viewers(admin.you) {
        let denial = viewer.denied(command.clone(), "not_allowed").await?;
        let needs = text(at(&denial, "/args/needs")).unwrap_or_default();
        check(
            matches!(needs, "moderator" | "admin") && at(&denial, "/args/action").is_string(),
            format!(r#""args":{{"action":"...","needs":"admin"}} to {command}"#),
            &denial,
        )?;
    }
    let room = viewer.asked_state().await?;
    let own = viewer.facts.iter().find(|fact| is(fact, "/by", viewer.you));
    check(
        own.is_none(),
        "no event of the viewer's",
        own.unwrap_or(&Value::Null),
    )?;
    let me = member_of(&room, viewer.you);
    check(is(me, "/role", "viewer"), r#""role":"viewer""#, me)?;
    stage.end(admin, [viewer]).await
}

/// A command that is not known, or whose arguments make no sense, is denied under its number.
pub(super) async fn always_answered(stage: &mut Stage) -> Step<()> {
    let mut admin = stage.admin().await?;
    for command in [
        json!({"do": "dance"}),
        json!({"do": "set_rate", "rate": "fast"}),
        json!({"do": "play", "media": "file:///etc/passwd"}),
        json!({"do": "chat", "text": "x".repeat(2_000)}),
        json!(7),
    ] {
        admin.denied(command, "not_understood").await?;
    }
    admin
        .done(json!({"do": "chat", "text": "still here"}))
        .await?;
    stage.end(admin, []).await
}

/// An `ok` names the event of its command, which names the command.
pub(super) async fn answers_carry_revs(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    let rev = viewer.done(json!({"do": "chat", "text": "one"})).await?;
    let seq = viewer.last_seq();
    let by = viewer.you;
    for member in [&mut admin, &mut viewer] {
        let expected =
            format!(r#"{{"rev":{rev},"by":{by},"seq":{seq},"event":{{"type":"chat",...}}}}"#);
        let fact = member
            .event(&expected, |fact| is(fact, "/rev", rev))
            .await?;
        let fits = is(&fact, "/by", by)
            && is(&fact, "/seq", seq)
            && is(&fact, "/event/type", "chat")
            && is(&fact, "/event/text", "one")
            && at(&fact, "/at").is_i64();
        check(fits, expected, &fact)?;
    }
    stage.end(admin, [viewer]).await
}

/// A command that is sent again under its number counts once.
pub(super) async fn counts_once(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    let rev = viewer.done(json!({"do": "chat", "text": "once"})).await?;
    let seq = viewer.last_seq();
    let again = json!({
        "type": "command", "seq": seq, "command": {"do": "chat", "text": "once"}
    });
    viewer.socket.send(&again).await;
    let answer = viewer.answer(seq).await?;
    check(
        is(&answer, "/rev", rev),
        format!(r#"{{"type":"ok","seq":{seq},"rev":{rev}}}"#),
        &answer,
    )?;
    viewer.catch_breath().await?;
    let lines = viewer
        .facts
        .iter()
        .filter(|fact| is(fact, "/seq", seq) && is(fact, "/by", viewer.you));
    let last = lines.clone().next_back().cloned().unwrap_or_default();
    check(lines.count() == 1, "one event of the command", &last)?;
    admin.read_to(rev).await?;
    stage.end(admin, [viewer]).await
}

/// Two members who speak at once see the same events in the same order.
pub(super) async fn same_order(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    let from = admin.rev;
    for number in 0..4 {
        for member in [&mut admin, &mut viewer] {
            let text = format!("line {number} of {}", member.you);
            member.send(&json!({"do": "chat", "text": text})).await;
        }
    }
    let mut last = 0;
    for member in [&mut admin, &mut viewer] {
        for seq in member.last_seq() - 3..=member.last_seq() {
            let answer = member.answer(seq).await?;
            last = last.max(at(&answer, "/rev").as_u64().unwrap_or_default());
        }
    }
    check(last > from, "some lines are let through", &json!(last))?;
    let mut seen = Vec::new();
    for member in [&mut admin, &mut viewer] {
        member.read_to(last).await?;
        seen.push(after(member, from));
    }
    let [of_admin, of_viewer] = &seen[..] else {
        return Ok(());
    };
    let apart = of_admin
        .iter()
        .zip(of_viewer)
        .find(|(one, other)| one != other);
    if let Some((one, other)) = apart {
        return Err(Verdict::unexpected(
            format!("{one} as the other member has it"),
            other,
        ));
    }
    stage.end(admin, [viewer]).await
}

/// The events after a rev: number, time, author and event.
fn after(member: &Member, from: u64) -> Vec<Value> {
    let facts = member.facts.iter();
    let facts = facts.filter(|fact| at(fact, "/rev").as_u64() > Some(from));
    facts
        .map(|fact| {
            json!([
                at(fact, "/rev"),
                at(fact, "/at"),
                at(fact, "/by"),
                at(fact, "/event")
            ])
        })
        .collect()
}

/// More than the limits allow is denied with the time to wait, and after it all is well.
pub(super) async fn rate_limit(stage: &mut Stage) -> Step<()> {
    let (admin, mut viewer) = stage.pair().await?;
    let mut sent = Vec::new();
    for _ in 0..FLOOD {
        sent.push(viewer.send(&json!({"do": "react", "emoji": "👏"})).await);
    }
    let mut is_limited = false;
    for seq in sent {
        let answer = viewer.answer(seq).await?;
        if kind(&answer) == "ok" {
            continue;
        }
        is_limited = true;
        let wait = at(&answer, "/args/retry_ms").as_u64();
        check(
            is(&answer, "/code", "too_fast") && wait.is_some_and(|wait| wait > 0),
            r#"{"type":"denied","code":"too_fast","args":{"retry_ms":NUMBER},...}"#,
            &answer,
        )?;
    }
    viewer
        .done(json!({"do": "chat", "text": "calm again"}))
        .await?;
    stage.end(admin, [viewer]).await?;
    if is_limited {
        Ok(())
    } else {
        Err(Verdict::Skipped(Skip::NoLimit))
    }
}

/// Everybody gets a reaction, with its sender.
pub(super) async fn reactions(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    viewer.done(json!({"do": "react", "emoji": "🔥"})).await?;
    let you = viewer.you;
    let expected = r#"{"type":"reactions","reactions":[{"from":YOU,"emoji":"🔥",...}]}"#;
    for member in [&mut admin, &mut viewer] {
        let seen = member.socket.until(expected, |frame| {
            let mut all = super::json::list(at(frame, "/reactions")).iter();
            let is_it = |one: &Value| is(one, "/from", you) && is(one, "/emoji", "🔥");
            all.any(is_it).then_some(())
        });
        seen.await?;
    }
    stage.end(admin, [viewer]).await
}
