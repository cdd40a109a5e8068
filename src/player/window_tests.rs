//! The window with lists of bindings and messages as mpv sends them, and as it does not.

use serde_json::{Value, json};

use super::Window;
use crate::player::actions::{Actions, Purpose};
use crate::player::event::Observed;
use crate::sync::player::{LineKey, Overlay, PlayerEvent, WindowEvent, WindowKey, WindowKeys};

const VIEWER: WindowKeys = WindowKeys {
    takes_pause: true,
    writes: false,
};

fn binding(key: &str, section: &str, is_weak: bool, priority: i64) -> Value {
    json!({"key": key, "section": section, "cmd": "x", "is_weak": is_weak, "priority": priority})
}

/// mpv's own default for each key.
fn defaults() -> Vec<Value> {
    ["SPACE", "1", "2", "ENTER", "ESC"]
        .map(|key| binding(key, "default", true, 0))
        .to_vec()
}

/// The contents of the section that is defined after mpv listed its bindings.
fn taken(bindings: Value, keys: WindowKeys) -> String {
    let mut window = Window::default();
    let mut actions = Actions::default();
    window.named(&Ok(json!("ipc_0")), &mut actions);
    window.take_keys(keys, &mut actions);
    assert!(
        actions
            .asks
            .iter()
            .any(|(purpose, _)| *purpose == Purpose::Bindings)
    );
    let mut actions = Actions::default();
    window.bindings(&Ok(bindings), &mut actions);
    let defined = actions.asks.iter().find_map(|(_, command)| {
        let is_ours = command[0] == "define-section" && command[3] == "default";
        is_ours.then(|| command[2].as_str().unwrap().to_owned())
    });
    defined.unwrap_or_default()
}

fn takes(contents: &str, key: &str) -> bool {
    contents
        .lines()
        .any(|line| line.split(' ').next() == Some(key))
}

#[test]
fn keys_are_taken_from_weak_bindings_only() {
    let contents = taken(Value::Array(defaults()), VIEWER);
    for key in ["SPACE", "1", "5", "ENTER", "TAB"] {
        assert!(takes(&contents, key), "{key}: {contents}");
    }
    assert!(
        contents.contains("SPACE script-binding ipc_0/pause\n"),
        "{contents}"
    );
    for stronger in [
        binding("1", "default", false, 0),
        // A script of the member's own.
        binding("1", "uosc", true, 3),
        json!({"key": "1"}),
        json!({}),
    ] {
        let mut bindings = defaults();
        bindings.push(stronger.clone());
        let contents = taken(Value::Array(bindings), VIEWER);
        assert!(!takes(&contents, "1"), "{stronger}: {contents}");
    }
    let mut bindings = defaults();
    bindings.push(binding("1", "encode", false, -1));
    bindings.push(binding("1", "watchtogether", true, 5));
    assert!(takes(&taken(Value::Array(bindings), VIEWER), "1"));
    assert_eq!(taken(json!("none"), VIEWER), "");
}

#[test]
fn space_is_left_to_those_who_may_pause() {
    let admin = WindowKeys::default();
    let contents = taken(Value::Array(defaults()), admin);
    assert!(
        !takes(&contents, "SPACE") && takes(&contents, "ENTER"),
        "{contents}"
    );
}

#[test]
fn no_key_is_taken_for_a_connection_whose_name_is_not_plain() {
    let mut window = Window::default();
    let mut actions = Actions::default();
    for name in [json!("a b\nQ quit"), json!(""), Value::Null] {
        window.named(&Ok(name), &mut actions);
        window.take_keys(VIEWER, &mut actions);
        window.take_keys(
            WindowKeys {
                writes: true,
                ..VIEWER
            },
            &mut actions,
        );
    }
    assert!(actions.asks.is_empty(), "{actions:?}");
}

/// The contents of the section of the line after mpv listed its bindings.
fn line(bindings: Vec<Value>) -> Vec<String> {
    let mut window = Window::default();
    window.named(&Ok(json!("ipc_0")), &mut Actions::default());
    window.take_keys(VIEWER, &mut Actions::default());
    let mut actions = Actions::default();
    window.bindings(&Ok(Value::Array(bindings)), &mut actions);
    let mut defined = actions.asks.iter().filter_map(|(_, command)| {
        let is_line = command[0] == "define-section" && command[3] == "force";
        is_line.then(|| command[2].as_str().unwrap().to_owned())
    });
    let contents = defined.next().unwrap();
    contents.lines().map(str::to_owned).collect()
}

#[test]
fn while_a_line_is_written_every_weak_binding_does_nothing_but_type() {
    let mut bindings = defaults();
    for key in [
        "F8",
        "Shift+Ctrl+LEFT",
        "WHEEL_UP",
        "a",
        "я",
        "SHARP",
        "CLOSE_WIN",
        "a b",
        "#",
    ] {
        bindings.push(binding(key, "default", true, 0));
    }
    bindings.push(binding("F9", "encode", true, -1));
    bindings.push(
        json!({"key": "MBTN_LEFT", "section": "default", "cmd": "ignore",
        "is_weak": true, "priority": 0}),
    );
    let ignored = |lines: &[String]| {
        let keys = lines.iter().filter_map(|line| line.strip_suffix(" ignore"));
        keys.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        ignored(&line(bindings.clone())),
        ["F8", "Shift+Ctrl+LEFT", "WHEEL_UP"]
    );
    // The member's own, and a script's.
    bindings.push(binding("F8", "default", false, 0));
    bindings.push(binding("WHEEL_UP", "uosc", true, 3));
    assert_eq!(ignored(&line(bindings)), ["Shift+Ctrl+LEFT"]);
}

#[test]
fn the_members_own_bindings_win_over_what_only_edits_a_line() {
    let mut bindings = defaults();
    for key in ["LEFT", "Alt+b", "ESC", "x"] {
        bindings.push(binding(key, "default", false, 0));
    }
    let lines = line(bindings);
    let is_taken = |key: &str| lines.iter().any(|line| line.split(' ').next() == Some(key));
    assert!(!is_taken("LEFT") && !is_taken("Alt+b"), "{lines:?}");
    assert!(is_taken("Alt+LEFT") && is_taken("any_unicode"), "{lines:?}");
    assert!(is_taken("ESC"), "a line can always be given up: {lines:?}");
}

#[test]
fn bindings_are_listed_anew_for_each_line() {
    let mut window = Window::default();
    window.named(&Ok(json!("ipc_0")), &mut Actions::default());
    let asks = |window: &mut Window, writes: bool| {
        let mut actions = Actions::default();
        window.take_keys(WindowKeys { writes, ..VIEWER }, &mut actions);
        let mut asks = actions.asks.iter();
        asks.any(|(purpose, _)| *purpose == Purpose::Bindings)
    };
    let asked = [false, true, false, true].map(|writes| asks(&mut window, writes));
    assert_eq!(asked, [true, true, false, true]);
}

/// What is reported of a message.
fn reported(message: &[&str], writes: bool) -> Vec<PlayerEvent> {
    let mut window = Window {
        keys: Some(VIEWER),
        line_is_on: writes,
        ..Window::default()
    };
    let mut actions = Actions::default();
    let message: Vec<String> = message.iter().map(|&part| part.to_owned()).collect();
    window.message(&message, &mut actions);
    actions.events
}

#[test]
fn a_press_is_reported_once_and_repeats_only_in_the_line() {
    let key = |key| vec![PlayerEvent::Window(WindowEvent::Key(key))];
    let line = |line| key(WindowKey::Line(line));
    let typed = |text: &str| line(LineKey::Text(text.to_owned()));
    let cases = [
        (
            &["key-binding", "pause", "d-", "SPACE", " "][..],
            false,
            key(WindowKey::Pause),
        ),
        (&["key-binding", "pause", "r-", "SPACE", " "], false, vec![]),
        (&["key-binding", "pause", "u-", "SPACE", " "], false, vec![]),
        (
            &["key-binding", "react-3", "p-", "3", "3"],
            false,
            key(WindowKey::React(3)),
        ),
        (
            &["key-binding", "line-text", "d-", "я", "я"],
            true,
            typed("я"),
        ),
        (
            &["key-binding", "line-text", "r-", "я", "я"],
            true,
            typed("я"),
        ),
        (&["key-binding", "line-text", "d-", "F1", ""], true, vec![]),
        (
            &["key-binding", "line-text", "d-", "KP7", ""],
            true,
            typed("7"),
        ),
        (
            &["key-binding", "line-text", "d-", "KP_DEC"],
            true,
            typed("."),
        ),
        (
            &["key-binding", "line-text", "d-", "KP_INS", ""],
            true,
            vec![],
        ),
        (&["key-binding", "line-text", "d-", "я", "я"], false, vec![]),
        (
            &["key-binding", "line-erase", "r-", "BS", ""],
            true,
            line(LineKey::Erase),
        ),
        (&["key-binding", "pause", "d-", "SPACE", " "], true, vec![]),
        (&["key-binding", "react-x", "d-"], false, vec![]),
        (&["key-binding", "format-disk", "d-"], false, vec![]),
        (&["key-binding", "pause"], false, vec![]),
        (&["osc-message", "pause", "d-"], false, vec![]),
        (&[], false, vec![]),
    ];
    for (message, writes, events) in cases {
        assert_eq!(reported(message, writes), events, "{message:?} {writes}");
    }
}

#[test]
fn a_line_is_on_as_soon_as_its_key_is_pressed_and_off_when_the_client_says_so() {
    let mut window = Window::default();
    let mut actions = Actions::default();
    window.named(&Ok(json!("ipc_0")), &mut actions);
    window.take_keys(VIEWER, &mut actions);
    let message = |window: &mut Window, name: &str| {
        let mut actions = Actions::default();
        let message = ["key-binding", name, "p-", "x", "x"].map(str::to_owned);
        window.message(&message, &mut actions);
        actions.events.len()
    };
    assert_eq!(message(&mut window, "line-text"), 0);
    assert_eq!(message(&mut window, "write"), 1);
    assert_eq!(message(&mut window, "line-text"), 1);
    let mut actions = Actions::default();
    window.take_keys(VIEWER, &mut actions);
    let off = json!(["disable-section", "watchtogether-line"]);
    assert!(actions.asks.iter().any(|(_, command)| *command == off));
    assert_eq!(message(&mut window, "line-text"), 0);
}

#[test]
fn a_line_that_was_begun_in_another_mpv_is_on_once_this_one_is_known() {
    let mut window = Window::default();
    let mut actions = Actions::default();
    window.take_keys(
        WindowKeys {
            writes: true,
            ..VIEWER
        },
        &mut actions,
    );
    window.named(&Ok(json!("ipc_0")), &mut actions);
    window.bindings(&Ok(Value::Array(defaults())), &mut actions);
    let (_, last) = actions.asks.last().unwrap();
    assert_eq!(
        (&last[0], &last[1]),
        (&json!("enable-section"), &json!("watchtogether-line"))
    );
}

#[test]
fn what_is_drawn_is_drawn_again_in_another_shape_and_taken_away_once() {
    let mut window = Window::default();
    let mut actions = Actions::default();
    window.draw(Overlay::default(), &mut actions);
    assert!(actions.asks.is_empty(), "nothing was drawn, and nothing is");
    let counting = Overlay {
        number: Some(3),
        ..Overlay::default()
    };
    window.draw(counting, &mut actions);
    window.resized(Observed::WindowWidth, &json!(800), &mut actions);
    window.resized(Observed::WindowHeight, &json!(800), &mut actions);
    window.resized(Observed::WindowHeight, &json!(800), &mut actions);
    window.draw(Overlay::default(), &mut actions);
    window.draw(Overlay::default(), &mut actions);
    let widths: Vec<&Value> = actions
        .asks
        .iter()
        .map(|(_, command)| &command[4])
        .collect();
    assert_eq!(widths, [&json!(1_280), &json!(720), &Value::Null]);
}

#[test]
fn a_title_is_text_whatever_stands_in_it() {
    let mut actions = Actions::default();
    Window::set_title("a ${path}\n\u{1b}]0;b", &mut actions);
    let title = json!(["set_property", "title", "$>a ${path} ]0;b"]);
    assert_eq!(actions.asks, [(Purpose::Order("title"), title)]);
}
