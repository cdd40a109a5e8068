//! Texts of the gallery on the screen.

use super::numbers::long;
use super::screen::{responsible, waits};
use super::sentences::quoted;
use crate::app::event::RoomsFault;
use crate::app::screen::gallery::RoomOrder;
use crate::media::YOUTUBE;
use crate::protocol::invite::invite_link;
use crate::protocol::text::clean;
use crate::protocol::time::{Position, Span};
use crate::texts::language::Language;
use crate::wire::pages::{NextCard, PlayingCard, RoomCard};

/// The most characters of a system error that are shown.
const SHOWN: usize = 300;

/// The gallery's title.
pub const LIVE_ROOMS: &str = "Live rooms on";
/// The label of the search field.
pub const FIND: &str = "Find ›";
/// The hint in an empty search field.
pub const FIND_HINT: &str = "room, title or kind; or paste an invite";
/// The headings of the gallery's columns.
pub const COLUMNS: [&str; 5] = ["Room", "👥", "Now playing", "Kind", "Where it is"];
/// The lines below the list.
#[must_use]
pub fn note(language: Language) -> [String; 2] {
    [
        "Private and unlisted rooms are never shown: paste the invite you were given.".to_owned(),
        responsible(language),
    ]
}

/// How many rooms and viewers there are, and how old the list is.
#[must_use]
pub fn state(
    language: Language,
    rooms: usize,
    viewers: u64,
    fault: Option<&RoomsFault>,
    known: bool,
) -> String {
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

/// The text for an empty list or an empty search result, with the next step.
#[must_use]
pub fn empty(language: Language, fault: Option<&RoomsFault>, searching: bool) -> Vec<String> {
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

/// The keys of the gallery, those first that are needed most.
#[must_use]
pub fn keys(language: Language, order: RoomOrder, in_room: bool) -> Vec<String> {
    let sort = match order {
        RoomOrder::Viewers => "viewers",
        RoomOrder::Name => "name",
        RoomOrder::Newest => "newest",
    };
    let back = if in_room { "back" } else { "leave" };
    vec![
        "⏎ join".to_owned(),
        "↑↓ choose".to_owned(),
        format!("Esc {back}"),
        format!("Tab sort: {sort}"),
        "Ctrl-N new room".to_owned(),
        "Ctrl-Y copy".to_owned(),
        "Ctrl-O server".to_owned(),
    ]
}

/// The second line of the selected room: its title, whom it waits for, what is next.
#[must_use]
pub fn second_line(language: Language, room: &RoomCard) -> String {
    let title = room
        .title
        .as_ref()
        .map(|title| quoted(language, title.as_str()));
    let waits = room.waits.map(|on| waits(language, on));
    let next = room
        .next
        .as_ref()
        .map(|next| format!("next: {}", next_title(language, next)));
    let parts: Vec<String> = [title, waits, next].into_iter().flatten().collect();
    parts.join(" · ")
}

/// The details of a room, in paragraphs: its title, its current media and what follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Its title, or its name.
    pub title: String,
    /// How many viewers are present, who is admin, and whether the room waits.
    pub about: Vec<String>,
    /// The current media, or that nothing plays.
    pub now_playing: String,
    /// What joining would mean, and what plays next.
    pub watching: Vec<String>,
    /// The command line that joins it.
    pub join: [String; 2],
}

/// The details of a room. `here` is its position in the media; `plays_youtube` is whether this
/// machine has what YouTube needs.
#[must_use]
pub fn details(
    language: Language,
    room: &RoomCard,
    here: Option<Position>,
    server: &str,
    plays_youtube: bool,
) -> Details {
    let id = room.id.to_string();
    let title = room
        .title
        .as_ref()
        .map(|title| quoted(language, title.as_str()));
    let mut about = vec![format!("{id} · 👥 {}", room.viewers)];
    // Servers that send neither field are older than both.
    if let Some(on) = room.waits {
        about.push(match &room.admin {
            Some(admin) => format!("👑 {admin} is admin · {}", waits(language, on)),
            None => format!("no admin is there now · {}", waits(language, on)),
        });
    }
    let mut watching = Vec::new();
    if let (Some(playing), Some(here)) = (&room.playing, here) {
        watching.push(if playing.live {
            "It is live: you see what the others see.".to_owned()
        } else {
            format!("You start at {here}, in step; nobody else is moved.")
        });
        watching.push(can_play(language, &playing.kind, plays_youtube));
    }
    if let Some(next) = &room.next {
        watching.push(format!("Next: {}", next_title(language, next)));
    }
    Details {
        title: title.unwrap_or(id),
        about,
        now_playing: room.playing.as_ref().map_or_else(
            || "Nothing plays there now.".to_owned(),
            |playing| match &playing.title {
                Some(title) => {
                    let (title, kind) =
                        (quoted(language, title.as_str()), clean(&playing.kind, 40));
                    format!("{} · {kind}", paused(language, playing, &title))
                }
                None => card_title(language, playing),
            },
        ),
        watching,
        join: [
            "From another terminal:".to_owned(),
            format!(
                "watchtogether join {}",
                invite_link(&clean(server, SHOWN), &room.id)
            ),
        ],
    }
}

/// Whether this machine can play media of a kind.
fn can_play(language: Language, kind: &str, plays_youtube: bool) -> String {
    match (kind, plays_youtube) {
        (YOUTUBE, true) => "Your yt-dlp was found: YouTube can be played here.".to_owned(),
        (YOUTUBE, false) => {
            "No yt-dlp was found here, and YouTube needs it: install it, or name it with --ytdl."
                .to_owned()
        }
        _ => "A direct link: mpv plays it as it is.".to_owned(),
    }
}

/// What plays next, with its length if that is known.
fn next_title(language: Language, next: &NextCard) -> String {
    let kind = clean(&next.kind, 40);
    let title = next.title.as_ref();
    let name = title.map_or(kind, |title| quoted(language, title.as_str()));
    match next.duration {
        Some(length) => format!("{name}, {}", Position(length.0.max(0))),
        None => name,
    }
}

/// The current media of a listed room, by its title or kind.
#[must_use]
pub fn card_title(language: Language, playing: &PlayingCard) -> String {
    let title = playing.title.as_ref().map(ToString::to_string);
    let name = title.unwrap_or_else(|| clean(&playing.kind, 40));
    paused(language, playing, &name)
}

/// The current media, and whether it is paused.
fn paused(language: Language, playing: &PlayingCard, name: &str) -> String {
    if playing.paused {
        format!("Paused: {name}")
    } else {
        name.to_owned()
    }
}

/// The position in a listed room, in minutes.
#[must_use]
pub fn card_time(
    language: Language,
    position: Position,
    duration: Option<Position>,
    live: bool,
) -> String {
    match duration {
        _ if live => format!("live, {}", long(language, Span(position.0))),
        Some(end) => format!("{}/{} m", position.0 / 60_000_000, end.0 / 60_000_000),
        None => position.to_string(),
    }
}
