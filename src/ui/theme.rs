//! The styles. They only repeat what words and shapes say: with `NO_COLOR` or on a terminal
//! without colours no information is missing.
//!
//! `palette` has the styles of each theme. Nothing that must be read is in "bright black", which
//! many terminals show as the background.

use ratatui::style::{Color, Modifier, Style};

use crate::app::appearance::{Appearance, Colour, ColourDepth, RoleStyle, ThemeRole};
use crate::app::name_colours::Palette;

mod palette;

/// The styles of a theme, as the terminal can show them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Theme<'a> {
    appearance: &'a Appearance,
    palette: Palette,
}

impl<'a> Theme<'a> {
    /// The theme of an appearance.
    pub(super) fn new(appearance: &'a Appearance) -> Self {
        Self {
            appearance,
            palette: appearance.palette(),
        }
    }

    /// The style of a role: the member's own, else that of the theme.
    fn of(self, role: ThemeRole) -> Style {
        let own = self.appearance.own_theme().and_then(|own| own.style(role));
        self.shown(own.unwrap_or_else(|| palette::style(self.palette, role)))
    }

    /// A style with the colours that the terminal has.
    fn shown(self, style: RoleStyle) -> Style {
        let mut shown = Style::new();
        let depth = self.appearance.depth;
        let colour = |colour: Colour| match colour.at_depth(depth) {
            Colour::Default => Color::Reset,
            Colour::Indexed(number) => named(number),
            Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
        };
        if depth != ColourDepth::None {
            shown.fg = style.text.map(colour);
            shown.bg = style.behind.map(colour);
        }
        for (is_set, modifier) in [
            (style.bold, Modifier::BOLD),
            (style.dim, Modifier::DIM),
            (style.italic, Modifier::ITALIC),
            (style.underlined, Modifier::UNDERLINED),
            (style.reversed, Modifier::REVERSED),
        ] {
            if is_set {
                shown = shown.add_modifier(modifier);
            }
        }
        shown
    }

    /// What people write.
    pub(super) fn text(self) -> Style {
        self.of(ThemeRole::Text)
    }

    /// Secondary text: times, hints.
    pub(super) fn dim(self) -> Style {
        self.of(ThemeRole::Dim)
    }

    /// Emphasised text, such as a title.
    pub(super) fn strong(self) -> Style {
        self.of(ThemeRole::Strong)
    }

    /// The program's own lines in the chat, which are quieter than people's.
    pub(super) fn system(self) -> Style {
        self.of(ThemeRole::System)
    }

    /// What needs the member's attention.
    pub(super) fn alarm(self) -> Style {
        self.of(ThemeRole::Alarm)
    }

    /// What went wrong.
    pub(super) fn error(self) -> Style {
        self.of(ThemeRole::Error)
    }

    /// A state in which nothing is to be done, such as a player in step.
    pub(super) fn good(self) -> Style {
        self.of(ThemeRole::Good)
    }

    /// A state that will pass.
    pub(super) fn busy(self) -> Style {
        self.of(ThemeRole::Busy)
    }

    /// A state that does not pass by itself, such as a player that failed.
    pub(super) fn bad(self) -> Style {
        self.of(ThemeRole::Bad)
    }

    /// The part of the progress bar that was played.
    pub(super) fn played(self) -> Style {
        self.of(ThemeRole::Played)
    }

    /// The chosen item of a list.
    pub(super) fn chosen(self) -> Style {
        self.of(ThemeRole::Chosen)
    }

    /// The lines between panes; those of the pane with the focus stand out.
    pub(super) fn border(self, focused: bool, flashes: bool) -> Style {
        self.of(match (flashes, focused) {
            (true, _) => ThemeRole::Flash,
            (_, true) => ThemeRole::Focus,
            _ => ThemeRole::Border,
        })
    }

    /// A pane's name; reversed while the pane has the focus, so that it shows without colours.
    pub(super) fn heading(self, focused: bool) -> Style {
        if focused {
            self.of(ThemeRole::Focus).add_modifier(Modifier::REVERSED)
        } else {
            self.strong()
        }
    }

    /// What stands before the line that is written.
    pub(super) fn prompt(self, focused: bool) -> Style {
        self.of(if focused {
            ThemeRole::Focus
        } else {
            ThemeRole::Dim
        })
    }

    /// The style of a member's name, which follows from their number.
    pub(super) fn name(self, id: u64) -> Style {
        self.shown(self.appearance.name_style(id))
    }

    /// A link in a text.
    pub(super) fn link(self) -> Style {
        self.of(ThemeRole::Link)
    }

    /// The state that a shape stands for.
    pub(super) fn health(self, shape: &str) -> Style {
        match shape.chars().next() {
            Some('●') => self.good(),
            Some('◐' | '◔' | '◌') => self.busy(),
            Some('✕') => self.error(),
            Some('⚠') => self.bad(),
            _ => self.dim(),
        }
    }
}

/// One of the 256 colours; the first 16 by the sequences that every terminal with colours knows.
const fn named(number: u8) -> Color {
    match number {
        0 => Color::Black,
        1 => Color::Red,
        2 => Color::Green,
        3 => Color::Yellow,
        4 => Color::Blue,
        5 => Color::Magenta,
        6 => Color::Cyan,
        7 => Color::Gray,
        8 => Color::DarkGray,
        9 => Color::LightRed,
        10 => Color::LightGreen,
        11 => Color::LightYellow,
        12 => Color::LightBlue,
        13 => Color::LightMagenta,
        14 => Color::LightCyan,
        15 => Color::White,
        number => Color::Indexed(number),
    }
}

#[cfg(test)]
mod tests;
