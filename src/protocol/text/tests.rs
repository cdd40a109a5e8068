//! What is kept of a text, and what is taken as one.

use proptest::prelude::{ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;

use unicode_segmentation::UnicodeSegmentation;

use super::cleaning::{MAX_MARKS, is_hostile, limit_marks};
use super::{ChatText, Emoji, MemberName, TextError, Title, clean};

const FAMILY: &str = "👨‍👩‍👧‍👦";

#[test]
fn escape_sequences_lose_their_teeth() {
    let cases = [
        ("\x1b[2J\x1b]0;owned\x07hi", "[2J]0;ownedhi"),
        ("a\u{202E}b\u{2066}c", "abc"),
        ("one\r\ntwo\tthree", "one two three"),
        ("\u{9b}31mred", "31mred"),
        ("ze\u{200B}ro", "zero"),
    ];
    for (text, expected) in cases {
        assert_eq!(clean(text, 100), expected, "{text:?}");
    }
}

#[test]
fn other_scripts_and_joined_emoji_stay_whole() {
    let texts = [
        "наконец-то 🍿",
        FAMILY,
        "❤️",
        "❤️‍🔥",
        "👩🏽‍🚀",
        "1️⃣ 2️⃣",
        "🇩🇪🇫🇷",
        "日本語",
        "e\u{301}",
        "한국어",
        "\u{1112}\u{1161}\u{11AB}",
        "नमस्ते",
        "ශ්\u{200D}රී",
        "สวัสดี",
    ];
    for text in texts {
        assert_eq!(clean(text, 100), text, "{text:?}");
    }
}

#[test]
fn what_cannot_be_seen_is_no_name() {
    let invisible = [
        "\u{200D}",
        "\u{FE0F}",
        "\u{2800}",
        "\u{301}",
        "\u{17B4}",
        "\u{E0101}",
        "\u{34F}",
        "\u{180B}",
        "\u{3164}",
        "\u{115F}",
        " \u{200D}\u{2800} \u{301}",
    ];
    for text in invisible {
        assert_eq!(MemberName::parse(text), Err(TextError::Empty), "{text:?}");
    }
}

#[test]
fn what_adds_nothing_to_be_seen_is_dropped() {
    let cases = [
        ("Admin\u{200D}", "Admin"),
        ("Admin\u{FE0F}", "Admin"),
        ("Ad\u{34F}min", "Admin"),
        ("Ad\u{200D}min", "Admin"),
        ("Admin\u{E0101}", "Admin"),
        ("Admin\u{2800}", "Admin"),
        ("🔥\u{200D}", "🔥"),
        ("🔥\u{200D} x", "🔥 x"),
        ("🔥\u{FE0F}\u{FE0F}", "🔥\u{FE0F}"),
        ("a \u{301}b", "a b"),
        // The letter after the joiner has no width of its own, and is not kept.
        ("क\u{94D}\u{200D}\u{1161}", "क\u{94D}"),
    ];
    for (text, expected) in cases {
        assert_eq!(clean(text, 100), expected, "{text:?}");
    }
}

#[test]
fn names_that_look_alike_are_one() {
    let folded = |text: &str| MemberName::parse(text).unwrap().folded();
    let alike = [
        ("Jose\u{301}", "José"),
        ("ALICE", "alice"),
        ("Ａｌｉｃｅ", "Alice"),
        ("❤\u{FE0F}", "❤"),
        ("Жанна", "жанна"),
    ];
    for (one, other) in alike {
        assert_eq!(folded(one), folded(other), "{one:?} {other:?}");
    }
    assert_ne!(folded("Jose"), folded("José"));
}

#[test]
fn towers_of_combining_marks_are_cut() {
    let tower = format!("a{}", "\u{301}".repeat(500));
    assert_eq!(clean(&tower, 100).chars().count(), 5);
    let towers = [
        "क\u{94D}\u{93F}\u{902}\u{902}\u{902}\u{902}",
        "ｶ\u{FF9E}\u{FF9F}\u{FF9E}\u{FF9F}\u{FF9E}\u{FF9F}",
        "👍🏽🏽🏽🏽🏽🏽🏽",
        "1\u{20E3}\u{20E3}\u{20E3}\u{20E3}\u{20E3}",
        "ก\u{E33}\u{E49}\u{E49}\u{E49}\u{E49}\u{E49}",
    ];
    for tower in towers {
        let cleaned = clean(tower, 100);
        for grapheme in cleaned.graphemes(true) {
            assert!(marks(grapheme) <= MAX_MARKS, "{tower:?} {cleaned:?}");
        }
        assert_eq!(limit_marks(&cleaned), cleaned);
        assert!(
            limit_marks(tower)
                .graphemes(true)
                .all(|one| marks(one) <= MAX_MARKS)
        );
    }
}

#[test]
fn the_marks_of_living_languages_stay() {
    // Pointed Hebrew, Vietnamese that is written apart, Tibetan, Devanagari, Khmer, a couple.
    let texts = [
        "בְּרֵאשִׁ֖ית",
        "Vie\u{323}\u{302}t",
        "བསྒྲུབས",
        "कार्त्स्न्य",
        "ស្ត្រី",
        "👩🏽‍❤️‍💋‍👨🏽",
    ];
    for text in texts {
        assert_eq!(clean(text, 100), text, "{text:?}");
        assert_eq!(limit_marks(text), text, "{text:?}");
    }
}

/// How many marks a grapheme has.
fn marks(grapheme: &str) -> usize {
    let is_mark = |c: &char| {
        let alone = unicode_normalization::char::is_combining_mark(*c);
        alone || matches!(c, '\u{FF9E}' | '\u{FF9F}' | '🏻'..='🏿')
    };
    grapheme.chars().filter(is_mark).count()
}

#[test]
fn lengths_are_bounded() {
    let long = "x".repeat(25);
    assert_eq!(
        MemberName::parse(&long),
        Err(TextError::TooLong { max: 24 })
    );
    let cut = MemberName::truncated(&long).unwrap();
    assert_eq!(cut.as_str().len(), 24);
}

#[test]
fn what_does_not_fit_whole_is_too_long_and_leaves_no_blank() {
    let name = format!("{} {FAMILY}", "a".repeat(23));
    assert_eq!(
        MemberName::parse(&name),
        Err(TextError::TooLong { max: 24 })
    );
    let cut = MemberName::truncated(&name).unwrap();
    assert_eq!(cut.as_str(), "a".repeat(23));
}

#[test]
fn a_reaction_is_one_emoji() {
    for emoji in Emoji::FIVE {
        assert_eq!(Emoji::parse(emoji).unwrap().as_str(), emoji);
    }
    for text in ["", "a", "🔥🔥", "\x1b", "<3"] {
        assert!(Emoji::parse(text).is_err(), "{text:?}");
    }
}

/// Characters that join, combine, hide or stand alone.
fn piece() -> impl Strategy<Value = String> {
    let tricky = vec![
        " ", "\u{200D}", "\u{FE0F}", "\u{301}", "\u{20E3}", "\u{2800}", "\u{34F}", "🔥", "👨",
        "🏽", "🇩", "1", "\u{1100}", "\u{1161}", "\u{11A8}", "\u{600}", "\u{94D}", "क", "\u{DCA}",
        "ර", "\u{E33}", FAMILY,
    ];
    prop_oneof![
        6 => select(tricky).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        // Words of about the greatest length of a name.
        1 => (0..26_usize).prop_map(|length| "a".repeat(length)),
        1 => (0..26_usize).prop_map(|length| format!("{}\u{301}", "\u{1100}".repeat(length))),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(piece(), 0..16);
    prop_oneof![pieces.prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    // What breaks it is rare: three characters of few scripts in one order.
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn what_is_clean_stays_as_it_is(text in text(), max in 0..90_usize) {
        let cleaned = clean(&text, max);
        proptest::prop_assert!(cleaned.chars().count() <= max);
        proptest::prop_assert!(!cleaned.chars().any(is_hostile));
        proptest::prop_assert!(cleaned.graphemes(true).all(|one| marks(one) <= MAX_MARKS));
        proptest::prop_assert_eq!(cleaned.trim(), &cleaned);
        proptest::prop_assert_eq!(clean(&cleaned, max), cleaned);
    }

    #[test]
    fn what_was_taken_is_taken_again_as_it_is(text in text()) {
        for taken in [MemberName::parse(&text).ok(), MemberName::truncated(&text)].into_iter().flatten() {
            proptest::prop_assert_eq!(MemberName::parse(taken.as_str()), Ok(taken));
        }
        for taken in [Title::parse(&text).ok(), Title::truncated(&text)].into_iter().flatten() {
            proptest::prop_assert_eq!(Title::parse(taken.as_str()), Ok(taken));
        }
        if let Ok(chat) = ChatText::parse(&text) {
            proptest::prop_assert_eq!(ChatText::parse(chat.as_str()).unwrap(), chat);
        }
    }
}
