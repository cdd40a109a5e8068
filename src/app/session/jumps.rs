//! Seeks that follow each other quickly, by a held key or a dragged bar: the first is reported at
//! once, the later ones as one when they are over.

use crate::app::output::{Jump, Notice, Person};
use crate::protocol::time::{LocalTime, Position, Span};

/// Jumps closer than this belong together (judgement: a held key repeats thirty times a
/// second, a person who looks where they are takes longer).
const TOGETHER: Span = Span::millis(1_000);

/// The jumps that belong together, if some do.
#[derive(Debug, Default)]
pub(super) struct Jumps {
    series: Option<Series>,
}

/// Jumps of one member.
#[derive(Debug)]
struct Series {
    who: Person,
    /// When they are over, unless another follows.
    until: LocalTime,
    /// All that were not reported, as one.
    unreported: Option<Jump>,
}

impl Jumps {
    /// A member sought. Returns what is reported now: this seek, unless it continues a series,
    /// preceded by what was held back of somebody else's series. A seek so short that both
    /// positions would look the same is not reported.
    pub(super) fn add(&mut self, jump: Jump, now: LocalTime) -> Vec<Notice> {
        let until = now + TOGETHER;
        if let Some(series) = self.series.as_mut().filter(|series| series.who == jump.who) {
            let before = series.unreported.take();
            let undoes = before.is_none() && jump.undoes;
            let from = before.map_or(jump.from, |before| before.from);
            series.unreported = Some(Jump {
                from,
                undoes,
                ..jump
            });
            series.until = until;
            return Vec::new();
        }
        let mut notices: Vec<Notice> = self.end().into_iter().collect();
        let is_reported = differ(jump.from, jump.to);
        self.series = Some(Series {
            who: jump.who.clone(),
            until,
            unreported: (!is_reported).then(|| jump.clone()),
        });
        if is_reported {
            notices.push(Notice::Jumped(jump));
        }
        notices
    }

    /// Ends what belongs together. Returns what was kept of it.
    pub(super) fn end(&mut self) -> Option<Notice> {
        let series = self.series.take()?;
        let jump = series
            .unreported
            .filter(|jump| differ(jump.from, jump.to))?;
        Some(Notice::Jumped(jump))
    }

    /// Ends what is over by now. Returns what was kept of it.
    pub(super) fn end_if_due(&mut self, now: LocalTime) -> Option<Notice> {
        self.next_deadline().filter(|until| *until <= now)?;
        self.end()
    }

    /// When they are over, unless another follows.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        self.series.as_ref().map(|series| series.until)
    }
}

/// Whether two positions look different as text, which shows tenths of a second at most.
const fn differ(from: Position, to: Position) -> bool {
    const TENTH: i64 = 100_000;
    from.0 / TENTH != to.0 / TENTH
}
