//! How the screen is to look: which theme, on which background, with how many colours.
//!
//! `ui` makes the styles of it. What the terminal can do and how bright its background is comes
//! from the shell; the member chooses the theme.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, IntoEnumIterator};

pub use colour::{Colour, ColourDepth};
pub use own_theme::{NAME_STYLES, OwnTheme, RoleStyle, StyleFault, ThemeRole};

mod colour;
mod own_theme;

/// A theme that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, EnumIter, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// Dark or light, as the terminal's background is.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// Nothing dimmed, and the strongest colours that the background allows.
    #[serde(rename = "contrast")]
    HighContrast,
    /// No colours, only bold, dim and reversed.
    Mono,
    /// The one of the configuration.
    Own,
}

impl ThemeChoice {
    /// What it is called, in commands, on the command line and in the configuration.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "contrast",
            Self::Mono => "mono",
            Self::Own => "own",
        }
    }

    /// The theme of a [`code`](Self::code), without regard to case.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::iter().find(|theme| theme.code().eq_ignore_ascii_case(code))
    }
}

/// How bright the terminal's background is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Background {
    /// Darker than the text; also if the terminal does not say.
    #[default]
    Dark,
    /// Brighter than the text.
    Light,
}

impl Background {
    /// The background of a colour: light if black is easier to read on it than white.
    #[must_use]
    pub fn of_colour(red: u8, green: u8, blue: u8) -> Self {
        let behind = Colour::Rgb(red, green, blue).luminance();
        // Contrast with black is greater than that with white from here on (WCAG 2.1).
        if (behind + 0.05) * (behind + 0.05) > 0.05 * 1.05 {
            Self::Light
        } else {
            Self::Dark
        }
    }
}

/// How the screen looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Appearance {
    /// The theme that was chosen.
    pub theme: ThemeChoice,
    /// How many colours the terminal shows, if they are wanted.
    pub depth: ColourDepth,
    /// The terminal's background, as far as it is known.
    pub background: Background,
    /// The member's own theme; `None` if the configuration has none.
    pub own: Option<OwnTheme>,
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::{Background, ThemeChoice};

    #[test]
    fn a_theme_is_found_by_its_code() {
        for theme in ThemeChoice::iter() {
            assert_eq!(ThemeChoice::of_code(theme.code()), Some(theme));
            let capitals = theme.code().to_uppercase();
            assert_eq!(ThemeChoice::of_code(&capitals), Some(theme));
        }
        assert_eq!(ThemeChoice::of_code("solarized"), None);
    }

    #[test]
    fn a_background_is_light_where_black_is_easier_to_read() {
        for (colour, background) in [
            ((0, 0, 0), Background::Dark),
            ((40, 44, 52), Background::Dark),
            ((0, 43, 54), Background::Dark),
            ((255, 255, 255), Background::Light),
            ((253, 246, 227), Background::Light),
            ((150, 150, 150), Background::Light),
        ] {
            let (red, green, blue) = colour;
            let found = Background::of_colour(red, green, blue);
            assert_eq!(found, background, "{colour:?}");
        }
    }
}
