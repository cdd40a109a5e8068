//! Counting to the start of the film, by the clock that everyone shares: the numbers stand
//! on every screen at the same moment, since all of them follow from one event.

use super::App;
use super::effect::Effect;
use super::told::Notice;
use crate::protocol::time::{LocalTime, MICROS_PER_SECOND, RoomTime, Span};

/// The highest number that is counted.
const FROM: i64 = 3;

/// What converting a time there and back may lose while the estimate of room time moves.
const SLACK: Span = Span::millis(1);

impl App {
    /// The number that is shown now, while the room counts.
    #[must_use]
    pub fn counting(&self) -> Option<u8> {
        let left = self.count_left()? - SLACK;
        let number = left.0.div_euclid(MICROS_PER_SECOND) + 1;
        u8::try_from(number.clamp(1, FROM)).ok()
    }

    /// How long it is until the film starts, while the room counts.
    fn count_left(&self) -> Option<Span> {
        let timeline = &self.room()?.timeline;
        let now = self.room_now()?;
        let counts = timeline.countdown && timeline.awaits_start(now);
        counts.then(|| timeline.segment.start - now)
    }

    /// When the next number is due.
    pub(super) fn count_deadline(&self) -> Option<LocalTime> {
        let left = self.count_left()?;
        let start = self.room()?.timeline.segment.start;
        let shown = (left - SLACK).0.div_euclid(MICROS_PER_SECOND);
        let next = shown.min(FROM);
        (next > 0)
            .then(|| self.playback.local_time(start - Span::seconds(next)))
            .flatten()
    }

    /// Tells the number that is due, in the terminal and over the video.
    pub(super) fn count_due(&mut self) {
        let Some(left) = self.count_left() else {
            self.counted = None;
            return;
        };
        let Some(number) = self
            .counting()
            .filter(|_| left - SLACK <= Span::seconds(FROM))
        else {
            return;
        };
        let start: RoomTime = self.room_now().unwrap_or_default() + left;
        if self.counted != Some((start, number)) {
            self.counted = Some((start, number));
            self.notice(Notice::Count { number });
            self.effects.push(Effect::Osd(Notice::Count { number }));
        }
    }
}
