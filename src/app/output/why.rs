//! Why something was not done.

use strum::IntoStaticStr;

use super::own_file::OwnFileProblem;
use crate::app::disconnect::Disconnect;
use crate::app::usage::UsageError;
use crate::media::MediaError;
use crate::media::policy::Refusal;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ids::RoomId;
use crate::protocol::text::MemberName;
use crate::sync::follow::ReadSoFar;
use crate::sync::player::{MediaProblem, SubtitleProblem, TrackKind};
use crate::wire::message::Reason;

/// Why something was not done. The name in snake case is the code in `--json`, except where what
/// it holds has a code of its own.
#[derive(Debug, Clone, PartialEq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Why {
    /// The room denied it.
    Denied(Denied),
    /// The server refused to let the member in.
    Refused(Refused),
    /// This member was removed from the room.
    Removed {
        /// The member who did it.
        by: MemberName,
        /// The room.
        room: RoomId,
        /// Whether they were banned as well.
        is_banned: bool,
    },
    /// An admin closed the room.
    RoomClosed {
        /// The admin who did it.
        by: MemberName,
        /// Whether that is the reader.
        you: bool,
        /// The room.
        room: RoomId,
    },
    /// There is no public room of this name to watch from outside, or not any more.
    #[strum(serialize = "no_such_room")]
    NothingToWatch {
        /// The room.
        room: RoomId,
    },
    /// The server gave a reason that this version does not know.
    Unknown(Reason),
    /// The line made no sense.
    Usage(UsageError),
    /// The link is none that can be played.
    #[strum(serialize = "bad_link")]
    Media(MediaError),
    /// Not connected: the room did not change.
    NotConnected {
        /// Whether a pause was requested. The text then says so, since the own player may be
        /// paused.
        pausing: bool,
    },
    /// Not connected, and as many messages wait for the connection as may.
    TooManyUnsent {
        /// How many.
        most: usize,
    },
    /// The server cannot be reached.
    Unreachable(Disconnect),
    /// The client left before the answer came.
    Unanswered,
    /// There is no player to do it with.
    NoPlayer,
    /// The player was closed, or ended.
    PlayerClosed,
    /// The player does not answer.
    PlayerFrozen,
    /// The media has no such track.
    NoSuchTrack(TrackKind),
    /// The subtitles that the member wants to offer are not shown by their own player.
    NoSubtitles(SubtitleProblem),
    /// No subtitles are offered for what plays.
    NoSubtitlesOffered,
    /// The player has no trouble that another try would help.
    NothingWrong,
    /// The member's player cannot play what waits in the lobby, so they are not ready for it.
    NotReady {
        /// Whether that is because they have not trusted the room, whose link is a local one.
        closed: bool,
    },
    /// The player reads on to where the room is. Another try would begin at the start.
    ReadsOn(ReadSoFar),
    /// Another try is under way, or was made just now.
    TriedAlready,
    /// This machine does not open the media, however often it is tried.
    #[strum(serialize = "refused")]
    NotOpened(Refusal),
    /// The playlist cannot be looked up.
    NoPlaylist(MediaProblem),
    /// Too many playlists are still being looked up.
    PlaylistsWait,
    /// There is nothing in it to queue.
    NothingToQueue,
    /// The media has no such chapter.
    NoSuchChapter {
        /// How many it has.
        count: usize,
    },
    /// Nothing plays, and nothing approved is in the queue.
    NothingToSave {
        /// How many proposals are in the queue.
        left_out: usize,
    },
    /// The file of this computer in which it is kept is of no use.
    OwnFile(OwnFileProblem),
    /// No list of that name is kept.
    NoSuchList,
    /// No list of that name was removed lately.
    NoRemovedList,
    /// There is no screen to show it on.
    NoScreen,
}
