//! A part of the video is missing for everybody: the film goes on behind it.
//!
//! A player whose copy lacks a part comes out behind it and stands until the room arrives. If
//! all players that play the film do, it would run for as long as the part is and nobody would
//! see anything. So it jumps to the first of them, as soon as the last has told. As long as one
//! player plays what the others lack, or waits for its data, nothing moves.

use super::voters::{Standing, standing};
use super::{Decided, Moment};
use crate::protocol::event::RoomEvent;
use crate::protocol::film::Segment;
use crate::protocol::time::Span;
use crate::room::committed::Room;
use crate::room::reports::{Playback, Reports};

/// The farthest that a film jumps so, which bounds what false reports can do (judgement: as long
/// as a player stands until the room arrives at most).
const LONGEST: Span = Span::seconds(30);

/// The jump to where the first player stands, if all stand ahead of the film.
pub(super) fn judge(room: &Room, reports: &Reports, moment: Moment) -> Option<Decided> {
    let timeline = &room.state.timeline;
    let runs = timeline.means_to_run() && !timeline.stands();
    if !runs || timeline.awaits_start(moment.now) {
        return None;
    }
    let film = timeline.position(moment.now);
    let mut first = None;
    for player in room.state.roster.here() {
        match standing(room, reports, player, moment.now) {
            Standing::Plays => {
                let place = reports.ahead(player.id, timeline.segment)?;
                if place - film <= moment.lead || place - film > LONGEST {
                    return None;
                }
                first = Some(first.map_or(place, |first| place.min(first)));
            }
            // Who comes in the middle of it opens the video first.
            Standing::Tries(_) if reports.playback(player.id, film) == Playback::Unknown => {}
            Standing::Tries(_) => return None,
            Standing::Ended | Standing::Out => {}
        }
    }
    let segment = Segment {
        anchor: first?,
        start: moment.start(),
        ..timeline.segment
    };
    let goes_on = RoomEvent::SomebodyPlays {
        epoch: timeline.epoch,
        segment: Some(segment),
    };
    Some(goes_on.into())
}
