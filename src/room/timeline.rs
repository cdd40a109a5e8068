//! The playing media, its position as a function of time, and what stops it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::protocol::ids::{EntryId, Epoch, MemberId};
use crate::protocol::playback::{
    Hold, Playing, Retime, Segment, Standstill, StandstillCause, StandstillPhase,
};
use crate::protocol::time::{Position, RoomTime, Span};

/// The room's one playback position, as a function of room time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Timeline {
    /// The number of the current media: one more with each load, 0 before the first.
    pub epoch: Epoch,
    /// The media; `None` in a room where nothing was loaded yet.
    pub playing: Option<Playing>,
    /// The queue entry that the media came from, if it came from the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// Position, rate and pause since the last change.
    pub segment: Segment,
    /// The slow viewer that the room waits for. Playback is stopped meanwhile, but still wanted.
    pub hold: Option<Hold>,
    /// Whether the media has ended and stays on its last frame.
    pub finished: bool,
    /// The segment until the current one's start, if the media keeps moving until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Segment>,
    /// Members whose players new media waits for, at most until the segment's start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gate: Vec<MemberId>,
    /// Why no player plays the media, if none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standstill: Option<Standstill>,
    /// Members who came before this time count as present from the start: the time when the media
    /// was loaded, or a while after a server reopened the room.
    #[serde(default)]
    pub since: RoomTime,
    /// Since when players are asked to play the media: it was loaded, a server reopened the room,
    /// or an admin had it tried again. A player that failed earlier may try again for
    /// [`Timeline::RETRY_LIMIT`].
    #[serde(default, rename = "asked")]
    pub retry_since: RoomTime,
    /// Whether a countdown is shown before the segment's start.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub countdown: bool,
}

/// How a timeline changes to another segment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Retiming {
    /// Whether the media keeps moving until the new start.
    pub(super) keep_moving: bool,
    /// Whether a countdown precedes the start.
    pub(super) countdown: bool,
}

impl Timeline {
    /// How long players may try to play media that nobody plays before they count as failed
    /// (judgement: longer than a server takes to restart, and a longer wait empties rooms).
    pub const RETRY_LIMIT: Span = Span::seconds(60);

    /// A member who returns this soon after a room was reopened counts as present before, as far as
    /// a server can know (judgement: three times the longest pause between two attempts to
    /// connect).
    const RETURN_WITHIN: Span = Span::seconds(60);

    /// What is known of the media, if it came from this entry of the queue.
    pub(super) fn playing_of(&mut self, entry: EntryId) -> Option<&mut Playing> {
        let is_it = self.entry == Some(entry);
        self.playing.as_mut().filter(|_| is_it)
    }

    /// The position at a room time, never beyond the known end.
    #[must_use]
    pub fn position(&self, at: RoomTime) -> Position {
        let segment = self.segment_at(at);
        let moved = if self.is_stopped() {
            self.segment.anchor
        } else {
            let ran = (at - segment.start).max(Span::ZERO);
            segment.anchor + segment.rate.over(ran)
        };
        moved.clamped(self.playing.as_ref().and_then(|playing| playing.duration))
    }

    /// The segment that applies at a room time: the earlier one until the start, if the media keeps
    /// moving until then.
    #[must_use]
    pub fn segment_at(&self, at: RoomTime) -> Segment {
        match self.before {
            Some(before) if at < self.segment.start => before,
            _ => self.segment,
        }
    }

    /// Whether the position does not move: nothing is loaded, it is paused, held, at a standstill
    /// or finished.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        let waits = self.segment.paused || self.hold.is_some();
        self.playing.is_none() || waits || self.finished || self.standstill.is_some()
    }

    /// Whether playback is stopped until a player has data: the room waits for one member, or
    /// nobody plays the media and some still try.
    #[must_use]
    pub fn waits_for_data(&self) -> bool {
        let tries = self.standstill.is_some() && !self.is_given_up();
        self.hold.is_some() || (tries && !self.segment.paused)
    }

    /// Whether nobody plays the media and nobody tries any more.
    #[must_use]
    pub fn is_given_up(&self) -> bool {
        self.given_up().is_some()
    }

    /// The standstill, if nobody tries any more.
    #[must_use]
    pub fn given_up(&self) -> Option<Standstill> {
        let certain = |known: &Standstill| known.phase == StandstillPhase::Certain;
        self.standstill.filter(certain)
    }

    /// When the wait for the players of new media ends, if there is one.
    #[must_use]
    pub fn gate_ends_at(&self) -> Option<RoomTime> {
        let waits = !self.gate.is_empty() && !self.is_stopped();
        waits.then_some(self.segment.start)
    }

    /// Whether playback is stopped until a scheduled start, because players have to get ready or a
    /// countdown runs.
    #[must_use]
    pub fn awaits_start(&self, at: RoomTime) -> bool {
        let awaited = self.countdown || !self.gate.is_empty();
        awaited && !self.is_stopped() && at < self.segment.start
    }

    /// Changes to another segment. The wait for players continues if the start is the same; the old
    /// movement continues until the new start if `how` says so.
    pub(super) fn retime(&mut self, segment: Segment, at: RoomTime, how: Retiming) {
        let same_start = !segment.paused && segment.start == self.segment.start;
        if !same_start {
            self.gate.clear();
        }
        self.countdown = how.countdown || (same_start && self.countdown);
        let goes_on = how.keep_moving && !self.is_stopped() && !segment.paused && !same_start;
        self.before = goes_on.then(|| self.segment_at(at));
        self.segment = segment;
        self.finished = false;
    }

    /// Updates the standstill after media that nobody plays was moved. A seek or a pause changes
    /// only its position and keeps its deadline; but players at the end of their copies have what
    /// lies before it, so a seek ends that standstill. Resuming lets the players that failed try
    /// again.
    pub(super) fn move_standstill(&mut self, retime: Retime) {
        let Some(mut standstill) = self.standstill else {
            return;
        };
        standstill.position = self.segment.anchor;
        let ended = standstill.cause == StandstillCause::Ended;
        self.standstill = match retime {
            Retime::RateChanged | Retime::Paused => Some(standstill),
            _ if ended => None,
            Retime::Sought { .. } => Some(standstill),
            Retime::Resumed | Retime::Emptied | Retime::Started { .. } => {
                self.retry_since = self.segment.start;
                Some(Standstill {
                    phase: StandstillPhase::Doubtful,
                    until: self.retry_since + Self::RETRY_LIMIT,
                    ..standstill
                })
            }
        };
    }

    /// The room was reopened: members who return soon count as present before, and a standstill in
    /// which players still tried is forgotten.
    pub(super) fn reopened(&mut self, at: RoomTime) {
        self.since = at + Self::RETURN_WITHIN;
        self.retry_since = at;
        if !self.is_given_up() {
            self.standstill = None;
        }
    }

    /// Drops everything that delays the segment's start.
    pub(super) fn cancel_start(&mut self) {
        self.before = None;
        self.gate.clear();
        self.countdown = false;
    }

    /// Whether the media would play if the room waited for nobody.
    #[must_use]
    pub fn wants_playing(&self) -> bool {
        !self.is_idle() && !self.segment.paused
    }

    /// Whether newly added media would start at once.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.playing.is_none() || self.finished
    }

    /// The segment that plays from the position at `at`, starting at `start`.
    #[must_use]
    pub fn resumed_at(&self, at: RoomTime, start: RoomTime) -> Segment {
        Segment {
            anchor: self.position(at),
            start,
            ..self.segment
        }
    }

    /// The segment that is paused at the position at `at`.
    #[must_use]
    pub fn paused_at(&self, at: RoomTime) -> Segment {
        Segment {
            anchor: self.position(at),
            start: at,
            paused: true,
            ..self.segment
        }
    }

    /// When the media reaches its end, if it moves and its length is known.
    #[must_use]
    pub fn ends_at(&self) -> Option<RoomTime> {
        if self.is_stopped() {
            return None;
        }
        let duration = self.playing.as_ref()?.duration?;
        let left = Position(duration.0) - self.segment.anchor;
        Some(self.segment.start + self.segment.rate.time_for(left))
    }
}

#[cfg(test)]
mod tests {
    use super::Timeline;
    use crate::protocol::ids::MemberId;
    use crate::protocol::playback::{Hold, Playing, Segment};
    use crate::protocol::time::{Position, Rate, RoomTime, Span};
    use crate::test_support::playing;

    /// Media of this many seconds that plays from its beginning at room time 100 s.
    fn running(seconds: i64) -> Timeline {
        Timeline {
            playing: Some(Playing {
                duration: Some(Span::seconds(seconds)),
                ..playing("https://example.org/a.mp4")
            }),
            segment: Segment {
                start: RoomTime(100_000_000),
                ..Segment::default()
            },
            ..Timeline::default()
        }
    }

    #[test]
    fn players_stand_at_the_anchor_before_the_start() {
        let timeline = running(60);
        assert_eq!(timeline.position(RoomTime(99_000_000)), Position::START);
        assert_eq!(
            timeline.position(RoomTime(103_000_000)),
            Position::seconds(3)
        );
    }

    #[test]
    fn the_end_is_never_passed() {
        let mut timeline = running(60);
        timeline.segment.rate = Rate::from_factor(2.0).unwrap();
        assert_eq!(timeline.ends_at(), Some(RoomTime(130_000_000)));
        assert_eq!(
            timeline.position(RoomTime(900_000_000)),
            Position::seconds(60)
        );
    }

    #[test]
    fn held_media_stands_but_still_wants_to_play() {
        let mut timeline = running(60);
        timeline.segment.anchor = Position::seconds(7);
        timeline.hold = Some(Hold {
            member: MemberId(2),
            since: RoomTime(0),
            until: RoomTime(1),
        });
        assert_eq!(
            timeline.position(RoomTime(900_000_000)),
            Position::seconds(7)
        );
        assert_eq!(timeline.ends_at(), None);
        assert!(!timeline.segment.paused);
    }
}
