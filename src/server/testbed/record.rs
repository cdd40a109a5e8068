//! What clients asked and were told, for what must hold on a server of several nodes.

use std::collections::{BTreeMap, BTreeSet};

use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::event::Fact;
use crate::protocol::ids::{MemberId, Rev, RoomId, Seq};
use crate::protocol::member::Role;
use crate::room::committed::{Committed, Room};
use crate::wire::message::{CatchUp, ServerMsg};

/// A command of a member, by the number that they gave it.
type Asked = (MemberId, Seq);

/// What clients asked and were told.
#[derive(Debug)]
pub(super) struct Record {
    room: RoomId,
    /// The commands, and whether each leads to an event if it counts.
    asked: BTreeMap<Asked, bool>,
    /// What each was answered last: the rev if it counts.
    answers: BTreeMap<Asked, Option<Rev>>,
    /// How far each connection knows the room.
    known: BTreeMap<u64, Rev>,
    /// The commands whose events the log has lost for good.
    lost: BTreeSet<Asked>,
    /// How often it has lost any.
    losses: u32,
    wrong: Vec<String>,
}

impl Record {
    /// An empty one.
    pub(super) fn of(room: &RoomId) -> Self {
        Self {
            room: room.clone(),
            asked: BTreeMap::new(),
            answers: BTreeMap::new(),
            known: BTreeMap::new(),
            lost: BTreeSet::new(),
            losses: 0,
            wrong: Vec::new(),
        }
    }

    /// The room's name.
    pub(super) const fn room(&self) -> &RoomId {
        &self.room
    }

    /// How often the log has lost events for good.
    pub(super) const fn losses(&self) -> u32 {
        self.losses
    }

    /// A member gives a command.
    pub(super) fn asked(&mut self, by: MemberId, seq: Seq, command: &Command) {
        let is_line = matches!(command, Command::Chat { .. });
        self.asked.insert((by, seq), is_line);
    }

    /// The log has lost these events for good.
    pub(super) fn lose(&mut self, lost: &[Committed]) {
        self.losses += u32::from(!lost.is_empty());
        self.lost.extend(lost.iter().filter_map(of_command));
    }

    /// A client is sent a message. `kept` is an event as the log has it.
    pub(super) fn sent(
        &mut self,
        to: u64,
        member: MemberId,
        message: &ServerMsg,
        kept: impl Fn(Rev) -> Option<Committed>,
    ) {
        match message {
            ServerMsg::Welcome(welcome) => match &welcome.catch_up {
                CatchUp::State(state) => {
                    self.known.insert(to, state.rev);
                }
                CatchUp::Events(events) => {
                    if let Some(first) = events.first() {
                        self.known.insert(to, Rev(first.rev.0 - 1));
                    }
                    self.told(to, events, kept);
                }
            },
            ServerMsg::State { state } => {
                self.known.insert(to, state.rev);
            }
            ServerMsg::Events { events } => self.told(to, events, kept),
            ServerMsg::Ok { seq, rev } => {
                self.answers.insert((member, *seq), Some(*rev));
            }
            // A late one says only that its answer is no longer remembered.
            ServerMsg::Denied { seq, reason } if reason.denied() != Some(Denied::Overtaken) => {
                self.answers.insert((member, *seq), None);
            }
            _ => {}
        }
    }

    /// Events reach a connection: each once, in order, as the log has them.
    fn told(&mut self, to: u64, events: &[Fact], kept: impl Fn(Rev) -> Option<Committed>) {
        for fact in events {
            let before = self.known.insert(to, fact.rev);
            if before.is_some_and(|before| before.next() != fact.rev) {
                self.wrong
                    .push(format!("connection {to}: {} after {before:?}", fact.rev));
            }
            let same = kept(fact.rev).is_some_and(|kept| {
                let kept = kept.fact;
                (kept.at, kept.by, kept.seq) == (fact.at, fact.by, fact.seq)
            });
            // News of what the log has lost may still be on its way.
            if !same && self.losses == 0 {
                self.wrong
                    .push(format!("connection {to} was told another {fact:?}"));
            }
        }
    }

    /// What contradicts these events, which are the log's, from the first on.
    pub(super) fn contradictions(&self, events: &[Committed]) -> Vec<String> {
        let mut wrong = self.wrong.clone();
        let mut room = Room::new(self.room.clone());
        let mut counted: BTreeMap<Asked, Vec<&Committed>> = BTreeMap::new();
        for event in events {
            let expected = room.state.rev.next();
            if event.fact.rev != expected {
                wrong.push(format!("{} where {expected} is due", event.fact.rev));
            }
            room.apply(event);
            wrong.extend(too_many_admins(&room));
            if let Some(asked) = of_command(event) {
                counted.entry(asked).or_default().push(event);
            }
        }
        for (asked, events) in &counted {
            let (Some(first), Some(last)) = (events.first(), events.last()) else {
                continue;
            };
            let together = last.fact.rev.0 - first.fact.rev.0 + 1 == events.len() as u64;
            if !together || first.fact.at != last.fact.at {
                wrong.push(format!("{asked:?} counts twice"));
            }
        }
        for (asked, answer) in &self.answers {
            let last = counted.get(asked).and_then(|events| events.last());
            let is_line = self.asked.get(asked) == Some(&true);
            match (answer, last) {
                (Some(rev), Some(last)) if last.fact.rev != *rev && self.losses == 0 => {
                    wrong.push(format!("{asked:?} is ok at {rev}, not {}", last.fact.rev));
                }
                (Some(rev), None) if is_line && !self.lost.contains(asked) => {
                    wrong.push(format!("{asked:?} was ok at {rev} and is not there"));
                }
                (None, Some(last)) => {
                    wrong.push(format!("{asked:?} was denied, and is {}", last.fact.rev));
                }
                _ => {}
            }
        }
        wrong
    }
}

/// The command that led to an event.
fn of_command(event: &Committed) -> Option<Asked> {
    event.fact.by.zip(event.fact.seq)
}

/// At most one acts as admin, and only one is admin by right where nobody gives roles.
fn too_many_admins(room: &Room) -> Option<String> {
    let acting = room.state.roster.here().filter(|member| member.acting);
    let by_right = room.state.roster.all();
    let by_right = by_right.filter(|member| member.role == Role::Admin);
    let (acting, by_right) = (acting.count(), by_right.count());
    let too_many = acting > 1 || by_right > 1;
    too_many.then(|| {
        format!(
            "{acting} act as admin, {by_right} are, at {}",
            room.state.rev
        )
    })
}

#[cfg(test)]
mod tests {
    use super::Record;
    use crate::protocol::command::Command;
    use crate::protocol::denied::Denied;
    use crate::protocol::event::{Fact, RoomEvent};
    use crate::protocol::ids::{MemberId, Rev, RoomId, Seq};
    use crate::protocol::text::{ChatText, Title};
    use crate::protocol::time::RoomTime;
    use crate::room::committed::Committed;
    use crate::server::replies;
    use crate::wire::message::ServerMsg;

    const ALICE: MemberId = MemberId(1);

    /// A title that Alice's command of this number has set.
    fn titled(rev: u64, seq: u64) -> Committed {
        let title = Title::parse(&format!("Title {rev}")).ok();
        Committed {
            fact: Fact {
                rev: Rev(rev),
                at: RoomTime(i64::try_from(rev).unwrap()),
                by: Some(ALICE),
                seq: Some(Seq(seq)),
                event: RoomEvent::Titled { title },
                about: Vec::new(),
            },
            private: None,
        }
    }

    fn record() -> Record {
        let mut record = Record::of(&RoomId::parse("den").unwrap());
        let text = ChatText::parse("hello").unwrap();
        record.asked(ALICE, Seq(1), &Command::Chat { text });
        record
    }

    fn events(revs: &[u64]) -> ServerMsg {
        let events = revs.iter().map(|rev| titled(*rev, *rev).fact);
        ServerMsg::Events {
            events: events.collect(),
        }
    }

    fn answered(answer: &ServerMsg, kept: &[Committed]) -> usize {
        let mut record = record();
        record.sent(1, ALICE, answer, |_| None);
        record.contradictions(kept).len()
    }

    #[test]
    fn every_answer_has_to_be_true() {
        let ok = |rev| ServerMsg::Ok {
            seq: Seq(1),
            rev: Rev(rev),
        };
        let denied = replies::denied(Seq(1), &Denied::StorageAway);
        assert_eq!(answered(&ok(1), &[titled(1, 1)]), 0);
        assert_eq!(answered(&ok(2), &[titled(1, 1)]), 1, "at another rev");
        assert_eq!(answered(&ok(1), &[]), 1, "it is not there");
        assert_eq!(answered(&denied, &[]), 0);
        assert_eq!(answered(&denied, &[titled(1, 1)]), 1, "it counts");
        let twice = [titled(1, 1), titled(2, 2), titled(3, 1)];
        assert_eq!(answered(&ok(3), &twice), 1, "it counts twice");
        let gap = [titled(1, 1), titled(3, 2)];
        assert_eq!(answered(&ok(1), &gap), 1, "a rev is missing");
    }

    #[test]
    fn what_the_log_lost_for_good_may_be_missing() {
        let mut record = record();
        let ok = ServerMsg::Ok {
            seq: Seq(1),
            rev: Rev(1),
        };
        record.sent(1, ALICE, &ok, |_| None);
        record.lose(&[titled(1, 1)]);
        assert_eq!(record.losses(), 1);
        assert_eq!(record.contradictions(&[]).len(), 0);
    }

    #[test]
    fn everybody_is_told_each_event_once_in_order_and_as_it_is() {
        let told = |messages: &[ServerMsg], kept: fn(Rev) -> Option<Committed>| {
            let mut record = record();
            for message in messages {
                record.sent(1, ALICE, message, kept);
            }
            record.contradictions(&[]).len()
        };
        let as_it_is = |rev: Rev| Some(titled(rev.0, rev.0));
        let another = |rev: Rev| Some(titled(rev.0, rev.0 + 1));
        assert_eq!(told(&[events(&[1, 2]), events(&[3])], as_it_is), 0);
        assert_eq!(told(&[events(&[1]), events(&[3])], as_it_is), 1);
        assert_eq!(told(&[events(&[1]), events(&[1])], as_it_is), 1);
        assert_eq!(told(&[events(&[1])], another), 1);
        assert_eq!(told(&[events(&[1])], |_| None), 1);
    }
}
