//! How each event changes a room. The parent defines the state.

use super::RoomState;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{EntryId, MemberId};
use crate::protocol::playback::{QueueEntry, Retime, Segment};
use crate::protocol::time::RoomTime;
use crate::room::timeline::{Retiming, Timeline};
use crate::room::{forgotten, lifetime, lobby, media_facts};

/// Applies an event to a room.
pub(super) fn apply(room: &mut RoomState, fact: &Fact) {
    room.rev = fact.rev;
    room.at = room.at.max(fact.at);
    room.roster.add_missing(&fact.about);
    room.roster.record_role_change(fact);
    apply_event(room, &fact.event, fact.at);
    lobby::close_if_playing(room);
    room.lasting |= lifetime::is_meant_to_last(room, fact);
    room.queue.record_admin_entry(fact, &room.roster);
    if let (Some(by), Some(seq)) = (fact.by, fact.seq) {
        room.roster.record_answer(by, seq, fact.rev);
    }
}

fn apply_event(room: &mut RoomState, event: &RoomEvent, at: RoomTime) {
    match event {
        RoomEvent::Created { .. }
        | RoomEvent::Titled { .. }
        | RoomEvent::EmoteSet(_)
        | RoomEvent::VisibilityChanged { .. }
        | RoomEvent::Restricted(_)
        | RoomEvent::TtlChanged { .. }
        | RoomEvent::StartSet { .. }
        | RoomEvent::WaitChosen { .. } => apply_setting(room, event, at),
        RoomEvent::Presence { .. } | RoomEvent::Reopened { .. } => {
            apply_presence(room, event, at);
        }
        RoomEvent::Renamed { .. }
        | RoomEvent::RoleChanged { .. }
        | RoomEvent::Muted { .. }
        | RoomEvent::WaitExempted { .. }
        | RoomEvent::ReadyChanged { .. }
        | RoomEvent::Banned { .. }
        | RoomEvent::Unbanned { .. } => apply_to_member(room, event),
        RoomEvent::HeirNamed { member } => room.roster.heir = *member,
        RoomEvent::Chat(line) => {
            room.restrictions.record_line(line.from, at);
            room.chat.push(line.clone());
        }
        RoomEvent::Erased { line, by } => room.chat.erase(*line, by),
        RoomEvent::ErasedAll(erasure) => room.chat.erase_all(erasure),
        RoomEvent::Queued { .. }
        | RoomEvent::QueuedTogether { .. }
        | RoomEvent::Described { .. }
        | RoomEvent::Approved { .. }
        | RoomEvent::Unqueued { .. }
        | RoomEvent::QueueMoved { .. } => apply_to_queue(room, event),
        RoomEvent::Loaded { .. }
        | RoomEvent::Ready { .. }
        | RoomEvent::Retimed { .. }
        | RoomEvent::Held { .. }
        | RoomEvent::Released { .. }
        | RoomEvent::Learned { .. }
        | RoomEvent::SubtitlesOffered { .. }
        | RoomEvent::Finished { .. } => apply_playback(room, event, at),
        RoomEvent::StartedWithout { .. }
        | RoomEvent::NobodyPlays { .. }
        | RoomEvent::SomebodyPlays { .. } => apply_standstill(room, event, at),
        // What is to be known of invites is secret.
        RoomEvent::Asked { .. }
        | RoomEvent::Noted
        | RoomEvent::InviteCreated { .. }
        | RoomEvent::InviteRevoked { .. } => {}
        RoomEvent::Forgotten {
            members,
            lines,
            entries,
        } => forgotten::apply(room, members, lines, entries),
        RoomEvent::Closed => room.closed = true,
    }
}

fn apply_setting(room: &mut RoomState, event: &RoomEvent, at: RoomTime) {
    match event {
        RoomEvent::Created {
            title,
            visibility,
            grace,
            ttl,
        } => {
            room.created = at;
            room.empty_since = Some(at);
            room.title.clone_from(title);
            room.visibility = *visibility;
            room.grace = *grace;
            room.ttl = *ttl;
        }
        RoomEvent::Titled { title } => room.title.clone_from(title),
        RoomEvent::EmoteSet(change) => room.emotes.set(&change.name, change.text.as_ref()),
        RoomEvent::VisibilityChanged { visibility } => room.visibility = *visibility,
        RoomEvent::Restricted(restriction) => room.restrictions.apply(*restriction),
        RoomEvent::StartSet { start, .. } => lobby::set_start(room, *start),
        RoomEvent::TtlChanged { ttl } => lifetime::change_ttl(room, *ttl, at),
        RoomEvent::WaitChosen { wait } => {
            room.wait = Some(*wait);
            room.wait_chosen = wait.then_some(at).or(room.wait_chosen);
        }
        _ => {}
    }
}

fn apply_to_member(room: &mut RoomState, event: &RoomEvent) {
    match event {
        RoomEvent::Renamed { member, name, .. } => {
            room.roster.update(*member, |m| m.name = name.clone());
        }
        RoomEvent::RoleChanged {
            member,
            role,
            acting,
        } => {
            room.roster
                .update(*member, |m| (m.role, m.acting) = (*role, *acting));
        }
        RoomEvent::Muted { member, muted } => {
            room.roster.update(*member, |m| m.flags.muted = *muted);
        }
        RoomEvent::ReadyChanged { member, ready } => {
            room.roster.update(*member, |m| m.flags.ready = *ready);
        }
        RoomEvent::WaitExempted {
            member,
            wait_exempt,
        } => {
            room.roster
                .update(*member, |m| m.flags.wait_exempt = *wait_exempt);
        }
        RoomEvent::Banned { ban } => {
            room.bans.retain(|known| known.member != ban.member);
            room.bans.push(ban.clone());
            let surplus = room.bans.len().saturating_sub(RoomState::MAX_BANS);
            room.bans.drain(..surplus);
        }
        RoomEvent::Unbanned { member } => room.bans.retain(|ban| ban.member != *member),
        _ => {}
    }
}

fn apply_to_queue(room: &mut RoomState, event: &RoomEvent) {
    match event {
        RoomEvent::Queued { entry } => room.queue.push(entry.clone()),
        RoomEvent::QueuedTogether { entries, .. } => {
            for entry in entries {
                room.queue.push(entry.clone());
            }
        }
        RoomEvent::Described { entry, .. } => {
            let epoch = room.timeline.epoch;
            if let Some(playing) = room.timeline.playing_of(*entry) {
                media_facts::describe(playing, event);
                room.chat.learn_of_media(epoch, playing);
            }
            room.queue.describe(*entry, event);
        }
        RoomEvent::Approved { entry } => room.queue.approve(*entry),
        RoomEvent::Unqueued { entry, .. } => room.queue.remove(*entry),
        RoomEvent::QueueMoved { entry, place } => room.queue.move_to(*entry, *place),
        _ => {}
    }
}

fn apply_presence(room: &mut RoomState, event: &RoomEvent, at: RoomTime) {
    match event {
        RoomEvent::Presence {
            joined,
            left,
            count,
            large,
        } => {
            room.large = *large;
            room.roster.remove_left(left, at);
            let went = |id: &MemberId| left.iter().any(|gone| gone.member == *id);
            room.timeline.gate.retain(|member| !went(member));
            room.roster.add_joined(joined);
            let roster = &room.roster;
            room.restrictions
                .retain_members(|member| roster.get(member).is_some());
            room.roster.count = *count;
            if *count == 0 {
                room.empty_since = room.empty_since.or(Some(at));
                room.occupied_since = None;
            } else {
                room.empty_since = None;
                room.occupied_since = room.occupied_since.or(Some(at));
            }
        }
        RoomEvent::Reopened { segment, ttl } => {
            room.ttl = *ttl;
            room.empty_since = Some(lifetime::empty_since_if_reopened(room, at));
            room.roster.mark_all_gone(at);
            room.occupied_since = None;
            end_hold(room, at, segment.map_or(at, |segment| segment.start));
            room.timeline.cancel_start();
            room.timeline.reopened(at);
            if let Some(segment) = segment {
                room.timeline.segment = *segment;
            }
        }
        _ => {}
    }
}

fn apply_playback(room: &mut RoomState, event: &RoomEvent, at: RoomTime) {
    match event {
        RoomEvent::Loaded {
            epoch,
            playing,
            segment,
            entry,
            interrupted,
            gate,
            ..
        } => {
            lobby::end_readiness(room);
            begin_media(room, *entry, interrupted.as_deref(), at);
            room.chat.mark_media(*epoch, at, playing);
            room.timeline = Timeline {
                epoch: *epoch,
                playing: Some(playing.clone()),
                entry: *entry,
                segment: *segment,
                gate: gate.clone(),
                since: at,
                retry_since: at,
                ..Timeline::default()
            };
        }
        RoomEvent::Ready { member } => room.timeline.gate.retain(|other| other != member),
        RoomEvent::Retimed {
            segment,
            retime,
            countdown,
            ..
        } => retimed(room, *segment, *retime, *countdown, at),
        RoomEvent::Held { hold, position } => {
            room.timeline.cancel_start();
            room.timeline.segment.anchor = *position;
            room.timeline.hold = Some(*hold);
        }
        RoomEvent::Released { segment, .. } => {
            replace_segment(room, *segment, at, Retiming::default());
        }
        RoomEvent::Learned { epoch, .. } if *epoch == room.timeline.epoch => {
            if let Some(playing) = room.timeline.playing.as_mut() {
                media_facts::learn(playing, event);
                room.chat.learn_of_media(*epoch, playing);
            }
        }
        RoomEvent::SubtitlesOffered { epoch, offer } if *epoch == room.timeline.epoch => {
            room.subtitles = Some(offer.clone());
        }
        RoomEvent::Finished { epoch, position } if *epoch == room.timeline.epoch => {
            end_hold(room, at, at);
            room.timeline.cancel_start();
            room.timeline.segment.anchor = *position;
            room.timeline.standstill = None;
            room.timeline.finished = true;
        }
        _ => {}
    }
}

fn retimed(room: &mut RoomState, segment: Segment, retime: Retime, countdown: bool, at: RoomTime) {
    if let Retime::Sought { from } = retime {
        room.undo = Some((room.timeline.epoch, from));
    }
    let how = Retiming {
        // If playback was stopped by a hold, it stays stopped until the new start.
        keep_moving: retime == Retime::RateChanged && !room.timeline.is_stopped(),
        countdown,
    };
    replace_segment(room, segment, at, how);
    room.timeline.move_standstill(retime);
}

fn apply_standstill(room: &mut RoomState, event: &RoomEvent, at: RoomTime) {
    match event {
        RoomEvent::StartedWithout { members } => {
            room.timeline
                .gate
                .retain(|member| !members.contains(member));
        }
        RoomEvent::NobodyPlays { epoch, standstill } if *epoch == room.timeline.epoch => {
            end_hold(room, at, at);
            room.timeline.cancel_start();
            room.timeline.segment.anchor = standstill.position;
            room.timeline.standstill = Some(*standstill);
        }
        RoomEvent::SomebodyPlays { epoch, segment } if *epoch == room.timeline.epoch => {
            room.timeline.standstill = None;
            if let Some(segment) = segment {
                replace_segment(room, *segment, at, Retiming::default());
            }
        }
        _ => {}
    }
}

/// Ends what belongs to the media before, and brings the queue up to what is loaded.
fn begin_media(
    room: &mut RoomState,
    entry: Option<EntryId>,
    interrupted: Option<&QueueEntry>,
    at: RoomTime,
) {
    queue_for_load(room, entry, interrupted);
    end_hold(room, at, at);
    room.undo = None;
    room.subtitles = None;
}

/// Removes the loaded entry from the queue, and puts the interrupted media at its top.
fn queue_for_load(room: &mut RoomState, entry: Option<EntryId>, interrupted: Option<&QueueEntry>) {
    if let Some(entry) = entry {
        room.queue.remove(entry);
    }
    if let Some(interrupted) = interrupted {
        room.queue.push_top(interrupted.clone());
    }
}

fn replace_segment(room: &mut RoomState, segment: Segment, at: RoomTime, how: Retiming) {
    let stood_until = if segment.paused { at } else { segment.start };
    end_hold(room, at, stood_until);
    room.timeline.retime(segment, at, how);
}

/// Ends a hold and records it. It counts until playback really runs again.
fn end_hold(room: &mut RoomState, at: RoomTime, stood_until: RoomTime) {
    if let Some(hold) = room.timeline.hold.take() {
        room.holds.record(hold, stood_until.max(at));
    }
    room.holds.forget_old(room.timeline.since, at);
}
