//! The whole screen in each theme, with its styles: below each row of text stands a letter for the
//! style of each cell, and at the end what the letters mean.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::{Scene, drawn};
use crate::app::key::Key;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;

/// How a cell looks, in words; nothing for the terminal's own style.
fn style(cell: &Cell) -> String {
    let mut words = Vec::new();
    if cell.fg != Color::Reset {
        words.push(cell.fg.to_string());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg));
    }
    for (modifier, word) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ] {
        if cell.modifier.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    words.join(" ")
}

/// A picture with its styles.
pub(super) fn styled(buffer: &Buffer) -> String {
    let mut styles: Vec<String> = Vec::new();
    let mut picture = String::new();
    for y in 0..buffer.area.height {
        let (mut text, mut letters) = (String::new(), String::new());
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let cells = u16::try_from(cell.symbol().width().max(1)).unwrap();
            let style = style(cell);
            let letter = if style.is_empty() {
                ' '
            } else {
                let place = styles.iter().position(|known| *known == style);
                let place = place.unwrap_or_else(|| {
                    styles.push(style);
                    styles.len() - 1
                });
                char::from(b'a' + u8::try_from(place).unwrap())
            };
            text.push_str(cell.symbol());
            letters.extend(std::iter::repeat_n(letter, cells.into()));
            x += cells;
        }
        let _ = writeln!(picture, "{}\n{}", text.trim_end(), letters.trim_end());
    }
    for (letter, style) in ('a'..).zip(styles) {
        let _ = writeln!(picture, "{letter} = {style}");
    }
    picture
}

/// An evening with a link, a mention and a waiting proposal, the queue in focus, in this theme.
fn in_theme(theme: &str) -> String {
    let mut scene = Scene::ordinary(Role::Admin);
    scene.say(
        MemberId(3),
        "Vera",
        "look: https://films.example/night, it is free",
    );
    scene.write(&format!("/theme {theme}"));
    scene.key(Key::Enter);
    scene.key(Key::F(3));
    styled(&drawn(&scene.story.app, 80, 24))
}

#[test]
fn the_screen_in_each_theme() {
    for theme in ["dark", "light", "contrast", "mono"] {
        insta::assert_snapshot!(format!("theme_{theme}"), in_theme(theme));
    }
}

#[test]
fn what_is_drawn_over_a_link_does_not_lead_there() {
    let mut scene = Scene::ordinary(Role::Admin);
    for _ in 0..12 {
        scene.say(
            MemberId(3),
            "Vera",
            "https://films.example/night https://b.example/x",
        );
    }
    let linked = |scene: &Scene| {
        let buffer = drawn(&scene.story.app, 80, 24);
        let cells = buffer.content().iter();
        cells
            .filter(|cell| crate::ui::link_number(cell).is_some())
            .count()
    };
    let before = linked(&scene);
    assert!(
        before > 12 * "https://films.example/night".len(),
        "{before}"
    );
    scene.key(Key::F(1));
    assert_eq!(linked(&scene), 0, "the help covers all");
}
