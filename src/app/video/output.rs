//! What the machine wants done.

use super::scene::WindowOrder;
use crate::app::asking::Press;
use crate::app::command::ParsedLine;
use crate::app::osd_level::OsdLevel;
use crate::app::output::Notice;
use crate::protocol::command::{Command, PermissionRequest};

/// Something that is to be done, in this order.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum VideoOutput {
    /// Order this about the player's window.
    Order(WindowOrder),
    /// Ask this of the room. If it comes to nothing, `VideoInput::KeyRefused` says so.
    Command(Command),
    /// Carry out this line. `VideoInput::LineAnswered` says what came of it.
    Line {
        /// The line as it was written.
        text: String,
        /// What it asks for.
        parsed: ParsedLine,
    },
    /// Keep this half-written line where the member finds it while there is no window.
    KeepText(String),
    /// Let the member go on in the terminal with this line, which was refused.
    GiveBack(String),
    /// The member wanted this, which their role does not allow, and it led to that.
    Pressed(PermissionRequest, Press),
    /// Emit this to the member.
    Notice(Notice),
    /// The member wants to see how well in step the player is. Answered by
    /// `VideoInput::SyncState`.
    AskSyncState,
    /// Keep for the next time that so much is shown.
    Keep(OsdLevel),
    /// The line of this number was carried out.
    Done(u64),
}
