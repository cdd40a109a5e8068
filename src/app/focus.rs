//! The pane that has the keys.

use super::keys::KeyContext;

/// The pane that gets the keys, unless an overlay takes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The line that is written. Letters go into it, so the keys of the panes do not apply.
    Line,
    /// The chat: keys scroll it and choose a line.
    Chat,
    /// The queue: keys choose an entry and act on it.
    Queue,
    /// The members: keys choose one and open their menu.
    Members,
}

impl Focus {
    /// The order in which Tab goes through them.
    pub const ALL: [Self; 4] = [Self::Line, Self::Chat, Self::Queue, Self::Members];

    /// The parts of the key map that apply, the first that has a key wins.
    #[must_use]
    pub const fn contexts(self) -> &'static [KeyContext] {
        match self {
            Self::Line => &[KeyContext::Line, KeyContext::Everywhere],
            Self::Chat => &[
                KeyContext::Chat,
                KeyContext::OffLine,
                KeyContext::Everywhere,
            ],
            Self::Queue => &[
                KeyContext::Queue,
                KeyContext::OffLine,
                KeyContext::Everywhere,
            ],
            Self::Members => &[
                KeyContext::Members,
                KeyContext::OffLine,
                KeyContext::Everywhere,
            ],
        }
    }

    fn stepped(self, by: usize) -> Self {
        let place = Self::ALL.iter().position(|focus| *focus == self);
        let next = (place.unwrap_or(0) + by) % Self::ALL.len();
        Self::ALL.get(next).copied().unwrap_or(Self::Line)
    }

    /// The next one, for Tab.
    pub(in crate::app) fn next(self) -> Self {
        self.stepped(1)
    }

    /// The one before, for Shift-Tab.
    pub(in crate::app) fn previous(self) -> Self {
        self.stepped(Self::ALL.len() - 1)
    }
}
