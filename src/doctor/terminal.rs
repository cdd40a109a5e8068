//! The terminal: its size, its colours, what it draws, and what tmux lets through.

use super::Verdict;

/// The columns below which panes become tabs.
const NARROW: u16 = 60;
/// The rows below which little of a room fits (judgement).
const LOW: u16 = 18;
/// The cells that an emoji takes.
const EMOJI_CELLS: u16 = 2;

/// What was found out about the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TerminalFacts {
    /// Its columns and rows; `None` if there is no terminal.
    pub size: Option<(u16, u16)>,
    /// How many colours it has; 0 if none are wanted or there are none.
    pub colours: u32,
    /// What it answered; `None` if it answered nothing in time.
    pub answers: Option<TerminalAnswers>,
    /// The options of the tmux around it.
    pub tmux: Option<TmuxFacts>,
}

/// What a terminal answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TerminalAnswers {
    /// The cells that the cursor moved by an emoji of several characters.
    pub emoji_cells: Option<u16>,
    /// Whether it draws a whole picture at once (mode 2026).
    pub synchronized: bool,
    /// Whether it draws images by kitty's protocol.
    pub kitty_images: bool,
    /// Whether it draws images by sixel.
    pub sixel: bool,
}

/// The options of tmux.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TmuxFacts {
    /// `allow-passthrough`; empty where this tmux has no such option.
    pub passthrough: String,
    /// `set-clipboard`.
    pub clipboard: String,
}

/// What a check of the terminal found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalFinding {
    /// There is none.
    Missing,
    /// It is large enough.
    Size(u16, u16),
    /// Panes become tabs, or little fits.
    Small {
        /// Its columns.
        columns: u16,
        /// Its rows.
        rows: u16,
        /// Whether it is a part of tmux's.
        in_tmux: bool,
    },
    /// It has so many colours.
    Colours(u32),
    /// It has none, or none are wanted.
    NoColours,
    /// An emoji takes as many cells as it should.
    EmojiFits,
    /// An emoji takes so many cells.
    EmojiShifts(u16),
    /// It does not say what it can do.
    Silent,
    /// It draws a whole picture at once.
    Synchronized,
    /// It may show half a picture for a moment.
    Flickers,
    /// It draws images by kitty's protocol.
    KittyImages,
    /// It draws images by sixel.
    SixelImages,
    /// It draws none: blocks stand for them.
    NoImages,
    /// tmux lets through what the terminal around it understands.
    TmuxPasses,
    /// It does not, which nothing here needs.
    TmuxHolds,
    /// The terminal decides whether what is copied gets to the clipboard.
    TerminalCopies,
    /// tmux hands what is copied to the clipboard.
    TmuxCopies,
    /// It does not.
    TmuxKeeps,
}

impl TerminalFinding {
    /// How much it matters: nothing here stops a film.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Missing | Self::Small { .. } | Self::EmojiShifts(_) | Self::TmuxKeeps => {
                Verdict::Warning
            }
            _ => Verdict::Ok,
        }
    }

    /// The name of its check, for scripts.
    pub(super) const fn check(&self) -> &'static str {
        match self {
            Self::Missing | Self::Size(..) | Self::Small { .. } => "terminal",
            Self::Colours(_) | Self::NoColours => "colours",
            Self::EmojiFits | Self::EmojiShifts(_) => "emoji",
            Self::Silent => "terminal_answers",
            Self::Synchronized | Self::Flickers => "synchronized_output",
            Self::KittyImages | Self::SixelImages | Self::NoImages => "images",
            Self::TmuxPasses | Self::TmuxHolds => "tmux_passthrough",
            Self::TerminalCopies | Self::TmuxCopies | Self::TmuxKeeps => "clipboard",
        }
    }

    /// What mends it, as [`super::Finding::remedy`] says.
    pub(super) fn remedy(&self) -> Option<String> {
        let text = match self {
            Self::Missing => "watchtogether join ROOM --json",
            Self::Small { in_tmux: true, .. } => "tmux resize-pane -Z",
            // xterm's own sequence, which many terminals follow.
            Self::Small { .. } => r"printf '\033[8;24;80t'",
            // In a room: emoji that are wide by themselves.
            Self::EmojiShifts(_) => "/reactions 1 💙",
            Self::TmuxKeeps => "tmux set -s set-clipboard on",
            _ => return None,
        };
        Some(text.to_owned())
    }
}

/// What the facts come to.
#[must_use]
pub fn findings(facts: &TerminalFacts) -> Vec<TerminalFinding> {
    let Some((columns, rows)) = facts.size else {
        return vec![TerminalFinding::Missing];
    };
    let mut findings = vec![
        if columns < NARROW || rows < LOW {
            let in_tmux = facts.tmux.is_some();
            TerminalFinding::Small {
                columns,
                rows,
                in_tmux,
            }
        } else {
            TerminalFinding::Size(columns, rows)
        },
        match facts.colours {
            0 => TerminalFinding::NoColours,
            colours => TerminalFinding::Colours(colours),
        },
    ];
    match facts.answers {
        Some(answers) => findings.extend(answered(answers)),
        None => findings.push(TerminalFinding::Silent),
    }
    if let Some(tmux) = &facts.tmux {
        // tmux before 3.3 has no such option, and lets everything through.
        findings.push(match tmux.passthrough.as_str() {
            "" | "on" | "all" => TerminalFinding::TmuxPasses,
            _ => TerminalFinding::TmuxHolds,
        });
        // With "external", the default, tmux takes nothing from the programs in it.
        findings.push(match tmux.clipboard.as_str() {
            "on" => TerminalFinding::TmuxCopies,
            _ => TerminalFinding::TmuxKeeps,
        });
    } else {
        findings.push(TerminalFinding::TerminalCopies);
    }
    findings
}

fn answered(answers: TerminalAnswers) -> Vec<TerminalFinding> {
    let emoji = answers.emoji_cells.map(|cells| match cells {
        EMOJI_CELLS => TerminalFinding::EmojiFits,
        cells => TerminalFinding::EmojiShifts(cells),
    });
    let synchronized = if answers.synchronized {
        TerminalFinding::Synchronized
    } else {
        TerminalFinding::Flickers
    };
    let images = match (answers.kitty_images, answers.sixel) {
        (true, _) => TerminalFinding::KittyImages,
        (_, true) => TerminalFinding::SixelImages,
        _ => TerminalFinding::NoImages,
    };
    emoji.into_iter().chain([synchronized, images]).collect()
}
