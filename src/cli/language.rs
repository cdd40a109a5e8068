//! Which language the program speaks: `--lang`, else `WATCHTOGETHER_LANG`, else `lang` in the table
//! `[ui]` of `config.toml`, else the locale, else English.
//!
//! It has to be known before the command line is parsed, because the errors of parsing are worded
//! in it. So it is first looked for without complaint; whatever is wrong is reported in the
//! language that was found, when the same words are parsed in earnest.

use std::ffi::OsString;

use super::args::LanguageSetting;
use super::config::{self, Environment};
use super::early_words::EarlyWords;
use crate::texts::language::Language;

/// The language for a command line that is not parsed yet. `locale` is the system's, such as
/// `ru-RU`.
#[must_use]
pub fn first_guess(
    words: &[OsString],
    environment: &Environment,
    locale: Option<&str>,
) -> Language {
    let words = EarlyWords::read(words);
    let variable = || environment.text(config::LANGUAGE).ok()??.parse().ok();
    let file = || config::early_in_file(words.config.clone(), environment, "lang");
    let set = words.language.or_else(variable).or_else(file);
    let of_locale = || locale.and_then(Language::from_locale);
    set.map(|setting: LanguageSetting| setting.0)
        .or_else(of_locale)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::first_guess;
    use crate::cli::config::Environment;
    use crate::test_support::command_line;
    use crate::texts::language::Language;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        let pairs = pairs.iter();
        Environment::from_variables(pairs.map(|(name, value)| (name.into(), value.into())))
    }

    #[test]
    fn a_flag_wins_over_the_variable_that_over_the_file_and_that_over_the_locale() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("config.toml");
        // A mistake elsewhere does not hide the language in which it is reported.
        std::fs::write(&path, "[ui]\nlang = \"ru\"\n[join]\nserevr = 1\n").unwrap();
        let file = [("WATCHTOGETHER_CONFIG", path.to_str().unwrap())];
        let both = [file[0], ("WATCHTOGETHER_LANG", "en")];
        // No file of whoever runs the tests is read.
        let none = [("WATCHTOGETHER_CONFIG", "/none")];
        let wrong = [none[0], ("WATCHTOGETHER_LANG", "klingon")];
        let (english, russian) = (Language::English, Language::Russian);
        for (line, variables, locale, expected) in [
            ("--lang ru", &both[..], Some("en-US"), russian),
            ("", &both, Some("ru-RU"), english),
            ("", &file, Some("en-US"), russian),
            ("", &none, Some("ru-RU"), russian),
            ("", &none, Some("C"), english),
            ("", &none, Some("de-DE"), english),
            ("", &none, None, english),
            ("", &wrong, Some("ru-RU"), russian),
            ("--lang klingon", &none, Some("ru-RU"), russian),
        ] {
            let guess = first_guess(&command_line(line), &environment(variables), locale);
            assert_eq!(guess, expected, "{line} {variables:?} {locale:?}");
        }
    }
}
