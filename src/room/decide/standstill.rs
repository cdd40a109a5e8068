//! What a room does when no player plays its media.
//!
//! - If every player has failed, everybody gets the reason once. The position stays at the start
//!   (or where the last player stopped, if somebody had opened the media), and the next entry is
//!   loaded after [`FAILED_WAIT`] or at an admin's command. With an empty queue nothing follows.
//! - If all that can play it have reached the end of their copies before the known end, the next
//!   entry is loaded after [`ENDED_WAIT`]; with an empty queue the media is over.
//! - If all players are closed, the position stays until somebody opens one again: nothing follows
//!   by itself, and an admin's resume is denied. Where others failed, a closed player counts as
//!   failed. Members who never had a player (`--no-player`) are ignored: if there are only such,
//!   the media runs by the clock.
//! - A player that is opening the media, lacks data or retries counts as none of these, for at most
//!   [`Timeline::RETRY_LIMIT`]. Playback is stopped meanwhile, even if the room does not wait for
//!   slow viewers: nobody would see what goes by. It resumes once somebody can play; a room that
//!   waits for slow viewers gives the others a moment first (`recovery`).
//! - While a vanished admin may return, nothing follows: their player may still play the media.
//! - An admin's seek changes the position, a pause stops the wait for the next entry, and neither
//!   starts playback.
//!
//! If only some can play it, they do. A false report that a player plays can only keep the media
//! running, as if this rule did not exist. A report of an admin's player, or of several, that it
//! waits behind a missing part can skip 30 s at most (`missing_part`).

use super::eligibility::{PlayerStatus, player_status};
use super::{CommandContext, CommandResult, Decided, Moment, load};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::failure::FailureCode;
use crate::protocol::playback::{Retime, Segment, Standstill, StandstillCause, StandstillPhase};
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::committed::Room;
use crate::room::reports::{CopyEnd, ReportedPlayback, Reports};
use crate::room::state::RoomState;
use crate::room::timeline::Timeline;

/// How long media that nobody can play stays loaded (judgement: time to read why, and for an admin
/// to intervene).
const FAILED_WAIT: Span = Span::seconds(15);
/// How long it stays at the end of everybody's copy (judgement: a pause between two items of the
/// queue).
const ENDED_WAIT: Span = Span::seconds(3);

/// The least of [`ENDED_WAIT`] left when it is announced: a copy that is too short is tried once
/// more before its end is believed, which may take a while (judgement: time to read why).
const ENDED_MIN_NOTICE: Span = Span::seconds(1);
/// A position that a player reports counts if the timeline passed it no longer ago (judgement: a
/// stall is reported after 1 s, and those of the others may come a second later).
const REPORT_DELAY: Span = Span::seconds(3);

/// What the players' reports say together.
enum Verdict {
    Somebody,
    Nobody(NobodyPlaying),
    /// None does yet, but some are still opening it. Nothing follows from that.
    Nothing,
}

/// Why no player plays the media, and until when some still try.
struct NobodyPlaying {
    cause: StandstillCause,
    tries_until: Option<RoomTime>,
}

/// The event that follows if no player plays the media.
pub(super) fn judge(room: &Room, reports: &Reports, moment: Moment) -> Option<Decided> {
    match verdict(room, reports, moment.now) {
        Verdict::Nobody(nobody) => new_standstill(&room.state, reports, &nobody, moment),
        Verdict::Somebody | Verdict::Nothing => None,
    }
}

/// Whether, by the reports, no player plays the media now.
pub(super) fn nobody_plays(room: &Room, reports: &Reports, now: RoomTime) -> bool {
    matches!(verdict(room, reports, now), Verdict::Nobody(_))
}

/// Whether, by the reports, a player plays the media now.
pub(super) fn somebody_plays(room: &Room, reports: &Reports, now: RoomTime) -> bool {
    matches!(verdict(room, reports, now), Verdict::Somebody)
}

/// None of the players that new media waited for has opened it in time: it stays at its start until
/// one has.
pub(super) fn nobody_opened(timeline: &Timeline) -> Decided {
    let standstill = Standstill {
        cause: StandstillCause::Failed {
            code: FailureCode::default(),
        },
        phase: StandstillPhase::Doubtful,
        position: timeline.segment.anchor,
        until: timeline.retry_since + Timeline::RETRY_LIMIT,
    };
    event(timeline, standstill)
}

/// The deadline of a standstill has come.
pub(super) fn due(state: &RoomState, moment: Moment) -> Vec<Decided> {
    match state.timeline.standstill {
        Some(standstill) if standstill.phase == StandstillPhase::Doubtful => {
            vec![certain_standstill(
                &state.timeline,
                standstill,
                moment.now,
                moment,
            )]
        }
        Some(_) => load::finish_or_next(state, moment),
        None => Vec::new(),
    }
}

/// The standstill that an admin can end. If the media is paused, only a certain one: otherwise it
/// is the pause that stops playback.
pub(super) fn endable(timeline: &Timeline) -> Option<Standstill> {
    let paused = timeline.segment.paused;
    let waits = |known: &Standstill| !paused || known.phase == StandstillPhase::Certain;
    timeline.standstill.filter(waits)
}

/// An admin does not want to wait at media that nobody plays: players that still try count as
/// failed. If none does, the next entry is loaded; without one, the media is tried again, or is
/// over.
///
/// # Errors [`Denied::NobodyPlays`] if all players are closed: media does not run unseen.
pub(super) fn end_wait(ctx: CommandContext<'_>, standstill: Standstill) -> CommandResult {
    let timeline = &ctx.state.timeline;
    let closed = standstill.cause == StandstillCause::Closed;
    if closed && !timeline.segment.paused {
        return Err(Denied::NobodyPlays);
    }
    if standstill.phase == StandstillPhase::Doubtful {
        return Ok(vec![certain_standstill(
            timeline,
            standstill,
            ctx.moment.now,
            ctx.moment,
        )]);
    }
    if !closed && let Ok(next) = load::skip(ctx) {
        return Ok(next);
    }
    Ok(match standstill.cause {
        StandstillCause::Ended => load::finish_or_next(ctx.state, ctx.moment),
        StandstillCause::Failed { .. } | StandstillCause::Closed => vec![
            RoomEvent::Retimed {
                segment: Segment {
                    paused: false,
                    ..timeline.resumed_at(ctx.moment.now, ctx.moment.start())
                },
                retime: Retime::Resumed,
                in_player: false,
                countdown: false,
            }
            .into(),
        ],
    })
}

/// The event for media that no player plays, unless nothing has changed.
fn new_standstill(
    state: &RoomState,
    reports: &Reports,
    nobody: &NobodyPlaying,
    moment: Moment,
) -> Option<Decided> {
    let timeline = &state.timeline;
    let before = timeline.standstill;
    let near_end = nobody.cause == StandstillCause::Ended
        && timeline
            .ends_at()
            .is_some_and(|end| end <= moment.now + ENDED_WAIT);
    // While new media waits for its players, they may still be ready in time.
    let starts = nobody.tries_until.is_some() && timeline.gate_ends_at().is_some();
    let closed = nobody.cause == StandstillCause::Closed;
    // A player may be closed while the media is paused, and new media starts first.
    let unmoved = closed && (timeline.segment.paused || timeline.gate_ends_at().is_some());
    if timeline.is_idle() || near_end || starts || (unmoved && before.is_none()) {
        return None;
    }
    // A player that was reopened may have another problem than before.
    let reopened = before.is_some_and(|known| known.cause == StandstillCause::Closed) && !closed;
    let position = before.map_or_else(
        || stopped_at(timeline, reports, nobody.cause, moment.now),
        |known| known.position,
    );
    // A member who joins meanwhile does not prolong the wait.
    let until = nobody.tries_until.unwrap_or(moment.now);
    let known = before.filter(|_| !reopened);
    let until = known.map_or(until, |known| known.until.min(until));
    let standstill = Standstill {
        cause: nobody.cause,
        phase: StandstillPhase::Doubtful,
        position,
        until,
    };
    match (known.map(|known| known.phase), nobody.tries_until) {
        // A certain standstill stays so until a player plays again, even if one retries.
        (Some(StandstillPhase::Certain), _) => None,
        (_, None) => {
            let since = since(reports, nobody.cause, moment.now);
            Some(certain_standstill(timeline, standstill, since, moment))
        }
        (_, Some(_)) => (before != Some(standstill)).then(|| event(timeline, standstill)),
    }
}

/// The standstill after nobody tries any more, since that time.
fn certain_standstill(
    timeline: &Timeline,
    standstill: Standstill,
    since: RoomTime,
    moment: Moment,
) -> Decided {
    let until = match standstill.cause {
        StandstillCause::Failed { .. } => since + FAILED_WAIT,
        StandstillCause::Ended => (since + ENDED_WAIT).max(moment.now + ENDED_MIN_NOTICE),
        StandstillCause::Closed => since,
    };
    let standstill = Standstill {
        phase: StandstillPhase::Certain,
        until,
        ..standstill
    };
    event(timeline, standstill)
}

/// Since when nobody plays the media: at the end of all copies, when the timeline reached the last
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

/// The position at which the last player stopped: the start if none has opened the media, else a
/// recent position of the players, so that nobody misses what passed before their reports.
fn stopped_at(
    timeline: &Timeline,
    reports: &Reports,
    cause: StandstillCause,
    now: RoomTime,
) -> Position {
    let here = timeline.position(now);
    let recent = |place: &Position| passed_recently(*place, here);
    let unopened = timeline
        .playing
        .as_ref()
        .is_some_and(|playing| playing.unopened);
    let stopped = match cause {
        StandstillCause::Ended => reports.ends().map(|end| end.place).filter(recent).max(),
        StandstillCause::Failed { .. } if unopened => Some(timeline.segment.anchor),
        StandstillCause::Failed { .. } => reports.stalled_positions().filter(recent).min(),
        StandstillCause::Closed => None,
    };
    stopped.unwrap_or(here)
}

/// Whether the timeline passed a position a moment ago.
fn passed_recently(place: Position, position: Position) -> bool {
    place <= position && position - place <= REPORT_DELAY
}

/// The end of a copy that a player reports now, at the position that it gives if that is plausible.
pub(super) fn copy_end(timeline: &Timeline, place: Option<Position>, now: RoomTime) -> CopyEnd {
    let position = timeline.position(now);
    let recent = place.filter(|place| passed_recently(*place, position));
    let counted = recent.unwrap_or(position);
    CopyEnd {
        place: counted,
        at: now - timeline.segment.rate.time_for(position - counted),
        is_early: recent.is_none() && place.is_some_and(|place| place < position),
    }
}

/// Whether anybody plays the media, and if not, why.
fn verdict(room: &Room, reports: &Reports, now: RoomTime) -> Verdict {
    let position = room.state.timeline.position(now);
    let players = room.state.roster.here().filter(|member| member.has_player);
    let mut tally = Tally::default();
    for player in players {
        let status = player_status(room, reports, player, now);
        match status {
            PlayerStatus::Playing => return Verdict::Somebody,
            PlayerStatus::Ended => tally.ended = true,
            PlayerStatus::Trying(until) => tally.tries_until = tally.tries_until.max(Some(until)),
            PlayerStatus::NotPlaying => {}
        }
        match reports.playback(player.id, position) {
            ReportedPlayback::Unknown => tally.opening |= status != PlayerStatus::NotPlaying,
            ReportedPlayback::Closed => tally.closed = true,
            ReportedPlayback::Failed(_, code) => tally.codes.push(code),
            ReportedPlayback::Trying(_, code) => {
                tally.stopped = true;
                tally.codes.extend(code);
            }
            ReportedPlayback::Playing | ReportedPlayback::Ended => {}
        }
    }
    tally.verdict()
}

/// The status of all players together.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Default)]
struct Tally {
    /// Whether one has reached the end of its copy.
    ended: bool,
    /// Whether one lacks data or retries.
    stopped: bool,
    /// Whether one is still opening the media.
    opening: bool,
    /// Whether one is closed or stopped.
    closed: bool,
    /// The reasons of those that fail.
    codes: Vec<FailureCode>,
    /// The latest time until which one still tries.
    tries_until: Option<RoomTime>,
}

impl Tally {
    /// Opening the media is no failure, nor is lacking data for a moment while others open it.
    fn verdict(self) -> Verdict {
        let failed = (self.stopped && !self.opening) || !self.codes.is_empty();
        let cause = if self.ended {
            StandstillCause::Ended
        } else if failed {
            StandstillCause::Failed {
                code: most_reported(&self.codes),
            }
        } else if self.closed && !self.opening {
            StandstillCause::Closed
        } else {
            return Verdict::Nothing;
        };
        Verdict::Nobody(NobodyPlaying {
            cause,
            tries_until: self.tries_until,
        })
    }
}

/// The most frequent code; among equals the most specific one.
fn most_reported(codes: &[FailureCode]) -> FailureCode {
    let count = |code: &FailureCode| codes.iter().filter(|other| *other == code).count();
    let all = FailureCode::ALL.iter().copied().rev();
    all.filter(|code| count(code) > 0)
        .max_by_key(count)
        .unwrap_or_default()
}
