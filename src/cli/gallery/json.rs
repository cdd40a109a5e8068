//! The gallery for programs: one JSON object a room, seconds as floats.

use serde::Serialize;

use crate::protocol::ids::RoomId;
use crate::protocol::text::Title;
use crate::protocol::time::Span;
use crate::room::listing::{ListedFilm, Listing};

/// A live room.
#[derive(Serialize)]
struct Room<'a> {
    id: &'a RoomId,
    title: Option<&'a Title>,
    viewers: u32,
    playing: Option<Film<'a>>,
    /// Since when it lives, in seconds since the Unix epoch.
    since: f64,
}

/// What is on in it.
#[derive(Serialize)]
struct Film<'a> {
    kind: &'a str,
    title: Option<&'a Title>,
    position: f64,
    duration: Option<f64>,
    paused: bool,
    live: bool,
}

/// The rooms, an object on each line.
pub(super) fn lines(rooms: &[Listing]) -> String {
    let mut lines = String::new();
    for room in rooms {
        match serde_json::to_string(&object(room)) {
            Ok(line) => {
                lines.push_str(&line);
                lines.push('\n');
            }
            Err(cause) => tracing::error!("a room could not be written: {cause}"),
        }
    }
    lines
}

fn object(room: &Listing) -> Room<'_> {
    Room {
        id: &room.id,
        title: room.title.as_ref(),
        viewers: room.viewers,
        playing: room.playing.as_ref().map(film),
        since: Span(room.since.0).as_seconds(),
    }
}

fn film(film: &ListedFilm) -> Film<'_> {
    Film {
        kind: &film.kind,
        title: film.title.as_ref(),
        position: film.position.as_seconds(),
        duration: film.duration.map(Span::as_seconds),
        paused: film.paused,
        live: film.live,
    }
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::cli::gallery::table::tests::{quiet, watching};

    #[test]
    fn a_room_is_an_object_on_a_line() {
        let text = lines(&[watching(), quiet()]);
        let expected = concat!(
            r#"{"id":"movie-night","title":"Кино по пятницам","viewers":5,"#,
            r#""playing":{"kind":"YouTube","title":"Night of the Living Dead","#,
            r#""position":2530.0,"duration":5720.0,"paused":false,"live":false},"#,
            r#""since":1700000000.0}"#,
            "\n",
            r#"{"id":"quiet","title":null,"viewers":1,"playing":null,"since":1700000000.0}"#,
            "\n",
        );
        assert_eq!(text, expected);
    }
}
