//! The limits of one connection and of the server, and the token bucket that counts them.
//!
//! The figures are judgement: each is several times what a lively member does by hand, and
//! a small fraction of what a room's task can do. Those of a connection are in [`super::client_limits`].

use std::time::Duration;

use serde::{Serialize, Serializer};
use tokio::time::Instant;

use super::client_limits::{COMMANDS, FRAMES, PLAYER_REPORTS, Rate, STATES};
use super::creation::CreateRule;
use crate::protocol::denied::Denied;
use crate::protocol::time::Span;
use crate::room::decide::RoomSettings;
use crate::room::lifetime::DEFAULT_TTL;

/// The limits that an operator sets. DEPLOY.md has the table of these and of those that are fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// The most rooms at once.
    pub rooms: u32,
    /// The most rooms at once that one address created, counted since the server's start.
    pub rooms_per_address: u32,
    /// The most members in a room at once.
    pub members: u32,
    /// The most connections at once.
    pub connections: u32,
    /// The most connections at once of one address.
    pub connections_per_address: u32,
    /// Who may create rooms.
    pub create: CreateRule,
    /// The grace period of rooms created here; `None` for the default of the room.
    #[serde(rename = "succession_grace", serialize_with = "in_seconds")]
    pub grace: Option<Span>,
    /// How long empty rooms that are meant to last are kept.
    #[serde(serialize_with = "whole_seconds")]
    pub room_ttl: Span,
}

impl Limits {
    /// What rooms are told of these.
    pub(super) const fn room_settings(&self) -> RoomSettings {
        RoomSettings {
            grace: self.grace,
            ttl: Some(self.room_ttl),
        }
    }
}

/// A time as the operator reads it, in whole seconds.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for this signature"
)]
fn whole_seconds<S: Serializer>(span: &Span, serializer: S) -> Result<S::Ok, S::Error> {
    (span.0 / 1_000_000).serialize(serializer)
}

/// A time as the operator reads it, in seconds.
#[expect(clippy::ref_option, reason = "serde asks for this signature")]
fn in_seconds<S: Serializer>(span: &Option<Span>, serializer: S) -> Result<S::Ok, S::Error> {
    span.map(Span::as_seconds).serialize(serializer)
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rooms: 10_000,
            rooms_per_address: 50,
            members: 1_000,
            connections: 10_000,
            connections_per_address: 64,
            create: CreateRule::Anyone,
            grace: None,
            room_ttl: DEFAULT_TTL,
        }
    }
}

/// A token bucket: `burst` tokens at once, then `per_second`.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    /// The most tokens it holds, which is what it starts with.
    burst: f64,
    /// Tokens that come back per second.
    per_second: f64,
    left: f64,
    counted_at: Instant,
}

impl Bucket {
    /// A full bucket.
    pub(super) fn new(burst: u32, per_second: f64, now: Instant) -> Self {
        Self {
            burst: f64::from(burst),
            per_second,
            left: f64::from(burst),
            counted_at: now,
        }
    }

    /// A full bucket of this rate.
    pub(super) fn of(rate: Rate, now: Instant) -> Self {
        Self::new(rate.at_once, rate.per_second, now)
    }

    /// Takes a token if there is one.
    ///
    /// # Errors
    /// The time until there is one; none was taken.
    pub(super) fn take(&mut self, now: Instant) -> Result<(), Duration> {
        let passed = now.saturating_duration_since(self.counted_at);
        self.left = (self.left + passed.as_secs_f64() * self.per_second).min(self.burst);
        self.counted_at = now;
        if self.left >= 1.0 {
            self.left -= 1.0;
            Ok(())
        } else {
            let missing = (1.0 - self.left) / self.per_second;
            Err(Duration::from_secs_f64(missing))
        }
    }

    /// Whether it is full at `now`, so that a new bucket would be the same.
    pub(super) fn is_full(&self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.counted_at);
        self.left + passed.as_secs_f64() * self.per_second >= self.burst
    }

    /// Puts back a token that was taken for something that does not count.
    pub(super) fn give_back(&mut self) {
        self.left = (self.left + 1.0).min(self.burst);
    }
}

/// Password tries of one room: 30 at once, as many as people may join at the same moment, and
/// one in 5 s. Right ones are given back; a guesser gets some 17,000 a day.
pub(super) fn guesses_of_a_room(now: Instant) -> Bucket {
    Bucket::new(30, 0.2, now)
}

/// How often a room asks the log what it has missed before it refuses somebody, beside guesses, which
/// are limited by themselves: 10 times at once, and once a second (judgement: more than come in vain
/// to a room that is not under attack).
pub(super) fn checks_before_refusals(now: Instant) -> Bucket {
    Bucket::new(10, 1.0, now)
}

/// How often a node asks the log for a room of which it has not heard, before it refuses somebody: 20
/// times at once, and 10 times a second (judgement: a room is unknown for some milliseconds after
/// another node has created it, and few come to it then).
pub(super) fn searches_for_rooms(now: Instant) -> Bucket {
    Bucket::new(20, 10.0, now)
}

/// The denial of a command that has to wait so long.
pub(super) fn too_fast(wait: Duration) -> Denied {
    Denied::TooFast {
        retry_ms: wait_in_ms(wait),
    }
}

/// A time to wait as the wire says it: in milliseconds, rounded up.
pub(super) fn wait_in_ms(wait: Duration) -> u32 {
    u32::try_from(wait.as_millis())
        .unwrap_or(u32::MAX)
        .saturating_add(1)
}

/// The limits of one connection. What everybody in the room reads is counted by the room, over
/// all connections of a member.
#[derive(Debug, Clone)]
pub(super) struct ConnectionLimits {
    commands: Bucket,
    frames: Bucket,
    states: Bucket,
    reports: Bucket,
}

impl ConnectionLimits {
    /// A full allowance.
    pub(super) fn new(now: Instant) -> Self {
        Self {
            commands: Bucket::of(COMMANDS, now),
            frames: Bucket::of(FRAMES, now),
            states: Bucket::of(STATES, now),
            reports: Bucket::of(PLAYER_REPORTS, now),
        }
    }

    /// Counts a command of any kind.
    ///
    /// # Errors
    /// [`Denied::TooFast`] with the time to wait.
    pub(super) fn command(&mut self, now: Instant) -> Result<(), Denied> {
        self.commands.take(now).map_err(too_fast)
    }

    /// Counts a frame of any kind.
    ///
    /// # Errors
    /// How long to wait before the next one is read.
    pub(super) fn frame(&mut self, now: Instant) -> Result<(), Duration> {
        self.frames.take(now)
    }

    /// Counts a request for the whole state.
    ///
    /// # Errors
    /// How long to wait before it is answered.
    pub(super) fn state(&mut self, now: Instant) -> Result<(), Duration> {
        self.states.take(now)
    }

    /// Counts a player's report.
    ///
    /// # Errors
    /// How long to wait before it is handed on; other frames are read on meanwhile.
    pub(super) fn report(&mut self, now: Instant) -> Result<(), Duration> {
        self.reports.take(now)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Bucket, ConnectionLimits};
    use crate::protocol::denied::Denied;
    use crate::protocol::member::Member;

    #[test]
    fn a_bucket_empties_and_fills() {
        let start = Instant::now();
        let mut bucket = Bucket::new(2, 4.0, start);
        assert_eq!(bucket.take(start), Ok(()));
        assert_eq!(bucket.take(start), Ok(()));
        assert_eq!(bucket.take(start), Err(Duration::from_millis(250)));
        assert_eq!(bucket.take(start + Duration::from_millis(250)), Ok(()));
        // A long rest fills it to the brim and no further.
        let rested = start + Duration::from_hours(1);
        assert_eq!(bucket.take(rested), Ok(()));
        assert_eq!(bucket.take(rested), Ok(()));
        assert!(bucket.take(rested).is_err());
    }

    #[test]
    fn what_was_taken_for_nothing_comes_back_and_no_more() {
        let now = Instant::now();
        let mut bucket = Bucket::new(1, 1.0, now);
        bucket.give_back();
        assert_eq!(bucket.take(now), Ok(()));
        assert!(bucket.take(now).is_err());
        bucket.give_back();
        assert_eq!(bucket.take(now), Ok(()));
    }

    #[test]
    fn a_connection_has_as_many_commands_as_a_client_may_send_again() {
        let now = Instant::now();
        let mut limits = ConnectionLimits::new(now);
        let taken = (0..100).take_while(|_| limits.command(now).is_ok());
        assert_eq!(taken.count(), Member::ANSWERED_KEPT);
        let denied = limits.command(now).unwrap_err();
        assert_eq!(denied, Denied::TooFast { retry_ms: 101 });
    }
}
