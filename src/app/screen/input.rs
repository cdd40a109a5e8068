//! What can happen to the screen.

use crate::app::appearance::{Background, ThemeChoice};
use crate::app::command::Show;
use crate::app::effect::Exit;
use crate::app::event::{FeedNews, RoomsFault};
use crate::app::key::KeyPress;
use crate::app::output::{Output, Why};
use crate::app::own_settings::ChangedSettings;
use crate::app::pointer::PointerEvent;
use crate::app::preferences::PreferenceCommand;
use crate::app::saved_list::ListName;
use crate::protocol::ids::RoomId;
use crate::protocol::member::Visibility;
use crate::wire::pages::RoomCard;

/// Something that happened, as far as it concerns the screen.
#[derive(Debug, Clone)]
pub(in crate::app) enum ScreenInput<'a> {
    /// The client was started.
    Begin,
    /// A key was pressed.
    Key(KeyPress),
    /// The mouse did something.
    Pointer(PointerEvent),
    /// Text was pasted into the terminal.
    Paste(&'a str),
    /// The terminal has so many columns and rows.
    Resize(u16, u16),
    /// The terminal's background is like this.
    Background(Background),
    /// A typed command chooses a theme.
    Theme {
        /// The number of the line of input, which is to be answered.
        line: u64,
        /// The theme.
        theme: ThemeChoice,
    },
    /// A typed command asks which theme it is.
    TellTheme {
        /// The number of the line of input, which is to be answered.
        line: u64,
    },
    /// The configuration file was changed, and this is to be other.
    Settings(Box<ChangedSettings>),
    /// A server was asked for its live rooms.
    Rooms {
        /// The server that was asked.
        server: &'a str,
        /// Its rooms, or why there is no list.
        answer: Result<Vec<RoomCard>, RoomsFault>,
    },
    /// The playlists that are saved on this computer.
    SavedLists(Vec<ListName>),
    /// In which rooms the member was before.
    OwnRooms {
        /// The rooms' server.
        server: &'a str,
        /// Those rooms.
        rooms: Vec<RoomId>,
    },
    /// The feed of a server's live rooms.
    RoomsFeed {
        /// The server.
        server: &'a str,
        /// What the feed says.
        news: FeedNews,
    },
    /// The app reports something to the member.
    Output(&'a Output),
    /// This line, which was typed here, is refused; why is said next.
    GivenBack(&'a str),
    /// This line was written in the player's window, which does not show it any more: the history
    /// keeps it.
    KeepText(&'a str),
    /// This line of the history was refused in the player's window, which has no place for it.
    Draft(&'a str),
    /// A typed command asks for a page or a pane.
    Show {
        /// The number of the line of input, which is to be answered.
        line: u64,
        /// The page or pane, or the invite that is to be copied.
        show: Show,
    },
    /// A typed command changes what the member chose of the screen.
    Prefer {
        /// The number of the line of input, which is to be answered.
        line: u64,
        /// What it asks for.
        command: PreferenceCommand,
    },
    /// A typed command makes the room private, with a password that is to be asked for.
    AskNewPassword {
        /// The number of the line of input, which is to be answered.
        line: u64,
    },
    /// A typed command asks to leave.
    Quit {
        /// The number of the line of input, which is to be answered.
        line: u64,
    },
    /// The member counts as away now (`true`), or as back.
    Away(bool),
    /// The server does not let the client into the room; a password may help.
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
        /// How the client ends if the member is not shown the gallery.
        exit: Exit,
    },
    /// The room that the client came back to does not exist any more.
    RoomAbsent {
        /// The visibility with which it would be created again.
        visibility: Visibility,
    },
    /// The app has handled an event, of whatever kind: time has passed.
    EventHandled,
}
