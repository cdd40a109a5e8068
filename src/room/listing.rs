//! The card of a room in the gallery.

use serde::{Deserialize, Serialize};

use crate::protocol::ids::RoomId;
use crate::protocol::member::{Member, Visibility};
use crate::protocol::text::{MemberName, Title};
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::room::queue::Queue;
use crate::room::roster::Roster;
use crate::room::state::RoomState;
use crate::room::timeline::Timeline;

/// A live room, as strangers may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The room.
    pub id: RoomId,
    /// Its title.
    pub title: Option<Title>,
    /// How many are in it.
    pub viewers: u32,
    /// What is on.
    pub playing: Option<ListedFilm>,
    /// Since when the room lives.
    pub since: RoomTime,
    /// Who leads it now: of several admins the one who came first.
    pub admin: Option<MemberName>,
    /// What plays next.
    pub next: Option<ListedNext>,
    /// Whether it waits for slow viewers.
    pub waits: bool,
}

/// What plays next in a listed room. The link itself is for members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedNext {
    /// Its kind in a word: `YouTube`, `MP4`.
    pub kind: String,
    /// Its title, once known.
    pub title: Option<Title>,
    /// Its length, once known.
    pub duration: Option<Span>,
}

/// What is on in a listed room. The link itself is for members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedFilm {
    /// Its kind in a word: `YouTube`, `MP4`.
    pub kind: String,
    /// Its title, once known.
    pub title: Option<Title>,
    /// Where it is.
    pub position: Position,
    /// Its length, once known.
    pub duration: Option<Span>,
    /// How fast it runs.
    pub rate: Rate,
    /// Whether it stands.
    pub paused: bool,
    /// Whether it has no end.
    pub live: bool,
}

/// As much of a room as its card takes: no chat, of the members only who leads, of the queue
/// only what is next. [`listing`] makes the same card of it as of the whole.
#[must_use]
pub fn abridged(state: &RoomState) -> RoomState {
    let mut roster = Roster::default();
    let admin = state.roster.admins_here().next();
    roster.arrive(
        &admin
            .map(Member::for_others)
            .into_iter()
            .collect::<Vec<_>>(),
    );
    roster.count = state.roster.count;
    let mut queue = Queue::default();
    if let Some(next) = state.queue.next_approved() {
        queue.push(next.clone());
    }
    RoomState {
        rev: state.rev,
        at: state.at,
        created: state.created,
        title: state.title.clone(),
        visibility: state.visibility,
        timeline: state.timeline.clone(),
        roster,
        queue,
        wait: state.wait,
        empty_since: state.empty_since,
        attended_since: state.attended_since,
        closed: state.closed,
        ..RoomState::new(state.id.clone())
    }
}

/// The card of a room, if it is public, alive and somebody is in it.
#[must_use]
pub fn listing(state: &RoomState, now: RoomTime) -> Option<Listing> {
    let listed = state.visibility == Visibility::Public && !state.closed && state.roster.count > 0;
    listed.then(|| Listing {
        id: state.id.clone(),
        title: state.title.clone(),
        viewers: state.roster.count,
        playing: film(&state.timeline, now),
        since: state.created,
        admin: state
            .roster
            .admins_here()
            .next()
            .map(|admin| admin.name.clone()),
        next: state.queue.next_approved().map(|entry| ListedNext {
            kind: entry.media.kind().to_owned(),
            title: entry.title.clone(),
            duration: entry.duration,
        }),
        waits: state.waits(),
    })
}

fn film(timeline: &Timeline, now: RoomTime) -> Option<ListedFilm> {
    let playing = timeline.playing.as_ref()?;
    Some(ListedFilm {
        kind: playing.media.kind().to_owned(),
        title: playing.title.clone(),
        position: timeline.position(now),
        duration: playing.duration,
        rate: timeline.segment.rate,
        paused: timeline.segment.paused || timeline.finished || timeline.is_given_up(),
        live: playing.live,
    })
}
