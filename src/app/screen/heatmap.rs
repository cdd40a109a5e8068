//! Where in the media people reacted: the row of bars above the progress line.

use crate::protocol::ids::Epoch;
use crate::protocol::time::{Position, Span};

/// The most reactions that are kept for one piece of media; more do not change the picture.
const MOST: usize = 5_000;

/// The positions of the reactions to one piece of media.
#[derive(Debug, Clone, Default)]
pub struct ReactionHeatmap {
    epoch: Epoch,
    positions: Vec<Position>,
}

impl ReactionHeatmap {
    /// Adds a reaction at a position in the media of `epoch`; other media starts anew.
    pub(super) fn add(&mut self, epoch: Epoch, position: Position) {
        if self.epoch != epoch {
            self.epoch = epoch;
            self.positions.clear();
        }
        if self.positions.len() < MOST {
            self.positions.push(position);
        }
    }

    /// How many fell into each of `parts` equal parts of the media of `epoch`, which is so long.
    #[must_use]
    pub fn parts(&self, epoch: Epoch, length: Span, parts: usize) -> Vec<usize> {
        let mut counts = vec![0; parts];
        if self.epoch != epoch || length.0 <= 0 {
            return counts;
        }
        let whole = i128::from(length.0);
        for position in &self.positions {
            let at = i128::from(position.0.max(0)) * i128::try_from(parts).unwrap_or(0) / whole;
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
    use super::ReactionHeatmap;
    use crate::protocol::ids::Epoch;
    use crate::protocol::time::{Position, Span};

    #[test]
    fn reactions_are_counted_where_they_came_and_forgotten_with_their_media() {
        let mut heatmap = ReactionHeatmap::default();
        for second in [0, 1, 55, 99, 100, 500] {
            heatmap.add(Epoch(1), Position::seconds(second));
        }
        let length = Span::seconds(100);
        assert_eq!(heatmap.parts(Epoch(1), length, 4), [2, 0, 1, 3]);
        assert_eq!(heatmap.parts(Epoch(2), length, 2), [0, 0], "another film");
        heatmap.add(Epoch(2), Position::START);
        assert_eq!(heatmap.parts(Epoch(2), length, 2), [1, 0]);
        assert_eq!(heatmap.parts(Epoch(2), Span::ZERO, 2), [0, 0]);
        assert!(heatmap.parts(Epoch(2), length, 0).is_empty());
    }
}
