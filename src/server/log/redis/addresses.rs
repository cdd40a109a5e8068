//! Tells the other nodes what addresses hold at this one, and takes what they tell.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep};

use super::news;
use super::shared::{Contact, Shared};
use super::{LogError, Redis, unread};
use crate::protocol::ids::NodeId;
use crate::server::log::addresses::{AddressName, Held, HeldByAddresses};

/// For how long changes are gathered (judgement: nobody opens many sockets at several nodes faster).
const GATHERED_FOR: Duration = Duration::from_millis(100);

/// How often everything is told again, so that what a node failed to receive is mended (judgement; longer
/// than tests wait for what is told at once).
const ALL_EVERY: Duration = Duration::from_mins(2);

/// How many addresses a message has at most: some 50 bytes each.
const AT_ONCE: usize = 8_192;

impl Redis {
    /// What addresses hold at all nodes.
    pub(in crate::server::log) fn held_by_addresses(&self) -> HeldByAddresses {
        self.shared.held.clone()
    }
}

/// Tells the others what changes, and everything to a node that comes or that took this one for dead,
/// until the log is gone.
pub(super) async fn tell(shared: Arc<Shared>) {
    let (mut alive, mut contact) = (shared.alive.subscribe(), shared.contact.subscribe());
    let mut nodes: BTreeSet<NodeId> = alive.borrow_and_update().clone();
    let mut again = interval_at(Instant::now() + ALL_EVERY, ALL_EVERY);
    again.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        // The senders live as long as `shared`, so there are no errors.
        let all = tokio::select! {
            _alive = alive.changed() => {
                let now = alive.borrow_and_update().clone();
                nodes.difference(&now).for_each(|gone| shared.held.forget(gone));
                let has_come = now.difference(&nodes).next().is_some();
                nodes = now;
                has_come
            }
            _contact = contact.changed() => {
                matches!(&*contact.borrow_and_update(), Contact::Linked(_))
            }
            () = shared.lease_ran_out.notified() => {
                // First the others learn that the node is there again.
                sleep(GATHERED_FOR).await;
                true
            }
            _ = again.tick() => true,
            () = shared.held.changed() => {
                sleep(GATHERED_FOR).await;
                false
            }
        };
        if nodes.len() < 2 {
            // Whoever comes is told everything.
            shared.held.drop_changes();
            continue;
        }
        let counts = shared.held.take(all);
        if let Err(error) = publish(&shared, all, &counts).await {
            // Everything is told once Redis is back.
            tracing::debug!(%error, "the other nodes were not told what addresses hold");
        }
    }
}

/// Publishes the counts, if there is anything to tell.
pub(super) async fn publish(
    shared: &Shared,
    all: bool,
    counts: &[(AddressName, Held)],
) -> Result<(), LogError> {
    if !all && counts.is_empty() {
        return Ok(());
    }
    let link = shared.link()?;
    let mut pipeline = redis::pipe();
    let mut is_first = all;
    let mut publish = |some: &[(AddressName, Held)]| {
        let mut message = news::addresses_head(&shared.node, std::mem::take(&mut is_first));
        for (name, Held { sockets, rooms }) in some {
            // Writing into a String never fails.
            let _written = write!(message, "\n{name:032x} {sockets} {rooms}");
        }
        let events = shared.keys.events();
        pipeline.publish(events, message).ignore();
    };
    if counts.is_empty() {
        publish(&[]);
    }
    counts.chunks(AT_ONCE).for_each(publish);
    link.ask::<()>(&pipeline)
        .await
        .map_err(|fault| unread(&fault))
}

/// The counts of a message; lines that are none are left out.
pub(super) fn read(lines: &[u8]) -> Vec<(AddressName, Held)> {
    let lines = lines.split(|byte| *byte == b'\n').take(AT_ONCE);
    lines.filter_map(count).collect()
}

fn count(line: &[u8]) -> Option<(AddressName, Held)> {
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    let name = AddressName::from_str_radix(words.next()?, 16).ok()?;
    let sockets = words.next()?.parse().ok()?;
    let rooms = words.next()?.parse().ok()?;
    Some((name, Held { sockets, rooms }))
}
