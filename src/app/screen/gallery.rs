//! The gallery: the live rooms of a server. While they are shown, it follows the server's feed.
//! Until that has come, and where there is none, it asks for the rooms every few seconds, one
//! question at a time.

use std::collections::BTreeSet;

use super::editor::Editor;
use crate::app::event::{FeedNews, RoomsFault};
use crate::protocol::ids::RoomId;
use crate::protocol::time::{LocalTime, Span};
use crate::wire::pages::{GalleryEvent, RoomCard};

mod order;

pub use order::{RoomOrder, shown_name};

/// How long after an answer the rooms are asked for again while they are shown.
const EVERY: Span = Span::seconds(3);

/// How long an answer may take before the question is asked again: somewhat longer than the
/// shell waits, so that over a slow link no two are asked at once.
const UNANSWERED: Span = Span::seconds(70);

/// The most rooms that are kept.
const MOST: usize = 2_000;

/// How fresh the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListState {
    /// No answer has come yet.
    Loading,
    /// Changes show up as they happen.
    Live,
    /// It is asked for anew every few seconds.
    Polled,
    /// It is the last one of a server that does not answer any more.
    Stale,
    /// There is none: the server does not answer.
    Missing,
}

/// Where news of the rooms come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Feed {
    /// From answers; the feed is asked for after the next one.
    #[default]
    Untried,
    /// From answers; the feed is to be asked for now.
    Due,
    /// From answers; the feed was asked for.
    Requested,
    /// From the feed.
    Live,
    /// From answers: the server offers no feed.
    Unavailable,
}

/// What is to be done about the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FeedOrder {
    /// Follow the rooms of this server.
    Follow {
        /// The server's address.
        server: String,
    },
    /// Follow none any more.
    Unfollow,
}

/// The gallery's state.
#[derive(Debug, Clone)]
pub struct GalleryPage {
    server: String,
    /// The search text, or a pasted invite.
    pub(super) filter: Editor,
    /// The order of the rooms.
    order: RoomOrder,
    rooms: Vec<RoomCard>,
    /// The room that was chosen.
    chosen: Option<RoomId>,
    /// When the list came; `None` before the first one.
    updated: Option<LocalTime>,
    /// Why the last question was not answered.
    fault: Option<RoomsFault>,
    /// When the rooms are asked for next, while they are shown.
    next: Option<LocalTime>,
    /// The rooms in which the member was before.
    own: BTreeSet<RoomId>,
    /// The rooms of which it is known, or asked, whether the member was there.
    looked_up: BTreeSet<RoomId>,
    /// Whether rooms came since that was asked.
    has_new_rooms: bool,
    feed: Feed,
    /// Whether a feed was ordered and not ended, of this server or of the one before.
    is_following: bool,
}

impl GalleryPage {
    /// The gallery of a server that was not asked yet.
    #[must_use]
    pub fn new(server: &str) -> Self {
        Self {
            server: server.to_owned(),
            filter: Editor::default(),
            order: RoomOrder::default(),
            rooms: Vec::new(),
            chosen: None,
            updated: None,
            fault: None,
            next: None,
            own: BTreeSet::new(),
            looked_up: BTreeSet::new(),
            has_new_rooms: false,
            feed: Feed::Untried,
            is_following: false,
        }
    }

    /// The server whose rooms are shown.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.server
    }

    /// The search text, or a pasted invite.
    #[must_use]
    pub const fn filter(&self) -> &Editor {
        &self.filter
    }

    /// The order of the rooms.
    #[must_use]
    pub const fn order(&self) -> RoomOrder {
        self.order
    }

    /// When the list came; `None` before the first one.
    #[must_use]
    pub const fn updated(&self) -> Option<LocalTime> {
        self.updated
    }

    /// Why the last question was not answered.
    #[must_use]
    pub const fn fault(&self) -> Option<&RoomsFault> {
        self.fault.as_ref()
    }

    /// How fresh the list is.
    #[must_use]
    pub fn state(&self) -> ListState {
        match (&self.fault, self.updated) {
            (Some(_), Some(_)) => ListState::Stale,
            (Some(_), None) => ListState::Missing,
            (None, None) => ListState::Loading,
            (None, Some(_)) if self.feed == Feed::Live => ListState::Live,
            (None, Some(_)) => ListState::Polled,
        }
    }

    /// All rooms, whatever is searched for.
    #[must_use]
    pub fn rooms(&self) -> &[RoomCard] {
        &self.rooms
    }

    /// The rooms in which the search finds each of its words, in their order.
    #[must_use]
    pub fn shown(&self) -> Vec<&RoomCard> {
        let text = self.filter.text().to_lowercase();
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let mut shown: Vec<&RoomCard> = self
            .rooms
            .iter()
            .filter(|room| order::fits(room, &words))
            .collect();
        shown.sort_unstable_by(|one, other| self.order.compare(one, other));
        shown
    }

    /// The chosen room: the one that was chosen, else the first.
    #[must_use]
    pub fn chosen(&self) -> Option<&RoomCard> {
        let shown = self.shown();
        let chosen = shown
            .iter()
            .find(|room| Some(&room.id) == self.chosen.as_ref());
        chosen.or(shown.first()).copied()
    }

    /// Chooses the room that is `by` rows below the chosen one.
    pub(super) fn step(&mut self, by: isize) {
        let shown = self.shown();
        let chosen = self.chosen().map(|room| &room.id);
        let at = shown.iter().position(|room| Some(&room.id) == chosen);
        let to = at.unwrap_or(0).saturating_add_signed(by);
        self.chosen = shown
            .get(to.min(shown.len().saturating_sub(1)))
            .map(|room| room.id.clone());
    }

    /// Chooses a room; false if it was chosen already.
    pub(super) fn choose(&mut self, room: &RoomId) -> bool {
        let is_new = self.chosen.as_ref() != Some(room);
        self.chosen = Some(room.clone());
        is_new
    }

    /// Takes the next order.
    pub(super) fn next_order(&mut self) {
        self.order = self.order.next();
    }

    /// Takes in what a server answered, if it is the one that is shown.
    pub(super) fn on_answer(
        &mut self,
        server: &str,
        answer: Result<Vec<RoomCard>, RoomsFault>,
        now: LocalTime,
    ) {
        if self.server != server {
            return;
        }
        if self.next.is_some() {
            self.next = Some(now + EVERY);
        }
        match answer {
            // What the feed says is newer.
            Ok(_) if self.feed == Feed::Live => {}
            Ok(rooms) => {
                self.replace(rooms, now);
                if self.feed == Feed::Untried {
                    self.feed = Feed::Due;
                }
            }
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// Takes in what a feed says, if it is the one that is followed.
    pub(super) fn on_feed(&mut self, server: &str, news: FeedNews, now: LocalTime) {
        let is_followed = matches!(self.feed, Feed::Requested | Feed::Live);
        if self.server != server || !is_followed {
            return;
        }
        match news {
            FeedNews::Event(GalleryEvent::Snapshot { rooms }) => {
                self.replace(rooms, now);
                self.feed = Feed::Live;
            }
            FeedNews::Event(GalleryEvent::Changes { changed, removed }) => {
                if self.feed == Feed::Live {
                    self.change(changed, &removed, now);
                }
            }
            FeedNews::Event(GalleryEvent::Unknown) => {}
            FeedNews::NotOffered => {
                self.feed = Feed::Unavailable;
                self.is_following = false;
            }
            FeedNews::Ended => {
                self.feed = Feed::Untried;
                self.is_following = false;
                self.next = Some(now + EVERY);
            }
        }
    }

    fn replace(&mut self, mut rooms: Vec<RoomCard>, now: LocalTime) {
        rooms.truncate(MOST);
        self.rooms = rooms;
        self.has_new_rooms = true;
        self.updated = Some(now);
        self.fault = None;
    }

    /// Takes changes in. Cards that stay as they are move on to where they are now, so that one
    /// time counts for all.
    fn change(&mut self, changed: Vec<RoomCard>, removed: &[RoomId], now: LocalTime) {
        let age = self.updated.map_or(Span::ZERO, |updated| now - updated);
        let is_old = |room: &RoomCard| {
            removed.contains(&room.id) || changed.iter().any(|card| card.id == room.id)
        };
        self.rooms.retain(|room| !is_old(room));
        for playing in self
            .rooms
            .iter_mut()
            .filter_map(|room| room.playing.as_mut())
        {
            playing.position = playing.position_after(age);
        }
        self.rooms.extend(changed);
        self.has_new_rooms = true;
        self.rooms.truncate(MOST);
        self.updated = Some(now);
    }

    /// Shows the rooms of a server, without a search; they are asked for at once.
    pub(super) fn open(&mut self, server: &str) {
        if self.server == server && self.feed == Feed::Unavailable {
            self.feed = Feed::Untried;
        } else if self.server != server {
            self.start_over(server);
        }
        self.filter.take();
        // The member may have been in one of them meanwhile.
        self.looked_up.clear();
        self.has_new_rooms = true;
        self.next = None;
    }

    /// Shows another server's rooms.
    pub(super) fn ask(&mut self, server: &str) {
        self.start_over(server);
        self.next = Some(LocalTime(i64::MIN));
    }

    fn start_over(&mut self, server: &str) {
        *self = Self {
            is_following: self.is_following,
            ..Self::new(server)
        };
    }

    /// Whether the member was in a room before: it is known by which token they come back.
    #[must_use]
    pub fn is_own(&self, room: &RoomId) -> bool {
        self.own.contains(room)
    }

    /// The rooms of which it is not known yet whether the member was there; they are asked for
    /// once.
    pub(super) fn due_own_rooms(&mut self, is_shown: bool) -> Option<(String, Vec<RoomId>)> {
        if !is_shown || !std::mem::take(&mut self.has_new_rooms) {
            return None;
        }
        let rooms = self.rooms.iter().map(|room| room.id.clone());
        let rooms: BTreeSet<RoomId> = rooms.collect();
        let unknown: Vec<RoomId> = rooms.difference(&self.looked_up).cloned().collect();
        self.looked_up = rooms;
        (!unknown.is_empty()).then(|| (self.server.clone(), unknown))
    }

    /// Takes in in which rooms of a server the member was before.
    pub(super) fn on_own_rooms(&mut self, server: &str, rooms: Vec<RoomId>) {
        if self.server == server {
            self.own.extend(rooms);
            self.own.retain(|room| self.looked_up.contains(room));
        }
    }

    /// The server that is to be asked now, if one is.
    pub(super) fn due_question(&mut self, is_shown: bool, now: LocalTime) -> Option<String> {
        if !is_shown {
            self.next = None;
            return None;
        }
        let is_due = self.feed != Feed::Live && self.next.is_none_or(|next| next <= now);
        is_due.then(|| {
            self.next = Some(now + UNANSWERED);
            self.server.clone()
        })
    }

    /// What is to be done about the feed now, if anything.
    pub(super) fn due_feed_order(&mut self, is_shown: bool) -> Option<FeedOrder> {
        if !is_shown && self.feed != Feed::Unavailable {
            self.feed = Feed::Untried;
        }
        match self.feed {
            Feed::Due => {
                self.feed = Feed::Requested;
                self.is_following = true;
                let server = self.server.clone();
                Some(FeedOrder::Follow { server })
            }
            Feed::Untried if self.is_following => {
                self.is_following = false;
                Some(FeedOrder::Unfollow)
            }
            _ => None,
        }
    }

    /// Whether the media of a room that is shown runs.
    pub(super) fn has_running_time(&self) -> bool {
        let mut playing = self.rooms.iter().filter_map(|room| room.playing.as_ref());
        playing.any(|playing| !playing.paused)
    }

    /// When a server is asked next.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        self.next.filter(|_| self.feed != Feed::Live)
    }
}
