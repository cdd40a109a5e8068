//! Why a command or a connection was refused: codes with arguments, so that each client can word
//! them in its own language.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, IntoStaticStr, VariantArray};

pub use super::command::Action;
use super::ids::{EntryId, InviteId, MemberId};
use super::member::Role;
use super::moderation::Delay;
use super::text::{MemberName, WrittenName};
use super::time::Position;

/// The members who share the network address of a member about to be banned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SharedAddress {
    /// The member to be banned, by number.
    pub member: MemberId,
    /// That member's current name.
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

/// Why a command was denied. A denied command changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, EnumDiscriminants)]
#[serde(tag = "code", content = "args", rename_all = "snake_case")]
#[strum_discriminants(
    name(DeniedCode),
    doc = "The code of a denial without its arguments, spelled as on the wire.",
    derive(VariantArray, IntoStaticStr),
    strum(serialize_all = "snake_case")
)]
pub enum Denied {
    /// The sender's power is too low: their role, or that of an acting admin.
    NotAllowed {
        /// The denied command's row in the table, which names it for people.
        action: Action,
        /// The lowest role that may give it.
        needs: Role,
    },
    /// The sender is only an acting admin, and this is reserved for a real one.
    OnlyActing {
        /// The denied command's row in the table, which names it for people.
        action: Action,
    },
    /// The room is already as the command would make it: the same title, rate, position, mute or
    /// ban.
    NothingChanges,
    /// Other members share the address of the one to be banned: the command must say whether the
    /// address is banned as well.
    AddressShared(SharedAddress),
    /// No media is loaded, or it is over where the command needs it running.
    NothingPlays,
    /// The media is paused, or over, so a pause changes nothing.
    AlreadyPaused,
    /// The media plays, so there is nothing to resume.
    AlreadyPlaying,
    /// The member has said already that they are ready.
    AlreadyReady,
    /// The media is live, with one position and one speed for everybody.
    CannotSeek,
    /// The media has already passed the length that was to be set.
    LengthPassed {
        /// The room's current position.
        position: Position,
    },
    /// Nobody has sought in this media yet. Other media's seeks cannot be undone.
    NothingToUndo,
    /// The queue has no entry of this number: it never had, or it was played or removed.
    NoSuchEntry {
        /// The number that the command named.
        entry: EntryId,
    },
    /// The command means the oldest proposal, and there is none.
    NothingProposed,
    /// The entry is already approved, so it cannot be approved, rejected or withdrawn.
    AlreadyApproved {
        /// The number that the command named.
        entry: EntryId,
    },
    /// The entry was proposed by somebody else, so the sender cannot withdraw it.
    NotYours {
        /// The number that the command named.
        entry: EntryId,
    },
    /// The queue has no approved entry to play next.
    NothingNext,
    /// The queue has as many entries as are accepted from this member: an admin may add more than a
    /// proposer.
    QueueFull {
        /// The limit that was reached, in entries.
        limit: u32,
    },
    /// The links in the queue are too long in total: the room's state would outgrow what a slow
    /// connection carries.
    QueueTooLarge,
    /// The member already has as many proposals as allowed.
    TooManyProposals {
        /// The most proposals that one member may have waiting at a time.
        limit: u32,
    },
    /// The members at the sender's network address have as many proposals as allowed together.
    TooManyProposalsThere {
        /// The most proposals that all members at one address may have waiting at a time.
        limit: u32,
    },
    /// The same link is already in the queue, approved or proposed.
    AlreadyQueued {
        /// The number of the entry that has it.
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
    /// The target is absent, or the room has forgotten them.
    MemberGone,
    /// The sender has left, or was kicked, before the command was decided.
    NotInRoom,
    /// Another member, present or absent, has that name, ignoring case.
    NameTaken {
        /// The name that is taken.
        name: MemberName,
    },
    /// The name looks like another member's, present or absent
    /// ([`super::text::MemberName::looks_like`]).
    LooksLike {
        /// The other member's name.
        name: MemberName,
    },
    /// The target already has that role as their lasting one.
    SameRole {
        /// The role that was to be given.
        role: Role,
    },
    /// The sender is the only admin present and cannot step down; they can name another one first.
    LastAdmin,
    /// The target's rank is not below the sender's.
    Outranked {
        /// The target's name.
        name: MemberName,
    },
    /// The sender is the target: nobody kicks, bans, mutes or names themselves heir.
    Yourself,
    /// The sender is muted, and others would see what the command does.
    Muted,
    /// Slow mode is on, and the sender's last line of chat is too recent.
    SlowMode {
        /// The least time between two lines.
        interval: Delay,
        /// When to try again, in milliseconds from now.
        retry_ms: u32,
    },
    /// Newcomers may only watch for a while, and the sender is one.
    Newcomer {
        /// When to try again, in milliseconds from now.
        retry_ms: u32,
    },
    /// No banned member has that name or number.
    NotBanned {
        /// The name as written, or the number with its `#`.
        name: WrittenName,
    },
    /// The room does not keep this line of chat: its number is wrong, or the line is too old.
    NoSuchLine,
    /// The room waits for nobody, so there is no wait to end.
    NotWaiting,
    /// All players are closed. The media stays where it is until somebody opens one.
    NobodyPlays,
    /// The command's [`Mark`](super::target::Mark) is too old, or for other media: the client must
    /// decide anew. See [`super::command::Command::without_mark`].
    TooLate,
    /// The start was to be set to a time that has passed, or is more than a day away.
    StartOutOfReach,
    /// A private room needs a password, and none was given.
    PasswordMissing,
    /// The password is longer than the server hashes.
    PasswordTooLong {
        /// The most bytes that it may have.
        limit: u32,
    },
    /// The room has no invite link of this number that works: it never had, or it was revoked, is
    /// used up or over.
    NoSuchInvite {
        /// The number that the command named.
        invite: InviteId,
    },
    /// The room has as many invite links that work as it may have.
    TooManyInvites {
        /// The limit that was reached, in links.
        limit: u32,
    },
    /// The room has as many emotes as it may have.
    TooManyEmotes {
        /// The limit that was reached.
        limit: u32,
    },
    /// The room has no password that an invite link could spare a viewer.
    InviteNotNeeded,
    /// An internal error of the server, unrelated to the command. Its log has the cause.
    Internal,
    /// The member, or all at their address, sent more than the server's limits allow.
    TooFast {
        /// When to try again, in milliseconds from now.
        retry_ms: u32,
    },
    /// Later commands of the same member were carried out before this one arrived after a
    /// reconnect. Send it again.
    Overtaken,
    /// The server does not know this command, or its arguments are invalid. The reason's text says
    /// which.
    NotUnderstood,
    /// The room's log takes no writes at the moment. The command may be sent again later.
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, EnumDiscriminants)]
#[serde(tag = "code", content = "args", rename_all = "snake_case")]
#[strum_discriminants(
    name(RefusedCode),
    doc = "The code of a refusal without its arguments, spelled as on the wire.",
    derive(VariantArray, IntoStaticStr),
    strum(serialize_all = "snake_case")
)]
pub enum Refused {
    /// Client and server speak incompatible protocol versions.
    Version {
        /// The protocol version that the server speaks (`wire::codec::PROTOCOL`).
        server: u32,
        /// The protocol version that the client named in its hello.
        client: u32,
    },
    /// The room has a password and none was given.
    PasswordNeeded,
    /// The password is not the room's. Each wrong one counts against the tries of the room and the
    /// address.
    PasswordWrong,
    /// The room is private, and the token of the invite link is none by which it lets in: mistyped,
    /// used up, over or revoked. Which of them is not said. Counts like a wrong password.
    InviteInvalid,
    /// A private room cannot be created without a password.
    PasswordMissing,
    /// The password is longer than the server hashes; `limit` says how long it may be.
    PasswordTooLong {
        /// The most bytes that it may have.
        limit: u32,
    },
    /// Too many password attempts: for this room, from this address, or on this server.
    TooManyTries {
        /// When to try again, in milliseconds from now.
        retry_ms: u32,
    },
    /// Only who has the server's password for new rooms, or a key of its operator, may create one,
    /// and the client gave none.
    CreatePasswordNeeded,
    /// Only who has a key of the server's operator may create a room, and the client gave none.
    CreateKeyNeeded,
    /// What the client gave for creating the room is neither the password nor a key that still
    /// holds. It counts as a wrong password of the address.
    CreatePasswordWrong,
    /// There are as many rooms that this address created as it may have.
    TooManyOwnRooms {
        /// The most rooms of one address.
        limit: u32,
    },
    /// As many connections come from this address as it may have. Said by an HTTP header in place
    /// of the upgrade.
    TooManyConnections {
        /// The most connections of one address.
        limit: u32,
    },
    /// The server has as many connections as it takes. Said by an HTTP header in place of the
    /// upgrade.
    ServerBusy {
        /// The most connections of the server.
        limit: u32,
    },
    /// An internal error of the server, unrelated to the request. Its log has the cause.
    Internal,
    /// The first frame was not a valid `hello`, or none came in time.
    NoHello,
    /// The room has as many members present as the server lets in. Members who return are let in.
    RoomFull {
        /// The most members present at a time.
        limit: u32,
    },
    /// The server has as many rooms as it may have.
    ServerFull {
        /// The most rooms at a time.
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
    /// An admin or moderator kicked the member. The resume token is void.
    Kicked,
    /// The member, or somebody at the same network address, is banned from the room.
    Banned,
    /// The same member connected again, and this is the older connection. The client must not
    /// reconnect.
    Replaced,
    /// The client read too slowly to keep up with the room, and its outbox was full.
    TooSlow,
    /// The client sent more invalid frames than are forgiven.
    BadFrames,
    /// The server is shutting down; the client should try again.
    ShuttingDown,
    /// The room was closed: by an admin, whom the event before it names, or since it had been empty
    /// for long. Joining again creates a new one.
    RoomClosed,
    /// A member came back to a room that no longer exists. Coming back does not create it again: a
    /// returning client does not say how.
    NoSuchRoom,
    /// The room's log cannot be read or takes no writes at the moment.
    StorageAway,
    /// The room is locked: only members whom it knows come in.
    Locked,
    /// The client was in a private room of this name and comes into no other unasked; the room that
    /// is there now is not private.
    NotPrivate {
        /// The admin who is present longest; `None` if none is.
        admin: Option<MemberName>,
    },
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
                | Self::TooManyConnections { .. }
                | Self::ServerBusy { .. }
        )
    }
}
