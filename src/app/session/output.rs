//! What follows from a change of the room as it is known.

use super::compare::EventCause;
use crate::app::output::{Notice, Output, Why};
use crate::app::room_tokens::KeptRoom;
use crate::protocol::command::Command;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{EntryId, InviteId, MemberId, Seq};
use crate::protocol::member::Visibility;
use crate::protocol::text::MemberName;

/// What is to be done about a change of the room.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum SessionOutput {
    /// Emit this to the member.
    Emit(Output),
    /// Show this over the picture for a while.
    Osd(Notice),
    /// Events are missing: ask for the whole room.
    AskState,
    /// The timeline changed, or may have.
    TimelineChanged {
        /// Whether by what the member did in the window of their own player.
        in_own_player: bool,
    },
    /// The room calls the member so.
    OwnName(MemberName),
    /// A server let the member in.
    Connected {
        /// Whether it is the process that was known before, whose time is the same.
        same_node: bool,
    },
    /// The member is new in the room: nothing of what they saw before goes on there.
    OtherRoom,
    /// Hand these events over as `SessionInput::Event`, each as replayed, and then `CaughtUp`.
    Missed(Vec<Fact>),
    /// The client comes back into the room with this token; how the room is.
    Token(KeptRoom),
    /// Who can find and enter the room has changed to this.
    VisibilityChanged(Visibility),
    /// This member queued a link of which nothing is known.
    OwnEntry(EntryId),
    /// An invite link of this member's was made, of this number.
    InviteCreated(InviteId),
    /// An invite link was revoked.
    InviteRevoked(InviteId),
    /// The member is in the room as somebody new.
    Entered {
        /// The last command of theirs that the room has on record.
        answered: Seq,
    },
    /// The member is back in the room as who they were.
    Resumed {
        /// The last command of theirs that the room has on record.
        answered: Seq,
    },
    /// The room is known, and the member in it.
    Joined,
    /// The line of this number was carried out, or says why not.
    Done(u64, Result<(), Why>),
    /// The line of this number asks for this command.
    Command(u64, Command),
    /// Ask the room to call the member so.
    Rename(MemberName),
    /// The room has grown larger than any can be.
    Oversized,
}

impl SessionOutput {
    /// The links that this member has just queued, as far as they have no title.
    pub(super) fn own_entries(cause: EventCause<'_>, me: MemberId) -> Vec<Self> {
        let fact = cause.fact;
        let entries = match &fact.event {
            _ if cause.is_replayed || fact.by != Some(me) => &[],
            RoomEvent::Queued { entry } => std::slice::from_ref(entry),
            RoomEvent::QueuedTogether { entries, .. } => entries.as_slice(),
            _ => &[],
        };
        let unknown = entries.iter().filter(|entry| entry.by == me);
        let unknown = unknown.filter(|entry| entry.title.is_none());
        unknown.map(|entry| Self::OwnEntry(entry.id)).collect()
    }

    /// What an event means for how this client and its guests come in, if it means anything.
    pub(super) fn of_entry(fact: &Fact, me: MemberId) -> Option<Self> {
        match fact.event {
            RoomEvent::VisibilityChanged { visibility } => {
                Some(Self::VisibilityChanged(visibility))
            }
            RoomEvent::InviteCreated { invite, .. } if fact.by == Some(me) => {
                Some(Self::InviteCreated(invite))
            }
            RoomEvent::InviteRevoked { invite } => Some(Self::InviteRevoked(invite)),
            _ => None,
        }
    }
}

/// Emits each notice to the member.
pub(super) fn emit(notices: impl IntoIterator<Item = Notice>) -> Vec<SessionOutput> {
    let emitted = notices.into_iter().map(Output::Notice);
    emitted.map(SessionOutput::Emit).collect()
}
