//! What one player has reported about the media. A player may correct itself, but corrections are
//! rate-limited so that they do not keep every client busy.

use serde::{Deserialize, Serialize};

use crate::protocol::text::Title;
use crate::protocol::time::{RoomTime, Span};

/// Lengths that differ by no more count as the same (judgement: containers round, and copies of one
/// film differ by some frames).
pub(super) const SAME_LENGTH: Span = Span::seconds(1);

/// What a player reports about the media.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MediaFacts {
    /// The length, once it no longer changes.
    pub(super) duration: Option<Span>,
    pub(super) title: Option<Title>,
    /// Whether it has no length and cannot be sought in.
    pub(super) live: bool,
    /// Where its own timestamps begin, if it consists of parts. For live media: the wall time of
    /// the room's position zero.
    pub(super) begins: Option<Span>,
}

impl MediaFacts {
    /// Merges later facts into these. A player that reopens the media does not know at first what
    /// it knew before.
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
            // Live media has a new origin once its list has dropped what was shown.
            begins: if later.live {
                later.begins.or(self.begins)
            } else {
                self.begins.or(later.begins)
            },
        }
    }
}

/// The time of a report, and how close the end is.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReportTime {
    pub(super) now: RoomTime,
    /// The length of the media, if it is reached before the next correction would be accepted.
    pub(super) end_is_near: Option<Span>,
}

/// The accepted facts of one player about the media.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PlayerFacts {
    /// The facts accepted so far.
    pub(super) facts: MediaFacts,
    /// When the player was first known to have the media open.
    pub(super) since: RoomTime,
    /// Whether the member was an admin at the time of a report.
    pub(super) by_admin: bool,
    /// The newest correction, until it is accepted.
    waiting: Option<MediaFacts>,
    corrections: CorrectionBudget,
}

impl PlayerFacts {
    /// The first report of a player.
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

    /// Drops a length that is not beyond this one.
    pub(super) fn drop_lengths_up_to(&mut self, length: Span) {
        let known = [Some(&mut self.facts), self.waiting.as_mut()];
        for facts in known.into_iter().flatten() {
            facts.duration = facts.duration.filter(|known| *known > length);
        }
    }

    /// Records a later report. It is accepted at once or when the budget allows; only the newest
    /// one is kept. An identical report changes nothing.
    pub(super) fn correct(&mut self, facts: MediaFacts, when: ReportTime) {
        let corrected = self.facts.with(facts);
        self.waiting = (corrected != self.facts).then_some(corrected);
        self.accept_pending(when);
    }

    /// Accepts the pending correction if the budget allows it, or if it is longer and the media
    /// would end before its turn.
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

    /// When the pending correction will be accepted.
    pub(super) fn pending_due(&self) -> Option<RoomTime> {
        self.waiting.is_some().then(|| self.corrections.next())
    }
}

/// A token bucket for the corrections of one player. A file that is still being written grows all
/// the time, so the total is not limited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CorrectionBudget {
    left: u8,
    /// When the bucket last gained or lost a token.
    since: RoomTime,
}

impl CorrectionBudget {
    /// How many corrections are accepted at once (judgement: a length may come late, and change
    /// once when the file was still being written).
    const BURST: u8 = 3;

    /// How long until one more is accepted (judgement: often enough for media that grows while it
    /// is watched, and little work for everybody else).
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
