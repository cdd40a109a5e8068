//! Which parts of a list were missing since one came last. Pure: the time is an argument.
//!
//! FFmpeg asks for the next part while it still reads the one before, and does so again with
//! each piece that it reads (5.1.9). So the same part may be asked for a hundred times until it
//! is skipped: that is one missing part, and its server need not hear of each question.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::address::{ListPart, ListSpan, PartKind};

/// How many parts in a row may be missing. One is skipped by the player; where five are, the
/// film is not there (judgement: 10 s of the usual parts).
const IN_A_ROW: usize = 5;

/// How long a part is called missing without asking its server again (judgement: a part of live
/// media may be late by a second or two, and is then played after all).
const ASKED_AGAIN: Duration = Duration::from_secs(1);

/// The most parts that are remembered (judgement: a list that grows may lack parts for hours).
const REMEMBERED: usize = 64;

/// The parts that were missing since one came last.
#[derive(Debug, Clone, Default)]
pub(super) struct MissingParts {
    /// What is known of each, by its number and its address.
    parts: BTreeMap<(u64, String), MissingPart>,
    /// How many there were, with each time that a list was.
    count: usize,
}

/// A part that is missing.
#[derive(Debug, Clone, Copy)]
struct MissingPart {
    /// When it was asked for last.
    asked: Instant,
    /// What it is.
    kind: PartKind,
    /// Which stretch of the list it fills.
    stretch: Option<ListSpan>,
}

impl MissingParts {
    /// Whether `part` was found missing just now.
    pub(super) fn is_fresh(&self, part: &ListPart, now: Instant) -> bool {
        let known = self.parts.get(&key(part));
        known.is_some_and(|known| now.duration_since(known.asked) < ASKED_AGAIN)
    }

    /// `part` is missing. Tells whether that is new: a part is counted once, a list each time,
    /// since the player asks for one again only to read it anew.
    pub(super) fn note(&mut self, part: &ListPart, now: Instant) -> bool {
        if part.kind == PartKind::List {
            self.count += 1;
            return true;
        }
        let lacking = MissingPart {
            asked: now,
            kind: part.kind,
            stretch: part.stretch,
        };
        let is_new = self.parts.insert(key(part), lacking).is_none();
        self.count += usize::from(is_new);
        if self.parts.len() > REMEMBERED {
            self.parts.pop_first();
        }
        is_new
    }

    /// `part` came. A segment ends the gap before it: gives what was missing, in the order of
    /// the list, segments that follow each other as one. A list only shows that there are
    /// lists.
    pub(super) fn came(&mut self, part: &ListPart) -> Vec<ListSpan> {
        self.parts.remove(&key(part));
        match part.kind {
            PartKind::Segment => {
                self.count = 0;
                gaps(&std::mem::take(&mut self.parts))
            }
            PartKind::List => {
                self.count = 0;
                Vec::new()
            }
            PartKind::Key | PartKind::Map => Vec::new(),
        }
    }

    /// Whether so many are missing that the film is not there.
    pub(super) const fn are_too_many(&self) -> bool {
        self.count >= IN_A_ROW
    }
}

/// The gaps that missing segments leave. Those of the same number belong to lists that are
/// played together, of picture and of sound. In a manifest of DASH nothing has a number: that
/// is one gap of unknown length.
fn gaps(parts: &BTreeMap<(u64, String), MissingPart>) -> Vec<ListSpan> {
    let mut gaps: Vec<(u64, ListSpan)> = Vec::new();
    let segments = parts
        .iter()
        .filter(|(_, part)| part.kind == PartKind::Segment);
    for ((index, _), part) in segments {
        let stretch = part.stretch.unwrap_or(ListSpan { from: 0, length: 0 });
        match gaps.last_mut() {
            Some((last, _)) if *last == *index => {}
            Some((last, gap)) if last.checked_add(1) == Some(*index) => {
                *last = *index;
                gap.length = gap.length.saturating_add(stretch.length);
            }
            _ => gaps.push((*index, stretch)),
        }
    }
    gaps.into_iter().map(|(_, gap)| gap).collect()
}

/// What tells parts apart: of a file that is cut into byte ranges only the number does.
fn key(part: &ListPart) -> (u64, String) {
    let url = part.url.as_ref();
    (part.index, url.map(ToString::to_string).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::{ASKED_AGAIN, IN_A_ROW, MissingParts};
    use crate::relay::address::{ListPart, ListSpan, PartKind};

    fn part(kind: PartKind, index: u64) -> ListPart {
        let url = "http://films.example/film.ts".parse().ok();
        ListPart {
            kind,
            index,
            time: None,
            stretch: i64::try_from(index).ok().map(stretch),
            shift: 0,
            url,
        }
    }

    /// The place of a segment of 2 s.
    fn stretch(index: i64) -> ListSpan {
        ListSpan {
            from: index * 2_000_000,
            length: 2_000_000,
        }
    }

    #[test]
    fn a_part_counts_once_however_often_it_is_asked_for() {
        let (mut missing, now) = (MissingParts::default(), Instant::now());
        let first = part(PartKind::Segment, 0);
        assert!(!missing.is_fresh(&first, now) && missing.note(&first, now));
        for _ in 0..100 {
            assert!(missing.is_fresh(&first, now) && !missing.note(&first, now));
        }
        assert!(!missing.is_fresh(&first, now + ASKED_AGAIN));
        assert!(!missing.are_too_many());
        for index in 1..5 {
            assert!(
                missing.note(&part(PartKind::Segment, index), now),
                "{index}"
            );
        }
        assert!(missing.are_too_many());
    }

    #[test]
    fn what_was_missing_in_a_row_is_one_gap_once_the_next_part_came() {
        let (mut missing, now) = (MissingParts::default(), Instant::now());
        for index in [3, 4, 9, 6] {
            assert!(
                missing.note(&part(PartKind::Segment, index), now),
                "{index}"
            );
            assert_eq!(missing.came(&part(PartKind::List, 0)), []);
            assert_eq!(missing.came(&part(PartKind::Key, 0)), []);
        }
        // The list of the sound lacks the same.
        let mut sound = part(PartKind::Segment, 4);
        sound.url = "http://films.example/sound.ts".parse().ok();
        assert!(missing.note(&sound, now));
        let from_3 = ListSpan {
            length: 4_000_000,
            ..stretch(3)
        };
        // One came late after all.
        let gaps = missing.came(&part(PartKind::Segment, 9));
        assert_eq!(gaps, [from_3, stretch(6)]);
        assert_eq!(missing.came(&part(PartKind::Segment, 10)), [], "told once");
    }

    #[test]
    fn as_many_parts_are_remembered_as_it_takes() {
        let (mut missing, now) = (MissingParts::default(), Instant::now());
        for index in 0..1_000 {
            missing.note(&part(PartKind::Segment, index), now);
            missing.came(&part(PartKind::List, 0));
        }
        let gaps = missing.came(&part(PartKind::Segment, 1_000));
        let length = gaps.iter().map(|gap| gap.length).sum::<i64>();
        assert_eq!(length, 64 * 2_000_000);
    }

    #[test]
    fn a_list_counts_each_time() {
        let (mut missing, now) = (MissingParts::default(), Instant::now());
        for _ in 0..IN_A_ROW {
            assert!(!missing.are_too_many());
            assert!(missing.note(&part(PartKind::List, 0), now));
            assert!(!missing.is_fresh(&part(PartKind::List, 0), now));
        }
        assert!(missing.are_too_many());
    }
}
