//! The languages in which the program speaks to people.

use strum::{EnumIter, EnumString, IntoStaticStr};

/// A language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, EnumIter, EnumString, IntoStaticStr)]
pub enum Language {
    /// The fallback, and the language of logs and codes.
    #[default]
    #[strum(serialize = "en")]
    English,
    /// Spoken by many who use this.
    #[strum(serialize = "ru")]
    Russian,
}

impl Language {
    /// The ISO 639-1 code, which is also the name of the folder under `i18n`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// The language of a locale or a language tag: `ru_RU.UTF-8`, `ru-RU`, `ru`. `None` if the
    /// catalogue does not have it; `C` and `POSIX` name no language.
    #[must_use]
    pub fn from_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['_', '-', '.', '@']).next()?;
        language.to_ascii_lowercase().parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_locale_names_its_language() {
        for (locale, language) in [
            ("ru_RU.UTF-8", Some(Language::Russian)),
            ("ru-RU", Some(Language::Russian)),
            ("RU", Some(Language::Russian)),
            ("en_GB.UTF-8@euro", Some(Language::English)),
            ("en", Some(Language::English)),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("de_DE", None),
            ("russian", None),
            ("", None),
        ] {
            assert_eq!(Language::from_locale(locale), language, "{locale}");
        }
    }
}
