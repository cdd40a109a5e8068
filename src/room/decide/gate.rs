//! The start of a new video: all who are waited for are ready, or the longest wait is over.
//!
//! The wait is a start that lies ahead and is brought forward once nobody is missing: should
//! nothing more be heard of anybody, the film starts all the same, everywhere at once. Whoever
//! is missing then slides in. It counts on no budget of those who are slow later.

use super::{Decided, Moment};
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::protocol::playback::{Retime, Segment};
use crate::protocol::time::{RoomTime, Span};
use crate::room::roster::Roster;
use crate::room::state::RoomState;

/// The longest that a new video waits for players (judgement: yt-dlp takes 3 to 6 s for a
/// link, and longer waits empty rooms).
const LONGEST: Span = Span::seconds(8);

/// Up to this many members every client knows of all the others.
const LISTED: u32 = 100;
const _: () = assert!(LISTED as usize == Roster::SHORTENED_ABOVE);

/// Whose players a new video waits for: everyone's where the room waits for slow viewers,
/// else the admins', who are the ones that see it start. Who comes later is not waited for,
/// nor who was muted or spared.
///
/// A room too large for whole lists of members waits for its admins in any case.
pub(super) fn awaited(state: &RoomState) -> Vec<MemberId> {
    let everyone = state.waits() && state.roster.count <= LISTED;
    let here = state.roster.here();
    let here = here.filter(|member| member.has_player && member.flags.may_hold());
    here.filter(|member| everyone || member.power() == Role::Admin)
        .map(|member| member.id)
        .collect()
}

/// When a new video starts at the latest.
pub(super) fn start(gate: &[MemberId], moment: Moment) -> RoomTime {
    if gate.is_empty() {
        moment.start()
    } else {
        moment.now + LONGEST
    }
}

/// A member's player is ready, or will not be: it is not waited for any more.
pub(super) fn ready(state: &RoomState, member: MemberId, moment: Moment) -> Vec<Decided> {
    let timeline = &state.timeline;
    if !timeline.gate.contains(&member) || !timeline.awaits_start(moment.now) {
        return Vec::new();
    }
    let missing = timeline.gate.iter().any(|other| *other != member);
    let opened = if missing { None } else { open(state, moment) };
    vec![opened.unwrap_or_else(|| RoomEvent::Ready { member }.into())]
}

/// The longest wait is over: the film starts without those who are missing.
pub(super) fn timed_out(state: &RoomState) -> Vec<Decided> {
    let members = state.timeline.gate.clone();
    vec![RoomEvent::StartedWithout { members }.into()]
}

/// Those who left are not waited for any more: starts the film if nobody else is missing.
pub(super) fn without(state: &RoomState, left: &[Departure], moment: Moment) -> Option<Decided> {
    let timeline = &state.timeline;
    let went = |id: &MemberId| left.iter().any(|gone| gone.member == *id);
    let opens = timeline.awaits_start(moment.now) && timeline.gate.iter().all(went);
    if opens && !timeline.gate.is_empty() {
        open(state, moment)
    } else {
        None
    }
}

/// The film starts as soon as all can hear of it; nothing if it does so anyway.
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
