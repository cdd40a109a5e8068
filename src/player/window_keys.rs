//! Which keys are taken in mpv's window, how mpv is told, and how it reports them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use crate::sync::player::{LineKey, WindowKey};

/// The section of the keys that do something at once. It gives way to the member's own bindings.
pub(super) const SECTION: &str = "watchtogether";

/// The section of the line that is being written. It takes all that is typed, and what would act on
/// the player meanwhile.
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
const BEGINS_LINE: &str = "; enable-section watchtogether-line allow-hide-cursor+allow-vo-dragging";

/// What Space is reported as.
const PAUSE: &str = "pause";

/// The keys without which no line can be written, each with the name that mpv reports. While a line
/// is open they are its own, whatever else they are bound to, as in mpv's console.
const TEXT_KEYS: &[(&str, &str)] = &[
    ("any_unicode", "text"),
    ("SPACE", "text"),
    ("BS", "erase"),
    ("ENTER", "send"),
    ("KP_ENTER", "send"),
    ("ESC", "close"),
];

/// The other keys of the line. The member's own bindings win over them. The keys of the number pad
/// are no characters to mpv.
const EDITING_KEYS: &[(&str, &str)] = &[
    ("Shift+BS", "erase"),
    ("Ctrl+h", "erase"),
    ("Ctrl+BS", "erase-word"),
    ("Alt+BS", "erase-word"),
    ("Ctrl+w", "erase-word"),
    ("Alt+d", "erase-next-word"),
    ("Ctrl+DEL", "erase-next-word"),
    ("Ctrl+u", "erase-before"),
    ("Ctrl+k", "erase-after"),
    ("Ctrl+y", "restore"),
    ("DEL", "delete"),
    ("Ctrl+d", "delete"),
    ("LEFT", "left"),
    ("Ctrl+b", "left"),
    ("RIGHT", "right"),
    ("Ctrl+f", "right"),
    ("Ctrl+LEFT", "word-left"),
    ("Alt+LEFT", "word-left"),
    ("Alt+b", "word-left"),
    ("Ctrl+RIGHT", "word-right"),
    ("Alt+RIGHT", "word-right"),
    ("Alt+f", "word-right"),
    ("HOME", "home"),
    ("Ctrl+a", "home"),
    ("END", "end"),
    ("Ctrl+e", "end"),
    ("Shift+ENTER", "send"),
    ("Ctrl+c", "close"),
    ("KP0", "text"),
    ("KP1", "text"),
    ("KP2", "text"),
    ("KP3", "text"),
    ("KP4", "text"),
    ("KP5", "text"),
    ("KP6", "text"),
    ("KP7", "text"),
    ("KP8", "text"),
    ("KP9", "text"),
    ("KP_DEC", "text"),
];

/// What closes the window is no key, and closes it while a line is written too.
const CLOSES_WINDOW: &str = "CLOSE_WIN";

/// Whether nothing that is active is bound to a key but mpv's own weak default. A list that is not
/// as expected makes it taken.
pub(super) fn is_free(bindings: &[Value], key: &str) -> bool {
    bindings.iter().all(|binding| {
        let is_other = text_of(binding, "key").is_some_and(|bound| bound != key);
        let is_ours = text_of(binding, "section")
            .is_some_and(|section| section == SECTION || section == LINE);
        is_other || is_ours || is_off(binding) || is_weak_default(binding)
    })
}

/// The keys that act on the player by mpv's own weak default, and by nothing stronger: while a line
/// is written they are to do nothing. Characters are not among them: they are text.
fn idle_keys(bindings: &[Value]) -> BTreeSet<&str> {
    let acts = bindings.iter().filter(|binding| {
        let does_nothing = text_of(binding, "cmd") == Some("ignore");
        is_weak_default(binding) && !is_off(binding) && !does_nothing
    });
    let keys = acts.filter_map(|binding| text_of(binding, "key"));
    keys.filter(|key| is_key_name(key) && *key != CLOSES_WINDOW && !is_of_line(key))
        .filter(|key| is_free(bindings, key))
        .collect()
}

/// Whether a key types a character or edits the line.
fn is_of_line(key: &str) -> bool {
    let is_character = key.chars().nth(1).is_none() || key == "SHARP";
    let mut keys = TEXT_KEYS.iter().chain(EDITING_KEYS);
    is_character || keys.any(|(known, _)| *known == key)
}

/// Whether this can stand as a key in a section, and be nothing else there.
fn is_key_name(key: &str) -> bool {
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control();
    !key.is_empty() && !key.starts_with('#') && key.chars().all(is_plain)
}

fn text_of<'a>(binding: &'a Value, name: &str) -> Option<&'a str> {
    binding.get(name).and_then(Value::as_str)
}

/// Whether the binding's section is not enabled.
fn is_off(binding: &Value) -> bool {
    let priority = binding.get("priority").and_then(Value::as_i64);
    priority.is_some_and(|priority| priority < 0)
}

fn is_weak_default(binding: &Value) -> bool {
    let is_weak = binding.get("is_weak").and_then(Value::as_bool) == Some(true);
    is_weak && text_of(binding, "section") == Some("default")
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

/// The contents of the section of the line: its keys, and those that would act on the player.
pub(super) fn line_section(client: &str, bindings: &[Value]) -> String {
    let free = EDITING_KEYS
        .iter()
        .filter(|(key, _)| is_free(bindings, key));
    let mut contents = String::new();
    for (key, name) in TEXT_KEYS.iter().chain(free) {
        let _ = writeln!(contents, "{key} script-binding {client}/line-{name}");
    }
    for key in idle_keys(bindings) {
        let _ = writeln!(contents, "{key} ignore");
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
        let key = line_key(name, typed(rest)).filter(|_| writes && (is_pressed || repeats));
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

/// What a key typed, by its name and its text.
fn typed(key: &[String]) -> &str {
    let [name, rest @ ..] = key else {
        return "";
    };
    match rest.first().map(String::as_str) {
        Some(text) if !text.is_empty() => text,
        _ if name == "KP_DEC" => ".",
        _ => name
            .strip_prefix("KP")
            .filter(|digit| digit.len() == 1 && digit.chars().all(|c| c.is_ascii_digit()))
            .unwrap_or_default(),
    }
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
        "erase-next-word" => LineKey::EraseNextWord,
        "erase-before" => LineKey::EraseBefore,
        "erase-after" => LineKey::EraseAfter,
        "restore" => LineKey::Restore,
        "delete" => LineKey::Delete,
        "left" => LineKey::Left,
        "right" => LineKey::Right,
        "word-left" => LineKey::WordLeft,
        "word-right" => LineKey::WordRight,
        "home" => LineKey::Home,
        "end" => LineKey::End,
        "send" => LineKey::Send,
        "close" => LineKey::Close,
        _ => return None,
    })
}
