//! Times of day that people name and read: `21:00`, today or tomorrow.

use std::fmt;

use super::wall_time::WallTime;
use crate::protocol::time::{MICROS_PER_SECOND, Span};

/// A minute, in microseconds.
const MINUTE: i64 = 60 * MICROS_PER_SECOND;
/// A day without a change to or from summer time, in microseconds.
const DAY: i64 = 24 * 60 * MINUTE;

/// A time of day as people write it, to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
}

/// A moment as a clock on the wall shows it, seen from another moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockTime {
    /// What the clock shows then.
    pub time: WallTime,
    /// How many midnights lie in between; 0 is the same day, 1 the next.
    pub days: i64,
}

impl TimeOfDay {
    /// `21:00`, `9:05` or `21.00`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once([':', '.'])?;
        let number = |digits: &str, most: u8| {
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            let number: Option<u8> = digits.parse().ok();
            number.filter(|number| plain && digits.len() <= 2 && *number <= most)
        };
        if minute.len() != 2 {
            return None;
        }
        Some(Self {
            hour: number(hour, 23)?,
            minute: number(minute, 59)?,
        })
    }

    /// How long it is until clocks next show this time: more than nothing, at most a day, and an
    /// hour more across the end of summer time. A time that its beginning skips is as late after it
    /// as it would have been without one.
    #[must_use]
    pub fn next_after(self, now: WallTime) -> Span {
        let wanted = (i64::from(self.hour) * 60 + i64::from(self.minute)) * MINUTE;
        let left = (wanted - local(now)).rem_euclid(DAY);
        let left = if left == 0 { DAY } else { left };
        let Some(change) = now.change else {
            return Span(left);
        };
        let forward = i64::from(change.offset - now.offset) * MICROS_PER_SECOND;
        let changed = left - forward;
        let is_behind = |left: i64| now.since_epoch.saturating_add(left) >= change.at;
        Span(if is_behind(left) && is_behind(changed) {
            changed
        } else {
            left
        })
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl ClockTime {
    /// The moment so much later than `now`, or earlier, to the nearest minute: people name whole
    /// minutes, and the clocks of two members differ by some seconds.
    #[must_use]
    pub const fn after(now: WallTime, span: Span) -> Self {
        let moment = now.since_epoch.saturating_add(span.0);
        let minutes = moment.saturating_add(MINUTE / 2).div_euclid(MINUTE);
        let time = WallTime {
            since_epoch: minutes.saturating_mul(MINUTE),
            offset: now.offset_at(moment),
            change: None,
        };
        let days = local(time).div_euclid(DAY) - local(now).div_euclid(DAY);
        Self { time, days }
    }
}

/// Microseconds since the beginning of 1970 by a local clock.
const fn local(time: WallTime) -> i64 {
    let ahead = time.offset as i64 * MICROS_PER_SECOND;
    time.since_epoch.saturating_add(ahead)
}

#[cfg(test)]
mod tests {
    use super::{ClockTime, TimeOfDay, WallTime};
    use crate::app::wall_time::OffsetChange;
    use crate::protocol::time::Span;

    /// 28 November 2026, 20:30 in UTC, on a clock so many hours ahead of it.
    fn evening(ahead: i32) -> WallTime {
        WallTime {
            since_epoch: 1_795_897_800_000_000,
            offset: ahead * 3_600,
            change: None,
        }
    }

    fn at(text: &str) -> TimeOfDay {
        TimeOfDay::parse(text).unwrap()
    }

    #[test]
    fn a_time_of_day_is_read_as_people_write_it() {
        for (text, shown) in [("21:00", "21:00"), ("9:05", "09:05"), ("09.05", "09:05")] {
            assert_eq!(at(text).to_string(), shown);
        }
        for text in [
            "", "21", "24:00", "9:60", "9:5", "+9:05", "9:05:00", "nine", "1:٠",
        ] {
            assert_eq!(TimeOfDay::parse(text), None, "{text}");
        }
    }

    #[test]
    fn everybody_reads_the_clock_of_their_own_place() {
        for (ahead, shown, days) in [(0, "21:00", 0), (3, "00:00", 1), (-5, "16:00", 0)] {
            let then = ClockTime::after(evening(ahead), Span::seconds(1_800));
            assert_eq!((then.time.to_string().as_str(), then.days), (shown, days));
        }
    }

    #[test]
    fn a_start_across_a_change_of_the_clocks_is_at_the_hour_that_they_show_then() {
        // In Berlin on the evening before: clocks are put at 1:00 UTC, in 4.5 hours.
        let berlin = |before: i32, after: i32| WallTime {
            offset: before * 3_600,
            change: Some(OffsetChange {
                at: evening(0).since_epoch + 270 * 60 * 1_000_000,
                offset: after * 3_600,
            }),
            ..evening(0)
        };
        let (spring, autumn) = (berlin(1, 2), berlin(2, 1));
        // Now it is 21:30 in spring and 22:30 in autumn. Minutes, and what the clock shows then.
        let cases = [
            (spring, "23:00", 90, "23:00", 0),
            (spring, "9:00", 630, "09:00", 1),
            // Skipped: from 2:00 they go to 3:00.
            (spring, "2:30", 300, "03:30", 1),
            (autumn, "9:00", 690, "09:00", 1),
            // Shown twice; the first counts.
            (autumn, "2:30", 240, "02:30", 1),
            (autumn, "22:00", 1_470, "22:00", 1),
        ];
        for (now, time, minutes, shown, days) in cases {
            let span = at(time).next_after(now);
            assert_eq!(span, Span::seconds(minutes * 60), "{time}");
            let then = ClockTime::after(now, span);
            assert_eq!((then.time.to_string().as_str(), then.days), (shown, days));
        }
    }

    #[test]
    fn a_time_that_has_passed_today_is_tomorrows() {
        let now = evening(0);
        let cases = [
            ("20:31", 1, 0),
            ("23:59", 209, 0),
            ("20:30", 1_440, 1),
            ("20:00", 1_410, 1),
        ];
        for (time, minutes, days) in cases {
            let span = at(time).next_after(now);
            assert_eq!(span, Span::seconds(minutes * 60), "{time}");
            let then = ClockTime::after(now, span);
            assert_eq!((then.time.to_string().as_str(), then.days), (time, days));
        }
    }
}
