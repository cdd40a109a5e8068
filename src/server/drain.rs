//! The plan to stop a server: whether and when it stops. [`warnings`] tells the members.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::time::Span;
use crate::server::replica::cluster::Cluster;

pub(super) mod warnings;

/// When the server stops, if that is planned. Clones share the plan.
#[derive(Debug, Clone)]
pub(super) struct Drain {
    planned: watch::Sender<Option<Instant>>,
    cluster: Cluster,
}

impl Drain {
    /// No end is planned of one of these nodes.
    pub(super) fn new(cluster: Cluster) -> Self {
        Self {
            planned: watch::Sender::new(None),
            cluster,
        }
    }

    /// Plans the end for this moment, whatever was planned before.
    pub(super) fn begin(&self, at: Instant) {
        self.planned.send_replace(Some(at));
    }

    /// Gives the plan up. Returns whether there was one.
    pub(super) fn cancel(&self) -> bool {
        self.planned.send_replace(None).is_some()
    }

    /// Whether an end is planned.
    pub(super) fn is_on(&self) -> bool {
        self.planned.borrow().is_some()
    }

    /// What somebody who comes in now has to know.
    pub(super) fn notice(&self) -> Option<MemberNotice> {
        let at = (*self.planned.borrow())?;
        let left = whole_seconds(at.saturating_duration_since(Instant::now()));
        Some(self.warning(left))
    }

    /// What members are told that long before the end.
    fn warning(&self, left: Duration) -> MemberNotice {
        MemberNotice::ServerStops {
            after: Span::from(left),
            elsewhere: self.cluster.has_others(),
        }
    }
}

/// A time in whole seconds, rounded up.
fn whole_seconds(left: Duration) -> Duration {
    Duration::from_secs(left.as_secs() + u64::from(left.subsec_nanos() > 0))
}
