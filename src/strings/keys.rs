//! Texts of the key map: the names of keys, where they act, and what they do.

use super::{help, numbers};
use crate::app::command::Slash;
use crate::app::key::{Key, KeyPress};
use crate::app::keys::editing::{EditOp, TextMode};
use crate::app::keys::{Binding, KeyAction, KeyContext};
use crate::app::preferences::LayoutChange;
use crate::protocol::member::Role;
use crate::protocol::time::Span;
use crate::texts::language::Language;
use crate::texts::tr;

/// The heading of the help.
#[must_use]
pub fn title(language: Language) -> String {
    tr!(language, "key-title")
}

/// The keys of the help. While something is searched for, Esc ends that first.
#[must_use]
pub fn hint(language: Language, is_searching: bool) -> String {
    if is_searching {
        tr!(language, "key-hint-searching")
    } else {
        tr!(language, "key-hint")
    }
}

/// What stands before what is searched for.
#[must_use]
pub fn search(language: Language) -> String {
    tr!(language, "key-search")
}

/// What stands where nothing fits the search.
#[must_use]
pub fn nothing_found(language: Language) -> String {
    tr!(language, "key-nothing-found")
}

/// The heading of the commands.
#[must_use]
pub fn commands(language: Language) -> String {
    tr!(language, "key-commands")
}

/// The heading of what the mouse does.
#[must_use]
pub fn mouse(language: Language) -> String {
    tr!(language, "key-mouse")
}

/// What is done with the mouse, and what that does.
#[must_use]
pub fn gestures(language: Language) -> [(String, String); 5] {
    [
        (
            tr!(language, "key-mouse-click"),
            tr!(language, "key-mouse-click-does"),
        ),
        (
            tr!(language, "key-mouse-progress"),
            tr!(language, "key-mouse-progress-does"),
        ),
        (
            tr!(language, "key-mouse-twice"),
            tr!(language, "key-mouse-twice-does"),
        ),
        (
            tr!(language, "key-mouse-wheel"),
            tr!(language, "key-mouse-wheel-does"),
        ),
        (
            tr!(language, "key-mouse-shift"),
            tr!(language, "key-mouse-shift-does"),
        ),
    ]
}

/// The heading of a part of the key map.
#[must_use]
pub fn context(language: Language, context: KeyContext) -> String {
    match context {
        KeyContext::Everywhere => tr!(language, "key-everywhere"),
        KeyContext::Line => tr!(language, "key-on-line"),
        KeyContext::List => tr!(language, "key-in-list"),
        KeyContext::OffLine => tr!(language, "key-off-line"),
        KeyContext::Chat => tr!(language, "key-in-chat"),
        KeyContext::Queue => tr!(language, "key-in-queue"),
        KeyContext::Members => tr!(language, "key-in-members"),
        KeyContext::Gallery => tr!(language, "key-in-gallery"),
    }
}

/// The heading of the keys that edit or scroll.
#[must_use]
pub fn text_mode(language: Language, mode: TextMode) -> String {
    match mode {
        TextMode::Writing => tr!(language, "key-writing"),
        TextMode::Reading => tr!(language, "key-reading"),
    }
}

/// A short description of such a key.
#[must_use]
pub fn edit_op(language: Language, op: EditOp) -> String {
    match op {
        EditOp::Left => tr!(language, "key-edit-left"),
        EditOp::Right => tr!(language, "key-edit-right"),
        EditOp::WordLeft => tr!(language, "key-edit-word-left"),
        EditOp::WordRight => tr!(language, "key-edit-word-right"),
        EditOp::Home => tr!(language, "key-edit-home"),
        EditOp::End => tr!(language, "key-edit-end"),
        EditOp::Erase => tr!(language, "key-edit-erase"),
        EditOp::Delete => tr!(language, "key-edit-delete"),
        EditOp::EraseWord => tr!(language, "key-edit-erase-word"),
        EditOp::EraseNextWord => tr!(language, "key-edit-erase-next-word"),
        EditOp::EraseAfter => tr!(language, "key-edit-erase-after"),
        EditOp::Restore => tr!(language, "key-edit-restore"),
        EditOp::EraseBefore => tr!(language, "key-edit-erase-before"),
        EditOp::Up => tr!(language, "key-edit-up"),
        EditOp::Down => tr!(language, "key-edit-down"),
        EditOp::PageUp => tr!(language, "key-edit-page-up"),
        EditOp::PageDown => tr!(language, "key-edit-page-down"),
        EditOp::Top => tr!(language, "key-edit-top"),
        EditOp::Close => tr!(language, "key-edit-close"),
    }
}

/// A key's name.
#[must_use]
pub fn key(language: Language, press: KeyPress) -> String {
    let name = match press.key {
        Key::Char(' ') => tr!(language, "key-space"),
        Key::Char(letter) if press.ctrl || press.alt => letter.to_uppercase().to_string(),
        Key::Char(letter) => letter.to_string(),
        Key::F(number) => format!("F{number}"),
        other => named(other).to_owned(),
    };
    match (press.ctrl, press.alt) {
        (true, _) => format!("Ctrl-{name}"),
        (_, true) => format!("Alt-{name}"),
        _ => name,
    }
}

/// What is printed on a key of a keyboard, in every language.
const fn named(key: Key) -> &'static str {
    match key {
        Key::Enter => "Enter",
        Key::Esc => "Esc",
        Key::Tab => "Tab",
        Key::BackTab => "Shift-Tab",
        Key::Backspace => "Backspace",
        Key::Delete => "Delete",
        Key::Up => "↑",
        Key::Down => "↓",
        Key::Left => "←",
        Key::Right => "→",
        Key::Home => "Home",
        Key::End => "End",
        Key::PageUp => "PgUp",
        Key::PageDown => "PgDn",
        // Named by their letter or number, above.
        Key::Char(_) | Key::F(_) => "",
    }
}

/// The names of several keys.
#[must_use]
pub fn keys(language: Language, keys: &[KeyPress]) -> String {
    let names: Vec<String> = keys.iter().map(|press| key(language, *press)).collect();
    names.join(" ")
}

/// What a row of the key map does, and its slash command.
#[must_use]
pub fn row(language: Language, row: &Binding) -> String {
    let twin = row.twin.and_then(Slash::named);
    let twin = twin.map_or_else(String::new, |twin| {
        format!("  {}", help::command(language, twin))
    });
    let about = about(language, row.action);
    format!("{about}{twin}")
}

/// Whether an action is one of a row of alike ones, and not the first: such keys share a row.
#[must_use]
pub const fn goes_on(action: KeyAction) -> bool {
    matches!(action, KeyAction::React(number) if number > 1)
}

/// The names of keys from a first to a last one: `Alt-1..5`. The first may be such a range already.
#[must_use]
pub fn range(first: &str, last: &str) -> String {
    let begin = first.split("..").next().unwrap_or(first);
    let end = last.rsplit('-').next().unwrap_or(last);
    format!("{begin}..{end}")
}

/// The mark of what takes a role, as the keys of the help explain it.
#[must_use]
pub const fn role_mark(needs: Role) -> &'static str {
    match needs {
        Role::Viewer => "",
        Role::Moderator => "◇",
        Role::Admin => "◆",
    }
}

/// A short description of an action.
#[must_use]
pub fn about(language: Language, action: KeyAction) -> String {
    let span = |by: i32| numbers::whole_seconds(language, Span::seconds(i64::from(by)));
    match action {
        KeyAction::React(_) => tr!(language, "key-react"),
        KeyAction::Jump(by) if by < 0 => tr!(language, "key-jump-back", span = span(-by)),
        KeyAction::Jump(by) => tr!(language, "key-jump-on", span = span(by)),
        KeyAction::Rate(by) if by < 0 => tr!(language, "key-slower"),
        KeyAction::Rate(_) => tr!(language, "key-faster"),
        KeyAction::Volume(by) if by < 0 => tr!(language, "key-quieter"),
        KeyAction::Volume(_) => tr!(language, "key-louder"),
        KeyAction::Move(by) if by < 0 => tr!(language, "key-move-up"),
        KeyAction::Move(_) => tr!(language, "key-move-down"),
        other => anywhere(language, other),
    }
}

/// What acts wherever the focus is, or on the line.
fn anywhere(language: Language, action: KeyAction) -> String {
    match action {
        KeyAction::Help => tr!(language, "key-help"),
        KeyAction::Gallery => tr!(language, "key-gallery"),
        KeyAction::Queue => tr!(language, "key-queue"),
        KeyAction::Members => tr!(language, "key-members"),
        KeyAction::Find => tr!(language, "key-find"),
        KeyAction::Take => tr!(language, "key-take"),
        KeyAction::Run => tr!(language, "key-run"),
        KeyAction::CloseList => tr!(language, "key-close-list"),
        KeyAction::Pause => tr!(language, "key-pause"),
        KeyAction::Layout(LayoutChange::WiderChat) => tr!(language, "key-layout-wider"),
        KeyAction::Layout(LayoutChange::NarrowerChat) => tr!(language, "key-layout-narrower"),
        KeyAction::Layout(_) => tr!(language, "key-layout"),
        KeyAction::CopyInvite => tr!(language, "key-copy-invite"),
        KeyAction::PageUp => tr!(language, "key-page-up"),
        KeyAction::PageDown => tr!(language, "key-page-down"),
        KeyAction::Redraw => tr!(language, "key-redraw"),
        KeyAction::Suspend => tr!(language, "key-suspend"),
        KeyAction::Interrupt => tr!(language, "key-interrupt"),
        KeyAction::Send => tr!(language, "key-send"),
        KeyAction::HistoryBack => tr!(language, "key-history-back"),
        KeyAction::HistoryOn => tr!(language, "key-history-on"),
        KeyAction::CompleteOrNext => tr!(language, "key-complete"),
        KeyAction::NextPane => tr!(language, "key-next-pane"),
        KeyAction::PreviousPane => tr!(language, "key-previous-pane"),
        KeyAction::Toggle => tr!(language, "key-toggle"),
        KeyAction::PauseOrReady => tr!(language, "key-pause-or-ready"),
        KeyAction::PauseOrBlank => tr!(language, "key-pause-or-blank"),
        other => in_panes(language, other),
    }
}

/// What acts in the panes.
fn in_panes(language: Language, action: KeyAction) -> String {
    match action {
        KeyAction::Write => tr!(language, "key-write"),
        KeyAction::BeginCommand => tr!(language, "key-begin-command"),
        KeyAction::Undo => tr!(language, "key-undo"),
        KeyAction::Next => tr!(language, "key-next"),
        KeyAction::Add => tr!(language, "key-add"),
        KeyAction::Mute => tr!(language, "key-mute"),
        KeyAction::Subtitles => tr!(language, "key-subtitles"),
        KeyAction::AcceptSubtitles => tr!(language, "key-accept-subtitles"),
        KeyAction::AudioTrack => tr!(language, "key-audio"),
        KeyAction::Fullscreen => tr!(language, "key-fullscreen"),
        KeyAction::Retry => tr!(language, "key-retry"),
        KeyAction::Away => tr!(language, "key-away"),
        KeyAction::Why => tr!(language, "key-why"),
        KeyAction::Leave => tr!(language, "key-leave"),
        KeyAction::Up => tr!(language, "key-up"),
        KeyAction::Down => tr!(language, "key-down"),
        KeyAction::Approve => tr!(language, "key-approve"),
        KeyAction::Reject => tr!(language, "key-reject"),
        KeyAction::Menu => tr!(language, "key-menu"),
        KeyAction::CopyLine => tr!(language, "key-copy-line"),
        KeyAction::EraseLine => tr!(language, "key-erase-line"),
        KeyAction::OpenLink => tr!(language, "key-open-link"),
        other => in_gallery(language, other),
    }
}

/// What acts in the gallery.
fn in_gallery(language: Language, action: KeyAction) -> String {
    match action {
        KeyAction::ListPageUp => tr!(language, "key-list-page-up"),
        KeyAction::ListPageDown => tr!(language, "key-list-page-down"),
        KeyAction::ListStart => tr!(language, "key-list-start"),
        KeyAction::ListEnd => tr!(language, "key-list-end"),
        KeyAction::Join => tr!(language, "key-join"),
        KeyAction::Sort => tr!(language, "key-sort"),
        KeyAction::NewRoom => tr!(language, "key-new-room"),
        KeyAction::CopyRoom => tr!(language, "key-copy-room"),
        KeyAction::OtherServer => tr!(language, "key-other-server"),
        KeyAction::Back => tr!(language, "key-back"),
        // Described above.
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::{about, edit_op, key, range, row};
    use crate::app::key::{Key, KeyPress};
    use crate::app::keys::editing::EDIT_BINDINGS;
    use crate::app::keys::{BINDINGS, KeyAction};
    use crate::texts::language::Language;

    #[test]
    fn every_key_is_described_in_every_language() {
        for language in Language::iter() {
            for binding in BINDINGS {
                let about = about(language, binding.action);
                assert!(!about.is_empty(), "{language:?}: {binding:?}");
            }
            for binding in EDIT_BINDINGS {
                let about = edit_op(language, binding.op);
                assert!(!about.is_empty(), "{language:?}: {binding:?}");
            }
        }
    }

    #[test]
    fn a_row_names_its_command_in_the_language_of_the_help() {
        let pause = BINDINGS
            .iter()
            .find(|row| row.action == KeyAction::Pause)
            .unwrap();
        let english = row(Language::English, pause);
        assert_eq!(english, "pause or resume for everyone  /pause");
        let russian = row(Language::Russian, pause);
        assert_eq!(russian, "пауза и продолжение для всех  /пауза");
    }

    #[test]
    fn keys_in_a_row_are_named_by_the_first_and_the_last() {
        assert_eq!(range("Alt-1", "Alt-2"), "Alt-1..2");
        assert_eq!(range("Alt-1..2", "Alt-3"), "Alt-1..3");
        assert_eq!(range("1", "5"), "1..5");
    }

    #[test]
    fn spans_and_keys_are_written_as_each_language_does() {
        let jump = KeyAction::Jump(-5);
        assert_eq!(about(Language::English, jump), "5 s back");
        assert_eq!(about(Language::Russian, jump), "на 5 с назад");
        let space = KeyPress::plain(Key::Char(' '));
        assert_eq!(key(Language::English, space), "Space");
        assert_eq!(key(Language::Russian, space), "Пробел");
        assert_eq!(key(Language::Russian, KeyPress::ctrl('p')), "Ctrl-P");
    }
}
