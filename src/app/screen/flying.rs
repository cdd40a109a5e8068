//! Reactions that rise and fade. Where one is follows from when it began.

use std::collections::VecDeque;

use crate::protocol::text::Emoji;
use crate::protocol::time::{LocalTime, Span};

/// How long one rises.
const RISE: Span = Span::millis(2_500);

/// For how long one is counted among those of late.
const COUNTED: Span = Span::seconds(12);

/// At most 30 pictures a second while any rise.
const FRAME: Span = Span::millis(34);

/// The border flashes for so long after one came.
const FLASH: Span = Span::millis(180);

/// The most that are followed at once; more are only counted.
const MOST: usize = 60;

/// One reaction on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Flight {
    emoji: Emoji,
    at: LocalTime,
    /// Its number, from which its column follows.
    number: u32,
}

/// The reactions of the last seconds.
#[derive(Debug, Clone, Default)]
pub struct Flying {
    flights: VecDeque<Flight>,
    number: u32,
}

impl Flying {
    /// One more begins to rise.
    pub(super) fn begin(&mut self, emoji: Emoji, at: LocalTime) {
        self.number = self.number.wrapping_add(1);
        let number = self.number;
        self.flights.push_back(Flight { emoji, at, number });
        while self.flights.len() > MOST {
            self.flights.pop_front();
        }
    }

    /// Forgets those that are over.
    pub(super) fn forget(&mut self, now: LocalTime) {
        self.flights.retain(|flight| now - flight.at < COUNTED);
    }

    /// When the picture of them changes next.
    #[must_use]
    pub fn next_frame(&self, now: LocalTime) -> Option<LocalTime> {
        let rising = self.flights.iter().any(|flight| now - flight.at < RISE);
        if rising {
            Some(now + FRAME)
        } else {
            self.flights.front().map(|flight| flight.at + COUNTED)
        }
    }

    /// Whether one came just now.
    #[must_use]
    pub fn flashes(&self, now: LocalTime) -> bool {
        self.flights
            .back()
            .is_some_and(|last| now - last.at < FLASH)
    }

    /// Those that rise, each with its column (0 to 1) and how far it has risen (0 to 1).
    pub fn rising(&self, now: LocalTime) -> impl Iterator<Item = (&str, f64, f64)> {
        self.flights.iter().filter_map(move |flight| {
            let age = (now - flight.at).as_seconds() / RISE.as_seconds();
            // Steps of the golden ratio spread any number of them evenly.
            let column = (f64::from(flight.number) * 0.618_033_988_75).fract();
            (0.0..1.0)
                .contains(&age)
                .then_some((flight.emoji.as_str(), column, age))
        })
    }

    /// Those of late with how often each came, the most frequent first.
    #[must_use]
    pub fn counts(&self) -> Vec<(&str, usize)> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for flight in &self.flights {
            let emoji = flight.emoji.as_str();
            match counts.iter_mut().find(|(counted, _)| *counted == emoji) {
                Some((_, count)) => *count += 1,
                None => counts.push((emoji, 1)),
            }
        }
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::{COUNTED, Flying, RISE};
    use crate::protocol::text::Emoji;
    use crate::protocol::time::{LocalTime, Span};

    #[test]
    fn they_rise_then_are_counted_then_gone() {
        let start = LocalTime(0);
        let mut flying = Flying::default();
        assert_eq!(flying.next_frame(start), None);
        for emoji in ["🔥", "😱", "😱"] {
            flying.begin(Emoji::parse(emoji).unwrap(), start);
        }
        let next = flying.next_frame(start).unwrap();
        assert!((next - start) >= Span::millis(33), "at most 30 a second");
        assert_eq!(flying.rising(start).count(), 3);
        let over = start + RISE;
        assert_eq!(flying.rising(over).count(), 0);
        assert_eq!(flying.counts(), [("😱", 2), ("🔥", 1)]);
        assert_eq!(flying.next_frame(over), Some(start + COUNTED));
        flying.forget(start + COUNTED);
        assert_eq!(flying.next_frame(start + COUNTED), None);
    }
}
