//! The mouse, independent of the terminal library: what the last picture shows where, and what a
//! click or the wheel there means.
//!
//! `crate::ui` fills a [`HitMap`] while it draws, the terminal's shell asks it what lies under the
//! pointer, and `screen` does what follows. Targets name things, not places, so that a click on a
//! picture that is no longer quite true reaches what the member saw, or nothing.

use strum::{IntoStaticStr, VariantNames};

use super::focus::Focus;
use super::list_item::ListItem;
use super::menu_item::MenuItem;
use super::question::Question;
use crate::protocol::ids::{EntryId, MemberId, RoomId};
use crate::protocol::member::BanScope;
use crate::protocol::text::Emoji;

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HitArea {
    /// The first column, counted from 0.
    pub column: u16,
    /// The first row, counted from 0.
    pub row: u16,
    /// How many columns it has.
    pub columns: u16,
    /// How many rows it has.
    pub rows: u16,
}

impl HitArea {
    const fn contains(self, column: u16, row: u16) -> bool {
        column >= self.column
            && row >= self.row
            && column - self.column < self.columns
            && row - self.row < self.rows
    }
}

/// One cell of so many that lie beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellOf {
    /// The cell, counted from 0.
    pub cell: u16,
    /// How many there are.
    pub cells: u16,
}

/// What can be clicked.
#[derive(Debug, Clone, PartialEq, IntoStaticStr, VariantNames)]
pub enum ClickTarget {
    /// A pane, or the line.
    Pane(Focus),
    /// The progress bar.
    Progress,
    /// How many lines of chat are new below.
    NewLines,
    /// An entry of the queue.
    Entry(EntryId),
    /// The word that approves a proposal.
    Approve(EntryId),
    /// The word that rejects a proposal.
    Reject(EntryId),
    /// A member.
    Member(MemberId),
    /// One of the five reactions, counted from 1.
    React(u8),
    /// A recent reaction, of whoever it was.
    ReactWith(Emoji),
    /// An item of the list of commands, or of everything.
    ListItem(ListItem),
    /// A room of the gallery.
    Room(RoomId),
    /// A yes (`true`) or a no to a question.
    Answer(Question, bool),
    /// An item of a member's menu.
    MenuItem(MemberId, MenuItem),
    /// How far a ban reaches.
    BanScope(BanScope),
    /// Beside a dialog from which one chooses.
    BesideDialog,
}

/// What the wheel scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantNames)]
pub enum ScrollTarget {
    /// The chat.
    Chat,
    /// The queue or the members.
    List {
        /// The pane.
        pane: Focus,
        /// The place of the first item that is shown, counted from 0.
        first: usize,
        /// The place of the first item when the list is scrolled down to its end.
        last_first: usize,
    },
    /// The rooms of the gallery.
    Rooms,
    /// A page that is read.
    Page,
    /// The items of a menu or of a list.
    Choices,
}

/// What the mouse did.
#[derive(Debug, Clone, PartialEq)]
pub enum PointerEvent {
    /// The left button was pressed and released on something.
    Click {
        /// What.
        target: ClickTarget,
        /// On which of its columns.
        at: CellOf,
    },
    /// The wheel was turned by one notch over something.
    Scroll {
        /// What.
        target: ScrollTarget,
        /// Towards the end (`true`), or the beginning.
        down: bool,
    },
}

/// What the last picture shows where. What was added later lies above.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HitMap {
    clicks: Vec<(HitArea, ClickTarget)>,
    scrolls: Vec<(HitArea, ScrollTarget)>,
}

impl HitMap {
    /// Makes an area clickable.
    pub fn add_click(&mut self, area: HitArea, target: ClickTarget) {
        self.clicks.push((area, target));
    }

    /// Lets the wheel act on an area.
    pub fn add_scroll(&mut self, area: HitArea, target: ScrollTarget) {
        self.scrolls.push((area, target));
    }

    /// Something lies over all that was drawn, and takes the mouse.
    pub fn cover(&mut self) {
        self.clicks.clear();
        self.scrolls.clear();
    }

    /// What a click on this cell hits, and on which of its columns.
    #[must_use]
    pub fn click_at(&self, column: u16, row: u16) -> Option<(&ClickTarget, CellOf)> {
        let mut from_the_top = self.clicks.iter().rev();
        let (area, target) = from_the_top.find(|(area, _)| area.contains(column, row))?;
        let at = CellOf {
            cell: column - area.column,
            cells: area.columns,
        };
        Some((target, at))
    }

    /// What the wheel scrolls over this cell.
    #[must_use]
    pub fn scroll_at(&self, column: u16, row: u16) -> Option<ScrollTarget> {
        let mut from_the_top = self.scrolls.iter().rev();
        let found = from_the_top.find(|(area, _)| area.contains(column, row));
        found.map(|(_, target)| *target)
    }
}

#[cfg(test)]
mod tests {
    use super::{ClickTarget, Focus, HitArea, HitMap, ScrollTarget};

    #[test]
    fn what_lies_above_takes_the_click() {
        let area = |column, columns| HitArea {
            column,
            row: 2,
            columns,
            rows: 1,
        };
        let mut hits = HitMap::default();
        hits.add_click(area(10, 20), ClickTarget::Pane(Focus::Chat));
        hits.add_click(area(15, 4), ClickTarget::React(1));
        let hit = |column, row| {
            let found = hits.click_at(column, row);
            found.map(|(target, at)| (target.clone(), at.cell, at.cells))
        };
        assert_eq!(hit(10, 2), Some((ClickTarget::Pane(Focus::Chat), 0, 20)));
        assert_eq!(hit(18, 2), Some((ClickTarget::React(1), 3, 4)));
        assert_eq!(hit(19, 2), Some((ClickTarget::Pane(Focus::Chat), 9, 20)));
        assert_eq!(hit(30, 2), None, "behind its last column");
        assert_eq!(hit(10, 3), None, "below its last row");
        hits.add_scroll(area(0, u16::MAX), ScrollTarget::Chat);
        assert_eq!(hits.scroll_at(u16::MAX - 1, 2), Some(ScrollTarget::Chat));
        hits.cover();
        assert_eq!(hits, HitMap::default());
    }
}
