//! What the screen asks of the app.

use crate::app::asking::Press;
use crate::app::command::{ClientCommand, ParsedLine, Show};
use crate::app::effect::{Alert, Exit};
use crate::app::output::Why;
use crate::app::preferences::OwnChoice;
use crate::protocol::command::{Command, PermissionRequest};
use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::protocol::secret::Password;
use crate::protocol::text::MemberName;

/// One thing that the app is to do for the screen.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum Want {
    /// Run this as a line of input.
    Submit(Result<ParsedLine, Why>),
    /// Run this line, which the member typed: it comes back if it is refused.
    SubmitTyped {
        /// The line as it was typed.
        text: String,
        /// What it asks for.
        parsed: Result<ParsedLine, Why>,
    },
    /// Note that the member wanted this, which their role does not allow, and what it led to.
    NotePress(PermissionRequest, Press),
    /// Leave the room and end.
    Leave,
    /// Connect to no room until the member has decided.
    Rest,
    /// Go to the room that the client is configured for.
    Start,
    /// Try that room again with this password.
    ConnectWithPassword(Password),
    /// Try that room again with this password for new rooms, or key of the server's operator.
    CreateWithKey(Password),
    /// Try that room again, though it is not the private one that was meant.
    JoinOpen,
    /// Use this name from now on, and remember it.
    UseName(MemberName),
    /// The room cannot be entered: go back to the previous one, if there is any.
    GiveUp {
        /// The reason that the member reads.
        why: Why,
        /// How the client ends if there is no room to go back to.
        exit: Exit,
    },
    /// Drop what is known of the room, and stop playing it.
    ForgetRoom,
    /// Answer what is open, and end.
    End(Exit),
    /// Name the playlists that are saved on this computer.
    NameLists,
    /// Answer this line of input: it was carried out.
    Done(u64),
    /// Answer this line of input: it takes a screen, and there is none.
    NeedsScreen(u64),
    /// Say that the next line of input is the new password, and answer this one.
    SayPasswordFollows(u64),
    /// Leave once all lines are answered, this one included.
    Quit(u64),
    /// Report in lines what a screen would have shown, and answer the line of input.
    Print {
        /// The number of the line of input.
        line: u64,
        /// What was asked for.
        show: Show,
    },
    /// Answer this line of input: it needs a screen.
    SayNoScreen(u64),
    /// Keep what the member chose of the screen for the next time.
    Keep(OwnChoice),
    /// Put this into the clipboard.
    Copy(String),
    /// Open this address outside of the terminal.
    OpenLink(String),
    /// Ring for the member.
    Alert(Alert),
    /// Ask a server for its live rooms.
    AskRooms {
        /// The server's address.
        server: String,
    },
    /// Look up in which of these rooms the member was before.
    FindOwnRooms {
        /// Their server's address.
        server: String,
        /// The rooms.
        rooms: Vec<RoomId>,
    },
    /// Follow the live rooms of a server, and of no other.
    FollowRooms {
        /// The server's address.
        server: String,
    },
    /// Follow no live rooms any more.
    UnfollowRooms,
    /// Draw the whole screen anew.
    Redraw,
    /// Stop the process, as Ctrl-Z does in a shell.
    Suspend,
}

impl Want {
    /// Send this command to the room.
    pub(super) const fn command(command: Command) -> Self {
        Self::Submit(Ok(ParsedLine::Room(command)))
    }

    /// Carry this out in the client.
    pub(super) const fn local(local: ClientCommand) -> Self {
        Self::Submit(Ok(ParsedLine::Client(local)))
    }

    /// The room is not the private one that was meant, and the member does without it.
    pub(super) const fn stay_out_of(admin: Option<MemberName>) -> Self {
        Self::GiveUp {
            why: Why::Refused(Refused::NotPrivate { admin }),
            exit: Exit::Refused,
        }
    }

    /// The room does not exist any more, and the member does without it.
    pub(super) const fn stay_without_room() -> Self {
        Self::GiveUp {
            why: Why::Refused(Refused::NoSuchRoom),
            exit: Exit::Refused,
        }
    }
}
