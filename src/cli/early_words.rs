//! The options that count before the command line is parsed: they say how its own errors and its help
//! look. Here nothing is complained of; whatever is wrong is reported when the same words are parsed in
//! earnest.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use super::args::{ColourSetting, LanguageSetting};

/// The options that have to be known early.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct EarlyWords {
    /// `--lang`.
    pub(super) language: Option<LanguageSetting>,
    /// `--color`.
    pub(super) colour: Option<ColourSetting>,
    /// `--config`.
    pub(super) config: Option<PathBuf>,
}

impl EarlyWords {
    /// The words of a command line, of which the first is the program's name.
    pub(super) fn read(words: &[OsString]) -> Self {
        let mut found = Self::default();
        let mut words = words.iter().skip(1);
        while let Some(word) = words.next() {
            let word = word.as_os_str();
            if word == "--" {
                break;
            } else if word == "--player-arg" {
                // Its value may look like an option.
                words.next();
            } else if let Some(value) = value_of("--lang", word, &mut words) {
                found.language = value.to_str().and_then(|code| code.parse().ok());
            } else if let Some(value) = value_of("--color", word, &mut words) {
                found.colour = value.to_str().and_then(|word| word.parse().ok());
            } else if let Some(value) = value_of("--config", word, &mut words) {
                found.config = Some(PathBuf::from(value));
            }
        }
        found
    }
}

/// The value of an option, if the word is that option: `--lang=ru`, or `--lang` and the next word.
fn value_of<'a>(
    option: &str,
    word: &'a OsStr,
    rest: &mut impl Iterator<Item = &'a OsString>,
) -> Option<&'a OsStr> {
    if word == option {
        return rest.next().map(OsString::as_os_str);
    }
    let after = word.to_str()?.strip_prefix(option)?;
    after.strip_prefix('=').map(OsStr::new)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::EarlyWords;
    use crate::cli::args::{ColourSetting, LanguageSetting};
    use crate::test_support::command_line;
    use crate::texts::language::Language;

    #[test]
    fn the_early_options_are_found_wherever_they_are() {
        let read = |line: &str| EarlyWords::read(&command_line(line));
        let russian = Some(LanguageSetting(Language::Russian));
        for line in [
            "--lang ru",
            "--lang=ru --help",
            "join ab --lang ru",
            "join ab --lang en --lang ru",
            "--help --lang=ru",
            "join ab --player-arg --fs --lang ru",
        ] {
            assert_eq!(read(line).language, russian, "{line}");
        }
        for line in [
            "",
            "--lang",
            "--lang de",
            "--language ru",
            "join ab -- --lang ru",
            "join ab --player-arg --lang ru",
        ] {
            assert_eq!(read(line).language, None, "{line}");
        }
        let colour = |line: &str| read(line).colour;
        assert_eq!(colour("join ab --color never"), Some(ColourSetting::Never));
        assert_eq!(colour("--color=always"), Some(ColourSetting::Always));
        assert_eq!(colour("--colour never --color loud"), None);
        assert_eq!(
            read("--config a.toml").config,
            Some(PathBuf::from("a.toml"))
        );
    }
}
