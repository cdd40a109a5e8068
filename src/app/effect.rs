//! What a client's shell is asked to do.

use super::output::Output;
use super::preferences::OwnChoice;
use super::room_tokens::KeptRoom;
use super::saved_list::ListName;
use super::video::WindowOrder;
use crate::media::Media;
use crate::media::playlist::PlaylistId;
use crate::media::policy::Privacy;
use crate::protocol::batch::NewEntry;
use crate::protocol::ids::{EntryId, RoomId};
use crate::protocol::text::{Emoji, MemberName, Title};
use crate::protocol::time::Span;
use crate::sync::player::PlayerCommand;
use crate::texts::language::Language;
use crate::wire::message::ClientMsg;

/// An order to the shell around the app.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Open a connection to this server, closing any other. Answered by `Connected` or
    /// `Disconnected`.
    Connect {
        /// The server's address, `http://host[:port]` or `https://...`, without a last slash.
        server: String,
    },
    /// Close the connection, after what was sent has gone out.
    Disconnect,
    /// Send a message on the connection.
    Send(ClientMsg),
    /// Order the player; without one it is dropped.
    Player(PlayerCommand),
    /// Report something to the member: a line of `--json`, or something on the screen.
    Output(Output),
    /// Order this about the player's window; the shell words it and gives it to the player.
    Window(WindowOrder),
    /// Word everything in this language from now on.
    Language(Language),
    /// Keep this token, with which the client comes back as the same member.
    KeepToken {
        /// The address of the server that it is for.
        server: String,
        /// The room that it is for.
        room: RoomId,
        /// The token, and how the room is.
        kept: KeptRoom,
    },
    /// Forget the token with which the client came back: its room is not there any more.
    ForgetToken {
        /// The address of the server that it was for.
        server: String,
        /// The room that it was for.
        room: RoomId,
    },
    /// Keep whether the member trusts the links of this room.
    KeepTrust {
        /// The address of the room's server.
        server: String,
        /// The room.
        room: RoomId,
        /// Whether they do.
        trusted: bool,
    },
    /// Let links lead here from now on: to the public internet only, or anywhere.
    SetPrivacy(Privacy),
    /// Look up the tokens kept for this room. Answered by `TokenFound`.
    FindToken {
        /// The server's address.
        server: String,
        /// The room's name.
        room: RoomId,
    },
    /// Look up how late this sound device is. Answered by `SoundOffset`.
    FindSoundOffset {
        /// The device, as the player names it.
        device: String,
    },
    /// Keep how late this sound device is.
    KeepSoundOffset {
        /// The device, as the player names it.
        device: String,
        /// How late it is (negative: early).
        offset: Span,
    },
    /// Generate the token of an invite link. Answered by `InviteToken`.
    MakeInviteToken,
    /// Learn what this queued link is. Answered by `Described`, if that works.
    Describe {
        /// The entry that it belongs to.
        entry: EntryId,
        /// The link.
        media: Media,
    },
    /// Look up the videos of a playlist. Answered by `Playlist`.
    ResolvePlaylist {
        /// The number of the line that asks.
        line: u64,
        /// The room that they are for.
        room: RoomId,
        /// The playlist.
        list: PlaylistId,
    },
    /// Keep a list of links on this computer. Answered by `ListSaved`.
    SaveList {
        /// The number of the line that asks.
        line: u64,
        /// The name of the list; one of that name is replaced.
        name: ListName,
        /// The links, in their order.
        entries: Vec<NewEntry>,
        /// How many proposals are left out of it.
        left_out: usize,
    },
    /// Remove a list that was kept, or bring one back that was removed. Answered by `ListKept`.
    KeepList {
        /// The number of the line that asks.
        line: u64,
        /// The name of the list.
        name: ListName,
        /// Whether it is to come back.
        kept: bool,
    },
    /// Look up a list that was kept. Answered by `SavedList`.
    LoadList {
        /// The number of the line that asks.
        line: u64,
        /// The room that it is for.
        room: RoomId,
        /// The name of the list.
        name: ListName,
    },
    /// Look up the names of all lists that were kept. Answered by `SavedLists`.
    NameLists {
        /// The number of the line that asks; `None` if the screen does.
        line: Option<u64>,
    },
    /// Look at the programs that YouTube needs. Answered by `Programs`.
    LookAtPrograms,
    /// Ask a server for its live rooms. Answered by `Rooms`.
    AskRooms {
        /// The server's address.
        server: String,
    },
    /// Look up in which of these rooms the member was before. Answered by `OwnRooms`.
    FindOwnRooms {
        /// Their server's address.
        server: String,
        /// The rooms.
        rooms: Vec<RoomId>,
    },
    /// Follow the live rooms of a server, and of no other. Answered by `RoomsFeed`.
    FollowRooms {
        /// The server's address.
        server: String,
    },
    /// Follow no live rooms any more.
    UnfollowRooms,
    /// Put this into the clipboard, by way of the terminal.
    Copy(String),
    /// Ring for the member, who may look elsewhere.
    Alert(Alert),
    /// Open a link that the member chose, in whatever the system opens links with.
    OpenLink(String),
    /// Remember what the member is called.
    KeepName(MemberName),
    /// Remember what the member chose on their own screen.
    Keep(OwnChoice),
    /// Draw every cell anew, since something else wrote on the terminal.
    Redraw,
    /// Give the terminal back and stop, until the shell continues the program.
    Suspend,
    /// The client is done.
    Exit(Exit),
}

/// What the member is rung for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alert {
    /// Somebody mentioned them.
    Mentioned(MemberName),
    /// Media starts, of this title if it has one.
    Started(Option<Title>),
    /// Somebody else reacted.
    Reacted(MemberName, Emoji),
}

/// How a client ends, and with which exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The member left: exit code 0.
    Left,
    /// The server refused: exit code 3.
    Refused,
    /// The server could not be reached: exit code 4.
    Unreachable,
    /// Nobody read its output, so that some of it had to be dropped: exit code 5.
    OutputNotRead,
}
