//! What becomes of lines that the client itself carries out, and of those of which nothing will come.

use super::output::answer_to;
use super::{CommandSource, Lines, LinesOutput, LinesView};
use crate::app::output::Why;
use crate::protocol::command::Command;

impl Lines {
    /// The client carried a line out. One that was given up meanwhile has its answer.
    pub(super) fn done(
        &mut self,
        line: u64,
        answer: Result<(), Why>,
        view: LinesView,
    ) -> Vec<LinesOutput> {
        if self.carried_out.remove(&line) {
            vec![answer_to(line, answer, view)]
        } else {
            Vec::new()
        }
    }

    /// A line that the client carries out asks something of the room, which answers it.
    pub(super) fn became_a_command(&mut self, source: CommandSource) {
        if let CommandSource::Line(line) = source {
            self.carried_out.remove(&line);
        }
    }

    /// Answers every open line, for the client ends.
    pub(super) fn answer_all(&mut self, why: &Why) -> Vec<LinesOutput> {
        self.leave_by = None;
        let mut outputs = self.abandon(|_| true, why);
        let joining = self.joining.take().into_iter();
        outputs.extend(joining.map(|line| LinesOutput::Denied(line, why.clone())));
        let carried_out = std::mem::take(&mut self.carried_out).into_iter();
        outputs.extend(carried_out.map(|line| LinesOutput::Denied(line, why.clone())));
        outputs.extend(self.abandon_waiting(why));
        outputs
    }

    /// Answers the commands for which `is_late` is true: nothing will come of them any more.
    pub(super) fn abandon(
        &mut self,
        is_late: impl Fn(&Command) -> bool,
        why: &Why,
    ) -> Vec<LinesOutput> {
        let late = self.in_flight.take_if(is_late);
        for (source, _) in &late {
            self.pacing.answered(*source);
        }
        let late = late.iter();
        late.filter_map(|(source, _)| LinesOutput::refusal(*source, why.clone()))
            .collect()
    }

    /// Refuses the lines whose turn has not come.
    pub(super) fn abandon_waiting(&mut self, why: &Why) -> Vec<LinesOutput> {
        self.release_held();
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        waiting
            .map(|line| LinesOutput::Denied(line.number, why.clone()))
            .collect()
    }
}
