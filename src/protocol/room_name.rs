//! Mends what a person writes in the place of a room's name: "Movie Night" is `movie-night`, and
//! "Кино по пятницам" is the title of `kino-po-pyatnitsam`. The same words always lead to the same
//! room, so that two people who write them meet.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::ids::RoomId;
use super::text::{Title, is_hostile};

mod letters;

/// The most characters of a room's name.
const LONGEST: usize = RoomId::LONGEST;

/// A name that was mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendedName {
    /// The room.
    pub room: RoomId,
    /// What was written, as the room's title; `None` if the name says as much.
    pub title: Option<Title>,
    /// Whether nothing of what was written is in the name.
    pub is_made_up: bool,
}

/// The room that a text must mean which is no valid name; `None` if it has signs that nobody types,
/// or nothing but punctuation, or is too long for a name or a title: what is cut could mean another room.
#[must_use]
pub fn mend(text: &str) -> Option<MendedName> {
    let text = text.trim();
    if text.chars().any(is_hostile) || !text.chars().any(says_something) {
        return None;
    }
    let says_as_much = |name: char| name.is_ascii_alphanumeric() || "-_.".contains(name);
    let title = if !text.chars().all(says_as_much) {
        Some(Title::parse(text).ok()?)
    } else if text.len() > LONGEST {
        return None;
    } else {
        None
    };
    let spelled = RoomId::parse(&spelled(text)).ok();
    let is_made_up = spelled.is_none();
    Some(MendedName {
        room: spelled.unwrap_or_else(|| made_up(seed(text))),
        title,
        is_made_up,
    })
}

/// Whether a room can be called by it: a letter, a digit or an emoji, which is in the blocks from
/// arrows to dingbats or in the supplementary plane of pictographs.
fn says_something(c: char) -> bool {
    let is_pictograph = matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    c.is_alphanumeric() || is_pictograph
}

/// A room's name for a seed: two words and a number.
#[must_use]
pub fn made_up(seed: u64) -> RoomId {
    let pick = |words: &[&'static str], at: u64| {
        let at = usize::try_from(at).unwrap_or_default();
        words.iter().copied().cycle().nth(at).unwrap_or_default()
    };
    let how = pick(&HOW, seed % 16);
    let what = pick(&WHAT, (seed >> 8) % 16);
    let number = 10 + (seed >> 16) % 990;
    let name = format!("{how}-{what}-{number}");
    RoomId::parse(&name).unwrap_or_else(|_| RoomId::suggested())
}

/// The first words of made-up names.
const HOW: [&str; 16] = [
    "quiet", "bright", "late", "warm", "golden", "silver", "little", "brave", "merry", "lucky",
    "cosy", "starry", "gentle", "sunny", "velvet", "rainy",
];

/// The second words of made-up names.
const WHAT: [&str; 16] = [
    "sofa",
    "reel",
    "matinee",
    "popcorn",
    "screen",
    "curtain",
    "balcony",
    "lantern",
    "projector",
    "ticket",
    "night",
    "evening",
    "couch",
    "scene",
    "trailer",
    "premiere",
];

/// The letters and digits of a text in Latin, lower case, with hyphens between the words.
fn spelled(text: &str) -> String {
    let mut name = String::new();
    let lower = text.to_lowercase();
    // Composed first: the table has й as one letter.
    for letter in lower.nfc() {
        match letters::latin(letter) {
            Some(latin) => name.push_str(latin),
            None => push_plain(&mut name, letter),
        }
    }
    let mut short: String = name.chars().take(LONGEST).collect();
    // A word that is cut in the middle goes whole, unless it is the only one.
    if name.len() > LONGEST
        && !name
            .get(LONGEST..)
            .is_some_and(|rest| rest.starts_with('-'))
        && let Some((words, _)) = short.rsplit_once('-')
    {
        short = words.to_owned();
    }
    short.trim_matches('-').to_owned()
}

/// Adds a letter without its accents, or the gap between two words.
fn push_plain(name: &mut String, letter: char) {
    for part in std::iter::once(letter).nfkd() {
        if part.is_ascii_alphanumeric() {
            name.push(part.to_ascii_lowercase());
        } else if is_combining_mark(part) || matches!(part, '\'' | '’' | '`') {
            // Part of the word: "don't" is dont.
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
}

/// A number for a text that is the same on every computer: FNV-1a of 64 bits. How an emoji is drawn,
/// which keyboards choose differently, makes no difference.
fn seed(text: &str) -> u64 {
    let lower = text.to_lowercase();
    let is_of_name = |c: &char| !matches!(c, '\u{fe0e}' | '\u{fe0f}');
    let folded: String = lower.nfkc().filter(is_of_name).collect();
    let hash = folded
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::{made_up, mend};

    fn mended(text: &str) -> (String, Option<String>) {
        let mended = mend(text).unwrap();
        let title = mended.title.map(|title| title.as_str().to_owned());
        (mended.room.to_string(), title)
    }

    #[test]
    fn a_name_is_mended_and_a_title_is_kept() {
        let title = |text: &str| Some(text.to_owned());
        let rows = [
            ("Movie Night", "movie-night", title("Movie Night")),
            ("MovieNight", "movienight", None),
            ("movie_night", "movie-night", None),
            ("  Movie-Night  ", "movie-night", None),
            ("--late--", "late", None),
            (
                "Кино по пятницам",
                "kino-po-pyatnitsam",
                title("Кино по пятницам"),
            ),
            (
                "Щука, ёж и подъезд!",
                "shchuka-yozh-i-podezd",
                title("Щука, ёж и подъезд!"),
            ),
            ("Їжак і ґава", "yizhak-i-gava", title("Їжак і ґава")),
            ("Soirée ciné", "soiree-cine", title("Soirée ciné")),
            ("Łódź straße", "lodz-strasse", title("Łódź straße")),
            ("Ταινία", "tainia", title("Ταινία")),
            ("don't panic", "dont-panic", title("don't panic")),
            ("Film 🍿 7", "film-7", title("Film 🍿 7")),
        ];
        for (text, room, title) in rows {
            assert_eq!(mended(text), (room.to_owned(), title), "{text}");
        }
    }

    #[test]
    fn a_long_title_ends_after_a_whole_word() {
        let (room, _) = mended("The Assassination of Jesse James by the Coward Robert Ford");
        assert_eq!(room, "the-assassination-of-jesse-james-by-the");
        let (room, title) = mended(&"ж ".repeat(30));
        assert_eq!(room.len(), 38);
        assert_eq!(title.map(|title| title.chars().count()), Some(59));
    }

    #[test]
    fn what_is_too_long_is_not_cut() {
        assert!(mend(&"a".repeat(40)).is_some());
        for long in ["a".repeat(41), "ж".repeat(121), "a ".repeat(61)] {
            assert_eq!(mend(&long), None, "{long}");
        }
    }

    #[test]
    fn what_has_no_latin_spelling_gets_a_made_up_name_that_is_always_the_same() {
        let (room, title) = mended("東京物語");
        assert_eq!(title.as_deref(), Some("東京物語"));
        assert_eq!(mended("東京物語").0, room);
        assert_ne!(mended("羅生門").0, room);
        assert_eq!(mended("x").0, mended("X").0);
        let (room, title) = mended("🎬🎬");
        assert_eq!(title.as_deref(), Some("🎬🎬"));
        assert_ne!(mended("🎬").0, room);
        assert_eq!(mended("❤\u{fe0f}").0, mended("❤").0);
    }

    #[test]
    fn nothing_is_mended_that_nobody_types() {
        for text in [
            "",
            " ",
            "---",
            "!?",
            "«…»",
            "a\u{1b}[2J b",
            "film\u{202e}4pm",
        ] {
            assert_eq!(mend(text), None, "{text:?}");
        }
    }

    #[test]
    fn made_up_names_are_valid_and_differ() {
        let names = (0..64_u64).map(|seed| made_up(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        let names: std::collections::BTreeSet<_> = names.collect();
        assert!(names.len() > 60, "{names:?}");
        assert!(
            names
                .iter()
                .all(|name| name.as_str().matches('-').count() == 2)
        );
    }
}
