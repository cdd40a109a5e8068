//! What the server's operator does in a room. They are no member: they have an admin's power over
//! everybody, and events name them by [`MemberId::OPERATOR`].

use super::{CommandContext, CommandResult, Decided, Moment, members, moderation, visibility};
use crate::protocol::command::MemberRef;
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{ChatId, EntryId, MemberId};
use crate::protocol::member::{BanScope, Member, MemberFlags, Presence, Role, Visibility};
use crate::protocol::text::MemberName;
use crate::room::committed::Room;
use crate::room::state::RoomState;

/// A command of the server's operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperatorCommand {
    /// Close the room for good.
    Close,
    /// Take a public room out of the gallery.
    Hide,
    /// Make a member, present or absent, a real admin.
    Promote {
        /// The member to promote.
        who: MemberRef,
    },
    /// Ban a member, present or absent, and their address unless others are known from it.
    Ban {
        /// The member to ban.
        who: MemberRef,
    },
}

impl OperatorCommand {
    /// Its name, for the server's log.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Hide => "hide",
            Self::Promote { .. } => "promote",
            Self::Ban { .. } => "ban",
        }
    }
}

/// What a room keeps of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traces {
    /// Members of that name who are present, and so cannot be forgotten now.
    pub present: usize,
    /// Absent members of that name, and banned ones.
    pub members: Vec<MemberId>,
    /// Lines of chat that they wrote, or that were written under that name.
    pub lines: Vec<ChatId>,
    /// Entries of the queue that they added, or that were added under that name.
    pub entries: Vec<EntryId>,
    /// How many bans are of that name.
    pub bans: usize,
}

/// The events of an operator's command.
pub(super) fn command(room: &Room, command: &OperatorCommand, moment: Moment) -> CommandResult {
    if room.state.closed {
        return Err(Denied::NotInRoom);
    }
    let by = operator(moment);
    let ctx = CommandContext {
        state: &room.state,
        secrets: &room.secrets,
        by: &by,
        moment,
        password: None,
    };
    match command {
        OperatorCommand::Close => Ok(vec![RoomEvent::Closed.into()]),
        OperatorCommand::Hide if room.state.visibility == Visibility::Public => {
            visibility::set(ctx, Visibility::Unlisted, None)
        }
        // Nobody sees it who does not know its name. A private one keeps its password.
        OperatorCommand::Hide => Err(Denied::NothingChanges),
        OperatorCommand::Promote { who } => members::set_role(ctx, who, Role::Admin),
        OperatorCommand::Ban { who } => moderation::ban(ctx, who, BanScope::Unshared),
    }
}

/// What the room keeps of the person of this name.
pub(super) fn traces(state: &RoomState, name: &MemberName) -> Traces {
    let folded = name.folded();
    let is_theirs = |other: &MemberName| other.folded() == folded;
    let named = state.roster.all().filter(|member| is_theirs(&member.name));
    let (present, gone): (Vec<&Member>, Vec<&Member>) = named.partition(|member| member.is_here());
    let bans = state.bans.iter().filter(|ban| is_theirs(&ban.name));
    let bans: Vec<MemberId> = bans.map(|ban| ban.member).collect();
    let mut members: Vec<MemberId> = gone.iter().map(|member| member.id).collect();
    members.extend(&bans);
    members.sort_unstable();
    members.dedup();
    let is_author = |id: MemberId, name: &MemberName| members.contains(&id) || is_theirs(name);
    let lines = state.chat.lines();
    let lines = lines.filter(|line| is_author(line.from, &line.name));
    let entries = state.queue.entries().iter();
    let entries = entries.filter(|entry| is_author(entry.by, &entry.by_name));
    Traces {
        present: present.len(),
        lines: lines.map(|line| line.id).collect(),
        entries: entries.map(|entry| entry.id).collect(),
        bans: bans.len(),
        members,
    }
}

impl Traces {
    /// Whether the room keeps nothing of the person.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The event that erases them; none if there is nothing to erase, or the person is present.
    #[must_use]
    pub fn erased(&self) -> Vec<Decided> {
        if self.present > 0 || self.is_empty() {
            return Vec::new();
        }
        let event = RoomEvent::Forgotten {
            members: self.members.clone(),
            lines: self.lines.clone(),
            entries: self.entries.clone(),
        };
        vec![event.into()]
    }
}

/// The operator in the place of the member who gives a command.
fn operator(moment: Moment) -> Member {
    Member {
        id: MemberId::OPERATOR,
        name: MemberName::operator(),
        role: Role::Admin,
        acting: false,
        presence: Presence::Here(moment.now),
        has_player: false,
        flags: MemberFlags::default(),
        answered: Vec::new(),
    }
}
