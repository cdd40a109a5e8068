//! Texts of the gallery on the screen.

use std::borrow::Cow;

use super::doctor;
use super::network;
use super::numbers::long;
use super::screen::{responsible, waits};
use super::sentences::quoted;
use super::tls;
use crate::app::event::RoomsFault;
use crate::app::screen::gallery::{ListState, RoomOrder};
use crate::app::time_of_day::ClockTime;
use crate::doctor::Finding;
use crate::doctor::resolver::ResolverFinding;
use crate::media::YOUTUBE;
use crate::protocol::invite::invite_link;
use crate::protocol::text::clean;
use crate::protocol::time::{Position, Span};
use crate::texts::language::Language;
use crate::texts::tr;
use crate::wire::pages::{NextCard, PlayingCard, RoomCard};

use lobby::in_lobby;

mod lobby;

/// The most characters of a server's address that are shown.
const SHOWN: usize = 300;

/// The sign of the number of viewers.
const VIEWERS: &str = "👥";

/// The gallery's title, with the server's address.
#[must_use]
pub fn live_rooms(language: Language, server: &str) -> String {
    tr!(language, "room-heading", server = server)
}

/// The label of the search field.
#[must_use]
pub fn find(language: Language) -> String {
    tr!(language, "room-find")
}

/// The hint in an empty search field.
#[must_use]
pub fn find_hint(language: Language) -> String {
    tr!(language, "room-find-hint")
}

/// The headings of the gallery's columns.
#[must_use]
pub fn columns(language: Language) -> [String; 7] {
    [
        tr!(language, "room-column-room"),
        VIEWERS.to_owned(),
        tr!(language, "room-column-media"),
        tr!(language, "room-column-kind"),
        tr!(language, "room-column-time"),
        tr!(language, "room-column-admin"),
        tr!(language, "room-column-next"),
    ]
}

/// The lines below the list.
#[must_use]
pub fn note(language: Language) -> [String; 2] {
    [tr!(language, "room-note"), responsible(language)]
}

/// How many rooms and viewers there are, and how fresh the list is.
#[must_use]
pub fn state(language: Language, rooms: usize, viewers: u64, state: ListState) -> String {
    match state {
        ListState::Loading => tr!(language, "room-state-loading"),
        ListState::Missing => tr!(language, "room-state-unknown"),
        ListState::Live => tr!(
            language,
            "room-state-live",
            rooms = rooms,
            viewers = viewers
        ),
        ListState::Polled => tr!(
            language,
            "room-state-polled",
            rooms = rooms,
            viewers = viewers
        ),
        ListState::Stale => tr!(
            language,
            "room-state-silent",
            rooms = rooms,
            viewers = viewers
        ),
    }
}

/// The text for an empty list or an empty search result, with the next step.
#[must_use]
pub fn empty(language: Language, fault: Option<&RoomsFault>, searching: bool) -> [String; 2] {
    match (fault, searching) {
        (Some(RoomsFault::Unreachable(error)), _) => [
            tr!(
                language,
                "room-unreachable",
                error = network::fault(language, error)
            ),
            tr!(language, "room-unreachable-next"),
        ],
        (Some(RoomsFault::Insecure(fault)), _) => {
            [tls::fault(language, fault), tls::next(language, fault)]
        }
        (Some(RoomsFault::NotAServer), _) => [
            tr!(language, "room-not-a-server"),
            tr!(language, "room-not-a-server-next"),
        ],
        (None, true) => [
            tr!(language, "room-none-found"),
            tr!(language, "room-none-found-next"),
        ],
        (None, false) => [
            tr!(language, "room-none-live"),
            tr!(language, "room-none-live-next"),
        ],
    }
}

/// The keys of the gallery, those first that are needed most.
#[must_use]
pub fn keys(language: Language, order: RoomOrder, in_room: bool) -> [String; 7] {
    let order = match order {
        RoomOrder::Viewers => "viewers",
        RoomOrder::Name => "name",
        RoomOrder::Newest => "newest",
    };
    let back = if in_room {
        tr!(language, "room-key-back")
    } else {
        tr!(language, "room-key-quit")
    };
    [
        tr!(language, "room-key-join"),
        tr!(language, "room-key-choose"),
        back,
        tr!(language, "room-key-sort", order = order),
        tr!(language, "room-key-new"),
        tr!(language, "room-key-copy"),
        tr!(language, "room-key-server"),
    ]
}

/// Which of so many rooms are in sight, counted from 1.
#[must_use]
pub fn range(language: Language, first: usize, last: usize, count: usize) -> String {
    tr!(
        language,
        "room-range",
        first = first,
        last = last,
        count = count
    )
}

/// The second line of the selected room: its name in links if a title stands in the first one, whom
/// it waits for, what is next.
#[must_use]
pub fn second_line(language: Language, room: &RoomCard) -> String {
    let name = room.title.as_ref().map(|_| room.id.to_string());
    let waits = room.waits.map(|on| Cow::from(waits(language, on)));
    let next = room.next.as_ref().map(|next| {
        tr!(
            language,
            "room-next-short",
            title = next_title(language, next)
        )
    });
    let parts = [name.map(Cow::from), waits, next.map(Cow::from)];
    let parts: Vec<Cow<'_, str>> = parts.into_iter().flatten().collect();
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

/// Where a listed room is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomPlace {
    /// The position in its media.
    pub position: Position,
    /// What the reader's clock shows when the media starts that waits in its lobby, if a time is
    /// set.
    pub clock: Option<ClockTime>,
}

/// The details of a room. `here` is its position in the media; `plays_youtube` is whether this
/// machine has what YouTube needs.
#[must_use]
pub fn details(
    language: Language,
    room: &RoomCard,
    here: Option<RoomPlace>,
    server: &str,
    plays_youtube: bool,
) -> Details {
    let id = room.id.to_string();
    let title = room
        .title
        .as_ref()
        .map(|title| quoted(language, title.as_str()));
    let mut about = vec![format!("{id} · {VIEWERS} {}", room.viewers)];
    // Servers that send neither field are older than both.
    if let Some(on) = room.waits {
        let waits = waits(language, on);
        about.push(match &room.admin {
            Some(admin) => tr!(language, "room-admin", name = admin.as_str(), waits = waits),
            None => tr!(language, "room-no-admin", waits = waits),
        });
    }
    let mut watching = Vec::new();
    if let (Some(playing), Some(here)) = (&room.playing, here) {
        watching.push(match (&room.lobby, here.clock) {
            (Some(lobby), clock) => in_lobby(language, lobby, clock),
            (None, _) if playing.live => tr!(language, "room-join-live"),
            (None, _) => tr!(language, "room-join-at", at = here.position.to_string()),
        });
        watching.push(can_play(language, &playing.kind, plays_youtube));
    }
    if let Some(next) = &room.next {
        let next = next_title(language, next);
        watching.push(tr!(language, "room-next", title = next));
    }
    let invite = invite_link(&clean(server, SHOWN), &room.id);
    Details {
        title: title.unwrap_or(id),
        about,
        now_playing: now_playing(language, room),
        watching,
        join: [
            tr!(language, "room-elsewhere"),
            format!("watchtogether join {invite}"),
        ],
    }
}

/// The current media of a room with its kind, or that nothing plays.
fn now_playing(language: Language, room: &RoomCard) -> String {
    let Some(playing) = &room.playing else {
        return tr!(language, "room-idle");
    };
    match &playing.title {
        Some(title) => {
            let title = quoted(language, title.as_str());
            let kind = clean(&playing.kind, 40);
            let title = if room.lobby.is_some() {
                title
            } else {
                paused(language, playing, title)
            };
            format!("{title} · {kind}")
        }
        None if room.lobby.is_some() => {
            tr!(language, "room-waits", title = card_name(playing))
        }
        None => paused(language, playing, card_name(playing)),
    }
}

/// Whether this machine can play media of a kind.
fn can_play(language: Language, kind: &str, plays_youtube: bool) -> String {
    match (kind, plays_youtube) {
        (YOUTUBE, true) => tr!(language, "room-youtube"),
        (YOUTUBE, false) => doctor::finding(language, &Finding::Resolver(ResolverFinding::Missing)),
        _ => tr!(language, "room-direct"),
    }
}

/// What plays next, with its length if that is known.
#[must_use]
pub fn next_title(language: Language, next: &NextCard) -> String {
    let kind = clean(&next.kind, 40);
    let title = next.title.as_ref();
    let name = title.map_or(kind, |title| quoted(language, title.as_str()));
    match next.duration {
        Some(length) => format!("{name}, {}", Position(length.0.max(0))),
        None => name,
    }
}

/// A listed room that waits in the lobby: when it starts, else how many are ready.
#[must_use]
pub fn lobby_time(language: Language, starts: Option<ClockTime>, ready: u32) -> String {
    match (starts, ready) {
        (Some(clock), _) => tr!(language, "room-row-starts", time = clock.time.to_string()),
        (None, 0) => tr!(language, "room-row-lobby"),
        (None, ready) => tr!(language, "room-row-ready", count = ready),
    }
}

/// The current media of a listed room: its title, else its kind.
#[must_use]
pub fn card_name(playing: &PlayingCard) -> String {
    let title = playing.title.as_ref().map(ToString::to_string);
    title.unwrap_or_else(|| clean(&playing.kind, 40))
}

/// The current media, and whether it is paused.
fn paused(language: Language, playing: &PlayingCard, name: String) -> String {
    if playing.paused {
        tr!(language, "room-paused", title = name)
    } else {
        name
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
    let minutes = |position: Position| position.0 / 60_000_000;
    match duration {
        _ if live => {
            let time = long(language, Span(position.0));
            tr!(language, "room-time-live", time = time)
        }
        Some(end) => tr!(
            language,
            "room-time",
            minutes = minutes(position),
            length = minutes(end)
        ),
        None => position.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{card_time, empty, state};
    use crate::app::event::RoomsFault;
    use crate::app::screen::gallery::ListState;
    use crate::protocol::time::Position;
    use crate::texts::language::Language::{English, Russian};

    #[test]
    fn rooms_are_counted_as_the_language_does() {
        let counted = |language, rooms| state(language, rooms, 65, ListState::Live);
        assert_eq!(counted(English, 1), "1 room  👥 65  ● live");
        assert_eq!(counted(English, 3), "3 rooms  👥 65  ● live");
        assert_eq!(counted(Russian, 1), "1 комната  👥 65  ● онлайн");
        assert_eq!(counted(Russian, 3), "3 комнаты  👥 65  ● онлайн");
        assert_eq!(counted(Russian, 12), "12 комнат  👥 65  ● онлайн");
        let silent = state(Russian, 21, 1_830, ListState::Stale);
        assert_eq!(silent, "21 комната  👥 1830  ○ не отвечает");
        let polled = state(English, 3, 65, ListState::Polled);
        assert_eq!(polled, "3 rooms  👥 65  ◷ every 3 s");
    }

    #[test]
    fn an_address_that_is_no_server_is_called_that() {
        let fault = RoomsFault::NotAServer;
        let [what, next] = empty(English, Some(&fault), false);
        assert_eq!(what, "That address isn't a watchtogether server.");
        assert!(next.contains("Ctrl-O"), "{next}");
    }

    #[test]
    fn a_long_position_fits_beside_its_bar() {
        let (at, end) = (Position::seconds(8_520), Position::seconds(11_700));
        for (language, text) in [(English, "142/195 min"), (Russian, "142/195 мин")] {
            assert_eq!(card_time(language, at, Some(end), false), text);
            assert!(text.chars().count() <= 11);
        }
        let live = |language| card_time(language, Position::seconds(7_800), None, true);
        assert_eq!(live(English), "live, 2 h 10 min");
        assert_eq!(live(Russian), "эфир, 2 ч 10 мин");
    }
}
