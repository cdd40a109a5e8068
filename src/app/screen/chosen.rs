//! What the panes show and what is chosen in them, worked out from the room anew each time.

use super::MenuItem;
use crate::app::App;
use crate::protocol::denied::Action;
use crate::protocol::film::{Entry, EntryState};
use crate::protocol::ids::MemberId;
use crate::protocol::member::{Member, Role};
use crate::protocol::time::Position;
use crate::room::roles;

impl App {
    /// Where the film is, and whether it runs, if one is on.
    #[must_use]
    pub fn shown_position(&self) -> Option<(Position, bool)> {
        let room = self.room()?;
        room.timeline.playing.as_ref()?;
        let runs = !room.timeline.stands();
        Some((self.position(self.now.local)?, runs))
    }

    /// The entries of the queue as the screen shows them: what will play, then what is
    /// proposed.
    #[must_use]
    pub fn shown_queue(&self) -> Vec<&Entry> {
        let entries = self.room().map_or(&[][..], |room| room.queue.entries());
        let mut shown: Vec<&Entry> = entries.iter().collect();
        shown.sort_by_key(|entry| entry.state == EntryState::Proposed);
        shown
    }

    /// The members as the screen shows them: those with more power first.
    #[must_use]
    pub fn shown_members(&self) -> Vec<&Member> {
        let mut shown: Vec<&Member> = self
            .room()
            .map(|room| room.roster.here().collect())
            .unwrap_or_default();
        shown.sort_by_key(|member| std::cmp::Reverse(member.power()));
        shown
    }

    /// The chosen entry of the queue: the one that was chosen, else the first proposal, else
    /// the first.
    #[must_use]
    pub fn chosen_entry(&self) -> Option<&Entry> {
        let shown = self.shown_queue();
        let wanted = self.screen.as_ref().and_then(|screen| screen.queue_at);
        let chosen = shown.iter().find(|entry| Some(entry.id) == wanted);
        let proposal = || {
            shown
                .iter()
                .find(|entry| entry.state == EntryState::Proposed)
        };
        chosen.or_else(proposal).or(shown.first()).copied()
    }

    /// The chosen member.
    #[must_use]
    pub fn chosen_member(&self) -> Option<&Member> {
        let shown = self.shown_members();
        let wanted = self.screen.as_ref().and_then(|screen| screen.member_at);
        let chosen = shown.iter().find(|member| Some(member.id) == wanted);
        chosen.or(shown.first()).copied()
    }

    /// What this member can do with another: what their role is not enough for is not offered,
    /// nor what they can do to nobody of that rank.
    #[must_use]
    pub fn menu(&self, id: MemberId) -> Vec<MenuItem> {
        let Some(member) = self.room().and_then(|room| room.roster.get(id)) else {
            return Vec::new();
        };
        let (Some(me), Some(room)) = (self.me(), self.room()) else {
            return Vec::new();
        };
        let other = me.id != id;
        let over = other && roles::has_power_over(me, member, &room.roster);
        let may = |action| roles::check(action, me, &room.roster).is_ok();
        let mut items = Vec::new();
        if other {
            items.push(MenuItem::Mention);
        }
        if may(Action::ExemptFromWait) || !other {
            items.push(MenuItem::Spare(!member.marks.spared));
        }
        if over && may(Action::Mute) {
            items.push(MenuItem::Mute(!member.marks.muted));
        }
        if may(Action::SetRole) && (over || !other) {
            let others = |role: &Role| *role != member.role || member.acting;
            let roles = Role::ALL.iter().copied().rev().filter(others);
            items.extend(roles.map(MenuItem::Role));
        }
        if other && may(Action::SetHeir) {
            items.push(MenuItem::Heir);
        }
        if over && may(Action::Kick) {
            items.push(MenuItem::Kick);
        }
        if over && may(Action::Ban) {
            items.push(MenuItem::Ban);
        }
        items
    }

    /// How many others this process is the server for, if it is for any.
    pub(super) fn serves(&self) -> Option<u32> {
        let others = self.room()?.roster.count.saturating_sub(1);
        let asks = self.screen.is_some() && self.is_host() && others > 0;
        asks.then_some(others)
    }
}
