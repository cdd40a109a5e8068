//! The lease of a node: while it is renewed, the others know that the node is alive. Each renewal
//! reads Redis' clock, and shows whether Redis still has the data that the node has seen.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::fault::{ANSWERS_WITHIN, RedisFault};
use super::link::Link;
use super::node_name::NodeName;
use super::shared::Shared;
use super::{news, record, time};
use crate::protocol::ids::NodeId;
use crate::server::log::{DataFault, TimeReading};
use crate::server::metrics::Metrics;

/// How long a node counts as alive after its last sign (judgement: its members are back elsewhere
/// within 10 s, and a busy machine may miss two renewals).
pub(super) const LEASE: Duration = Duration::from_secs(10);

/// After how long without a renewal by any node Redis was away, so that no lease ran out by its
/// node's fault: two renewals.
const HELD_UP_AFTER: Duration = Duration::from_secs(5);

/// How often a node that starts looks whether another has renewed (judgement).
const LOOKED_EVERY: Duration = Duration::from_millis(200);

/// Renews the node's lease, and returns the nodes that are alive and what Redis' clock showed. If it had
/// run out, the others have forgotten what the node told them, and it tells that again.
pub(super) async fn renew(
    shared: &Shared,
    link: &Link,
) -> Result<(BTreeSet<NodeId>, TimeReading), RedisFault> {
    let keys = &shared.keys;
    let millis = |span: Duration| span.as_millis().to_string();
    let mut script = shared.scripts.renew.key(keys.nodes());
    script
        .key(keys.renewed())
        .key(keys.epoch())
        .key(keys.node_details())
        .arg(&shared.node.0)
        .arg(millis(LEASE))
        .arg(millis(HELD_UP_AFTER))
        .arg(keys.events())
        .arg(news::NODES)
        .arg(&link.greeting.log_id.0)
        .arg(link.renewals().to_string())
        .arg(details(shared));
    let asked = Instant::now();
    let answer = link.run(&script, ANSWERS_WITHIN).await?;
    let answered = Instant::now();
    let mut parts = record::list(answer)?.into_iter();
    let mut next = || parts.next().unwrap_or_default();
    let seconds = record::text(next())?;
    if seconds == "lost" {
        return Err(RedisFault::LostData);
    }
    let seconds = seconds.parse().map_err(|error| DataFault::other(&error))?;
    let shown = (seconds, record::number(next())?);
    let reading = time::reading(shown, asked, answered);
    link.time.send_replace(reading);
    let nodes = record::list(next())?.into_iter();
    link.note_renewals(record::number(next())?);
    if record::number(next())? == 1 {
        shared.lease_ran_out.notify_one();
    }
    let mut alive: BTreeSet<NodeId> = nodes
        .map(|node| record::text(node).map(NodeId))
        .collect::<Result<_, _>>()?;
    alive.insert(shared.node.clone());
    Ok((alive, reading))
}

/// Takes a lease for a node that starts, as [`renew`] does. If there are others that nobody has renewed
/// for long, Redis may have been frozen, or their nodes may be dead: it first waits for a living node to
/// renew, after which all of them hold again.
pub(super) async fn take(
    shared: &Shared,
    link: &Link,
) -> Result<(BTreeSet<NodeId>, TimeReading), RedisFault> {
    let until = Instant::now() + HELD_UP_AFTER;
    while are_in_doubt(shared, link).await? && Instant::now() < until {
        sleep(LOOKED_EVERY).await;
    }
    renew(shared, link).await
}

/// Whether there are leases, and none was renewed for long.
async fn are_in_doubt(shared: &Shared, link: &Link) -> Result<bool, RedisFault> {
    let mut pipeline = redis::pipe();
    let (nodes, renewed) = (shared.keys.nodes(), shared.keys.renewed());
    pipeline.zcard(nodes).get(renewed).cmd("TIME");
    let (leases, renewed, (seconds, micros)): (u64, Option<i64>, (i64, i64)) =
        link.ask(&pipeline).await?;
    let now = seconds.saturating_mul(1_000).saturating_add(micros / 1_000);
    let since = renewed.map_or(0, |renewed| now.saturating_sub(renewed));
    Ok(leases > 0 && u128::try_from(since).is_ok_and(|since| since > HELD_UP_AFTER.as_millis()))
}

/// What a node tells the operator of itself: how many connections it has, and what it is called.
fn details(shared: &Shared) -> String {
    let counted = shared.metrics.get().map(Metrics::connections);
    let (open, _ever) = counted.unwrap_or_default();
    format!("{open} {}", shared.node_name)
}

/// Reads what [`details`] wrote; `None` if it is something else.
pub(super) fn read_details(text: &str) -> Option<(u64, NodeName)> {
    let (open, name) = text.split_once(' ')?;
    Some((open.parse().ok()?, name.parse().ok()?))
}
