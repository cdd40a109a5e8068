//! Who is in the room, and who may come back to it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::size;
use crate::protocol::event::{Departure, Fact, RoomEvent};
use crate::protocol::ids::{MemberId, Rev, Seq};
use crate::protocol::member::{LeaveCause, Member, Presence, Role};
use crate::protocol::time::{RoomTime, Span};

/// The members of a room. A client of a large room holds a shortened roster, so the number
/// of those who are here is kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Roster {
    #[serde(serialize_with = "as_list", deserialize_with = "from_list")]
    members: BTreeMap<MemberId, Member>,
    last: MemberId,
    /// How many are here.
    pub count: u32,
    /// Who follows when no admin is here.
    pub heir: Option<MemberId>,
    /// When an admin, real or acting, last went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    admin_gone: Option<RoomTime>,
    /// The acting admin whose connection broke, who is acting again on a quick return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lent: Option<MemberId>,
    /// Those who stayed for longer than a passer-by once.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    stayed: BTreeSet<MemberId>,
    /// Whom an acting admin gave another role, and which they had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    before_loan: Vec<(MemberId, Role)>,
}

/// Members travel as a list: each knows its number, and JSON's keys cannot be numbers, which
/// serde does not undo within a tagged message.
fn as_list<S: Serializer>(
    members: &BTreeMap<MemberId, Member>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(members.values())
}

fn from_list<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<MemberId, Member>, D::Error> {
    let members = Vec::<Member>::deserialize(deserializer)?;
    Ok(members
        .into_iter()
        .map(|member| (member.id, member))
        .collect())
}

impl Roster {
    /// How many members who are gone are remembered, so that they may come back as the same
    /// member (judgement: more than any evening brings, little enough to store).
    pub const GONE_KEPT: usize = 200;
    /// Who went sooner than this is the first to be forgotten (judgement: nobody joins in for
    /// less).
    const PASSES_BY: Span = Span::seconds(60);
    /// Above this many members clients get shortened lists.
    pub const SHORTENED_ABOVE: usize = 100;

    /// All members, those gone included, by number.
    pub fn all(&self) -> impl Iterator<Item = &Member> {
        self.members.values()
    }

    /// The members who are here, by number.
    pub fn here(&self) -> impl Iterator<Item = &Member> {
        self.members.values().filter(|member| member.is_here())
    }

    /// The member of a number, here or gone.
    #[must_use]
    pub fn get(&self, id: MemberId) -> Option<&Member> {
        self.members.get(&id)
    }

    /// The number that the next member gets.
    #[must_use]
    pub const fn next_id(&self) -> MemberId {
        self.last.next()
    }

    /// Those who are here and have an admin's power now.
    pub fn admins_here(&self) -> impl Iterator<Item = &Member> {
        self.here().filter(|member| member.power() == Role::Admin)
    }

    /// When somebody with an admin's power was last seen going.
    #[must_use]
    pub const fn last_admin_gone(&self) -> Option<RoomTime> {
        self.admin_gone
    }

    /// Whether a member who returns now is acting admin again: their connection broke,
    /// nobody has decided since, and nobody has muted them.
    #[must_use]
    pub fn acts_again(&self, id: MemberId) -> bool {
        let muted = self.get(id).is_some_and(|member| member.flags.muted);
        self.lent == Some(id) && !muted && self.admins_here().next().is_none()
    }

    /// Whom an acting admin gave another role, with the role that counts again when a real
    /// admin is back.
    pub fn roles_before_loan(&self) -> impl Iterator<Item = (&Member, Role)> {
        let known = |(id, before): &(MemberId, Role)| Some((self.members.get(id)?, *before));
        self.before_loan.iter().filter_map(known)
    }

    /// Takes note of a role that is about to change: one that an acting admin gives lasts no
    /// longer than their power. A real admin's word settles it, and so does the end of the
    /// loan.
    pub(super) fn note_role_change(&mut self, fact: &Fact) {
        let RoomEvent::RoleChanged { member, role, .. } = &fact.event else {
            return;
        };
        let Some(before) = self.members.get(member).map(|member| member.role) else {
            return;
        };
        if before == *role {
            return;
        }
        let by = fact.by.and_then(|by| self.members.get(&by));
        let is_lent = by.is_some_and(|by| by.acting);
        let noted = self.before_loan.iter().find(|(id, _)| id == member);
        let first = noted.map_or(before, |(_, first)| *first);
        self.before_loan.retain(|(id, _)| id != member);
        if is_lent && *role == Role::Admin {
            // There is a real admin from now on, and nobody is waited for any more.
            self.before_loan.clear();
        } else if is_lent && first != *role {
            self.before_loan.push((*member, first));
        }
    }

    /// Takes note of members who came.
    pub(super) fn arrive(&mut self, joined: &[Member]) {
        for member in joined {
            if member.power() == Role::Admin {
                self.lent = None;
            }
            self.last = self.last.max(member.id);
            let mut member = member.clone();
            if let Some(before) = self.members.get(&member.id) {
                member.answered.clone_from(&before.answered);
            }
            self.members.insert(member.id, member);
        }
    }

    /// Takes note of members who have been here for longer than a shortened list knows.
    pub(super) fn introduce(&mut self, about: &[Member]) {
        for member in about {
            self.members
                .entry(member.id)
                .or_insert_with(|| member.clone());
        }
    }

    /// Takes note of members who went. A kicked member is forgotten.
    pub(super) fn depart(&mut self, left: &[Departure], at: RoomTime) {
        for departure in left {
            self.note_admin_going(departure.member, departure.cause, at);
            self.note_stay(departure.member, at);
            if departure.cause == LeaveCause::Kicked {
                self.forget(departure.member);
            } else if let Some(member) = self.members.get_mut(&departure.member) {
                member.presence = Presence::Gone(at);
                member.acting = false;
            }
        }
        self.forget_longest_gone();
    }

    /// Nobody is here any more.
    pub(super) fn all_gone(&mut self, at: RoomTime) {
        let admins: Vec<MemberId> = self.admins_here().map(|admin| admin.id).collect();
        for admin in admins {
            self.note_admin_going(admin, LeaveCause::Lost, at);
        }
        let here: Vec<MemberId> = self.here().map(|member| member.id).collect();
        for member in here {
            self.note_stay(member, at);
        }
        for member in self.members.values_mut() {
            if member.is_here() {
                member.presence = Presence::Gone(at);
            }
            member.acting = false;
        }
        self.count = 0;
    }

    /// Takes note of how long somebody was here who goes.
    fn note_stay(&mut self, id: MemberId, at: RoomTime) {
        let stayed = |member: &Member| match member.presence {
            Presence::Here(since) => at - since >= Self::PASSES_BY,
            Presence::Gone(_) => false,
        };
        if self.get(id).is_some_and(stayed) {
            self.stayed.insert(id);
        }
    }

    fn note_admin_going(&mut self, id: MemberId, cause: LeaveCause, at: RoomTime) {
        let member = self.members.get(&id);
        let Some(member) = member.filter(|m| m.is_here() && m.power() == Role::Admin) else {
            return;
        };
        self.admin_gone = Some(at);
        if member.acting && cause == LeaveCause::Lost {
            self.lent = Some(id);
        }
    }

    /// Changes one member.
    pub(super) fn update(&mut self, id: MemberId, change: impl FnOnce(&mut Member)) {
        if let Some(member) = self.members.get_mut(&id) {
            change(member);
        }
    }

    /// Remembers which command led to which event.
    pub(super) fn answered(&mut self, id: MemberId, seq: Seq, rev: Rev) {
        self.update(id, |member| {
            match member.answered.last_mut() {
                Some(last) if last.0 == seq => last.1 = rev,
                _ => member.answered.push((seq, rev)),
            }
            let surplus = member.answered.len().saturating_sub(Member::ANSWERED_KEPT);
            member.answered.drain(..surplus);
        });
    }

    /// Keeps at most [`Roster::GONE_KEPT`] members who are gone: those with a role go last, and
    /// those who only passed by first; among equals whoever went first.
    fn forget_longest_gone(&mut self) {
        let gone = self.gone_by_worth();
        let surplus = gone.len().saturating_sub(Self::GONE_KEPT);
        for id in gone.into_iter().take(surplus) {
            self.forget(id);
        }
    }

    /// Those who are gone, whoever is forgotten first before the others.
    fn gone_by_worth(&self) -> Vec<MemberId> {
        let gone = |member: &Member| match member.presence {
            Presence::Gone(at) => {
                let stayed = self.stayed.contains(&member.id);
                Some((member.role, stayed, at, member.id))
            }
            Presence::Here(_) => None,
        };
        let mut gone: Vec<_> = self.members.values().filter_map(gone).collect();
        gone.sort_unstable();
        gone.into_iter().map(|(_, _, _, id)| id).collect()
    }

    /// Leaves members out who are gone, those who are forgotten first before the others, until
    /// the roster is `surplus` bytes smaller on the wire. Answers by how many bytes it still is
    /// too large.
    pub(super) fn shed_gone(&mut self, mut surplus: usize) -> usize {
        for id in self.gone_by_worth() {
            if surplus == 0 {
                break;
            }
            if let Some(member) = self.members.remove(&id) {
                surplus = surplus.saturating_sub(size::of_item(&member));
                self.stayed.remove(&id);
            }
        }
        surplus
    }

    fn forget(&mut self, id: MemberId) {
        self.members.remove(&id);
        self.stayed.remove(&id);
        self.before_loan.retain(|(other, _)| *other != id);
        if self.heir == Some(id) {
            self.heir = None;
        }
    }

    /// The roster as one member's client gets it: without the others' answered commands, and
    /// with [`Roster::SHORTENED_ABOVE`] members at most: itself, the admins, moderators and
    /// the heir who are here, the longest present, and those who went last.
    #[must_use]
    pub fn seen_by(&self, viewer: MemberId) -> Self {
        let mut chosen: Vec<&Member> = self.members.values().collect();
        if chosen.len() > Self::SHORTENED_ABOVE {
            chosen.sort_by_key(|member| {
                let plain = member.power() == Role::Viewer && self.heir != Some(member.id);
                let (gone, since) = match member.presence {
                    Presence::Here(at) => (false, at.0),
                    Presence::Gone(at) => (true, at.0.saturating_neg()),
                };
                (member.id != viewer, gone, plain, since)
            });
            chosen.truncate(Self::SHORTENED_ABOVE);
        }
        let seen = |member: &Member| {
            if member.id == viewer {
                member.clone()
            } else {
                member.for_others()
            }
        };
        let members: BTreeMap<MemberId, Member> = chosen
            .into_iter()
            .map(|member| (member.id, seen(member)))
            .collect();
        let stayed = self.stayed.iter().copied();
        Self {
            stayed: stayed.filter(|id| members.contains_key(id)).collect(),
            members,
            ..self.clone_without_members()
        }
    }

    /// Everything but the members.
    fn clone_without_members(&self) -> Self {
        Self {
            members: BTreeMap::new(),
            last: self.last,
            count: self.count,
            heir: self.heir,
            admin_gone: self.admin_gone,
            lent: self.lent,
            stayed: BTreeSet::new(),
            before_loan: self.before_loan.clone(),
        }
    }
}
