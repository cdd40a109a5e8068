//! Which keys are taken in mpv's window, how mpv is told, and how it reports them.

use std::fmt::Write as _;

use serde_json::Value;

use crate::sync::player::{LineKey, WindowKey};

/// The section of the keys that do something at once. It gives way to the member's own bindings.
pub(super) const SECTION: &str = "watchtogether";

/// The section of the line that is being written. It takes all that is typed.
pub(super) const LINE: &str = "watchtogether-line";

/// The longest text of one key press, in characters: an input method may send a sentence
/// (judgement).
const MOST_TYPED: usize = 100;

/// The keys that do something at once, each with the name that mpv reports. They are the same keys on
/// every keyboard layout.
pub(super) const COMMANDS: &[(&str, &str)] = &[
    ("SPACE", PAUSE),
    ("1", "react-1"),
    ("2", "react-2"),
    ("3", "react-3"),
    ("4", "react-4"),
    ("5", "react-5"),
    ("ENTER", WRITE),
    ("KP_ENTER", WRITE),
    ("TAB", "sync-state"),
];

/// What begins a line is reported as this, and what mpv does with it besides.
const WRITE: &str = "write";
const BEGINS_LINE: &str = "; enable-section watchtogether-line allow-hide-cursor";

/// What Space is reported as.
const PAUSE: &str = "pause";

/// The keys of the line, each with the name that mpv reports; without a name the key does nothing,
/// so that the film does not jump under the line.
const LINE_KEYS: &[(&str, Option<&str>)] = &[
    ("any_unicode", Some("text")),
    ("SPACE", Some("text")),
    ("BS", Some("erase")),
    ("Shift+BS", Some("erase")),
    ("Ctrl+h", Some("erase")),
    ("Ctrl+BS", Some("erase-word")),
    ("Alt+BS", Some("erase-word")),
    ("Ctrl+w", Some("erase-word")),
    ("Ctrl+u", Some("erase-before")),
    ("DEL", Some("delete")),
    ("Ctrl+d", Some("delete")),
    ("LEFT", Some("left")),
    ("Ctrl+b", Some("left")),
    ("RIGHT", Some("right")),
    ("Ctrl+f", Some("right")),
    ("HOME", Some("home")),
    ("Ctrl+a", Some("home")),
    ("END", Some("end")),
    ("Ctrl+e", Some("end")),
    ("ENTER", Some("send")),
    ("KP_ENTER", Some("send")),
    ("Shift+ENTER", Some("send")),
    ("ESC", Some("close")),
    ("Ctrl+c", Some("close")),
    ("UP", None),
    ("DOWN", None),
    ("PGUP", None),
    ("PGDWN", None),
    ("TAB", None),
    ("Shift+LEFT", None),
    ("Shift+RIGHT", None),
    ("Shift+UP", None),
    ("Shift+DOWN", None),
    ("Shift+PGUP", None),
    ("Shift+PGDWN", None),
    ("Shift+HOME", None),
    ("Ctrl+LEFT", None),
    ("Ctrl+RIGHT", None),
    ("Alt+LEFT", None),
    ("Alt+RIGHT", None),
    ("Alt+UP", None),
    ("Alt+DOWN", None),
    ("Shift+TAB", None),
];

/// Whether nothing that is active is bound to a key but mpv's own weak default. A list that is not
/// as expected makes it taken.
pub(super) fn is_free(bindings: &[Value], key: &str) -> bool {
    bindings.iter().all(|binding| {
        let text = |name: &str| binding.get(name).and_then(Value::as_str);
        let is_other = text("key").is_some_and(|bound| bound != key);
        let is_ours = text("section").is_some_and(|section| section == SECTION || section == LINE);
        let is_off = binding
            .get("priority")
            .and_then(Value::as_i64)
            .is_some_and(|priority| priority < 0);
        let is_weak = binding.get("is_weak").and_then(Value::as_bool) == Some(true)
            && text("section") == Some("default");
        is_other || is_ours || is_off || is_weak
    })
}

/// The contents of the section of commands, of the keys that are free.
pub(super) fn command_section(client: &str, free: &[&str], takes_pause: bool) -> String {
    let mut contents = String::new();
    for (key, name) in COMMANDS {
        if free.contains(key) && (takes_pause || *name != PAUSE) {
            // What is typed right behind the key that begins a line belongs to the line already.
            let then = if *name == WRITE { BEGINS_LINE } else { "" };
            // Writing to a string does not fail.
            let _ = writeln!(contents, "{key} script-binding {client}/{name}{then}");
        }
    }
    contents
}

/// The contents of the section of the line.
pub(super) fn line_section(client: &str) -> String {
    let mut contents = String::new();
    for (key, name) in LINE_KEYS {
        let _ = match name {
            Some(name) => writeln!(contents, "{key} script-binding {client}/line-{name}"),
            None => writeln!(contents, "{key} ignore"),
        };
    }
    contents
}

/// The key of a message `key-binding NAME STATE KEY TEXT`, if it is one of ours that was pressed
/// (states `d`, and `p` for both at once) or that repeats in the line (`r`).
pub(super) fn key_of(message: &[String], writes: bool) -> Option<WindowKey> {
    let [kind, name, state, rest @ ..] = message else {
        return None;
    };
    if kind != "key-binding" {
        return None;
    }
    let is_pressed = state.starts_with(['d', 'p']);
    let repeats = state.starts_with('r');
    if let Some(name) = name.strip_prefix("line-") {
        let text = rest.get(1).map(String::as_str).unwrap_or_default();
        let key = line_key(name, text).filter(|_| writes && (is_pressed || repeats));
        return key.map(WindowKey::Line);
    }
    if !is_pressed || writes {
        return None;
    }
    Some(match name.as_str() {
        PAUSE => WindowKey::Pause,
        WRITE => WindowKey::Write,
        "sync-state" => WindowKey::SyncState,
        name => WindowKey::React(name.strip_prefix("react-")?.parse().ok()?),
    })
}

fn line_key(name: &str, text: &str) -> Option<LineKey> {
    Some(match name {
        "text" => {
            let typed = text.chars().filter(|c| !c.is_control());
            let typed: String = typed.take(MOST_TYPED).collect();
            return (!typed.is_empty()).then_some(LineKey::Text(typed));
        }
        "erase" => LineKey::Erase,
        "erase-word" => LineKey::EraseWord,
        "erase-before" => LineKey::EraseBefore,
        "delete" => LineKey::Delete,
        "left" => LineKey::Left,
        "right" => LineKey::Right,
        "home" => LineKey::Home,
        "end" => LineKey::End,
        "send" => LineKey::Send,
        "close" => LineKey::Close,
        _ => return None,
    })
}
