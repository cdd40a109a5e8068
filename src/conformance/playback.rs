//! Playback and the queue: one timeline for everybody, proposals and approvals.

use serde_json::{Value, json};

use super::acts::link;
use super::json::{at, is};
use super::member::Member;
use super::stage::Stage;
use super::verdict::{Step, check};

/// What players say when they have opened the media: they are ready, and it is two hours long.
pub(super) async fn opened(member: &mut Member, epoch: &Value) {
    let ready = json!({"type": "report", "report": "ready", "epoch": epoch});
    member.socket.send(&ready).await;
    let learned = json!({
        "type": "report", "report": "learned", "epoch": epoch,
        "duration": 7_200_000_000_u64, "title": null, "live": false,
    });
    member.socket.send(&learned).await;
}

/// The admin plays a link, and all of these have opened it. Returns its epoch.
pub(super) async fn plays(admin: &mut Member, viewers: &mut [Member], number: u32) -> Step<Value> {
    let rev = admin
        .done(json!({"do": "play", "media": link(number)}))
        .await?;
    let expected = format!(r#"an event with "rev":{rev}"#);
    let loaded = admin.event(&expected, |fact| is(fact, "/rev", rev)).await?;
    check(
        is(&loaded, "/event/type", "loaded") && is(&loaded, "/event/playing/media", link(number)),
        format!(
            r#"{{"rev":{rev},"event":{{"type":"loaded","playing":{{"media":"{}"}}}}}}"#,
            link(number)
        ),
        &loaded,
    )?;
    let epoch = at(&loaded, "/event/epoch").clone();
    opened(admin, &epoch).await;
    for viewer in viewers.iter_mut() {
        let seen = viewer
            .event(&expected, |fact| is(fact, "/rev", rev))
            .await?;
        check(seen == loaded, loaded.to_string(), &seen)?;
        opened(viewer, &epoch).await;
    }
    Ok(epoch)
}

/// A segment with these values.
fn runs(fact: &Value, anchor: Option<i64>, paused: bool) -> bool {
    let segment = at(fact, "/event/segment");
    is(fact, "/event/type", "retimed")
        && is(segment, "/paused", paused)
        && at(segment, "/start").is_i64()
        && at(segment, "/anchor").is_i64()
        && anchor.is_none_or(|anchor| is(segment, "/anchor", anchor))
}

/// Pause, seek, resume and rate reach everybody as the same segment.
pub(super) async fn one_timeline(stage: &mut Stage) -> Step<()> {
    let (mut admin, viewer) = stage.pair().await?;
    let mut viewers = [viewer];
    plays(&mut admin, &mut viewers, 1).await?;
    let [mut viewer] = viewers;
    let minute = 60_000_000_i64;
    let steps = [
        (json!({"do": "pause", "mark": null}), None, true),
        (
            json!({"do": "seek", "target": {"to": minute}, "mark": null}),
            Some(minute),
            true,
        ),
        (json!({"do": "resume", "mark": null}), Some(minute), false),
        (json!({"do": "set_rate", "rate": 1_500}), None, false),
    ];
    for (command, anchor, paused) in steps {
        let rev = admin.done(command.clone()).await?;
        let expected = format!(
            r#"{{"rev":{rev},"event":{{"type":"retimed","segment":{{"paused":{paused},...}}}}}} after {command}"#
        );
        let fact = admin.event(&expected, |fact| is(fact, "/rev", rev)).await?;
        check(runs(&fact, anchor, paused), &expected, &fact)?;
        let seen = viewer
            .event(&expected, |fact| is(fact, "/rev", rev))
            .await?;
        check(seen == fact, fact.to_string(), &seen)?;
    }
    admin
        .denied(json!({"do": "resume", "mark": null}), "already_playing")
        .await?;
    admin
        .denied(json!({"do": "set_rate", "rate": 1_500}), "nothing_changes")
        .await?;
    stage.end(admin, [viewer]).await
}

/// A seek can be taken back, and back again.
pub(super) async fn undo(stage: &mut Stage) -> Step<()> {
    let mut admin = stage.admin().await?;
    plays(&mut admin, &mut [], 2).await?;
    admin.done(json!({"do": "pause", "mark": null})).await?;
    let at_once = |to: i64| json!({"do": "seek", "target": {"to": to}, "mark": null});
    admin.done(at_once(10_000_000)).await?;
    admin.done(at_once(50_000_000)).await?;
    for anchor in [10_000_000, 50_000_000] {
        let rev = admin.done(json!({"do": "undo"})).await?;
        let expected =
            format!(r#"{{"rev":{rev},"event":{{"segment":{{"anchor":{anchor},...}}}}}}"#);
        let fact = admin.event(&expected, |fact| is(fact, "/rev", rev)).await?;
        check(runs(&fact, Some(anchor), true), expected, &fact)?;
    }
    stage.end(admin, []).await
}

/// What a viewer adds is a proposal; an admin's approval makes it an entry, and a skip plays it.
pub(super) async fn proposals(stage: &mut Stage) -> Step<()> {
    let (mut admin, viewer) = stage.pair().await?;
    let mut viewers = [viewer];
    plays(&mut admin, &mut viewers, 3).await?;
    let [mut viewer] = viewers;
    let number = 1_000 + rand::random_range(0..1_000_000);
    let rev = viewer
        .done(json!({"do": "add", "media": link(number)}))
        .await?;
    let expected = r#"{"event":{"type":"queued","entry":{"state":"proposed",...}}}"#;
    let queued = admin.event(expected, |fact| is(fact, "/rev", rev)).await?;
    let entry = at(&queued, "/event/entry/id").clone();
    check(
        is(&queued, "/event/entry/state", "proposed") && is(&queued, "/event/entry/by", viewer.you),
        expected,
        &queued,
    )?;
    viewer
        .denied(
            json!({"do": "add", "media": link(number)}),
            "already_queued",
        )
        .await?;
    admin.done(json!({"do": "approve", "entry": entry})).await?;
    let approved = viewer.event_of("approved").await?;
    check(
        at(&approved, "/event/entry") == &entry,
        format!(r#"{{"event":{{"type":"approved","entry":{entry}}}}}"#),
        &approved,
    )?;
    admin
        .done(json!({"do": "play_now", "entry": entry}))
        .await?;
    let expected = format!(r#"{{"event":{{"type":"loaded","entry":{entry},...}}}}"#);
    let loaded =
        |fact: &Value| is(fact, "/event/type", "loaded") && at(fact, "/event/entry") == &entry;
    viewer.event(&expected, loaded).await?;
    stage.end(admin, [viewer]).await
}

/// A proposal belongs to its member: they may withdraw it, others may not.
pub(super) async fn withdrawal(stage: &mut Stage) -> Step<()> {
    let (mut admin, viewer) = stage.pair().await?;
    let mut viewers = [viewer];
    plays(&mut admin, &mut viewers, 4).await?;
    let [mut viewer] = viewers;
    let mut other = stage.viewer("Cleo").await?;
    let number = 1_000 + rand::random_range(0..1_000_000);
    let rev = viewer
        .done(json!({"do": "add", "media": link(number)}))
        .await?;
    let expected = r#"{"event":{"type":"queued",...}}"#;
    let queued = viewer.event(expected, |fact| is(fact, "/rev", rev)).await?;
    let entry = at(&queued, "/event/entry/id").clone();
    let withdraw = json!({"do": "withdraw", "entry": entry});
    other.denied(withdraw.clone(), "not_yours").await?;
    viewer.done(withdraw.clone()).await?;
    let gone = other.event_of("unqueued").await?;
    check(
        at(&gone, "/event/entry") == &entry && is(&gone, "/event/cause", "withdrawn"),
        format!(r#"{{"event":{{"type":"unqueued","entry":{entry},"cause":"withdrawn"}}}}"#),
        &gone,
    )?;
    viewer.denied(withdraw, "no_such_entry").await?;
    stage.end(admin, [viewer, other]).await
}
