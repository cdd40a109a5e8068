//! What is written for the lines of an overlay, hostile ones included.

use proptest::prelude::{any, prop_assert, proptest};

use super::{HEIGHT, USUAL_WIDTH, escaped, events};
use crate::sync::player::{
    Overlay, OverlayColour, OverlayFloat, OverlayInput, OverlayLine, OverlaySpan,
};

fn line(text: &str) -> OverlayLine {
    OverlayLine {
        stands: false,
        spans: vec![OverlaySpan {
            text: text.to_owned(),
            colour: OverlayColour::Text,
        }],
        opacity: 100,
    }
}

fn written(lines: Vec<OverlayLine>) -> String {
    let overlay = Overlay {
        lines,
        ..Overlay::default()
    };
    events(&overlay, USUAL_WIDTH)
}

#[test]
fn nothing_is_written_where_nothing_is_shown() {
    assert_eq!(events(&Overlay::default(), USUAL_WIDTH), "");
}

#[test]
fn a_name_has_its_colour_and_the_text_another() {
    let mut chat = line("привет");
    chat.spans.insert(
        0,
        OverlaySpan {
            text: "Vera ".to_owned(),
            colour: OverlayColour::Name(1),
        },
    );
    chat.opacity = 50;
    assert_eq!(
        written(vec![chat]),
        "{\\an7\\pos(28,84)\\fs30\\q2\\bord2\\shad0}{\\alpha&H7F&}\
         {\\1c&HFFB87C&\\b1}Vera {\\1c&HFFFFFF&\\b0}привет"
    );
}

#[test]
fn markup_in_a_text_is_text() {
    assert_eq!(escaped("{\\b1}a\nb\\N"), "\\{\\\u{2060}b1}ab\\\u{2060}N");
}

#[test]
fn long_lines_take_two_rows_and_all_of_them_four() {
    let long = "слово ".repeat(80);
    let text = written(vec![line(&long)]);
    assert_eq!(text.matches("\\N").count(), 1, "{text}");
    assert!(text.ends_with('…'), "{text}");
    let many = (0..9).map(|number| line(&format!("line {number}")));
    let text = written(many.collect());
    assert_eq!(text.matches("\\N").count(), 3, "{text}");
    assert!(
        text.contains("line 8") && !text.contains("line 4"),
        "{text}"
    );
    let unbroken = written(vec![line(&"я".repeat(500))]);
    assert!(unbroken.chars().count() < 300, "{unbroken}");
}

#[test]
fn the_caret_stays_in_sight_behind_a_long_text() {
    let overlay = Overlay {
        input: Some(OverlayInput {
            before: "слово ".repeat(70) + "конец",
            after: "дальше ".repeat(70),
            hint: String::new(),
        }),
        ..Overlay::default()
    };
    let text = events(&overlay, USUAL_WIDTH);
    assert!(text.contains("конец{\\1c&H4DD2FF&\\p1}"), "{text}");
    assert!(text.chars().count() < 500, "{text}");
}

#[test]
fn floats_rise_within_the_upper_half() {
    for (risen, column) in [(0, 0), (1_000, 1_000), (u16::MAX, u16::MAX)] {
        let overlay = Overlay {
            floats: vec![OverlayFloat {
                emoji: "🔥".to_owned(),
                column,
                risen,
                opacity: 100,
            }],
            ..Overlay::default()
        };
        let text = events(&overlay, USUAL_WIDTH);
        let place = text
            .split("\\pos(")
            .nth(1)
            .unwrap()
            .split(')')
            .next()
            .unwrap();
        let (x, y) = place.split_once(',').unwrap();
        assert!(x.parse::<u32>().unwrap() < USUAL_WIDTH - 40, "{place}");
        assert!(y.parse::<u32>().unwrap() < HEIGHT / 2, "{place}");
    }
}

/// What is left of an event when its markup is taken away as libass does.
fn without_markup(event: &str) -> String {
    let mut shown = String::new();
    let mut chars = event.chars().peekable();
    let mut is_markup = false;
    while let Some(c) = chars.next() {
        match (is_markup, c, chars.peek()) {
            (false, '\\', Some('{')) => {
                chars.next();
                shown.push('{');
            }
            (false, '\\', Some('N')) => {
                chars.next();
                shown.push(' ');
            }
            (false, '{', _) => is_markup = true,
            (true, '}', _) => is_markup = false,
            (false, c, _) => shown.push(c),
            (true, ..) => {}
        }
    }
    shown
}

proptest! {
    #[test]
    fn whatever_is_written_adds_no_markup_and_no_event(text in any::<String>()) {
        let short: String = text.chars().filter(|c| !c.is_control()).take(20).collect();
        let event = written(vec![line(&short)]);
        prop_assert!(!event.contains('\n'));
        let blank = |text: &str| -> String {
            text.chars().filter(|c| !c.is_whitespace() && *c != '\u{2060}').collect()
        };
        prop_assert!(blank(&without_markup(&event)) == blank(&short), "{event:?}");
    }
}
