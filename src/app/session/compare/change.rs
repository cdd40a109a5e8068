//! A change of a room: what was known before, what is known now, and what led from one to the
//! other.

use super::before::Before;
use crate::app::output::Person;
use crate::protocol::command::Action;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{ChatId, MemberId};
use crate::protocol::member::Member;
use crate::protocol::text::MemberName;
use crate::protocol::time::RoomTime;
use crate::room::roles;
use crate::room::state::RoomState;

/// The event that led to a change.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct EventCause<'a> {
    /// The event: it says by whom, from where and why.
    pub(in crate::app) fact: &'a Fact,
    /// Whether it happened while the connection was away.
    pub(in crate::app) is_replayed: bool,
}

/// The member to whom a change is reported.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct Recipient {
    /// Who they are: they read "you".
    pub(in crate::app) me: MemberId,
    /// The last line of chat that was emitted to them.
    pub(in crate::app) emitted_chat: ChatId,
}

/// A change of a room.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct RoomChange<'a> {
    /// What was known before.
    pub(in crate::app) before: &'a Before,
    /// The room after the change.
    pub(in crate::app) now: &'a RoomState,
    /// What led to it; `None` if only the room before and after is known.
    pub(in crate::app) cause: Option<EventCause<'a>>,
    /// The member to whom the change is reported.
    pub(in crate::app) recipient: Recipient,
}

impl<'a> RoomChange<'a> {
    /// The event that led to it, if it is known.
    pub(super) fn event(&self) -> Option<&'a RoomEvent> {
        self.cause.map(|cause| &cause.fact.event)
    }

    /// When it happened, in room time; for a whole state the time of its last event.
    pub(super) fn at(&self) -> RoomTime {
        self.cause.map_or(self.now.at, |cause| cause.fact.at)
    }

    /// Who made it, if that is known.
    pub(super) fn by(&self) -> Option<MemberId> {
        self.cause.and_then(|cause| cause.fact.by)
    }

    /// Who made it, as the member reads of them.
    pub(super) fn by_whom(&self) -> Option<Person> {
        match self.by()? {
            MemberId::OPERATOR => Some(Person::other(MemberName::operator())),
            member => self.person(member),
        }
    }

    /// Who made it, unless that is the member whom it is about.
    pub(super) fn by_another(&self, about: MemberId) -> Option<Person> {
        self.person(self.by().filter(|by| *by != about)?)
    }

    /// Whether the recipient may do something in the room.
    pub(super) fn may(&self, action: Action) -> bool {
        let me = self.member(self.recipient.me);
        me.is_some_and(|me| roles::check(action, me, &self.now.roster).is_ok())
    }

    /// A member as they are now.
    pub(super) fn member(&self, id: MemberId) -> Option<&'a Member> {
        self.now.roster.get(id)
    }

    /// A member of the room, from the recipient's point of view.
    pub(super) fn person(&self, id: MemberId) -> Option<Person> {
        self.member(id)
            .map(|member| Person::of(member, self.recipient.me))
    }

    /// Several members, from the recipient's point of view.
    pub(super) fn people(&self, members: &[MemberId]) -> Vec<Person> {
        let members = members.iter();
        members.filter_map(|id| self.person(*id)).collect()
    }
}
