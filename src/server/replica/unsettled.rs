//! Commands whose append was lost in the middle: they are answered once the log tells what it has.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::answers::CommandOutcome;
use super::inbox::PriorAnswer;
use super::message::SeatId;
use super::{AGAIN, Replica};
use crate::protocol::denied::Denied;
use crate::protocol::ids::{MemberId, Rev, Seq};

/// For how long a lost append may still come true (judgement: more than the two seconds for which
/// the log accepts one, by its own clock).
const COMES_TRUE_WITHIN: Duration = Duration::from_secs(3);

/// The most commands that wait (judgement: after the first, the log takes none until it is back).
const MOST: usize = 64;

/// The commands of which it is not known whether their events were kept.
#[derive(Debug, Default)]
pub(super) struct Unsettled(Vec<UnsettledCommand>);

/// A command that waits for its answer.
#[derive(Debug)]
struct UnsettledCommand {
    member: MemberId,
    seq: Seq,
    since: Instant,
    /// Takes the rev of its last event; `None` if it changed nothing.
    answer: oneshot::Sender<Option<Rev>>,
}

impl Replica {
    /// Has a command answered once it is known what became of it.
    pub(super) fn answer_once_known(&mut self, member: MemberId, seat: SeatId, seq: Seq) {
        if self.unsettled.0.len() >= MOST {
            return self.deny(seat, seq, &Denied::StorageAway);
        }
        let (answer, known) = oneshot::channel();
        self.unsettled.0.push(UnsettledCommand {
            member,
            seq,
            since: Instant::now(),
            answer,
        });
        self.answers.push_back(Box::pin(async move {
            let rev = known.await.ok().flatten();
            CommandOutcome {
                seat,
                seq,
                rev: rev.unwrap_or_default(),
                on_record: rev.is_some(),
            }
        }));
    }

    /// Answers the commands of which it is known by now what became of them, after the log has told
    /// what was missed.
    pub(super) fn settle(&mut self, now: Instant) {
        for command in std::mem::take(&mut self.unsettled.0) {
            let answer = match self.on_record(command.member, command.seq) {
                PriorAnswer::Answered(rev) => Some(rev),
                PriorAnswer::Overtaken => None,
                PriorAnswer::Never => {
                    let age = now.saturating_duration_since(command.since);
                    if age < COMES_TRUE_WITHIN {
                        self.unsettled.0.push(command);
                        continue;
                    }
                    None
                }
            };
            // Only the end of the room drops the receiver.
            let _ended = command.answer.send(answer);
        }
        if !self.unsettled.0.is_empty() {
            self.check_due = Some(now + AGAIN.to_duration());
        }
    }

    /// Answers all of them by what is known at the end of the room.
    pub(super) fn settle_at_end(&mut self) {
        self.settle(Instant::now());
        self.unsettled.0.clear();
    }
}
