//! Which members could be mistaken for an admin by their names.

use std::collections::{BTreeMap, BTreeSet};

use super::roster::Roster;
use crate::protocol::ids::MemberId;
use crate::protocol::member::{Member, Role};
use crate::protocol::text::MemberName;
#[cfg(test)]
use crate::test_support::length::Length;

/// The likenesses of the names of the admins present, without the numbers that the room added.
/// Computing one takes some microseconds and a room may have a thousand admins, so they are cached
/// and updated with the roster.
#[derive(Debug, Clone, Default)]
pub struct AdminLikenesses {
    admins: BTreeMap<MemberId, MemberName>,
    /// The admins with each likeness. Two names look alike if they share one.
    by_likeness: BTreeMap<String, BTreeSet<MemberId>>,
}

impl AdminLikenesses {
    /// Updates the cache. Only the names of new and former admins are recomputed.
    pub fn follow(&mut self, roster: &Roster) {
        let stays = |id: MemberId, name: &MemberName| {
            let member = roster.get(id).filter(|member| member.is_here());
            member.is_some_and(|member| member.power() == Role::Admin && member.name == *name)
        };
        let admins = self.admins.iter();
        let gone: Vec<MemberId> = admins
            .filter(|(id, name)| !stays(**id, name))
            .map(|(id, _)| *id)
            .collect();
        for id in gone {
            self.remove(id);
        }
        for admin in roster.admins_here() {
            if !self.admins.contains_key(&admin.id) {
                self.add(admin);
            }
        }
    }

    /// The admin that a non-admin's name could be mistaken for, ignoring the numbers that the room
    /// added; of several the one with the lowest number. The screens mark such a member.
    #[must_use]
    pub fn passes_for(&self, member: &Member) -> Option<&MemberName> {
        if member.power() == Role::Admin || self.admins.is_empty() {
            return None;
        }
        let likenesses = member.name.likenesses_without_number();
        let alike = likenesses
            .iter()
            .filter_map(|likeness| self.by_likeness.get(likeness)?.first());
        self.admins.get(alike.min()?)
    }

    /// How many admins' names it holds, in a room that knows so many members.
    #[cfg(test)]
    pub(crate) fn length(&self, members: usize) -> Length {
        Length::new("admins' names", self.admins.len(), members)
    }

    fn add(&mut self, admin: &Member) {
        for likeness in admin.name.likenesses_without_number() {
            let alike = self.by_likeness.entry(likeness).or_default();
            alike.insert(admin.id);
        }
        self.admins.insert(admin.id, admin.name.clone());
    }

    fn remove(&mut self, id: MemberId) {
        let Some(name) = self.admins.remove(&id) else {
            return;
        };
        for likeness in name.likenesses_without_number() {
            if let Some(alike) = self.by_likeness.get_mut(&likeness) {
                alike.remove(&id);
                if alike.is_empty() {
                    self.by_likeness.remove(&likeness);
                }
            }
        }
    }
}
