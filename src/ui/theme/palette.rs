//! The styles of the themes, one table each.
//!
//! The shades are chosen so that text has a contrast of 4.5 at least on the backgrounds that
//! terminals usually have (WCAG 2.1, AA), and of 7 in the theme of high contrast (AAA); a test
//! holds them to it, at 24 bits and at 256 colours. With 16 colours the terminal chooses the
//! shades, and what is secondary is the text's own colour, dimmed.

use crate::app::appearance::{Background, Colour, RoleStyle, ThemeRole};
use crate::app::name_colours::Palette;

/// The terminal's own style.
const PLAIN: RoleStyle = RoleStyle {
    text: None,
    behind: None,
    bold: false,
    dim: false,
    italic: false,
    underlined: false,
    reversed: false,
};

const BOLD: RoleStyle = RoleStyle {
    bold: true,
    ..PLAIN
};

const DIM: RoleStyle = RoleStyle { dim: true, ..PLAIN };

const REVERSED: RoleStyle = RoleStyle {
    reversed: true,
    ..PLAIN
};

const UNDERLINED: RoleStyle = RoleStyle {
    underlined: true,
    ..PLAIN
};

/// A shade, as `0xrrggbb`.
const fn shade(value: u32) -> RoleStyle {
    let [_, red, green, blue] = value.to_be_bytes();
    RoleStyle {
        text: Some(Colour::Rgb(red, green, blue)),
        ..PLAIN
    }
}

/// One of the 16 colours.
const fn colour(number: u8) -> RoleStyle {
    RoleStyle {
        text: Some(Colour::Indexed(number)),
        ..PLAIN
    }
}

const fn bold(style: RoleStyle) -> RoleStyle {
    RoleStyle {
        bold: true,
        ..style
    }
}

/// The style of a role.
pub(super) const fn style(palette: Palette, role: ThemeRole) -> RoleStyle {
    match (role, palette) {
        (ThemeRole::Text, _) => PLAIN,
        (ThemeRole::Strong | ThemeRole::Names, _) => BOLD,
        (ThemeRole::Chosen, _) => REVERSED,
        (_, Palette::Mono) => mono(role),
        (_, Palette::Sixteen(Background::Dark)) => sixteen_dark(role),
        (_, Palette::Sixteen(Background::Light)) => sixteen_light(role),
        (_, Palette::Shades(Background::Dark)) => dark(role),
        (_, Palette::Shades(Background::Light)) => light(role),
        (_, Palette::HighContrast(Background::Dark)) => contrast_dark(role),
        (_, Palette::HighContrast(Background::Light)) => contrast_light(role),
    }
}

const fn mono(role: ThemeRole) -> RoleStyle {
    match role {
        ThemeRole::Dim | ThemeRole::System | ThemeRole::Border => DIM,
        ThemeRole::Alarm | ThemeRole::Error | ThemeRole::Focus | ThemeRole::Flash => BOLD,
        ThemeRole::Link => UNDERLINED,
        _ => PLAIN,
    }
}

const fn sixteen_dark(role: ThemeRole) -> RoleStyle {
    match role {
        ThemeRole::Dim | ThemeRole::System | ThemeRole::Border => DIM,
        ThemeRole::Alarm => bold(colour(3)),
        ThemeRole::Error => bold(colour(9)),
        ThemeRole::Good => colour(2),
        ThemeRole::Busy => colour(3),
        ThemeRole::Bad => colour(9),
        ThemeRole::Played => colour(5),
        ThemeRole::Focus => bold(colour(6)),
        ThemeRole::Flash => bold(colour(5)),
        ThemeRole::Link => UNDERLINED,
        _ => PLAIN,
    }
}

const fn sixteen_light(role: ThemeRole) -> RoleStyle {
    match role {
        ThemeRole::Dim | ThemeRole::System | ThemeRole::Border => DIM,
        // Yellow and cyan cannot be read on white.
        ThemeRole::Alarm | ThemeRole::Flash => bold(colour(5)),
        ThemeRole::Error => bold(colour(1)),
        ThemeRole::Good => colour(2),
        ThemeRole::Busy | ThemeRole::Played => colour(5),
        ThemeRole::Bad => colour(1),
        ThemeRole::Focus => bold(colour(4)),
        ThemeRole::Link => UNDERLINED,
        _ => PLAIN,
    }
}

const fn dark(role: ThemeRole) -> RoleStyle {
    match role {
        ThemeRole::Dim => shade(0xA1_A8_B3),
        ThemeRole::System => shade(0x8F_B2_BC),
        ThemeRole::Alarm => bold(shade(0xFF_CC_66)),
        ThemeRole::Error => bold(shade(0xFF_8F_87)),
        ThemeRole::Good => shade(0x7E_E0_87),
        ThemeRole::Busy => shade(0xE8_BC_55),
        ThemeRole::Bad => shade(0xFF_8F_87),
        ThemeRole::Played => shade(0xD2_A8_FF),
        ThemeRole::Border => shade(0x96_9D_A8),
        ThemeRole::Focus => bold(shade(0x79_C8_FF)),
        ThemeRole::Flash => bold(shade(0xD2_A8_FF)),
        ThemeRole::Link => UNDERLINED,
        _ => PLAIN,
    }
}

const fn light(role: ThemeRole) -> RoleStyle {
    match role {
        ThemeRole::Dim | ThemeRole::Border => shade(0x57_5E_68),
        ThemeRole::System => shade(0x3D_61_6B),
        ThemeRole::Alarm => bold(shade(0x80_45_00)),
        ThemeRole::Error => bold(shade(0xA8_00_1C)),
        ThemeRole::Good => shade(0x0F_5C_27),
        ThemeRole::Busy => shade(0x70_48_00),
        ThemeRole::Bad => shade(0xA8_00_1C),
        ThemeRole::Played => shade(0x64_36_B0),
        ThemeRole::Focus => bold(shade(0x05_4C_A6)),
        ThemeRole::Flash => bold(shade(0x64_36_B0)),
        ThemeRole::Link => UNDERLINED,
        _ => PLAIN,
    }
}

const fn contrast_dark(role: ThemeRole) -> RoleStyle {
    match role {
        ThemeRole::Alarm | ThemeRole::Busy | ThemeRole::Focus => bold(shade(0xFF_FF_00)),
        ThemeRole::Error | ThemeRole::Bad => bold(shade(0xFF_AF_AF)),
        ThemeRole::Good => bold(shade(0x5F_FF_5F)),
        ThemeRole::Played | ThemeRole::Flash => bold(shade(0x5F_FF_FF)),
        ThemeRole::Link => UNDERLINED,
        _ => PLAIN,
    }
}

const fn contrast_light(role: ThemeRole) -> RoleStyle {
    match role {
        ThemeRole::Alarm => bold(shade(0x5F_00_00)),
        ThemeRole::Error | ThemeRole::Bad => bold(shade(0x87_00_00)),
        ThemeRole::Good => BOLD,
        ThemeRole::Busy => bold(shade(0x5F_00_5F)),
        ThemeRole::Played | ThemeRole::Flash | ThemeRole::Focus => bold(shade(0x00_00_87)),
        ThemeRole::Link => UNDERLINED,
        _ => PLAIN,
    }
}
