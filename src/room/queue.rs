//! The playlist: entries in the order in which they would play, proposals among them.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::roster::Roster;
use super::size;
use crate::media::Media;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{EntryId, MemberId};
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, QueueEntry};
use crate::protocol::text::MemberName;
#[cfg(test)]
use crate::test_support::length::Length;

/// The queue of a room: approved entries and proposals in one order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Queue {
    /// In the order in which they would play.
    entries: Vec<QueueEntry>,
    /// The number of the last new entry.
    last: EntryId,
    /// Entries that a real admin has added or approved.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    of_admins: BTreeSet<EntryId>,
}

impl Queue {
    /// A proposal is accepted while there are fewer entries, and an admin may add one while fewer
    /// are approved (judgement: a night has room for far fewer).
    pub const MAX_ENTRIES: usize = 100;
    /// The most approved entries including interrupted media, for which there is space beyond
    /// [`Queue::MAX_ENTRIES`] (judgement: nobody interrupts twenty in a row).
    pub const MAX_APPROVED: usize = 120;
    /// The most entries that a queue ever has: a hundred proposals, and all that admins may add
    /// beside them.
    pub const MAX_IN_ALL: usize = Self::MAX_APPROVED + Self::MAX_ENTRIES;
    /// The most proposals of one member at a time (judgement).
    pub const MAX_PROPOSALS: usize = 10;

    /// The most proposals of all members at one network address at a time (judgement: a lively
    /// household).
    pub const MAX_PROPOSALS_THERE: usize = 2 * Self::MAX_PROPOSALS;

    /// The entries in their order.
    #[must_use]
    pub fn entries(&self) -> &[QueueEntry] {
        &self.entries
    }

    /// The number for the next new entry.
    #[must_use]
    pub const fn next_id(&self) -> EntryId {
        self.last.next()
    }

    /// The entry with this number; `None` if it was never queued, played, or removed.
    #[must_use]
    pub fn get(&self, id: EntryId) -> Option<&QueueEntry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The entry that plays next: the first approved one.
    #[must_use]
    pub fn next_approved(&self) -> Option<&QueueEntry> {
        self.entries
            .iter()
            .find(|entry| entry.state == EntryState::Approved)
    }

    /// What is proposed and not approved yet, in the queue's order.
    pub fn proposals(&self) -> impl Iterator<Item = &QueueEntry> {
        let is_proposed = |entry: &&QueueEntry| entry.state == EntryState::Proposed;
        self.entries.iter().filter(is_proposed)
    }

    /// The proposal that was added first, wherever it is in the order.
    #[must_use]
    pub fn oldest_proposal(&self) -> Option<&QueueEntry> {
        self.proposals().min_by_key(|entry| entry.id)
    }

    /// The number of a member's proposals.
    #[must_use]
    pub fn proposals_of(&self, member: MemberId) -> usize {
        self.proposals().filter(|entry| entry.by == member).count()
    }

    /// The entry with this media, if it is queued.
    #[must_use]
    pub fn find(&self, media: &Media) -> Option<&QueueEntry> {
        self.entries.iter().find(|entry| entry.media == *media)
    }

    /// Whether a real admin has added or approved the entry, or proposed it: an acting admin may
    /// not take it out.
    #[must_use]
    pub fn is_admins_entry(&self, entry: &QueueEntry, roster: &Roster) -> bool {
        self.of_admins.contains(&entry.id) || is_real_admin(roster, entry.by)
    }

    /// How much its collections hold.
    #[cfg(test)]
    pub(super) fn lengths(&self) -> [Length; 2] {
        let (entries, of_admins) = (self.entries.len(), self.of_admins.len());
        [
            Length::new("entries", entries, Self::MAX_IN_ALL),
            Length::new("admins' entries", of_admins, Self::MAX_IN_ALL),
        ]
    }

    /// Records that a real admin has added or approved an entry.
    pub(super) fn record_admin_entry(&mut self, fact: &Fact, roster: &Roster) {
        let ids = match &fact.event {
            RoomEvent::Queued { entry } => vec![entry.id],
            RoomEvent::QueuedTogether { entries, .. } => {
                entries.iter().map(|entry| entry.id).collect()
            }
            RoomEvent::Approved { entry } => vec![*entry],
            _ => return,
        };
        let by_admin = fact.by.is_some_and(|by| is_real_admin(roster, by));
        for id in ids.into_iter().filter(|_| by_admin) {
            if self.get(id).is_some() {
                self.of_admins.insert(id);
            }
        }
    }

    /// Adds what was learned of an entry to what is known of it, if it is there.
    pub(super) fn describe(&mut self, id: EntryId, event: &RoomEvent) {
        let entry = self.entries.iter_mut().find(|entry| entry.id == id);
        if let Some(entry) = entry {
            *entry = described(entry, event);
        }
    }

    /// Adds an entry at the end.
    pub(super) fn push(&mut self, entry: QueueEntry) {
        self.last = self.last.max(entry.id);
        self.entries.push(entry);
    }

    /// Adds an entry at the top.
    pub(super) fn push_top(&mut self, entry: QueueEntry) {
        self.last = self.last.max(entry.id);
        self.entries.insert(0, entry);
    }

    /// Drops the last entries of a state until the queue is `surplus` bytes smaller on the wire.
    /// Returns how many bytes it is still too large.
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

    /// Marks a proposal as approved; it keeps its place.
    pub(super) fn approve(&mut self, id: EntryId) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.id == id) {
            entry.state = EntryState::Approved;
        }
    }

    /// Takes the names of those who added them from entries, which stay.
    pub(super) fn forget_author(&mut self, entries: &[EntryId]) {
        for entry in &mut self.entries {
            if entries.contains(&entry.id) {
                entry.by_name = MemberName::nameless();
            }
        }
    }

    /// Removes an entry, if it is there.
    pub(super) fn remove(&mut self, id: EntryId) {
        self.entries.retain(|entry| entry.id != id);
        self.of_admins.remove(&id);
    }

    /// Moves an entry to a place counted from 1; a place beyond the end means the end.
    pub(super) fn move_to(&mut self, id: EntryId, place: u32) {
        if let Some(from) = self.entries.iter().position(|entry| entry.id == id) {
            let entry = self.entries.remove(from);
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            let to = place.saturating_sub(1).min(self.entries.len());
            self.entries.insert(to, entry);
        }
    }
}

/// An entry with what an event says of it besides what is known.
pub(super) fn described(entry: &QueueEntry, event: &RoomEvent) -> QueueEntry {
    let mut entry = entry.clone();
    if let RoomEvent::Described {
        title,
        duration,
        by_viewer,
        ..
    } = event
    {
        if entry.title.is_none() && title.is_some() {
            entry.title.clone_from(title);
            entry.title_by_viewers = *by_viewer;
        }
        entry.duration = entry.duration.or(*duration);
    }
    entry
}

fn is_real_admin(roster: &Roster, member: MemberId) -> bool {
    let member = roster.get(member);
    member.is_some_and(|member| member.role == Role::Admin)
}
