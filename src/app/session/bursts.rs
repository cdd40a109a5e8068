//! Seeks and changes of the rate that follow each other quickly, by a held key or a dragged bar: the
//! first is reported at once, the later ones as one when they are over.

use std::mem::discriminant;

use crate::app::output::{Jump, Notice, Person};
use crate::protocol::time::{LocalTime, Position, Rate, Span};

/// Changes closer than this belong together (judgement: a held key repeats thirty times a
/// second, a person who looks where they are takes longer).
const TOGETHER: Span = Span::millis(1_000);

/// A change that a held key makes again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Repeatable {
    /// A seek.
    Seek(Jump),
    /// A change of the rate.
    Rate {
        /// The member who changed it.
        who: Person,
        /// The new rate.
        rate: Rate,
    },
}

impl Repeatable {
    const fn who(&self) -> &Person {
        match self {
            Self::Seek(Jump { who, .. }) | Self::Rate { who, .. } => who,
        }
    }

    /// Whether it is of the same kind and by the same member.
    fn continues(&self, earlier: &Self) -> bool {
        discriminant(self) == discriminant(earlier) && self.who() == earlier.who()
    }

    /// It and what was held back before it, as one change.
    fn with(self, held_back: Option<Self>) -> Self {
        match (held_back, self) {
            (Some(Self::Seek(first)), Self::Seek(jump)) => Self::Seek(Jump {
                from: first.from,
                undoes: false,
                ..jump
            }),
            (_, latest) => latest,
        }
    }

    /// Whether it tells something new after what was reported. A seek whose positions look the same
    /// does not, nor does a rate that is the reported one again.
    fn is_news(&self, reported: Option<&Self>) -> bool {
        match self {
            Self::Seek(jump) => differ(jump.from, jump.to),
            Self::Rate { .. } => reported != Some(self),
        }
    }

    fn into_notice(self) -> Notice {
        match self {
            Self::Seek(jump) => Notice::Jumped(jump),
            Self::Rate { who, rate } => Notice::RateChanged { who, rate },
        }
    }
}

/// The changes that belong together, if some do.
#[derive(Debug, Default)]
pub(super) struct Bursts {
    current: Option<Burst>,
}

/// Changes of one kind by one member.
#[derive(Debug)]
struct Burst {
    first: Repeatable,
    /// When they are over, unless another follows.
    until: LocalTime,
    /// All that were not reported, as one.
    held_back: Option<Repeatable>,
}

impl Bursts {
    /// A member changed something. Returns what is reported now: this change, unless it continues a
    /// burst, preceded by what was held back of another burst.
    pub(super) fn add(&mut self, change: Repeatable, now: LocalTime) -> Vec<Notice> {
        let until = now + TOGETHER;
        let current = self.current.as_mut();
        if let Some(burst) = current.filter(|burst| change.continues(&burst.first)) {
            burst.held_back = Some(change.with(burst.held_back.take()));
            burst.until = until;
            return Vec::new();
        }
        let mut notices: Vec<Notice> = self.end().into_iter().collect();
        let is_reported = change.is_news(None);
        self.current = Some(Burst {
            first: change.clone(),
            until,
            held_back: (!is_reported).then(|| change.clone()),
        });
        if is_reported {
            notices.push(change.into_notice());
        }
        notices
    }

    /// Ends what belongs together. Returns what was held back of it.
    pub(super) fn end(&mut self) -> Option<Notice> {
        let burst = self.current.take()?;
        let held_back = burst.held_back?;
        let is_news = held_back.is_news(Some(&burst.first));
        is_news.then(|| held_back.into_notice())
    }

    /// Ends what is over by now. Returns what was held back of it.
    pub(super) fn end_if_due(&mut self, now: LocalTime) -> Option<Notice> {
        self.next_deadline().filter(|until| *until <= now)?;
        self.end()
    }

    /// When they are over, unless another follows.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        self.current.as_ref().map(|burst| burst.until)
    }
}

/// Whether two positions look different as text, which shows tenths of a second at most.
const fn differ(from: Position, to: Position) -> bool {
    const TENTH: i64 = 100_000;
    from.0 / TENTH != to.0 / TENTH
}
