//! What can happen to a client.

use super::appearance::Background;
pub use super::disconnect::{CloseReason, Disconnect};
use super::key::KeyPress;
use super::network_fault::NetworkFault;
use super::output::OwnFileProblem;
use super::own_settings::{ChangedSettings, SettingsFault};
use super::pointer::PointerEvent;
use super::room_tokens::RoomTokens;
use super::saved_list::{ListName, SavedList};
use super::tls_fault::TlsFault;
use super::wall_time::WallTime;
use crate::doctor::Finding;
use crate::protocol::batch::NewEntry;
use crate::protocol::ids::{EntryId, RoomId};
use crate::protocol::secret::InviteToken;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::{MediaProblem, PlayerEvent};
use crate::wire::message::ServerMsg;
use crate::wire::pages::{GalleryEvent, RoomCard};

/// The clocks of the machine, read together. A difference between the first two that grows means
/// that the machine slept; neither is set by anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Monotonic time, which stands while the machine sleeps.
    pub local: LocalTime,
    /// Time since the machine was booted, including sleep, in microseconds. On systems without such
    /// a clock, the wall clock's time since 1970, which people can set.
    pub boot: i64,
    /// What a clock on the wall shows.
    pub wall: WallTime,
}

/// Something that happened outside of the app; the shell hands each to `App::update` once.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// What is kept of the room that was asked about with `FindToken`; `None` if it could not
    /// be looked up.
    TokenFound(Option<RoomTokens>),
    /// The member entered a line: chat, or a slash command.
    Line(String),
    /// No more lines will come: leave once all are answered.
    InputEnded,
    /// The member or the system wants the client to end now.
    Interrupted,
    /// The connection that was asked for stands; `hello` can be sent.
    Connected,
    /// A message of the server.
    Message {
        /// The decoded frame.
        message: Box<ServerMsg>,
        /// When it was read from the socket: it may have waited for its turn since.
        at: LocalTime,
    },
    /// Bytes came of a message that is not whole yet: the server lives, on a slow link.
    Receiving,
    /// The requested connection could not be made, or broke. There are no events of a connection
    /// once another one has been requested.
    Disconnected(Disconnect),
    /// The player reports something.
    Player(PlayerEvent),
    /// A key was pressed on the screen.
    Key(KeyPress),
    /// The mouse did something on the screen.
    Pointer(PointerEvent),
    /// Something was pasted on the screen.
    Paste(String),
    /// The terminal has so many columns and rows.
    Resize(u16, u16),
    /// The terminal's background is like this, as it says itself.
    Background(Background),
    /// The token for an invite link that was asked for: random, and known to nobody else.
    InviteToken(InviteToken),
    /// Something was learned of a queued link.
    Described {
        /// The entry that was asked about.
        entry: EntryId,
        /// Its link, and what was learned of it.
        known: NewEntry,
    },
    /// The playlist that a line asked for was looked up.
    Playlist {
        /// The number of the line.
        line: u64,
        /// The room that it was for.
        room: RoomId,
        /// Its first videos and how many more it has, or why they are not known.
        answer: Result<(Vec<NewEntry>, usize), MediaProblem>,
    },
    /// The playlist that a line asked for is not looked up: too many are still waited for.
    PlaylistRefused {
        /// The number of the line.
        line: u64,
    },
    /// The list that a line wanted kept was kept.
    ListSaved {
        /// The number of the line.
        line: u64,
        /// What was kept, or why it could not be.
        answer: Result<SavedList, OwnFileProblem>,
    },
    /// The list that a line asks for was looked up.
    SavedList {
        /// The number of the line.
        line: u64,
        /// The room that it is for.
        room: RoomId,
        /// Its links, `None` if none of that name is kept; or why they cannot be read.
        answer: Result<Option<Vec<NewEntry>>, OwnFileProblem>,
    },
    /// The list that a line wanted removed, or back, is so.
    ListKept {
        /// The number of the line.
        line: u64,
        /// The name of the list.
        name: ListName,
        /// Whether it is back, and not removed.
        kept: bool,
        /// Whether there was one of that name, or why nothing changed.
        answer: Result<bool, OwnFileProblem>,
    },
    /// The names of the kept lists.
    SavedLists {
        /// The number of the line that asked for them; `None` if the screen did, to complete names.
        line: Option<u64>,
        /// The names, in their order.
        names: Vec<ListName>,
    },
    /// A file in which something is kept is damaged, or cannot be written.
    OwnFile(OwnFileProblem),
    /// What was found of the programs that YouTube needs.
    Programs(Vec<Finding>),
    /// The configuration file was changed: what changed of what can be taken over, or why the file
    /// is of no use.
    Settings(Result<Box<ChangedSettings>, SettingsFault>),
    /// What is kept as the offset of a sound device that was asked about.
    SoundOffset {
        /// The device, as the player names it.
        device: String,
        /// How late it is (negative: early); `None` if nothing is kept.
        offset: Option<Span>,
    },
    /// The live rooms of a server that was asked for them.
    Rooms {
        /// The address of the server that was asked.
        server: String,
        /// Its rooms, or why there is no list.
        answer: Result<Vec<RoomCard>, RoomsFault>,
    },
    /// In which of the rooms that were looked up the member was before.
    OwnRooms {
        /// Their server's address.
        server: String,
        /// Those rooms.
        rooms: Vec<RoomId>,
    },
    /// The feed of a server whose live rooms are followed. It may come after they are not any
    /// more.
    RoomsFeed {
        /// The address of that server.
        server: String,
        /// What the feed says.
        news: FeedNews,
    },
    /// The time that `App::next_deadline` named has come.
    Deadline,
}

impl Event {
    /// Whether this alone moves nothing but figures: a reading of a clock or of the player, or the
    /// time that passed.
    pub(super) fn is_measurement(&self) -> bool {
        match self {
            Self::Deadline | Self::Receiving | Self::Player(PlayerEvent::Sample(_)) => true,
            Self::Message { message, .. } => matches!(**message, ServerMsg::Pong { .. }),
            _ => false,
        }
    }
}

/// What comes of a feed of live rooms.
#[derive(Debug, Clone, PartialEq)]
pub enum FeedNews {
    /// An event of the server.
    Event(GalleryEvent),
    /// The server has no feed, or none for this client: the last of it.
    NotOffered,
    /// The feed has ended or broken, and can be asked for again: the last of it.
    Ended,
}

/// Why there is no list of rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomsFault {
    /// Nobody answers, or not all the way.
    Unreachable(NetworkFault),
    /// Somebody answers, but a secure connection does not come about.
    Insecure(TlsFault),
    /// Somebody answers, but not with a list of rooms.
    NotAServer,
}
