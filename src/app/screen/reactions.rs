//! Floating reactions: emoji that rise and fade. Where one is follows from when it began.

use std::collections::VecDeque;

use crate::protocol::text::Emoji;
use crate::protocol::time::{LocalTime, Span};

/// How long one rises.
const RISE: Span = Span::millis(2_500);

/// For how long one is counted after it began.
const COUNTED: Span = Span::seconds(12);

/// The time between two pictures while any rise: at most 30 a second.
const FRAME: Span = Span::millis(34);

/// The most that are kept; the oldest go first.
const MOST: usize = 60;

/// A reaction from when it came until it is counted no more, which is after it has faded.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FloatingReaction {
    emoji: Emoji,
    /// When it began.
    at: LocalTime,
    /// Counts up with each; the column follows from it.
    number: u32,
}

/// The reactions of the last seconds.
#[derive(Debug, Clone, Default)]
pub struct FloatingReactions {
    recent: VecDeque<FloatingReaction>,
    number: u32,
}

impl FloatingReactions {
    /// Another one begins to rise.
    pub(super) fn begin(&mut self, emoji: Emoji, at: LocalTime) {
        self.number = self.number.wrapping_add(1);
        let number = self.number;
        self.recent
            .push_back(FloatingReaction { emoji, at, number });
        while self.recent.len() > MOST {
            self.recent.pop_front();
        }
    }

    /// Drops those that are over.
    pub(super) fn expire(&mut self, now: LocalTime) {
        self.recent.retain(|reaction| now - reaction.at < COUNTED);
    }

    /// When the picture of them changes next.
    #[must_use]
    pub fn next_frame(&self, now: LocalTime) -> Option<LocalTime> {
        let rising = self.recent.iter().any(|reaction| now - reaction.at < RISE);
        if rising {
            Some(now + FRAME)
        } else {
            self.recent.front().map(|reaction| reaction.at + COUNTED)
        }
    }

    /// Those that rise, each with its column (0 to 1) and how far it has risen (0 to 1).
    pub fn rising(&self, now: LocalTime) -> impl Iterator<Item = (&str, f64, f64)> {
        self.recent.iter().filter_map(move |reaction| {
            let age = (now - reaction.at).as_seconds() / RISE.as_seconds();
            // Steps of the golden ratio spread any number of them evenly.
            let column = (f64::from(reaction.number) * 0.618_033_988_75).fract();
            (0.0..1.0)
                .contains(&age)
                .then_some((reaction.emoji.as_str(), column, age))
        })
    }

    /// The recent ones with how often each came, the most frequent first.
    #[must_use]
    pub fn counts(&self) -> Vec<(&str, usize)> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for reaction in &self.recent {
            let emoji = reaction.emoji.as_str();
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
    use super::{COUNTED, FloatingReactions, RISE};
    use crate::protocol::text::Emoji;
    use crate::protocol::time::{LocalTime, Span};

    #[test]
    fn they_rise_then_are_counted_then_gone() {
        let start = LocalTime(0);
        let mut reactions = FloatingReactions::default();
        assert_eq!(reactions.next_frame(start), None);
        for emoji in ["🔥", "😱", "😱"] {
            reactions.begin(Emoji::parse(emoji).unwrap(), start);
        }
        let next = reactions.next_frame(start).unwrap();
        assert!((next - start) >= Span::millis(33), "at most 30 a second");
        assert_eq!(reactions.rising(start).count(), 3);
        let over = start + RISE;
        assert_eq!(reactions.rising(over).count(), 0);
        assert_eq!(reactions.counts(), [("😱", 2), ("🔥", 1)]);
        assert_eq!(reactions.next_frame(over), Some(start + COUNTED));
        reactions.expire(start + COUNTED);
        assert_eq!(reactions.next_frame(start + COUNTED), None);
    }
}
