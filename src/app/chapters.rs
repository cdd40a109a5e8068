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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChapterTarget {
    /// The one of this number, counted from 1.
    Number(usize),
    /// The one after the present one.
    Next,
    /// The one before, or the beginning of the present one.
    Previous,
    /// The one of this title, of which a part is enough.
    Titled(Title),
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
pub fn find(chapters: &[Chapter], at: Position, target: &ChapterTarget) -> Option<Position> {
    let present = present(chapters, at);
    let number = match target {
        ChapterTarget::Number(number) => number.checked_sub(1)?,
        ChapterTarget::Next => present.map_or(0, |present| present + 1),
        ChapterTarget::Titled(title) => titled(chapters, title)?,
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

/// The chapter of a title, without regard to case: the one that is called just so, else the first
/// that begins so, else the first that has it within.
fn titled(chapters: &[Chapter], wanted: &Title) -> Option<usize> {
    let wanted = wanted.as_str().to_lowercase();
    let rules: [fn(&str, &str) -> bool; 3] = [
        |title, wanted| title == wanted,
        |title, wanted| title.starts_with(wanted),
        |title, wanted| title.contains(wanted),
    ];
    let titles = || {
        let titles = chapters.iter().map(|chapter| chapter.title.as_ref());
        titles.map(|title| title.map(|title| title.as_str().to_lowercase()))
    };
    rules.into_iter().find_map(|is_meant| {
        titles().position(|title| title.is_some_and(|title| is_meant(&title, &wanted)))
    })
}

#[cfg(test)]
mod tests {
    use super::{ChapterTarget, Chapters, find, present};
    use crate::protocol::ids::Epoch;
    use crate::protocol::text::Title;
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
            let found = find(&list, Position::seconds(at), &target)?;
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
    fn a_part_of_the_title_is_enough_and_the_whole_title_is_better() {
        let titles = ["The cellar door", "Opening", "The cellar", "Закат"];
        let list: Vec<Chapter> = (0..)
            .zip(titles)
            .map(|(start, title)| Chapter {
                start: Position::seconds(start),
                title: Title::parse(title).ok(),
            })
            .collect();
        for (typed, number) in [
            ("the cellar", Some(2)),
            ("THE", Some(0)),
            ("cellar d", Some(0)),
            ("зак", Some(3)),
            ("attic", None),
        ] {
            let target = ChapterTarget::Titled(Title::parse(typed).unwrap());
            let found = find(&list, Position::START, &target);
            assert_eq!(found, number.map(Position::seconds), "{typed}");
        }
    }

    #[test]
    fn chapters_of_other_media_are_none() {
        let mut kept = Chapters::default();
        kept.keep(Epoch(3), chapters());
        assert_eq!(kept.of(Epoch(3)).len(), 3);
        assert_eq!(kept.of(Epoch(4)), []);
    }
}
