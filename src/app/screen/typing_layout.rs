//! The dot that begins a command: on a Russian layout it sits where the slash does.

use super::state::ScreenState;
use super::view::ClientView;
use crate::app::key::KeyPress;
use crate::texts::language::Language;

/// What a key writes on the line, if it is the dot of a Russian layout. On an empty line that begins
/// a command, as `/` does; a second one makes both of them the dots of a message. False if the key is
/// to be written as it is.
pub(super) fn dot(screen: &mut ScreenState, view: &ClientView<'_>, press: KeyPress) -> bool {
    let was_dot = std::mem::take(&mut screen.typing.is_dot);
    let Some(letter) = press.writes() else {
        return false;
    };
    screen.typing.typed(letter);
    if letter != '.' {
        return false;
    }
    if was_dot && screen.line.text() == "/" {
        screen.line.set("..");
        return true;
    }
    let layout = screen.typing.last.unwrap_or(view.language);
    if layout == Language::Russian && screen.line.text().trim().is_empty() {
        screen.line.insert("/");
        screen.typing.is_dot = true;
        return true;
    }
    false
}
