//! What the playback machine wants done.

use crate::app::output::{Notice, Output, Why};
use crate::media::policy::Privacy;
use crate::protocol::command::Command;
use crate::protocol::time::Span;
use crate::sync::player::PlayerCommand;
use crate::wire::message::ClientMsg;

/// Something that the playback machine wants done, in this order.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum PlaybackOutput {
    /// Order the player.
    Order(PlayerCommand),
    /// Send a message to the server.
    Send(ClientMsg),
    /// Ask this of the room: an admin did it in the player's window. Answered by
    /// `PlaybackInput::Answered`.
    Command(Command),
    /// The line of this number asks this of the room after all.
    LineCommand(u64, Command),
    /// The line of this number was carried out, or says why not.
    Done(u64, Result<(), Why>),
    /// Emit this to the member.
    Emit(Output),
    /// Show this over the picture for a while.
    Osd(Notice),
    /// Media takes the place of what the empty window shows.
    MediaBegins,
    /// Look up the offset of this sound device. Answered by `PlaybackInput::OffsetFound`.
    FindOffset {
        /// The device, as the player names it.
        device: String,
    },
    /// Keep the offset of this sound device.
    KeepOffset {
        /// The device, as the player names it.
        device: String,
        /// How late it is (negative: early).
        offset: Span,
    },
    /// What may be contacted has changed.
    Privacy(Privacy),
    /// Keep whether the member trusts the links of this room.
    KeepTrust(bool),
    /// Show in the empty window how others are invited, or how media is put on.
    FillEmptyWindow,
}
