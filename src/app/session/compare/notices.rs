//! Events of the room that are reported by a notice only.

use super::change::RoomChange;
use super::chat::eraser;
use super::queue::{is_quiet, queued_together};
use crate::app::output::{BatchNotice, Jump, LobbyNotice, Notice, Person, UnqueuedEntry};
use crate::protocol::command::Action;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{EntryId, InviteId, MemberId};
use crate::protocol::lobby::StartRule;
use crate::protocol::member::{Ban, Role, Visibility};
use crate::protocol::moderation::Erasure;
use crate::protocol::playback::{
    LoadCause, Retime, Segment, Standstill, StandstillCause, UnqueueCause,
};
use crate::protocol::time::Span;
use crate::room::deadline::standstill_ends_at;
use crate::room::timeline::Timeline;
use crate::room::{lobby, media_facts};

/// The notice for the event that led to a change.
pub(super) fn notice(change: &RoomChange<'_>) -> Option<Notice> {
    let who = |id: MemberId| change.person(id);
    match change.event()? {
        RoomEvent::Approved { entry } => approved(change, *entry),
        RoomEvent::QueueMoved { entry, place } => moved(change, *entry, *place),
        RoomEvent::QueuedTogether { .. } => queued_together(change),
        RoomEvent::Unqueued { .. } => unqueued(change),
        RoomEvent::Loaded {
            cause: LoadCause::Skipped,
            ..
        } => skipped(change),
        RoomEvent::Loaded { .. } if change.before.was_awaited() => {
            let waits = lobby::holds_media(change.now);
            waits.then_some(Notice::Lobby(LobbyNotice::ReadyAgain))
        }
        RoomEvent::Loaded {
            interrupted: Some(entry),
            ..
        } => Some(Notice::PutBack {
            title: entry
                .title
                .as_ref()
                .map_or_else(|| entry.media.name(), ToString::to_string),
        }),
        RoomEvent::Retimed {
            segment,
            retime,
            countdown,
            ..
        } => retimed(change, *segment, *retime, *countdown),
        RoomEvent::Held { hold, .. } => Some(Notice::Waiting {
            who: who(hold.member)?,
            at_most: hold.until - hold.since,
            may_resume: change.may(Action::Go),
        }),
        RoomEvent::Released { .. } => wait_over(change),
        RoomEvent::Finished { .. } => Some(Notice::Finished {
            may_resume: change.may(Action::Resume),
            proposed: change.now.queue.proposals().count(),
        }),
        RoomEvent::StartedWithout { members } => {
            let missed = change.people(members);
            (!missed.is_empty()).then_some(Notice::StartedWithout { missed })
        }
        RoomEvent::Learned { .. } => length_set(change),
        RoomEvent::NobodyPlays { standstill, .. } => {
            nobody_plays(change).or_else(|| all_wait(change, standstill))
        }
        RoomEvent::SomebodyPlays { segment, .. } => somebody_plays(change, *segment),
        _ => administered(change),
    }
}

/// The notice for an event that changed no media, position or queue: who may do what in the room.
fn administered(change: &RoomChange<'_>) -> Option<Notice> {
    let who = |id: MemberId| change.person(id);
    match change.event()? {
        RoomEvent::HeirNamed { member } => Some(Notice::Heir {
            who: who((*member)?)?,
            by: change.by_whom(),
        }),
        RoomEvent::EmoteSet(change) => Some(Notice::Emote {
            name: change.name.to_string(),
            text: change.text.as_ref().map(|text| text.as_str().to_owned()),
        }),
        RoomEvent::Titled { title } => Some(Notice::Titled {
            title: title.as_ref().map(|title| title.as_str().to_owned()),
            by: change.by_whom(),
        }),
        RoomEvent::VisibilityChanged { visibility } => {
            Some(visibility_changed(change, *visibility))
        }
        RoomEvent::InviteCreated { invite, role } => invite_created(change, *invite, *role),
        RoomEvent::InviteRevoked { invite } if change.may(Action::ListInvites) => {
            Some(Notice::InviteRevoked {
                invite: *invite,
                who: change.by_whom()?,
            })
        }
        RoomEvent::Asked { member, request } => Some(Notice::Asked {
            who: who(*member)?,
            request: request.clone(),
        }),
        RoomEvent::Banned { ban } => Some(banned(change, ban)),
        RoomEvent::Unbanned { member } => Some(Notice::Unbanned {
            name: change.before.ban(*member)?.name.clone(),
            by: change.by_whom(),
        }),
        RoomEvent::ErasedAll(erasure) => Some(erased_all(change, erasure)),
        RoomEvent::Restricted(restriction) => Some(Notice::Restricted {
            restriction: *restriction,
            by: change.by_whom(),
        }),
        RoomEvent::StartSet { start, missed } => start_set(change, *start, *missed),
        RoomEvent::WaitChosen { wait } if change.before.wait_chosen() != Some(*wait) => {
            Some(Notice::WaitPolicy {
                waits: *wait,
                chosen: true,
                by: change.by_whom(),
            })
        }
        _ => None,
    }
}

/// Whether a notice says how time runs from now on.
pub(super) const fn reports_time(notice: &Notice) -> bool {
    matches!(
        notice,
        Notice::Paused { .. }
            | Notice::Resumed { .. }
            | Notice::PlaysAgain { .. }
            | Notice::Lobby(LobbyNotice::Starts { .. })
            | Notice::RateChanged { .. }
            | Notice::NobodyPlays { .. }
    )
}

/// Who changed how time runs, and how. What the room does by itself has no such notice.
fn retimed(
    change: &RoomChange<'_>,
    segment: Segment,
    retime: Retime,
    countdown: bool,
) -> Option<Notice> {
    if let Retime::Started { why } = retime {
        return Some(Notice::Lobby(LobbyNotice::Starts {
            who: change.by_whom(),
            why,
            may_pause: change.may(Action::Pause),
        }));
    }
    let who = change.by_whom()?;
    let at = change.now.timeline.position(change.at());
    let was_paused = change.before.timeline().map(|then| then.segment.paused);
    let was_over = change.before.timeline().map(|then| then.finished);
    match retime {
        Retime::Sought { from } => {
            let back = (change.now.timeline.epoch, segment.anchor);
            Some(Notice::Jumped(Jump {
                who,
                from,
                to: segment.anchor,
                chapter: None,
                undoes: change.before.undo() == Some(back),
                may_undo: change.may(Action::Undo),
            }))
        }
        _ if countdown => Some(Notice::Countdown {
            who,
            may_pause: change.may(Action::Pause),
        }),
        Retime::Paused => Some(Notice::Paused { who, at }),
        Retime::Resumed if was_over == Some(true) => Some(Notice::PlaysAgain { who }),
        // Otherwise a start was scheduled anew.
        Retime::Resumed if was_paused == Some(true) => Some(Notice::Resumed { who, at }),
        Retime::RateChanged => Some(Notice::RateChanged {
            who,
            rate: segment.rate,
        }),
        Retime::Resumed | Retime::Emptied | Retime::Started { .. } => None,
    }
}

/// When the media starts that waits in the lobby was set, or its time has passed.
fn start_set(change: &RoomChange<'_>, start: Option<StartRule>, missed: bool) -> Option<Notice> {
    if missed {
        let may_start = change.may(Action::Start);
        return Some(Notice::Lobby(LobbyNotice::StartMissed { may_start }));
    }
    let who = change.by_whom()?;
    let is_idle = change.now.timeline.is_idle();
    // That it starts by one's own word stands above the chat, with the command.
    if who.is_you && start == Some(StartRule::Told) && !is_idle {
        return None;
    }
    Some(Notice::Lobby(match start {
        Some(start) => LobbyNotice::StartSet {
            who,
            start,
            clock: None,
            for_next: is_idle,
            may_play: change.may(Action::PlayWaiting),
        },
        None => LobbyNotice::StartOff {
            who,
            waited: !is_idle,
            may_resume: change.may(Action::Resume),
        },
    }))
}

/// Who skipped the media that played. After its end there is nothing to skip.
pub(super) fn skipped(change: &RoomChange<'_>) -> Option<Notice> {
    let then = change.before.timeline()?;
    let played = then.playing.is_some() && !then.finished;
    let who = change.by_whom().filter(|_| played)?;
    Some(Notice::Skipped { who })
}

/// That nobody plays the media and nobody tries any more, and when the next one comes on, unless
/// that was so before.
pub(super) fn nobody_plays(change: &RoomChange<'_>) -> Option<Notice> {
    let then = change.before.timeline();
    let was_known = then.is_some_and(Timeline::is_given_up);
    let timeline = &change.now.timeline;
    let standstill = timeline.given_up().filter(|_| !was_known)?;
    let follows = change.now.queue.next_approved().is_some();
    let runs = !timeline.segment.paused && standstill.cause != StandstillCause::Closed;
    let ends_at = standstill_ends_at(change.now, standstill);
    Some(Notice::NobodyPlays {
        cause: standstill.cause,
        next_in: (follows && runs).then(|| (ends_at - change.at()).max(Span::ZERO)),
    })
}

/// The notice that nobody plays the media while some still try. It is emitted when the media is
/// paused for them, since that lasts longer than a wait for one member.
fn all_wait(change: &RoomChange<'_>, standstill: &Standstill) -> Option<Notice> {
    let (then, now) = (change.before.timeline()?, &change.now.timeline);
    let begins = then.standstill.is_none() && now.waits_for_data() && !now.is_given_up();
    begins.then(|| Notice::AllWait {
        at_most: (standstill.until - change.at()).max(Span::ZERO),
    })
}

/// Somebody can play the media after all, or a part of it was skipped that is missing for
/// everybody.
fn somebody_plays(change: &RoomChange<'_>, segment: Option<Segment>) -> Option<Notice> {
    let then = change.before.timeline()?;
    if then.standstill.is_some() {
        return then.is_given_up().then_some(Notice::SomebodyPlays(None));
    }
    segment.map(|segment| Notice::PartSkipped {
        from: then.position(change.at()),
        to: segment.anchor,
    })
}

/// Who approved a proposal.
fn approved(change: &RoomChange<'_>, entry: EntryId) -> Option<Notice> {
    let entry = change.now.queue.get(entry)?.clone();
    let who = change.by_whom()?;
    Some(Notice::Approved { entry, who })
}

/// Who moved an entry, and to which place.
fn moved(change: &RoomChange<'_>, entry: EntryId, place: u32) -> Option<Notice> {
    let entry = change.now.queue.get(entry)?.clone();
    let who = change.by_whom()?;
    Some(Notice::Moved { entry, who, place })
}

/// An entry left the queue without playing.
fn unqueued(change: &RoomChange<'_>) -> Option<Notice> {
    let RoomEvent::Unqueued {
        entry,
        cause,
        together,
        gave_way,
    } = change.event()?
    else {
        return None;
    };
    if let Some(count) = *together {
        let who = change.by_whom()?;
        return (count > 0).then_some(match cause {
            UnqueueCause::Rejected => Notice::RejectedTogether { who, count },
            UnqueueCause::Withdrawn | UnqueueCause::Removed => {
                Notice::Batch(BatchNotice::TakenBack { who, count })
            }
        });
    }
    let entry = change
        .before
        .entry(*entry)
        .filter(|_| !is_quiet(change))?
        .clone();
    let by = Person {
        name: entry.by_name.clone(),
        is_you: entry.by == change.recipient.me,
    };
    Some(if *gave_way {
        Notice::GaveWay { entry, by }
    } else {
        Notice::Unqueued(UnqueuedEntry {
            entry,
            by,
            actor: change.by_whom(),
            cause: *cause,
        })
    })
}

fn wait_over(change: &RoomChange<'_>) -> Option<Notice> {
    let hold = change.before.timeline()?.hold?;
    Some(Notice::WaitOver {
        who: change.person(hold.member)?,
        took: change.at() - hold.since,
    })
}

/// An admin set the media's length, or gave the players' word back.
fn length_set(change: &RoomChange<'_>) -> Option<Notice> {
    let before = change.before.timeline()?.playing.as_ref()?;
    let now = change.now.timeline.playing.as_ref()?;
    media_facts::is_set_by_hand(before, change.event()?).then_some(())?;
    Some(Notice::LengthSet {
        who: change.by_whom()?,
        length: now.duration.filter(|_| now.length_is_set),
    })
}

fn erased_all(change: &RoomChange<'_>, erasure: &Erasure) -> Notice {
    Notice::ErasedAll {
        author: Person {
            name: erasure.name.clone(),
            is_you: erasure.authors.contains(&change.recipient.me),
        },
        by: eraser(change, erasure),
        erasure: erasure.clone(),
    }
}

/// An admin changed the visibility, or only the password of a room that was private already.
fn visibility_changed(change: &RoomChange<'_>, visibility: Visibility) -> Notice {
    let by = change.by_whom();
    if change.before.visibility() == Some(visibility) {
        return Notice::PasswordChanged { by };
    }
    Notice::VisibilityChanged { visibility, by }
}

/// Another admin made an invite link. Who made it themselves gets the link.
fn invite_created(change: &RoomChange<'_>, invite: InviteId, role: Role) -> Option<Notice> {
    let who = change.by_whom().filter(|who| !who.is_you)?;
    change
        .may(Action::ListInvites)
        .then_some(Notice::InviteCreated { invite, role, who })
}

fn banned(change: &RoomChange<'_>, ban: &Ban) -> Notice {
    Notice::Banned {
        name: ban.name.clone(),
        by: Person {
            name: ban.by.clone(),
            is_you: change.by() == Some(change.recipient.me),
        },
        address: ban.address,
    }
}
