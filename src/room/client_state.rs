//! The room's state as one client gets it, and what is dropped so that it fits a slow connection.
//!
//! Entries queued by admins stay. The oldest chat is dropped first, then members who left long ago;
//! the room itself loses nothing. Proposals are refused before they would take up the space of what
//! stays: `decide/queue_limits.rs` asks [`RoomState::room_for_entries`].

use super::chat::Chat;
use super::queue::Queue;
use super::roster::Roster;
use super::size::{MAX_STATE, of, of_item};
use super::state::RoomState;
use crate::protocol::ids::MemberId;
use crate::protocol::playback::EntryState;

/// Bytes kept free for what may be added beside the queue: a hundred members with the longest names
/// take 25 KiB, media and the room's title 4 KiB (by the longest texts).
const GROWTH: usize = 30 * 1024;

impl RoomState {
    /// The state for one client: at most [`MAX_STATE`] bytes.
    #[must_use]
    pub fn for_client(&self, viewer: MemberId) -> Self {
        let roster = self.roster.for_client(viewer);
        let mut seen = self.with(roster, self.queue.clone(), self.chat.clone());
        seen.restrictions = self.restrictions.for_client(viewer);
        fit(&mut seen);
        seen
    }

    /// The state with another roster, queue and chat. They are its large parts and are not cloned
    /// only to be replaced.
    fn with(&self, roster: Roster, queue: Queue, chat: Chat) -> Self {
        Self {
            id: self.id.clone(),
            rev: self.rev,
            at: self.at,
            created: self.created,
            title: self.title.clone(),
            visibility: self.visibility,
            roster,
            timeline: self.timeline.clone(),
            queue,
            chat,
            bans: self.bans.clone(),
            emotes: self.emotes.clone(),
            // The times of all members are not for clients.
            restrictions: self.restrictions.for_client(MemberId::default()),
            wait: self.wait,
            subtitles: self.subtitles.clone(),
            start: self.start,
            undo: self.undo,
            holds: self.holds.clone(),
            wait_chosen: self.wait_chosen,
            large: self.large,
            grace: self.grace,
            lasting: self.lasting,
            ttl: self.ttl,
            empty_since: self.empty_since,
            occupied_since: self.occupied_since,
            closed: self.closed,
        }
    }

    /// How many bytes the queue's entries may take: what is left beside everything that stays.
    /// Absent members and chat may be dropped.
    pub(super) fn room_for_entries(&self) -> usize {
        // A viewer that does not exist: the others take the same space for everybody.
        let roster = self.roster.for_client(MemberId::default());
        let mut stays = self.with(roster, Queue::default(), Chat::default());
        stays.roster.shed_gone(usize::MAX);
        (MAX_STATE - GROWTH).saturating_sub(of(&stays))
    }
}

/// Drops parts of the state until it fits: the oldest chat first, then those who left longest ago.
/// If that is not enough, the last proposals follow, then the oldest bans. Approved entries are
/// dropped only from a room that an earlier version let grow, the last ones first.
fn fit(seen: &mut RoomState) {
    let surplus = of(seen).saturating_sub(MAX_STATE);
    let surplus = seen.chat.shed_oldest(surplus);
    let surplus = seen.roster.shed_gone(surplus);
    let surplus = seen.queue.shed_last(EntryState::Proposed, surplus);
    let surplus = shed_oldest_bans(seen, surplus);
    seen.queue.shed_last(EntryState::Approved, surplus);
}

fn shed_oldest_bans(seen: &mut RoomState, mut surplus: usize) -> usize {
    while surplus > 0 && !seen.bans.is_empty() {
        surplus = surplus.saturating_sub(of_item(&seen.bans.remove(0)));
    }
    surplus
}
