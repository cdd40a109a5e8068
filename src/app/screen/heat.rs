//! Where in the film people reacted: the row of heat above the progress line.

use crate::protocol::ids::Epoch;
use crate::protocol::time::{Position, Span};

/// The most reactions that are remembered of one film; more change its picture no longer.
const MOST: usize = 5_000;

/// The reactions of one film, by their places in it.
#[derive(Debug, Clone, Default)]
pub struct Heat {
    epoch: Epoch,
    places: Vec<Position>,
}

impl Heat {
    /// One more reaction, in this film at this place.
    pub(super) fn add(&mut self, epoch: Epoch, place: Position) {
        if self.epoch != epoch {
            self.epoch = epoch;
            self.places.clear();
        }
        if self.places.len() < MOST {
            self.places.push(place);
        }
    }

    /// How many fell into each of so many equal parts of a film of this length.
    #[must_use]
    pub fn parts(&self, epoch: Epoch, length: Span, parts: usize) -> Vec<usize> {
        let mut counts = vec![0; parts];
        if self.epoch != epoch || length.0 <= 0 {
            return counts;
        }
        let whole = i128::from(length.0);
        for place in &self.places {
            let at = i128::from(place.0.max(0)) * i128::try_from(parts).unwrap_or(0) / whole;
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            if let Some(count) = counts.get_mut(at.min(parts.saturating_sub(1))) {
                *count += 1;
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::Heat;
    use crate::protocol::ids::Epoch;
    use crate::protocol::time::{Position, Span};

    #[test]
    fn reactions_are_counted_where_they_came_and_forgotten_with_their_film() {
        let mut heat = Heat::default();
        for second in [0, 1, 55, 99, 100, 500] {
            heat.add(Epoch(1), Position::seconds(second));
        }
        let length = Span::seconds(100);
        assert_eq!(heat.parts(Epoch(1), length, 4), [2, 0, 1, 3]);
        assert_eq!(heat.parts(Epoch(2), length, 2), [0, 0], "another film");
        heat.add(Epoch(2), Position::START);
        assert_eq!(heat.parts(Epoch(2), length, 2), [1, 0]);
        assert_eq!(heat.parts(Epoch(2), Span::ZERO, 2), [0, 0]);
        assert!(heat.parts(Epoch(2), length, 0).is_empty());
    }
}
