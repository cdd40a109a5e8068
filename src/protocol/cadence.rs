//! How often a client exchanges clock times and repeats its health, and over how long a time clients
//! come back: told by the server, kept within bounds by the client.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::time::Span;

/// Between two clock exchanges of a burst, in milliseconds: longer than most round trips, and shorter
/// than the time for which a radio stays awake after a packet (100 ms and more on usual systems).
pub const BURST_GAP_MS: u32 = 80;

/// The most clock exchanges of a burst: enough to start media within a few milliseconds on a quiet
/// network, over in half a second.
pub const MOST_IN_A_BURST: u32 = 8;

/// Within any time of [`WATCHED_MS`] a client begins so many exchanges at least, whatever it was told.
const FEWEST_EXCHANGES: u32 = 8;

/// The time in which [`FEWEST_EXCHANGES`] begin, in milliseconds.
const WATCHED_MS: u32 = 15_000;

/// The shortest time from burst to burst for each exchange of one, in milliseconds: twice as many
/// exchanges as with the default cadence (judgement: a server cannot have its clients flood it or
/// wear down their batteries).
const LEAST_MS_FOR_AN_EXCHANGE: u32 = 500;

/// The bounds of [`Cadence::health_ms`] (judgement: a report each second is as often as anybody can
/// read it; what was told 25 s ago, two and a half times the longest, may still count).
const HEALTH_MS: (u32, u32) = (1_000, 10_000);

/// The most of [`Cadence::return_ms`] that a client keeps (judgement: three times what our server
/// tells; nobody should be kept away for longer whose own network stumbled).
const LONGEST_RETURN_MS: u32 = 30_000;

/// How often a client exchanges clock times and repeats unchanged health, and how clients that lost
/// the server come back.
///
/// A server tells it by how many connections it has, and again when that has changed much. One that tells none, like versions up to 0.1.0,
/// means [`Cadence::default`]. A client keeps [`Cadence::bounded`] of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cadence {
    /// From the beginning of a burst of clock exchanges to that of the next, in milliseconds.
    pub clock_ms: u32,
    /// How many clock exchanges a burst has, 80 ms apart.
    pub burst: u32,
    /// After how long unchanged health is reported again, in milliseconds. The server no longer counts
    /// a report that is older than two and a half times this.
    pub health_ms: u32,
    /// A client that lost the connection waits for a random part of this time before its first attempt,
    /// in milliseconds, beside what it waits anyway, and about so long between further ones: so those
    /// whom one server lost at once come back evenly, and not at once. Zero while there are few, and what a server means that does not tell it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub return_ms: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(milliseconds: &u32) -> bool {
    *milliseconds == 0
}

impl Default for Cadence {
    /// An exchange a second, and health every 2 s: what versions up to 0.1.0 do.
    fn default() -> Self {
        Self {
            clock_ms: 1_000,
            burst: 1,
            health_ms: 2_000,
            return_ms: 0,
        }
    }
}

impl Cadence {
    /// The same within what a client does at all: a burst has 1 to 8 exchanges, at most two
    /// exchanges a second begin and at least 8 in any 15 s, health comes every 1 to 10 s, and nobody
    /// stays away for more than half a minute because of others.
    #[must_use]
    pub fn bounded(self) -> Self {
        let burst = self.burst.clamp(1, MOST_IN_A_BURST);
        let least = LEAST_MS_FOR_AN_EXCHANGE * burst;
        let (soonest, latest) = HEALTH_MS;
        Self {
            clock_ms: self.clock_ms.clamp(least, longest_between(burst)),
            burst,
            health_ms: self.health_ms.clamp(soonest, latest),
            return_ms: self.return_ms.min(LONGEST_RETURN_MS),
        }
    }

    /// From the last exchange of a burst to the first of the next.
    #[must_use]
    pub const fn rest(self) -> Span {
        let lasts = self.burst.saturating_sub(1).saturating_mul(BURST_GAP_MS);
        Span::millis(self.clock_ms.saturating_sub(lasts) as i64)
    }

    /// Over how long a time clients that lost the server come back.
    #[must_use]
    pub const fn return_within(self) -> Span {
        Span::millis(self.return_ms as i64)
    }

    /// After how long unchanged health is reported again.
    #[must_use]
    pub const fn between_reports(self) -> Span {
        Span::millis(self.health_ms as i64)
    }

    /// After how long a report of health no longer counts: two and a half reports are missing, so
    /// that one may be lost and the next one late.
    #[must_use]
    pub const fn stale_after(self) -> Span {
        Span::millis(self.health_ms as i64 * 5 / 2)
    }
}

/// The longest time from burst to burst, in milliseconds, that leaves [`FEWEST_EXCHANGES`] in any
/// [`WATCHED_MS`]: so many whole bursts fit in wherever the time begins.
const fn longest_between(burst: u32) -> u32 {
    let lasts = (burst - 1) * BURST_GAP_MS;
    (WATCHED_MS - lasts) / FEWEST_EXCHANGES.div_ceil(burst)
}

#[cfg(test)]
mod tests {
    use super::Cadence;

    #[test]
    fn what_versions_before_did_is_within_the_bounds() {
        assert_eq!(Cadence::default().bounded(), Cadence::default());
    }

    #[test]
    fn a_hostile_server_is_not_followed() {
        let told = |value| Cadence {
            clock_ms: value,
            burst: value,
            health_ms: value,
            return_ms: value,
        };
        let least = Cadence {
            clock_ms: 500,
            burst: 1,
            health_ms: 1_000,
            return_ms: 0,
        };
        assert_eq!(told(0).bounded(), least);
        let most = Cadence {
            clock_ms: 14_440,
            burst: 8,
            health_ms: 10_000,
            return_ms: 30_000,
        };
        assert_eq!(told(u32::MAX).bounded(), most);
        assert!(most.stale_after() > most.between_reports());
    }
}
