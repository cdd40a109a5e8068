//! How time runs in the film: one medium, one segment, perhaps a hold.

use serde::{Deserialize, Serialize};

use crate::protocol::film::{Hold, Playing, Segment};
use crate::protocol::ids::Epoch;
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
}

impl Timeline {
    /// Where the film is at a room time; never beyond its known end.
    #[must_use]
    pub fn position(&self, at: RoomTime) -> Position {
        let moved = if self.stands() {
            self.segment.anchor
        } else {
            let ran = (at - self.segment.start).max(Span::ZERO);
            self.segment.anchor + self.segment.rate.over(ran)
        };
        moved.clamped(self.playing.as_ref().and_then(|playing| playing.duration))
    }

    /// Whether time stands: nothing plays, it is paused or held, or it is over.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.playing.is_none() || self.segment.paused || self.hold.is_some() || self.finished
    }

    /// Whether the film would run if the room waited for nobody.
    #[must_use]
    pub fn means_to_run(&self) -> bool {
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
        if self.stands() {
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
    use crate::protocol::film::{Hold, Playing, Segment};
    use crate::protocol::ids::MemberId;
    use crate::protocol::text::MemberName;
    use crate::protocol::time::{Position, Rate, RoomTime, Span};

    /// A film of `seconds` that runs from its beginning at room time 100 s.
    fn running(seconds: i64) -> Timeline {
        Timeline {
            playing: Some(Playing {
                media: crate::media::Media::parse("https://example.org/a.mp4").unwrap(),
                title: None,
                duration: Some(Span::seconds(seconds)),
                live: false,
                by: MemberId(1),
                by_name: MemberName::parse("Alice").unwrap(),
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
