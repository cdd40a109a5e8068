//! A name for a room of one's own: made up, so that two readers of a page do not meet by accident.

use crate::protocol::ids::RoomId;

/// How a room may be (judgement: short, friendly, plain ASCII).
const FIRST: [&str; 24] = [
    "amber", "bright", "calm", "cosmic", "cozy", "dusky", "early", "gentle", "golden", "happy",
    "late", "lucky", "merry", "misty", "mellow", "quiet", "rainy", "silver", "sleepy", "snowy",
    "starry", "sunny", "velvet", "windy",
];
/// What a room may be.
const SECOND: [&str; 24] = [
    "attic",
    "balcony",
    "cinema",
    "comet",
    "couch",
    "curtain",
    "harbor",
    "island",
    "lantern",
    "matinee",
    "meadow",
    "moon",
    "movie",
    "owl",
    "picnic",
    "popcorn",
    "projector",
    "reel",
    "sofa",
    "studio",
    "theater",
    "ticket",
    "trailer",
    "window",
];

/// The name of a number, such as `quiet-popcorn-42`: one of 51,840.
pub(super) fn name(number: u64) -> RoomId {
    let word = |words: [&'static str; 24], number: u64| {
        let at = usize::try_from(number % 24).unwrap_or_default();
        words.get(at).copied().unwrap_or_default()
    };
    let (first, second) = (word(FIRST, number), word(SECOND, number / 24));
    let tail = 10 + number / 576 % 90;
    RoomId::parse(&format!("{first}-{second}-{tail}")).unwrap_or_else(|_| RoomId::suggested())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{RoomId, name};

    #[test]
    fn every_number_makes_a_name_that_a_room_can_have() {
        let names: BTreeSet<RoomId> = (0..51_840).map(name).collect();
        assert_eq!(names.len(), 51_840);
        assert!(!names.contains(&RoomId::suggested()));
        assert_eq!(name(0).as_str(), "amber-attic-10");
        assert!(names.contains(&name(u64::MAX)));
    }
}
