//! What everyone knows of a room, and how an event changes it. Servers and clients share
//! this code: same events, same order, same room.

use serde::{Deserialize, Serialize};

use super::chat::Chat;
use super::holds::Holds;
use super::media_facts;
use super::queue::Queue;
use super::roster::Roster;
use super::timeline::{Retiming, Timeline};
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{EntryId, Epoch, MemberId, Rev, RoomId};
use crate::protocol::member::{Ban, Visibility};
use crate::protocol::playback::{Entry, EntryState, Retime, Segment};
use crate::protocol::text::Title;
use crate::protocol::time::{Position, RoomTime, Span};

/// A room as its members know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomState {
    /// Its name.
    pub id: RoomId,
    /// The number of the last event applied; 0 before the first.
    pub rev: Rev,
    /// When the last event was agreed.
    pub at: RoomTime,
    /// When it was created.
    pub created: RoomTime,
    /// Its title in any script.
    pub title: Option<Title>,
    /// Who can find and enter it.
    pub visibility: Visibility,
    /// Who is in it.
    pub roster: Roster,
    /// What plays.
    pub timeline: Timeline,
    /// What waits.
    pub queue: Queue,
    /// What was said.
    pub chat: Chat,
    /// Who may not come in again, oldest first.
    #[serde(default)]
    pub bans: Vec<Ban>,
    /// What an admin chose about waiting for slow viewers, if anything.
    pub wait: Option<bool>,
    /// Where the last jump came from, and in which video.
    pub undo: Option<(Epoch, Position)>,
    /// The holds of this video and of the last minutes, for their budgets.
    pub holds: Holds,
    /// When an admin last chose that the room waits: what it waited in this video before does
    /// not count any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_chosen: Option<RoomTime>,
    /// Whether it is too large to wait for slow viewers by itself; `None` from a server that
    /// does not tell, where the number of members says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub large: Option<bool>,
    /// How long it waits for a vanished admin, if other than usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace: Option<Span>,
    /// Since when nobody is here.
    pub empty_since: Option<RoomTime>,
    /// Since when the first of those present is here, or the log was opened anew: from then
    /// on a missing admin is missed.
    pub attended_since: Option<RoomTime>,
    /// Whether it is gone for good.
    pub closed: bool,
}

impl RoomState {
    /// The most bans that are kept; then the oldest is forgotten (judgement: more than any
    /// room needs, little enough to send to everyone).
    pub const MAX_BANS: usize = 200;
    /// Rooms of up to this many wait for slow viewers unless told otherwise.
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
            wait: None,
            undo: None,
            holds: Holds::default(),
            wait_chosen: None,
            large: None,
            grace: None,
            empty_since: None,
            attended_since: None,
            closed: false,
        }
    }

    /// Whether the room waits for slow viewers.
    #[must_use]
    pub fn waits(&self) -> bool {
        let by_number = self.roster.count > Self::WAITS_UP_TO;
        self.wait.unwrap_or(!self.large.unwrap_or(by_number))
    }

    /// Whether an entry of the queue is the proposal of a member who is muted.
    #[must_use]
    pub fn is_muted_proposal(&self, entry: &Entry) -> bool {
        let proposer = self.roster.get(entry.by);
        let is_muted = proposer.is_some_and(|member| member.flags.muted);
        is_muted && entry.state == EntryState::Proposed
    }

    /// Changes the room by what happened. Total: an event that does not fit changes what it
    /// can and nothing else.
    pub fn apply(&mut self, fact: &Fact) {
        self.rev = fact.rev;
        self.at = self.at.max(fact.at);
        self.roster.introduce(&fact.about);
        self.roster.note_role_change(fact);
        self.apply_event(&fact.event, fact.at);
        self.queue.note_admins_word(fact, &self.roster);
        if let (Some(by), Some(seq)) = (fact.by, fact.seq) {
            self.roster.answered(by, seq, fact.rev);
        }
    }

    fn apply_event(&mut self, event: &RoomEvent, at: RoomTime) {
        match event {
            RoomEvent::Created {
                title,
                visibility,
                grace,
            } => {
                self.grace = *grace;
                self.create(title.as_ref(), *visibility, at);
            }
            RoomEvent::Presence { .. } | RoomEvent::Reopened { .. } => {
                self.apply_attendance(event, at);
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
            RoomEvent::Chat(line) => self.chat.push(line.clone()),
            RoomEvent::Erased { line, by } => self.chat.erase(*line, by),
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
            RoomEvent::Asked { .. } => {}
            RoomEvent::WaitChosen { wait } => {
                self.wait = Some(*wait);
                self.wait_chosen = wait.then_some(at).or(self.wait_chosen);
            }
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

    fn apply_attendance(&mut self, event: &RoomEvent, at: RoomTime) {
        match event {
            RoomEvent::Presence {
                joined,
                left,
                count,
                large,
            } => {
                self.large = *large;
                self.roster.depart(left, at);
                let went = |id: &MemberId| left.iter().any(|gone| gone.member == *id);
                self.timeline.gate.retain(|member| !went(member));
                self.roster.arrive(joined);
                self.roster.count = *count;
                if *count == 0 {
                    self.empty_since = self.empty_since.or(Some(at));
                    self.attended_since = None;
                } else {
                    self.empty_since = None;
                    self.attended_since = self.attended_since.or(Some(at));
                }
            }
            RoomEvent::Reopened { segment } => {
                self.roster.all_gone(at);
                self.empty_since = Some(at);
                self.attended_since = None;
                self.end_hold(at, segment.map_or(at, |segment| segment.start));
                self.timeline.settle_start();
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
                    asked: at,
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
                self.timeline.settle_start();
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
                self.timeline.settle_start();
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
            // Where it stood for somebody, it stands until the new start.
            evenly: retime == Retime::RateChanged && !self.timeline.is_stopped(),
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
                self.timeline.settle_start();
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

    /// What comes on leaves the queue; what it interrupts goes to its top.
    fn queue_for_load(&mut self, entry: Option<EntryId>, interrupted: Option<&Entry>) {
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

    /// Ends a hold and books it on its budget, with the time until the film really runs.
    fn end_hold(&mut self, at: RoomTime, stood_until: RoomTime) {
        if let Some(hold) = self.timeline.hold.take() {
            self.holds.book(hold, stood_until.max(at));
        }
        self.holds.forget_old(self.timeline.since, at);
    }
}
