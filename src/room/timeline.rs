//! How time runs in the film: one medium, one segment, perhaps a hold.

use serde::{Deserialize, Serialize};

use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::playback::{
    Hold, Playing, Retime, Segment, Standstill, StandstillCause, StandstillPhase,
};
use crate::protocol::time::{Position, RoomTime, Span};

/// The room's one position, as a function of room time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Timeline {
    /// Which video of the room this is.
    pub epoch: Epoch,
    /// What plays, if anything.
    pub playing: Option<Playing>,
    /// How time runs in it.
    pub segment: Segment,
    /// Whom the room waits for; time stands meanwhile and the intent to play stays.
    pub hold: Option<Hold>,
    /// Whether the video came to its end and stays on its last frame.
    pub finished: bool,
    /// How time runs until the segment's start, where the film goes on evenly from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Segment>,
    /// Whose players a new video waits for, at most until the segment's start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gate: Vec<MemberId>,
    /// Why nobody plays the video, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standstill: Option<Standstill>,
    /// Members who were here by then count as present since the video came on: when it did, or
    /// a while after a server opened the room anew and they could come back.
    #[serde(default)]
    pub since: RoomTime,
    /// Since when players are asked to play the video: it came on then, a server opened the room
    /// anew, or an admin had it tried again when nobody could play it. Who told before that they
    /// cannot has a while to try again.
    #[serde(default)]
    pub asked: RoomTime,
    /// Whether the last seconds before the segment's start are counted on every screen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub countdown: bool,
}

/// In what way a timeline takes another segment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Retiming {
    /// Whether the film goes on up to the new start as it did.
    pub(super) evenly: bool,
    /// Whether the start is counted down to.
    pub(super) countdown: bool,
}

impl Timeline {
    /// How long players may try to play a video that nobody plays before they count as failed
    /// (judgement: longer than a server takes to start again, and waiting any longer empties
    /// rooms).
    pub const TRIES_FOR: Span = Span::seconds(60);

    /// Who comes back so soon after a room was opened anew was there before, as far as a server
    /// can know (judgement: three times the longest pause between two tries to connect).
    const RETURN_WITHIN: Span = Span::seconds(60);

    /// Where the film is at a room time; never beyond its known end.
    #[must_use]
    pub fn position(&self, at: RoomTime) -> Position {
        let segment = self.running(at);
        let moved = if self.is_stopped() {
            self.segment.anchor
        } else {
            let ran = (at - segment.start).max(Span::ZERO);
            segment.anchor + segment.rate.over(ran)
        };
        moved.clamped(self.playing.as_ref().and_then(|playing| playing.duration))
    }

    /// The segment that holds at a room time: the one before, until the start of one that
    /// goes on evenly from it.
    #[must_use]
    pub fn running(&self, at: RoomTime) -> Segment {
        match self.before {
            Some(before) if at < self.segment.start => before,
            _ => self.segment,
        }
    }

    /// Whether time stands: nothing plays, it is paused or held, nobody plays it, or it is over.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        let waits = self.segment.paused || self.hold.is_some();
        self.playing.is_none() || waits || self.finished || self.standstill.is_some()
    }

    /// Whether it stands until a player has data: the room waits for one member, or nobody plays
    /// the video and some still try.
    #[must_use]
    pub fn waits_for_data(&self) -> bool {
        let tries = self.standstill.is_some() && !self.is_given_up();
        self.hold.is_some() || (tries && !self.segment.paused)
    }

    /// Whether it stands since nobody plays it and nobody tries any more.
    #[must_use]
    pub fn is_given_up(&self) -> bool {
        self.given_up().is_some()
    }

    /// Why it stands, if nobody plays it and nobody tries any more.
    #[must_use]
    pub fn given_up(&self) -> Option<Standstill> {
        let certain = |known: &Standstill| known.phase == StandstillPhase::Certain;
        self.standstill.filter(certain)
    }

    /// When the wait for the players of a new video ends, if there is one.
    #[must_use]
    pub fn gate_ends_at(&self) -> Option<RoomTime> {
        let waits = !self.gate.is_empty() && !self.is_stopped();
        waits.then_some(self.segment.start)
    }

    /// Whether the film stands until a start that everyone waits for: players have to be
    /// ready, or it is counted down to.
    #[must_use]
    pub fn awaits_start(&self, at: RoomTime) -> bool {
        let awaited = self.countdown || !self.gate.is_empty();
        awaited && !self.is_stopped() && at < self.segment.start
    }

    /// Takes another segment. The wait for players goes on if its start is the same, and the
    /// old movement up to the new start if the film is to go on evenly.
    pub(super) fn retime(&mut self, segment: Segment, at: RoomTime, how: Retiming) {
        let same_start = !segment.paused && segment.start == self.segment.start;
        if !same_start {
            self.gate.clear();
        }
        self.countdown = how.countdown || (same_start && self.countdown);
        let goes_on = how.evenly && !self.is_stopped() && !segment.paused && !same_start;
        self.before = goes_on.then(|| self.running(at));
        self.segment = segment;
        self.finished = false;
    }

    /// A video that nobody plays was moved, and takes the place at which it stands. A jump and
    /// a pause change nothing else, so that what was announced still comes; but players at the
    /// end of their copies have what lies before it. To play on lets the players that failed
    /// try again.
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
            Retime::Resumed | Retime::Emptied => {
                self.asked = self.segment.start;
                Some(Standstill {
                    phase: StandstillPhase::Doubtful,
                    until: self.asked + Self::TRIES_FOR,
                    ..standstill
                })
            }
        };
    }

    /// The room was opened anew at this time: who comes back soon was here before, and who
    /// still tried to play a video that nobody played is not known any more.
    pub(super) fn reopened(&mut self, at: RoomTime) {
        self.since = at + Self::RETURN_WITHIN;
        self.asked = at;
        if !self.is_given_up() {
            self.standstill = None;
        }
    }

    /// Nothing is waited for any more before the film runs as its segment says.
    pub(super) fn settle_start(&mut self) {
        self.before = None;
        self.gate.clear();
        self.countdown = false;
    }

    /// Whether the film would run if the room waited for nobody.
    #[must_use]
    pub fn wants_playing(&self) -> bool {
        !self.is_idle() && !self.segment.paused
    }

    /// Whether a newly added video would start at once.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.playing.is_none() || self.finished
    }

    /// The segment in which the film, from where it is at `at`, runs on from `start`.
    #[must_use]
    pub fn running_on(&self, at: RoomTime, start: RoomTime) -> Segment {
        Segment {
            anchor: self.position(at),
            start,
            ..self.segment
        }
    }

    /// The segment in which the film stands where it is at `at`.
    #[must_use]
    pub fn standing(&self, at: RoomTime) -> Segment {
        Segment {
            anchor: self.position(at),
            start: at,
            paused: true,
            ..self.segment
        }
    }

    /// When the film reaches its end, if it runs and its length is known.
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

    /// A film of `seconds` that runs from its beginning at room time 100 s.
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
    fn a_held_film_stands_but_still_means_to_play() {
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
