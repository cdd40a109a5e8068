//! Loading media: at a command, after a skip, or because the previous one is over.

use super::queue_limits::{EntryKind, admit};
use super::{CommandContext, CommandResult, Decided, Moment, gate};
use crate::media::Media;
use crate::protocol::batch::NewEntry;
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::EntryId;
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, LoadCause, Playing, QueueEntry, Segment};
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::room::roles;
use crate::room::state::RoomState;
use crate::room::timeline::Timeline;

/// Media this close to its end counts as over: if interrupted there, it does not go back into the
/// queue (judgement: nothing but credits is left).
const NEARLY_OVER: Span = Span::seconds(5);

/// Plays a link now; interrupted media goes to the top of the queue.
pub(super) fn play(ctx: CommandContext<'_>, media: &Media) -> CommandResult {
    let waiting = ctx.state.queue.find(media);
    let leaving = waiting.map(|entry| entry.id);
    let interrupted = interrupted(ctx.state, media, ctx.moment.now)
        .or_else(|| kept_for_admin(ctx).filter(|kept| kept.media.url() != media.url()));
    let mut decided = match &interrupted {
        Some(entry) => admit(ctx.state, entry, EntryKind::Interrupted, leaving)?,
        None => Vec::new(),
    };
    let next_media = NextMedia {
        entry: leaving,
        playing: Playing {
            title: waiting.and_then(|entry| entry.title.clone()),
            title_by_viewers: waiting.is_some_and(|entry| entry.title_by_viewers),
            ..playing_by(ctx, media)
        },
        from: link_start(media),
        interrupted,
    };
    decided.push(next_media.load(ctx.state, LoadCause::Played, ctx.moment));
    Ok(decided)
}

/// Plays a link in a room where nothing plays.
pub(super) fn start_idle(ctx: CommandContext<'_>, new: &NewEntry) -> Vec<Decided> {
    let waiting = ctx.state.queue.find(&new.media);
    let known = waiting.filter(|_| new.title.is_none());
    let known = known.and_then(|entry| Some((entry.title.clone()?, entry.title_by_viewers)));
    let next_media = NextMedia {
        entry: waiting.map(|entry| entry.id),
        playing: Playing {
            title_by_viewers: known.as_ref().is_some_and(|(_, by_viewers)| *by_viewers),
            title: new.title.clone().or_else(|| Some(known?.0)),
            ..playing_by(ctx, &new.media)
        },
        from: link_start(&new.media),
        interrupted: None,
    };
    vec![next_media.load(ctx.state, LoadCause::Idle, ctx.moment)]
}

/// Skips to the next approved entry.
pub(super) fn skip(ctx: CommandContext<'_>) -> CommandResult {
    let next = ctx.state.queue.next_approved().ok_or(Denied::NothingNext)?;
    skip_to(ctx, next)
}

/// Drops the current media for an entry of the queue.
fn skip_to(ctx: CommandContext<'_>, next: &QueueEntry) -> CommandResult {
    let mut decided = vec![entry(ctx.state, next, LoadCause::Skipped, ctx.moment)];
    if let Some(kept) = kept_for_admin(ctx) {
        decided.extend(admit(
            ctx.state,
            &kept,
            EntryKind::Interrupted,
            Some(next.id),
        )?);
        decided.push(RoomEvent::Queued { entry: kept }.into());
    }
    Ok(decided)
}

/// The current media as the last entry of the queue, if an acting admin by presence alone skips,
/// or plays something over, what a real admin has put on: they may not take out what an admin
/// queued.
fn kept_for_admin(ctx: CommandContext<'_>) -> Option<QueueEntry> {
    let CommandContext {
        state, by, moment, ..
    } = ctx;
    let playing = state.timeline.playing.as_ref()?;
    let owner = state.roster.get(playing.by)?;
    let is_protected = roles::acts_by_presence(by, &state.roster) && owner.role == Role::Admin;
    let position = state.timeline.position(moment.now);
    if !is_protected || is_over(&state.timeline, playing, position) {
        return None;
    }
    let start = if playing.live {
        Position::START
    } else {
        position
    };
    Some(entry_of(state, playing, start, moment.now))
}

/// Plays an entry of the queue at an admin's command. Earlier entries stay in the queue.
pub(super) fn play_now(ctx: CommandContext<'_>, id: EntryId) -> CommandResult {
    let waiting = ctx.state.queue.get(id);
    let waiting = waiting.ok_or(Denied::NoSuchEntry { entry: id })?;
    skip_to(ctx, waiting)
}

/// The media is over: the next approved entry starts, or the last frame stays.
pub(super) fn finish_or_next(state: &RoomState, moment: Moment) -> Vec<Decided> {
    let decided = next(state, LoadCause::Next, moment).unwrap_or_else(|| {
        let timeline = &state.timeline;
        let playing = timeline.playing.as_ref();
        // At a standstill it ends where the copies end, not at its known end.
        let playing = playing.filter(|_| timeline.standstill.is_none());
        let end = playing.and_then(|playing| playing.duration);
        RoomEvent::Finished {
            epoch: timeline.epoch,
            // Whole microseconds of room time may fall just short of the end.
            position: end.map_or_else(|| timeline.position(moment.now), |end| Position(end.0)),
        }
        .into()
    });
    vec![decided]
}

/// Loads an entry of the queue, from its own start or else from the one that its link asks for.
pub(super) fn entry(
    state: &RoomState,
    entry: &QueueEntry,
    cause: LoadCause,
    moment: Moment,
) -> Decided {
    let from = if entry.start == Position::START {
        link_start(&entry.media)
    } else {
        entry.start
    };
    let next_media = NextMedia {
        entry: Some(entry.id),
        playing: Playing {
            media: entry.media.clone(),
            title: entry.title.clone(),
            duration: None,
            live: false,
            length_is_set: false,
            length_by_viewers: false,
            title_by_viewers: entry.title_by_viewers,
            players_length: None,
            unopened: true,
            begins: None,
            by: entry.by,
            by_name: entry.by_name.clone(),
        },
        from,
        interrupted: None,
    };
    next_media.load(state, cause, moment)
}

fn next(state: &RoomState, cause: LoadCause, moment: Moment) -> Option<Decided> {
    let next = state.queue.next_approved()?;
    Some(entry(state, next, cause, moment))
}

/// The media to load, and what becomes of the queue by it.
struct NextMedia {
    entry: Option<EntryId>,
    playing: Playing,
    from: Position,
    interrupted: Option<QueueEntry>,
}

impl NextMedia {
    fn load(self, state: &RoomState, cause: LoadCause, moment: Moment) -> Decided {
        // In the lobby it waits for its start, however long its players take.
        let waits = state.start.is_some();
        let gate = if waits {
            Vec::new()
        } else {
            gate::members_to_wait_for(state)
        };
        RoomEvent::Loaded {
            epoch: state.timeline.epoch.next(),
            playing: self.playing,
            segment: Segment {
                anchor: self.from,
                start: gate::start(&gate, moment),
                rate: Rate::NORMAL,
                paused: waits,
            },
            entry: self.entry,
            interrupted: self.interrupted.map(Box::new),
            cause,
            gate,
        }
        .into()
    }
}

/// New media that a member plays.
fn playing_by(ctx: CommandContext<'_>, media: &Media) -> Playing {
    Playing {
        media: media.clone(),
        title: None,
        duration: None,
        live: false,
        length_is_set: false,
        length_by_viewers: false,
        title_by_viewers: false,
        players_length: None,
        unopened: true,
        begins: None,
        by: ctx.by.id,
        by_name: ctx.by.name.clone(),
    }
}

/// The start position in a link.
fn link_start(media: &Media) -> Position {
    Position::seconds(i64::from(media.start_seconds()))
}

/// The current media as an entry that resumes later. `None` for media that is (nearly) over, live,
/// that no player has opened, or that is the one being loaded.
fn interrupted(state: &RoomState, by: &Media, now: RoomTime) -> Option<QueueEntry> {
    let timeline = &state.timeline;
    let playing = timeline.playing.as_ref()?;
    let position = timeline.position(now);
    let useless = playing.live || playing.unopened;
    let over = is_over(timeline, playing, position);
    if over || useless || playing.media.url() == by.url() {
        return None;
    }
    Some(entry_of(state, playing, position, now))
}

/// Whether media at this position has ended, or nearly.
fn is_over(timeline: &Timeline, playing: &Playing, position: Position) -> bool {
    let end = playing.duration.map(|duration| Position(duration.0));
    timeline.finished || end.is_some_and(|end| end - position <= NEARLY_OVER)
}

/// The current media as an approved entry that resumes at `start`.
fn entry_of(state: &RoomState, playing: &Playing, start: Position, now: RoomTime) -> QueueEntry {
    QueueEntry {
        id: state.queue.next_id(),
        media: playing.media.clone(),
        title: playing.title.clone(),
        title_by_viewers: playing.title_by_viewers,
        duration: playing.duration,
        start,
        by: playing.by,
        by_name: playing.by_name.clone(),
        at: now,
        state: EntryState::Approved,
    }
}
