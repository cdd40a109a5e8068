//! What follows from a change of the room as it is known.

use crate::app::output::Output;
use crate::protocol::text::MemberName;

/// What is to be done about a change of the room.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all outputs are of the largest variant"
)]
pub(in crate::app) enum SessionOutput {
    /// Emit this to the member.
    Emit(Output),
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
}
