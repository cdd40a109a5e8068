//! The current fault of the transport. Data that mpv had buffered before the fault still drains for
//! a while, and does not count as new data.

use super::ffmpeg_messages;
use crate::media::fault::FaultKind;
use crate::protocol::time::{LocalTime, Span};

/// How long after a fault data may still come from mpv's own byte buffer (128 KiB): it drains
/// within 80 ms (measured), on a busy machine within seconds.
const DRAINS: Span = Span::seconds(5);

/// After that, data that is this much further, in seconds, is new: more than a rounding
/// (judgement).
const FURTHER: f64 = 0.05;

/// Data that is this much further, in seconds, is new at once: more than the buffer contains at 35
/// kbit/s.
const MUCH_FURTHER: f64 = 30.0;

/// A fault of the transport, and the cache's end since then.
#[derive(Debug)]
struct TransportFault {
    kind: FaultKind,
    /// The local time at which mpv logged it.
    at: LocalTime,
    /// The end of the cache at the first reading after the fault, in seconds.
    cached: Option<f64>,
    /// The end of the cache at the first reading after the buffer had drained, in seconds.
    drained: Option<f64>,
}

/// The fault since data last arrived, if any.
#[derive(Debug, Default)]
pub(super) struct TransportFaults {
    last: Option<TransportFault>,
}

impl TransportFaults {
    /// Records a fault that was reported at `at`.
    pub(super) fn note(&mut self, kind: FaultKind, at: LocalTime) {
        let kind = match &self.last {
            Some(before) if !ffmpeg_messages::is_more_specific(kind, before.kind) => before.kind,
            _ => kind,
        };
        self.last = Some(TransportFault {
            kind,
            at,
            cached: None,
            drained: None,
        });
    }

    /// Handles a reading of the cache, which ends at `end` seconds. The fault is over if that is
    /// further than right after it.
    pub(super) fn cached(&mut self, end: f64, at: LocalTime) {
        let Some(broken) = &mut self.last else {
            return;
        };
        let first = broken.cached.get_or_insert(end);
        // After a seek the new position is not cached yet.
        *first = first.min(end);
        let far = end - *first > MUCH_FURTHER;
        if at - broken.at < DRAINS && !far {
            return;
        }
        let drained = broken.drained.get_or_insert(end);
        *drained = drained.min(end);
        if far || end - *drained > FURTHER {
            self.last = None;
        }
    }

    /// The current fault; `None` if there is none.
    pub(super) fn kind(&self) -> Option<FaultKind> {
        self.last.as_ref().map(|broken| broken.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::TransportFaults;
    use crate::media::fault::FaultKind;
    use crate::protocol::time::LocalTime;

    const SOON: LocalTime = LocalTime(80_000);
    const LATER: LocalTime = LocalTime(6_000_000);

    fn broken(kinds: &[FaultKind]) -> TransportFaults {
        let mut broken = TransportFaults::default();
        for kind in kinds {
            broken.note(*kind, LocalTime(0));
        }
        broken
    }

    #[test]
    fn what_broke_is_forgotten_once_data_comes_again() {
        let mut broken = broken(&[FaultKind::Broken]);
        assert_eq!(broken.kind(), Some(FaultKind::Broken));
        // Data from mpv's own byte buffer is not new data.
        broken.cached(6.0, SOON);
        broken.cached(7.2, SOON);
        broken.cached(7.2, LATER);
        assert_eq!(broken.kind(), Some(FaultKind::Broken));
        broken.cached(7.6, LATER);
        assert_eq!(broken.kind(), None);
    }

    #[test]
    fn a_flood_of_data_is_new_at_once() {
        let mut broken = broken(&[FaultKind::Broken]);
        broken.cached(6.0, SOON);
        broken.cached(60.0, SOON);
        assert_eq!(broken.kind(), None);
    }

    #[test]
    fn what_was_answered_says_more_than_that_it_broke() {
        let mut broken = broken(&[FaultKind::Broken, FaultKind::Refused, FaultKind::Broken]);
        broken.cached(14.0, LATER);
        // After a seek the cache ends earlier, which is not new data.
        broken.cached(2.0, LATER);
        assert_eq!(broken.kind(), Some(FaultKind::Refused));
        broken.cached(2.5, LATER);
        assert_eq!(broken.kind(), None);
    }
}
