//! The chat as the screen has it: what was said, and between it what happened.

use std::collections::VecDeque;

use crate::app::told::{Person, Told};
use crate::protocol::event::ChatLine;
use crate::protocol::film::Entry;
use crate::protocol::ids::ChatId;
use crate::protocol::time::Position;

/// The most lines that are kept: some hours of a lively room.
const KEPT: usize = 1_000;

/// One thing in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogLine {
    /// Its number; later ones are higher.
    pub id: u64,
    /// Where the film was.
    pub film: Option<Position>,
    /// What.
    pub what: Logged,
}

/// What a line of the log is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Logged {
    /// Somebody said something.
    Chat(LoggedChat),
    /// Something that the member was told.
    Told(Told),
    /// Somebody proposes a video.
    Proposed(Entry, Person),
}

/// What somebody said, with what was settled when it came or was taken away: names and members
/// change, and what is written stays.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedChat {
    /// The line.
    pub line: ChatLine,
    /// Whether the member who reads wrote it.
    pub is_own: bool,
    /// Whether it mentions the member who reads.
    pub mentions_you: bool,
    /// Who took it away, if somebody did.
    pub removed_by: Option<Person>,
}

/// The log, and how far it is scrolled back.
#[derive(Debug, Clone, Default)]
pub struct Log {
    lines: VecDeque<LogLine>,
    last: u64,
    /// The lowest line on the screen while scrolled back.
    at: Option<u64>,
    /// The last line that was seen when scrolling back began.
    seen: u64,
    /// Whether the line at `at` is chosen.
    pub choosing: bool,
    /// The last line of earlier rooms of this name, whose numbers of chat are others'.
    earlier: u64,
}

impl Log {
    /// The lines, oldest first.
    #[must_use]
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &LogLine> + ExactSizeIterator {
        self.lines.iter()
    }

    /// The lines that stand on the screen or above it, oldest first.
    #[must_use]
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = &LogLine> {
        let lowest = self.at.unwrap_or(u64::MAX);
        self.lines.iter().filter(move |line| line.id <= lowest)
    }

    /// Adds a line.
    pub(super) fn push(&mut self, film: Option<Position>, what: Logged) {
        self.last += 1;
        let id = self.last;
        self.lines.push_back(LogLine { id, film, what });
        while self.lines.len() > KEPT {
            self.lines.pop_front();
        }
    }

    /// The room was created anew: what was said before stays to be read and is no longer the
    /// room's.
    pub(super) fn begin_anew(&mut self) {
        self.earlier = self.last;
    }

    /// Whether a line comes from an earlier room of this name.
    #[must_use]
    pub const fn is_earlier(&self, line: &LogLine) -> bool {
        line.id <= self.earlier
    }

    /// Takes the text of a line of the room's chat away.
    pub(super) fn erase(&mut self, id: ChatId, by: &Person) {
        let earlier = self.earlier;
        for line in self.lines.iter_mut().filter(|line| line.id > earlier) {
            if let Logged::Chat(said) = &mut line.what
                && said.line.id == id
            {
                said.line.erase(&by.name);
                said.removed_by = Some(by.clone());
            }
        }
    }

    /// Begins anew, in another room.
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.release();
    }

    /// How many lines came since scrolling back began, or `None` at the newest.
    #[must_use]
    pub fn new_lines(&self) -> Option<usize> {
        self.at?;
        let new = self
            .lines
            .iter()
            .rev()
            .take_while(|line| line.id > self.seen);
        Some(new.count())
    }

    /// The chosen line.
    #[must_use]
    pub fn chosen(&self) -> Option<&LogLine> {
        if !self.choosing {
            return None;
        }
        let at = self.at.unwrap_or(self.last);
        self.lines.iter().rev().find(|line| line.id <= at)
    }

    /// Goes up by so many lines.
    pub(super) fn up(&mut self, by: usize) {
        let first = self.lines.front().map_or(0, |line| line.id);
        let from = self.at.unwrap_or_else(|| {
            self.seen = self.last;
            self.last
        });
        let by = u64::try_from(by).unwrap_or(u64::MAX);
        self.at = Some(from.saturating_sub(by).max(first));
    }

    /// Goes down by so many lines; at the newest it follows what comes.
    pub(super) fn down(&mut self, by: usize) {
        let by = u64::try_from(by).unwrap_or(u64::MAX);
        if let Some(at) = self.at {
            let to = at.saturating_add(by);
            self.at = (to < self.last).then_some(to);
        }
    }

    /// Back to the newest, nothing chosen.
    pub(super) fn release(&mut self) {
        self.at = None;
        self.choosing = false;
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Log, Logged};
    use crate::app::told::{Notice, Told};

    fn filled(count: usize) -> Log {
        let mut log = Log::default();
        for _ in 0..count {
            log.push(None, Logged::Told(Told::Notice(Notice::Finished)));
        }
        log
    }

    #[test]
    fn what_comes_while_scrolled_back_is_counted_and_moves_nothing() {
        let mut log = filled(20);
        assert_eq!(log.new_lines(), None);
        log.up(5);
        for _ in 0..3 {
            log.push(None, Logged::Told(Told::Notice(Notice::Finished)));
        }
        assert_eq!(log.shown().next_back().unwrap().id, 15);
        assert_eq!(log.new_lines(), Some(3));
        log.down(100);
        assert_eq!(log.new_lines(), None);
        assert_eq!(log.shown().next_back().unwrap().id, 23);
    }

    #[test]
    fn going_up_ends_at_the_oldest_that_is_kept() {
        let mut log = filled(KEPT + 7);
        log.up(usize::MAX);
        assert_eq!(log.shown().next_back().unwrap().id, 8);
        assert_eq!(log.lines().len(), KEPT);
    }
}
