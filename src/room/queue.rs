//! The playlist: entries in the order in which they would play, proposals among them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::roster::Roster;
use super::size;
use crate::media::Media;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{EntryId, MemberId};
use crate::protocol::member::Role;
use crate::protocol::playback::{Entry, EntryState};

/// The queue of a room.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Queue {
    entries: Vec<Entry>,
    last: EntryId,
    /// What a real admin has added or approved.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    of_admins: BTreeSet<EntryId>,
}

impl Queue {
    /// A proposal is taken while fewer entries wait, and an admin adds one while fewer are
    /// approved (judgement: a night has room for far fewer).
    pub const MAX_ENTRIES: usize = 100;
    /// The most approved entries with films that were interrupted, for which there is room
    /// beyond [`Queue::MAX_ENTRIES`] (judgement: nobody interrupts twenty in a row).
    pub const MAX_APPROVED: usize = 120;
    /// The most entries that a queue ever has: a hundred proposals and all that admins may put
    /// beside them.
    pub const MAX_IN_ALL: usize = Self::MAX_APPROVED + Self::MAX_ENTRIES;
    /// The most proposals of one member that may wait (judgement).
    pub const MAX_PROPOSALS: usize = 10;

    /// The entries in their order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The number that the next entry gets.
    #[must_use]
    pub const fn next_id(&self) -> EntryId {
        self.last.next()
    }

    /// The entry of a number.
    #[must_use]
    pub fn get(&self, id: EntryId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The entry that plays next: the first approved one.
    #[must_use]
    pub fn next_approved(&self) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.state == EntryState::Approved)
    }

    /// The proposal that has waited longest.
    #[must_use]
    pub fn oldest_proposal(&self) -> Option<&Entry> {
        self.entries
            .iter()
            .filter(|entry| entry.state == EntryState::Proposed)
            .min_by_key(|entry| entry.id)
    }

    /// How many proposals of a member wait.
    #[must_use]
    pub fn proposals_of(&self, member: MemberId) -> usize {
        self.entries
            .iter()
            .filter(|entry| entry.state == EntryState::Proposed && entry.by == member)
            .count()
    }

    /// The entry of this medium, if it waits already.
    #[must_use]
    pub fn find(&self, media: &Media) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.media == *media)
    }

    /// Whether a real admin has added or approved the entry, or it is theirs: an acting admin
    /// does not take it out.
    #[must_use]
    pub fn is_of_admins(&self, entry: &Entry, roster: &Roster) -> bool {
        self.of_admins.contains(&entry.id) || is_real_admin(roster, entry.by)
    }

    /// Takes note of what a real admin has added or approved.
    pub(super) fn note_admins_word(&mut self, fact: &Fact, roster: &Roster) {
        let id = match &fact.event {
            RoomEvent::Queued { entry } => entry.id,
            RoomEvent::Approved { entry } => *entry,
            _ => return,
        };
        let said = fact.by.is_some_and(|by| is_real_admin(roster, by));
        if said && self.get(id).is_some() {
            self.of_admins.insert(id);
        }
    }

    /// Adds an entry at the end.
    pub(super) fn push(&mut self, entry: Entry) {
        self.last = self.last.max(entry.id);
        self.entries.push(entry);
    }

    /// Adds an entry at the top.
    pub(super) fn push_top(&mut self, entry: Entry) {
        self.last = self.last.max(entry.id);
        self.entries.insert(0, entry);
    }

    /// Drops the last entries of a state until the queue is `surplus` bytes smaller on the wire.
    /// Answers by how many bytes it still is too large.
    pub(super) fn shed_last(&mut self, state: EntryState, mut surplus: usize) -> usize {
        while surplus > 0 {
            let last = self.entries.iter().rposition(|entry| entry.state == state);
            let Some(last) = last else {
                break;
            };
            let entry = self.entries.remove(last);
            surplus = surplus.saturating_sub(size::of_item(&entry));
        }
        surplus
    }

    /// MemberFlags an entry as approved.
    pub(super) fn approve(&mut self, id: EntryId) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.id == id) {
            entry.state = EntryState::Approved;
        }
    }

    /// Takes an entry out.
    pub(super) fn remove(&mut self, id: EntryId) {
        self.entries.retain(|entry| entry.id != id);
        self.of_admins.remove(&id);
    }

    /// Moves an entry to a place counted from 1; beyond the end means the end.
    pub(super) fn move_to(&mut self, id: EntryId, place: u32) {
        if let Some(from) = self.entries.iter().position(|entry| entry.id == id) {
            let entry = self.entries.remove(from);
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            let to = place.saturating_sub(1).min(self.entries.len());
            self.entries.insert(to, entry);
        }
    }
}

fn is_real_admin(roster: &Roster, member: MemberId) -> bool {
    let member = roster.get(member);
    member.is_some_and(|member| member.role == Role::Admin)
}
