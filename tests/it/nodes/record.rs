//! What one member saw of a room and was promised.

use std::collections::BTreeMap;

use watchtogether::protocol::command::Command;
use watchtogether::protocol::denied::Denied;
use watchtogether::protocol::event::{Fact, RoomEvent};
use watchtogether::protocol::ids::{MemberId, Rev, Seq};
use watchtogether::room::state::RoomState;

/// All that a member sent and received.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Who they are; 0 until they have joined.
    pub(super) member: MemberId,
    /// How often they were told that they created the room.
    pub(super) created: u32,
    /// What they sent, by its number.
    pub(super) commands: BTreeMap<Seq, Command>,
    /// How that was answered.
    pub(super) answers: BTreeMap<Seq, Result<Rev, Denied>>,
    /// The events that they received.
    pub(super) events: BTreeMap<Rev, Fact>,
    /// The states that they received.
    pub(super) states: Vec<RoomState>,
    /// Whether they were kicked or banned, so that answers may be missing.
    pub(super) is_over: bool,
}

impl Record {
    /// Notes an event, which is the same however often it is received.
    pub(super) fn event(&mut self, fact: &Fact) {
        let fact = as_anybody_sees(fact);
        if let Some(before) = self.events.insert(fact.rev, fact.clone()) {
            assert_eq!(before, fact, "an event has become another one");
        }
    }

    /// Notes an answer, which is the same however often it is received.
    pub(super) fn answer(&mut self, seq: Seq, answer: &Result<Rev, Denied>) {
        if let Some(before) = self.answers.insert(seq, answer.clone()) {
            assert_eq!(&before, answer, "two answers to {seq}");
        }
    }

    /// How many commands were answered with `ok`.
    pub(super) fn acknowledged(&self) -> usize {
        self.answers
            .values()
            .filter(|answer| answer.is_ok())
            .count()
    }
}

/// An event without what only one member is told.
fn as_anybody_sees(fact: &Fact) -> Fact {
    let mut fact = fact.clone();
    fact.about.clear();
    if let RoomEvent::Presence { joined, .. } = &mut fact.event {
        for member in joined {
            member.answered.clear();
        }
    }
    fact
}
