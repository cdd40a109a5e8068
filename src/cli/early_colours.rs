//! When there are colours, as far as a command line says it that is not parsed yet.

use std::ffi::OsString;

use super::colour_setting::ColourSetting;
use super::config::{self, Environment};
use super::early_words::EarlyWords;

/// The setting for a command line that is not parsed yet: its help and its errors may be coloured.
/// Whatever is wrong is reported when the same words are parsed in earnest.
#[must_use]
pub(super) fn first_guess(words: &[OsString], environment: &Environment) -> ColourSetting {
    let words = EarlyWords::read(words);
    let variable = || environment.text(config::COLOUR).ok()??.parse().ok();
    let file = || config::early_in_file(words.config.clone(), environment, "color");
    let set = words.colour.or_else(variable).or_else(file);
    set.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::ColourSetting::{self, Always, Auto, Never};
    use super::{Environment, first_guess};

    #[test]
    fn a_flag_wins_over_the_variable_and_that_over_the_file() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("config.toml");
        // A mistake elsewhere changes nothing.
        std::fs::write(&path, "[ui]\ncolor = \"never\"\nlang = \"de\"\n").unwrap();
        let guess = |line: &str, variables: &[(&str, &str)]| -> ColourSetting {
            let words = line.split_whitespace().map(OsString::from);
            let words: Vec<OsString> = std::iter::once("watchtogether".into())
                .chain(words)
                .collect();
            let pairs = variables.iter();
            let pairs = pairs.map(|(name, value)| ((*name).into(), (*value).into()));
            first_guess(&words, &Environment::from_variables(pairs))
        };
        let file = ("WATCHTOGETHER_CONFIG", path.to_str().unwrap());
        let variable = ("WATCHTOGETHER_COLOR", "always");
        assert_eq!(guess("gallery", &[file]), Never);
        assert_eq!(guess("gallery", &[file, variable]), Always);
        assert_eq!(guess("gallery --color=auto", &[file, variable]), Auto);
        let wrong = ("WATCHTOGETHER_COLOR", "loud");
        assert_eq!(guess("gallery --color loud", &[file, wrong]), Never);
    }
}
