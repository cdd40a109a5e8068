//! A member's own keys in the hints, which are written with the usual ones.

use super::keys;
use crate::app::keys::own::KeyMap;
use crate::app::keys::{BINDINGS, KeyContext};
use crate::texts::language::Language;

/// How hints write the return key.
const ENTER: &str = "⏎";

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
    let is_it = |name: &str| name == word || (word == ENTER && name == "Enter");
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
    use super::in_hints;
    use crate::app::keys::KeyContext;
    use crate::app::keys::own::{KeyMap, action_named, read};
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
        let usual = KeyMap::default();
        assert_eq!(in_hints(English, &usual, &QUEUE, hints), hints);
    }
}
