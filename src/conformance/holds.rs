//! Waiting for a slow player: a hold begins, and always ends.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::json::{at, is};
use super::member::Member;
use super::playback::plays;
use super::stage::Stage;
use super::verdict::{Step, check};

/// The longest hold that makes sense (judgement: our own rooms wait 10 s at most).
const LONGEST: Duration = Duration::from_secs(30);

/// Media runs, and a viewer's player has run out of data: the room holds for them. Returns the
/// hold's event.
async fn held(admin: &mut Member, viewer: Member, number: u32) -> Step<(Member, Value, Value)> {
    let mut viewers = [viewer];
    admin.done(json!({"do": "set_wait", "wait": true})).await?;
    let epoch = plays(admin, &mut viewers, number).await?;
    let [mut viewer] = viewers;
    let expected = r#"{"event":{"type":"retimed","segment":{"paused":false,...}}}"#;
    let starts = |fact: &Value| {
        is(fact, "/event/type", "retimed") && is(fact, "/event/segment/paused", false)
    };
    let started = admin.event(expected, starts).await?;
    let (start, now) = (at(&started, "/event/segment/start"), at(&started, "/at"));
    let ahead = start
        .as_i64()
        .zip(now.as_i64())
        .map(|(start, now)| start - now);
    let ahead = u64::try_from(ahead.unwrap_or_default()).unwrap_or_default();
    sleep(Duration::from_micros(ahead).min(LONGEST) + Duration::from_millis(300)).await;
    let stalled = json!({
        "type": "report", "report": "stalled", "epoch": epoch, "stalled": true,
    });
    viewer.socket.send(&stalled).await;
    let fact = admin.event_of("held").await?;
    let times = at(&fact, "/event/hold/since")
        .as_i64()
        .zip(at(&fact, "/event/hold/until").as_i64());
    let is_bounded = times.is_some_and(|(since, until)| {
        since < until && until - since <= i64::try_from(LONGEST.as_micros()).unwrap_or(i64::MAX)
    });
    check(
        is(&fact, "/event/hold/member", viewer.you) && is_bounded,
        r#"{"event":{"type":"held","hold":{"member":VIEWER,"since":TIME,"until":at most 30 s later},...}}"#,
        &fact,
    )?;
    Ok((viewer, fact, epoch))
}

/// The hold ends when the player has data again, from where it began.
pub(super) async fn end_with_data(stage: &mut Stage) -> Step<()> {
    let (mut admin, viewer) = stage.pair().await?;
    let (mut viewer, hold, epoch) = held(&mut admin, viewer, 5).await?;
    let back = json!({
        "type": "report", "report": "stalled", "epoch": epoch, "stalled": false,
    });
    viewer.socket.send(&back).await;
    let released = admin.event_of("released").await?;
    check(
        is(&released, "/event/cause", "recovered")
            && at(&released, "/event/segment/anchor") == at(&hold, "/event/position"),
        format!(
            r#"{{"event":{{"type":"released","cause":"recovered","segment":{{"anchor":{},...}}}}}}"#,
            at(&hold, "/event/position")
        ),
        &released,
    )?;
    stage.end(admin, [viewer]).await
}

/// The hold ends by itself, at the latest when it says.
pub(super) async fn end_in_time(stage: &mut Stage) -> Step<()> {
    let (mut admin, viewer) = stage.pair().await?;
    let (viewer, hold, _) = held(&mut admin, viewer, 6).await?;
    let expected = r#"{"event":{"type":"released","cause":"timed_out",...}}"#;
    let released = admin
        .event_within(expected, LONGEST, |fact| {
            is(fact, "/event/type", "released")
        })
        .await?;
    check(
        is(&released, "/event/cause", "timed_out"),
        expected,
        &released,
    )?;
    let until = at(&hold, "/event/hold/until").as_i64();
    let at_latest = until.map(|until| until + 1_000_000);
    check(
        at(&released, "/at").as_i64() <= at_latest,
        format!(r#""at":{} or a little later"#, until.unwrap_or_default()),
        &released,
    )?;
    stage.end(admin, [viewer]).await
}

/// An admin may end a hold at any moment.
pub(super) async fn end_by_admin(stage: &mut Stage) -> Step<()> {
    let (mut admin, viewer) = stage.pair().await?;
    let (viewer, _, _) = held(&mut admin, viewer, 9).await?;
    admin.done(json!({"do": "go"})).await?;
    let released = admin.event_of("released").await?;
    check(
        is(&released, "/event/cause", "overridden"),
        r#"{"event":{"type":"released","cause":"overridden",...}}"#,
        &released,
    )?;
    stage.end(admin, [viewer]).await
}
