//! What each theme must keep: text that can be read, and people louder than the program.

use ratatui::style::{Color, Modifier};
use strum::IntoEnumIterator;

use super::Theme;
use super::palette::style as palette_style;
use crate::app::appearance::{
    Appearance, Background, Colour, ColourDepth, OwnTheme, RoleStyle, ThemeChoice, ThemeRole,
};
use crate::app::name_colours::Palette;

/// Backgrounds that terminals have by default, from the darkest to the brightest of each kind.
const DARK: [Colour; 3] = [
    Colour::Rgb(0, 0, 0),
    Colour::Rgb(0x28, 0x2C, 0x34),
    Colour::Rgb(0x2E, 0x34, 0x40),
];
const LIGHT: [Colour; 3] = [
    Colour::Rgb(255, 255, 255),
    Colour::Rgb(0xFD, 0xF6, 0xE3),
    Colour::Rgb(0xEE, 0xEE, 0xEE),
];

/// The contrast of two colours, from 1 to 21 (WCAG 2.1).
fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance() + 0.05, other.luminance() + 0.05);
    one.max(other) / one.min(other)
}

#[track_caller]
fn is_readable(style: RoleStyle, backgrounds: &[Colour], least: f64, what: &str) {
    let Some(colour) = style.text else { return };
    for depth in [ColourDepth::True, ColourDepth::Indexed] {
        for behind in backgrounds {
            let shown = colour.at_depth(depth);
            let found = contrast(shown, *behind);
            assert!(found >= least, "{what} {shown:?} on {behind:?}: {found:.1}");
        }
    }
}

#[test]
fn every_shade_can_be_read_on_the_usual_backgrounds() {
    for (background, behind) in [(Background::Dark, &DARK), (Background::Light, &LIGHT)] {
        for (palette, least) in [
            (Palette::Shades(background), 4.5),
            (Palette::HighContrast(background), 7.0),
        ] {
            for role in ThemeRole::iter() {
                let style = palette_style(palette, role);
                is_readable(style, behind, least, role.key());
            }
            for style in palette.names() {
                is_readable(*style, behind, least, "name");
            }
        }
    }
}

/// Every appearance that a member may get, but for their own themes.
fn appearances() -> Vec<Appearance> {
    let depths = [
        ColourDepth::None,
        ColourDepth::Sixteen,
        ColourDepth::Indexed,
        ColourDepth::True,
    ];
    let mut all = Vec::new();
    for theme in ThemeChoice::iter() {
        for depth in depths {
            for background in [Background::Dark, Background::Light] {
                all.push(Appearance {
                    theme,
                    depth,
                    background,
                    own: None,
                });
            }
        }
    }
    all
}

#[test]
fn nothing_is_in_bright_black_and_names_are_bold() {
    for appearance in appearances() {
        let theme = Theme::new(&appearance);
        for role in ThemeRole::iter() {
            let style = theme.of(role);
            assert!(style.fg != Some(Color::DarkGray), "{appearance:?} {role:?}");
        }
        for id in 0..12 {
            let style = theme.name(id);
            assert!(
                style.add_modifier.contains(Modifier::BOLD),
                "{appearance:?}"
            );
        }
        let (system, text) = (theme.system(), theme.text());
        assert!(!system.add_modifier.contains(Modifier::BOLD));
        assert_eq!(text.fg, None, "people write in the terminal's own colour");
    }
}

#[test]
fn without_colours_there_are_none() {
    for appearance in appearances() {
        let mono = appearance.theme == ThemeChoice::Mono;
        if appearance.depth != ColourDepth::None && !mono {
            continue;
        }
        let theme = Theme::new(&appearance);
        for role in ThemeRole::iter() {
            let style = theme.of(role);
            assert_eq!((style.fg, style.bg), (None, None), "{appearance:?}");
        }
        assert_ne!(theme.border(true, false), theme.border(false, false));
        assert_ne!(theme.heading(true), theme.heading(false));
        assert_ne!(theme.error(), theme.text());
    }
}

#[test]
fn ones_own_theme_lies_over_the_usual_one() {
    let mut own = OwnTheme::default();
    own.set(ThemeRole::Dim, "#ff8700 on black italic").unwrap();
    own.set(ThemeRole::Names, "red, 208").unwrap();
    let mut appearance = Appearance {
        theme: ThemeChoice::Own,
        own: Some(own),
        ..Appearance::default()
    };
    let theme = Theme::new(&appearance);
    let dim = theme.dim();
    assert_eq!(
        (dim.fg, dim.bg),
        (Some(Color::Rgb(255, 135, 0)), Some(Color::Black))
    );
    assert!(dim.add_modifier.contains(Modifier::ITALIC));
    assert_eq!(theme.name(2).fg, Some(Color::Red));
    assert_eq!(theme.name(3).fg, Some(Color::Indexed(208)));
    let good = theme.good();
    appearance.depth = ColourDepth::Indexed;
    assert_eq!(Theme::new(&appearance).dim().fg, Some(Color::Indexed(208)));
    appearance.depth = ColourDepth::None;
    let dim = Theme::new(&appearance).dim();
    assert_eq!((dim.fg, dim.bg), (None, None), "NO_COLOR holds for it, too");
    appearance.depth = ColourDepth::True;
    appearance.theme = ThemeChoice::Dark;
    assert_eq!(Theme::new(&appearance).good(), good);
    assert_ne!(
        Theme::new(&appearance).dim().fg,
        Some(Color::Rgb(255, 135, 0))
    );
}
