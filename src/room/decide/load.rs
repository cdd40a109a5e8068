//! Putting a video on: now, after a skip, or because the one before is over.

use super::admit::{Claim, admit};
use super::{Answer, Ask, Decided, Moment, gate};
use crate::media::Media;
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::EntryId;
use crate::protocol::playback::{Entry, EntryState, LoadCause, Playing, Segment};
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::room::state::RoomState;

/// A film this near its end counts as over: interrupted there, it does not go back into the
/// queue (judgement: nothing but credits is left).
const NEARLY_OVER: Span = Span::seconds(5);

/// Puts a link on now; what it interrupts goes to the top of the queue.
pub(super) fn play(ask: Ask<'_>, media: &Media) -> Answer {
    let waiting = ask.state.queue.find(media);
    let leaving = waiting.map(|entry| entry.id);
    let interrupted = interrupted(ask.state, media, ask.moment.now);
    let mut decided = match &interrupted {
        Some(entry) => admit(ask.state, entry, Claim::Interrupted, leaving)?,
        None => Vec::new(),
    };
    let wanted = Wanted {
        entry: leaving,
        playing: Playing {
            title: waiting.and_then(|entry| entry.title.clone()),
            title_by_viewers: waiting.is_some_and(|entry| entry.title_by_viewers),
            ..put_on(ask, media)
        },
        from: link_start(media),
        interrupted,
    };
    decided.push(wanted.load(ask.state, LoadCause::Played, ask.moment));
    Ok(decided)
}

/// Puts a link on in a room where nothing plays.
pub(super) fn start_idle(ask: Ask<'_>, media: &Media) -> Vec<Decided> {
    let waiting = ask.state.queue.find(media);
    let wanted = Wanted {
        entry: waiting.map(|entry| entry.id),
        playing: put_on(ask, media),
        from: link_start(media),
        interrupted: None,
    };
    vec![wanted.load(ask.state, LoadCause::Idle, ask.moment)]
}

/// Puts the next approved entry on at an admin's word.
pub(super) fn skip(ask: Ask<'_>) -> Answer {
    next(ask.state, LoadCause::Skipped, ask.moment)
        .map(|loaded| vec![loaded])
        .ok_or(Denied::NothingNext)
}

/// Puts an entry of the queue on at an admin's word, as if all before it had been skipped; what
/// stands before it stays in the queue.
pub(super) fn play_now(ask: Ask<'_>, id: EntryId) -> Answer {
    let waiting = ask.state.queue.get(id);
    let waiting = waiting.ok_or(Denied::NoSuchEntry { entry: id })?;
    let loaded = entry(ask.state, waiting, LoadCause::Skipped, ask.moment);
    Ok(vec![loaded])
}

/// The video that is on is over: the next approved entry starts, or the last frame stays.
pub(super) fn after_the_end(state: &RoomState, moment: Moment) -> Vec<Decided> {
    let decided = next(state, LoadCause::Next, moment).unwrap_or_else(|| {
        let timeline = &state.timeline;
        let film = timeline.playing.as_ref();
        // Where nobody has more of it, it ends there and not at its known end.
        let film = film.filter(|_| timeline.standstill.is_none());
        let end = film.and_then(|film| film.duration);
        RoomEvent::Finished {
            epoch: timeline.epoch,
            // Whole microseconds of room time may fall just short of a film's end.
            position: end.map_or_else(|| timeline.position(moment.now), |end| Position(end.0)),
        }
        .into()
    });
    vec![decided]
}

/// Puts an entry on.
pub(super) fn entry(state: &RoomState, entry: &Entry, cause: LoadCause, moment: Moment) -> Decided {
    let from = if entry.start == Position::START {
        link_start(&entry.media)
    } else {
        entry.start
    };
    let wanted = Wanted {
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
    wanted.load(state, cause, moment)
}

fn next(state: &RoomState, cause: LoadCause, moment: Moment) -> Option<Decided> {
    let next = state.queue.next_approved()?;
    Some(entry(state, next, cause, moment))
}

/// What is to come on.
struct Wanted {
    entry: Option<EntryId>,
    playing: Playing,
    from: Position,
    interrupted: Option<Entry>,
}

impl Wanted {
    fn load(self, state: &RoomState, cause: LoadCause, moment: Moment) -> Decided {
        let gate = gate::awaited(state);
        RoomEvent::Loaded {
            epoch: state.timeline.epoch.next(),
            playing: self.playing,
            segment: Segment {
                anchor: self.from,
                start: gate::start(&gate, moment),
                rate: Rate::NORMAL,
                paused: false,
            },
            entry: self.entry,
            interrupted: self.interrupted.map(Box::new),
            cause,
            gate,
        }
        .into()
    }
}

/// A link as the member puts it on.
fn put_on(ask: Ask<'_>, media: &Media) -> Playing {
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
        by: ask.by.id,
        by_name: ask.by.name.clone(),
    }
}

/// Where a link asks to start.
fn link_start(media: &Media) -> Position {
    Position::seconds(i64::from(media.start_seconds()))
}

/// The film that is on, as the entry from which it will go on later. A film that is (nearly)
/// over, live, that no player has opened, or the very one that comes on does not wait.
fn interrupted(state: &RoomState, by: &Media, now: RoomTime) -> Option<Entry> {
    let timeline = &state.timeline;
    let playing = timeline.playing.as_ref()?;
    let position = timeline.position(now);
    let over = timeline.finished
        || playing
            .duration
            .is_some_and(|duration| Position(duration.0) - position <= NEARLY_OVER);
    let useless = playing.live || playing.unopened;
    if over || useless || playing.media.url() == by.url() {
        return None;
    }
    Some(Entry {
        id: state.queue.next_id(),
        media: playing.media.clone(),
        title: playing.title.clone(),
        title_by_viewers: playing.title_by_viewers,
        duration: playing.duration,
        start: position,
        by: playing.by,
        by_name: playing.by_name.clone(),
        at: now,
        state: EntryState::Approved,
    })
}
