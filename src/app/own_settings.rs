//! What a running client takes over when its configuration file changes: theme, keys and reactions.

use super::appearance::{OwnTheme, ThemeChoice};
use super::keys::own::KeyMap;
use super::own_reactions::OwnReactions;
use crate::texts::language::Language;

/// The settings that can change while the client runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnSettings {
    /// How the screen looks.
    pub theme: ThemeChoice,
    /// The styles of the member's own theme; `None` if the file has none.
    pub own_theme: Option<OwnTheme>,
    /// The keys of the screen.
    pub keys: KeyMap,
    /// The emoji on the keys 1 to 5.
    pub reactions: OwnReactions,
}

/// What of them changed: the rest stays as the member may have chosen it meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangedSettings {
    /// Another theme.
    pub theme: Option<ThemeChoice>,
    /// Other styles of the own theme, or none any more.
    pub own_theme: Option<Option<OwnTheme>>,
    /// Other keys.
    pub keys: Option<KeyMap>,
    /// Other emoji.
    pub reactions: Option<OwnReactions>,
}

impl OwnSettings {
    /// What is other in these than it was before; `None` if nothing is.
    #[must_use]
    pub fn changes(&self, before: &Self) -> Option<ChangedSettings> {
        let changed = ChangedSettings {
            theme: (self.theme != before.theme).then_some(self.theme),
            own_theme: (self.own_theme != before.own_theme).then(|| self.own_theme.clone()),
            keys: (self.keys != before.keys).then(|| self.keys.clone()),
            reactions: (self.reactions != before.reactions).then(|| self.reactions.clone()),
        };
        (changed != ChangedSettings::default()).then_some(changed)
    }
}

/// Why a changed file is not taken over, worded by whoever read it in every language: the member may
/// choose another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsFault(Vec<(Language, String)>);

impl SettingsFault {
    /// Takes down what is wrong in each of these languages.
    pub fn worded(
        languages: impl IntoIterator<Item = Language>,
        words: impl Fn(Language) -> String,
    ) -> Self {
        let languages = languages.into_iter();
        Self(
            languages
                .map(|language| (language, words(language)))
                .collect(),
        )
    }

    /// What is wrong.
    #[must_use]
    pub fn words(&self, language: Language) -> &str {
        let of = |wanted: Language| self.0.iter().find(|(own, _)| *own == wanted);
        let found = of(language).or_else(|| self.0.first());
        found.map_or("", |(_, words)| words)
    }
}

#[cfg(test)]
mod tests {
    use super::{ChangedSettings, OwnSettings, SettingsFault};
    use crate::app::appearance::{OwnTheme, ThemeChoice};
    use crate::texts::language::Language::{English, Russian};

    #[test]
    fn only_what_changed_is_taken_over() {
        let before = OwnSettings::default();
        assert_eq!(before.changes(&before), None);
        let after = OwnSettings {
            theme: ThemeChoice::Own,
            own_theme: Some(OwnTheme::default()),
            ..before.clone()
        };
        let changed = ChangedSettings {
            theme: Some(ThemeChoice::Own),
            own_theme: Some(Some(OwnTheme::default())),
            ..ChangedSettings::default()
        };
        assert_eq!(after.changes(&before), Some(changed));
        let back = before.changes(&after).unwrap();
        assert_eq!(back.own_theme, Some(None));
        assert_eq!((back.keys, back.reactions), (None, None));
    }

    #[test]
    fn a_fault_is_read_in_the_language_that_is_spoken_then() {
        let words = |language| format!("{language:?}");
        let fault = SettingsFault::worded([English, Russian], words);
        assert_eq!(fault.words(Russian), "Russian");
        let fault = SettingsFault::worded([English], words);
        assert_eq!(fault.words(Russian), "English");
    }
}
