//! What became of a command of an errand.

use crate::app::output::Queued;
use crate::protocol::command::Command;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{MemberId, Rev};
use crate::protocol::playback::EntryState;

/// A command that was carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// The last event that it caused.
    pub rev: Rev,
    /// What the errand did in the room until then and since the last answer.
    pub facts: Vec<Fact>,
}

impl Done {
    /// What became of the link that `you` added; `None` for other commands.
    #[must_use]
    pub fn queued(&self, you: MemberId, command: &Command) -> Option<Queued> {
        let Command::Add { media } = command else {
            return None;
        };
        let facts = self.facts.iter().rev();
        let mut until = facts.filter(|fact| fact.rev <= self.rev && fact.by == Some(you));
        until.find_map(|fact| match &fact.event {
            RoomEvent::Queued { entry } if entry.media == *media => Some(match entry.state {
                EntryState::Approved => Queued::Approved(entry.id),
                EntryState::Proposed => Queued::Proposed(entry.id),
            }),
            RoomEvent::Loaded { playing, .. } if playing.media == *media => Some(Queued::Playing),
            _ => None,
        })
    }
}
