//! The time that a clock on the member's wall shows.

use std::fmt;

/// The wall clock at one moment, where the member is. It can be set, and jump; nothing that has to
/// stay in step goes by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WallTime {
    /// Microseconds since the beginning of 1970, UTC.
    pub since_epoch: i64,
    /// How many seconds local clocks are ahead of UTC; negative in the west.
    pub offset: i32,
    /// When local clocks are next put forward or back; `None` if they never are.
    pub change: Option<OffsetChange>,
}

/// A change to or from summer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OffsetChange {
    /// Microseconds since the beginning of 1970, UTC, from which it holds.
    pub at: i64,
    /// How many seconds local clocks are ahead of UTC from then on.
    pub offset: i32,
}

/// Seconds in a minute, and minutes in an hour.
const SIXTY: i64 = 60;

impl WallTime {
    /// How many seconds local clocks are ahead of UTC at another moment (microseconds since the
    /// beginning of 1970), as far as the next change is concerned.
    #[must_use]
    pub const fn offset_at(self, moment: i64) -> i32 {
        match self.change {
            Some(change) if moment >= change.at => change.offset,
            _ => self.offset,
        }
    }

    /// Hour (0 to 23) and minute (0 to 59) on a local clock.
    #[must_use]
    pub const fn hour_and_minute(self) -> (i64, i64) {
        let seconds = self.since_epoch.div_euclid(1_000_000) + self.offset as i64;
        let minutes = seconds.div_euclid(SIXTY);
        (
            minutes.div_euclid(SIXTY).rem_euclid(24),
            minutes.rem_euclid(SIXTY),
        )
    }
}

/// As on a clock with 24 hours: `21:04`.
impl fmt::Display for WallTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = self.hour_and_minute();
        write!(f, "{hour:02}:{minute:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::WallTime;

    #[test]
    fn a_clock_shows_the_hour_of_its_place() {
        let shown = |since_epoch: i64, offset| {
            let time = WallTime {
                since_epoch: since_epoch * 1_000_000,
                offset,
                change: None,
            };
            time.to_string()
        };
        // 2026-11-28 21:04:59 UTC.
        let evening = 1_795_899_899;
        assert_eq!(shown(evening, 0), "21:04");
        assert_eq!(shown(evening, 3 * 3_600), "00:04");
        assert_eq!(shown(evening, 5 * 3_600 + 1_800), "02:34");
        assert_eq!(shown(evening, -9 * 3_600 - 1_800), "11:34");
        assert_eq!(shown(-1, 0), "23:59");
    }
}
