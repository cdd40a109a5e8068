//! Nobody can play it: what a room does when no player plays its video.
//!
//! - If every player has failed, the room hears why, once; the film stands at its start (where
//!   the last player stopped, if somebody had opened it), and the next entry of the queue comes
//!   on after [`FAILED`] or at an admin's word. With an empty queue it stands.
//! - If those that can play it have all come to the end of their copies, before the known end,
//!   the next entry comes on after [`ENDED`]; with an empty queue the video is over.
//! - If none has it open, since their members closed them, it stands where it was until somebody
//!   opens it again: nothing follows by itself, and an admin's word to go on is denied. A closed
//!   player counts as a failed one where others failed. Members who never had a player
//!   (`--no-player`) count as nothing: where all are such, the film runs by the clock.
//! - Whoever still opens it, waits for data or tries again counts as neither, for at most
//!   [`Timeline::TRIES_FOR`]. The film stands meanwhile, also where the room does not wait for
//!   slow viewers: nobody would see what goes by. As soon as somebody can play it, it goes on; a
//!   room that waits for slow viewers gives the others a moment first (`going_on`).
//! - An admin's jump moves the place at which it stands, a pause stops the wait for the next
//!   entry, and neither makes it run.
//!
//! If only some can play it, they do. Who says falsely that their player plays can only keep
//! the film running, as if there were no such rule. The claim of an admin's player, or of
//! several, that it stands behind a missing part may skip 30 s at most (`skip`).

use super::voters::{Standing, standing};
use super::{Answer, Ask, Decided, Moment, load};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::failure::FailureCode;
use crate::protocol::playback::{Retime, Segment, Standstill, StandstillCause, StandstillPhase};
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::committed::Room;
use crate::room::reports::{CopyEnd, Playback, Reports};
use crate::room::state::RoomState;
use crate::room::timeline::Timeline;

/// How long a room stands at a video that nobody can play (judgement: time to read why, and
/// for an admin to say otherwise).
const FAILED: Span = Span::seconds(15);
/// How long it stands at the end of everybody's copy (judgement: a pause between two films).
const ENDED: Span = Span::seconds(3);

/// The least of that wait that is left once it is told: a copy that is too short is tried once
/// more before its end is believed, which may take a while (judgement: time to read why).
const ENDED_LEFT: Span = Span::seconds(1);
/// A place that a player tells of itself counts if the film passed it no longer ago (judgement:
/// a stall is told after 1 s, and those of the others may come a second later).
const TOLD_WITHIN: Span = Span::seconds(3);

/// Whether anybody plays the video.
enum Verdict {
    /// At least one player does.
    Somebody,
    /// None does.
    Nobody(Trouble),
    /// None does so far, which is no trouble yet.
    Nothing,
}

/// Why no player plays the video, and until when some of them still try.
struct Trouble {
    cause: StandstillCause,
    tries_until: Option<RoomTime>,
}

/// What it means for the room that no player plays the video.
pub(super) fn judge(room: &Room, reports: &Reports, moment: Moment) -> Option<Decided> {
    match verdict(room, reports, moment.now) {
        Verdict::Nobody(trouble) => stand(&room.state, reports, &trouble, moment),
        Verdict::Somebody | Verdict::Nothing => None,
    }
}

/// Whether players told that none of them plays the video now.
pub(super) fn nobody_plays(room: &Room, reports: &Reports, now: RoomTime) -> bool {
    matches!(verdict(room, reports, now), Verdict::Nobody(_))
}

/// Whether somebody's player plays the video now, as far as players told.
pub(super) fn somebody_plays(room: &Room, reports: &Reports, now: RoomTime) -> bool {
    matches!(verdict(room, reports, now), Verdict::Somebody)
}

/// The longest wait for the players of a new video is over and none of them has opened it: it
/// stands at its start until one has.
pub(super) fn nobody_opened(timeline: &Timeline) -> Decided {
    let standstill = Standstill {
        cause: StandstillCause::Failed {
            code: FailureCode::default(),
        },
        phase: StandstillPhase::Doubtful,
        position: timeline.segment.anchor,
        until: timeline.asked + Timeline::TRIES_FOR,
    };
    event(timeline, standstill)
}

/// A time that a standstill named has come.
pub(super) fn due(state: &RoomState, moment: Moment) -> Vec<Decided> {
    match state.timeline.standstill {
        Some(standstill) if standstill.phase == StandstillPhase::Doubtful => {
            vec![certain(&state.timeline, standstill, moment.now, moment)]
        }
        Some(_) => load::after_the_end(state, moment),
        None => Vec::new(),
    }
}

/// The standstill that an admin's word ends. Of a paused video only one that is certain: before,
/// it is the pause that keeps it from running.
pub(super) fn that_waits(timeline: &Timeline) -> Option<Standstill> {
    let paused = timeline.segment.paused;
    let waits = |known: &Standstill| !paused || known.phase == StandstillPhase::Certain;
    timeline.standstill.filter(waits)
}

/// An admin does not want to wait at a video that nobody plays: who still tries counts as
/// failed. If nobody does, the next entry comes on; if none does, the video is tried again, or
/// is over.
///
/// # Errors
/// [`Denied::NobodyPlays`] where all players are closed: no film runs unseen.
pub(super) fn end_wait(ask: Ask<'_>, standstill: Standstill) -> Answer {
    let timeline = &ask.state.timeline;
    let closed = standstill.cause == StandstillCause::Closed;
    if closed && !timeline.segment.paused {
        return Err(Denied::NobodyPlays);
    }
    if standstill.phase == StandstillPhase::Doubtful {
        return Ok(vec![certain(
            timeline,
            standstill,
            ask.moment.now,
            ask.moment,
        )]);
    }
    if !closed && let Ok(next) = load::skip(ask) {
        return Ok(next);
    }
    Ok(match standstill.cause {
        StandstillCause::Ended => load::after_the_end(ask.state, ask.moment),
        StandstillCause::Failed { .. } | StandstillCause::Closed => vec![
            RoomEvent::Retimed {
                segment: Segment {
                    paused: false,
                    ..timeline.running_on(ask.moment.now, ask.moment.start())
                },
                retime: Retime::Resumed,
                in_player: false,
                countdown: false,
            }
            .into(),
        ],
    })
}

/// What no player playing the video leads to, unless that is known.
fn stand(
    state: &RoomState,
    reports: &Reports,
    trouble: &Trouble,
    moment: Moment,
) -> Option<Decided> {
    let timeline = &state.timeline;
    let before = timeline.standstill;
    let near_end = trouble.cause == StandstillCause::Ended
        && timeline
            .ends_at()
            .is_some_and(|end| end <= moment.now + ENDED);
    // As long as a new video waits for its players, they may still be ready in time.
    let starts = trouble.tries_until.is_some() && timeline.gate_ends_at().is_some();
    let closed = trouble.cause == StandstillCause::Closed;
    // Whose film is paused may close the player, and a new video starts first.
    let unmoved = closed && (timeline.segment.paused || timeline.gate_ends_at().is_some());
    if timeline.is_idle() || near_end || starts || (unmoved && before.is_none()) {
        return None;
    }
    // Who opened a player again that was closed may be in trouble of another kind.
    let reopened = before.is_some_and(|known| known.cause == StandstillCause::Closed) && !closed;
    let position = before.map_or_else(
        || stopped_at(timeline, reports, trouble.cause, moment.now),
        |known| known.position,
    );
    // Who comes meanwhile does not prolong the wait.
    let until = trouble.tries_until.unwrap_or(moment.now);
    let known = before.filter(|_| !reopened);
    let until = known.map_or(until, |known| known.until.min(until));
    let standstill = Standstill {
        cause: trouble.cause,
        phase: StandstillPhase::Doubtful,
        position,
        until,
    };
    match (known.map(|known| known.phase), trouble.tries_until) {
        // It stands already, and who tries again changes nothing until they play.
        (Some(StandstillPhase::Certain), _) => None,
        (_, None) => {
            let since = since(reports, trouble.cause, moment.now);
            Some(certain(timeline, standstill, since, moment))
        }
        (_, Some(_)) => (before != Some(standstill)).then(|| event(timeline, standstill)),
    }
}

/// Nobody tries any more, since that time.
fn certain(
    timeline: &Timeline,
    standstill: Standstill,
    since: RoomTime,
    moment: Moment,
) -> Decided {
    let until = match standstill.cause {
        StandstillCause::Failed { .. } => since + FAILED,
        StandstillCause::Ended => (since + ENDED).max(moment.now + ENDED_LEFT),
        StandstillCause::Closed => since,
    };
    let standstill = Standstill {
        phase: StandstillPhase::Certain,
        until,
        ..standstill
    };
    event(timeline, standstill)
}

/// Since when nobody plays the video: at the end of all copies, when the film came to the last
/// of their ends.
fn since(reports: &Reports, cause: StandstillCause, now: RoomTime) -> RoomTime {
    let last = reports.ends().map(|end| end.at).max();
    match cause {
        StandstillCause::Ended => last.unwrap_or(now).min(now),
        StandstillCause::Failed { .. } | StandstillCause::Closed => now,
    }
}

fn event(timeline: &Timeline, standstill: Standstill) -> Decided {
    RoomEvent::NobodyPlays {
        epoch: timeline.epoch,
        standstill,
    }
    .into()
}

/// Where the film stands when the last player stops: at its start if none has opened it, else
/// where the players are, so that nobody misses what went by until they told.
fn stopped_at(
    timeline: &Timeline,
    reports: &Reports,
    cause: StandstillCause,
    now: RoomTime,
) -> Position {
    let here = timeline.position(now);
    let recent = |place: &Position| passed_lately(*place, here);
    let unopened = timeline.playing.as_ref().is_some_and(|film| film.unopened);
    let stopped = match cause {
        StandstillCause::Ended => reports.ends().map(|end| end.place).filter(recent).max(),
        StandstillCause::Failed { .. } if unopened => Some(timeline.segment.anchor),
        StandstillCause::Failed { .. } => reports.dry_places().filter(recent).min(),
        StandstillCause::Closed => None,
    };
    stopped.unwrap_or(here)
}

/// Whether the film has passed a place a moment ago.
fn passed_lately(place: Position, film: Position) -> bool {
    place <= film && film - place <= TOLD_WITHIN
}

/// The end of a copy that a player tells of now, by the place that it names if that fits.
pub(super) fn copy_end(timeline: &Timeline, place: Option<Position>, now: RoomTime) -> CopyEnd {
    let film = timeline.position(now);
    let place = place.filter(|place| passed_lately(*place, film));
    let place = place.unwrap_or(film);
    CopyEnd {
        place,
        at: now - timeline.segment.rate.time_for(film - place),
    }
}

/// Whether anybody plays the video, and if not, why.
fn verdict(room: &Room, reports: &Reports, now: RoomTime) -> Verdict {
    let position = room.state.timeline.position(now);
    let players = room.state.roster.here().filter(|member| member.has_player);
    let mut tally = Tally::default();
    for player in players {
        let standing = standing(room, reports, player, now);
        match standing {
            Standing::Plays => return Verdict::Somebody,
            Standing::Ended => tally.ended = true,
            Standing::Tries(until) => tally.tries_until = tally.tries_until.max(Some(until)),
            Standing::Out => {}
        }
        match reports.playback(player.id, position) {
            Playback::Unknown => tally.opening |= standing != Standing::Out,
            Playback::Closed => tally.closed = true,
            Playback::Failed(_, code) => tally.codes.push(code),
            Playback::Tries(_, code) => {
                tally.stopped = true;
                tally.codes.extend(code);
            }
            Playback::Plays | Playback::Ended => {}
        }
    }
    tally.verdict()
}

/// What the players tell together.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Default)]
struct Tally {
    /// Whether one came to the end of its copy.
    ended: bool,
    /// Whether one lacks data or tries again.
    stopped: bool,
    /// Whether one is still opening the video.
    opening: bool,
    /// Whether one is closed.
    closed: bool,
    /// Why those fail that do.
    codes: Vec<FailureCode>,
    /// Until when some of them still try.
    tries_until: Option<RoomTime>,
}

impl Tally {
    /// To open the video is no trouble, nor is it to lack data for a moment while others open
    /// it.
    fn verdict(self) -> Verdict {
        let failed = (self.stopped && !self.opening) || !self.codes.is_empty();
        let cause = if self.ended {
            StandstillCause::Ended
        } else if failed {
            StandstillCause::Failed {
                code: most_told(&self.codes),
            }
        } else if self.closed && !self.opening {
            StandstillCause::Closed
        } else {
            return Verdict::Nothing;
        };
        Verdict::Nobody(Trouble {
            cause,
            tries_until: self.tries_until,
        })
    }
}

/// The code that most told; of several the one that says most.
fn most_told(codes: &[FailureCode]) -> FailureCode {
    let count = |code: &FailureCode| codes.iter().filter(|told| *told == code).count();
    let told = FailureCode::ALL.iter().copied().rev();
    told.filter(|code| count(code) > 0)
        .max_by_key(count)
        .unwrap_or_default()
}
