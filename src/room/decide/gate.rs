//! The start of new media: once all awaited players are ready, or when the longest wait is over.
//!
//! The wait is a start scheduled ahead that is brought forward once nobody is missing. If no more
//! reports arrive, playback starts everywhere at once all the same, and late players catch up. The
//! wait counts against no budget for holds.

use super::{Decided, Moment};
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::protocol::playback::{Retime, Segment};
use crate::protocol::time::{RoomTime, Span};
use crate::room::roster::Roster;
use crate::room::state::RoomState;

/// The longest that new media waits for players (judgement: yt-dlp takes 3 to 6 s for a link, and
/// longer waits empty rooms).
const LONGEST: Span = Span::seconds(8);

/// In rooms of up to this many members every client knows all others, as with
/// [`crate::room::roster::Roster::SHORTENED_ABOVE`].
const LISTED: u32 = 100;
const _: () = assert!(LISTED as usize == Roster::SHORTENED_ABOVE);

/// The members whose players new media waits for: everyone's if the room waits for slow viewers,
/// else the admins', who must see the start. Members who join later, are muted or exempt from
/// waiting are not awaited.
///
/// A room too large for complete member lists waits for its admins only.
pub(super) fn members_to_wait_for(state: &RoomState) -> Vec<MemberId> {
    let everyone = state.waits() && state.roster.count <= LISTED;
    let here = state.roster.here();
    let here = here.filter(|member| member.has_player && member.flags.may_hold());
    here.filter(|member| everyone || member.power() == Role::Admin)
        .map(|member| member.id)
        .collect()
}

/// The latest start of new media.
pub(super) fn start(gate: &[MemberId], moment: Moment) -> RoomTime {
    if gate.is_empty() {
        moment.start()
    } else {
        moment.now + LONGEST
    }
}

/// A member's player is ready or has given up: nobody waits for it any more.
pub(super) fn ready(state: &RoomState, member: MemberId, moment: Moment) -> Vec<Decided> {
    let timeline = &state.timeline;
    if !timeline.gate.contains(&member) || !timeline.awaits_start(moment.now) {
        return Vec::new();
    }
    let missing = timeline.gate.iter().any(|other| *other != member);
    let opened = if missing { None } else { open(state, moment) };
    vec![opened.unwrap_or_else(|| RoomEvent::Ready { member }.into())]
}

/// The longest wait is over: playback starts without the missing players.
pub(super) fn timed_out(state: &RoomState) -> Vec<Decided> {
    let members = state.timeline.gate.clone();
    vec![RoomEvent::StartedWithout { members }.into()]
}

/// Nobody waits for members who left: starts playback if nobody else is missing.
pub(super) fn open_without(
    state: &RoomState,
    left: &[Departure],
    moment: Moment,
) -> Option<Decided> {
    let timeline = &state.timeline;
    let went = |id: &MemberId| left.iter().any(|gone| gone.member == *id);
    let opens = timeline.awaits_start(moment.now) && timeline.gate.iter().all(went);
    if opens && !timeline.gate.is_empty() {
        open(state, moment)
    } else {
        None
    }
}

/// Brings the start forward as far as everybody can still learn of it; `None` if it is not later
/// anyway.
pub(super) fn open(state: &RoomState, moment: Moment) -> Option<Decided> {
    let segment = state.timeline.segment;
    (moment.start() < segment.start).then(|| {
        RoomEvent::Retimed {
            segment: Segment {
                start: moment.start(),
                ..segment
            },
            retime: Retime::Resumed,
            in_player: false,
            countdown: false,
        }
        .into()
    })
}
