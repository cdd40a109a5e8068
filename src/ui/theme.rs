//! The colours. They only repeat what words and shapes say: with `NO_COLOR` or on a terminal
//! without colours no information is missing.

use ratatui::style::{Color, Modifier, Style};

/// The colours, or none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Theme {
    colour: bool,
}

impl Theme {
    /// A theme with or without colours.
    pub(super) const fn new(colour: bool) -> Self {
        Self { colour }
    }

    fn foreground(self, colour: Color) -> Style {
        if self.colour {
            Style::new().fg(colour)
        } else {
            Style::new()
        }
    }

    /// Secondary text: times, hints.
    pub(super) fn dim(self) -> Style {
        self.foreground(Color::DarkGray)
    }

    /// Emphasised text, such as a title.
    pub(super) fn strong(self) -> Style {
        self.foreground(Color::Reset).add_modifier(Modifier::BOLD)
    }

    /// The room's own lines in the chat.
    pub(super) fn system(self) -> Style {
        self.foreground(Color::Cyan)
    }

    /// Errors, and what needs the member's attention.
    pub(super) fn alarm(self) -> Style {
        self.foreground(Color::Yellow).add_modifier(Modifier::BOLD)
    }

    /// A state in which nothing is to be done, such as a player in step.
    pub(super) fn good(self) -> Style {
        self.foreground(Color::Green)
    }

    /// A state that will pass.
    pub(super) fn busy(self) -> Style {
        self.foreground(Color::Yellow)
    }

    /// A state that does not pass by itself, such as a player that failed.
    pub(super) fn bad(self) -> Style {
        self.foreground(Color::Red)
    }

    /// The part of the progress bar that was played.
    pub(super) fn played(self) -> Style {
        self.foreground(Color::Magenta)
    }

    /// The chosen item of a list.
    pub(super) fn chosen(self) -> Style {
        self.foreground(Color::Reset)
            .add_modifier(Modifier::REVERSED)
    }

    /// The lines between panes; those of the pane with the focus are brighter.
    pub(super) fn border(self, focused: bool, flashes: bool) -> Style {
        match (flashes, focused) {
            (true, _) => self.foreground(Color::Magenta).add_modifier(Modifier::BOLD),
            (_, true) => self.foreground(Color::White).add_modifier(Modifier::BOLD),
            _ => self.dim(),
        }
    }

    /// A pane's name; reversed while the pane has the focus, so that it shows without colours.
    pub(super) fn heading(self, focused: bool) -> Style {
        if focused {
            self.chosen().add_modifier(Modifier::BOLD)
        } else {
            self.strong()
        }
    }

    /// The colour of a member's name, which follows from their number.
    pub(super) fn name(self, id: u64) -> Style {
        const NAMES: [Color; 6] = [
            Color::Green,
            Color::Blue,
            Color::Magenta,
            Color::Cyan,
            Color::Yellow,
            Color::Red,
        ];
        let place = usize::try_from(id).unwrap_or(0) % NAMES.len();
        let colour = NAMES.get(place).copied().unwrap_or(Color::Reset);
        self.foreground(colour).add_modifier(Modifier::BOLD)
    }

    /// The state that a shape stands for.
    pub(super) fn health(self, shape: &str) -> Style {
        match shape.chars().next() {
            Some('●') => self.good(),
            Some('◐' | '◔' | '◌') => self.busy(),
            Some('✕' | '⚠') => self.bad(),
            _ => self.dim(),
        }
    }
}
