//! What the lists of commands and of everything offer.

use super::command::Slash;
use strum::{IntoStaticStr, VariantNames};

use crate::protocol::ids::{EntryId, MemberId, RoomId};

/// Something that can be chosen from a list.
#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr, VariantNames)]
pub enum ListItem {
    /// A command.
    Command(Slash),
    /// An entry of the queue.
    Entry(EntryId),
    /// A member who is here.
    Member(MemberId),
    /// A live room of the server.
    Room(RoomId),
}
