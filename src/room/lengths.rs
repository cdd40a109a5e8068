//! How much a room holds, beside what bounds it: for the simulation's law of memory.

use super::chat::Chat;
use super::committed::Room;
use super::emotes::Emotes;
use super::state::RoomState;
use crate::test_support::length::Length;

impl RoomState {
    /// How much its collections hold.
    pub(crate) fn lengths(&self) -> Vec<Length> {
        let members = self.roster.all().count();
        let mut lengths = vec![
            Length::new("lines of chat", self.chat.lines().len(), Chat::KEPT),
            Length::new("emotes", self.emotes.len(), Emotes::MOST),
            Length::new("bans", self.bans.len(), Self::MAX_BANS),
            Length::new("awaited players", self.timeline.gate.len(), members),
            self.holds.length(),
            self.restrictions.length(members),
        ];
        lengths.extend(self.queue.lengths());
        lengths.extend(self.roster.lengths());
        lengths
    }
}

impl Room {
    /// How much its collections hold.
    pub(crate) fn lengths(&self) -> Vec<Length> {
        let members = self.state.roster.all().count();
        let mut lengths = self.state.lengths();
        lengths.extend(self.secrets.lengths(members));
        lengths
    }
}
