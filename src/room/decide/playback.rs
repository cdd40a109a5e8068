//! Moving the film: pause, resume, seek, undo, rate.
//!
//! What an admin did in their own player's window comes with a [`Mark`]: the others move to
//! it, that player is left alone. Everything else takes place [`Moment::lead`] from now.

use super::{Answer, Ask, Decided, Moment, length, standstill};
use crate::protocol::command::{Mark, SeekTarget};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::playback::{Playing, Retime, Segment};
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::room::timeline::Timeline;

/// The oldest that a mark may be, and the furthest ahead (clocks differ; judgement).
const MARK_AGE: Span = Span::seconds(1);

/// How long is counted: 3, 2, 1.
const COUNTED: Span = Span::seconds(3);

/// How much further ahead than other moves a change of the rate lies: players let a speed be
/// heard 0.283 s after it was ordered (measured, mpv 0.35.1), so that those who hear of it
/// just in time are on it in time as well.
const SPEED_LEAD: Span = Span::millis(300);

/// Stands where the film is now, or where the admin's own player stopped.
pub(super) fn pause(ask: Ask<'_>, mark: Option<Mark>) -> Answer {
    let timeline = &ask.state.timeline;
    on(timeline)?;
    if timeline.segment.paused || timeline.finished {
        return Err(Denied::AlreadyPaused);
    }
    let mark = checked(mark, timeline, ask.moment)?;
    let now = ask.moment.now;
    let segment = Segment {
        anchor: mark.map_or_else(|| timeline.position(now), |mark| mark.position),
        start: mark.map_or(now, |mark| mark.at),
        paused: true,
        ..timeline.segment
    };
    Ok(retimed(timeline, segment, Retime::Paused, mark.is_some()))
}

/// Plays on; from the beginning if the film is over. While the room waits for somebody, for
/// players to be ready or for a count, this ends the wait.
pub(super) fn resume(ask: Ask<'_>, mark: Option<Mark>) -> Answer {
    let timeline = &ask.state.timeline;
    on(timeline)?;
    let mark = checked(mark, timeline, ask.moment)?;
    if let Some(standstill) = standstill::that_waits(timeline) {
        return standstill::end_wait(ask, standstill);
    }
    let (anchor, mark) = if timeline.finished {
        (Position::START, None)
    } else if timeline.segment.paused || timeline.awaits_start(ask.moment.now) {
        let anchor = mark.map_or(timeline.segment.anchor, |mark| mark.position);
        (anchor, mark)
    } else if timeline.hold.is_some() {
        return super::slow::go(ask);
    } else {
        return Err(Denied::AlreadyPlaying);
    };
    let segment = Segment {
        anchor,
        start: mark.map_or(ask.moment.start(), |mark| mark.at),
        paused: false,
        ..timeline.segment
    };
    Ok(retimed(timeline, segment, Retime::Resumed, mark.is_some()))
}

/// Counts to the start of the film, from where it stands; a film that runs stands first, one
/// that is over begins anew. The numbers are told by the clock that everyone shares, from
/// this one event. A pause, or any other move, ends the count.
pub(super) fn countdown(ask: Ask<'_>) -> Answer {
    let timeline = &ask.state.timeline;
    on(timeline)?;
    if timeline.standstill.is_some() {
        return Err(Denied::NobodyPlays);
    }
    let anchor = if timeline.finished {
        Position::START
    } else {
        timeline.position(ask.moment.now)
    };
    let event = RoomEvent::Retimed {
        segment: Segment {
            anchor,
            start: ask.moment.start() + COUNTED,
            paused: false,
            ..timeline.segment
        },
        retime: Retime::Resumed,
        in_player: false,
        countdown: true,
    };
    Ok(vec![event.into()])
}

/// Jumps, whether the film runs or stands, and leaves it running or standing. An unknown
/// length bounds nothing, nor does one that only viewers told.
pub(super) fn seek(ask: Ask<'_>, target: SeekTarget, mark: Option<Mark>) -> Answer {
    let timeline = &ask.state.timeline;
    seekable(timeline)?;
    let mark = checked(mark, timeline, ask.moment)?;
    let target = match (mark, target) {
        (Some(mark), _) => mark.position,
        (None, SeekTarget::To(position)) => position,
        (None, SeekTarget::By(span)) => timeline.position(ask.moment.now) + span,
    };
    jump(timeline, target, mark, ask.moment)
}

/// Jumps back to where the film was before the last jump.
pub(super) fn undo(ask: Ask<'_>) -> Answer {
    let timeline = &ask.state.timeline;
    seekable(timeline)?;
    match ask.state.undo {
        Some((epoch, position)) if epoch == timeline.epoch => {
            jump(timeline, position, None, ask.moment)
        }
        _ => Err(Denied::NothingToUndo),
    }
}

/// Takes another rate from where the film will be once all players can have changed their
/// speed; until then it runs on as before.
pub(super) fn set_rate(ask: Ask<'_>, rate: Rate) -> Answer {
    let timeline = &ask.state.timeline;
    seekable(timeline)?;
    if timeline.finished {
        return Err(Denied::NothingPlays);
    }
    if timeline.segment.rate == rate {
        return Err(Denied::NothingChanges);
    }
    let now = ask.moment.now;
    let start = if timeline.segment.paused {
        now
    } else if timeline.hold.is_some() {
        ask.moment.start()
    } else if timeline.segment.start > now && timeline.before.is_none() {
        // A start that is scheduled still takes place when it was to.
        timeline.segment.start
    } else {
        ask.moment.start() + SPEED_LEAD
    };
    // Another change that is on its way does not take place.
    let goes_on = Timeline {
        segment: timeline.running(now),
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

fn jump(timeline: &Timeline, target: Position, mark: Option<Mark>, moment: Moment) -> Answer {
    let from = timeline.position(mark.map_or(moment.now, |mark| mark.at));
    let anchor = target.clamped(length::bound(timeline));
    // Where the film stands for somebody or for a count, any move ends that.
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

/// When a jump takes place. The wait for players goes on, from another place.
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
    let longer = length::gone_beyond(timeline, segment.anchor);
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

/// A mark in this very video that is fresh, within the film.
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
