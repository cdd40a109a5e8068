//! The clock channel, how often it is used, and the health digest.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::sleep;

use super::json::{at, is};
use super::stage::Stage;
use super::verdict::{Step, check};

/// How far room time may run from this computer's clock in the exchange (judgement: a clock that
/// runs off by more in a second keeps nobody in step).
const SLACK: Duration = Duration::from_millis(20);
/// The time between the exchanges that are compared.
const APART: Duration = Duration::from_secs(1);

/// One exchange: the server's two times, and this computer's before and after.
struct Exchange {
    sent: Instant,
    arrived: i64,
    answered: i64,
    received: Instant,
}

/// `t0` comes back unchanged, `t1` is not after `t2`, and room time runs as fast as a clock does.
pub(super) async fn exchange(stage: &mut Stage) -> Step<()> {
    let mut admin = stage.admin().await?;
    let mut exchanges = Vec::new();
    for t0 in [-5, 0, i64::MAX] {
        let sent = Instant::now();
        admin.socket.send(&json!({"type": "ping", "t0": t0})).await;
        let pong = admin.socket.frame("pong").await?;
        let received = Instant::now();
        let times = at(&pong, "/t1").as_i64().zip(at(&pong, "/t2").as_i64());
        let fits = is(&pong, "/t0", t0) && times.is_some_and(|(t1, t2)| t1 <= t2);
        let expected = format!(r#"{{"type":"pong","t0":{t0},"t1":TIME,"t2":TIME or later}}"#);
        check(fits, expected, &pong)?;
        if let Some((arrived, answered)) = times {
            exchanges.push(Exchange {
                sent,
                arrived,
                answered,
                received,
            });
        }
        sleep(APART).await;
    }
    for pair in exchanges.windows(2) {
        let [one, other] = pair else { continue };
        let least = other
            .sent
            .duration_since(one.received)
            .saturating_sub(SLACK);
        let most = other.received.duration_since(one.sent) + SLACK;
        let from = micros(other.arrived - one.answered);
        let to = micros(other.answered - one.arrived);
        let runs = from <= most && to >= least;
        let expected = format!("room time between {least:?} and {most:?} later, in microseconds");
        check(runs, expected, &json!([one.answered, other.arrived]))?;
    }
    stage.end(admin, []).await
}

/// A cadence that is told can be kept: a whole burst of exchanges at once is answered in order, and
/// health that is repeated as late as was told still counts.
pub(super) async fn cadence(stage: &mut Stage) -> Step<()> {
    let (admin, mut viewer) = stage.pair().await?;
    let told = at(&viewer.welcome, "/cadence").clone();
    if told.is_null() {
        return stage.end(admin, [viewer]).await;
    }
    check(can_be_kept(&told), KEPT, &told)?;
    let [burst, health_ms] = ["/burst", "/health_ms"].map(|field| number(&told, field));
    for t0 in 0..burst {
        let ping = json!({"type": "ping", "t0": t0});
        viewer.socket.send(&ping).await;
    }
    for t0 in 0..burst {
        let pong = viewer.socket.frame("pong").await?;
        let expected = format!(r#"{{"type":"pong","t0":{t0}}}"#);
        check(is(&pong, "/t0", t0), expected, &pong)?;
        // Another cadence may be told with each answer.
        let renewed = at(&pong, "/cadence");
        check(renewed.is_null() || can_be_kept(renewed), KEPT, &pong)?;
    }
    viewer
        .socket
        .send(&json!({"type": "health", "state": "in_step"}))
        .await;
    sleep(Duration::from_millis(health_ms)).await;
    let mut late = stage.viewer("Lena").await?;
    let expected = r#"{"type":"health","in_step":1 or more,...} for one who comes later"#;
    let digest = late.socket.until(expected, |frame| {
        let counts = at(frame, "/in_step").as_u64().unwrap_or_default();
        (is(frame, "/type", "health") && counts > 0).then_some(())
    });
    digest.await?;
    stage.end(admin, [viewer, late]).await
}

/// The bounds of a cadence, in words.
const KEPT: &str = "a cadence with at least 8 exchanges in any 15 s, at most 2 a second, at most 8 in \
                    a burst, health each 1000 to 10000 ms, and return_ms up to 30000, if there";

/// Whether a client can keep to a cadence.
fn can_be_kept(told: &Value) -> bool {
    let [clock_ms, burst, health_ms] =
        ["/clock_ms", "/burst", "/health_ms"].map(|field| number(told, field));
    let within = 15_000_u64.saturating_sub(burst.saturating_sub(1) * 80);
    let return_ms = at(told, "/return_ms");
    (1..=8).contains(&burst)
        && clock_ms >= 500 * burst
        && within.checked_div(clock_ms).unwrap_or_default() * burst >= 8
        && (1_000..=10_000).contains(&health_ms)
        && (return_ms.is_null() || return_ms.as_u64().is_some_and(|it| it <= 30_000))
}

fn number(of: &Value, field: &str) -> u64 {
    at(of, field).as_u64().unwrap_or_default()
}

fn micros(span: i64) -> Duration {
    Duration::from_micros(u64::try_from(span).unwrap_or_default())
}

/// Who reports their playback health gets everybody's.
pub(super) async fn health(stage: &mut Stage) -> Step<()> {
    let (admin, mut viewer) = stage.pair().await?;
    let report =
        json!({"type": "health", "state": "in_step", "error": 1_000, "buffered": 5_000_000});
    viewer.socket.send(&report).await;
    let expected = r#"{"type":"health","in_step":1 or more,...}"#;
    let digest = viewer.socket.until(expected, |frame| {
        let counts = at(frame, "/in_step").as_u64().unwrap_or_default();
        (is(frame, "/type", "health") && counts > 0).then(|| frame.clone())
    });
    let digest = digest.await?;
    let counts = ["/catching_up", "/in_trouble", "/chat_only"];
    let is_whole = counts.iter().all(|count| at(&digest, count).is_u64());
    check(
        is_whole && at(&digest, "/worst").is_array(),
        r#"{"type":"health","in_step":N,"catching_up":N,"in_trouble":N,"chat_only":N,"worst":[]}"#,
        &digest,
    )?;
    stage.end(admin, [viewer]).await
}
