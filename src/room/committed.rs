//! A room as its server keeps it: what everyone knows, and the secrets apart.

use serde::{Deserialize, Serialize};

use super::secrets::{SecretEvent, Secrets};
use super::state::RoomState;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::RoomId;

/// An event as the log keeps it. Only [`Committed::fact`] ever leaves a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Committed {
    /// What everyone may see.
    pub fact: Fact,
    /// What only servers may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<SecretEvent>,
}

/// A room with its secrets: the fold of its log, and what a snapshot holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// What everyone knows.
    pub state: RoomState,
    /// What only servers know.
    pub secrets: Secrets,
}

impl Room {
    /// A room before its first event.
    #[must_use]
    pub fn new(id: RoomId) -> Self {
        Self {
            state: RoomState::new(id),
            secrets: Secrets::default(),
        }
    }

    /// Changes the room by what was agreed.
    pub fn apply(&mut self, committed: &Committed) {
        self.state.apply(&committed.fact);
        if let Some(private) = &committed.private {
            self.secrets.apply(private);
        }
        // Departures are when members are forgotten for good; their tokens go with them.
        if matches!(committed.fact.event, RoomEvent::Presence { .. }) {
            let roster = &self.state.roster;
            self.secrets
                .retain_members(|member| roster.get(member).is_some());
        }
        if matches!(committed.fact.event, RoomEvent::Banned { .. }) {
            let bans = &self.state.bans;
            self.secrets
                .retain_bans(|member| bans.iter().any(|ban| ban.member == member));
        }
    }
}
