//! Somebody can play a video that nobody could: when it goes on, and for whom it waits then.
//!
//! Players that lost the same server mostly have its data again at the same time, a few
//! milliseconds apart. So a room that waits for slow viewers lets the film stand for the others
//! for [`TOGETHER`], and nobody hears of it. Who lacks data for longer is waited for by name.

use super::{Decided, Moment, slow};
use crate::protocol::event::RoomEvent;
use crate::protocol::playback::Segment;
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::Room;
use crate::room::reports::Reports;

/// How long a film still stands for the others once the first player can play it again
/// (judgement: a wait by name that is over at once would only be noise, and longer would keep
/// people waiting without a word).
const TOGETHER: Span = Span::seconds(2);

/// Somebody can play the video: if it stood, it goes on once all can for whom the room would
/// wait, or after [`TOGETHER`].
pub(super) fn judge(room: &Room, reports: &mut Reports, moment: Moment) -> Vec<Decided> {
    if room.state.timeline.standstill.is_none() {
        reports.stands_for_others = None;
        return Vec::new();
    }
    let since = *reports.stands_for_others.get_or_insert(moment.now);
    let stands = moment.now < since + TOGETHER;
    if stands && slow::wait_for_the_others(room, reports, moment).is_some() {
        return Vec::new();
    }
    go_on(room, reports, moment)
}

/// When the film goes on without those who still lack data, should nothing happen before.
pub(super) fn due(reports: &Reports) -> Option<RoomTime> {
    reports.stands_for_others.map(|since| since + TOGETHER)
}

/// The film goes on from where it stood, or waits there by name for one who still lacks data.
pub(super) fn go_on(room: &Room, reports: &mut Reports, moment: Moment) -> Vec<Decided> {
    reports.stands_for_others = None;
    let timeline = &room.state.timeline;
    let Some(standstill) = timeline.standstill else {
        return Vec::new();
    };
    let segment = Segment {
        anchor: standstill.position,
        start: moment.start(),
        ..timeline.segment
    };
    let plays = RoomEvent::SomebodyPlays {
        epoch: timeline.epoch,
        segment: Some(segment),
    };
    let mut decided = vec![plays.into()];
    decided.extend(slow::wait_for_the_others(room, reports, moment));
    decided
}
