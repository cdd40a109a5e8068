//! What strangers write, through the real drawing: no control sequence comes out, and no
//! row is wider than the terminal.

use proptest::prelude::{any, prop_assert, proptest};
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Scene, drawn, evening};
use crate::app::App;
use crate::app::event::Event;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::protocol::text::{MemberName, Title, clean, is_hostile};
use crate::test_support::learned;
use crate::ui::drawn_size;
use crate::wire::message::{Reason, ServerMsg};

/// What has been tried against terminals.
const CORPUS: &[&str] = &[
    "\x1b[2J\x1b[H",
    "\x1b]0;owned\x07",
    "\x1b]52;c;b3duZWQ=\x07",
    "\x1b]8;;http://evil.example\x07click\x1b]8;;\x07",
    "\u{9b}31m\u{9d}0;x\u{9c}",
    "\x1bP1$r0m\x1b\\",
    "\u{202E}txt.exe\u{202C}",
    "\u{2066}a\u{2067}b\u{2069}",
    "a\u{200B}b\u{FEFF}c\u{00AD}d",
    "line\nbreak\rreturn\ttab\u{0B}\u{0C}",
    "👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈🇩🇪❤️",
    "\u{1F468}\u{200D}\u{200D}\u{200D}\u{200D}\u{1F469}",
    "Z̸̢̛̛̺͔͇͙̹̜̯̎̈́̀͂̒̕a̵̡̛l̷̨̛g̸̢̛o̶̧̕",
    "映画の夜映画の夜映画の夜映画の夜映画の夜映画の夜映画の夜映画の夜",
    "ﷺ﷽𒐫𒈙⸻",
    "\u{E0001}\u{E0041}\u{E007F}",
    "\u{115F}\u{1160}\u{3164}\u{FFA0}",
    "\0\u{1}\u{2}\u{7f}\u{80}\u{9f}",
    "क्षि ผู้ใหญ่ ﻻ עִבְרִית العربية",
    "ｶﾞｷﾞｸﾞﾊﾟﾋﾟ ﾞﾟ",
    "🇩🇪🇫🇷🇩 1️⃣#️⃣ ❤\u{FE0E} 👍🏽 👍🏽🏽🏽🏽🏽🏽",
    "ශ්\u{200D}රී ক্ষ্ম ខ្ញុំ བསྒྲུབས கொ",
    "لا إله إلا أُ בְּרֵאשִׁ֖ית",
    "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1100}\u{1161}",
];

/// Looks at every cell: nothing steers, and each row is as wide as the terminal.
fn inspect(app: &App, columns: u16, rows: u16) -> Result<(), String> {
    let buffer = drawn(app, columns, rows);
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let symbol = buffer[(x, y)].symbol();
            let bad = symbol.chars().any(is_hostile);
            let marks = symbol.chars().filter(|c| is_combining_mark(*c)).count();
            if bad || marks > 4 || symbol.graphemes(true).count() > 1 {
                return Err(format!("{symbol:?} at {x}, {y}"));
            }
            x += u16::try_from(symbol.width().max(1)).unwrap();
        }
        if x != columns {
            return Err(format!("row {y} is {x} wide"));
        }
    }
    Ok(())
}

/// A room in which everything that can be written is this text.
fn written(text: &str) -> Scene {
    let mut server = evening(Role::Viewer);
    let title = Title::truncated(text);
    server.happen(RoomEvent::Titled {
        title: title.clone(),
    });
    if let Some(name) = MemberName::truncated(text) {
        let member = MemberId(1);
        server.happen(RoomEvent::Renamed {
            member,
            name,
            was: None,
        });
    }
    let epoch = server.room().timeline.epoch;
    server.happen(learned(epoch, title, None));
    let mut scene = Scene::of(server);
    let message = clean(text, 400);
    if !message.is_empty() {
        let called = MemberName::truncated(text).unwrap_or_else(MemberName::nameless);
        scene.say(MemberId(1), called.as_str(), &message);
    }
    let reason = Reason {
        code: text.to_owned(),
        args: serde_json::Value::Null,
        text: text.to_owned(),
    };
    scene.story.receive(ServerMsg::Error(reason.clone()));
    scene.story.on(Event::Paste(text.to_owned()));
    scene
}

fn inspect_all(scene: &mut Scene) -> Result<(), String> {
    for (columns, rows) in [(80, 24), (120, 40), (41, 11), (61, 17)] {
        inspect(&scene.story.app, columns, rows)?;
    }
    for key in [crate::app::key::Key::F(4), crate::app::key::Key::F(1)] {
        scene.key(key);
        inspect(&scene.story.app, 80, 24)?;
    }
    Ok(())
}

#[test]
fn nothing_of_the_corpus_reaches_the_terminal() {
    for text in CORPUS {
        for times in [1, 40] {
            let mut scene = written(&text.repeat(times));
            inspect_all(&mut scene).unwrap_or_else(|fault| panic!("{text:?}: {fault}"));
        }
    }
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
    #[test]
    fn nor_does_anything_else(text in any::<String>()) {
        let mut scene = written(&text);
        let looked = inspect_all(&mut scene);
        prop_assert!(looked.is_ok(), "{looked:?}");
    }
}

#[test]
fn a_terminal_is_drawn_as_large_as_real_ones_are() {
    for (columns, rows) in [
        (0, 0),
        (1, 1),
        (80, 24),
        (640, 180),
        (1_024, 100),
        (40, 300),
    ] {
        assert_eq!(drawn_size(columns, rows), (columns, rows));
    }
    for (columns, rows) in [
        (65_535, 1_000),
        (1_000, 65_535),
        (65_535, 65_535),
        (1, 65_535),
    ] {
        let (drawn_columns, drawn_rows) = drawn_size(columns, rows);
        assert!(drawn_columns <= columns && drawn_rows <= rows);
        assert!(u32::from(drawn_columns) * u32::from(drawn_rows) <= 200_000);
        assert!(drawn_columns > 0 && drawn_rows > 0);
    }
}

/// A box over the panes, at whose edges wide characters and conjuncts are cut.
#[test]
fn a_box_over_wide_text_has_its_whole_frame() {
    for text in ["映画の夜", "🍿", "👨‍👩‍👧‍👦", "क्षि", "ｶﾞ"] {
        for blanks in 0..4 {
            let mut scene = Scene::of(evening(Role::Viewer));
            for _ in 0..20 {
                let message = format!("{}{}", ".".repeat(blanks), text.repeat(8));
                scene.say(MemberId(1), "映画映画映画", &message);
            }
            scene
                .story
                .on(Event::Key(crate::app::key::KeyPress::ctrl('c')));
            let picture = scene.picture(80, 24);
            let framed = |row: &&str| row.matches('│').count() >= 2;
            let top = picture.lines().position(|row| row.contains('┌'));
            let top = top.expect("a box");
            let rows: Vec<&str> = picture.lines().skip(top + 1).collect();
            let height = rows
                .iter()
                .position(|row| row.contains('└'))
                .expect("its foot");
            assert!(height > 0 && rows[..height].iter().all(framed), "{picture}");
        }
    }
}
