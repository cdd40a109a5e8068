//! What is known of one room.

use super::compare::Before;
use super::offset_history::OffsetHistory;
use crate::app::destination::RememberedRoom;
use crate::app::other_address::OtherAddress;
use crate::app::output::Person;
#[cfg(test)]
use crate::app::oversized::MOST_HEALTHS;
use crate::protocol::command::MemberRef;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{ChatId, LogId, MemberId, NodeId, Seq};
use crate::protocol::invite::ServerUrl;
use crate::protocol::member::Member;
use crate::protocol::text::{MemberName, clean};
use crate::protocol::time::{LocalTime, Span};
use crate::room::likeness::AdminLikenesses;
use crate::room::state::RoomState;
#[cfg(test)]
use crate::test_support::length::Length;
use crate::wire::message::{CatchUp, HealthDigest, Welcome};

/// What is known of a room that was joined.
#[derive(Debug)]
pub(super) struct KnownRoom {
    me: MemberId,
    log: LogId,
    node: NodeId,
    state: RoomState,
    /// The server's public address for invites, if known.
    public_url: Option<String>,
    /// The server's other address, if it says it and its own id.
    other_address: Option<OtherAddress>,
    /// The last line of chat that was emitted.
    emitted_chat: ChatId,
    /// Whether events are left aside until the whole state comes, after a gap.
    is_stale: bool,
    health: HealthDigest,
    /// What the digests before said.
    offsets: OffsetHistory,
    /// What the admins' names look like.
    admins: AdminLikenesses,
    /// Who ended our stay, if somebody did: the server closes the connection right after.
    ended_by: Option<Person>,
}

impl KnownRoom {
    /// The room after a welcome, with `state` as its state.
    pub(super) fn new(welcome: &Welcome, state: RoomState, emitted_chat: ChatId) -> Self {
        Self {
            me: welcome.you,
            log: welcome.log.clone(),
            node: welcome.node.clone(),
            state,
            public_url: welcome.public_url.as_deref().and_then(checked),
            other_address: other_address(welcome),
            emitted_chat,
            is_stale: false,
            health: HealthDigest::default(),
            offsets: OffsetHistory::default(),
            admins: AdminLikenesses::default(),
            ended_by: None,
        }
    }

    /// The room after the last event that was applied. Stale after a gap, until the whole state
    /// comes.
    pub(super) const fn state(&self) -> &RoomState {
        &self.state
    }

    /// The room, and the last line of chat that was emitted.
    pub(super) fn into_state(self) -> (RoomState, ChatId) {
        (self.state, self.emitted_chat)
    }

    /// Takes a whole state over; returns the one before.
    pub(super) fn replace_state(&mut self, state: RoomState) -> RoomState {
        self.is_stale = false;
        std::mem::replace(&mut self.state, state)
    }

    /// Applies the next event. Returns what it changes, as it was before.
    pub(super) fn apply(&mut self, fact: &Fact) -> Before {
        let before = Before::noted(&self.state, fact);
        self.state.apply(fact);
        before
    }

    /// Whether a member did it in their own player's window, and that member is this one.
    pub(super) fn is_made_in_own_player(&self, fact: &Fact) -> bool {
        let is_in_player = matches!(
            fact.event,
            RoomEvent::Retimed {
                in_player: true,
                ..
            }
        );
        is_in_player && fact.by == Some(self.me)
    }

    /// Leaves events aside until the whole state comes.
    pub(super) const fn mark_stale(&mut self) {
        self.is_stale = true;
    }

    /// Whether events are left aside until the whole state comes.
    pub(super) const fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// The last line of chat that was emitted.
    pub(super) const fn emitted_chat(&self) -> ChatId {
        self.emitted_chat
    }

    /// A line of chat was emitted.
    pub(super) fn note_emitted_chat(&mut self, line: ChatId) {
        self.emitted_chat = self.emitted_chat.max(line);
    }

    /// All lines of chat that the room knows were emitted.
    pub(super) fn note_all_chat_emitted(&mut self) {
        if let Some(last) = self.state.chat.lines().next_back() {
            self.emitted_chat = last.id;
        }
    }

    /// Who ended our stay, by removing us or by closing the room, if somebody did.
    pub(super) const fn ended_by(&self) -> Option<&Person> {
        self.ended_by.as_ref()
    }

    /// We were removed.
    pub(super) fn note_end(&mut self, by: Option<Person>) {
        self.ended_by = by;
    }

    /// The room was closed, by a member or else by itself.
    pub(super) fn note_closed(&mut self, by: Option<MemberId>) {
        self.ended_by = match by {
            Some(MemberId::OPERATOR) => Some(Person::other(MemberName::operator())),
            by => {
                let by = by.and_then(|by| self.state.roster.get(by));
                by.map(|by| Person::of(by, self.me))
            }
        };
    }

    /// How everyone is doing, as the server last reported.
    pub(super) fn note_health(&mut self, health: HealthDigest, now: LocalTime) {
        self.offsets.note(&health, now);
        self.health = health;
    }

    /// Our own number.
    pub(super) const fn me_id(&self) -> MemberId {
        self.me
    }

    /// Oneself, as the room knows it.
    pub(super) fn me(&self) -> Option<&Member> {
        self.state.roster.get(self.me)
    }

    /// What is remembered of the room, for the greeting of a client that comes back.
    pub(super) fn remembered(&self) -> RememberedRoom {
        RememberedRoom {
            log: self.log.clone(),
            since: self.state.rev,
            visibility: self.state.visibility,
            title: self.state.title.clone(),
        }
    }

    /// The line of chat that is meant: the one of that number, or somebody's last.
    pub(super) fn line_of(&self, whose: &MemberRef) -> Option<ChatId> {
        let chat = &self.state.chat;
        let line = match whose {
            MemberRef::Id(number) => chat.get(ChatId(number.0)),
            MemberRef::Name(name) => {
                let author = name.folded();
                let mut lines = chat.lines().rev();
                lines.find(|line| line.erased.is_none() && line.name.folded() == author)
            }
        };
        line.map(|line| line.id)
    }

    /// How everyone is doing.
    pub(super) const fn health(&self) -> &HealthDigest {
        &self.health
    }

    /// How far a member's player was off lately, oldest first.
    pub(super) fn offsets_of(
        &self,
        member: MemberId,
    ) -> impl DoubleEndedIterator<Item = Option<Span>> {
        self.offsets.of(member)
    }

    /// The server's other address, if it says it and its own id.
    pub(super) fn other_address(&self) -> Option<OtherAddress> {
        self.other_address.clone()
    }

    /// The server's public address for invites, if known.
    pub(super) fn public_url(&self) -> Option<&str> {
        self.public_url.as_deref()
    }

    /// The admin for whom a member could be taken by their name, who they are not.
    pub(super) fn passes_for_admin(&self, member: &Member) -> Option<&MemberName> {
        self.admins.passes_for(member)
    }

    /// Keeps what is worked out of the roster true to it.
    pub(super) fn follow_roster(&mut self) {
        self.admins.follow(&self.state.roster);
    }

    /// How much its collections hold.
    #[cfg(test)]
    pub(super) fn lengths(&self) -> Vec<Length> {
        let mut lengths = self.state.lengths();
        let (members, worst) = (self.state.roster.all().count(), self.health.worst.len());
        lengths.push(Length::new("healths", worst, MOST_HEALTHS));
        lengths.push(self.offsets.length());
        lengths.push(self.admins.length(members));
        lengths
    }

    /// Whether a welcome comes from the server process that we know.
    pub(super) fn is_same_node(&self, welcome: &Welcome) -> bool {
        self.node == welcome.node
    }

    /// Whether a welcome is for the member that we were. A room that was created anew gives the
    /// same numbers to other people.
    pub(super) fn is_same_member(&self, welcome: &Welcome) -> bool {
        let is_same_room = match &welcome.catch_up {
            CatchUp::Events(_) => true,
            CatchUp::State(state) => state.created == self.state.created,
        };
        is_same_room && self.me == welcome.you
    }

    /// Whether the room calls the member by another name than `chosen`, and could do otherwise.
    /// A number that it gave them because of somebody else's name stays.
    pub(super) fn calls_otherwise(&self, chosen: &MemberName) -> bool {
        let Some(me) = self.me() else {
            return false;
        };
        let is_anothers = || {
            let members = self.state.roster.all();
            let mut others = members.filter(|member| member.id != me.id);
            others.any(|other| other.name.looks_like(chosen))
        };
        let is_numbered = me.name.could_pass_for(chosen) && is_anothers();
        me.name != *chosen && !is_numbered
    }

    /// The last command of the member that the room has on record.
    pub(super) fn last_answered(&self) -> Seq {
        let answered = self.me().map(|me| me.answered.as_slice());
        let seqs = answered.unwrap_or_default().iter().map(|(seq, _)| *seq);
        seqs.max().unwrap_or_default()
    }
}

/// Its other address, as a welcome has it.
fn other_address(welcome: &Welcome) -> Option<OtherAddress> {
    OtherAddress::parse(
        welcome.public_url.as_deref()?,
        welcome.server_id.as_deref()?,
    )
}

/// The address that a server gives for itself, if it is one.
fn checked(url: &str) -> Option<String> {
    let url = ServerUrl::parse(&clean(url, 2_048)).ok()?;
    Some(url.as_str().to_owned())
}
