//! Jumps that follow each other quickly, by a held key or a dragged bar: the first is told at
//! once, those after it as one, when they are over.

use super::App;
use super::link::Stage;
use super::told::{Notice, Person};
use crate::protocol::time::{LocalTime, Position, Span};

/// Jumps closer than this belong together (judgement: a held key repeats thirty times a
/// second, a person who looks where they are takes longer).
const TOGETHER: Span = Span::millis(1_000);

/// The jumps of one member that belong together.
#[derive(Debug, Clone)]
pub(super) struct Jumps {
    who: Person,
    /// When they are over, unless another follows.
    until: LocalTime,
    /// From where to where those led that were not told.
    untold: Option<(Position, Position)>,
}

/// Whether two places look different in words: in tenths of a second, as they are told at most.
const fn differ(from: Position, to: Position) -> bool {
    const TENTH: i64 = 100_000;
    from.0 / TENTH != to.0 / TENTH
}

impl App {
    /// A member jumped: tells it, or keeps it with the jumps it belongs to. One so short that
    /// it would be told from a place to itself is not told.
    pub(super) fn jumped(&mut self, who: Person, from: Position, to: Position) {
        let until = self.now.local + TOGETHER;
        if let Some(jumps) = self.jumps.as_mut().filter(|jumps| jumps.who == who) {
            let from = jumps.untold.map_or(from, |(from, _)| from);
            jumps.untold = Some((from, to));
            jumps.until = until;
            return;
        }
        self.tell_jumps();
        let is_told = differ(from, to);
        self.jumps = Some(Jumps {
            who: who.clone(),
            until,
            untold: (!is_told).then_some((from, to)),
        });
        if is_told {
            self.notice(Notice::Jumped { who, from, to });
        }
    }

    /// Tells what was kept of jumps that are over.
    pub(super) fn tell_jumps(&mut self) {
        if let Some(Jumps {
            who,
            untold: Some((from, to)),
            ..
        }) = self.jumps.take()
            && differ(from, to)
        {
            self.notice(Notice::Jumped { who, from, to });
        }
    }

    /// When jumps are over.
    pub(super) fn jumps_deadline(&self) -> Option<LocalTime> {
        self.jumps.as_ref().map(|jumps| jumps.until)
    }

    /// Tells jumps that are over by now.
    pub(super) fn jumps_due(&mut self) {
        let over = self
            .jumps_deadline()
            .is_some_and(|until| until <= self.now.local);
        if over && self.link.stage() != Stage::Closed {
            self.tell_jumps();
        }
    }
}
