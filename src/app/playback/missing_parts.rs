//! The missing parts of the media that were reported to the member, so that each is reported once,
//! however often the player fetches what is around it.

use crate::protocol::ids::Epoch;
use crate::protocol::time::{Position, Span};

/// The most missing parts that are reported for the media of one epoch (judgement: by then the
/// member knows that the stream is in pieces).
const MAX_REPORTED: usize = 5;

/// Parts that begin as close together are one: the lists of picture and of sound are cut at
/// nearly the same places (judgement: segments are mostly longer).
const SAME_PART: Span = Span::seconds(1);

/// The missing parts that were reported for the media of one epoch.
#[derive(Debug, Default)]
pub(super) struct MissingParts {
    epoch: Epoch,
    reported: Vec<Option<Position>>,
}

impl MissingParts {
    /// Whether the missing part of the media of `epoch` that begins at `at` has not been reported
    /// yet; it then counts as reported.
    pub(super) fn is_new(&mut self, epoch: Epoch, at: Option<Position>) -> bool {
        if self.epoch != epoch {
            self.epoch = epoch;
            self.reported.clear();
        }
        let is_same = |reported: Position, at: Position| (reported - at).abs() < SAME_PART;
        let mut reported = self.reported.iter().filter_map(|reported| reported.zip(at));
        let is_new = self.reported.len() < MAX_REPORTED
            && !reported.any(|(reported, at)| is_same(reported, at));
        if is_new {
            self.reported.push(at);
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
    fn each_missing_part_is_reported_once_for_each_media() {
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
    fn a_stream_in_pieces_is_reported_five_times() {
        for at in [None, Some(Position::START)] {
            let mut parts = MissingParts::default();
            let at = |part: i64| at.map(|at: Position| at + Span::seconds(part * 4));
            let reported = (0..100_i64).filter(|part| parts.is_new(Epoch(1), at(*part)));
            assert_eq!(reported.count(), 5);
        }
    }
}
