//! The list of chapters: the answer to `/chapter` alone.

use std::fmt::Write;

use crate::app::command::Slash;
use crate::sync::player::Chapter;
use crate::texts::language::Language;
use crate::texts::tr;

/// The most chapters that are listed (judgement: more than most films have; the others are reached by
/// their numbers).
const MOST_LISTED: usize = 50;

/// How many of the chapters before the present one are listed where not all are (judgement).
const LISTED_BEFORE: usize = 10;

/// The chapters, one a line: the number in a column, when it begins, and its title. The one of the
/// number `present`, counted from 1, is marked, and always among them.
pub(super) fn list(language: Language, chapters: &[Chapter], present: Option<usize>) -> String {
    if chapters.is_empty() {
        return tr!(language, "why-no-chapters");
    }
    let command = Slash::Chapter.name_in(language);
    let mut text = tr!(language, "notice-own-chapter-list", command = command);
    let last_begin = chapters.len().saturating_sub(MOST_LISTED);
    let begin = present.unwrap_or(0).saturating_sub(LISTED_BEFORE + 1);
    let begin = begin.min(last_begin);
    let listed = chapters.iter().enumerate().skip(begin).take(MOST_LISTED);
    let last = chapters.last().map(|chapter| chapter.start.to_string());
    let (number, time) = (
        chapters.len().to_string().len(),
        last.map_or(0, |time| time.len()),
    );
    for (at, chapter) in listed {
        let mark = if present == Some(at + 1) { '▸' } else { ' ' };
        let start = chapter.start.to_string();
        let _infallible = write!(text, "\n{mark}{:>number$}  {start:>time$}", at + 1);
        if let Some(title) = &chapter.title {
            let _infallible = write!(text, "  {title}");
        }
    }
    let more = chapters.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        text.push('\n');
        text.push_str(&tr!(language, "track-more", count = more));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::list;
    use crate::protocol::text::Title;
    use crate::protocol::time::Position;
    use crate::sync::player::Chapter;
    use crate::texts::language::Language;

    fn chapters(count: i64) -> Vec<Chapter> {
        let chapter = |number: i64| Chapter {
            start: Position::seconds(number * 600),
            title: Title::parse(&format!("Part {number}")).ok(),
        };
        (0..count).map(chapter).collect()
    }

    #[test]
    fn chapters_are_listed_with_their_times_and_the_present_one_is_marked() {
        let mut some = chapters(11);
        if let Some(chapter) = some.get_mut(1) {
            chapter.title = None;
        }
        let text = list(Language::English, &some, Some(3));
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(
            rows[..4],
            [
                "Chapters. Jump with /chapter NUMBER, NAME, next or prev:",
                "  1     0:00  Part 0",
                "  2    10:00",
                "▸ 3    20:00  Part 2",
            ]
        );
        assert_eq!(rows[11], " 11  1:40:00  Part 10");
        assert_eq!(
            list(Language::English, &[], None),
            "This video has no chapters."
        );
    }

    #[test]
    fn of_many_those_around_the_present_one_are_listed() {
        let many = chapters(200);
        for (present, first, last) in [(None, 1, 50), (Some(90), 80, 129), (Some(200), 151, 200)] {
            let text = list(Language::Russian, &many, present);
            let number = |row: &str| {
                let row = row.trim_start_matches(['▸', ' ']);
                row.split(' ').next().and_then(|number| number.parse().ok())
            };
            let listed: Vec<i32> = text.lines().filter_map(number).collect();
            assert_eq!(listed, (first..=last).collect::<Vec<_>>(), "{text}");
            assert!(text.ends_with("ещё 150: выбирайте по номеру"), "{text}");
        }
    }
}
