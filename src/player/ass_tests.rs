//! What is written for the lines of an overlay, hostile ones included.

use proptest::prelude::{any, prop_assert, proptest};
use unicode_segmentation::UnicodeSegmentation;

use super::{FLOAT, FONT, HEIGHT, USUAL_WIDTH, escaped, events};
use crate::player::emoji_shapes::shown_emoji;
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
            colour: OverlayColour::Name([0x7C, 0xB8, 0xFF]),
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

/// What stands between two texts of an event.
fn between<'a>(event: &'a str, before: &str, after: &str) -> Option<&'a str> {
    event
        .split_once(before)?
        .1
        .split_once(after)
        .map(|cut| cut.0)
}

/// The upper and the lower edge of what an event draws, its empty margins included.
fn edges(event: &str) -> (u32, u32) {
    let place = between(event, "\\pos(", ")").unwrap();
    let top: u32 = place.split_once(',').unwrap().1.parse().unwrap();
    let Some(size) = between(event, "\\fs", "\\").and_then(|size| size.parse::<u32>().ok()) else {
        let path = between(event, "}", "{\\p0}").unwrap();
        let scale = between(event, "\\fscy", "\\").map_or(200, |scale| scale.parse().unwrap());
        let numbers = path.split(' ').filter_map(|word| word.parse::<u32>().ok());
        let below: Vec<u32> = numbers.skip(1).step_by(2).collect();
        let at = |length: u32| top + length * scale / 200;
        return (
            at(*below.iter().min().unwrap()),
            at(*below.iter().max().unwrap()),
        );
    };
    let rows = u32::try_from(event.matches("\\N").count() + 1).unwrap();
    (top, top + rows * size)
}

fn float(emoji: &str, risen: u16) -> OverlayFloat {
    OverlayFloat {
        emoji: emoji.to_owned(),
        column: 500,
        risen,
        opacity: 100,
    }
}

/// All that can be seen at once.
fn crowded() -> Overlay {
    let long = "слово ".repeat(80);
    let mut waiting = line(&format!("Waiting for {long}"));
    waiting.stands = true;
    let lines = vec![waiting, line(&long), line(&long), line(&long)];
    Overlay {
        lines,
        floats: vec![float("🔥", 0), float("🦀", 0), float("😱", 1_000)],
        number: Some(3),
        input: Some(OverlayInput {
            before: long.clone(),
            after: long,
            hint: String::new(),
        }),
        empty: None,
    }
}

#[test]
fn whatever_is_drawn_at_once_keeps_to_the_upper_half() {
    let mut seen = Vec::new();
    for (lines, number, input) in [(true, true, true), (true, true, false), (true, false, true)] {
        let mut overlay = crowded();
        overlay.lines.truncate(if lines { 4 } else { 0 });
        overlay.number = overlay.number.filter(|_| number);
        overlay.input = overlay.input.filter(|_| input);
        let text = events(&overlay, USUAL_WIDTH);
        let lowest = text.lines().map(|event| edges(event).1).max().unwrap();
        assert!(lowest <= HEIGHT / 2, "{lowest}: {text}");
        seen.push(lowest);
    }
    assert_eq!(seen, [HEIGHT / 2; 3], "all of the upper half is used");
}

#[test]
fn lines_number_and_input_stand_below_each_other() {
    let mut overlay = crowded();
    overlay.floats.clear();
    let text = events(&overlay, USUAL_WIDTH);
    let find = |mark: &str| {
        let event = text.lines().find(|event| event.contains(mark));
        edges(event.unwrap_or_else(|| panic!("no {mark}: {text}")))
    };
    let (lines, number, input) = (find("Waiting"), find("\\b1\\bord7"), find("\\1a&H50&"));
    assert!(lines.1 <= number.0, "{lines:?} {number:?}");
    assert!(number.1 <= input.0, "{number:?} {input:?}");
    assert!(number.1 - number.0 >= 4 * FONT, "it is large: {number:?}");
}

/// The text of each row, in the order of the rows.
fn rows(overlay: &Overlay) -> Vec<String> {
    let text = events(overlay, USUAL_WIDTH);
    let first = text.lines().next().unwrap_or_default();
    first.split("\\N").map(without_markup).collect()
}

#[test]
fn a_wait_stands_above_two_long_lines_of_chat_of_which_each_keeps_its_name() {
    let said = |name: &str| {
        let mut line = line(&"слово ".repeat(80));
        let name = OverlaySpan {
            text: format!("{name}  "),
            colour: OverlayColour::Name([255; 3]),
        };
        line.spans.insert(0, name);
        line
    };
    let mut waiting = line("Waiting for Boris");
    waiting.stands = true;
    let lines = vec![waiting, said("Vera"), said("Dmitri")];
    let overlay = Overlay {
        lines,
        ..Overlay::default()
    };
    let rows = rows(&overlay);
    let begins: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.split(' ').next())
        .collect();
    assert_eq!(begins, ["Waiting", "Vera", "Dmitri", "слово"]);
    let ends: Vec<bool> = rows.iter().map(|row| row.ends_with('…')).collect();
    assert_eq!(ends, [false, true, false, true], "{rows:?}");
}

#[test]
fn what_stands_has_a_row_each_before_any_has_two() {
    let mut lines: Vec<OverlayLine> = (0..4)
        .map(|number| line(&format!("{number} {}", "слово ".repeat(80))))
        .collect();
    for line in &mut lines {
        line.stands = true;
    }
    let overlay = Overlay {
        lines,
        ..Overlay::default()
    };
    let rows = rows(&overlay);
    let begins: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.split(' ').next())
        .collect();
    assert_eq!(begins, ["0", "1", "2", "3"]);
}

#[test]
fn the_layers_of_an_emoji_lie_upon_each_other_in_a_text() {
    let text = written(vec![line("ну 🔥 и 🦀")]);
    let events: Vec<&str> = text.lines().collect();
    assert_eq!(
        events.len(),
        3,
        "the text, and the two colours of the flame"
    );
    for event in &events {
        assert_eq!(edges(event), edges(events[0]));
        let shown = without_markup(event);
        assert!(shown.starts_with("ну m 0 0 l 0 0 "), "{shown}");
        assert!(shown.ends_with("m 200 200 l 200 200 и :crab:"), "{shown}");
    }
    let seen = |event: &str| event.matches("\\alpha&H00&").count();
    let seen: Vec<usize> = events.into_iter().map(seen).collect();
    assert_eq!(
        seen,
        [2, 1, 1],
        "the text before and behind, then a layer each"
    );
}

#[test]
fn a_float_without_a_drawing_is_its_name() {
    let overlay = Overlay {
        floats: vec![float("🦀", 300), float("🍿", 300)],
        ..Overlay::default()
    };
    let text = events(&overlay, USUAL_WIDTH);
    let (named, drawn) = text.split_once('\n').unwrap();
    assert!(named.ends_with("}:crab:"), "{named}");
    for event in drawn.lines() {
        let (top, bottom) = edges(event);
        assert!(bottom - top <= FLOAT, "{event}");
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
        let graphemes = short.graphemes(true);
        let short: String = graphemes.filter(|text| shown_emoji(text).is_none()).collect();
        let event = written(vec![line(&short)]);
        prop_assert!(!event.contains('\n'));
        let blank = |text: &str| -> String {
            text.chars().filter(|c| !c.is_whitespace() && *c != '\u{2060}').collect()
        };
        prop_assert!(blank(&without_markup(&event)) == blank(&short), "{event:?}");
    }
}
