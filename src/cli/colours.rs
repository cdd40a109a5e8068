//! Whether there are colours: the one place that decides it, for what is printed and for the screen.
//!
//! `--color` decides, else `WATCHTOGETHER_COLOR`, else `color` in the table `[ui]` of `config.toml`.
//! If they leave it open, `NO_COLOR` (<https://no-color.org>) takes colours away and
//! `CLICOLOR_FORCE` (<https://bixense.com/clicolors>) gives them to pipes as well; else a terminal
//! that has colours gets them. JSON never has any.
//!
//! The setting holds for the whole process, because any part of it may have to print an error.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal as _};

use clap::ColorChoice;
use clap::builder::Styles;
use clap::builder::styling::{AnsiColor, Style};

use super::args::ColourSetting;
use super::config::{self, Environment};
use super::early_words::EarlyWords;
use super::terminal;
use crate::app::appearance::ColourDepth;

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

/// Makes this the setting of the process from now on.
pub(super) fn choose(setting: ColourSetting) {
    match setting {
        ColourSetting::Auto => colorchoice::ColorChoice::Auto,
        ColourSetting::Always => colorchoice::ColorChoice::Always,
        ColourSetting::Never => colorchoice::ColorChoice::Never,
    }
    .write_global();
    if setting == ColourSetting::Always {
        // What draws the screen reads `NO_COLOR` itself.
        crossterm::style::force_color_output(true);
    }
}

/// The setting of the process, with what the environment says where it leaves that open.
#[must_use]
pub(super) fn in_force() -> ColourSetting {
    let setting = match colorchoice::ColorChoice::global() {
        colorchoice::ColorChoice::Auto => ColourSetting::Auto,
        colorchoice::ColorChoice::Always | colorchoice::ColorChoice::AlwaysAnsi => {
            ColourSetting::Always
        }
        colorchoice::ColorChoice::Never => ColourSetting::Never,
    };
    let (unwanted, forced) = (env::var_os("NO_COLOR"), env::var_os("CLICOLOR_FORCE"));
    decided(setting, unwanted.as_deref(), forced.as_deref())
}

/// The setting with the values of `NO_COLOR` and `CLICOLOR_FORCE`.
fn decided(
    setting: ColourSetting,
    unwanted: Option<&OsStr>,
    forced: Option<&OsStr>,
) -> ColourSetting {
    if setting != ColourSetting::Auto {
        setting
    } else if unwanted.is_some_and(|value| !value.is_empty()) {
        ColourSetting::Never
    } else if forced.is_some_and(|value| !value.is_empty() && value != "0") {
        ColourSetting::Always
    } else {
        ColourSetting::Auto
    }
}

/// Whether what goes to standard output is coloured.
#[must_use]
pub(super) fn on_output() -> bool {
    on(io::stdout().is_terminal())
}

/// Whether what goes to standard error is coloured.
#[must_use]
pub(super) fn on_error() -> bool {
    on(io::stderr().is_terminal())
}

fn on(is_terminal: bool) -> bool {
    match in_force() {
        ColourSetting::Auto => is_terminal && has_any(),
        ColourSetting::Always => true,
        ColourSetting::Never => false,
    }
}

/// How clap colours its help and its errors; `Auto` is decided by where each goes.
#[must_use]
pub(super) fn of_help() -> ColorChoice {
    match in_force() {
        ColourSetting::Auto if has_any() => ColorChoice::Auto,
        ColourSetting::Always => ColorChoice::Always,
        ColourSetting::Auto | ColourSetting::Never => ColorChoice::Never,
    }
}

/// How many colours the screen has.
#[must_use]
pub(super) fn depth() -> ColourDepth {
    match (in_force(), terminal::colour_depth()) {
        (ColourSetting::Never, _) => ColourDepth::None,
        // Any terminal that is said to have colours has the usual ones.
        (ColourSetting::Always, ColourDepth::None) => ColourDepth::Sixteen,
        (_, depth) => depth,
    }
}

fn has_any() -> bool {
    terminal::colour_depth() != ColourDepth::None
}

/// What a colour stands for. The words beside it say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    /// All is well; it goes on.
    Good,
    /// Something to look at; it stands still.
    Warning,
    /// Something has failed.
    Failure,
    /// The word before an error, as clap has it.
    Error,
    /// A heading.
    Heading,
}

impl Paint {
    /// The text in this colour, if there are any.
    #[must_use]
    pub(super) fn on(self, text: &str, has_colour: bool) -> String {
        if !has_colour {
            return text.to_owned();
        }
        let style = match self {
            Self::Good => AnsiColor::Green.on_default(),
            Self::Warning => AnsiColor::Yellow.on_default(),
            Self::Failure => AnsiColor::Red.on_default(),
            Self::Error => *Styles::styled().get_error(),
            Self::Heading => Style::new().bold(),
        };
        format!("{style}{text}{style:#}")
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::{OsStr, OsString};

    use super::{Paint, decided, first_guess};
    use crate::cli::args::ColourSetting::{self, Always, Auto, Never};
    use crate::cli::config::Environment;

    #[test]
    fn the_setting_goes_before_the_environment_and_no_before_yes() {
        for (setting, unwanted, forced, expected) in [
            (Auto, None, None, Auto),
            (Auto, Some(""), None, Auto),
            (Auto, Some("0"), None, Never),
            (Auto, None, Some("1"), Always),
            (Auto, None, Some("0"), Auto),
            (Auto, Some("1"), Some("1"), Never),
            (Always, Some("1"), None, Always),
            (Never, None, Some("1"), Never),
        ] {
            let (unwanted, forced) = (unwanted.map(OsStr::new), forced.map(OsStr::new));
            let found = decided(setting, unwanted, forced);
            assert_eq!(found, expected, "{setting:?} {unwanted:?} {forced:?}");
        }
    }

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

    #[test]
    fn colours_only_add_to_the_words() {
        let all = [
            Paint::Good,
            Paint::Warning,
            Paint::Failure,
            Paint::Error,
            Paint::Heading,
        ];
        for paint in all {
            assert_eq!(paint.on("ok", false), "ok");
            let shown = paint.on("ok", true);
            assert!(shown.starts_with("\x1b[") && shown.ends_with("ok\x1b[0m"));
        }
    }
}
