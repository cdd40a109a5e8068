//! The end of a standstill: somebody can play the media again. When it resumes, and for whom it
//! waits then.
//!
//! Players that lost the same server mostly have its data again within a few milliseconds of each
//! other. So a room that waits for slow viewers waits [`RECOVERY_WINDOW`] for the others without an
//! announcement. Whoever lacks data for longer is held for by name.

use super::{Decided, Moment, slow};
use crate::protocol::event::RoomEvent;
use crate::protocol::playback::Segment;
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::Room;
use crate::room::reports::Reports;

/// How long playback stays stopped for the others once the first player can play again (judgement:
/// a hold that is over at once would only be noise, and a longer silence would puzzle people).
const RECOVERY_WINDOW: Span = Span::seconds(2);

/// Somebody can play the media: after a standstill it resumes once all can for whom the room would
/// wait, or after [`RECOVERY_WINDOW`].
pub(super) fn judge(room: &Room, reports: &mut Reports, moment: Moment) -> Vec<Decided> {
    if room.state.timeline.standstill.is_none() {
        reports.recovering_since = None;
        return Vec::new();
    }
    let since = *reports.recovering_since.get_or_insert(moment.now);
    let waits = moment.now < since + RECOVERY_WINDOW;
    if waits && slow::hold_for_others(room, reports, moment).is_some() {
        return Vec::new();
    }
    resume(room, reports, moment)
}

/// When playback resumes without those who still lack data, if nothing happens before.
pub(super) fn due(reports: &Reports) -> Option<RoomTime> {
    reports
        .recovering_since
        .map(|since| since + RECOVERY_WINDOW)
}

/// Playback resumes from the position of the standstill, or is held there for one who still lacks
/// data.
pub(super) fn resume(room: &Room, reports: &mut Reports, moment: Moment) -> Vec<Decided> {
    reports.recovering_since = None;
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
    decided.extend(slow::hold_for_others(room, reports, moment));
    decided
}
