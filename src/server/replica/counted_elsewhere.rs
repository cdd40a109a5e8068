//! Counts what members do at other nodes against their limits here, so that nobody has more to say by
//! coming to another node: a node knows the events of all, and the reactions that it is told.

use tokio::time::Instant;

use super::Replica;
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::playback::UnqueueCause;
use crate::protocol::rule::Allowance;
use crate::room::committed::Committed;

impl Replica {
    /// Counts the events of other nodes, which have been applied. Those of one command count once.
    pub(super) fn count_elsewhere(&mut self, events: &[Committed]) {
        let now = Instant::now();
        let mut last = None;
        for event in events {
            if let RoomEvent::Presence { joined, .. } = &event.fact.event {
                for member in joined {
                    self.allowances.note_return(member.id, now);
                }
            }
            let Some(member) = event.fact.by else {
                continue;
            };
            let command = (member, event.fact.seq);
            if is_line(&event.fact.event) && last != Some(command) && !self.is_here(member) {
                last = Some(command);
                let from = self.counted_address(member);
                self.allowances.note(member, from, Allowance::Line, now);
            }
        }
    }

    /// Counts reactions of members at another node.
    pub(super) fn count_reactions_elsewhere(&mut self, reactions: &[Reaction]) {
        let now = Instant::now();
        for reaction in reactions {
            let from = self.counted_address(reaction.from);
            self.allowances
                .note(reaction.from, from, Allowance::Reaction, now);
        }
    }

    /// Whether a member is connected to this node: what they did was counted when they did it.
    fn is_here(&self, member: MemberId) -> bool {
        self.seats.of(member).is_some()
    }
}

/// Whether an event is of a command that counts as a line and that everyone may give. Those of admins
/// alone are not followed: they are trusted.
const fn is_line(event: &RoomEvent) -> bool {
    matches!(
        event,
        RoomEvent::Chat(_)
            | RoomEvent::Queued { .. }
            | RoomEvent::QueuedTogether { .. }
            | RoomEvent::Unqueued {
                cause: UnqueueCause::Withdrawn,
                ..
            }
            | RoomEvent::SubtitlesOffered { .. }
            | RoomEvent::Asked { .. }
            | RoomEvent::Renamed { .. }
            | RoomEvent::ReadyChanged { .. }
            | RoomEvent::WaitExempted { .. }
    )
}
