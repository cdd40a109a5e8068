//! What the screen asks before it does it.

use crate::protocol::ids::{ChatId, EntryId, MemberId};
use crate::protocol::member::{Role, Visibility};

/// Something that is confirmed before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Leave; for how many others this process is the server.
    Leave(Option<u32>),
    /// Stop the process; for how many others it is the server.
    Suspend(u32),
    /// Play this entry now.
    PlayNow(EntryId),
    /// Take this entry out of the queue.
    Remove(EntryId),
    /// Take one's own proposal back.
    Withdraw(EntryId),
    /// Kick this member.
    Kick(MemberId),
    /// Ban this member.
    Ban(MemberId),
    /// Erase this line of chat.
    Erase(ChatId),
    /// Erase all lines of this author; the number of lines.
    EraseAll(MemberId, u32),
    /// Give this member another role.
    Promote(MemberId, Role),
    /// Close the room for everybody.
    Close,
    /// Trust the links of this room, also those into one's own network.
    TrustLinks,
    /// Create the room that does not exist any more again, with the visibility it had.
    MakeAgain(Visibility),
    /// Join the room that has the name of the private one that the member was in, and is not private.
    JoinOpen,
}
