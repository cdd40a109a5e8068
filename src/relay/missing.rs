//! Which parts of a list were missing since one came last. Pure: the time is an argument.
//!
//! FFmpeg asks for the next part while it still reads the one before, and does so again with
//! each piece that it reads (5.1.9). So the same part may be asked for a hundred times until it
//! is skipped: that is one missing part, and its server need not hear of each question.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::address::{Kind, Part};

/// How many parts in a row may be missing. One is skipped by the player; where five are, the
/// film is not there (judgement: 10 s of the usual parts).
const IN_A_ROW: usize = 5;

/// How long a part is called missing without asking its server again (judgement: a part of live
/// media may be late by a second or two, and is then played after all).
const ASKED_AGAIN: Duration = Duration::from_secs(1);

/// The parts that were missing since one came last.
#[derive(Debug, Clone, Default)]
pub(super) struct Missing {
    /// When each was asked for last.
    asked: BTreeMap<(u64, String), Instant>,
    /// How many there were, with each time that a list was.
    count: usize,
}

impl Missing {
    /// Whether `part` was found missing just now.
    pub(super) fn is_fresh(&self, part: &Part, now: Instant) -> bool {
        let asked = self.asked.get(&key(part));
        asked.is_some_and(|asked| now.duration_since(*asked) < ASKED_AGAIN)
    }

    /// `part` is missing. Tells whether that is new: a part is counted once, a list each time,
    /// since the player asks for one again only to read it anew.
    pub(super) fn note(&mut self, part: &Part, now: Instant) -> bool {
        if part.kind == Kind::List {
            self.count += 1;
            return true;
        }
        let is_new = self.asked.insert(key(part), now).is_none();
        self.count += usize::from(is_new);
        is_new
    }

    /// Whether so many are missing that the film is not there.
    pub(super) const fn are_too_many(&self) -> bool {
        self.count >= IN_A_ROW
    }
}

/// What tells parts apart: of a file that is cut into byte ranges only the number does.
fn key(part: &Part) -> (u64, String) {
    let url = part.url.as_ref();
    (part.index, url.map(ToString::to_string).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::{ASKED_AGAIN, IN_A_ROW, Missing};
    use crate::relay::address::{Kind, Part};

    fn part(kind: Kind, index: u64) -> Part {
        let url = "http://films.example/film.ts".parse().ok();
        Part {
            kind,
            index,
            time: None,
            url,
        }
    }

    #[test]
    fn a_part_counts_once_however_often_it_is_asked_for() {
        let (mut missing, now) = (Missing::default(), Instant::now());
        let first = part(Kind::Segment, 0);
        assert!(!missing.is_fresh(&first, now) && missing.note(&first, now));
        for _ in 0..100 {
            assert!(missing.is_fresh(&first, now) && !missing.note(&first, now));
        }
        assert!(!missing.is_fresh(&first, now + ASKED_AGAIN));
        assert!(!missing.are_too_many());
        for index in 1..5 {
            assert!(missing.note(&part(Kind::Segment, index), now), "{index}");
        }
        assert!(missing.are_too_many());
    }

    #[test]
    fn a_list_counts_each_time() {
        let (mut missing, now) = (Missing::default(), Instant::now());
        for _ in 0..IN_A_ROW {
            assert!(!missing.are_too_many());
            assert!(missing.note(&part(Kind::List, 0), now));
            assert!(!missing.is_fresh(&part(Kind::List, 0), now));
        }
        assert!(missing.are_too_many());
    }
}
