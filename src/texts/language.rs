//! The languages in which the program speaks to people.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// A language of the catalogue.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Default,
    EnumIter,
    EnumString,
    IntoStaticStr,
    Serialize,
    Deserialize,
)]
pub enum Language {
    /// The fallback, and the language of logs and codes.
    #[default]
    #[strum(serialize = "en")]
    #[serde(rename = "en")]
    English,
    /// Spoken by many who use this.
    #[strum(serialize = "ru")]
    #[serde(rename = "ru")]
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

    /// The language that a browser prefers among those of the catalogue, by its `Accept-Language`
    /// header such as `ru-RU,ru;q=0.9,en;q=0.8`: the greatest weight `q`, and of equal ones the
    /// first. English if it accepts none of them.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (Self::default(), 0.0);
        for range in header.split(',') {
            let (tag, parameter) = range.split_once(';').unwrap_or((range, ""));
            let weight = parameter.trim().strip_prefix("q=").map_or(1.0, weight);
            if let Some(language) = Self::from_locale(tag.trim())
                && weight > best.1
            {
                best = (language, weight);
            }
        }
        best.0
    }
}

/// A weight of an HTTP header, 0 to 1; 0 if it is none.
fn weight(text: &str) -> f32 {
    let weight = text.parse().unwrap_or(0.0);
    if (0.0..=1.0).contains(&weight) {
        weight
    } else {
        0.0
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

    #[test]
    fn a_browser_gets_the_language_that_it_prefers() {
        for (header, language) in [
            ("ru", Language::Russian),
            ("ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", Language::Russian),
            ("en-US,en;q=0.9,ru;q=0.8", Language::English),
            ("en;q=0.5, ru;q=0.501", Language::Russian),
            ("ru;q=0.3,en", Language::English),
            ("ru;q=0,en;q=0.1", Language::English),
            // None of ours comes first: the first of ours counts.
            ("uk,ru;q=0.9,en;q=0.8", Language::Russian),
            ("de-DE,de;q=0.9", Language::English),
            ("ru;q=0", Language::English),
            ("ru;q=many", Language::English),
            ("*", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::from_accept_language(header), language, "{header}");
        }
    }
}
