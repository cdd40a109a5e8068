//! What the screen may read of the client.

use crate::app::asking::Asking;
use crate::app::config::Reach;
use crate::app::destination;
use crate::app::own_reactions::OwnReactions;
use crate::app::wall_time::WallTime;
use crate::app::way_in::WayIn;
use crate::protocol::command::Action;
use crate::protocol::ids::{EntryId, MemberId, RoomId};
use crate::protocol::member::Member;
use crate::protocol::playback::{EntryState, QueueEntry};
use crate::protocol::text::MemberName;
use crate::protocol::time::{LocalTime, Position, RoomTime};
use crate::room::state::RoomState;
use crate::room::{lobby, roles};
use crate::sync::player::{Chapter, Track};
use crate::texts::language::Language;

/// The client as it is at one moment, lent to the screen and to what draws it.
#[derive(Debug, Clone, Copy)]
pub struct ClientView<'a> {
    /// The time of the last event.
    pub(in crate::app) now: LocalTime,
    /// How many lines the member has sent so far, by keys too.
    pub(in crate::app) lines_taken: u64,
    /// What a clock on the wall shows then.
    pub(in crate::app) wall: WallTime,
    /// The language of what the member reads.
    pub(in crate::app) language: Language,
    /// The room, once it was joined; as last known while the connection is down.
    pub(in crate::app) room: Option<&'a RoomState>,
    /// Oneself in that room.
    pub(in crate::app) me: Option<&'a Member>,
    /// Where the media is at `now`, once the room was joined.
    pub(in crate::app) position: Option<Position>,
    /// Room time at `now`, once the clocks were compared.
    pub(in crate::app) room_now: Option<RoomTime>,
    /// Whether the client is in the room now.
    pub(in crate::app) is_joined: bool,
    /// Whether the client waits for the member before it connects to a room.
    pub(in crate::app) is_resting: bool,
    /// Whether the server runs in this process.
    pub(in crate::app) is_host: bool,
    /// The server's address, without a last slash.
    pub(in crate::app) server: &'a str,
    /// The name of the room, joined or not.
    pub(in crate::app) room_id: &'a RoomId,
    /// The name that the member goes by, or would.
    pub(in crate::app) name: &'a MemberName,
    /// The address that the server gives for itself.
    pub(in crate::app) public_url: Option<&'a str>,
    /// Who can reach the server.
    pub(in crate::app) reach: &'a Reach,
    /// What the member's role did not allow when it was last wanted.
    pub(in crate::app) asking: &'a Asking,
    /// The chapters of what plays, as far as the own player knows them.
    pub(in crate::app) chapters: &'a [Chapter],
    /// The tracks of what plays, as the own player knows them.
    pub(in crate::app) tracks: &'a [Track],
    /// The emoji on the member's keys 1 to 5.
    pub(in crate::app) reactions: &'a OwnReactions,
}

impl<'a> ClientView<'a> {
    /// The link that leads others here: by the server's own word, else by its address on the
    /// local network, else by the address that this client uses.
    #[must_use]
    pub fn invite(&self) -> String {
        destination::invite(self.server, self.room_id, self.reach, self.public_url)
    }

    /// How others come into the room; `None` before it was joined.
    #[must_use]
    pub fn way_in(&self) -> Option<WayIn> {
        let of = |room| WayIn::of(room, self.me, self.reach, self.invite());
        self.room.map(of)
    }

    /// The same for those who reach the server, whoever they are.
    pub(super) fn way_in_where_reached(&self) -> Option<WayIn> {
        let of = |room| WayIn::where_reached(room, self.me, self.invite());
        self.room.map(of)
    }

    /// The emoji on the member's keys 1 to 5.
    #[must_use]
    pub const fn reactions(&self) -> &'a OwnReactions {
        self.reactions
    }

    /// Whether the member may do something in the room.
    #[must_use]
    pub fn may(&self, action: Action) -> bool {
        let (Some(me), Some(room)) = (self.me, self.room) else {
            return false;
        };
        roles::check(action, me, &room.roster).is_ok()
    }

    /// Where the media is, and whether it is running; `None` while nothing is on.
    #[must_use]
    pub fn playing_position(&self) -> Option<(Position, bool)> {
        let room = self.room?;
        room.timeline.playing.as_ref()?;
        Some((self.position?, !room.timeline.is_stopped()))
    }

    /// Whether media waits in the lobby for its start.
    #[must_use]
    pub fn waits_in_lobby(&self) -> bool {
        self.room.is_some_and(|room| {
            let timeline = &room.timeline;
            let runs = timeline.wants_playing() || timeline.standstill.is_some();
            lobby::holds_media(room) && !runs
        })
    }

    /// Whether the media is over, and nothing follows.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.room.is_some_and(|room| room.timeline.finished)
    }

    /// The queue in the order in which it is shown: approved entries, then proposals.
    #[must_use]
    pub fn queue(&self) -> Vec<&'a QueueEntry> {
        let entries = self.room.map_or(&[][..], |room| room.queue.entries());
        let mut queue: Vec<&QueueEntry> = entries.iter().collect();
        queue.sort_by_key(|entry| entry.state == EntryState::Proposed);
        queue
    }

    /// The members who are here in the order in which they are shown: more power first.
    #[must_use]
    pub fn members(&self) -> Vec<&'a Member> {
        let mut members: Vec<&Member> = self
            .room
            .map(|room| room.roster.here().collect())
            .unwrap_or_default();
        members.sort_by_key(|member| std::cmp::Reverse(member.power()));
        members
    }

    /// Where an entry stands in the whole queue, counted from 0.
    pub(super) fn place_in_queue(&self, id: EntryId) -> Option<usize> {
        let mut entries = self.room?.queue.entries().iter();
        entries.position(|entry| entry.id == id)
    }

    /// Whether this is oneself.
    pub(super) fn is_me(&self, id: MemberId) -> bool {
        self.me.is_some_and(|me| me.id == id)
    }

    /// For how many others this process is the server; `None` if for nobody.
    pub(super) fn served_others(&self) -> Option<u32> {
        let others = self.room?.roster.count.saturating_sub(1);
        (self.is_host && others > 0).then_some(others)
    }
}
