//! What a denial calls an action, in each language.

use super::catalogue::catalogue;
use super::language::Language;
use crate::protocol::denied::Action;

/// The action after "Only an admin can", such as "pause": the message `action-<key>` for the key in
/// the action's row of the table, [`Action::rule`].
#[must_use]
pub fn action(language: Language, action: Action) -> String {
    catalogue(language).get(&key(action))
}

fn key(action: Action) -> String {
    format!("action-{}", action.rule().name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use i18n_embed::unic_langid::LanguageIdentifier;
    use strum::{IntoEnumIterator, VariantArray};

    use super::{action, key};
    use crate::protocol::denied::Action;
    use crate::texts::catalogue::catalogue;
    use crate::texts::language::Language;

    /// The messages of a language that name actions.
    fn messages(language: Language) -> BTreeSet<String> {
        let identifier: LanguageIdentifier = language.code().parse().unwrap();
        catalogue(language).with_message_iter(&identifier, |messages| {
            let ids = messages.map(|message| message.id.name.to_owned());
            ids.filter(|id| id.starts_with("action-")).collect()
        })
    }

    #[test]
    fn every_action_has_a_name_in_every_language_and_every_name_an_action() {
        let keys: BTreeSet<String> = Action::VARIANTS.iter().map(|row| key(*row)).collect();
        for language in Language::iter() {
            assert_eq!(messages(language), keys, "{language:?}");
        }
        assert_eq!(action(Language::English, Action::Pause), "pause");
        assert_eq!(action(Language::Russian, Action::Pause), "ставить на паузу");
    }
}
