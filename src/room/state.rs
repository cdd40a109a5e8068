//! The public state of a room, and how an event changes it. Servers and clients share this code:
//! the same events in the same order give the same room.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::chat::Chat;
use super::emotes::Emotes;
use super::hold_history::HoldHistory;
use super::queue::Queue;
use super::restrictions::Restrictions;
use super::roster::Roster;
use super::timeline::Timeline;
use crate::protocol::event::Fact;
use crate::protocol::ids::{Epoch, Rev, RoomId};
use crate::protocol::lobby::StartRule;
use crate::protocol::member::{Ban, Visibility};
use crate::protocol::playback::{EntryState, QueueEntry, SubtitleOffer};
use crate::protocol::text::Title;
use crate::protocol::time::{Position, RoomTime, Span};

mod apply;

/// The public state of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// The room's own emotes.
    #[serde(default, skip_serializing_if = "Emotes::is_empty")]
    pub emotes: Emotes,
    /// Slow mode, the lock, and how long newcomers only watch.
    #[serde(default, skip_serializing_if = "Restrictions::are_none")]
    pub restrictions: Restrictions,
    /// The admin's choice whether to wait for slow viewers; `None` leaves it to the room's size.
    pub wait: Option<bool>,
    /// When the media starts that waits in the lobby; `None` if the room has no lobby.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<StartRule>,
    /// The position before the last seek, and the media it belongs to.
    pub undo: Option<(Epoch, Position)>,
    /// The subtitles that a member offers for what plays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitles: Option<SubtitleOffer>,
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
    /// at two network addresses have spoken. See [`lifetime::of`](super::lifetime::of).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lasting: bool,
    /// How long the server keeps an empty room that is meant to last; `None` from a server that keeps
    /// every room briefly.
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
            emotes: Emotes::default(),
            restrictions: Restrictions::default(),
            wait: None,
            start: None,
            undo: None,
            subtitles: None,
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

    /// Whether new members need a password or an invite link to come in.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.visibility == Visibility::Private
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
        apply::apply(self, fact);
    }
}
