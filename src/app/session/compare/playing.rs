//! What plays, and how time runs.

use super::change::RoomChange;
use super::notices::skipped;
use crate::app::output::{Notice, Output, OwnPlayerNotice, Person, TimelineView};
use crate::protocol::event::RoomEvent;
use crate::protocol::playback::{LoadCause, Playing};
use crate::protocol::time::Span;
use crate::room::lobby;
use crate::room::timeline::Timeline;

/// What plays, if other media came on or something that is shown of it changed.
pub(super) fn media(change: &RoomChange<'_>) -> Option<Output> {
    let now = &change.now.timeline;
    let then = known(change);
    let is_new = then.is_none_or(|then| then.epoch != now.epoch || shows_otherwise(then, now));
    is_new.then(|| Output::Media {
        playing: now.playing.clone(),
        epoch: now.epoch,
        revised: then.is_some_and(|then| then.epoch == now.epoch && is_revised(then, now)),
        started_by: started_by(change),
        in_lobby: in_lobby(change),
    })
}

/// Whether the media came on in the lobby: it waits there, paused.
fn in_lobby(change: &RoomChange<'_>) -> bool {
    match change.event() {
        Some(RoomEvent::Loaded { segment, .. }) => segment.paused,
        _ => lobby::holds_media(change.now),
    }
}

/// Who put the media on, past the queue or after the end of the media before. Who skipped what
/// played has a notice of their own.
fn started_by(change: &RoomChange<'_>) -> Option<Person> {
    let RoomEvent::Loaded { cause, .. } = change.event()? else {
        return None;
    };
    match cause {
        LoadCause::Played => change.by_whom(),
        LoadCause::Skipped if skipped(change).is_none() => change.by_whom(),
        LoadCause::Skipped | LoadCause::Idle | LoadCause::Next => None,
    }
}

/// How time runs, if that changed. `has_notice`: a notice reports it in words.
pub(super) fn timeline(change: &RoomChange<'_>, has_notice: bool) -> Option<Output> {
    let (state, now) = (change.now, &change.now.timeline);
    let then = known(change);
    then.is_none_or(|then| moves_otherwise(then, now)).then(|| {
        let has_notice = match change.event() {
            Some(RoomEvent::NobodyPlays { .. } | RoomEvent::Finished { .. }) => true,
            // In the lobby it waits, and nobody paused it.
            Some(RoomEvent::Loaded { segment, .. }) => segment.paused || has_notice,
            // Otherwise a part was skipped, and the position is emitted as after a seek.
            Some(RoomEvent::SomebodyPlays { .. }) => {
                then.is_some_and(|then| then.standstill.is_some())
            }
            _ => has_notice,
        };
        let at = change.at();
        Output::Timeline(TimelineView {
            position: now.position(at),
            paused: now.segment.paused || now.is_given_up(),
            held: now.waits_for_data(),
            rate: now.segment.rate,
            rev: state.rev,
            at,
            start: now.segment.start,
            has_notice,
        })
    })
}

/// The subtitles that are offered, if they are others than before.
pub(super) fn subtitles(change: &RoomChange<'_>) -> Option<Notice> {
    let offer = change.now.subtitles.as_ref()?;
    let is_new = change.before.subtitles() != Some(offer);
    let offered = is_new.then(|| OwnPlayerNotice::SubtitlesOffered {
        who: Person {
            name: offer.by_name.clone(),
            is_you: offer.by == change.recipient.me,
        },
        name: offer.link.name(),
        host: offer.link.host().to_owned(),
    });
    offered.map(Notice::Own)
}

/// Whose players the media waits for, if that changed.
pub(super) fn gate(change: &RoomChange<'_>) -> Option<Output> {
    let now = &change.now.timeline;
    let at = change.at();
    let (is_new, fresh) = match known(change) {
        Some(then) => (then.gate != now.gate, then.epoch != now.epoch),
        None => (now.awaits_start(at) && !now.gate.is_empty(), true),
    };
    is_new.then(|| Output::WaitingForPlayers {
        missing: change.people(&now.gate),
        at_most: (now.segment.start - at).max(Span::ZERO),
        fresh,
    })
}

/// The timeline that is taken for known: none, if a whole state came.
fn known<'a>(change: &RoomChange<'a>) -> Option<&'a Timeline> {
    change.cause.and_then(|_| change.before.timeline())
}

fn moves_otherwise(then: &Timeline, now: &Timeline) -> bool {
    then.epoch != now.epoch
        || then.segment != now.segment
        || then.hold != now.hold
        || then.finished != now.finished
        || then.is_stopped() != now.is_stopped()
        || then.is_given_up() != now.is_given_up()
}

fn shows_otherwise(then: &Timeline, now: &Timeline) -> bool {
    then.playing != now.playing && shown(then) != shown(now)
}

/// What plays, as far as it is shown: by whose word its length is and who has opened it is not.
fn shown(timeline: &Timeline) -> Option<Playing> {
    timeline.playing.clone().map(|playing| Playing {
        length_is_set: false,
        length_by_viewers: false,
        title_by_viewers: false,
        players_length: None,
        unopened: false,
        begins: None,
        ..playing
    })
}

/// Whether only the length of what plays has changed, and was known before.
fn is_revised(then: &Timeline, now: &Timeline) -> bool {
    let length = now.playing.as_ref().and_then(|playing| playing.duration);
    let before = shown(then).filter(|playing| playing.duration.is_some());
    let with_length = before.map(|playing| Playing {
        duration: length,
        ..playing
    });
    with_length.is_some() && with_length == shown(now)
}
