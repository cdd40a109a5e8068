//! What members report of their health, by their sockets, and for how long it counts.

use std::time::Duration;

use tokio::time::Instant;

use super::Seats;
use crate::protocol::cadence::Cadence;
use crate::protocol::time::Span;
use crate::server::replica::message::SeatId;
use crate::wire::message::Health;

/// For how long a round trip that was derived from everybody's health holds while none of them reports
/// anew: some of these reports may grow stale meanwhile (judgement: that takes several seconds).
const DERIVED_FOR: Duration = Duration::from_secs(1);

impl Seats {
    /// Stores a health report in place of the earlier one; returns that one, unless it is stale.
    pub(in crate::server::replica) fn note_health(
        &mut self,
        seat: SeatId,
        health: Health,
        now: Instant,
    ) -> Option<Health> {
        let seat = self.by_id.get_mut(&seat)?;
        let before = seat.fresh_health(now);
        seat.health = Some((health, now + seat.cadence.stale_after().to_duration()));
        self.derived.set(None);
        before
    }

    /// When the first of the reports grows stale that are not stale yet.
    pub(in crate::server::replica) fn next_stale(&self, now: Instant) -> Option<Instant> {
        let reports = self.present().filter_map(|seat| seat.health);
        let until = reports.map(|(_, counts_until)| counts_until);
        until.filter(|until| *until >= now).min()
    }

    /// The client of a socket follows another cadence from now on. What it last reported counts until
    /// its next report may come by either.
    pub(in crate::server::replica) fn renew(
        &mut self,
        seat: SeatId,
        cadence: Cadence,
        now: Instant,
    ) {
        let Some(seat) = self.by_id.get_mut(&seat) else {
            return;
        };
        seat.cadence = cadence;
        if let Some((_, counts_until)) = &mut seat.health
            && *counts_until >= now
        {
            *counts_until = (*counts_until).max(now + cadence.stale_after().to_duration());
        }
    }

    /// What `derive` makes of everybody's health, which is done anew only after a change: in a large
    /// room it takes a while, and each decision asks for it.
    pub(in crate::server::replica) fn derived_from_health(
        &self,
        now: Instant,
        derive: impl FnOnce() -> Option<Span>,
    ) -> Option<Span> {
        if let Some((at, derived)) = self.derived.get()
            && now.saturating_duration_since(at) < DERIVED_FOR
        {
            return derived;
        }
        let derived = derive();
        self.derived.set(Some((now, derived)));
        derived
    }
}
