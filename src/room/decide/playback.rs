//! Playback commands: pause, resume, seek, undo, rate, countdown.
//!
//! What an admin did in their own player's window comes with a [`Mark`]: the others follow it, and
//! that player is left alone. Everything else takes place [`Moment::lead`] from now.

use super::moment::COUNTDOWN;
use super::{CommandContext, CommandResult, Decided, Moment, length, standstill};
use crate::protocol::command::{Mark, SeekTarget};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::playback::{Playing, Retime, Segment};
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::room::lobby;
use crate::room::timeline::Timeline;

/// The greatest age of a mark, and the furthest it may lie ahead (clocks differ; judgement).
const MARK_AGE: Span = Span::seconds(1);

/// How much later than other changes a change of rate takes place: mpv makes a new speed audible
/// 0.283 s after the command (measured, mpv 0.35.1), so members who learn of it just in time are
/// also in step in time.
const SPEED_LEAD: Span = Span::millis(300);

/// Pauses where the media is now, or where the admin's own player stopped.
pub(super) fn pause(ctx: CommandContext<'_>, mark: Option<Mark>) -> CommandResult {
    let timeline = &ctx.state.timeline;
    on(timeline)?;
    if timeline.segment.paused || timeline.finished {
        return Err(Denied::AlreadyPaused);
    }
    let mark = checked(mark, timeline, ctx.moment)?;
    let now = ctx.moment.now;
    let segment = Segment {
        anchor: mark.map_or_else(|| timeline.position(now), |mark| mark.position),
        start: mark.map_or(now, |mark| mark.at),
        paused: true,
        ..timeline.segment
    };
    Ok(retimed(timeline, segment, Retime::Paused, mark.is_some()))
}

/// Resumes; from the beginning if the media is over. Ends a hold, a wait for players or a
/// countdown. What waits in the lobby is started, with its countdown.
pub(super) fn resume(ctx: CommandContext<'_>, mark: Option<Mark>) -> CommandResult {
    let timeline = &ctx.state.timeline;
    on(timeline)?;
    if lobby::holds_media(ctx.state) && timeline.standstill.is_none() {
        return super::lobby::start(ctx);
    }
    let mark = checked(mark, timeline, ctx.moment)?;
    if let Some(standstill) = standstill::endable(timeline) {
        return standstill::end_wait(ctx, standstill);
    }
    let (anchor, mark) = if timeline.finished {
        (Position::START, None)
    } else if timeline.segment.paused || timeline.awaits_start(ctx.moment.now) {
        let anchor = mark.map_or(timeline.segment.anchor, |mark| mark.position);
        (anchor, mark)
    } else if timeline.hold.is_some() {
        return super::slow::go(ctx);
    } else {
        return Err(Denied::AlreadyPlaying);
    };
    let segment = Segment {
        anchor,
        start: mark.map_or(ctx.moment.start(), |mark| mark.at),
        paused: false,
        ..timeline.segment
    };
    Ok(retimed(timeline, segment, Retime::Resumed, mark.is_some()))
}

/// Starts a countdown to playback from the current position; playing media stops first, finished
/// media begins again. Every client counts by the shared clock from this one event. A pause or any
/// other change of playback ends the countdown.
pub(super) fn countdown(ctx: CommandContext<'_>) -> CommandResult {
    let timeline = &ctx.state.timeline;
    on(timeline)?;
    if timeline.standstill.is_some() {
        return Err(Denied::NobodyPlays);
    }
    let anchor = if timeline.finished {
        Position::START
    } else {
        timeline.position(ctx.moment.now)
    };
    let event = RoomEvent::Retimed {
        segment: Segment {
            anchor,
            start: ctx.moment.start() + COUNTDOWN,
            paused: false,
            ..timeline.segment
        },
        retime: Retime::Resumed,
        in_player: false,
        countdown: true,
    };
    Ok(vec![event.into()])
}

/// Seeks, and leaves the media playing or paused. An unknown length limits nothing, nor does one
/// that only viewers' players report.
pub(super) fn seek(
    ctx: CommandContext<'_>,
    target: SeekTarget,
    mark: Option<Mark>,
) -> CommandResult {
    let timeline = &ctx.state.timeline;
    seekable(timeline)?;
    let mark = checked(mark, timeline, ctx.moment)?;
    let target = match (mark, target) {
        (Some(mark), _) => mark.position,
        (None, SeekTarget::To(position)) => position,
        (None, SeekTarget::By(span)) => timeline.position(ctx.moment.now) + span,
    };
    jump(timeline, target, mark, ctx.moment)
}

/// Seeks back to the position before the last seek.
pub(super) fn undo(ctx: CommandContext<'_>) -> CommandResult {
    let timeline = &ctx.state.timeline;
    seekable(timeline)?;
    match ctx.state.undo {
        Some((epoch, position)) if epoch == timeline.epoch => {
            jump(timeline, position, None, ctx.moment)
        }
        _ => Err(Denied::NothingToUndo),
    }
}

/// Changes the rate at a time when all players can have changed their speed; until then the old
/// rate applies.
pub(super) fn set_rate(ctx: CommandContext<'_>, rate: Rate) -> CommandResult {
    let timeline = &ctx.state.timeline;
    seekable(timeline)?;
    if timeline.finished {
        return Err(Denied::NothingPlays);
    }
    if timeline.segment.rate == rate {
        return Err(Denied::NothingChanges);
    }
    let now = ctx.moment.now;
    let start = if timeline.segment.paused {
        now
    } else if timeline.hold.is_some() {
        ctx.moment.start()
    } else if timeline.segment.start > now && timeline.before.is_none() {
        // A start that is already scheduled keeps its time.
        timeline.segment.start
    } else {
        ctx.moment.start() + SPEED_LEAD
    };
    // A pending change of rate is replaced.
    let goes_on = Timeline {
        segment: timeline.segment_at(now),
        before: None,
        ..timeline.clone()
    };
    let segment = Segment {
        anchor: goes_on.position(start),
        start,
        rate,
        paused: timeline.segment.paused,
    };
    Ok(retimed(timeline, segment, Retime::RateChanged, false))
}

fn jump(
    timeline: &Timeline,
    target: Position,
    mark: Option<Mark>,
    moment: Moment,
) -> CommandResult {
    let from = timeline.position(mark.map_or(moment.now, |mark| mark.at));
    let anchor = target.clamped(length::bound(timeline));
    // A hold, a standstill or a wait for the start ends with any seek.
    let waits = timeline.hold.is_some()
        || timeline.standstill.is_some()
        || timeline.awaits_start(moment.now);
    if anchor == from && !waits {
        return Err(Denied::NothingChanges);
    }
    let segment = Segment {
        anchor,
        start: jump_start(timeline, mark, moment),
        ..timeline.segment
    };
    let retime = Retime::Sought { from };
    Ok(retimed(timeline, segment, retime, mark.is_some()))
}

/// When a seek takes place. The wait for players continues, from another position.
fn jump_start(timeline: &Timeline, mark: Option<Mark>, moment: Moment) -> RoomTime {
    if timeline.gate.is_empty() || !timeline.awaits_start(moment.now) {
        mark.map_or_else(|| moment.start(), |mark| mark.at)
    } else {
        timeline.segment.start
    }
}

fn retimed(timeline: &Timeline, segment: Segment, retime: Retime, in_player: bool) -> Vec<Decided> {
    let event = RoomEvent::Retimed {
        segment,
        retime,
        in_player,
        countdown: false,
    };
    let longer = length::disproved_by_seek(timeline, segment.anchor);
    longer.into_iter().chain([event.into()]).collect()
}

fn on(timeline: &Timeline) -> Result<&Playing, Denied> {
    timeline.playing.as_ref().ok_or(Denied::NothingPlays)
}

fn seekable(timeline: &Timeline) -> Result<&Playing, Denied> {
    let playing = on(timeline)?;
    if playing.live {
        Err(Denied::CannotSeek)
    } else {
        Ok(playing)
    }
}

/// Checks that a mark is for this media and recent, and limits its position to the media.
fn checked(
    mark: Option<Mark>,
    timeline: &Timeline,
    moment: Moment,
) -> Result<Option<Mark>, Denied> {
    let Some(mark) = mark else {
        return Ok(None);
    };
    let stale = (moment.now - mark.at).abs() > MARK_AGE;
    if stale || mark.epoch != timeline.epoch {
        return Err(Denied::TooLate);
    }
    let position = mark.position.clamped(length::bound(timeline));
    Ok(Some(Mark { position, ..mark }))
}
