//! Tells the members when the storage is away for more than a moment, and when it is back: whoever
//! gives no command would not learn of it otherwise.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

use super::drain::warnings;
use super::log::RoomLog;
use super::registry::Rooms;
use super::shutdown::Shutdown;
use crate::protocol::ephemeral::MemberNotice;

#[cfg(test)]
mod tests;

/// How long the storage is away before the members are told (judgement: a Redis that is started again
/// is back before that, and nobody need know).
const TOLD_AFTER: Duration = Duration::from_secs(5);

/// How often is looked whether the storage takes writes (judgement: nobody notices a second).
const LOOKED_EVERY: Duration = Duration::from_secs(1);

/// Tells the members of every room, until the server shuts down.
pub(super) async fn tell_members(log: RoomLog, rooms: Rooms, mut shutdown: Shutdown) {
    let mut outage = Outage::default();
    let mut ticks = interval(LOOKED_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = shutdown.wait() => return,
            _ = ticks.tick() => {}
        }
        if let Some(notice) = outage.look(log.takes_writes(), Instant::now()) {
            let told = warnings::tell(&rooms, &notice).await;
            tracing::info!(?notice, rooms = told, "the members are told of the storage");
        }
    }
}

/// Since when the storage is away, and whether the members know.
#[derive(Debug, Default)]
struct Outage {
    since: Option<Instant>,
    is_told: bool,
}

impl Outage {
    /// What the members are to be told now, if anything.
    fn look(&mut self, takes_writes: bool, now: Instant) -> Option<MemberNotice> {
        if takes_writes {
            self.since = None;
            return std::mem::take(&mut self.is_told).then_some(MemberNotice::StorageBack);
        }
        let since = *self.since.get_or_insert(now);
        if self.is_told || now.saturating_duration_since(since) < TOLD_AFTER {
            return None;
        }
        self.is_told = true;
        Some(MemberNotice::StorageAway)
    }
}
