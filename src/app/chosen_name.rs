//! The name that the member chose for this run, by the flag `--name` or in the box that asks for it: the
//! first room that is joined is asked to call them so, whatever it remembered.

use super::App;
use super::effect::Effect;
use super::input::Origin;
use crate::protocol::command::Command;
use crate::protocol::text::MemberName;

impl App {
    /// Whether the room calls the member by another name than the one they chose, and could do
    /// otherwise. A number that it gave them because of somebody else's name stays.
    pub(super) fn is_called_otherwise(&self) -> bool {
        let (Some(chosen), Some(me), Some(room)) =
            (&self.config.chosen_name, self.me(), self.room())
        else {
            return false;
        };
        let is_anothers = |chosen: &MemberName| {
            let mut others = room.roster.all().filter(|member| member.id != me.id);
            others.any(|other| other.name.looks_like(chosen))
        };
        let is_numbered = me.name.could_pass_for(chosen) && is_anothers(chosen);
        me.name != *chosen && !is_numbered
    }

    /// Asks the room for the chosen name, once, and keeps it for the next time.
    pub(super) fn take_chosen_name(&mut self) {
        let asks = self.is_called_otherwise();
        let Some(name) = self.config.chosen_name.take() else {
            return;
        };
        self.effects.push(Effect::KeepName(name.clone()));
        if asks {
            self.command(Command::Rename { name }, Origin::Name);
        }
    }
}
