//! What can be done with a member: the items of their menu.

use super::view::ClientView;
pub use crate::app::menu_item::MenuItem;
use crate::protocol::denied::Action;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::room::roles;

/// The items for a member. What one's role does not allow is not offered, nor what cannot be
/// done to a member of that rank.
#[must_use]
pub fn items(view: &ClientView<'_>, id: MemberId) -> Vec<MenuItem> {
    let (Some(me), Some(room)) = (view.me, view.room) else {
        return Vec::new();
    };
    let Some(member) = room.roster.get(id) else {
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
        items.push(MenuItem::WaitExempt(!member.flags.wait_exempt));
    }
    if over && may(Action::Mute) {
        items.push(MenuItem::Mute(!member.flags.muted));
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
