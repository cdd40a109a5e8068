//! Texts of the key map: the names of keys, where they act, and what they do.

use crate::app::key::{Key, KeyPress};
use crate::app::keys::editing::{EditOp, TextMode};
use crate::app::keys::{Binding, KeyAction, KeyContext};
use crate::protocol::member::Role;
use crate::texts::language::Language;

/// The heading of the help.
pub const TITLE: &str = "Keys and commands";

/// The keys of the help.
pub const HINT: &str = "↑↓ scroll Esc close ◆ admin ◇ moderator";

/// The heading of the commands.
pub const COMMANDS: &str = "Commands, on the line";

/// The heading of the signs.
pub const SIGNS: &str = "Signs";

/// The signs that the screen uses, and what each means.
pub const MEANT: [(&str, &str); 5] = [
    ("👑", "before a name: an admin"),
    ("mod", "before a name: a moderator"),
    ("›", "before a name: your own"),
    ("·", "before a line of the chat: the room says it"),
    ("#3", "a member's number for commands; /who and F4 tell it"),
];

/// The heading of a part of the key map.
#[must_use]
pub const fn context(language: Language, context: KeyContext) -> &'static str {
    match context {
        KeyContext::Everywhere => "Everywhere",
        KeyContext::Line => "While you write",
        KeyContext::OffLine => "In any pane (Tab or Esc leads there)",
        KeyContext::Chat => "In the chat",
        KeyContext::Queue => "In the queue",
        KeyContext::Members => "In the members",
        KeyContext::Gallery => "In the gallery, where typing searches",
    }
}

/// The heading of the keys that edit or scroll.
#[must_use]
pub const fn text_mode(language: Language, mode: TextMode) -> &'static str {
    match mode {
        TextMode::Writing => "Wherever you write",
        TextMode::Reading => "On a page such as this one",
    }
}

/// A short description of such a key.
#[must_use]
pub const fn edit_op(language: Language, op: EditOp) -> &'static str {
    match op {
        EditOp::Left => "a character to the left",
        EditOp::Right => "a character to the right",
        EditOp::Home => "to the beginning",
        EditOp::End => "to the end",
        EditOp::Erase => "erase what is before",
        EditOp::Delete => "erase what is under the cursor",
        EditOp::EraseWord => "erase the word before",
        EditOp::EraseBefore => "erase everything before",
        EditOp::Up => "a line up",
        EditOp::Down => "a line down",
        EditOp::PageUp => "a page up",
        EditOp::PageDown => "a page down",
        EditOp::Top => "to the top",
        EditOp::Close => "close it",
    }
}

/// A key's name.
#[must_use]
pub fn key(language: Language, press: KeyPress) -> String {
    let name = match press.key {
        Key::Char(' ') => "Space".to_owned(),
        Key::Char(letter) if press.ctrl => letter.to_uppercase().to_string(),
        Key::Char(letter) => letter.to_string(),
        Key::F(number) => format!("F{number}"),
        Key::Enter => "Enter".to_owned(),
        Key::Esc => "Esc".to_owned(),
        Key::Tab => "Tab".to_owned(),
        Key::BackTab => "Shift-Tab".to_owned(),
        Key::Backspace => "Backspace".to_owned(),
        Key::Delete => "Delete".to_owned(),
        Key::Up => "↑".to_owned(),
        Key::Down => "↓".to_owned(),
        Key::Left => "←".to_owned(),
        Key::Right => "→".to_owned(),
        Key::Home => "Home".to_owned(),
        Key::End => "End".to_owned(),
        Key::PageUp => "PgUp".to_owned(),
        Key::PageDown => "PgDn".to_owned(),
    };
    match (press.ctrl, press.alt) {
        (true, _) => format!("Ctrl-{name}"),
        (_, true) => format!("Alt-{name}"),
        _ => name,
    }
}

/// The names of several keys.
#[must_use]
pub fn keys(language: Language, keys: &[KeyPress]) -> String {
    let names: Vec<String> = keys.iter().map(|press| key(language, *press)).collect();
    names.join(" ")
}

/// What a row of the key map does, with the mark of the role that it needs, and its slash
/// command.
#[must_use]
pub fn row(language: Language, row: &Binding) -> String {
    let mark = match row.needs {
        Role::Viewer => "",
        Role::Moderator => " ◇",
        Role::Admin => " ◆",
    };
    let twin = row
        .twin
        .map_or_else(String::new, |twin| format!("  /{twin}"));
    format!("{}{mark}{twin}", about(language, row.action))
}

/// A short description of an action.
#[must_use]
pub fn about(language: Language, action: KeyAction) -> String {
    let fixed = match action {
        KeyAction::React(number) => {
            let place = usize::from(number).saturating_sub(1);
            let emoji = crate::protocol::text::Emoji::FIVE.get(place);
            return format!("react {}", emoji.unwrap_or(&""));
        }
        KeyAction::Jump(by) if by < 0 => return format!("{} s back", -by),
        KeyAction::Jump(by) => return format!("{by} s on"),
        KeyAction::Rate(by) if by < 0 => "play slower",
        KeyAction::Rate(_) => "play faster",
        KeyAction::Volume(by) if by < 0 => "your volume: softer",
        KeyAction::Volume(_) => "your volume: louder",
        KeyAction::Move(by) if by < 0 => "move it up",
        KeyAction::Move(_) => "move it down",
        other => simple(language, other),
    };
    fixed.to_owned()
}

const fn simple(language: Language, action: KeyAction) -> &'static str {
    match action {
        KeyAction::Help => "this help",
        KeyAction::Gallery => "the live rooms",
        KeyAction::Queue => "go to the queue",
        KeyAction::Members => "members, health and why",
        KeyAction::Pause => "pause for everyone, or play on",
        KeyAction::CopyInvite => "copy the invite",
        KeyAction::PageUp => "earlier chat",
        KeyAction::PageDown => "later chat",
        KeyAction::Redraw => "draw the screen anew",
        KeyAction::Suspend => "to the background; fg comes back",
        KeyAction::Interrupt => "clear the line, then ask to leave",
        KeyAction::Send => "send",
        KeyAction::HistoryBack => "the line you sent before",
        KeyAction::HistoryOn => "the line after that",
        KeyAction::CompleteOrNext => "complete after / @ :, else the next pane",
        KeyAction::NextPane => "the next pane",
        KeyAction::PreviousPane => "the pane before",
        KeyAction::Toggle => "close what is open, else line or pane",
        KeyAction::PauseOrBlank => "on an empty line: pause for everyone",
        KeyAction::Write => "write",
        KeyAction::BeginCommand => "begin a command",
        KeyAction::Undo => "take the last jump back",
        KeyAction::Next => "play the next in the queue",
        KeyAction::Add => "add a video",
        KeyAction::Mute => "your sound off, or on again",
        KeyAction::Subtitles => "your subtitles: the next ones, or none",
        KeyAction::AudioTrack => "your sound track: the next one",
        KeyAction::Fullscreen => "your window over the whole screen",
        KeyAction::Retry => "start mpv again, or connect now",
        KeyAction::Away => "say that you are away, or back",
        KeyAction::Why => "why your player did what it did",
        KeyAction::Leave => "leave (asks)",
        KeyAction::Up => "the one above",
        KeyAction::Down => "the one below",
        KeyAction::Approve => "approve; if approved, play it now",
        KeyAction::Reject => "reject or remove; take your own back",
        KeyAction::Menu => "what can be done with them",
        KeyAction::CopyLine => "copy the line",
        KeyAction::EraseLine => "remove the line for everyone (asks)",
        KeyAction::OpenLink => "open its link",
        KeyAction::Join => "join the room, or the pasted invite",
        KeyAction::Sort => "sort by viewers, name or age",
        KeyAction::NewRoom => "open a new room",
        KeyAction::CopyRoom => "copy the invite of the room",
        KeyAction::OtherServer => "look at another server",
        KeyAction::Back => "back to your room, or leave",
        // Described by their numbers, above.
        KeyAction::React(_)
        | KeyAction::Jump(_)
        | KeyAction::Rate(_)
        | KeyAction::Volume(_)
        | KeyAction::Move(_) => "",
    }
}
