//! Distinguishes the member's own actions from the answers to our orders.
//!
//! A player reports every change alike, whoever caused it. What answers an order that is still
//! outstanding is ours; the rest is the member's. Orders that no report can answer any more are
//! forgotten, so that a lost one does not swallow an action for ever. What an action leads to is
//! [`super::follow`]'s business.

use std::collections::VecDeque;

use super::drift::Speed;
use super::player::{Basis, Sample};
use crate::protocol::time::{LocalTime, Position, Span};

/// A player that answers does so within a second; an order unanswered for two had no effect,
/// such as a pause ordered where it was paused already.
pub(super) const ANSWER_LIMIT: Span = Span::seconds(2);

/// The same for a seek that began: it may wait for its data for as long as that is asked for
/// below the player, which is two minutes; a little more, in case its end was never reported.
const SEEK_LIMIT: Span = Span::seconds(150);

/// Speeds closer than this are the same: mpv prints doubles with six digits.
const SAME_SPEED: f64 = 0.001;

/// Who caused a reported change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChangedBy {
    /// It answers an order of ours.
    Ours,
    /// It answers none: the member did it in the player's window.
    Member,
    /// The report repeats what was known, so there is nothing to answer.
    Nobody,
}

/// What came to its end with a restart of playback.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Arrived {
    /// A seek of ours, ordered then.
    Ours {
        /// When it was ordered.
        sent: LocalTime,
    },
    /// A seek of the member's, or one that the player made by itself.
    Member {
        /// When it began.
        began: LocalTime,
    },
    /// Something else, such as a stall's end.
    Nobody,
}

/// What was ordered of a player and not answered yet, and what it reported last.
#[derive(Debug, Clone, Default)]
pub(super) struct Echo {
    paused: Option<bool>,
    /// Whether it reported that it plays since the last load, which pauses it.
    plays: bool,
    pauses: VecDeque<(bool, LocalTime)>,
    seek: Option<SeekOrder>,
    member_seek: Option<LocalTime>,
    /// The picture that was read while a seek was on its way.
    frame: Option<Position>,
    speed: Option<Speed>,
    speeds: VecDeque<(f64, LocalTime)>,
}

/// A seek of ours on its way.
#[derive(Debug, Clone, Copy)]
struct SeekOrder {
    sent: LocalTime,
    began: bool,
}

impl Echo {
    /// Whether the player stands paused, counting orders on their way; `None` if unknown.
    #[must_use]
    pub(super) fn believed_paused(&self) -> Option<bool> {
        self.pauses
            .back()
            .map(|(paused, _)| *paused)
            .or(self.paused)
    }

    /// Whether the player says that it plays. What it was ordered to do counts once it says so.
    #[must_use]
    pub(super) const fn plays(&self) -> bool {
        self.plays
    }

    /// Notes that media is ordered, which is opened standing. Only a player that is not paused
    /// yet will say that it is.
    pub(super) fn order_load(&mut self, now: LocalTime) {
        let _ = self.order_pause(true, now);
        self.plays = false;
    }

    /// Whether a pause order is on its way.
    #[must_use]
    pub(super) fn pause_outstanding(&self) -> bool {
        !self.pauses.is_empty()
    }

    /// Notes an order to pause or play; `false` if there is no need to send it.
    #[must_use]
    pub(super) fn order_pause(&mut self, paused: bool, now: LocalTime) -> bool {
        if self.believed_paused() == Some(paused) {
            return false;
        }
        self.pauses.push_back((paused, now));
        true
    }

    /// The player reports its pause state.
    pub(super) fn paused(&mut self, paused: bool) -> ChangedBy {
        self.plays = !paused;
        let before = self.paused.replace(paused);
        if let Some(place) = self.pauses.iter().position(|(value, _)| *value == paused) {
            self.pauses.drain(..=place);
            return ChangedBy::Ours;
        }
        if before == Some(paused) {
            ChangedBy::Nobody
        } else {
            ChangedBy::Member
        }
    }

    /// Notes that a seek is ordered.
    pub(super) fn order_seek(&mut self, now: LocalTime) {
        self.member_seek = None;
        self.frame = None;
        self.seek = Some(SeekOrder {
            sent: now,
            began: false,
        });
    }

    /// Whether a seek, ours or the member's, is on its way.
    #[must_use]
    pub(super) const fn is_seeking(&self) -> bool {
        self.seek.is_some() || self.member_seek.is_some()
    }

    /// The player reports that a seek began. The last one to begin is the one that counts.
    pub(super) fn seek_began(&mut self, now: LocalTime) -> ChangedBy {
        self.frame = None;
        match &mut self.seek {
            Some(seek) if !seek.began => {
                seek.began = true;
                ChangedBy::Ours
            }
            _ => {
                self.seek = None;
                self.member_seek = Some(now);
                ChangedBy::Member
            }
        }
    }

    /// The player reports that it stands or runs at a new place.
    pub(super) fn on_restarted(&mut self) -> Arrived {
        if let Some(began) = self.member_seek.take() {
            self.seek = None;
            return Arrived::Member { began };
        }
        // One that has not begun is still to come: this is the end of something before it.
        self.seek
            .take_if(|seek| seek.began)
            .map_or(Arrived::Nobody, |seek| Arrived::Ours { sent: seek.sent })
    }

    /// When the seek that is on its way was ordered or began, ours or the member's.
    #[must_use]
    pub(super) fn seeking_since(&self) -> Option<LocalTime> {
        self.seek.map(|seek| seek.sent).or(self.member_seek)
    }

    /// Whether a seek is on its way for so long that this reading must come after it: the
    /// report of its end was lost. While mpv seeks there is no sound to be read, and the
    /// picture's time rests on the seek's target (0.35.1).
    pub(super) fn seek_ended_unreported(&mut self, sample: &Sample) -> bool {
        let Some(since) = self.seeking_since() else {
            return false;
        };
        let moved = match sample.basis {
            Basis::Audio => true,
            Basis::Frame => self
                .frame
                .replace(sample.position)
                .is_some_and(|before| sample.position > before),
        };
        moved && sample.at - since > ANSWER_LIMIT
    }

    /// Notes an order for a speed; `false` if there is no need to send it.
    #[must_use]
    pub(super) fn order_speed(&mut self, speed: Speed, now: LocalTime) -> bool {
        if self
            .speed
            .is_some_and(|ordered| !speed.is_worth_ordering(&ordered))
        {
            return false;
        }
        self.speed = Some(speed);
        self.speeds.push_back((speed.factor, now));
        true
    }

    /// The speed that was last ordered.
    #[must_use]
    pub(super) fn ordered_speed(&self) -> f64 {
        self.speed.map_or(1.0, |speed| speed.factor)
    }

    /// The player runs at another speed than the ordered one: the next order is sent.
    pub(super) fn distrust_speed(&mut self) {
        self.speed = None;
    }

    /// The player reports its speed.
    pub(super) fn speed(&mut self, speed: f64) -> ChangedBy {
        let same = |other: f64| (speed - other).abs() < SAME_SPEED;
        if let Some(place) = self.speeds.iter().position(|(factor, _)| same(*factor)) {
            self.speeds.drain(..=place);
            ChangedBy::Ours
        } else if same(self.ordered_speed()) {
            ChangedBy::Nobody
        } else {
            ChangedBy::Member
        }
    }

    /// Forgets the orders that will not be answered any more.
    pub(super) fn expire(&mut self, now: LocalTime) {
        while let Some((paused, _)) = self.pauses.front().filter(|(_, sent)| late(*sent, now)) {
            self.paused.get_or_insert(*paused);
            self.pauses.pop_front();
        }
        while self
            .speeds
            .front()
            .is_some_and(|(_, sent)| late(*sent, now))
        {
            self.speeds.pop_front();
        }
        if self.seek.is_some_and(|seek| seek.limit() <= now) {
            self.seek = None;
        }
        if self.member_seek.is_some_and(|at| at + SEEK_LIMIT <= now) {
            self.member_seek = None;
        }
    }

    /// When [`Echo::expire`] has something to forget.
    #[must_use]
    pub(super) fn next_expiry(&self) -> Option<LocalTime> {
        let orders = self.pauses.front().map(|(_, sent)| *sent);
        let speeds = self.speeds.front().map(|(_, sent)| *sent);
        orders
            .into_iter()
            .chain(speeds)
            .map(|sent| sent + ANSWER_LIMIT)
            .chain(self.seek.map(|seek| seek.limit()))
            .chain(self.member_seek.map(|at| at + SEEK_LIMIT))
            .min()
    }

    /// The player was frozen and answers again: it gets the usual time for what is on its way.
    pub(super) fn renew(&mut self, now: LocalTime) {
        for (_, sent) in &mut self.pauses {
            *sent = now;
        }
        for (_, sent) in &mut self.speeds {
            *sent = now;
        }
        if let Some(seek) = &mut self.seek {
            seek.sent = now;
        }
    }

    /// New media is ordered: the seeks and restarts of a load belong to nobody.
    pub(super) fn forget_seeks(&mut self) {
        self.seek = None;
        self.member_seek = None;
    }
}

impl SeekOrder {
    /// Until when an answer is waited for.
    fn limit(&self) -> LocalTime {
        self.sent + if self.began { SEEK_LIMIT } else { ANSWER_LIMIT }
    }
}

/// Whether an order will not be answered any more.
fn late(sent: LocalTime, now: LocalTime) -> bool {
    sent + ANSWER_LIMIT <= now
}

#[cfg(test)]
#[path = "echo_tests.rs"]
mod tests;
