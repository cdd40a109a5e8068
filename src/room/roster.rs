//! Members who are here, and those who may come back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::protocol::event::{Departure, Fact, RoomEvent};
use crate::protocol::ids::{MemberId, Rev, Seq};
use crate::protocol::member::{LeaveCause, Member, Presence, Role};
use crate::protocol::moderation::Delay;
use crate::protocol::time::{RoomTime, Span};
#[cfg(test)]
use crate::test_support::length::Length;

mod gone;

/// Shared with copies of a roster until one of them changes: each join is decided on a copy, and what
/// a client gets is another.
type Members = BTreeMap<MemberId, Arc<Member>>;

/// The members of a room. In large rooms clients hold a part of the list; `count` is of all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Roster {
    /// Those present, and those who may come back.
    #[serde(serialize_with = "as_list", deserialize_with = "from_list")]
    #[schemars(with = "Vec<Member>")]
    members: Members,
    /// The number of the last new member.
    last: MemberId,
    /// The number of members present, also where the roster is shortened.
    pub count: u32,
    /// The heir: becomes acting admin first when no admin is here.
    pub heir: Option<MemberId>,
    /// When an admin, real or acting, last left; `None` while none ever did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    admin_gone: Option<RoomTime>,
    /// The acting admin whose connection broke. They act again if nobody else did meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "lent")]
    interrupted_acting: Option<MemberId>,
    /// Members who once stayed for at least [`Roster::SHORT_VISIT`].
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    stayed: BTreeSet<MemberId>,
    /// When each of those who are new, for at most a day, first came; the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    newcomers: Vec<(MemberId, RoomTime)>,
    /// Members whose role an acting admin changed, with the role they had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "before_loan")]
    roles_before: Vec<(MemberId, Role)>,
}

/// Members are serialised as a list: serde converts no keys back within a tagged message.
fn as_list<S: Serializer>(members: &Members, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(members.values().map(Arc::as_ref))
}

fn from_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Members, D::Error> {
    let members = Vec::<Member>::deserialize(deserializer)?.into_iter();
    Ok(members.map(|it| (it.id, Arc::new(it))).collect())
}

impl Roster {
    /// Members who stayed for less are forgotten first (judgement: nobody joins in for less).
    const SHORT_VISIT: Span = Span::seconds(60);
    /// Clients of rooms with more members get shortened rosters (judgement: nobody reads a longer
    /// list, and each join would send it).
    pub const SHORTENED_ABOVE: usize = 100;

    /// All members, present and absent, by number.
    pub fn all(&self) -> impl Iterator<Item = &Member> {
        self.members.values().map(Arc::as_ref)
    }

    /// The members present, by number.
    pub fn here(&self) -> impl Iterator<Item = &Member> {
        self.all().filter(|member| member.is_here())
    }

    /// The member with this number, present or absent.
    #[must_use]
    pub fn get(&self, id: MemberId) -> Option<&Member> {
        self.members.get(&id).map(Arc::as_ref)
    }

    /// The number for the next new member.
    #[must_use]
    pub const fn next_id(&self) -> MemberId {
        self.last.next()
    }

    /// The members present with an admin's power.
    pub fn admins_here(&self) -> impl Iterator<Item = &Member> {
        self.here().filter(|member| member.power() == Role::Admin)
    }

    /// When a member came for the first time; `None` if that is a day ago, or not known.
    #[must_use]
    pub fn first_came(&self, id: MemberId) -> Option<RoomTime> {
        let known = self.newcomers.iter().find(|(member, _)| *member == id);
        known.map(|(_, came)| *came)
    }

    /// When a member with an admin's power last left.
    #[must_use]
    pub const fn last_admin_gone(&self) -> Option<RoomTime> {
        self.admin_gone
    }

    /// Whether a returning member is acting admin again: their connection broke, nobody has had an
    /// admin's power since, and they are not muted.
    #[must_use]
    pub fn acts_again(&self, id: MemberId) -> bool {
        let muted = self.get(id).is_some_and(|member| member.flags.muted);
        self.interrupted_acting == Some(id) && !muted && self.admins_here().next().is_none()
    }

    /// Members whose role an acting admin changed, with the role that is restored when a real admin
    /// returns.
    pub fn roles_before_acting(&self) -> impl Iterator<Item = (&Member, Role)> {
        let known = |(id, before): &(MemberId, Role)| Some((self.get(*id)?, *before));
        self.roles_before.iter().filter_map(known)
    }

    /// How much its collections hold.
    #[cfg(test)]
    pub(super) fn lengths(&self) -> [Length; 5] {
        let members = self.members.len();
        let gone = members - self.here().count();
        let answered = self.members.values().map(|member| member.answered.len());
        let answered = answered.max().unwrap_or_default();
        [
            Length::new("members who are gone", gone, Self::GONE_MOST),
            Length::new("members who stayed", self.stayed.len(), members),
            Length::new("newcomers", self.newcomers.len(), members),
            Length::new("roles before", self.roles_before.len(), members),
            Length::new("answered commands", answered, Member::ANSWERED_KEPT),
        ]
    }

    /// Records a role that is about to change. A role given by an acting admin lasts no longer than
    /// their power; a change by a real admin is permanent.
    pub(super) fn record_role_change(&mut self, fact: &Fact) {
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
        let noted = self.roles_before.iter().find(|(id, _)| id == member);
        let first = noted.map_or(before, |(_, first)| *first);
        self.roles_before.retain(|(id, _)| id != member);
        if is_lent && *role == Role::Admin {
            // There is a real admin from now on, so nothing is restored later.
            self.roles_before.clear();
        } else if is_lent && first != *role {
            self.roles_before.push((*member, first));
        }
    }

    /// Adds members who joined or returned.
    pub(super) fn add_joined(&mut self, joined: &[Member]) {
        for member in joined {
            if member.power() == Role::Admin {
                self.interrupted_acting = None;
            }
            self.record_first_coming(member);
            self.last = self.last.max(member.id);
            let mut member = member.clone();
            if let Some(before) = self.members.get(&member.id) {
                member.answered.clone_from(&before.answered);
            }
            self.members.insert(member.id, Arc::new(member));
        }
    }

    /// Records when a new member came, and forgets those who are not new any more.
    fn record_first_coming(&mut self, member: &Member) {
        // Who is gone already came on an errand only, and is as new as anybody.
        let (Presence::Here(at) | Presence::Gone(at)) = member.presence;
        if member.id > self.last {
            let longest = Span::seconds(i64::from(Delay::MAX_SECONDS));
            self.newcomers.retain(|(_, came)| at - *came < longest);
            self.newcomers.push((member.id, at));
        }
    }

    /// Adds members whom a shortened roster did not contain.
    pub(super) fn add_missing(&mut self, about: &[Member]) {
        for member in about {
            self.members
                .entry(member.id)
                .or_insert_with(|| Arc::new(member.clone()));
        }
    }

    /// Marks members as gone. A kicked member is forgotten.
    pub(super) fn remove_left(&mut self, left: &[Departure], at: RoomTime) {
        for departure in left {
            self.record_admin_leaving(departure.member, departure.cause, at);
            self.record_stay(departure.member, at);
            if departure.cause == LeaveCause::Kicked {
                self.forget(departure.member);
            } else {
                self.update(departure.member, |member| {
                    member.presence = Presence::Gone(at);
                    member.acting = false;
                    member.flags.ready &= departure.cause == LeaveCause::Lost;
                });
            }
        }
        self.forget_longest_gone(at);
    }

    /// Marks everybody as gone.
    pub(super) fn mark_all_gone(&mut self, at: RoomTime) {
        let admins: Vec<MemberId> = self.admins_here().map(|admin| admin.id).collect();
        for admin in admins {
            self.record_admin_leaving(admin, LeaveCause::Lost, at);
        }
        let here: Vec<MemberId> = self.here().map(|member| member.id).collect();
        for member in here {
            self.record_stay(member, at);
        }
        for member in self.members.values_mut().map(Arc::make_mut) {
            if member.is_here() {
                member.presence = Presence::Gone(at);
            }
            member.acting = false;
        }
        self.count = 0;
    }

    /// Records whether a leaving member stayed for longer than a short visit.
    fn record_stay(&mut self, id: MemberId, at: RoomTime) {
        let stayed = |member: &Member| match member.presence {
            Presence::Here(since) => at - since >= Self::SHORT_VISIT,
            Presence::Gone(_) => false,
        };
        if self.get(id).is_some_and(stayed) {
            self.stayed.insert(id);
        }
    }

    fn record_admin_leaving(&mut self, id: MemberId, cause: LeaveCause, at: RoomTime) {
        let member = self.members.get(&id);
        let Some(member) = member.filter(|m| m.is_here() && m.power() == Role::Admin) else {
            return;
        };
        self.admin_gone = Some(at);
        if member.acting && cause == LeaveCause::Lost {
            self.interrupted_acting = Some(id);
        }
    }

    /// Changes one member, if the roster has them.
    pub(super) fn update(&mut self, id: MemberId, change: impl FnOnce(&mut Member)) {
        if let Some(member) = self.members.get_mut(&id) {
            change(Arc::make_mut(member));
        }
    }

    /// Nobody is ready any more, present or absent.
    pub(super) fn clear_ready(&mut self) {
        for member in self.members.values_mut().filter(|it| it.flags.ready) {
            Arc::make_mut(member).flags.ready = false;
        }
    }

    /// Records which command led to which event, so that a repeated command is not executed twice.
    pub(super) fn record_answer(&mut self, id: MemberId, seq: Seq, rev: Rev) {
        self.update(id, |member| {
            match member.answered.last_mut() {
                Some(last) if last.0 == seq => last.1 = rev,
                _ => member.answered.push((seq, rev)),
            }
            let surplus = member.answered.len().saturating_sub(Member::ANSWERED_KEPT);
            member.answered.drain(..surplus);
        });
    }

    fn forget(&mut self, id: MemberId) {
        self.members.remove(&id);
        self.stayed.remove(&id);
        self.newcomers.retain(|(other, _)| *other != id);
        self.roles_before.retain(|(other, _)| *other != id);
        if self.heir == Some(id) {
            self.heir = None;
        }
    }

    /// The roster as one client gets it: without the answered commands of others, and with at most
    /// [`Roster::SHORTENED_ABOVE`] members. The viewer comes first, then the admins, moderators and
    /// heir who are here, those present longest, and those who left last.
    #[must_use]
    pub fn for_client(&self, viewer: MemberId) -> Self {
        let mut chosen: Vec<&Arc<Member>> = self.members.values().collect();
        if chosen.len() > Self::SHORTENED_ABOVE {
            chosen.select_nth_unstable_by_key(Self::SHORTENED_ABOVE, |member| {
                let plain = member.power() == Role::Viewer && self.heir != Some(member.id);
                let (gone, since) = match member.presence {
                    Presence::Here(at) => (false, at.0),
                    Presence::Gone(at) => (true, at.0.saturating_neg()),
                };
                (member.id != viewer, gone, plain, since, member.id)
            });
            chosen.truncate(Self::SHORTENED_ABOVE);
        }
        let seen = |member: &Arc<Member>| {
            if member.id == viewer || member.answered.is_empty() {
                Arc::clone(member)
            } else {
                Arc::new(member.for_others())
            }
        };
        let members: Members = chosen
            .into_iter()
            .map(|member| (member.id, seen(member)))
            .collect();
        let stayed = self.stayed.iter().copied();
        let newcomers = self.newcomers.iter().filter(|(id, _)| *id == viewer);
        Self {
            newcomers: newcomers.copied().collect(),
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
            interrupted_acting: self.interrupted_acting,
            stayed: BTreeSet::new(),
            newcomers: Vec::new(),
            roles_before: self.roles_before.clone(),
        }
    }
}
