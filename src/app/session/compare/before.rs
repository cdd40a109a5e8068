//! What was known of a room before it changed: noted cheaply for an event, taken whole for a
//! new state.

use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{ChatId, EntryId, Epoch, MemberId};
use crate::protocol::member::{Ban, Member, Visibility};
use crate::protocol::playback::{QueueEntry, SubtitleOffer};
use crate::protocol::time::Position;
use crate::room::lobby;
use crate::room::state::RoomState;
use crate::room::timeline::Timeline;

/// What was known before a change.
#[derive(Debug)]
pub(in crate::app) enum Before {
    /// Nothing: the member has just come in.
    Nothing,
    /// The whole room, taken over before a new state replaced it.
    Whole(Box<RoomState>),
    /// What one event changes or takes away.
    Noted(Box<Noted>),
}

/// What one event changes or takes away.
#[derive(Debug)]
pub(in crate::app) struct Noted {
    timeline: Timeline,
    undo: Option<(Epoch, Position)>,
    subtitles: Option<SubtitleOffer>,
    /// The members it is about.
    members: Vec<Member>,
    /// The entry it is about.
    entry: Option<QueueEntry>,
    /// The ban it lifts.
    ban: Option<Ban>,
    /// The lines of chat that were erased before, if it erases some.
    erased: Vec<ChatId>,
    count: u32,
    /// Whether somebody was ready for the media that waited in the lobby.
    was_awaited: bool,
    waits: bool,
    wait: Option<bool>,
    visibility: Visibility,
}

impl Before {
    /// Notes what `fact` is about, before it is applied.
    pub(in crate::app) fn noted(state: &RoomState, fact: &Fact) -> Self {
        let members = match &fact.event {
            RoomEvent::Reopened { .. } => state.roster.here().cloned().collect(),
            event => {
                let ids = members_of(event).into_iter();
                ids.filter_map(|id| state.roster.get(id).cloned()).collect()
            }
        };
        let entry = match &fact.event {
            RoomEvent::Unqueued { entry, .. } => state.queue.get(*entry).cloned(),
            _ => None,
        };
        let ban = match &fact.event {
            RoomEvent::Unbanned { member } => ban_of(state, *member).cloned(),
            _ => None,
        };
        let erased = match &fact.event {
            RoomEvent::ErasedAll(_) => {
                let lines = state.chat.lines();
                let erased = lines.filter(|line| line.erased.is_some());
                erased.map(|line| line.id).collect()
            }
            _ => Vec::new(),
        };
        Self::Noted(Box::new(Noted {
            timeline: state.timeline.clone(),
            undo: state.undo,
            subtitles: state.subtitles.clone(),
            members,
            entry,
            ban,
            erased,
            count: state.roster.count,
            was_awaited: is_awaited(state),
            waits: state.waits(),
            wait: state.wait,
            visibility: state.visibility,
        }))
    }

    /// The timeline before the change; `None` if the member has just come in.
    pub(in crate::app) fn timeline(&self) -> Option<&Timeline> {
        match self {
            Self::Nothing => None,
            Self::Whole(state) => Some(&state.timeline),
            Self::Noted(noted) => Some(&noted.timeline),
        }
    }

    /// The subtitles that were offered.
    pub(super) fn subtitles(&self) -> Option<&SubtitleOffer> {
        match self {
            Self::Nothing => None,
            Self::Whole(state) => state.subtitles.as_ref(),
            Self::Noted(noted) => noted.subtitles.as_ref(),
        }
    }

    /// Where `/undo` would have gone, and in which media.
    pub(super) fn undo(&self) -> Option<(Epoch, Position)> {
        match self {
            Self::Nothing => None,
            Self::Whole(state) => state.undo,
            Self::Noted(noted) => noted.undo,
        }
    }

    /// A member, if the change is about them.
    pub(super) fn member(&self, id: MemberId) -> Option<&Member> {
        match self {
            Self::Nothing => None,
            Self::Whole(state) => state.roster.get(id),
            Self::Noted(noted) => noted.members.iter().find(|member| member.id == id),
        }
    }

    /// The members who were here, as far as the change is about them.
    pub(super) fn here(&self) -> Vec<&Member> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Whole(state) => state.roster.here().collect(),
            Self::Noted(noted) => {
                let members = noted.members.iter();
                members.filter(|member| member.is_here()).collect()
            }
        }
    }

    /// An entry of the queue, if the change is about it.
    pub(super) fn entry(&self, id: EntryId) -> Option<&QueueEntry> {
        match self {
            Self::Nothing => None,
            Self::Whole(state) => state.queue.get(id),
            Self::Noted(noted) => noted.entry.as_ref().filter(|entry| entry.id == id),
        }
    }

    /// The ban of somebody, if the change is about it.
    pub(super) fn ban(&self, member: MemberId) -> Option<&Ban> {
        match self {
            Self::Nothing => None,
            Self::Whole(state) => ban_of(state, member),
            Self::Noted(noted) => noted.ban.as_ref().filter(|ban| ban.member == member),
        }
    }

    /// Whether a line of chat was there, and erased already.
    pub(super) fn was_erased(&self, id: ChatId) -> bool {
        match self {
            Self::Whole(state) => state.chat.get(id).is_some_and(|line| line.erased.is_some()),
            Self::Noted(noted) => noted.erased.contains(&id),
            Self::Nothing => false,
        }
    }

    /// How many were here.
    pub(super) fn count(&self) -> Option<u32> {
        match self {
            Self::Nothing => None,
            Self::Whole(state) => Some(state.roster.count),
            Self::Noted(noted) => Some(noted.count),
        }
    }

    /// Whether somebody was ready for media that waited in the lobby.
    pub(super) fn was_awaited(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Whole(state) => is_awaited(state),
            Self::Noted(noted) => noted.was_awaited,
        }
    }

    /// Whether the room waited for slow viewers.
    pub(super) fn waits(&self) -> Option<bool> {
        match self {
            Self::Nothing => None,
            Self::Whole(state) => Some(state.waits()),
            Self::Noted(noted) => Some(noted.waits),
        }
    }

    /// Who could find and enter it.
    pub(super) fn visibility(&self) -> Option<Visibility> {
        match self {
            Self::Nothing => None,
            Self::Whole(state) => Some(state.visibility),
            Self::Noted(noted) => Some(noted.visibility),
        }
    }

    /// What an admin had chosen about waiting, if one had.
    pub(super) fn wait_chosen(&self) -> Option<bool> {
        match self {
            Self::Nothing => None,
            Self::Whole(state) => state.wait,
            Self::Noted(noted) => noted.wait,
        }
    }
}

/// The members that an event names as changed.
fn members_of(event: &RoomEvent) -> Vec<MemberId> {
    match event {
        RoomEvent::Presence { joined, left, .. } => {
            let came = joined.iter().map(|member| member.id);
            let went = left.iter().map(|departure| departure.member);
            came.chain(went).collect()
        }
        RoomEvent::RoleChanged { member, .. } | RoomEvent::Renamed { member, .. } => {
            vec![*member]
        }
        _ => Vec::new(),
    }
}

fn is_awaited(state: &RoomState) -> bool {
    lobby::holds_media(state) && lobby::ready(state).next().is_some()
}

fn ban_of(state: &RoomState, member: MemberId) -> Option<&Ban> {
    state.bans.iter().find(|ban| ban.member == member)
}
