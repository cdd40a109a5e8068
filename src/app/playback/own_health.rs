//! The member's health goes to the room: when it has changed noticeably, before what the room knows is
//! stale, and at once when the player stalls or freezes, or does so no longer.

use super::Playback;
use super::handling::Handling;
use super::player_view;
use crate::app::output::PlayerView;
use crate::wire::message::{ClientMsg, Health};

impl Playback {
    /// Sends the member's health to the room if it is time and there is something to say.
    pub(super) fn send_due_health(&mut self, step: &mut Handling<'_>) {
        if self.runs() && self.health.take_due(step.now()) {
            let health = self.own_health();
            if self.health.is_wanted(&health, step.now()) {
                self.send(health, step);
            }
        }
    }

    /// Sends the member's health to the room, if there is a connection.
    pub(super) fn send_health(&mut self, step: &mut Handling<'_>) {
        self.send(self.own_health(), step);
    }

    /// The player did something, which stood so before: what the room should know at once is sent.
    pub(super) fn tell_health(&mut self, before: &PlayerView, step: &mut Handling<'_>) {
        let player = self.player_view();
        // The last word of a player that is gone, or the first of one.
        if player_view::stands_otherwise(before, &player) {
            return self.send_health(step);
        }
        self.health
            .note_trouble(&self.view_for_others(), step.now());
        self.send_due_health(step);
    }

    /// The member's health can be sent.
    pub(super) fn begin_health(&mut self, step: &mut Handling<'_>) {
        self.health.begin(step.now());
        // The room may not know that the player is closed: it is new, or its server is.
        if matches!(
            self.player_view(),
            PlayerView::Gone(_) | PlayerView::Starting
        ) {
            self.send_health(step);
        }
    }

    fn own_health(&self) -> Health {
        let status = self.follower.status();
        self.health.health(&self.view_for_others(), &status)
    }

    fn send(&mut self, health: Health, step: &mut Handling<'_>) {
        if step.view().is_joined {
            self.health.note_sent(health, step.now());
        }
        step.send_if_joined(ClientMsg::Health(health));
    }
}
