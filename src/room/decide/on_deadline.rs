//! What deadlines lead to, and what reopening a room's log leads to.

use super::{
    Decided, Moment, RoomSettings, acting_admin, end, gate, lobby, recovery, slow, standstill,
};
use crate::protocol::event::RoomEvent;
use crate::protocol::playback::{HoldEnd, Retime};
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::Room;
use crate::room::deadline::{DeadlineReason, due};
use crate::room::reports::Reports;
use crate::room::state::RoomState;

/// After a longer absence of its server, a room is paused where it was (judgement: members come
/// back from a restart within seconds).
const AWAY: Span = Span::seconds(60);

/// What a deadline leads to, if it is due.
pub(super) fn on_deadline(
    room: &Room,
    reports: &mut Reports,
    reason: DeadlineReason,
    moment: Moment,
) -> Vec<Decided> {
    let state = &room.state;
    // Another node, or an earlier event, may have handled it already.
    if due(state, reason).is_none_or(|due| moment.now < due) {
        return Vec::new();
    }
    match reason {
        DeadlineReason::MediaEnd => end::length_reached(room, reports, moment),
        DeadlineReason::GateEnd if nobody_opened(state) => {
            vec![standstill::nobody_opened(&state.timeline)]
        }
        DeadlineReason::GateEnd => gate::timed_out(state),
        // The wait for the others has been long enough.
        DeadlineReason::Standstill if standstill::somebody_plays(room, reports, moment.now) => {
            recovery::resume(room, reports, moment)
        }
        DeadlineReason::Standstill => standstill::due(state, moment),
        DeadlineReason::HoldEnd => vec![slow::release(state, HoldEnd::TimedOut, moment)],
        DeadlineReason::Succession => acting_admin::succeed(&state.roster).into_iter().collect(),
        DeadlineReason::LobbyStart => lobby::due(state, moment),
        DeadlineReason::Abandoned => abandoned(state, moment),
        DeadlineReason::Expiry => vec![RoomEvent::Closed.into()],
    }
}

/// Whether no player has opened the media.
fn nobody_opened(state: &RoomState) -> bool {
    let playing = state.timeline.playing.as_ref();
    playing.is_some_and(|playing| playing.unopened)
}

/// Nobody came back: pauses at the position when the last member was here.
fn abandoned(state: &RoomState, moment: Moment) -> Vec<Decided> {
    let since = state.empty_since.unwrap_or(moment.now);
    vec![
        RoomEvent::Retimed {
            segment: state.timeline.paused_at(since),
            retime: Retime::Emptied,
            in_player: false,
            countdown: false,
        }
        .into(),
    ]
}

/// After a short absence the media has run on, and returning members find it there. Nobody is here
/// yet; if nobody comes, [`DeadlineReason::Abandoned`] pauses it.
pub(super) fn reopened(
    state: &RoomState,
    alive: RoomTime,
    settings: RoomSettings,
    moment: Moment,
) -> Vec<Decided> {
    let timeline = &state.timeline;
    let segment = if !timeline.wants_playing() {
        None
    } else if moment.now - alive > AWAY {
        Some(timeline.paused_at(alive))
    } else {
        // A hold or a wait for players ends with the connections, and a pending change of rate
        // takes effect.
        let changes = timeline.hold.is_some()
            || timeline.standstill.is_some()
            || timeline.awaits_start(moment.now)
            || timeline.before.is_some();
        changes.then(|| timeline.resumed_at(moment.now, moment.start()))
    };
    let ttl = settings.ttl;
    vec![RoomEvent::Reopened { segment, ttl }.into()]
}
