//! What a seek costs, and how often one may be made unasked.

use crate::protocol::time::{LocalTime, Span};

/// What a seek is taken to cost before one was measured: an exact seek in a local file or on
/// a fast network takes 0.09 to 0.11 s (mpv 0.35.1, median).
pub(super) const FIRST_COST: Span = Span::millis(100);

/// A seek that takes longer than this means a network that stood still.
const MOST_COST: Span = Span::seconds(3);

/// The most that a seek on a slow network is taken to cost: the media between two keyframes
/// comes in that time (judgement: 10 s of it at its own rate).
const MOST_SLOW: Span = Span::seconds(10);

/// What a seek takes at least on a slow network; below it is a usual one.
const LEAST_SLOW: Span = Span::millis(1_400);

/// The least time between two seeks that nobody asked for.
pub(super) const FIRST_REST: Span = Span::seconds(5);

/// The longest that this rest grows to.
pub(super) const LONGEST_REST: Span = Span::seconds(60);

/// A seek that lands farther beyond its target than this found no picture nearer: exact
/// seeks land within 30 ms (mpv 0.35.1).
const OVERSHOT: Span = Span::millis(500);

/// What is known of seeks in the media that is on.
#[derive(Debug, Clone)]
pub(super) struct Seeking {
    cost: Option<Span>,
    /// The same of those whose target was cached.
    at_hand: Option<Span>,
    /// The same of those whose target was not, where data comes hardly faster than the media:
    /// learned of a seek that waited though data had just come.
    slow: Option<Span>,
    /// What the last seek took, if that was uncommonly long.
    long: Option<Span>,
    guess: Span,
    last: Option<LocalTime>,
    rest: Span,
    /// How far beyond their targets seeks land.
    overshoot: Span,
}

impl Default for Seeking {
    fn default() -> Self {
        Self {
            cost: None,
            at_hand: None,
            slow: None,
            long: None,
            guess: FIRST_COST,
            last: None,
            rest: FIRST_REST,
            overshoot: Span::ZERO,
        }
    }
}

impl Seeking {
    /// Other media is on: its seeks cost something else.
    pub(super) fn new_media(&mut self) {
        self.cost = None;
        self.at_hand = None;
        self.slow = None;
        self.long = None;
        self.guess = FIRST_COST;
        self.overshoot = Span::ZERO;
    }

    /// A load or a seek landed this far beyond its target. Between keyframes the next one is near
    /// at times: what was learned fades by half with each landing.
    pub(super) fn landed(&mut self, beyond: Span) {
        let remembered = Span(self.overshoot.0 / 2);
        let overshoot = remembered.max(beyond);
        self.overshoot = if overshoot > OVERSHOT {
            overshoot
        } else {
            Span::ZERO
        };
    }

    /// How far beyond its target a seek is to be expected; zero where they are exact.
    #[must_use]
    pub(super) const fn overshoot(&self) -> Span {
        self.overshoot
    }

    /// Whether seeks land at keyframes only, and these lie far apart.
    #[must_use]
    pub(super) fn is_coarse(&self) -> bool {
        self.overshoot > Span::ZERO
    }

    /// A seek that nobody asked for brought the player no nearer: the next one waits long.
    pub(super) fn did_not_help(&mut self, now: LocalTime) {
        self.last = Some(now);
        self.rest = LONGEST_REST;
    }

    /// The media took this long to open, which hints at what a seek will cost.
    pub(super) fn opened_in(&mut self, span: Span) {
        self.guess = Span(span.0 / 2).clamp(FIRST_COST, Span::seconds(1));
    }

    /// How long a seek takes, from the order to the first picture.
    #[must_use]
    pub(super) fn cost(&self) -> Span {
        let usual = self.cost.unwrap_or(self.guess);
        self.slow.unwrap_or(usual)
    }

    /// Whether data comes hardly faster than the media, as far as seeks have shown.
    #[must_use]
    pub(super) const fn is_slow(&self) -> bool {
        self.slow.is_some()
    }

    /// A seek to what was not cached took this long, right after another one that had waited
    /// for data and got it: the network is slow. Another seek would do no better, so that
    /// speed does the rest for a while.
    pub(super) fn waited_again(&mut self, span: Span, now: LocalTime) {
        let span = span.min(MOST_SLOW);
        let slow = self.slow.map_or(span, |slow| slow.max(span));
        self.slow = Some(slow);
        self.did_not_help(now);
    }

    /// On a slow network a seek to what was not cached took this long.
    pub(super) fn took_slow(&mut self, span: Span, now: LocalTime) {
        if let Some(slow) = self.slow {
            let slow = Span(i64::midpoint(slow.0, span.min(MOST_SLOW).0));
            self.slow = Some(slow).filter(|slow| *slow >= LEAST_SLOW);
            self.did_not_help(now);
        }
    }

    /// How long a seek takes whose target is cached: that is decoding, and no network.
    #[must_use]
    pub(super) fn cost_at_hand(&self) -> Span {
        let cost = self.cost.unwrap_or(FIRST_COST).min(FIRST_COST);
        self.at_hand.unwrap_or(cost)
    }

    /// A seek took this long. One that took longer than seeks do shows nothing by itself: it
    /// may have waited for data. A second one like it is what seeks cost here, where pictures
    /// are slow to decode.
    pub(super) fn took(&mut self, span: Span, is_long: bool, at_hand: bool) {
        let span = span.clamp(Span::ZERO, MOST_COST);
        let before = std::mem::replace(&mut self.long, is_long.then_some(span));
        let span = match before {
            _ if !is_long => span,
            Some(before) => span.min(before),
            None => return,
        };
        let learned =
            |known: Option<Span>| known.map_or(span, |known| Span(i64::midpoint(known.0, span.0)));
        self.cost = Some(learned(self.cost));
        if at_hand {
            self.at_hand = Some(learned(self.at_hand));
        }
    }

    /// Whether a seek that nobody asked for may be made now.
    #[must_use]
    pub(super) fn rested(&self, now: LocalTime) -> bool {
        self.last.is_none_or(|last| now - last >= self.rest)
    }

    /// Such a seek is made now. The sooner it follows the one before, the longer the next
    /// one waits.
    pub(super) fn unasked(&mut self, now: LocalTime) {
        let soon = self
            .last
            .is_some_and(|last| now - last < LONGEST_REST + self.rest);
        self.rest = if soon {
            Span(self.rest.0.saturating_mul(2)).min(LONGEST_REST)
        } else {
            FIRST_REST
        };
        self.last = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::Seeking;
    use crate::protocol::time::{LocalTime, Span};

    #[test]
    fn unasked_seeks_grow_rarer_and_are_forgiven() {
        let mut seeking = Seeking::default();
        let mut waits = Vec::new();
        let mut now = LocalTime(0);
        for _ in 0..6 {
            let began = now;
            while !seeking.rested(now) {
                now = now + Span::seconds(1);
            }
            waits.push((now - began).0 / 1_000_000);
            seeking.unasked(now);
        }
        assert_eq!(waits, [0, 5, 10, 20, 40, 60]);
        now = now + Span::seconds(300);
        seeking.unasked(now);
        assert!(seeking.rested(now + Span::seconds(5)));
    }

    #[test]
    fn the_cost_is_learned_anew_for_each_media() {
        let mut seeking = Seeking::default();
        seeking.took(Span::millis(600), false, false);
        assert_eq!(seeking.cost(), Span::millis(600));
        assert_eq!(seeking.cost_at_hand(), Span::millis(100), "by the network");
        seeking.took(Span::millis(200), false, true);
        assert_eq!(seeking.cost(), Span::millis(400));
        assert_eq!(seeking.cost_at_hand(), Span::millis(200));
        seeking.took(Span::seconds(2), true, true);
        assert_eq!(seeking.cost(), Span::millis(400));
        seeking.took(Span::millis(2_400), true, true);
        assert_eq!(seeking.cost(), Span::millis(1_200), "such seeks are slow");
        seeking.new_media();
        assert_eq!(seeking.cost(), Span::millis(100));
    }
}
