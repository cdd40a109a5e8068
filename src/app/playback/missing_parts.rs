//! Which missing parts of media its member was told, so that each is told once, however
//! often the player fetches what is around it.

use crate::protocol::ids::Epoch;
use crate::protocol::time::{Position, Span};

/// How many missing parts of one media are told (judgement: by then its member knows that the
/// stream is in pieces).
const MOST_TOLD: usize = 5;

/// Parts that begin as close together are one: the lists of picture and of sound are cut at
/// nearly the same places (judgement: segments are mostly longer).
const SAME_PART: Span = Span::seconds(1);

/// The missing parts of one media that were told.
#[derive(Debug, Default)]
pub(super) struct MissingParts {
    epoch: Epoch,
    told: Vec<Option<Position>>,
}

impl MissingParts {
    /// Whether a missing part of the media of `epoch` that begins at `at` is to be told; it is
    /// then taken for told.
    pub(super) fn is_new(&mut self, epoch: Epoch, at: Option<Position>) -> bool {
        if self.epoch != epoch {
            self.epoch = epoch;
            self.told.clear();
        }
        let is_same = |told: Position, at: Position| (told - at).abs() < SAME_PART;
        let mut told = self.told.iter().filter_map(|told| told.zip(at));
        let is_new = self.told.len() < MOST_TOLD && !told.any(|(told, at)| is_same(told, at));
        if is_new {
            self.told.push(at);
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::MissingParts;
    use crate::protocol::ids::Epoch;
    use crate::protocol::time::{Position, Span};

    #[test]
    fn each_missing_part_is_told_once_a_video() {
        let mut parts = MissingParts::default();
        let at = Some(Position::seconds(12));
        assert!(parts.is_new(Epoch(1), at));
        assert!(!parts.is_new(Epoch(1), at));
        let sound = Some(Position::seconds(12) + Span::millis(40));
        assert!(
            !parts.is_new(Epoch(1), sound),
            "cut at nearly the same place"
        );
        assert!(parts.is_new(Epoch(1), Some(Position::seconds(16))));
        assert!(parts.is_new(Epoch(2), at), "another video");
    }

    #[test]
    fn a_stream_in_pieces_is_told_five_times() {
        for at in [None, Some(Position::START)] {
            let mut parts = MissingParts::default();
            let at = |part: i64| at.map(|at: Position| at + Span::seconds(part * 4));
            let told = (0..100_i64).filter(|part| parts.is_new(Epoch(1), at(*part)));
            assert_eq!(told.count(), 5);
        }
    }
}
