//! A room as its server keeps it: the public state and, apart from it, the secrets.

use serde::{Deserialize, Serialize};

use super::secrets::{SecretEvent, Secrets};
use super::state::RoomState;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::RoomId;
use crate::protocol::member::Member;

/// An event as the log keeps it. Only [`Committed::fact`] ever leaves a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Committed {
    /// What every client may see.
    pub fact: Fact,
    /// What stays on the server: tokens, addresses, passwords. `None` for most events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<SecretEvent>,
}

/// A room with its secrets: the fold of its log, and the content of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// The state that clients get, apart from shortened lists.
    pub state: RoomState,
    /// Hashes of tokens, addresses and the password; never sent.
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

    /// Applies both halves of a committed event.
    pub fn apply(&mut self, committed: &Committed) {
        self.state.apply(&committed.fact);
        if let Some(private) = &committed.private {
            self.secrets.apply(private);
        }
        // Members are forgotten when somebody leaves, or by the operator; their tokens go with them.
        let is_forgetting = matches!(committed.fact.event, RoomEvent::Forgotten { .. });
        if is_forgetting || matches!(committed.fact.event, RoomEvent::Presence { .. }) {
            let roster = &self.state.roster;
            self.secrets
                .retain_members(|member| roster.get(member).is_some());
        }
        let is_reopened = matches!(committed.fact.event, RoomEvent::Reopened { .. });
        if is_reopened || matches!(committed.fact.event, RoomEvent::Presence { .. }) {
            let roster = &self.state.roster;
            self.secrets
                .retain_present(|member| roster.get(member).is_some_and(Member::is_here));
        }
        if let RoomEvent::Forgotten { members, .. } = &committed.fact.event {
            let roster = &self.state.roster;
            self.secrets.retain_reports(|member| {
                roster.get(member).is_some() && !members.contains(&member)
            });
        }
        if is_forgetting || matches!(committed.fact.event, RoomEvent::Banned { .. }) {
            let bans = &self.state.bans;
            self.secrets
                .retain_bans(|member| bans.iter().any(|ban| ban.member == member));
        }
    }
}
