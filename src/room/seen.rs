//! A room as one member's client gets it, and what gives way before that is larger than a slow
//! connection carries.
//!
//! What admins queued stays. Of what one client gets, the oldest chat goes first, then members
//! long gone; nothing of it is lost to the room. Proposals are refused before they would take
//! the place of what stays: `decide/admit.rs` asks [`RoomState::room_for_entries`].

use super::chat::Chat;
use super::queue::Queue;
use super::roster::Roster;
use super::size::{MAX_STATE, of, of_item};
use super::state::RoomState;
use crate::protocol::ids::MemberId;
use crate::protocol::playback::EntryState;

/// The bytes kept free for what comes beside the queue later: a hundred members with the longest
/// names have 25 KiB, a video and the room's title 4 KiB (by the longest texts).
const GROWTH: usize = 30 * 1024;

impl RoomState {
    /// The state as one member's client gets it: at most [`MAX_STATE`] bytes.
    #[must_use]
    pub fn seen_by(&self, viewer: MemberId) -> Self {
        let roster = self.roster.seen_by(viewer);
        let mut seen = self.with(roster, self.queue.clone(), self.chat.clone());
        fit(&mut seen);
        seen
    }

    /// The state with another roster, queue and chat: they are the large parts of it, and are not
    /// cloned to be replaced.
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
            wait: self.wait,
            undo: self.undo,
            holds: self.holds.clone(),
            wait_chosen: self.wait_chosen,
            large: self.large,
            grace: self.grace,
            empty_since: self.empty_since,
            attended_since: self.attended_since,
            closed: self.closed,
        }
    }

    /// How many bytes the entries of the queue may have: what is left beside all that stays.
    /// Who is gone and what was said need not.
    pub(super) fn room_for_entries(&self) -> usize {
        // Everybody gets as many others as anybody does.
        let roster = self.roster.seen_by(MemberId::default());
        let mut stays = self.with(roster, Queue::default(), Chat::default());
        stays.roster.shed_gone(usize::MAX);
        (MAX_STATE - GROWTH).saturating_sub(of(&stays))
    }
}

/// Makes the state that one client gets fit: the oldest chat goes, then the longest gone.
///
/// Should that not be enough, the last proposals go, then the oldest bans. Approved entries go
/// only from a room that an earlier version let grow, the last ones first.
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
