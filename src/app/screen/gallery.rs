//! The gallery: the live rooms of a server, asked for every few seconds while they are shown,
//! one question at a time.

use super::editor::Editor;
use crate::app::event::RoomsFault;
use crate::protocol::ids::RoomId;
use crate::protocol::text::Title;
use crate::protocol::time::{LocalTime, Span};
use crate::wire::pages::RoomCard;

/// How long after an answer the rooms are asked for again while they are shown.
const EVERY: Span = Span::seconds(3);

/// How long an answer may take before the question is asked again: somewhat longer than the
/// shell waits, so that over a slow link no two are asked at once.
const UNANSWERED: Span = Span::seconds(70);

/// The most rooms that are kept.
const MOST: usize = 2_000;

/// The order of the rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RoomOrder {
    /// By viewers, most first.
    #[default]
    Viewers,
    /// By the room's name in links, not its title.
    Name,
    /// By age, youngest first.
    Newest,
}

impl RoomOrder {
    fn next(self) -> Self {
        match self {
            Self::Viewers => Self::Name,
            Self::Name => Self::Newest,
            Self::Newest => Self::Viewers,
        }
    }
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

    /// All rooms, whatever is searched for.
    #[must_use]
    pub fn rooms(&self) -> &[RoomCard] {
        &self.rooms
    }

    /// The rooms that the search finds, in their order.
    #[must_use]
    pub fn shown(&self) -> Vec<&RoomCard> {
        let wanted = self.filter.text().trim().to_lowercase();
        let mut shown: Vec<&RoomCard> = self
            .rooms
            .iter()
            .filter(|room| fits(room, &wanted))
            .collect();
        match self.order {
            RoomOrder::Viewers => shown.sort_by_key(|room| std::cmp::Reverse(room.viewers)),
            RoomOrder::Name => shown.sort_by(|a, b| a.id.cmp(&b.id)),
            RoomOrder::Newest => shown.sort_by_key(|room| std::cmp::Reverse(room.since)),
        }
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
            Ok(mut rooms) => {
                rooms.truncate(MOST);
                self.rooms = rooms;
                self.updated = Some(now);
                self.fault = None;
            }
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// Shows the rooms of a server, without a search; they are asked for at once.
    pub(super) fn open(&mut self, server: &str) {
        if self.server != server {
            *self = Self::new(server);
        }
        self.filter.take();
        self.next = None;
    }

    /// Shows another server's rooms.
    pub(super) fn ask(&mut self, server: &str) {
        *self = Self::new(server);
        self.next = Some(LocalTime(i64::MIN));
    }

    /// The server that is to be asked now, if one is.
    pub(super) fn due_question(&mut self, is_shown: bool, now: LocalTime) -> Option<String> {
        if !is_shown {
            self.next = None;
            return None;
        }
        self.next.is_none_or(|next| next <= now).then(|| {
            self.next = Some(now + UNANSWERED);
            self.server.clone()
        })
    }

    /// When a server is asked next.
    pub(super) const fn next_deadline(&self) -> Option<LocalTime> {
        self.next
    }
}

/// Whether a room's name, title, media's title or kind contains the search text.
fn fits(room: &RoomCard, wanted: &str) -> bool {
    let playing = room.playing.as_ref();
    let texts = [
        Some(room.id.as_str()),
        room.title.as_ref().map(Title::as_str),
        playing
            .and_then(|playing| playing.title.as_ref())
            .map(Title::as_str),
        playing.map(|playing| playing.kind.as_str()),
    ];
    let mut texts = texts.into_iter().flatten();
    texts.any(|text| text.to_lowercase().contains(wanted))
}
