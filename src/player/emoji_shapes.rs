//! The five reactions as drawings of ASS: libass draws no coloured emoji, and the fonts of many
//! machines lack some of them (Debian's `DejaVu` has no flame and no skull).

/// A drawing of one colour, in a box of 100 by 100.
#[derive(Debug)]
pub(super) struct Shape {
    /// Red, green and blue.
    pub(super) colour: u32,
    /// The path in ASS's drawing language.
    pub(super) path: &'static str,
}

/// What an emoji is drawn with, the lowest layer first; `None` for one that has no drawing.
pub(super) fn shapes(emoji: &str) -> Option<&'static [Shape]> {
    // The heart is a text character that a selector makes an emoji.
    match emoji.trim_end_matches('\u{FE0F}') {
        "❤" => Some(HEART),
        "🔥" => Some(FLAME),
        "😂" => Some(LAUGHTER),
        "😱" => Some(SCREAM),
        "💀" => Some(SKULL),
        _ => None,
    }
}

/// A layer.
const fn shape(colour: u32, path: &'static str) -> Shape {
    Shape { colour, path }
}

/// The outline of a face.
const FACE: &str =
    "m 50 4 b 75 4 96 25 96 50 b 96 75 75 96 50 96 b 25 96 4 75 4 50 b 4 25 25 4 50 4";

const HEART: &[Shape] = &[shape(
    0x00ff_3b4e,
    "m 50 92 b 20 66 4 46 4 28 b 4 12 16 4 28 4 b 39 4 46 11 50 21 \
     b 54 11 61 4 72 4 b 84 4 96 12 96 28 b 96 46 80 66 50 92",
)];

const FLAME: &[Shape] = &[
    shape(
        0x00ff_6a1a,
        "m 52 2 b 56 22 82 34 84 60 b 86 84 68 98 50 98 b 32 98 14 84 16 60 \
         b 17 48 26 40 31 28 b 34 37 37 42 43 44 b 41 28 44 14 52 2",
    ),
    shape(
        0x00ff_d23d,
        "m 50 94 b 38 94 31 84 33 73 b 35 62 46 58 49 46 b 59 54 69 64 67 77 b 65 88 59 94 50 94",
    ),
];

const LAUGHTER: &[Shape] = &[
    shape(0x00ff_d23d, FACE),
    shape(
        0x0046_2b10,
        "m 20 44 b 24 28 38 28 42 44 b 36 37 26 37 20 44 m 58 44 b 62 28 76 28 80 44 b 74 37 64 37 58 44 \
         m 22 54 b 40 60 60 60 78 54 b 78 78 64 88 50 88 b 36 88 22 78 22 54",
    ),
    shape(
        0x004a_b4ff,
        "m 15 46 b 6 56 1 64 7 71 b 13 76 21 70 19 60 b 18 54 16 50 15 46 \
         m 85 46 b 94 56 99 64 93 71 b 87 76 79 70 81 60 b 82 54 84 50 85 46",
    ),
];

const SCREAM: &[Shape] = &[
    shape(0x00ff_d23d, FACE),
    shape(
        0x0064_a8ff,
        "m 50 4 b 72 4 88 17 94 37 b 70 22 30 22 6 37 b 12 17 28 4 50 4",
    ),
    shape(
        0x0046_2b10,
        "m 34 30 b 43 30 43 48 34 48 b 25 48 25 30 34 30 m 66 30 b 75 30 75 48 66 48 b 57 48 57 30 66 30 \
         m 50 54 b 65 54 67 90 50 90 b 33 90 35 54 50 54",
    ),
    shape(
        0x00f0_9a2a,
        "m 12 58 b 21 54 25 74 23 96 b 8 96 0 72 12 58 m 88 58 b 79 54 75 74 77 96 b 92 96 100 72 88 58",
    ),
];

const SKULL: &[Shape] = &[
    shape(
        0x00f2_f2f2,
        "m 50 4 b 78 4 93 22 93 45 b 93 60 84 68 76 73 l 76 90 b 76 94 72 97 68 97 l 32 97 \
         b 28 97 24 94 24 90 l 24 73 b 16 68 7 60 7 45 b 7 22 22 4 50 4",
    ),
    shape(
        0x001f_1f24,
        "m 31 38 b 43 37 45 48 42 55 b 38 62 24 62 21 53 b 19 45 22 39 31 38 \
         m 69 38 b 57 37 55 48 58 55 b 62 62 76 62 79 53 b 81 45 78 39 69 38 \
         m 50 58 l 56 71 l 44 71 m 39 82 l 43 82 l 43 97 l 39 97 m 57 82 l 61 82 l 61 97 l 57 97",
    ),
];

#[cfg(test)]
mod tests {
    use super::shapes;
    use crate::protocol::text::Emoji;

    #[test]
    fn each_of_the_five_has_a_drawing_of_paths_only() {
        for emoji in Emoji::FIVE {
            for shape in shapes(emoji).unwrap() {
                let is_path = |c: char| c.is_ascii_digit() || " mbl".contains(c);
                assert!(shape.path.chars().all(is_path), "{emoji}");
                assert!(shape.path.starts_with("m "), "{emoji}");
            }
        }
        assert!(shapes("🦀").is_none());
    }
}
