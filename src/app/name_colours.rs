//! The colours of members' names. Terminal and picture share them, so that a person has the same
//! hue on both.

use super::appearance::{
    Appearance, Background, Colour, ColourDepth, OwnTheme, RoleStyle, ThemeChoice,
};

/// How bright a name over the picture is at least, as relative luminance (judgement: with a black
/// outline it is read on night and on snow).
const LEAST_LUMINANCE: f64 = 0.4;

/// Which of the tables of styles an appearance uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Palette {
    /// No colours.
    Mono,
    /// The 16 colours whose shades the terminal chooses.
    Sixteen(Background),
    /// Shades of our own.
    Shades(Background),
    /// The strongest colours, and nothing dimmed.
    HighContrast(Background),
}

impl Palette {
    /// The styles that members' names share out.
    #[must_use]
    pub const fn names(self) -> &'static [RoleStyle] {
        match self {
            Self::Mono | Self::HighContrast(_) => MONO,
            Self::Sixteen(Background::Dark) => SIXTEEN_DARK,
            Self::Sixteen(Background::Light) => SIXTEEN_LIGHT,
            Self::Shades(Background::Dark) => DARK,
            Self::Shades(Background::Light) => LIGHT,
        }
    }
}

impl Appearance {
    /// The table of styles for the theme on this terminal.
    #[must_use]
    pub const fn palette(&self) -> Palette {
        let background = match self.theme {
            ThemeChoice::Dark => Background::Dark,
            ThemeChoice::Light => Background::Light,
            _ => self.background,
        };
        match (self.theme, self.depth) {
            (ThemeChoice::Mono, _) | (_, ColourDepth::None) => Palette::Mono,
            (ThemeChoice::HighContrast, _) => Palette::HighContrast(background),
            (_, ColourDepth::Sixteen) => Palette::Sixteen(background),
            _ => Palette::Shades(background),
        }
    }

    /// The member's own theme, where it is the chosen one.
    #[must_use]
    pub fn own_theme(&self) -> Option<&OwnTheme> {
        let is_own = self.theme == ThemeChoice::Own;
        self.own.as_ref().filter(|_| is_own)
    }

    /// The style of the name of the member of this number.
    #[must_use]
    pub fn name_style(&self, member: u64) -> RoleStyle {
        let own = self.own_theme().map(OwnTheme::names).unwrap_or_default();
        let styles = if own.is_empty() {
            self.palette().names()
        } else {
            own
        };
        shared_out(styles, member)
    }

    /// Red, green and blue of that name over the picture: the terminal's hue, bright enough for a
    /// film. Where the terminal shows names without a colour, those of the dark theme.
    #[must_use]
    pub fn name_over_picture(&self, member: u64) -> [u8; 3] {
        let shown = |style: RoleStyle| {
            let colour = style.text.map(|colour| colour.at_depth(self.depth));
            colour.filter(|colour| *colour != Colour::Default)
        };
        let colour = shown(self.name_style(member)).or(shared_out(DARK, member).text);
        colour.map_or([255; 3], |colour| colour.brightened(LEAST_LUMINANCE))
    }
}

/// The style of the member of this number.
fn shared_out(styles: &[RoleStyle], member: u64) -> RoleStyle {
    let count = u64::try_from(styles.len().max(1)).unwrap_or(1);
    let place = usize::try_from(member % count).unwrap_or(0);
    styles.get(place).copied().unwrap_or_default()
}

/// A bold name.
const fn name(colour: Option<Colour>) -> RoleStyle {
    RoleStyle {
        text: colour,
        behind: None,
        bold: true,
        dim: false,
        italic: false,
        underlined: false,
        reversed: false,
    }
}

/// One of the 16 colours.
const fn sixteen(number: u8) -> RoleStyle {
    name(Some(Colour::Indexed(number)))
}

/// A shade, as `0xrrggbb`.
const fn shade(value: u32) -> RoleStyle {
    let [_, red, green, blue] = value.to_be_bytes();
    name(Some(Colour::Rgb(red, green, blue)))
}

const MONO: &[RoleStyle] = &[name(None)];

const SIXTEEN_DARK: &[RoleStyle] = &[
    sixteen(2),
    sixteen(12),
    sixteen(13),
    sixteen(6),
    sixteen(3),
    sixteen(9),
];

const SIXTEEN_LIGHT: &[RoleStyle] = &[sixteen(2), sixteen(4), sixteen(5), sixteen(1)];

const DARK: &[RoleStyle] = &[
    shade(0x7E_E0_87),
    shade(0x79_C0_FF),
    shade(0xD2_A8_FF),
    shade(0x5F_D7_D7),
    shade(0xFF_B0_66),
    shade(0xFF_9B_CE),
];

const LIGHT: &[RoleStyle] = &[
    shade(0x0F_5C_27),
    shade(0x05_4C_A6),
    shade(0x64_36_B0),
    shade(0x00_5F_5F),
    shade(0x87_38_00),
    shade(0x8F_1F_5F),
];

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::{Appearance, Background, Colour, ColourDepth, LEAST_LUMINANCE, ThemeChoice};
    use crate::app::appearance::{OwnTheme, ThemeRole};

    /// The hue of a colour, in degrees.
    fn hue([red, green, blue]: [u8; 3]) -> f64 {
        let [red, green, blue] = [red, green, blue].map(f64::from);
        let most = red.max(green).max(blue);
        let range = most - red.min(green).min(blue);
        let sixth = if most <= red {
            (green - blue) / range
        } else if most <= green {
            (blue - red) / range + 2.0
        } else {
            (red - green) / range + 4.0
        };
        (sixth * 60.0).rem_euclid(360.0)
    }

    #[test]
    fn a_name_has_one_hue_in_the_terminal_and_over_the_picture() {
        let mut own = OwnTheme::default();
        own.set(ThemeRole::Names, "#400000, 25, blue").unwrap();
        for theme in ThemeChoice::iter() {
            for depth in [
                ColourDepth::True,
                ColourDepth::Indexed,
                ColourDepth::Sixteen,
            ] {
                for background in [Background::Dark, Background::Light] {
                    let own = Some(own.clone());
                    let appearance = Appearance {
                        theme,
                        depth,
                        background,
                        own,
                    };
                    for member in 0..13 {
                        let over = appearance.name_over_picture(member);
                        let [red, green, blue] = over;
                        let bright = Colour::Rgb(red, green, blue).luminance();
                        assert!(bright >= LEAST_LUMINANCE, "{appearance:?} {over:?}");
                        let Some(colour) = appearance.name_style(member).text else {
                            continue;
                        };
                        let shown = colour.at_depth(depth).levels();
                        let is_grey = shown.0 == shown.1 && shown.1 == shown.2;
                        let turned = (hue(over) - hue(shown.into())).rem_euclid(360.0);
                        let apart = turned.min(360.0 - turned);
                        assert!(is_grey || apart < 5.0, "{appearance:?} {shown:?} {over:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn names_can_be_told_apart_over_the_picture_of_a_terminal_without_colours() {
        let appearance = Appearance {
            depth: ColourDepth::None,
            ..Appearance::default()
        };
        let over = |member| appearance.name_over_picture(member);
        assert_ne!(over(1), over(2));
        assert_eq!(over(1), Appearance::default().name_over_picture(1));
    }
}
