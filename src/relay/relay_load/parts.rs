//! The lists and parts that a load's list names, the missing ones, and whether it grows.

use std::sync::atomic::Ordering;

use tokio::time::Instant;

use super::RelayLoad;
use crate::media::fault::{FaultKind, MediaFault};
use crate::relay::MediaFact;
use crate::relay::address::{ListPart, ListSpan};

impl RelayLoad {
    /// Emits once whether its HLS list grows.
    pub(in crate::relay) fn report_live(&self, live: bool) {
        self.live.fetch_or(live, Ordering::Relaxed);
        if !self.live_reported.swap(true, Ordering::Relaxed) {
            self.emit_fact(MediaFact::Live(live));
        }
    }

    /// Records how many lists its list names.
    pub(in crate::relay) fn set_list_count(&self, count: usize) {
        self.list_count.store(count, Ordering::Relaxed);
    }

    /// Whether the player can do without one of its lists: before the first picture it opens all of
    /// them, and plays those that it gets.
    pub(in crate::relay) fn can_skip_a_list(&self) -> bool {
        !self.is_shown() && self.list_count.load(Ordering::Relaxed) > 1
    }

    /// Records that a part of its list arrived, emits the gaps before it, and the wall time of a
    /// growing list's first segment.
    pub(in crate::relay) fn part_arrived(&self, part: &ListPart) {
        let mut gaps = Vec::new();
        self.missing
            .send_modify(|missing| gaps = missing.arrived(part));
        let is_live = self.live.load(Ordering::Relaxed);
        for ListSpan { from, length } in gaps {
            // A DASH manifest names neither offset nor length.
            let from = (!is_live && length > 0).then_some(from);
            self.emit_fact(MediaFact::Gap { from, length });
        }
        if let Some(micros) = part.time
            && is_live
            && !self.origin_reported.swap(true, Ordering::Relaxed)
        {
            self.emit_fact(MediaFact::LiveOrigin { micros });
        }
    }

    /// Whether `part` belongs to a growing DASH manifest, so that it may not exist yet. The parts
    /// of HLS lists are only requested once they are listed.
    pub(in crate::relay) fn may_appear_later(&self, part: &ListPart) -> bool {
        part.span.is_none() && self.live.load(Ordering::Relaxed)
    }

    /// Whether a part was found missing a moment ago, so that its server is not asked again.
    pub(in crate::relay) fn is_known_missing(&self, part: &ListPart) -> bool {
        self.missing.borrow().is_fresh(part, Instant::now())
    }

    /// Records that a part of its list is missing; gives the load up if too many are.
    pub(in crate::relay) fn part_missing(&self, part: &ListPart, fault: MediaFault) {
        let kind = FaultKind::PartsMissing;
        let fault = MediaFault { kind, ..fault };
        self.note(fault);
        let (mut is_new, mut are_too_many) = (false, false);
        self.missing.send_modify(|missing| {
            is_new = missing.note(part, Instant::now());
            are_too_many = missing.are_too_many();
        });
        if is_new {
            let index = part.index;
            self.emit_fact(MediaFact::PartMissing { index, fault });
        }
        if are_too_many {
            self.give_up(fault);
        }
    }
}
