//! The order of the rooms, and which of them a search finds.

use std::cmp::{Ordering, Reverse};
use std::iter::Peekable;

use crate::protocol::text::Title;
use crate::wire::pages::RoomCard;

/// The order of the rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RoomOrder {
    /// By viewers, most first.
    #[default]
    Viewers,
    /// By the title, or the name in links where there is none.
    Name,
    /// By age, youngest first.
    Newest,
}

impl RoomOrder {
    /// The next order, for Tab.
    pub(super) fn next(self) -> Self {
        match self {
            Self::Viewers => Self::Name,
            Self::Name => Self::Newest,
            Self::Newest => Self::Viewers,
        }
    }

    /// How two rooms stand to each other. Those that are alike are ordered by their names, so that
    /// no change of another room moves them.
    #[must_use]
    pub fn compare(self, one: &RoomCard, other: &RoomCard) -> Ordering {
        let first = match self {
            Self::Viewers => Reverse(one.viewers).cmp(&Reverse(other.viewers)),
            Self::Name => Ordering::Equal,
            Self::Newest => Reverse(one.since).cmp(&Reverse(other.since)),
        };
        first
            .then_with(|| natural(shown_name(one), shown_name(other)))
            .then_with(|| natural(one.id.as_str(), other.id.as_str()))
    }
}

/// What a room is called in the list: its title, else its name in links.
#[must_use]
pub fn shown_name(room: &RoomCard) -> &str {
    let title = room.title.as_ref().map(Title::as_str);
    title.unwrap_or(room.id.as_str())
}

/// The order in which people look for names: numbers by their value, letters without their case.
fn natural(one: &str, other: &str) -> Ordering {
    let mut left = one.chars().flat_map(char::to_lowercase).peekable();
    let mut right = other.chars().flat_map(char::to_lowercase).peekable();
    loop {
        let order = match (left.peek(), right.peek()) {
            (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => {
                let (a, b) = (number(&mut left), number(&mut right));
                a.len().cmp(&b.len()).then_with(|| a.cmp(&b))
            }
            (None, None) => return one.cmp(other),
            (a, b) => {
                let order = a.cmp(&b);
                left.next();
                right.next();
                order
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Takes the digits of a number, without zeros before it. However long, it is not cut.
fn number(text: &mut Peekable<impl Iterator<Item = char>>) -> String {
    let mut digits = String::new();
    while let Some(digit) = text.next_if(char::is_ascii_digit) {
        if digit != '0' || !digits.is_empty() {
            digits.push(digit);
        }
    }
    digits
}

/// Whether each of the words is in a room's name, title, media's title or kind. The words are in
/// lower case.
pub(super) fn fits(room: &RoomCard, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let playing = room.playing.as_ref();
    let texts = [
        Some(room.id.as_str()),
        room.title.as_ref().map(Title::as_str),
        playing
            .and_then(|playing| playing.title.as_ref())
            .map(Title::as_str),
        playing.map(|playing| playing.kind.as_str()),
    ];
    let texts = texts.into_iter().flatten().map(str::to_lowercase);
    let texts: Vec<String> = texts.collect();
    let is_found = |word: &String| texts.iter().any(|text| text.contains(word.as_str()));
    words.iter().all(is_found)
}

#[cfg(test)]
mod tests {
    use super::{Ordering, natural};

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = [
            "room-10",
            "Room-2",
            "room-1",
            "room",
            "room-02",
            "roomy",
            "Кино 10",
            "кино 9",
            "room-99999999999999999999999",
            "room-100000000000000000000000",
        ];
        names.sort_by(|one, other| natural(one, other));
        let expected = [
            "room",
            "room-1",
            "Room-2",
            "room-02",
            "room-10",
            "room-99999999999999999999999",
            "room-100000000000000000000000",
            "roomy",
            "кино 9",
            "Кино 10",
        ];
        assert_eq!(names, expected);
        assert_eq!(natural("a", "a"), Ordering::Equal);
        assert_ne!(natural("a", "A"), Ordering::Equal, "a total order");
    }
}
