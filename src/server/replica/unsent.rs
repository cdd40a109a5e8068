//! Events that were committed and are not sent yet. Whoever joins is answered at once; that they
//! came is sent to the others at most every 100 ms, so that a crowd is a few frames to each and not
//! hundreds. Any other event is sent at once, after those that wait.

use std::time::Duration;

use tokio::time::Instant;

use crate::protocol::event::{Fact, RoomEvent};
use crate::room::committed::Committed;

/// For how long arrivals are gathered (judgement: nobody notices the delay).
const GATHERED_FOR: Duration = Duration::from_millis(100);

/// Events that wait to be sent, in order.
#[derive(Debug, Default)]
pub(super) struct UnsentEvents {
    facts: Vec<Fact>,
    /// When they have to go out; `None` while there are none.
    due: Option<Instant>,
    /// Arrivals are gathered until then, since some were sent a moment ago.
    quiet_from: Option<Instant>,
}

impl UnsentEvents {
    /// Adds events. They are due at once, unless `may_wait` and others were sent a moment ago.
    pub(super) fn add(&mut self, facts: Vec<Fact>, may_wait: bool, now: Instant) {
        if facts.is_empty() {
            return;
        }
        self.facts.extend(facts);
        let due = self.quiet_from.filter(|_| may_wait).unwrap_or(now).max(now);
        self.due = Some(self.due.map_or(due, |earlier| earlier.min(due)));
    }

    /// When they have to go out; `None` while there are none.
    pub(super) const fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Takes all of them.
    pub(super) fn take(&mut self, now: Instant) -> Vec<Fact> {
        if self.due.take().is_some() {
            self.quiet_from = Some(now + GATHERED_FOR);
        }
        std::mem::take(&mut self.facts)
    }
}

/// Whether these events only say that members came or went by themselves, which may wait.
pub(super) fn may_wait(events: &[Committed]) -> bool {
    events.iter().all(|event| {
        let by_itself = event.fact.by.is_none();
        by_itself && matches!(event.fact.event, RoomEvent::Presence { .. })
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::UnsentEvents;
    use crate::protocol::event::{Fact, RoomEvent};
    use crate::protocol::ids::Rev;
    use crate::protocol::time::RoomTime;

    fn fact(rev: u64) -> Fact {
        Fact {
            rev: Rev(rev),
            at: RoomTime(0),
            by: None,
            seq: None,
            event: RoomEvent::Closed,
            about: Vec::new(),
        }
    }

    #[test]
    fn the_first_after_quiet_goes_at_once_and_the_next_wait_for_each_other() {
        let start = Instant::now();
        let after = |ms| start + Duration::from_millis(ms);
        let mut unsent = UnsentEvents::default();
        assert_eq!(unsent.due(), None);
        unsent.add(vec![fact(1)], true, start);
        assert_eq!(unsent.due(), Some(start));
        assert_eq!(unsent.take(start), [fact(1)]);
        unsent.add(vec![fact(2)], true, after(30));
        unsent.add(vec![fact(3)], true, after(60));
        unsent.add(Vec::new(), false, after(70));
        assert_eq!(unsent.due(), Some(after(100)));
        unsent.add(vec![fact(4)], false, after(80));
        assert_eq!(
            unsent.due(),
            Some(after(80)),
            "what may not wait takes all along"
        );
        assert_eq!(unsent.take(after(80)), [2, 3, 4].map(fact));
        assert_eq!((unsent.due(), unsent.take(after(90))), (None, Vec::new()));
        unsent.add(vec![fact(5)], true, after(100));
        assert_eq!(unsent.due(), Some(after(180)));
        assert_eq!(unsent.take(after(180)), [fact(5)]);
        unsent.add(vec![fact(6)], true, after(500));
        assert_eq!(unsent.due(), Some(after(500)));
    }
}
