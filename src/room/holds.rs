//! The waits for slow viewers that are over: what they count on the budgets that bound them.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::protocol::ids::MemberId;
use crate::protocol::playback::Hold;
use crate::protocol::time::{RoomTime, Span};

/// The most holds that are kept: with what each counts at least, twice what a room waits in one
/// video.
const KEPT: usize = 100;

/// The least that a hold counts (judgement: a film that stands fifteen times in five minutes is
/// no pleasure, however short each time).
const LEAST: Span = Span::seconds(2);

/// A hold that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastHold {
    /// For whom the room waited.
    pub member: MemberId,
    /// From when.
    pub since: RoomTime,
    /// For how long it counts.
    pub length: Span,
}

/// The holds of the video that is on and of the last minutes, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Holds(VecDeque<PastHold>);

impl Holds {
    /// How long a hold counts against the budget of the last minutes.
    pub const WINDOW: Span = Span::seconds(300);

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// What a hold of this length counts: each is a start that everyone waits for.
    #[must_use]
    pub fn booked(length: Span) -> Span {
        length.max(LEAST)
    }

    /// Books a hold that is over, and after which the film stood until then.
    pub(super) fn book(&mut self, hold: Hold, stood_until: RoomTime) {
        self.0.push_back(PastHold {
            member: hold.member,
            since: hold.since,
            length: Self::booked(stood_until - hold.since),
        });
        let surplus = self.0.len().saturating_sub(KEPT);
        self.0.drain(..surplus);
    }

    /// Forgets those that count on no budget at `now`, in a video that came on at `video`.
    pub(super) fn forget_old(&mut self, video: RoomTime, now: RoomTime) {
        self.0
            .retain(|hold| hold.since >= video || hold.since + hold.length > now - Self::WINDOW);
    }

    /// For how long the room has waited since a time: every hold that reaches beyond it counts
    /// whole.
    #[must_use]
    pub fn reaching(&self, time: RoomTime) -> Span {
        sum(self.0.iter().filter(|hold| hold.since + hold.length > time))
    }

    /// For how long the room has waited in the holds that began at a time or later.
    #[must_use]
    pub fn begun_since(&self, time: RoomTime) -> Span {
        sum(self.0.iter().filter(|hold| hold.since >= time))
    }

    /// The waits for one member that began at a time or later, oldest first.
    pub fn of(&self, member: MemberId, since: RoomTime) -> impl Iterator<Item = &PastHold> {
        let of_member = self.0.iter().filter(move |hold| hold.member == member);
        of_member.filter(move |hold| hold.since >= since)
    }
}

fn sum<'a>(holds: impl Iterator<Item = &'a PastHold>) -> Span {
    holds.fold(Span::ZERO, |sum, hold| sum + hold.length)
}

#[cfg(test)]
mod tests {
    use super::Holds;
    use crate::protocol::ids::MemberId;
    use crate::protocol::playback::Hold;
    use crate::protocol::time::{RoomTime, Span};

    const fn at(seconds: i64) -> RoomTime {
        RoomTime(seconds * 1_000_000)
    }

    /// Holds of ten seconds that began then.
    fn holds(begun: &[i64]) -> Holds {
        let mut holds = Holds::default();
        for since in begun {
            let hold = Hold {
                member: MemberId(2),
                since: at(*since),
                until: at(since + 10),
            };
            holds.book(hold, hold.until);
        }
        holds
    }

    #[test]
    fn one_that_reaches_beyond_a_time_counts_whole_and_one_that_does_not_not_at_all() {
        let holds = holds(&[100, 200]);
        let reaching = [(99, 20), (109, 20), (110, 10), (209, 10), (210, 0)];
        for (time, counts) in reaching {
            assert_eq!(holds.reaching(at(time)), Span::seconds(counts), "{time}");
        }
        let begun = [(100, 20), (101, 10), (200, 10), (201, 0)];
        for (time, counts) in begun {
            assert_eq!(holds.begun_since(at(time)), Span::seconds(counts), "{time}");
        }
    }

    #[test]
    fn those_of_the_video_and_of_the_last_minutes_are_kept() {
        let kept = |video, now| {
            let mut holds = holds(&[100, 200]);
            holds.forget_old(at(video), at(now));
            holds.len()
        };
        let rows = [
            // Of the video that is on, however long ago.
            (100, 9_000, 2),
            (150, 9_000, 1),
            (300, 9_000, 0),
            // Of an earlier one: five minutes from their end.
            (300, 409, 2),
            (300, 410, 1),
            (300, 510, 0),
        ];
        for (video, now, left) in rows {
            assert_eq!(kept(video, now), left, "{video} {now}");
        }
    }
}
