//! How the screen is divided, as the member chose: which panes are shown, and how wide those at the
//! side are. The client keeps it.

use serde::{Deserialize, Serialize};

/// The least columns of the panes at the side: a name with its figure fits (judgement).
const LEAST_SIDE: u16 = 26;
/// The least columns that the chat keeps beside them (judgement: a line of chat of six words).
const LEAST_CHAT: u16 = 32;
/// The share of the panes at the side that nobody changed, in percent.
const USUAL: u16 = 39;
/// The most columns that they then take, up to terminals of three times as many.
const USUAL_MOST: u16 = 48;
/// One step of a change, in percent of the columns.
const STEP: u16 = 5;
/// The shares that can be chosen, in percent.
const SHARES: std::ops::RangeInclusive<u16> = 20..=70;

/// How the screen is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// Whether only the progress, the chat and the line are shown.
    pub is_cinema: bool,
    /// The share of the panes at the side, in percent of the columns; `None` if nobody changed it.
    side: Option<u16>,
}

/// A change of the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayoutChange {
    /// To the other of the two.
    Toggle,
    /// Only the progress, the chat and the line.
    Cinema,
    /// Every pane.
    Full,
    /// A wider chat.
    WiderChat,
    /// A narrower chat.
    NarrowerChat,
}

impl Layout {
    /// The layout after a change in a terminal of so many columns. To change the width of the chat
    /// shows the panes beside it.
    #[must_use]
    pub fn changed(self, change: LayoutChange, columns: u16) -> Self {
        let is_cinema = match change {
            LayoutChange::Toggle => !self.is_cinema,
            LayoutChange::Cinema => true,
            LayoutChange::Full | LayoutChange::WiderChat | LayoutChange::NarrowerChat => false,
        };
        let now = self.side_columns(columns);
        let share = percent(now, columns);
        let side = match change {
            LayoutChange::WiderChat => Some(share.saturating_sub(STEP)),
            LayoutChange::NarrowerChat => Some(share.saturating_add(STEP)),
            _ => return Self { is_cinema, ..self },
        };
        let side = side.map(|side| side.clamp(*SHARES.start(), *SHARES.end()));
        let changed = Self { is_cinema, side };
        // At the limit nothing is kept that nobody sees.
        let is_seen = changed.side_columns(columns) != now;
        if is_seen {
            changed
        } else {
            Self { is_cinema, ..self }
        }
    }

    /// The columns of the panes at the side, in a terminal of so many.
    #[must_use]
    pub fn side_columns(self, columns: u16) -> u16 {
        let share = |percent: u16| {
            let part = u32::from(columns) * u32::from(percent.min(100)) / 100;
            u16::try_from(part).unwrap_or(columns)
        };
        let wanted = match self.side {
            Some(side) => share(side),
            None => share(USUAL).min(USUAL_MOST.max(share(30))),
        };
        let most = columns.saturating_sub(LEAST_CHAT).max(LEAST_SIDE);
        wanted.clamp(LEAST_SIDE, most)
    }
}

/// A part of the columns in percent, rounded up: so much of the columns is that part again.
fn percent(part: u16, columns: u16) -> u16 {
    let percent = (u32::from(part) * 100).div_ceil(u32::from(columns.max(1)));
    u16::try_from(percent).unwrap_or(USUAL)
}

#[cfg(test)]
mod tests {
    use super::{Layout, LayoutChange};

    #[test]
    fn the_panes_at_the_side_take_a_fitting_share() {
        let side = |columns| Layout::default().side_columns(columns);
        assert_eq!([60, 80, 120, 200].map(side), [26, 31, 46, 60]);
    }

    #[test]
    fn the_chat_is_made_wider_and_narrower_within_bounds_and_both_are_kept() {
        let mut layout = Layout::default().changed(LayoutChange::WiderChat, 120);
        assert_eq!(layout.side_columns(120), 40);
        for _ in 0..30 {
            layout = layout.changed(LayoutChange::WiderChat, 120);
        }
        assert_eq!(layout.side_columns(120), 26, "a name fits");
        for _ in 0..30 {
            layout = layout.changed(LayoutChange::NarrowerChat, 120);
        }
        assert_eq!(layout.side_columns(120), 84);
        assert_eq!(layout.side_columns(60), 28, "the chat keeps its own");
        let cinema = layout.changed(LayoutChange::Toggle, 120);
        assert!(cinema.is_cinema);
        let kept: Layout = serde_json::from_str(&serde_json::to_string(&cinema).unwrap()).unwrap();
        assert_eq!(kept, cinema);
        assert_eq!(cinema.changed(LayoutChange::Toggle, 120), layout);
        assert_eq!(cinema.changed(LayoutChange::Full, 120), layout);
        let beyond: Layout = serde_json::from_str(r#"{"side": 65535}"#).unwrap();
        assert_eq!(beyond.side_columns(100), 68, "a file can hold anything");
    }
}
