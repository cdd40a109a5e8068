//! The public state of a room, and how an event changes it. Servers and clients share this code:
//! the same events in the same order give the same room.

use serde::{Deserialize, Serialize};

use super::chat::Chat;
use super::forgotten;
use super::hold_history::HoldHistory;
use super::lifetime;
use super::media_facts;
use super::queue::Queue;
use super::restrictions::Restrictions;
use super::roster::Roster;
use super::timeline::{Retiming, Timeline};
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{EntryId, Epoch, MemberId, Rev, RoomId};
use crate::protocol::member::{Ban, Visibility};
use crate::protocol::playback::{EntryState, QueueEntry, Retime, Segment};
use crate::protocol::text::Title;
use crate::protocol::time::{Position, RoomTime, Span};

/// The public state of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomState {
    /// The room's name in its address.
    pub id: RoomId,
    /// The number of the last event applied; 0 before the first.
    pub rev: Rev,
    /// The time of the last event applied.
    pub at: RoomTime,
    /// The room time of its first event.
    pub created: RoomTime,
    /// The title that people read, in any script.
    pub title: Option<Title>,
    /// Whether strangers can find the room, and how they enter it.
    pub visibility: Visibility,
    /// Members who are here, and those who may come back.
    pub roster: Roster,
    /// The playing media and its position over time.
    pub timeline: Timeline,
    /// Approved entries and proposals, in playing order.
    pub queue: Queue,
    /// The newest lines of chat.
    pub chat: Chat,
    /// Banned members, oldest ban first.
    #[serde(default)]
    pub bans: Vec<Ban>,
    /// Slow mode, the lock, and how long newcomers only watch.
    #[serde(default, skip_serializing_if = "Restrictions::are_none")]
    pub restrictions: Restrictions,
    /// The admin's choice whether to wait for slow viewers; `None` leaves it to the room's size.
    pub wait: Option<bool>,
    /// The position before the last seek, and the media it belongs to.
    pub undo: Option<(Epoch, Position)>,
    /// Finished holds that still count against a budget.
    pub holds: HoldHistory,
    /// When an admin last chose that the room waits. Earlier holds no longer count against the
    /// budget of the media.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_chosen: Option<RoomTime>,
    /// Whether the room is too large to wait for slow viewers by default. `None` from a server
    /// older than this field: then the number of members decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub large: Option<bool>,
    /// How long to wait for a vanished admin, as its server was set when it was created; `None` is
    /// the default grace period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace: Option<Span>,
    /// Whether the room is meant to last: an admin has queued or played something in it, or members
    /// at two network addresses have spoken. See [`lifetime::of`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lasting: bool,
    /// How long the server keeps an empty room that is meant to last, as it was set when it was
    /// started last; `None` from a server that keeps every room briefly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl: Option<Span>,
    /// Since when the room has been empty; `None` while anybody is present.
    pub empty_since: Option<RoomTime>,
    /// When the first of those present came, or the log was reopened. The grace period for a
    /// missing admin counts from here.
    #[serde(rename = "attended_since")]
    pub occupied_since: Option<RoomTime>,
    /// Whether the room is closed for good.
    pub closed: bool,
}

impl RoomState {
    /// The most bans that are kept; beyond it the oldest is dropped (judgement: more than any room
    /// needs, and small enough to send to everyone).
    pub const MAX_BANS: usize = 200;
    /// Rooms of up to this many members wait for slow viewers by default (judgement: friends wait
    /// for each other, an audience does not want to).
    pub const WAITS_UP_TO: u32 = 10;

    /// A room before its first event.
    #[must_use]
    pub fn new(id: RoomId) -> Self {
        Self {
            id,
            rev: Rev::default(),
            at: RoomTime::default(),
            created: RoomTime::default(),
            title: None,
            visibility: Visibility::default(),
            roster: Roster::default(),
            timeline: Timeline::default(),
            queue: Queue::default(),
            chat: Chat::default(),
            bans: Vec::new(),
            restrictions: Restrictions::default(),
            wait: None,
            undo: None,
            holds: HoldHistory::default(),
            wait_chosen: None,
            large: None,
            grace: None,
            lasting: false,
            ttl: None,
            empty_since: None,
            occupied_since: None,
            closed: false,
        }
    }

    /// Whether the room waits for slow viewers: by an admin's choice, else if it is small.
    #[must_use]
    pub fn waits(&self) -> bool {
        let by_number = self.roster.count > Self::WAITS_UP_TO;
        self.wait.unwrap_or(!self.large.unwrap_or(by_number))
    }

    /// Whether an entry of the queue is the proposal of a member who is muted.
    #[must_use]
    pub fn is_muted_proposal(&self, entry: &QueueEntry) -> bool {
        let proposer = self.roster.get(entry.by);
        let is_muted = proposer.is_some_and(|member| member.flags.muted);
        is_muted && entry.state == EntryState::Proposed
    }

    /// Applies an event. Total: an event that does not fit changes what it can and nothing else.
    pub fn apply(&mut self, fact: &Fact) {
        self.rev = fact.rev;
        self.at = self.at.max(fact.at);
        self.roster.add_missing(&fact.about);
        self.roster.record_role_change(fact);
        self.apply_event(&fact.event, fact.at);
        self.lasting |= lifetime::is_meant_to_last(self, fact);
        self.queue.record_admin_entry(fact, &self.roster);
        if let (Some(by), Some(seq)) = (fact.by, fact.seq) {
            self.roster.record_answer(by, seq, fact.rev);
        }
    }

    fn apply_event(&mut self, event: &RoomEvent, at: RoomTime) {
        match event {
            RoomEvent::Created {
                title,
                visibility,
                grace,
                ttl,
            } => {
                self.grace = *grace;
                self.ttl = *ttl;
                self.create(title.as_ref(), *visibility, at);
            }
            RoomEvent::Presence { .. } | RoomEvent::Reopened { .. } => {
                self.apply_presence(event, at);
            }
            RoomEvent::Renamed { member, name, .. } => {
                self.roster.update(*member, |m| m.name = name.clone());
            }
            RoomEvent::RoleChanged {
                member,
                role,
                acting,
            } => {
                self.roster
                    .update(*member, |m| (m.role, m.acting) = (*role, *acting));
            }
            RoomEvent::Muted { .. }
            | RoomEvent::WaitExempted { .. }
            | RoomEvent::Banned { .. }
            | RoomEvent::Unbanned { .. } => self.apply_moderation(event),
            RoomEvent::HeirNamed { member } => self.roster.heir = *member,
            RoomEvent::Titled { title } => self.title.clone_from(title),
            RoomEvent::VisibilityChanged { visibility } => self.visibility = *visibility,
            RoomEvent::Chat(line) => {
                self.restrictions.record_line(line.from, at);
                self.chat.push(line.clone());
            }
            RoomEvent::Erased { line, by } => self.chat.erase(*line, by),
            RoomEvent::ErasedAll(erasure) => self.chat.erase_all(erasure),
            RoomEvent::Restricted(restriction) => self.restrictions.apply(*restriction),
            RoomEvent::Queued { entry } => self.queue.push(entry.clone()),
            RoomEvent::Approved { entry } => self.queue.approve(*entry),
            RoomEvent::Unqueued { entry, .. } => self.queue.remove(*entry),
            RoomEvent::QueueMoved { entry, place } => self.queue.move_to(*entry, *place),
            RoomEvent::Loaded { .. }
            | RoomEvent::Ready { .. }
            | RoomEvent::Retimed { .. }
            | RoomEvent::Held { .. }
            | RoomEvent::Released { .. }
            | RoomEvent::Learned { .. }
            | RoomEvent::Finished { .. } => self.apply_playback(event, at),
            RoomEvent::StartedWithout { .. }
            | RoomEvent::NobodyPlays { .. }
            | RoomEvent::SomebodyPlays { .. } => self.apply_standstill(event, at),
            // What is to be known of invites is secret.
            RoomEvent::Asked { .. }
            | RoomEvent::Noted
            | RoomEvent::InviteCreated { .. }
            | RoomEvent::InviteRevoked { .. } => {}
            RoomEvent::WaitChosen { wait } => {
                self.wait = Some(*wait);
                self.wait_chosen = wait.then_some(at).or(self.wait_chosen);
            }
            RoomEvent::Forgotten {
                members,
                lines,
                entries,
            } => forgotten::apply(self, members, lines, entries),
            RoomEvent::Closed => self.closed = true,
        }
    }

    fn apply_moderation(&mut self, event: &RoomEvent) {
        match event {
            RoomEvent::Muted { member, muted } => {
                self.roster.update(*member, |m| m.flags.muted = *muted);
            }
            RoomEvent::WaitExempted {
                member,
                wait_exempt,
            } => {
                self.roster
                    .update(*member, |m| m.flags.wait_exempt = *wait_exempt);
            }
            RoomEvent::Banned { ban } => {
                self.bans.retain(|known| known.member != ban.member);
                self.bans.push(ban.clone());
                let surplus = self.bans.len().saturating_sub(Self::MAX_BANS);
                self.bans.drain(..surplus);
            }
            RoomEvent::Unbanned { member } => self.bans.retain(|ban| ban.member != *member),
            _ => {}
        }
    }

    fn create(&mut self, title: Option<&Title>, visibility: Visibility, at: RoomTime) {
        self.created = at;
        self.empty_since = Some(at);
        self.title = title.cloned();
        self.visibility = visibility;
    }

    fn apply_presence(&mut self, event: &RoomEvent, at: RoomTime) {
        match event {
            RoomEvent::Presence {
                joined,
                left,
                count,
                large,
            } => {
                self.large = *large;
                self.roster.remove_left(left, at);
                let went = |id: &MemberId| left.iter().any(|gone| gone.member == *id);
                self.timeline.gate.retain(|member| !went(member));
                self.roster.add_joined(joined);
                let roster = &self.roster;
                self.restrictions
                    .retain_members(|member| roster.get(member).is_some());
                self.roster.count = *count;
                if *count == 0 {
                    self.empty_since = self.empty_since.or(Some(at));
                    self.occupied_since = None;
                } else {
                    self.empty_since = None;
                    self.occupied_since = self.occupied_since.or(Some(at));
                }
            }
            RoomEvent::Reopened { segment, ttl } => {
                self.ttl = *ttl;
                self.empty_since = Some(lifetime::empty_since_if_reopened(self, at));
                self.roster.mark_all_gone(at);
                self.occupied_since = None;
                self.end_hold(at, segment.map_or(at, |segment| segment.start));
                self.timeline.cancel_start();
                self.timeline.reopened(at);
                if let Some(segment) = segment {
                    self.timeline.segment = *segment;
                }
            }
            _ => {}
        }
    }

    fn apply_playback(&mut self, event: &RoomEvent, at: RoomTime) {
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
                self.queue_for_load(*entry, interrupted.as_deref());
                self.end_hold(at, at);
                self.undo = None;
                self.timeline = Timeline {
                    epoch: *epoch,
                    playing: Some(playing.clone()),
                    segment: *segment,
                    gate: gate.clone(),
                    since: at,
                    retry_since: at,
                    ..Timeline::default()
                };
            }
            RoomEvent::Ready { member } => self.timeline.gate.retain(|other| other != member),
            RoomEvent::Retimed {
                segment,
                retime,
                countdown,
                ..
            } => self.retimed(*segment, *retime, *countdown, at),
            RoomEvent::Held { hold, position } => {
                self.timeline.cancel_start();
                self.timeline.segment.anchor = *position;
                self.timeline.hold = Some(*hold);
            }
            RoomEvent::Released { segment, .. } => {
                self.retime(*segment, at, Retiming::default());
            }
            RoomEvent::Learned { epoch, .. } if *epoch == self.timeline.epoch => {
                if let Some(playing) = self.timeline.playing.as_mut() {
                    media_facts::learn(playing, event);
                }
            }
            RoomEvent::Finished { epoch, position } if *epoch == self.timeline.epoch => {
                self.end_hold(at, at);
                self.timeline.cancel_start();
                self.timeline.segment.anchor = *position;
                self.timeline.standstill = None;
                self.timeline.finished = true;
            }
            _ => {}
        }
    }

    fn retimed(&mut self, segment: Segment, retime: Retime, countdown: bool, at: RoomTime) {
        if let Retime::Sought { from } = retime {
            self.undo = Some((self.timeline.epoch, from));
        }
        let how = Retiming {
            // If playback was stopped by a hold, it stays stopped until the new start.
            keep_moving: retime == Retime::RateChanged && !self.timeline.is_stopped(),
            countdown,
        };
        self.retime(segment, at, how);
        self.timeline.move_standstill(retime);
    }

    fn apply_standstill(&mut self, event: &RoomEvent, at: RoomTime) {
        match event {
            RoomEvent::StartedWithout { members } => {
                self.timeline
                    .gate
                    .retain(|member| !members.contains(member));
            }
            RoomEvent::NobodyPlays { epoch, standstill } if *epoch == self.timeline.epoch => {
                self.end_hold(at, at);
                self.timeline.cancel_start();
                self.timeline.segment.anchor = standstill.position;
                self.timeline.standstill = Some(*standstill);
            }
            RoomEvent::SomebodyPlays { epoch, segment } if *epoch == self.timeline.epoch => {
                self.timeline.standstill = None;
                if let Some(segment) = segment {
                    self.retime(*segment, at, Retiming::default());
                }
            }
            _ => {}
        }
    }

    /// Removes the loaded entry from the queue, and puts the interrupted media at its top.
    fn queue_for_load(&mut self, entry: Option<EntryId>, interrupted: Option<&QueueEntry>) {
        if let Some(entry) = entry {
            self.queue.remove(entry);
        }
        if let Some(interrupted) = interrupted {
            self.queue.push_top(interrupted.clone());
        }
    }

    fn retime(&mut self, segment: Segment, at: RoomTime, how: Retiming) {
        let stood_until = if segment.paused { at } else { segment.start };
        self.end_hold(at, stood_until);
        self.timeline.retime(segment, at, how);
    }

    /// Ends a hold and records it. It counts until playback really runs again.
    fn end_hold(&mut self, at: RoomTime, stood_until: RoomTime) {
        if let Some(hold) = self.timeline.hold.take() {
            self.holds.record(hold, stood_until.max(at));
        }
        self.holds.forget_old(self.timeline.since, at);
    }
}
