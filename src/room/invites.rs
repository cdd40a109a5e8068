//! The invite links of a room: the hashes of their tokens, what each offers, and who came in by
//! which. Part of the room's secrets: nobody but its admins learns even that there are any.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::hashes::TokenHash;
use super::roster::Roster;
use crate::protocol::ids::{InviteId, MemberId};
use crate::protocol::invite_terms::OpenInvite;
use crate::protocol::member::Role;
use crate::protocol::time::RoomTime;
#[cfg(test)]
use crate::test_support::length::Length;

/// An invite link as the room keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// The hash of the link's token.
    pub token: TokenHash,
    /// The role of those who come in by it.
    pub role: Role,
    /// The room time from which on it lets in nobody.
    pub until: RoomTime,
    /// How many more new members it lets in.
    pub uses: u32,
    /// Its maker, by number: what a name leads to can change or be forgotten.
    pub by: MemberId,
}

impl Invite {
    /// Whether it lets in somebody new.
    #[must_use]
    pub fn works(&self, now: RoomTime) -> bool {
        self.uses > 0 && now < self.until
    }
}

/// The invite links of a room.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Invites {
    /// The number of the last link that was made.
    #[serde(default)]
    last: InviteId,
    /// The links that were neither revoked nor used up; they may be over.
    #[serde(default)]
    open: BTreeMap<InviteId, Invite>,
    /// The link by which a member came in.
    #[serde(default)]
    guests: BTreeMap<MemberId, InviteId>,
}

impl Invites {
    /// The most links that work at a time (judgement: a list that is read at a glance).
    pub const MOST: usize = 20;

    /// Whether there never was any, for a snapshot that leaves them out.
    #[must_use]
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }

    /// The number of the next link.
    #[must_use]
    pub const fn next_id(&self) -> InviteId {
        self.last.next()
    }

    /// The link of this number, if it works.
    #[must_use]
    pub fn working(&self, invite: InviteId, now: RoomTime) -> Option<&Invite> {
        self.open.get(&invite).filter(|open| open.works(now))
    }

    /// The links that are over, which the next new one displaces.
    pub fn over(&self, now: RoomTime) -> impl Iterator<Item = InviteId> {
        let over = self.open.iter().filter(move |(_, open)| !open.works(now));
        over.map(|(invite, _)| *invite)
    }

    /// How many links work.
    #[must_use]
    pub fn count(&self, now: RoomTime) -> usize {
        self.open.values().filter(|open| open.works(now)).count()
    }

    /// The links that work, in the order in which they were made, with the names that their makers
    /// have in the room now.
    pub fn list<'a>(
        &'a self,
        now: RoomTime,
        roster: &'a Roster,
    ) -> impl Iterator<Item = OpenInvite> + 'a {
        let working = self.open.iter().filter(move |(_, open)| open.works(now));
        working.map(move |(invite, open)| OpenInvite {
            invite: *invite,
            role: open.role,
            uses: open.uses,
            lasts: open.until - now,
            by: roster.get(open.by).map(|maker| maker.name.clone()),
        })
    }

    /// The link by which a member came in, if it still works.
    #[must_use]
    pub fn brought_in(&self, member: MemberId, now: RoomTime) -> Option<InviteId> {
        let invite = *self.guests.get(&member)?;
        self.working(invite, now).map(|_| invite)
    }

    /// Counts the uses of joins that are not committed yet, beginning with none.
    #[must_use]
    pub const fn counting(&self, now: RoomTime) -> InviteCount<'_> {
        InviteCount {
            invites: self,
            now,
            taken: BTreeMap::new(),
        }
    }

    /// Adds a new link, and drops those that are over.
    pub(super) fn create(&mut self, id: InviteId, invite: &Invite, over: &[InviteId]) {
        self.last = self.last.max(id);
        self.open.retain(|open, _| !over.contains(open));
        self.open.insert(id, invite.clone());
    }

    /// Drops a link.
    pub(super) fn revoke(&mut self, invite: InviteId) {
        self.open.remove(&invite);
    }

    /// Counts a use for each new member, and drops what is used up.
    pub(super) fn count_guests(&mut self, came: &[(MemberId, InviteId)]) {
        for (member, invite) in came {
            self.guests.insert(*member, *invite);
            if let Some(open) = self.open.get_mut(invite) {
                open.uses = open.uses.saturating_sub(1);
            }
        }
        self.open.retain(|_, open| open.uses > 0);
    }

    /// Drops what is kept of members whom the room has forgotten.
    pub(super) fn retain_members(&mut self, known: impl Fn(MemberId) -> bool) {
        self.guests.retain(|member, _| known(*member));
    }

    /// How much its collections hold, in a room that knows so many members.
    #[cfg(test)]
    pub(super) fn lengths(&self, members: usize) -> [Length; 2] {
        [
            Length::new("invite links", self.open.len(), Self::MOST),
            Length::new("guests", self.guests.len(), members),
        ]
    }
}

/// The uses that joins take which are decided together: a link that is good for one lets in one of
/// them.
#[derive(Debug)]
pub struct InviteCount<'a> {
    invites: &'a Invites,
    now: RoomTime,
    taken: BTreeMap<InviteId, u32>,
}

impl InviteCount<'_> {
    /// Takes a use of the link with this token. `None` if it does not work, or no use is left.
    /// Hashes of 128 random bits need no constant-time comparison: see `Secrets::owner`.
    pub fn take(&mut self, token: &TokenHash) -> Option<(InviteId, Role)> {
        let mut open = self.invites.open.iter();
        let (id, invite) = open.find(|(_, invite)| invite.token == *token)?;
        let uses = self.taken.entry(*id).or_default();
        if !invite.works(self.now) || *uses >= invite.uses {
            return None;
        }
        *uses += 1;
        Some((*id, invite.role))
    }
}
