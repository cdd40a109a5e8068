//! Counting to the start of the media, by the clock that everyone shares: the numbers stand
//! on every screen at the same moment, since all of them follow from one event.

use super::input::PlaybackView;
use crate::protocol::time::{LocalTime, MICROS_PER_SECOND, RoomTime, Span};
use crate::room::timeline::Timeline;
use crate::sync::follow::Follower;

/// The highest number that is counted.
const FROM: i64 = 3;

/// What converting a time there and back may lose while the estimate of room time moves.
const SLACK: Span = Span::millis(1);

/// The number of a countdown that was last emitted.
#[derive(Debug, Default)]
pub(super) struct Countdown {
    /// The start that is counted to, and the number.
    emitted: Option<(RoomTime, u8)>,
}

impl Countdown {
    /// The number to emit now, each number once.
    pub(super) fn take_due(&mut self, follower: &Follower, view: &PlaybackView<'_>) -> Option<u8> {
        let Some((timeline, now)) = counted(follower, view) else {
            self.emitted = None;
            return None;
        };
        let left = left(timeline, now);
        if left - SLACK > Span::seconds(FROM) {
            return None;
        }
        let number = number(left)?;
        let emitted = Some((timeline.segment.start, number));
        (std::mem::replace(&mut self.emitted, emitted) != emitted).then_some(number)
    }
}

/// The number that is shown now, while the room counts down.
pub(super) fn shown(follower: &Follower, view: &PlaybackView<'_>) -> Option<u8> {
    let (timeline, now) = counted(follower, view)?;
    number(left(timeline, now))
}

/// When the next number is due.
pub(super) fn next_due(follower: &Follower, view: &PlaybackView<'_>) -> Option<LocalTime> {
    let (timeline, now) = counted(follower, view)?;
    let shown = (left(timeline, now) - SLACK)
        .0
        .div_euclid(MICROS_PER_SECOND);
    let next = shown.min(FROM);
    let due = timeline.segment.start - Span::seconds(next);
    (next > 0).then(|| follower.local_time(due)).flatten()
}

/// The timeline whose start is counted down to, and room time now.
fn counted<'a>(follower: &Follower, view: &PlaybackView<'a>) -> Option<(&'a Timeline, RoomTime)> {
    let timeline = &view.room?.timeline;
    let now = follower.room_time(view.now)?;
    (timeline.countdown && timeline.awaits_start(now)).then_some((timeline, now))
}

/// How long it is until the media starts.
fn left(timeline: &Timeline, now: RoomTime) -> Span {
    timeline.segment.start - now
}

fn number(left: Span) -> Option<u8> {
    let number = (left - SLACK).0.div_euclid(MICROS_PER_SECOND) + 1;
    u8::try_from(number.clamp(1, FROM)).ok()
}
