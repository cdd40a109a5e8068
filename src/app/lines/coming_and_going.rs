//! What becomes of the lines when the client changes rooms, or loses its connection and has it
//! again.

use super::output::answer_to;
use super::{CONNECT_WITHIN, Lines, LinesOutput, LinesView, WaitingLine};
use crate::app::command::ParsedLine;
use crate::app::output::Why;
use crate::protocol::command::Command;
use crate::protocol::ids::Seq;
use crate::protocol::time::LocalTime;

impl Lines {
    /// Nothing of what was asked before was meant for the other room. A message is only given back:
    /// its writer decides where it belongs.
    pub(super) fn join(&mut self, line: u64) -> Vec<LinesOutput> {
        self.carried_out.remove(&line);
        let mut outputs = self.abandon(|_| true, &Why::Unanswered);
        outputs.extend(self.abandon_waiting(&Why::Unanswered));
        if let Some(earlier) = self.joining.replace(line) {
            outputs.push(LinesOutput::Denied(earlier, Why::Unanswered));
        }
        outputs
    }

    /// Answers the line that asked for the room, if one did.
    pub(super) fn answer_join(
        &mut self,
        answer: &Result<(), Why>,
        view: LinesView,
    ) -> Vec<LinesOutput> {
        let line = self.joining.take().into_iter();
        line.map(|line| answer_to(line, answer.clone(), view))
            .collect()
    }

    /// Sends what is unanswered once more, by its old numbers: the room counts it once.
    pub(super) fn resume(&mut self, answered: Seq) -> Vec<LinesOutput> {
        self.in_flight.count_from(answered);
        self.release_held();
        let unanswered = self.in_flight.all();
        unanswered
            .map(|(seq, command)| LinesOutput::Send(seq, command.clone()))
            .collect()
    }

    /// The member is somebody new in the room: what was asked before was somebody else's.
    pub(super) fn enter(&mut self, answered: Seq, view: LinesView) -> Vec<LinesOutput> {
        let mut outputs = self.abandon(|_| true, &Why::Unanswered);
        self.in_flight.count_anew_from(answered);
        self.release_held();
        outputs.extend(self.answer_join(&Ok(()), view));
        outputs
    }

    /// A reaction that comes late is worth nothing; everything else is sent again later.
    pub(super) fn lose(&mut self, now: LocalTime) -> Vec<LinesOutput> {
        if self.is_ended {
            self.leave_within(CONNECT_WITHIN, now);
        }
        let on_their_way: Vec<u64> = self.in_flight.messages().map(|(line, ..)| line).collect();
        self.unsent.goes_out_late(on_their_way);
        let is_late = |command: &Command| matches!(command, Command::React { .. });
        self.abandon(is_late, &Why::NotConnected { pausing: false })
    }

    /// The messages that were written while the connection was away take their turn, before what
    /// was asked since.
    pub(super) fn release_held(&mut self) {
        for (number, text) in self.unsent.release().into_iter().rev() {
            self.waiting.push_front(WaitingLine {
                number,
                parsed: Ok(ParsedLine::Room(Command::Chat { text })),
            });
        }
    }
}
