//! What can happen to the lines that the member types.

use crate::app::command::ParsedLine;
use crate::app::output::Why;
use crate::protocol::command::Command;
use crate::protocol::ids::{Epoch, Rev, Seq};

/// Where a command comes from, and so where its answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum CommandSource {
    /// The line of this number.
    Line(u64),
    /// Something that the member did in the window of their own player.
    PlayerWindow,
    /// Something that the member pressed over the picture.
    OverPicture,
    /// The media named at the start (`--play`).
    Start,
    /// The name chosen at the start (`--name`).
    ChosenName,
    /// The client by itself: nobody waits for the answer.
    Unasked,
}

/// Something that concerns the lines.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum LinesInput {
    /// The member asks for something, by a line that was piped in or by a key.
    Line(Result<ParsedLine, Why>),
    /// The member asks for something by a line that was typed on the screen.
    Typed {
        /// The line as it was typed.
        text: String,
        /// What it asks for.
        parsed: Result<ParsedLine, Why>,
    },
    /// The member asks for something by a line that was written over the picture. Its answer goes
    /// there, and it has no number for others.
    OverPicture {
        /// The line as it was written.
        text: String,
        /// What it asks for.
        parsed: ParsedLine,
    },
    /// No more lines will come: leave once all are answered.
    Ended,
    /// The line of this number asks to leave.
    Quit(u64),
    /// The line of this number asked for the room that is joined now. What was asked of the
    /// room before is not answered any more.
    Joining(u64),
    /// The room of `/join` does not let the member in.
    JoinRefused(Why),
    /// Send this command; its answer goes to the source.
    Command(Command, CommandSource),
    /// The room answered the command of this number.
    Answered(Seq, Result<Rev, Why>),
    /// The client itself carried out the line of this number, or says why not.
    Done(u64, Result<(), Why>),
    /// The member is back in the room as who they were: what is unanswered is sent again.
    Resumed {
        /// The last command that the room has on record.
        answered: Seq,
    },
    /// The member is in the room as somebody new: what is unanswered was somebody else's.
    Entered {
        /// The last command that the room has on record.
        answered: Seq,
    },
    /// The connection is gone.
    Lost,
    /// The client leaves: every open line is answered.
    Leaving,
    /// Time has passed, or something has changed: take the next line whose turn has come.
    Next,
    /// A deadline has come.
    Deadline,
}

/// How far a command of the member reaches now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Access {
    /// Into the room: commands are sent at once.
    Open,
    /// Nowhere: the connection is away. Messages that were typed wait for it, all else that is asked
    /// meanwhile is refused at once.
    Away,
    /// Nowhere yet: a connection is being made. Lines wait if one of them, `/join`, asked for
    /// it, else they are refused at once.
    Returning,
    /// Nowhere yet: lines wait for the room.
    Awaited,
    /// Nowhere any more: the client leaves.
    Leaving,
}

/// What a line needs to know of the rest of the client.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct LinesView {
    /// How far a command reaches.
    pub(in crate::app) access: Access,
    /// The last event known of the room; `None` before one was joined.
    pub(in crate::app) rev: Option<Rev>,
    /// The media that is on.
    pub(in crate::app) epoch: Epoch,
}
