//! The three kinds of time, each a type of its own so that they cannot be mixed up.
//!
//! [`RoomTime`] is shared by a room, [`LocalTime`] is one process's monotonic clock, and
//! [`Position`] is a place in the media. All count whole microseconds.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Microseconds in a second, the unit of every time here.
pub const MICROS_PER_SECOND: i64 = 1_000_000;

/// Room time: microseconds since the Unix epoch, as counted by the server: by its wall clock at its
/// start and the monotonic time since, or by the clock of the Redis that its nodes share. It never runs
/// backwards.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
#[schemars(!transparent)]
pub struct RoomTime(pub i64);

/// The monotonic time of one client process: microseconds since an origin of its own choice.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
#[schemars(!transparent)]
pub struct LocalTime(pub i64);

/// A place in the media: microseconds from its beginning.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
#[schemars(!transparent)]
pub struct Position(pub i64);

/// A signed duration in microseconds, between two times or two positions.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
#[schemars(!transparent)]
pub struct Span(pub i64);

impl Span {
    /// A span of length zero.
    pub const ZERO: Self = Self(0);

    /// A span of whole seconds.
    #[must_use]
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds * MICROS_PER_SECOND)
    }

    /// A span of whole milliseconds.
    #[must_use]
    pub const fn millis(millis: i64) -> Self {
        Self(millis * 1_000)
    }

    /// The span as a number of seconds.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "exact below 2^53 us, 285 years; spans are shorter"
    )]
    pub fn as_seconds(self) -> f64 {
        self.0 as f64 / MICROS_PER_SECOND as f64
    }

    /// The span nearest to a number of seconds; NaN counts as zero.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "`as` saturates, which is what an absurd number should do"
    )]
    pub fn from_seconds(seconds: f64) -> Self {
        Self((seconds * MICROS_PER_SECOND as f64).round() as i64)
    }

    /// Its size without its direction.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// The span as a [`Duration`]; a negative one becomes zero.
    #[must_use]
    pub fn to_duration(self) -> Duration {
        Duration::from_micros(u64::try_from(self.0).unwrap_or(0))
    }
}

impl From<Duration> for Span {
    fn from(duration: Duration) -> Self {
        Self(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX))
    }
}

impl Position {
    /// The beginning of the media, whatever its own time stamps say.
    pub const START: Self = Self(0);

    /// A position in whole seconds.
    #[must_use]
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds * MICROS_PER_SECOND)
    }

    /// The position as a number of seconds.
    #[must_use]
    pub fn as_seconds(self) -> f64 {
        Span(self.0).as_seconds()
    }

    /// The position nearest to a number of seconds; negative numbers and NaN become the start.
    #[must_use]
    pub fn from_seconds(seconds: f64) -> Self {
        Self(Span::from_seconds(seconds).0.max(0))
    }

    /// The position limited to the range from the start to `end`, if an end is known.
    #[must_use]
    pub fn clamped(self, end: Option<Span>) -> Self {
        let end = end.map_or(i64::MAX, |span| span.0.max(0));
        Self(self.0.clamp(0, end))
    }
}

/// A position as people write it: `0:07`, `12:03`, `1:35:20`.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.0.max(0) / MICROS_PER_SECOND;
        let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
        if hours > 0 {
            write!(f, "{hours}:{minutes:02}:{seconds:02}")
        } else {
            write!(f, "{minutes}:{seconds:02}")
        }
    }
}

/// Arithmetic for one kind of time: time ± span is a time, time - time is a span. All of it
/// saturates, since operands may come from the network.
macro_rules! time_arithmetic {
    ($($time:ident),*) => {$(
        impl Add<Span> for $time {
            type Output = Self;
            fn add(self, span: Span) -> Self {
                Self(self.0.saturating_add(span.0))
            }
        }

        impl Sub<Span> for $time {
            type Output = Self;
            fn sub(self, span: Span) -> Self {
                Self(self.0.saturating_sub(span.0))
            }
        }

        impl Sub for $time {
            type Output = Span;
            fn sub(self, earlier: Self) -> Span {
                Span(self.0.saturating_sub(earlier.0))
            }
        }
    )*};
}

time_arithmetic!(RoomTime, LocalTime, Position);

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// Playback rate in thousandths of normal, from 250 ([`Rate::SLOWEST`]) to 4,000
/// ([`Rate::FASTEST`]). Whole numbers make rates comparable, and the arithmetic the same on every
/// machine.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "u32", into = "u32")]
#[schemars(!try_from, !into)]
pub struct Rate(u32);

/// A rate outside the bounds of [`Rate`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a rate lies between 0.25 and 4")]
pub struct RateError;

impl Rate {
    /// The rate at which each media starts: one second a second.
    pub const NORMAL: Self = Self(1_000);
    /// The slowest rate of a room: below a quarter, speech is noise (judgement).
    pub const SLOWEST: Self = Self(250);
    /// The fastest rate of a room: beyond 4, mpv's tempo filter mutes by default.
    pub const FASTEST: Self = Self(4_000);

    /// A rate from a factor such as `1.25`.
    ///
    /// # Errors
    /// [`RateError`] if it is out of bounds or NaN.
    pub fn from_factor(factor: f64) -> Result<Self, RateError> {
        if !(0.25..=4.0).contains(&factor) {
            return Err(RateError);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 250 and 4000 by the check above"
        )]
        let thousandths = (factor * 1_000.0).round() as u32;
        Ok(Self(thousandths))
    }

    /// The rate as a factor; `1.0` is normal speed.
    #[must_use]
    pub fn factor(self) -> f64 {
        f64::from(self.0) / 1_000.0
    }

    /// How far the media moves in `span` of room time at this rate.
    #[must_use]
    pub fn over(self, span: Span) -> Span {
        let moved = i128::from(span.0) * i128::from(self.0) / 1_000;
        Span(i64::try_from(moved).unwrap_or(i64::MAX))
    }

    /// How much room time the media needs to move by `span` at this rate.
    #[must_use]
    pub fn time_for(self, span: Span) -> Span {
        let time = i128::from(span.0) * 1_000 / i128::from(self.0.max(1));
        Span(i64::try_from(time).unwrap_or(i64::MAX))
    }
}

impl Default for Rate {
    fn default() -> Self {
        Self::NORMAL
    }
}

impl TryFrom<u32> for Rate {
    type Error = RateError;
    fn try_from(thousandths: u32) -> Result<Self, RateError> {
        if (Self::SLOWEST.0..=Self::FASTEST.0).contains(&thousandths) {
            Ok(Self(thousandths))
        } else {
            Err(RateError)
        }
    }
}

impl From<Rate> for u32 {
    fn from(rate: Rate) -> Self {
        rate.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Position, Rate, RoomTime, Span};

    #[test]
    fn positions_read_as_people_write_them() {
        let cases = [(0, "0:00"), (7, "0:07"), (723, "12:03"), (5720, "1:35:20")];
        for (seconds, text) in cases {
            assert_eq!(Position::seconds(seconds).to_string(), text);
        }
    }

    #[test]
    fn a_rate_stretches_time_and_back() {
        let rate = Rate::from_factor(1.25).unwrap();
        assert_eq!(rate.over(Span::seconds(4)), Span::seconds(5));
        assert_eq!(rate.time_for(Span::seconds(5)), Span::seconds(4));
    }

    #[test]
    fn absurd_rates_are_refused() {
        for factor in [0.0, 0.249, 4.001, -1.0, f64::NAN, f64::INFINITY] {
            assert!(Rate::from_factor(factor).is_err(), "{factor}");
        }
        assert!(serde_json::from_str::<Rate>("0").is_err());
    }

    #[test]
    fn hostile_times_saturate() {
        assert_eq!(RoomTime(i64::MAX) + Span::seconds(1), RoomTime(i64::MAX));
        assert_eq!(RoomTime(i64::MIN) - RoomTime(1), Span(i64::MIN));
        assert_eq!(Rate::FASTEST.over(Span(i64::MAX)), Span(i64::MAX));
    }

    #[test]
    fn a_position_is_never_negative_nor_beyond_the_end() {
        assert_eq!(Position::from_seconds(-3.0), Position::START);
        let end = Some(Span::seconds(10));
        assert_eq!(Position::seconds(30).clamped(end), Position::seconds(10));
    }
}
