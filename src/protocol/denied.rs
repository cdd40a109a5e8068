//! Why a command or a connection was refused: codes with arguments, so that each client can word
//! them in its own language.

use serde::{Deserialize, Serialize};

pub use super::command::Action;
use super::ids::{EntryId, MemberId};
use super::member::Role;
use super::text::{MemberName, WrittenName};
use super::time::Position;

/// The members who share the network address of a member about to be banned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedAddress {
    /// The member to be banned.
    pub member: MemberId,
    /// Their name.
    pub name: MemberName,
    /// Others who last connected from that address, present or gone: at most [`Self::MOST_NAMES`].
    pub others: Vec<MemberName>,
    /// How many more there are beyond `others`.
    pub more: u32,
    /// Whether the member who gave the command shares the address too.
    pub yours: bool,
}

impl SharedAddress {
    /// The most names in `others` (judgement: they fit on a line).
    pub const MOST_NAMES: usize = 5;
}

/// Why a command changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "args", rename_all = "snake_case")]
pub enum Denied {
    /// The member's role is too low.
    NotAllowed {
        /// What the command would have done.
        action: Action,
        /// The role that it needs.
        needs: Role,
    },
    /// The member is only an acting admin, and this is reserved for a real one.
    OnlyActing {
        /// What the command would have done.
        action: Action,
    },
    /// Nothing would change.
    NothingChanges,
    /// Other members share the address of the one to be banned: the command must say whether the
    /// address is banned as well.
    AddressShared(SharedAddress),
    /// No media is loaded.
    NothingPlays,
    /// The media is already paused.
    AlreadyPaused,
    /// The media is already playing.
    AlreadyPlaying,
    /// The media is live, or its player cannot seek in it.
    CannotSeek,
    /// The media has already passed the length that was to be set.
    LengthPassed {
        /// The room's current position.
        position: Position,
    },
    /// There is no seek to undo.
    NothingToUndo,
    /// The queue has no entry of this number.
    NoSuchEntry {
        /// The number that the command named.
        entry: EntryId,
    },
    /// There is no proposal.
    NothingProposed,
    /// The entry is already approved.
    AlreadyApproved {
        /// The entry's number.
        entry: EntryId,
    },
    /// The entry was proposed by somebody else.
    NotYours {
        /// The entry's number.
        entry: EntryId,
    },
    /// The queue has no approved entry to play next.
    NothingNext,
    /// The queue is full.
    QueueFull {
        /// The most entries that it holds.
        limit: u32,
    },
    /// The links in the queue are too long in total: the room's state would outgrow what a slow
    /// connection carries.
    QueueTooLarge,
    /// The member already has as many proposals as allowed.
    TooManyProposals {
        /// The most proposals that a member may have.
        limit: u32,
    },
    /// The same link is already in the queue.
    AlreadyQueued {
        /// The entry that has it.
        entry: EntryId,
    },
    /// No member of that name is in the room.
    NoSuchMember {
        /// The name as written, or the number with its `#`.
        name: WrittenName,
    },
    /// The name as written looks like several members' names, or is one member's and looks like
    /// another's. The command must use a number.
    NamesAlike {
        /// The numbers of the first [`Self::MOST_ALIKE`] candidates.
        members: Vec<MemberId>,
    },
    /// The target is no longer in the room.
    MemberGone,
    /// The sender is no longer in the room.
    NotInRoom,
    /// Another member has that name.
    NameTaken {
        /// The name that is taken.
        name: MemberName,
    },
    /// The name looks like another member's.
    LooksLike {
        /// The other member's name.
        name: MemberName,
    },
    /// The member already has that role.
    SameRole {
        /// The role that was to be given.
        role: Role,
    },
    /// The room's last admin cannot step down.
    LastAdmin,
    /// The target's rank is not below the sender's.
    Outranked {
        /// The target's name.
        name: MemberName,
    },
    /// A member cannot do this to themselves.
    Yourself,
    /// The sender is muted.
    Muted,
    /// No banned member has that name or number.
    NotBanned {
        /// The name as written, or the number with its `#`.
        name: WrittenName,
    },
    /// The line of chat does not exist, or no longer.
    NoSuchLine,
    /// The room waits for nobody.
    NotWaiting,
    /// No player plays the media: it stays paused until one does.
    NobodyPlays,
    /// The action in the player's window reached the room too late.
    TooLate,
    /// Rate limit exceeded.
    TooFast {
        /// When to try again, in milliseconds from now.
        retry_ms: u32,
    },
    /// Later commands of the same member were carried out before this one arrived after a
    /// reconnect. Send it again.
    Overtaken,
    /// The server does not know this command, or its arguments are invalid.
    NotUnderstood,
    /// The room's storage is unavailable.
    StorageAway,
}

impl Denied {
    /// The most candidates that [`Self::NamesAlike`] lists (judgement: they fit on a line).
    pub const MOST_ALIKE: usize = 5;

    /// The denial for a number that no member has.
    #[must_use]
    pub fn no_such_number(member: MemberId) -> Self {
        let name = WrittenName::truncated(&format!("#{member}"));
        name.map_or(Self::MemberGone, |name| Self::NoSuchMember { name })
    }
}

/// Why a server refuses a connection or closes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "args", rename_all = "snake_case")]
pub enum Refused {
    /// Client and server speak incompatible protocol versions.
    Version {
        /// The version that the server speaks.
        server: u32,
        /// The version that the client speaks.
        client: u32,
    },
    /// The room has a password and none was given.
    PasswordNeeded,
    /// The password is wrong.
    PasswordWrong,
    /// A private room cannot be created without a password.
    PasswordMissing,
    /// The password is too long.
    PasswordTooLong {
        /// The most bytes that it may have.
        limit: u32,
    },
    /// Too many password attempts: for this room, from this address, or on this server.
    TooManyTries {
        /// When to try again, in milliseconds from now.
        retry_ms: u32,
    },
    /// An internal error of the server, unrelated to the request.
    Internal,
    /// The first frame was not a `hello`.
    NoHello,
    /// The room is full.
    RoomFull {
        /// The most members that it takes.
        limit: u32,
    },
    /// The server has as many rooms as it may have.
    ServerFull {
        /// The most rooms that it takes.
        limit: u32,
    },
    /// Too many rooms are being created from this address.
    TooManyRooms {
        /// When to try again, in milliseconds from now.
        retry_ms: u32,
    },
    /// Too many new members are joining this room from this address.
    TooManyJoins {
        /// When to try again, in milliseconds from now.
        retry_ms: u32,
    },
    /// An admin or moderator kicked the member.
    Kicked,
    /// The member, or somebody at the same network address, is banned from the room.
    Banned,
    /// The same member connected again from elsewhere.
    Replaced,
    /// The client read too slowly to keep up with the room.
    TooSlow,
    /// Too many invalid frames.
    BadFrames,
    /// The server is shutting down; the client should try again.
    ShuttingDown,
    /// The room was closed.
    RoomClosed,
    /// A member came back to a room that no longer exists. Coming back does not create it again: a
    /// returning client does not say how.
    NoSuchRoom,
    /// The room's storage is unavailable.
    StorageAway,
}

impl Refused {
    /// Whether the client should reconnect by itself.
    #[must_use]
    pub const fn worth_retrying(&self) -> bool {
        matches!(
            self,
            Self::ShuttingDown
                | Self::TooSlow
                | Self::StorageAway
                | Self::RoomClosed
                | Self::TooManyTries { .. }
                | Self::TooManyJoins { .. }
        )
    }
}
