//! Texts of the key map: the names of keys, where they act, and what they do.

use crate::app::key::{Key, KeyPress};
use crate::app::keys::plain::{Deed, Place};
use crate::app::keys::{Action, Binding, Context};
use crate::protocol::member::Role;

/// The title of the help.
pub const TITLE: &str = "Keys and commands";

/// The keys of the help itself.
pub const HINT: &str = "↑↓ scroll Esc close ◆ admin ◇ moderator";

/// The heading of the commands.
pub const COMMANDS: &str = "Commands, on the line";

/// The heading of the signs.
pub const SIGNS: &str = "Signs";

/// The signs of the screen, each with its meaning.
pub const MEANT: [(&str, &str); 5] = [
    ("👑", "before a name: an admin"),
    ("mod", "before a name: a moderator"),
    ("›", "before a name: your own"),
    ("·", "before a line of the chat: the room says it"),
    ("#3", "a member's number for commands; /who and F4 tell it"),
];

/// The name of the area in which keys act.
#[must_use]
pub const fn context(context: Context) -> &'static str {
    match context {
        Context::Everywhere => "Everywhere",
        Context::Line => "While you write",
        Context::OffLine => "In any pane (Tab or Esc leads there)",
        Context::Chat => "In the chat",
        Context::Queue => "In the queue",
        Context::Members => "In the members",
        Context::Gallery => "In the gallery, where typing searches",
    }
}

/// The same for the keys that edit a line and scroll.
#[must_use]
pub const fn place(place: Place) -> &'static str {
    match place {
        Place::Writing => "Wherever you write",
        Place::Reading => "On a page such as this one",
    }
}

/// What a key that edits or scrolls does.
#[must_use]
pub const fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::Left => "a character to the left",
        Deed::Right => "a character to the right",
        Deed::Home => "to the beginning",
        Deed::End => "to the end",
        Deed::Erase => "erase what is before",
        Deed::Delete => "erase what is under the cursor",
        Deed::EraseWord => "erase the word before",
        Deed::EraseBefore => "erase everything before",
        Deed::Up => "a line up",
        Deed::Down => "a line down",
        Deed::PageUp => "a page up",
        Deed::PageDown => "a page down",
        Deed::Top => "to the top",
        Deed::Close => "close it",
    }
}

/// The name of a key.
#[must_use]
pub fn key(press: KeyPress) -> String {
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

/// The keys of a row.
#[must_use]
pub fn keys(keys: &[KeyPress]) -> String {
    let names: Vec<String> = keys.iter().map(|press| key(*press)).collect();
    names.join(" ")
}

/// What a row does, with the mark of what takes an admin and its slash command.
#[must_use]
pub fn row(row: &Binding) -> String {
    let mark = match row.needs {
        Role::Viewer => "",
        Role::Moderator => " ◇",
        Role::Admin => " ◆",
    };
    let twin = row
        .twin
        .map_or_else(String::new, |twin| format!("  /{twin}"));
    format!("{}{mark}{twin}", about(row.action))
}

/// What an action does, in a few words.
#[must_use]
pub fn about(action: Action) -> String {
    let fixed = match action {
        Action::React(number) => {
            let place = usize::from(number).saturating_sub(1);
            let emoji = crate::protocol::text::Emoji::FIVE.get(place);
            return format!("react {}", emoji.unwrap_or(&""));
        }
        Action::Jump(by) if by < 0 => return format!("{} s back", -by),
        Action::Jump(by) => return format!("{by} s on"),
        Action::Rate(by) if by < 0 => "play slower",
        Action::Rate(_) => "play faster",
        Action::Volume(by) if by < 0 => "your volume: softer",
        Action::Volume(_) => "your volume: louder",
        Action::Move(by) if by < 0 => "move it up",
        Action::Move(_) => "move it down",
        other => simple(other),
    };
    fixed.to_owned()
}

const fn simple(action: Action) -> &'static str {
    match action {
        Action::Help => "this help",
        Action::Gallery => "the live rooms",
        Action::Queue => "go to the queue",
        Action::Members => "members, health and why",
        Action::Pause => "pause for everyone, or play on",
        Action::CopyInvite => "copy the invite",
        Action::PageUp => "earlier chat",
        Action::PageDown => "later chat",
        Action::Redraw => "draw the screen anew",
        Action::Suspend => "to the background; fg comes back",
        Action::Interrupt => "clear the line, then ask to leave",
        Action::Send => "send",
        Action::HistoryBack => "the line you sent before",
        Action::HistoryOn => "the line after that",
        Action::CompleteOrNext => "complete after / @ :, else the next pane",
        Action::NextPane => "the next pane",
        Action::PreviousPane => "the pane before",
        Action::Toggle => "close what is open, else line or pane",
        Action::PauseOrBlank => "on an empty line: pause for everyone",
        Action::Write => "write",
        Action::BeginCommand => "begin a command",
        Action::Undo => "take the last jump back",
        Action::Next => "play the next in the queue",
        Action::Add => "add a video",
        Action::Mute => "your sound off, or on again",
        Action::Subtitles => "your subtitles: the next ones, or none",
        Action::AudioTrack => "your sound track: the next one",
        Action::Fullscreen => "your window over the whole screen",
        Action::Retry => "start mpv again, or connect now",
        Action::Away => "say that you are away, or back",
        Action::Why => "why your player did what it did",
        Action::Leave => "leave (asks)",
        Action::Up => "the one above",
        Action::Down => "the one below",
        Action::Approve => "approve; if approved, play it now",
        Action::Reject => "reject or remove; take your own back",
        Action::Menu => "what can be done with them",
        Action::CopyLine => "copy the line",
        Action::EraseLine => "remove the line for everyone (asks)",
        Action::OpenLink => "open its link",
        Action::Join => "join the room, or the pasted invite",
        Action::Sort => "sort by viewers, name or age",
        Action::NewRoom => "open a new room",
        Action::CopyRoom => "copy the invite of the room",
        Action::OtherServer => "look at another server",
        Action::Back => "back to your room, or leave",
        // Their numbers make their words, above.
        Action::React(_)
        | Action::Jump(_)
        | Action::Rate(_)
        | Action::Volume(_)
        | Action::Move(_) => "",
    }
}
