//! The inputs of the machine, and the view that it may read.

use super::scene::SyncLine;
use crate::app::appearance::Appearance;
use crate::app::asking::Asking;
use crate::app::lines::RefusedLine;
use crate::app::lobby::LobbyView;
use crate::app::osd_level::OsdLevel;
use crate::app::output::{Notice, Output, Person, Why};
use crate::app::own_reactions::OwnReactions;
use crate::protocol::ids::{MemberId, RoomId};
use crate::protocol::member::{Member, Role};
use crate::protocol::time::LocalTime;
use crate::room::state::RoomState;
use crate::sync::player::PlayerEvent;

/// Something that happened, as far as it concerns what stands over the picture.
#[derive(Debug, Clone)]
pub(in crate::app) enum VideoInput<'a> {
    /// The app reports something to the member.
    Output(&'a Output),
    /// This notice is for over the picture.
    Show(Notice),
    /// The player reports something.
    Player(&'a PlayerEvent),
    /// What was pressed over the picture came to nothing.
    KeyRefused(Why),
    /// A line that was written over the picture was carried out, and stands here; or came to nothing.
    LineAnswered(Result<String, RefusedLine>),
    /// How well in step the player is, which was asked for.
    SyncState(SyncLine),
    /// The line of this number chooses how much is shown, or (`None`) asks how much is.
    Level {
        /// The line's number.
        line: u64,
        /// The level.
        level: Option<OsdLevel>,
    },
    /// Media takes the place of what stood in the empty window.
    MediaBegins,
    /// Everything is worded anew: the language has changed.
    Reworded,
    /// An event was handled: orders what has changed.
    EventHandled,
}

/// What the machine reads of the rest of the client.
#[derive(Debug, Clone)]
pub(in crate::app) struct VideoView<'a> {
    /// The time of the event that is being handled.
    pub(in crate::app) now: LocalTime,
    /// The room as it is known.
    pub(in crate::app) room: Option<&'a RoomState>,
    /// Oneself in it.
    pub(in crate::app) me: Option<&'a Member>,
    /// The name of the room, joined or not.
    pub(in crate::app) room_id: &'a RoomId,
    /// Whether the client is in the room now.
    pub(in crate::app) is_joined: bool,
    /// The number of a countdown.
    pub(in crate::app) counting: Option<u8>,
    /// What the member's role did not allow when it was last wanted.
    pub(in crate::app) asking: &'a Asking,
    /// The lobby, while media waits in it. No time of it counts down.
    pub(in crate::app) lobby: Option<LobbyView>,
    /// Whose players the start of the media waits for.
    pub(in crate::app) awaited: Vec<Person>,
    /// The emoji on the member's keys 1 to 5.
    pub(in crate::app) reactions: &'a OwnReactions,
    /// How the terminal looks, if there is a screen in it: names have its colours.
    pub(in crate::app) appearance: Option<&'a Appearance>,
}

impl VideoView<'_> {
    /// Whether the member is an admin, if only for now.
    pub(super) fn is_admin(&self) -> bool {
        self.me.map(Member::power) == Some(Role::Admin)
    }

    /// Whether this member is oneself.
    pub(super) fn is_me(&self, id: MemberId) -> bool {
        self.me.is_some_and(|me| me.id == id)
    }

    /// Red, green and blue of a member's name.
    pub(super) fn name_colour(&self, member: MemberId) -> [u8; 3] {
        self.appearance.map_or_else(
            || Appearance::default().name_over_picture(member.0),
            |appearance| appearance.name_over_picture(member.0),
        )
    }

    /// Whether the room waits for somebody's player.
    pub(super) fn waits(&self) -> bool {
        let timeline = self.room.map(|room| &room.timeline);
        timeline.is_some_and(|timeline| timeline.hold.is_some())
    }
}
