//! The live rooms as the screen has them: asked for every few seconds while they are shown, one
//! question at a time.

use super::editor::Editor;
use crate::protocol::ids::RoomId;
use crate::protocol::text::Title;
use crate::protocol::time::{LocalTime, Span};
use crate::wire::pages::RoomCard;

/// How long after an answer the rooms are asked for again while they are shown.
const EVERY: Span = Span::seconds(3);

/// How long one question may take before another is asked: somewhat longer than the shell
/// waits, so that over a slow link none is asked beside another.
pub(super) const UNANSWERED: Span = Span::seconds(70);

/// The most rooms that are kept.
const MOST: usize = 2_000;

/// Why there is no list of rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomsFault {
    /// Nobody answers; the system's words.
    Unreachable(String),
    /// Somebody answers, but not with a list of rooms.
    NotAServer,
}

/// By what the rooms are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Most viewers first.
    #[default]
    Viewers,
    /// By name.
    Name,
    /// Youngest first.
    Newest,
}

impl Sort {
    fn next(self) -> Self {
        match self {
            Self::Viewers => Self::Name,
            Self::Name => Self::Newest,
            Self::Newest => Self::Viewers,
        }
    }
}

/// The gallery.
#[derive(Debug, Clone)]
pub struct Gallery {
    /// The server that is asked.
    pub server: String,
    /// What is searched for, or a pasted invite.
    pub filter: Editor,
    /// By what the rooms are sorted.
    pub sort: Sort,
    rooms: Vec<RoomCard>,
    at: Option<RoomId>,
    /// When the rooms that are shown were told; `None` before the first answer.
    pub told: Option<LocalTime>,
    /// Why the last question was not answered.
    pub fault: Option<RoomsFault>,
    pub(super) next: Option<LocalTime>,
}

impl Gallery {
    /// A gallery that was not looked at yet.
    #[must_use]
    pub fn new(server: &str) -> Self {
        Self {
            server: server.to_owned(),
            filter: Editor::default(),
            sort: Sort::default(),
            rooms: Vec::new(),
            at: None,
            told: None,
            fault: None,
            next: None,
        }
    }

    /// All rooms, whatever is searched for.
    #[must_use]
    pub fn rooms(&self) -> &[RoomCard] {
        &self.rooms
    }

    /// The rooms that are searched for, in their order.
    #[must_use]
    pub fn shown(&self) -> Vec<&RoomCard> {
        let wanted = self.filter.text().trim().to_lowercase();
        let mut shown: Vec<&RoomCard> = self
            .rooms
            .iter()
            .filter(|room| fits(room, &wanted))
            .collect();
        match self.sort {
            Sort::Viewers => shown.sort_by_key(|room| std::cmp::Reverse(room.viewers)),
            Sort::Name => shown.sort_by(|a, b| a.id.cmp(&b.id)),
            Sort::Newest => shown.sort_by(|a, b| b.since.cmp(&a.since)),
        }
        shown
    }

    /// The chosen room.
    #[must_use]
    pub fn chosen(&self) -> Option<&RoomCard> {
        let shown = self.shown();
        let chosen = shown.iter().find(|room| Some(&room.id) == self.at.as_ref());
        chosen.or(shown.first()).copied()
    }

    /// Chooses the room so many rows below, or above.
    pub(super) fn step(&mut self, by: isize) {
        let shown = self.shown();
        let chosen = self.chosen().map(|room| &room.id);
        let at = shown.iter().position(|room| Some(&room.id) == chosen);
        let to = at.unwrap_or(0).saturating_add_signed(by);
        self.at = shown
            .get(to.min(shown.len().saturating_sub(1)))
            .map(|room| room.id.clone());
    }

    /// Sorts by the next thing to sort by.
    pub(super) fn sort_on(&mut self) {
        self.sort = self.sort.next();
    }

    /// Takes an answer in.
    pub(super) fn told(&mut self, answer: Result<Vec<RoomCard>, RoomsFault>, now: LocalTime) {
        if self.next.is_some() {
            self.next = Some(now + EVERY);
        }
        match answer {
            Ok(mut rooms) => {
                rooms.truncate(MOST);
                self.rooms = rooms;
                self.told = Some(now);
                self.fault = None;
            }
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// Asks another server.
    pub(super) fn ask(&mut self, server: &str) {
        *self = Self::new(server);
        self.next = Some(LocalTime(i64::MIN));
    }
}

/// Whether a room's name, title, film or kind holds what is searched for.
fn fits(room: &RoomCard, wanted: &str) -> bool {
    let film = room.playing.as_ref();
    let texts = [
        Some(room.id.as_str()),
        room.title.as_ref().map(Title::as_str),
        film.and_then(|film| film.title.as_ref()).map(Title::as_str),
        film.map(|film| film.kind.as_str()),
    ];
    let mut texts = texts.into_iter().flatten();
    texts.any(|text| text.to_lowercase().contains(wanted))
}
