//! Messages that were written while the connection was away: they wait, and go out on return.

use std::collections::{BTreeSet, VecDeque};

use crate::protocol::text::ChatText;

/// The messages that wait for a connection, and those that did and have no answer yet.
#[derive(Debug, Clone, Default)]
pub(super) struct UnsentMessages {
    /// The messages by the numbers of their lines, oldest first.
    held: VecDeque<(u64, ChatText)>,
    /// The lines that went out late and are not answered.
    late: BTreeSet<u64>,
}

impl UnsentMessages {
    /// The most messages that wait (judgement: more than one says to a room that does not answer).
    pub(super) const MOST: usize = 20;

    /// Keeps a message. False if as many wait as may.
    pub(super) fn hold(&mut self, line: u64, text: ChatText) -> bool {
        let has_room = self.held.len() < Self::MOST;
        if has_room {
            self.held.push_back((line, text));
        }
        has_room
    }

    /// The messages that wait, oldest first.
    pub(super) fn held(&self) -> impl Iterator<Item = (u64, &ChatText)> {
        self.held.iter().map(|(line, text)| (*line, text))
    }

    /// Takes out all that wait, oldest first: they go out now.
    pub(super) fn release(&mut self) -> Vec<(u64, ChatText)> {
        self.late.extend(self.held.iter().map(|(line, _)| *line));
        self.held.drain(..).collect()
    }

    /// These lines are sent once more on return.
    pub(super) fn goes_out_late(&mut self, lines: impl IntoIterator<Item = u64>) {
        self.late.extend(lines);
    }

    /// Whether this line waited for the connection.
    pub(super) fn was_held(&self, line: u64) -> bool {
        self.late.contains(&line)
    }

    /// The line has its answer.
    pub(super) fn answered(&mut self, line: u64) {
        self.late.remove(&line);
    }

    /// How many wait or have no answer yet.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.held.len() + self.late.len()
    }
}
