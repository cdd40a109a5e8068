//! Why something was denied: codes with their arguments, so that each client words them in
//! its own language.

use serde::{Deserialize, Serialize};

pub use super::command::Action;
use super::ids::{EntryId, MemberId};
use super::member::Role;
use super::text::{MemberName, WrittenName};
use super::time::Position;

/// Who else is known from the address of a member who is to be banned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedAddress {
    /// Who is to be banned.
    pub member: MemberId,
    /// What they are called.
    pub name: MemberName,
    /// Others who came last from the same address, here or gone: [`Self::MOST_NAMES`] at most.
    pub others: Vec<MemberName>,
    /// How many more there are.
    pub more: u32,
    /// Whether whoever asks comes from there too.
    pub yours: bool,
}

impl SharedAddress {
    /// The most names that are told (judgement: they fit a line).
    pub const MOST_NAMES: usize = 5;
}

/// Why a command changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "args", rename_all = "snake_case")]
pub enum Denied {
    /// The member's role is not enough.
    NotAllowed {
        /// What they wanted.
        action: Action,
        /// The role it takes.
        needs: Role,
    },
    /// Whoever asks is only acting admin, and this is left to a real one.
    OnlyActing {
        /// What they wanted.
        action: Action,
    },
    /// It is so already.
    NothingChanges,
    /// Others come from the address of the one who is to be banned: say whether it is banned
    /// as well.
    AddressShared(SharedAddress),
    /// Nothing is on.
    NothingPlays,
    /// It stands already.
    AlreadyPaused,
    /// It runs already.
    AlreadyPlaying,
    /// The video has no end, or its player cannot seek.
    CannotSeek,
    /// The film is beyond that length already.
    LengthPassed {
        /// Where it is.
        position: Position,
    },
    /// There was no jump to take back.
    NothingToUndo,
    /// No such entry is in the queue.
    NoSuchEntry {
        /// Which number.
        entry: EntryId,
    },
    /// Nothing is proposed.
    NothingProposed,
    /// The entry is approved already.
    AlreadyApproved {
        /// Which.
        entry: EntryId,
    },
    /// The entry is somebody else's.
    NotYours {
        /// Which.
        entry: EntryId,
    },
    /// No approved entry follows.
    NothingNext,
    /// The queue has no room.
    QueueFull {
        /// The most entries it holds.
        limit: u32,
    },
    /// The links that wait are too long together: the room would grow beyond what a slow
    /// connection carries.
    QueueTooLarge,
    /// The member has enough proposals waiting.
    TooManyProposals {
        /// The most a member may have.
        limit: u32,
    },
    /// The same link waits already.
    AlreadyQueued {
        /// As which entry.
        entry: EntryId,
    },
    /// Nobody of that name is in the room.
    NoSuchMember {
        /// The name, or the number with its `#`.
        name: WrittenName,
    },
    /// Several members' names look like the one written, or one that is another: it takes a number.
    NamesAlike {
        /// The numbers of the first [`Self::MOST_ALIKE`] of them.
        members: Vec<MemberId>,
    },
    /// The member is not in the room any more.
    MemberGone,
    /// Whoever asks is not in the room any more.
    NotInRoom,
    /// Somebody has that name.
    NameTaken {
        /// The name.
        name: MemberName,
    },
    /// The name looks like somebody else's.
    LooksLike {
        /// The other member's name.
        name: MemberName,
    },
    /// They have that role already.
    SameRole {
        /// The role that was asked for.
        role: Role,
    },
    /// A room needs an admin.
    LastAdmin,
    /// Their rank is not below one's own.
    Outranked {
        /// The name of whoever was to be changed.
        name: MemberName,
    },
    /// One does not do this to oneself.
    Yourself,
    /// A moderator or admin took the member's chat and reactions away.
    Muted,
    /// Nobody of that name or number is banned.
    NotBanned {
        /// The name, or the number with its `#`.
        name: WrittenName,
    },
    /// The line of chat is not there, or not any more.
    NoSuchLine,
    /// The room waits for nobody.
    NotWaiting,
    /// Nobody plays the video: it stands until somebody does.
    NobodyPlays,
    /// What was done in the player is too long ago.
    TooLate,
    /// Too much at once.
    TooFast {
        /// When to try again, in milliseconds from now.
        retry_ms: u32,
    },
    /// The command was overtaken by later ones before a reconnect; send it anew.
    Overtaken,
    /// The server does not know this command, or what it is about is not valid.
    NotUnderstood,
    /// The room's storage cannot be reached.
    StorageAway,
}

impl Denied {
    /// The most members of one look who are told by their numbers (judgement: they fit a line).
    pub const MOST_ALIKE: usize = 5;

    /// Nobody has that number.
    #[must_use]
    pub fn no_such_number(member: MemberId) -> Self {
        let name = WrittenName::truncated(&format!("#{member}"));
        name.map_or(Self::MemberGone, |name| Self::NoSuchMember { name })
    }
}

/// Why a server does not let someone in, or closes a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "args", rename_all = "snake_case")]
pub enum Refused {
    /// Client and server speak different versions.
    Version {
        /// The server's.
        server: u32,
        /// The client's.
        client: u32,
    },
    /// The room has a password, and none was given.
    PasswordNeeded,
    /// The password is wrong.
    PasswordWrong,
    /// A private room is created with a password, and none was given.
    PasswordMissing,
    /// The password is longer than the server takes.
    PasswordTooLong {
        /// The most bytes it may have.
        limit: u32,
    },
    /// Too many passwords are being tried for this room, from there or on this server.
    TooManyTries {
        /// When to try again, in milliseconds from now.
        retry_ms: u32,
    },
    /// Something in the server failed that has nothing to do with what was asked.
    Internal,
    /// The first frame was no `hello`.
    NoHello,
    /// The room is full.
    RoomFull {
        /// The most members it takes.
        limit: u32,
    },
    /// The server has as many rooms as it takes.
    ServerFull {
        /// The most rooms it takes.
        limit: u32,
    },
    /// Too many rooms are created from there.
    TooManyRooms {
        /// When to try again, in milliseconds from now.
        retry_ms: u32,
    },
    /// Too many new members come into this room from there.
    TooManyJoins {
        /// When to try again, in milliseconds from now.
        retry_ms: u32,
    },
    /// An admin or moderator sent the member out.
    Kicked,
    /// The member, or somebody at the same network address, was banned from the room.
    Banned,
    /// The same member connected anew elsewhere.
    Replaced,
    /// The reader was too slow for the room.
    TooSlow,
    /// Too many frames made no sense.
    BadFrames,
    /// The server is going down; trying again is worth it.
    ShuttingDown,
    /// The room was closed.
    RoomClosed,
    /// Somebody came back to a room that is not there any more. It is not created by that: a
    /// member who returns says nothing of how.
    NoSuchRoom,
    /// The room's storage cannot be reached.
    StorageAway,
}

impl Refused {
    /// Whether the client should try to connect again by itself.
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
