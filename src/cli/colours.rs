//! Whether there are colours: the one place that decides it, for what is printed and for the screen.
//!
//! `--color` decides, else `WATCHTOGETHER_COLOR`, else `color` in the table `[ui]` of `config.toml`.
//! If they leave it open, `NO_COLOR` (<https://no-color.org>) takes colours away and
//! `CLICOLOR_FORCE` (<https://bixense.com/clicolors>) gives them to pipes as well; else a terminal
//! that has colours gets them. JSON never has any.
//!
//! The setting holds for the whole process, because any part of it may have to print an error.

use std::env;
use std::ffi::OsStr;
use std::io::{self, IsTerminal as _};

use clap::ColorChoice;
use clap::builder::Styles;
use clap::builder::styling::{AnsiColor, Style};

use super::colour_setting::ColourSetting;
use super::terminal;
use crate::app::appearance::ColourDepth;

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
    use std::ffi::OsStr;

    use super::ColourSetting::{Always, Auto, Never};
    use super::{Paint, decided};

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
