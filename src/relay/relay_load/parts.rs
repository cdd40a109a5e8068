//! What a load's list names: the lists and parts in it, those that are missing, and whether it
//! grows.

use std::sync::atomic::Ordering;

use tokio::time::Instant;

use super::RelayLoad;
use crate::media::fault::{Fault, FaultKind};
use crate::relay::MediaFact;
use crate::relay::address::{ListPart, ListSpan};

impl RelayLoad {
    /// Tells once whether its HLS list grows.
    pub(in crate::relay) fn tell_live(&self, live: bool) {
        self.live.fetch_or(live, Ordering::Relaxed);
        if !self.live_told.swap(true, Ordering::Relaxed) {
            self.tell_fact(MediaFact::Live(live));
        }
    }

    /// Takes note of how many lists its list names.
    pub(in crate::relay) fn names_lists(&self, count: usize) {
        self.lists.store(count, Ordering::Relaxed);
    }

    /// Whether the player may do without one of its lists: it opens all of them first and
    /// plays by those that it got.
    pub(in crate::relay) fn may_lack_a_list(&self) -> bool {
        !self.is_shown() && self.lists.load(Ordering::Relaxed) > 1
    }

    /// A part of its list came. Those that were missing before it are told. Of a growing
    /// list's first segment the wall time is told.
    pub(in crate::relay) fn part_came(&self, part: &ListPart) {
        let mut gaps = Vec::new();
        self.missing
            .send_modify(|missing| gaps = missing.came(part));
        let is_live = self.live.load(Ordering::Relaxed);
        for ListSpan { from, length } in gaps {
            // A DASH manifest tells neither place nor length.
            let from = (!is_live && length > 0).then_some(from);
            self.tell_fact(MediaFact::Gap { from, length });
        }
        if let Some(micros) = part.time
            && is_live
            && !self.origin_told.swap(true, Ordering::Relaxed)
        {
            self.tell_fact(MediaFact::LiveOrigin { micros });
        }
    }

    /// Whether `part` is one of a DASH manifest that grows, and may only not be there yet. Those
    /// of HLS lists are only asked for once they are listed.
    pub(in crate::relay) fn awaits(&self, part: &ListPart) -> bool {
        part.stretch.is_none() && self.live.load(Ordering::Relaxed)
    }

    /// Whether a part was found missing just now, so that its server is not asked again.
    pub(in crate::relay) fn just_missed(&self, part: &ListPart) -> bool {
        self.missing.borrow().is_fresh(part, Instant::now())
    }

    /// A part of its list is missing.
    pub(in crate::relay) fn part_missing(&self, part: &ListPart, fault: Fault) {
        let kind = FaultKind::PartsMissing;
        let fault = Fault { kind, ..fault };
        self.note(fault);
        let (mut is_new, mut are_too_many) = (false, false);
        self.missing.send_modify(|missing| {
            is_new = missing.note(part, Instant::now());
            are_too_many = missing.are_too_many();
        });
        if is_new {
            let index = part.index;
            self.tell_fact(MediaFact::PartMissing { index, fault });
        }
        if are_too_many {
            self.give_up(fault);
        }
    }
}
