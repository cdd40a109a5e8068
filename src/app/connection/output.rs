//! What the connection asks of the rest of the client.

use crate::app::effect::{Effect, Exit};
use crate::app::output::{ConnectionView, Notice, Why};
use crate::protocol::command::Command;
use crate::protocol::text::MemberName;
use crate::protocol::time::LocalTime;
use crate::wire::message::{ServerMsg, Welcome};

/// What is to be done about a change of the connection.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum ConnectionOutput {
    /// An order to the shell.
    Effect(Effect),
    /// Show the member the state of the connection.
    View(ConnectionView),
    /// Tell the member.
    Notice(Notice),
    /// The server lets the client in: this is to be taken over.
    Welcome {
        /// What the server sent.
        welcome: Box<Welcome>,
        /// Whether it is the first room since the client was started.
        is_first: bool,
    },
    /// A message about the room, which was read at this time.
    RoomMessage(Box<ServerMsg>, LocalTime),
    /// The member chose this name for rooms that remember another.
    ChosenName(MemberName),
    /// Put media on in the room, by this command.
    Play(Command),
    /// The server is out of reach for the player.
    Offline,
    /// The server is out of reach for lines: the next attempt is waited for.
    Waiting,
    /// The line that asked for this room is refused.
    JoinRefused(Why),
    /// The client goes to another room; with `keeps` it may come back.
    SetAside {
        /// Whether it comes back if the other room does not let it in.
        keeps: bool,
    },
    /// Back to the room that was set aside.
    Returned,
    /// The server does not let the client in: the member may know what helps.
    EntryRefused {
        /// Why not. Where a password would help, the question for one says this.
        why: Why,
        /// How the client ends if nothing helps.
        exit: Exit,
    },
    /// The client cannot enter the room, and has none to go back to.
    EntryGivenUp {
        /// Why the room cannot be entered, as it is shown over the gallery.
        why: Why,
        /// How the client ends if the member chooses no other room.
        exit: Exit,
    },
    /// The room that the client came back to does not exist any more: the member decides
    /// whether it is made again.
    RoomAbsent,
    /// The client leaves: emit what was held back.
    Leaving,
    /// The client ends: open lines are answered.
    Ending,
    /// The end: nothing follows.
    Exit(Exit),
}
