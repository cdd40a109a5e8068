//! What deadlines lead to, and what it leads to that a room's log was opened anew.

use super::{Decided, Moment, acting, end, gate, going_on, slow, standstill};
use crate::protocol::event::RoomEvent;
use crate::protocol::playback::{HoldEnd, Retime};
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::Room;
use crate::room::deadline::{Reason, due};
use crate::room::reports::Reports;
use crate::room::state::RoomState;

/// Away for longer than this, a room stands paused where it was (judgement: members come
/// back from a restart within seconds).
const AWAY: Span = Span::seconds(60);

/// What a deadline leads to, if it is due.
pub(super) fn deadline(
    room: &Room,
    reports: &mut Reports,
    reason: Reason,
    moment: Moment,
) -> Vec<Decided> {
    let state = &room.state;
    // Another node, or an event that came first, may have settled it.
    if due(state, reason).is_none_or(|due| moment.now < due) {
        return Vec::new();
    }
    match reason {
        Reason::VideoEnd => end::by_length(room, reports, moment),
        Reason::GateEnd if nobody_opened(state) => {
            vec![standstill::nobody_opened(&state.timeline)]
        }
        Reason::GateEnd => gate::timed_out(state),
        // It stood for the others only, and that has been long enough.
        Reason::Standstill if standstill::somebody_plays(room, reports, moment.now) => {
            going_on::go_on(room, reports, moment)
        }
        Reason::Standstill => standstill::due(state, moment),
        Reason::HoldEnd => vec![slow::release(state, HoldEnd::TimedOut, moment)],
        Reason::Succession => acting::succeed(&state.roster).into_iter().collect(),
        Reason::Abandoned => abandoned(state, moment),
        Reason::Expiry => vec![RoomEvent::Closed.into()],
    }
}

/// Whether no player has opened what is on.
fn nobody_opened(state: &RoomState) -> bool {
    let film = state.timeline.playing.as_ref();
    film.is_some_and(|film| film.unopened)
}

/// Nobody came back: the film stands where it was when the last one saw it.
fn abandoned(state: &RoomState, moment: Moment) -> Vec<Decided> {
    let since = state.empty_since.unwrap_or(moment.now);
    vec![
        RoomEvent::Retimed {
            segment: state.timeline.standing(since),
            retime: Retime::Emptied,
            in_player: false,
            countdown: false,
        }
        .into(),
    ]
}

/// After a short absence time has run on, and whoever returns finds the film there. Nobody
/// is here yet; should nobody come, [`Reason::Abandoned`] pauses it.
pub(super) fn reopened(state: &RoomState, alive: RoomTime, moment: Moment) -> Vec<Decided> {
    let timeline = &state.timeline;
    let segment = if !timeline.wants_playing() {
        None
    } else if moment.now - alive > AWAY {
        Some(timeline.standing(alive))
    } else {
        // A wait for data or for players ends with the connections, and a change
        // of the rate that is on its way has come.
        let unsettled = timeline.hold.is_some()
            || timeline.standstill.is_some()
            || timeline.awaits_start(moment.now)
            || timeline.before.is_some();
        unsettled.then(|| timeline.running_on(moment.now, moment.start()))
    };
    vec![RoomEvent::Reopened { segment }.into()]
}
