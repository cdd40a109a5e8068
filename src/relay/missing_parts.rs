//! The parts of a list that were missing since the last one arrived. Pure: the time is an argument.
//!
//! FFmpeg asks for the next part while it still reads the current one, and repeats that with each
//! piece that it reads (5.1.9). So one missing part may be requested a hundred times until it is
//! skipped. It counts once, and the server is not asked each time.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::address::{ListPart, ListSpan, PartKind};

/// How many parts in a row may be missing. The player skips a single one; after five the media
/// counts as gone (judgement: 10 s of typical parts).
const IN_A_ROW: usize = 5;

/// How long a part counts as missing without asking its server again (judgement: a part of live
/// media may be a second or two late, and is then still played).
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// The most missing parts that are remembered (judgement: a growing list may lack parts for hours).
const MOST_REMEMBERED: usize = 64;

/// The parts that were missing since the last one arrived.
#[derive(Debug, Clone, Default)]
pub(super) struct MissingListParts {
    /// By number and address.
    parts: BTreeMap<(u64, String), MissingPart>,
    /// How many were missing in a row; a list counts each time.
    count: usize,
}

/// One missing part.
#[derive(Debug, Clone, Copy)]
struct MissingPart {
    /// When it was last requested.
    asked: Instant,
    kind: PartKind,
    /// The section of the list that it covers, if the list names it.
    span: Option<ListSpan>,
}

impl MissingListParts {
    /// Whether `part` was found missing less than [`ASK_AGAIN_AFTER`] ago.
    pub(super) fn is_fresh(&self, part: &ListPart, now: Instant) -> bool {
        let known = self.parts.get(&key(part));
        known.is_some_and(|known| now.duration_since(known.asked) < ASK_AGAIN_AFTER)
    }

    /// Records that `part` is missing. Returns whether that is new: a part counts once, a list each
    /// time, since the player only asks for it again to refresh it.
    pub(super) fn note(&mut self, part: &ListPart, now: Instant) -> bool {
        if part.kind == PartKind::List {
            self.count += 1;
            return true;
        }
        let missing = MissingPart {
            asked: now,
            kind: part.kind,
            span: part.span,
        };
        let is_new = self.parts.insert(key(part), missing).is_none();
        self.count += usize::from(is_new);
        if self.parts.len() > MOST_REMEMBERED {
            self.parts.pop_first();
        }
        is_new
    }

    /// Records that `part` arrived. A segment ends the gap before it: returns the missing sections
    /// in the order of the list, consecutive segments merged. A list only resets the count.
    pub(super) fn arrived(&mut self, part: &ListPart) -> Vec<ListSpan> {
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

    /// Whether so many parts are missing that the media counts as gone.
    pub(super) const fn are_too_many(&self) -> bool {
        self.count >= IN_A_ROW
    }
}

/// The gaps that missing segments leave. Segments with the same number belong to lists that are
/// played together, video and audio. Parts of a DASH manifest have no numbers: they make one gap of
/// unknown length.
fn gaps(parts: &BTreeMap<(u64, String), MissingPart>) -> Vec<ListSpan> {
    let mut gaps: Vec<(u64, ListSpan)> = Vec::new();
    let segments = parts
        .iter()
        .filter(|(_, part)| part.kind == PartKind::Segment);
    for ((index, _), part) in segments {
        let span = part.span.unwrap_or(ListSpan { from: 0, length: 0 });
        match gaps.last_mut() {
            Some((last, _)) if *last == *index => {}
            Some((last, gap)) if last.checked_add(1) == Some(*index) => {
                *last = *index;
                gap.length = gap.length.saturating_add(span.length);
            }
            _ => gaps.push((*index, span)),
        }
    }
    gaps.into_iter().map(|(_, gap)| gap).collect()
}

/// Identifies a part. Byte ranges of one file differ in their number only.
fn key(part: &ListPart) -> (u64, String) {
    let url = part.url.as_ref();
    (part.index, url.map(ToString::to_string).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::{ASK_AGAIN_AFTER, IN_A_ROW, MissingListParts};
    use crate::relay::address::{ListPart, ListSpan, PartKind};

    fn part(kind: PartKind, index: u64) -> ListPart {
        let url = "http://films.example/film.ts".parse().ok();
        ListPart {
            kind,
            index,
            time: None,
            span: i64::try_from(index).ok().map(span),
            shift: 0,
            url,
        }
    }

    /// The section of a segment of 2 s.
    fn span(index: i64) -> ListSpan {
        ListSpan {
            from: index * 2_000_000,
            length: 2_000_000,
        }
    }

    #[test]
    fn a_part_counts_once_however_often_it_is_asked_for() {
        let (mut missing, now) = (MissingListParts::default(), Instant::now());
        let first = part(PartKind::Segment, 0);
        assert!(!missing.is_fresh(&first, now) && missing.note(&first, now));
        for _ in 0..100 {
            assert!(missing.is_fresh(&first, now) && !missing.note(&first, now));
        }
        assert!(!missing.is_fresh(&first, now + ASK_AGAIN_AFTER));
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
        let (mut missing, now) = (MissingListParts::default(), Instant::now());
        for index in [3, 4, 9, 6] {
            assert!(
                missing.note(&part(PartKind::Segment, index), now),
                "{index}"
            );
            assert_eq!(missing.arrived(&part(PartKind::List, 0)), []);
            assert_eq!(missing.arrived(&part(PartKind::Key, 0)), []);
        }
        // The audio's list lacks the segment of the same number.
        let mut sound = part(PartKind::Segment, 4);
        sound.url = "http://films.example/sound.ts".parse().ok();
        assert!(missing.note(&sound, now));
        let from_3 = ListSpan {
            length: 4_000_000,
            ..span(3)
        };
        // One part was only late, so it leaves no gap.
        let gaps = missing.arrived(&part(PartKind::Segment, 9));
        assert_eq!(gaps, [from_3, span(6)]);
        assert_eq!(
            missing.arrived(&part(PartKind::Segment, 10)),
            [],
            "told once"
        );
    }

    #[test]
    fn as_many_parts_are_remembered_as_it_takes() {
        let (mut missing, now) = (MissingListParts::default(), Instant::now());
        for index in 0..1_000 {
            missing.note(&part(PartKind::Segment, index), now);
            missing.arrived(&part(PartKind::List, 0));
        }
        let gaps = missing.arrived(&part(PartKind::Segment, 1_000));
        let length = gaps.iter().map(|gap| gap.length).sum::<i64>();
        assert_eq!(length, 64 * 2_000_000);
    }

    #[test]
    fn a_list_counts_each_time() {
        let (mut missing, now) = (MissingListParts::default(), Instant::now());
        for _ in 0..IN_A_ROW {
            assert!(!missing.are_too_many());
            assert!(missing.note(&part(PartKind::List, 0), now));
            assert!(!missing.is_fresh(&part(PartKind::List, 0), now));
        }
        assert!(missing.are_too_many());
    }
}
