//! A member's own keys in what they read: in sentences, and in the hints, which are written with the
//! usual ones. Keys that work everywhere stay as they are, so texts name them.

use super::keys;
use crate::app::keys::own::KeyMap;
use crate::app::keys::{BINDINGS, KeyAction, KeyContext};
use crate::texts::language::Language;

/// How hints write the return key.
const ENTER: &str = "⏎";

/// The name of the key of an action outside of the line, for a sentence; empty if it has none.
#[must_use]
pub fn name_of(language: Language, own: &KeyMap, action: KeyAction) -> String {
    let press = own.key_of(action);
    press.map_or_else(String::new, |press| keys::key(language, press))
}

/// A row of hints, `KEY what it does`, with two blanks between one and the next, with the member's
/// own keys in the place of the usual ones. In these parts of the key map the first that has a key
/// counts.
#[must_use]
pub fn in_hints(language: Language, own: &KeyMap, contexts: &[KeyContext], hints: &str) -> String {
    if own.is_usual() {
        return hints.to_owned();
    }
    let hints = hints.split("  ").map(|hint| {
        let mut is_key = true;
        let words = hint.split(' ').map(|word| {
            let other = is_key
                .then(|| named(language, own, contexts, word))
                .flatten();
            is_key = other.is_some();
            other.unwrap_or_else(|| word.to_owned())
        });
        words.collect::<Vec<_>>().join(" ")
    });
    hints.collect::<Vec<_>>().join("  ")
}

/// The name of the key that now does what the usual key of this name does; `None` if it is no key.
fn named(language: Language, own: &KeyMap, contexts: &[KeyContext], word: &str) -> Option<String> {
    // Of several keys, the first leads to where the others are.
    let key = word.strip_suffix(':').unwrap_or(word);
    let is_it = |name: &str| name == key || (key == ENTER && name == "Enter");
    contexts.iter().find_map(|context| {
        let mut rows = BINDINGS.iter().filter(|row| row.context == *context);
        let row = rows.find(|row| {
            let mut usual = row.keys.iter();
            usual.any(|press| is_it(&keys::key(language, *press)))
        })?;
        if own.keys(row) == row.keys {
            return Some(word.to_owned());
        }
        own.keys(row)
            .first()
            .map(|press| keys::key(language, *press))
    })
}

#[cfg(test)]
mod tests {
    use super::{in_hints, name_of};
    use crate::app::keys::own::{CONTEXTS, KeyMap, OWN_ACTIONS, action_named, read};
    use crate::app::keys::{BINDINGS, KeyAction, KeyContext};
    use crate::strings::keys;
    use crate::texts::language::Language::{English, Russian};

    const QUEUE: [KeyContext; 3] = [
        KeyContext::Queue,
        KeyContext::OffLine,
        KeyContext::Everywhere,
    ];

    #[test]
    fn hints_name_the_own_keys() {
        let own = [("approve", "Y"), ("move-down", "Alt-J"), ("pause", "p")];
        let own = own.map(|(name, key)| (action_named(name).unwrap(), read(key).unwrap()));
        let own = KeyMap::of(own).unwrap();
        let hints = "↑↓ choose  ⏎ approve  x reject  J K move  a add  Space pause";
        assert_eq!(
            in_hints(English, &own, &QUEUE, hints),
            "↑↓ choose  Y approve  x reject  Alt-J K move  a add  p pause"
        );
        let russian = "↑↓ выбор  ⏎ одобрить  Пробел пауза";
        assert_eq!(
            in_hints(Russian, &own, &QUEUE, russian),
            "↑↓ выбор  Y одобрить  p пауза"
        );
        let elsewhere = "F3: ⏎ approve  x reject";
        assert_eq!(
            in_hints(English, &own, &QUEUE, elsewhere),
            "F3: Y approve  x reject"
        );
        let usual = KeyMap::default();
        assert_eq!(in_hints(English, &usual, &QUEUE, hints), hints);
    }

    #[test]
    fn a_sentence_names_the_own_key() {
        let own = [("write", "e"), ("copy-line", "Ctrl-N")];
        let own = own.map(|(name, key)| (action_named(name).unwrap(), read(key).unwrap()));
        let own = KeyMap::of(own).unwrap();
        let hint = |own| crate::strings::screen::line_elsewhere(English, own);
        assert_eq!(hint(&own), "(e to write, / for a command)");
        assert_eq!(hint(&KeyMap::default()), "(i to write, / for a command)");
        assert_eq!(name_of(English, &own, KeyAction::CopyLine), "Ctrl-N");
    }

    /// Where a key is named that a member may move, and why that is right.
    const NAMED: [(&str, &str); 9] = [
        ("screen-keys-", "hints, in which the own keys are put"),
        ("screen-key-", "the same"),
        ("screen-approve-keys", "the same"),
        ("screen-help-key", "the same"),
        ("key-space", "the key's name"),
        ("calibrate-", "a program of its own, whose keys stay"),
        ("config-why-key", "how keys are written in the settings"),
        ("config-why-list", "how a list is written in the settings"),
        (
            "cli-man-config-keys-table",
            "how keys are written in the settings",
        ),
    ];

    /// In Russian texts a Latin letter by itself is a key. A sign may be anything.
    #[test]
    fn no_text_names_a_key_that_a_member_may_have_moved() {
        let fixed: Vec<String> = BINDINGS
            .iter()
            .filter(|row| !CONTEXTS.contains(&row.context))
            .flat_map(|row| row.keys)
            .map(|press| keys::key(Russian, *press))
            .collect();
        let movable: Vec<String> = OWN_ACTIONS
            .iter()
            .filter_map(|(_, action)| KeyMap::default().key_of(*action))
            .map(|press| keys::key(Russian, press))
            .filter(|name| !fixed.contains(name) && name.chars().all(char::is_alphabetic))
            .collect();
        assert!(movable.contains(&"x".to_owned()));
        let mut id = "";
        for line in include_str!("../../i18n/ru/watchtogether.ftl").lines() {
            let begins = line.starts_with(|c: char| c.is_ascii_lowercase());
            let text = match line.split_once(" = ") {
                Some((name, text)) if begins => {
                    id = name;
                    text
                }
                _ if line.starts_with('#') => continue,
                _ => line,
            };
            let is_named = NAMED.iter().any(|(begin, _)| id.starts_with(begin));
            let words = text
                .split(' ')
                .map(|word| word.trim_matches([',', '.', ':', ';', '(', ')']));
            for word in words.filter(|word| movable.iter().any(|name| name == word)) {
                assert!(is_named, "{id} names {word}: take it from the key map");
            }
        }
    }
}
