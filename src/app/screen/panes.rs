//! Where the keys go among the panes, and what is chosen in them.

use super::chat_log::ChatLog;
use super::view::ClientView;
pub use crate::app::focus::Focus;
use crate::protocol::ids::{EntryId, MemberId};
use crate::protocol::member::Member;
use crate::protocol::playback::{EntryState, QueueEntry};

/// The focus and the selections.
#[derive(Debug, Clone)]
pub(super) struct Panes {
    focus: Focus,
    /// The pane that had the focus last, to which Esc leads from the line.
    last_pane: Focus,
    entry: Option<EntryId>,
    member: Option<MemberId>,
    /// The first entry that the queue shows, if the wheel scrolled it; else it follows the choice.
    first_entry: Option<usize>,
    /// The same of the members.
    first_member: Option<usize>,
}

impl Default for Panes {
    fn default() -> Self {
        Self {
            focus: Focus::Line,
            last_pane: Focus::Chat,
            entry: None,
            member: None,
            first_entry: None,
            first_member: None,
        }
    }
}

impl Panes {
    /// The pane that gets the keys.
    pub(super) const fn focus(&self) -> Focus {
        self.focus
    }

    /// Where Esc leads: from the line to the last pane, from a pane to the line.
    pub(super) fn toggled(&self) -> Focus {
        if self.focus == Focus::Line {
            self.last_pane
        } else {
            Focus::Line
        }
    }

    /// Moves the focus, and remembers the last pane for the way back from the line.
    pub(super) fn focus_on(&mut self, focus: Focus) {
        for pane in [self.focus, focus] {
            if pane != Focus::Line {
                self.last_pane = pane;
            }
        }
        self.focus = focus;
    }

    /// The chosen entry: the one that was chosen, else the first proposal, else the first.
    pub(super) fn chosen_entry<'a>(&self, view: &ClientView<'a>) -> Option<&'a QueueEntry> {
        let queue = view.queue();
        let chosen = queue.iter().find(|entry| Some(entry.id) == self.entry);
        let proposal = || {
            queue
                .iter()
                .find(|entry| entry.state == EntryState::Proposed)
        };
        chosen.or_else(proposal).or(queue.first()).copied()
    }

    /// The chosen member: the one that was chosen, else the first.
    pub(super) fn chosen_member<'a>(&self, view: &ClientView<'a>) -> Option<&'a Member> {
        let members = view.members();
        let chosen = members.iter().find(|member| Some(member.id) == self.member);
        chosen.or(members.first()).copied()
    }

    /// Chooses an entry of the queue.
    pub(super) const fn choose_entry(&mut self, entry: EntryId) {
        self.entry = Some(entry);
    }

    /// Chooses a member.
    pub(super) const fn choose_member(&mut self, member: MemberId) {
        self.member = Some(member);
    }

    /// The place of the first item that a list shows, if the wheel scrolled it.
    pub(super) const fn first_shown(&self, pane: Focus) -> Option<usize> {
        match pane {
            Focus::Queue => self.first_entry,
            Focus::Members => self.first_member,
            Focus::Line | Focus::Chat => None,
        }
    }

    /// Scrolls a list to an item, whatever is chosen in it, until a key moves the choice.
    pub(super) const fn show_from(&mut self, pane: Focus, first: usize) {
        match pane {
            Focus::Queue => self.first_entry = Some(first),
            Focus::Members => self.first_member = Some(first),
            Focus::Line | Focus::Chat => {}
        }
    }

    /// Chooses what is `by` rows below the chosen one, in the pane that has the focus.
    pub(super) fn step(&mut self, by: isize, view: &ClientView<'_>, log: &mut ChatLog) {
        match self.focus {
            Focus::Line => {}
            Focus::Chat => log.step(by),
            Focus::Queue => {
                self.first_entry = None;
                let ids: Vec<EntryId> = view.queue().iter().map(|entry| entry.id).collect();
                let chosen = self.chosen_entry(view).map(|entry| entry.id);
                self.entry = stepped(&ids, chosen, by);
            }
            Focus::Members => {
                self.first_member = None;
                let ids: Vec<MemberId> = view.members().iter().map(|member| member.id).collect();
                let chosen = self.chosen_member(view).map(|member| member.id);
                self.member = stepped(&ids, chosen, by);
            }
        }
    }
}

/// The item that is `by` places behind the chosen one, at most the last.
fn stepped<T: Copy + PartialEq>(all: &[T], chosen: Option<T>, by: isize) -> Option<T> {
    let at = all.iter().position(|one| Some(*one) == chosen)?;
    let to = at
        .saturating_add_signed(by)
        .min(all.len().saturating_sub(1));
    all.get(to).copied()
}
