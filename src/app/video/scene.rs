//! What is seen over the picture at one moment, as facts: the words are made when it is drawn.

use crate::app::lobby::LobbyView;
use crate::app::output::severity::Severity;
use crate::app::output::{
    ApartNotice, ConnectionView, MemberChange, Notice, Person, PlayerView, Why, WindowNotice,
};
use crate::protocol::command::PermissionRequest;
use crate::protocol::event::ChatLine;
use crate::protocol::member::Role;
use crate::protocol::playback::{Playing, QueueEntry};
use crate::protocol::text::Emoji;
use crate::sync::follow::Status;
use crate::sync::player::WindowKeys;

/// An order about the player's window, which the shell words and passes on.
#[derive(Debug, Clone, PartialEq)]
pub enum WindowOrder {
    /// Draw this in place of what was drawn before.
    Draw(Box<Scene>),
    /// Call the window so.
    Title(String),
    /// Take these keys in it.
    Keys(WindowKeys),
}

/// Everything that is seen over the picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scene {
    /// The lines at the upper left, the first on top; at most four.
    pub lines: Vec<SceneLine>,
    /// Reactions on their way up.
    pub floats: Vec<SceneFloat>,
    /// The number of a countdown.
    pub number: Option<u8>,
    /// The line that is being written.
    pub written: Option<WrittenText>,
    /// What stands in the window while nothing plays.
    pub empty: Option<Notice>,
}

/// A line over the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneLine {
    /// What it says.
    pub content: LineContent,
    /// Red, green and blue of the name of who wrote it, if somebody did.
    pub name_colour: Option<[u8; 3]>,
    /// How visible it is, in percent.
    pub opacity: u8,
    /// Whether it stands there for as long as it is so. Other lines give way to it.
    pub stands: bool,
}

impl SceneLine {
    /// A line that stays.
    pub(super) const fn standing(content: LineContent) -> Self {
        Self {
            content,
            name_colour: None,
            opacity: 100,
            stands: true,
        }
    }
}

/// How the member says over the picture that they are ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadyHint {
    /// By the key that pauses once the media plays.
    Key,
    /// In the terminal: no keys are taken in the window.
    Terminal,
}

/// What a line over the picture says.
#[derive(Debug, Clone, PartialEq)]
pub enum LineContent {
    /// Somebody wrote this.
    Chat(Box<ChatLine>),
    /// Somebody wrote this, and mentions the member in it.
    Mention(Box<ChatLine>),
    /// Something happened.
    Notice(Notice),
    /// Why something was not done.
    Why(Why),
    /// Why something was not done; the same key again asks the admins.
    AskAgain(Why),
    /// The admins were asked for this.
    Asked(PermissionRequest),
    /// This media has come on.
    Started(Box<Playing>),
    /// The state of the connection.
    Connection(ConnectionView),
    /// There is no connection, and one is being made again and again.
    NoConnection,
    /// Somebody proposes this entry, and the member may approve it.
    Proposed(Box<QueueEntry>),
    /// The member's role or rights changed.
    OwnChange {
        /// The member.
        who: Person,
        /// Their role after the change.
        role: Role,
        /// The change.
        change: MemberChange,
        /// Who decided it, if that is known.
        by: Option<Person>,
    },
    /// The state of the player.
    Player(PlayerView),
    /// Media waits in the lobby.
    Lobby(Box<LobbyView>),
    /// The member can say that they are ready.
    ReadyHint(ReadyHint),
    /// The start of the media waits for these members' players.
    Awaited(Vec<Person>),
    /// This line, which was written here, was carried out.
    Done(String),
    /// A member offers subtitles.
    SubtitlesOffered {
        /// The member who offers them.
        who: Person,
        /// The name of the file.
        name: String,
        /// The host that who accepts them contacts.
        host: String,
        /// Whether they can be accepted by a line over the picture.
        in_window: bool,
    },
    /// How well in step the player is.
    SyncState(Box<SyncLine>),
}

impl LineContent {
    /// How much attention it claims. What keeps the member from the film, or the film from going on,
    /// claims more than in the terminal, where more is said of it.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::Why(_) | Self::NoConnection => Severity::Error,
            Self::AskAgain(_) | Self::Mention(_) | Self::Proposed(_) | Self::OwnChange { .. } => {
                Severity::Warning
            }
            Self::Awaited(_) => Severity::Warning,
            Self::Notice(notice) => notice.severity().max(over_picture(notice)),
            Self::Connection(connection) => connection.severity(),
            Self::Player(player) => player.severity().max(Severity::Warning),
            Self::Chat(_)
            | Self::SubtitlesOffered { .. }
            | Self::Done(_)
            | Self::Asked(_)
            | Self::Started(_)
            | Self::Lobby(_)
            | Self::ReadyHint(_)
            | Self::SyncState(_) => Severity::Info,
        }
    }

    /// The line of chat that it is, if it is one.
    pub(super) fn chat(&self) -> Option<&ChatLine> {
        match self {
            Self::Chat(line) | Self::Mention(line) => Some(line),
            _ => None,
        }
    }
}

/// How much attention a notice claims at least where the film is.
const fn over_picture(notice: &Notice) -> Severity {
    match notice {
        Notice::Waiting { .. }
        | Notice::NobodyPlays { .. }
        | Notice::Apart(ApartNotice::TriesAgain(_))
        | Notice::Window(WindowNotice::ForeignFile { .. }) => Severity::Warning,
        _ => Severity::Info,
    }
}

/// How well in step the player is, at the moment when that was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct SyncLine {
    /// How well in step it is.
    pub status: Status,
    /// What the player does.
    pub player: PlayerView,
    /// Whether the room is paused.
    pub paused: bool,
}

/// A reaction on its way up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SceneFloat {
    /// The emoji.
    pub emoji: Emoji,
    /// Where it is across, from 0 to 1,000.
    pub column: u16,
    /// How far it has risen, from 0 to 1,000.
    pub risen: u16,
    /// How visible it is, in percent.
    pub opacity: u8,
}

/// The line that is being written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrittenText {
    /// What stands before the caret.
    pub before: String,
    /// What stands behind it.
    pub after: String,
}
