//! The plan to stop a server: whether and when it stops. [`warnings`] tells the members.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::time::Span;

pub(super) mod warnings;

/// When the server stops, if that is planned. Clones share the plan.
#[derive(Debug, Clone)]
pub(super) struct Drain(watch::Sender<Option<Instant>>);

impl Drain {
    /// No end is planned.
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(None))
    }

    /// Plans the end for this moment, whatever was planned before.
    pub(super) fn begin(&self, at: Instant) {
        self.0.send_replace(Some(at));
    }

    /// Gives the plan up. Returns whether there was one.
    pub(super) fn cancel(&self) -> bool {
        self.0.send_replace(None).is_some()
    }

    /// Whether an end is planned.
    pub(super) fn is_on(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// What somebody who comes in now has to know.
    pub(super) fn notice(&self) -> Option<MemberNotice> {
        let at = (*self.0.borrow())?;
        let left = whole_seconds(at.saturating_duration_since(Instant::now()));
        let after = Span::from(left);
        Some(MemberNotice::ServerStops { after })
    }
}

/// A time in whole seconds, rounded up.
fn whole_seconds(left: Duration) -> Duration {
    Duration::from_secs(left.as_secs() + u64::from(left.subsec_nanos() > 0))
}
