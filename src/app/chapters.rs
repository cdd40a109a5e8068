//! The chapters of what plays, as the own player knows them. Each client reads them from its own
//! copy: the room knows positions only.

use crate::protocol::ids::Epoch;
use crate::protocol::text::Title;
use crate::protocol::time::{Position, Span};
pub use crate::sync::player::Chapter;

/// How far into a chapter one may be for `/chapter prev` to mean the one before (judgement, as on
/// most players).
const JUST_BEGUN: Span = Span::seconds(3);

/// How far apart two copies of media may have the beginning of a chapter (judgement: closer than two
/// chapters ever are).
const SAME: Span = Span::millis(500);

/// A chapter that somebody wants to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChapterTarget {
    /// The one of this number, counted from 1.
    Number(usize),
    /// The one after the present one.
    Next,
    /// The one before, or the beginning of the present one.
    Previous,
}

/// The chapters of the media of one epoch.
#[derive(Debug, Clone, Default)]
pub(super) struct Chapters {
    epoch: Epoch,
    list: Vec<Chapter>,
}

impl Chapters {
    /// Keeps what the player knows of the media that it has opened.
    pub(super) fn keep(&mut self, epoch: Epoch, list: Vec<Chapter>) {
        *self = Self { epoch, list };
    }

    /// The chapters of the media of this epoch, in the order in which they play.
    pub(super) fn of(&self, epoch: Epoch) -> &[Chapter] {
        if epoch == self.epoch { &self.list } else { &[] }
    }
}

/// Which chapter a position is in, counted from 0; `None` before the first.
#[must_use]
pub fn present(chapters: &[Chapter], at: Position) -> Option<usize> {
    chapters.iter().rposition(|chapter| chapter.start.0 <= at.0)
}

/// Where a chapter begins; `None` if there is no such chapter.
#[must_use]
pub fn find(chapters: &[Chapter], at: Position, target: ChapterTarget) -> Option<Position> {
    let present = present(chapters, at);
    let number = match target {
        ChapterTarget::Number(number) => number.checked_sub(1)?,
        ChapterTarget::Next => present.map_or(0, |present| present + 1),
        ChapterTarget::Previous => {
            let present = present?;
            let begun = chapters.get(present).map(|chapter| at - chapter.start);
            if begun.is_some_and(|begun| begun > JUST_BEGUN) {
                present
            } else {
                present.checked_sub(1)?
            }
        }
    };
    chapters.get(number).map(|chapter| chapter.start)
}

/// The name of the chapter that begins at a position; `None` if none begins there, or it has no
/// name.
#[must_use]
pub fn named_at(chapters: &[Chapter], at: Position) -> Option<&Title> {
    let begins = |chapter: &&Chapter| (chapter.start - at).abs() < SAME;
    chapters.iter().find(begins)?.title.as_ref()
}

#[cfg(test)]
mod tests {
    use super::{ChapterTarget, Chapters, find, present};
    use crate::protocol::ids::Epoch;
    use crate::protocol::time::Position;
    use crate::sync::player::Chapter;

    fn chapters() -> Vec<Chapter> {
        let starts = [10, 60, 120];
        let chapter = |seconds| Chapter {
            start: Position::seconds(seconds),
            title: None,
        };
        starts.map(chapter).to_vec()
    }

    #[test]
    fn the_next_and_the_one_before_are_found_from_where_the_room_is() {
        use ChapterTarget::{Next, Number, Previous};
        let list = chapters();
        let found = |at, target| {
            let found = find(&list, Position::seconds(at), target)?;
            Some(found.0 / 1_000_000)
        };
        assert_eq!(found(5, Next), Some(10));
        assert_eq!(found(60, Next), Some(120));
        assert_eq!(found(130, Next), None);
        assert_eq!(found(61, Previous), Some(10), "it has just begun");
        assert_eq!(found(70, Previous), Some(60));
        assert_eq!(found(12, Previous), None);
        assert_eq!(found(5, Previous), None);
        assert_eq!(found(5, Number(3)), Some(120));
        assert_eq!(found(5, Number(0)), None);
        assert_eq!(found(5, Number(4)), None);
        assert_eq!(present(&list, Position::seconds(9)), None);
        assert_eq!(present(&list, Position::seconds(119)), Some(1));
    }

    #[test]
    fn chapters_of_other_media_are_none() {
        let mut kept = Chapters::default();
        kept.keep(Epoch(3), chapters());
        assert_eq!(kept.of(Epoch(3)).len(), 3);
        assert_eq!(kept.of(Epoch(4)), []);
    }
}
