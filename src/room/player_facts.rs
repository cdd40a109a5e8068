//! What one player has told of a video, and what of it counts: a player may correct itself,
//! but not so fast that everybody else is kept busy.

use crate::protocol::text::Title;
use crate::protocol::time::{RoomTime, Span};

/// Lengths that differ by no more are one: containers round.
pub(super) const SAME_LENGTH: Span = Span::seconds(1);

/// What a player tells of a video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MediaFacts {
    /// Its length, once that rests.
    pub(super) duration: Option<Span>,
    /// Its title.
    pub(super) title: Option<Title>,
    /// Whether it has neither a length nor can be sought in.
    pub(super) live: bool,
    /// Where its own time stamps begin, if it is made of parts; of a live one the wall time of
    /// the room's position zero.
    pub(super) begins: Option<Span>,
}

impl MediaFacts {
    /// These facts, with what is new in later ones. A player that opens the video again does
    /// not know at first what it knew before.
    fn with(&self, later: Self) -> Self {
        let other_length = match (self.duration, later.duration) {
            (Some(earlier), Some(later)) => (later - earlier).abs() > SAME_LENGTH,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        let duration = if other_length {
            later.duration
        } else {
            self.duration
        };
        Self {
            duration,
            title: self.title.clone().or(later.title),
            live: later.live && duration.is_none(),
            // What is live goes on elsewhere once its list has lost what was shown.
            begins: if later.live {
                later.begins.or(self.begins)
            } else {
                self.begins.or(later.begins)
            },
        }
    }
}

/// When a player tells something.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReportTime {
    /// Room time.
    pub(super) now: RoomTime,
    /// The known end of the film, if it comes before the next correction would count.
    pub(super) end_is_near: Option<Span>,
}

/// What counts of all that one player has told of a video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlayerFacts {
    /// What it is.
    pub(super) facts: MediaFacts,
    /// Since when its player has it open.
    pub(super) since: RoomTime,
    /// Whether its member was an admin when they told.
    pub(super) by_admin: bool,
    /// The newest correction, until it counts.
    waiting: Option<MediaFacts>,
    corrections: CorrectionBudget,
}

impl PlayerFacts {
    /// The first that a player tells.
    pub(super) fn first(facts: MediaFacts, by_admin: bool, now: RoomTime) -> Self {
        Self {
            facts,
            since: now,
            by_admin,
            waiting: None,
            corrections: CorrectionBudget {
                left: CorrectionBudget::BURST,
                since: now,
            },
        }
    }

    /// Forgets a length that is not beyond this one.
    pub(super) fn drop_lengths_up_to(&mut self, length: Span) {
        let known = [Some(&mut self.facts), self.waiting.as_mut()];
        for facts in known.into_iter().flatten() {
            facts.duration = facts.duration.filter(|told| *told > length);
        }
    }

    /// Takes in what is told later. It counts at once or in its turn, the newest alone. To tell
    /// the same again changes nothing.
    pub(super) fn correct(&mut self, facts: MediaFacts, when: ReportTime) {
        let corrected = self.facts.with(facts);
        self.waiting = (corrected != self.facts).then_some(corrected);
        self.accept_pending(when);
    }

    /// Lets the newest correction count, if its turn has come, or if the film would end before
    /// that though it is longer.
    pub(super) fn accept_pending(&mut self, when: ReportTime) {
        let Some(waiting) = &self.waiting else {
            return;
        };
        let longer = |end| waiting.duration.is_some_and(|length| length > end);
        let urgent = when.end_is_near.is_some_and(longer);
        if (urgent || self.corrections.take(when.now))
            && let Some(corrected) = self.waiting.take()
        {
            self.facts = corrected;
        }
    }

    /// When the newest correction counts, if one waits.
    pub(super) fn pending_due(&self) -> Option<RoomTime> {
        self.waiting.is_some().then(|| self.corrections.next())
    }
}

/// How many corrections of one player count now. A file that is still being written gets
/// longer all the time, so there is no limit to all of them together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CorrectionBudget {
    left: u8,
    /// Since when they have been this many.
    since: RoomTime,
}

impl CorrectionBudget {
    /// How many count at once (judgement: a length may come late, and change once when the
    /// file was still being written).
    const BURST: u8 = 3;

    /// After how long one more counts (judgement: often enough for a film that grows as it is
    /// watched, and little for everybody else to take in).
    pub(super) const REFILL: Span = Span::seconds(10);

    fn take(&mut self, now: RoomTime) -> bool {
        while self.left < Self::BURST && self.next() <= now {
            self.left += 1;
            self.since = self.next();
        }
        if self.left == Self::BURST {
            self.since = now;
        }
        let counts = self.left > 0;
        self.left = self.left.saturating_sub(1);
        counts
    }

    fn next(&self) -> RoomTime {
        self.since + Self::REFILL
    }
}
