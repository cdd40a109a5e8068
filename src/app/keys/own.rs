//! The member's own keys: another key in the place of one of the key map, for what is done outside of
//! the line. Keys that work everywhere, those of lists and of the gallery stay as they are.

use super::{BINDINGS, Binding, KeyAction, KeyContext, bound};
use crate::app::key::{Key, KeyPress};

/// The parts of the screen whose keys a member may choose.
pub const CONTEXTS: [KeyContext; 4] = [
    KeyContext::OffLine,
    KeyContext::Chat,
    KeyContext::Queue,
    KeyContext::Members,
];

/// What can get another key, by its name in the settings, in the order of the key map.
pub const OWN_ACTIONS: [(&str, KeyAction); 41] = [
    ("next-pane", KeyAction::NextPane),
    ("write", KeyAction::Write),
    ("command", KeyAction::BeginCommand),
    ("pause", KeyAction::PauseOrReady),
    ("back", KeyAction::Jump(-5)),
    ("forward", KeyAction::Jump(5)),
    ("minute-back", KeyAction::Jump(-60)),
    ("minute-forward", KeyAction::Jump(60)),
    ("undo", KeyAction::Undo),
    ("next", KeyAction::Next),
    ("slower", KeyAction::Rate(-10)),
    ("faster", KeyAction::Rate(10)),
    ("react-1", KeyAction::React(1)),
    ("react-2", KeyAction::React(2)),
    ("react-3", KeyAction::React(3)),
    ("react-4", KeyAction::React(4)),
    ("react-5", KeyAction::React(5)),
    ("add", KeyAction::Add),
    ("quieter", KeyAction::Volume(-5)),
    ("louder", KeyAction::Volume(5)),
    ("mute", KeyAction::Mute),
    ("subtitles", KeyAction::Subtitles),
    ("accept-subtitles", KeyAction::AcceptSubtitles),
    ("audio", KeyAction::AudioTrack),
    ("fullscreen", KeyAction::Fullscreen),
    ("retry", KeyAction::Retry),
    ("away", KeyAction::Away),
    ("why", KeyAction::Why),
    ("copy-invite", KeyAction::CopyInvite),
    ("help", KeyAction::Help),
    ("leave", KeyAction::Leave),
    ("up", KeyAction::Up),
    ("down", KeyAction::Down),
    ("approve", KeyAction::Approve),
    ("reject", KeyAction::Reject),
    ("move-down", KeyAction::Move(1)),
    ("move-up", KeyAction::Move(-1)),
    ("menu", KeyAction::Menu),
    ("copy-line", KeyAction::CopyLine),
    ("open-link", KeyAction::OpenLink),
    ("erase-line", KeyAction::EraseLine),
];

/// Keys with Ctrl that terminals, multiplexers or the flow control keep for themselves.
const OF_OTHERS: [char; 5] = ['a', 'b', 's', 'q', ' '];

/// What is done by an action of this name.
#[must_use]
pub fn action_named(name: &str) -> Option<KeyAction> {
    let mut actions = OWN_ACTIONS.iter();
    let found = actions.find(|(own, _)| *own == name);
    found.map(|(_, action)| *action)
}

/// Why a key cannot be a member's own for an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// The text names no key.
    NoKey,
    /// The key works everywhere, or never arrives.
    Reserved,
    /// The key does something else already, by its name in the settings.
    Taken(&'static str),
}

/// The key map with a member's own keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyMap {
    own: Vec<(KeyAction, [KeyPress; 1])>,
}

impl KeyMap {
    /// The key map with these keys in the place of the usual ones.
    ///
    /// # Errors
    /// The first action whose key is no good, and why.
    pub fn of(
        own: impl IntoIterator<Item = (KeyAction, KeyPress)>,
    ) -> Result<Self, (KeyAction, KeyFault)> {
        let own = own.into_iter().map(|(action, press)| (action, [press]));
        let map = Self { own: own.collect() };
        for (action, [press]) in &map.own {
            if let Some(fault) = map.fault(*action, *press) {
                return Err((*action, fault));
            }
        }
        Ok(map)
    }

    fn fault(&self, action: KeyAction, press: KeyPress) -> Option<KeyFault> {
        let of_others = press.ctrl
            && OF_OTHERS
                .iter()
                .any(|letter| press.key == Key::Char(*letter));
        let everywhere = super::of(KeyContext::Everywhere).any(|row| row.keys.contains(&press));
        if of_others || everywhere {
            return Some(KeyFault::Reserved);
        }
        let own_rows = BINDINGS
            .iter()
            .filter(|row| is_own(row) && row.action == action);
        let places: Vec<KeyContext> = own_rows.map(|row| row.context).collect();
        let meets = |context: KeyContext| {
            let is_wide = |context: &KeyContext| *context == KeyContext::OffLine;
            places.contains(&context) || is_wide(&context) || places.iter().any(is_wide)
        };
        let taken = BINDINGS.iter().find(|row| {
            is_own(row)
                && row.action != action
                && meets(row.context)
                && self.keys(row).contains(&press)
        });
        taken.map(|row| {
            let mut actions = OWN_ACTIONS.iter();
            let named = actions.find(|(_, own)| *own == row.action);
            named.map_or(KeyFault::Reserved, |(name, _)| KeyFault::Taken(name))
        })
    }

    /// The keys of a row.
    #[must_use]
    pub fn keys(&self, row: &Binding) -> &[KeyPress] {
        let mut own = self.own.iter();
        let own = own.find(|(action, _)| is_own(row) && *action == row.action);
        own.map_or(row.keys, |(_, keys)| keys)
    }

    /// The key of an action outside of the line: the member's own, else the usual one.
    #[must_use]
    pub fn key_of(&self, action: KeyAction) -> Option<KeyPress> {
        let mut rows = BINDINGS.iter().filter(|row| is_own(row));
        let row = rows.find(|row| row.action == action)?;
        self.keys(row).first().copied()
    }

    /// Whether it is the usual one.
    #[must_use]
    pub const fn is_usual(&self) -> bool {
        self.own.is_empty()
    }

    /// The row for a key, as [`super::find`] has it for the usual keys.
    #[must_use]
    pub fn find(&self, contexts: &[KeyContext], press: KeyPress) -> Option<&'static Binding> {
        bound(contexts, press, |row, press| {
            self.keys(row).contains(&press)
        })
    }
}

fn is_own(row: &Binding) -> bool {
    CONTEXTS.contains(&row.context)
}

/// The key that a text names: a character, or the name of a key, perhaps with `Ctrl-` or `Alt-`
/// before it.
///
/// # Errors
/// [`KeyFault::NoKey`] if it names none.
pub fn read(text: &str) -> Result<KeyPress, KeyFault> {
    let text = text.trim();
    let (ctrl, alt, name) = match (after("ctrl-", text), after("alt-", text)) {
        (Some(name), _) => (true, false, name),
        (_, Some(name)) => (false, true, name),
        _ => (false, false, text),
    };
    let key = key_named(name).ok_or(KeyFault::NoKey)?;
    let key = match key {
        Key::Char(letter) if ctrl => {
            let letter = letter.to_ascii_lowercase();
            if !(letter.is_ascii_lowercase() || letter == ' ') {
                return Err(KeyFault::NoKey);
            }
            Key::Char(letter)
        }
        key => key,
    };
    Ok(KeyPress { key, ctrl, alt })
}

/// The usual key of an action outside of the line.
#[must_use]
pub fn usual(action: KeyAction) -> Option<KeyPress> {
    KeyMap::default().key_of(action)
}

/// A key as [`read`] reads it.
#[must_use]
pub fn written(press: KeyPress) -> String {
    let name = match press.key {
        Key::Char(' ') => "Space".to_owned(),
        Key::Char(letter) if press.ctrl => letter.to_uppercase().to_string(),
        Key::Char(letter) => letter.to_string(),
        Key::F(number) => format!("F{number}"),
        other => format!("{other:?}"),
    };
    match (press.ctrl, press.alt) {
        (true, _) => format!("Ctrl-{name}"),
        (_, true) => format!("Alt-{name}"),
        _ => name,
    }
}

/// What stands behind a prefix, in whatever case that is.
fn after<'a>(prefix: &str, text: &'a str) -> Option<&'a str> {
    let begin = text.get(..prefix.len())?;
    let rest = text.get(prefix.len()..)?;
    (begin.eq_ignore_ascii_case(prefix) && !rest.is_empty()).then_some(rest)
}

fn key_named(name: &str) -> Option<Key> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return (!letter.is_control() && !letter.is_whitespace()).then_some(Key::Char(letter));
    }
    let name = name.to_lowercase();
    if let Some(number) = name
        .strip_prefix('f')
        .and_then(|number| number.parse().ok())
    {
        return (1..=12).contains(&number).then_some(Key::F(number));
    }
    Some(match name.as_str() {
        "space" => Key::Char(' '),
        "enter" => Key::Enter,
        "tab" => Key::Tab,
        "backspace" => Key::Backspace,
        "delete" => Key::Delete,
        "up" => Key::Up,
        "down" => Key::Down,
        "left" => Key::Left,
        "right" => Key::Right,
        "home" => Key::Home,
        "end" => Key::End,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{KeyFault, KeyMap, OWN_ACTIONS, action_named, is_own, read, usual, written};
    use crate::app::key::{Key, KeyPress};
    use crate::app::keys::{BINDINGS, KeyAction, KeyContext};

    const QUEUE: [KeyContext; 3] = [
        KeyContext::Queue,
        KeyContext::OffLine,
        KeyContext::Everywhere,
    ];

    fn map(own: &[(&str, &str)]) -> Result<KeyMap, (KeyAction, KeyFault)> {
        let own = own.iter();
        KeyMap::of(own.map(|(name, key)| (action_named(name).unwrap(), read(key).unwrap())))
    }

    #[test]
    fn a_key_is_read_by_its_name() {
        let plain = |letter| KeyPress::plain(Key::Char(letter));
        for (text, press) in [
            ("x", plain('x')),
            ("X", plain('X')),
            ("-", plain('-')),
            ("ж", plain('ж')),
            ("Space", plain(' ')),
            ("F7", KeyPress::plain(Key::F(7))),
            ("left", KeyPress::plain(Key::Left)),
            ("Ctrl-N", KeyPress::ctrl('n')),
            ("alt-x", KeyPress::alt('x')),
            ("Alt-X", KeyPress::alt('X')),
        ] {
            assert_eq!(read(text), Ok(press), "{text}");
        }
        for text in [
            "", "xx", "Ctrl-", "Ctrl-1", "F13", "F0", "Hyper-x", "Esc", "\u{1b}",
        ] {
            assert_eq!(read(text), Err(KeyFault::NoKey), "{text}");
        }
    }

    #[test]
    fn an_own_key_stands_in_the_place_of_the_usual_one() {
        let map = map(&[("mute", "M"), ("reject", "d")]).unwrap();
        let of = |key: &str| {
            let found = map.find(&QUEUE, read(key).unwrap());
            found.map(|row| row.action)
        };
        assert_eq!(of("M"), Some(KeyAction::Mute));
        assert_eq!(of("m"), None);
        assert_eq!(of("d"), Some(KeyAction::Reject));
        assert_eq!(of("x"), None);
        // By its place on another layout as well.
        assert_eq!(of("в"), Some(KeyAction::Reject));
        assert_eq!(of("u"), Some(KeyAction::Undo));
        assert!(KeyMap::default().is_usual() && !map.is_usual());
    }

    #[test]
    fn two_keys_may_change_places() {
        let map = map(&[("mute", "f"), ("fullscreen", "m")]).unwrap();
        let found = map.find(&QUEUE, read("f").unwrap()).unwrap();
        assert_eq!(found.action, KeyAction::Mute);
    }

    #[test]
    fn a_key_that_does_something_else_is_refused() {
        for (own, action, fault) in [
            (&[("mute", "f")][..], "mute", KeyFault::Taken("fullscreen")),
            // Where the pane has the focus its own key would be taken.
            (&[("mute", "x")], "mute", KeyFault::Taken("reject")),
            (&[("reject", "m")], "reject", KeyFault::Taken("mute")),
            (
                &[("mute", "z"), ("add", "z")],
                "mute",
                KeyFault::Taken("add"),
            ),
            (&[("mute", "F1")], "mute", KeyFault::Reserved),
            (&[("mute", "Ctrl-C")], "mute", KeyFault::Reserved),
            (&[("mute", "Ctrl-S")], "mute", KeyFault::Reserved),
            (&[("mute", "1")], "mute", KeyFault::Taken("react-1")),
            (&[("react-1", "Alt-2")], "react-1", KeyFault::Reserved),
        ] {
            let expected = (action_named(action).unwrap(), fault);
            assert_eq!(map(own), Err(expected), "{own:?}");
        }
        // Those of two panes do not meet.
        assert!(map(&[("erase-line", "d"), ("reject", "d")]).is_ok());
    }

    #[test]
    fn every_usual_key_is_written_as_it_is_read() {
        for (name, action) in OWN_ACTIONS {
            let press = usual(action).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(read(&written(press)), Ok(press), "{name}");
        }
        assert_eq!(written(KeyPress::ctrl('n')), "Ctrl-N");
        assert_eq!(written(KeyPress::alt('x')), "Alt-x");
    }

    #[test]
    fn whatever_has_a_key_outside_of_the_line_has_a_name() {
        for row in BINDINGS.iter().filter(|row| is_own(row)) {
            let is_named = OWN_ACTIONS.iter().any(|(_, action)| *action == row.action);
            assert!(is_named, "{row:?}");
        }
    }
}
