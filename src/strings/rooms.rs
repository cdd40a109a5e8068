//! The words of the gallery on the screen.

use super::screen::{RESPONSIBLE, long};
use crate::app::screen::gallery::{RoomsFault, Sort};
use crate::protocol::text::clean;
use crate::protocol::time::{Position, Span};
use crate::wire::pages::{FilmCard, RoomCard};

/// The most characters of the system's own words that are shown.
const SHOWN: usize = 300;

/// The gallery of a server.
pub const LIVE_ROOMS: &str = "Live rooms on";
/// Before what is searched for.
pub const FIND: &str = "Find ›";
/// While nothing is searched for.
pub const FIND_HINT: &str = "room, title or kind; or paste an invite";
/// The gallery's columns: room, viewers, film, kind, time.
pub const COLUMNS: [&str; 5] = ["Room", "👥", "Now playing", "Kind", "Where it is"];
/// Below the gallery.
pub const NOTE: [&str; 2] = [
    "Private and unlisted rooms are never shown: paste the invite you were given.",
    RESPONSIBLE,
];
/// The gallery: how many rooms, viewers, and how fresh that is.
#[must_use]
pub fn state(rooms: usize, viewers: u64, fault: Option<&RoomsFault>, known: bool) -> String {
    let rooms = match rooms {
        1 => "1 room".to_owned(),
        rooms => format!("{rooms} rooms"),
    };
    match (fault, known) {
        (Some(_), true) => format!("{rooms}  👥 {viewers}  ○ not answering"),
        (Some(_), false) => "○ not answering".to_owned(),
        (None, true) => format!("{rooms}  👥 {viewers}  ● live"),
        (None, false) => "◔ asking".to_owned(),
    }
}

/// No room is there, or none that is searched for, and what to do.
#[must_use]
pub fn empty(fault: Option<&RoomsFault>, searching: bool) -> Vec<String> {
    match (fault, searching) {
        (Some(RoomsFault::Unreachable(error)), _) => vec![
            format!("The server cannot be reached ({}).", clean(error, SHOWN)),
            "It is asked again every few seconds. Ctrl-O asks another one.".to_owned(),
        ],
        (Some(RoomsFault::NotAServer), _) => vec![
            "What answers there is no watchtogether server.".to_owned(),
            "Ctrl-O asks another one.".to_owned(),
        ],
        (None, true) => vec![
            "No live room fits.".to_owned(),
            "Esc clears the search; Enter opens a room of that name; an invite joins.".to_owned(),
        ],
        (None, false) => vec![
            "No public room is live here.".to_owned(),
            "Ctrl-N opens one; or paste the invite you were given.".to_owned(),
        ],
    }
}

/// The keys of the gallery.
#[must_use]
pub fn keys(sort: Sort, in_room: bool) -> String {
    let sort = match sort {
        Sort::Viewers => "viewers",
        Sort::Name => "name",
        Sort::Newest => "newest",
    };
    let back = if in_room { "back" } else { "leave" };
    format!("⏎ join  ↑↓ choose  Tab sort: {sort}  Ctrl-N new room  Esc {back}  Ctrl-O server")
}

/// A room by itself: what it is, where its film is, and the line that joins it.
#[must_use]
pub fn details(room: &RoomCard, here: Option<Position>, server: &str) -> Vec<String> {
    let mut lines = vec![
        room.title
            .as_ref()
            .map_or_else(|| room.id.to_string(), ToString::to_string),
    ];
    lines.push(format!("{} · 👥 {}", room.id, room.viewers));
    lines.push(String::new());
    match (&room.playing, here) {
        (Some(film), Some(here)) => {
            lines.push(format!("{} · {}", card_film(film), clean(&film.kind, 40)));
            if film.live {
                lines.push("It is live: you see what the others see.".to_owned());
            } else {
                lines.push(format!(
                    "You start at {here}, in step; nobody else is moved."
                ));
            }
        }
        _ => lines.push("Nothing plays there now.".to_owned()),
    }
    lines.push(String::new());
    lines.push("From another terminal:".to_owned());
    lines.push(format!(
        "watchtogether join {}/r/{}",
        clean(server, SHOWN),
        room.id
    ));
    lines
}

/// What is on in a listed room, by its title or kind.
#[must_use]
pub fn card_film(film: &FilmCard) -> String {
    let title = film.title.as_ref().map(ToString::to_string);
    let name = title.unwrap_or_else(|| clean(&film.kind, 40));
    if film.paused {
        format!("Paused: {name}")
    } else {
        name
    }
}

/// Where a listed film is, in minutes.
#[must_use]
pub fn card_time(position: Position, duration: Option<Position>, live: bool) -> String {
    match duration {
        _ if live => format!("live, {}", long(Span(position.0))),
        Some(end) => format!("{}/{} m", position.0 / 60_000_000, end.0 / 60_000_000),
        None => position.to_string(),
    }
}
