//! `watchtogether gallery`: lists the live rooms of a server.

use std::process::ExitCode;

use super::args::{GalleryOptions, ServerSetting};
use super::colours;
use super::errand::{self, NO_SERVER};
use super::{USAGE, complain_of_error, config, local, output, runtime};
use crate::app::event::RoomsFault;
use crate::app::screen::gallery::RoomOrder;
use crate::client::{json_text, on_the_wall, rooms};
use crate::protocol::invite::ServerUrl;
use crate::strings;
use crate::texts::language::Language;
use crate::wire::pages::RoomCard;

pub(super) mod table;

/// Runs the subcommand to its end.
///
/// # Errors
/// If standard output cannot be written.
pub fn run(options: GalleryOptions, language: Language) -> anyhow::Result<ExitCode> {
    let as_json = options.json.is_on();
    let server = match options.server {
        Some(ServerSetting::Address(server)) => server,
        // The settings have put the address in the place of a name.
        Some(ServerSetting::Profile(_)) | None => {
            let Some(server) = find(language)? else {
                let words = strings::start::no_local_server(language);
                return failed(language, as_json, words);
            };
            server
        }
    };
    let trust = match config::trust(options.ca_file.as_deref()) {
        Ok(trust) => trust,
        Err(error) => {
            complain_of_error(language, error.words(language));
            return Ok(ExitCode::from(USAGE));
        }
    };
    let asked = rooms::asking_again(
        || rooms::ask(server.as_str(), &trust),
        |why| errand::trying_again(language, why),
    );
    match asked {
        Ok(mut rooms) => {
            rooms.sort_by(|one, other| RoomOrder::default().compare(one, other));
            show(&server, &rooms, as_json, language)
        }
        Err(RoomsFault::Insecure(fault)) => {
            let words = strings::start::insecure(language, server.as_str(), &fault);
            failed(language, as_json, words)
        }
        Err(RoomsFault::Unreachable(error)) => {
            let server = server.as_str();
            let words = strings::start::unreachable(language, server, &error);
            failed(language, as_json, words)
        }
        Err(RoomsFault::NotAServer) => {
            let words = strings::start::no_server_of_ours(language, server.as_str());
            failed(language, as_json, words)
        }
    }
}

fn failed(language: Language, as_json: bool, words: String) -> anyhow::Result<ExitCode> {
    errand::fail(language, as_json, NO_SERVER, words).map(ExitCode::from)
}

/// The server on this computer, if there is one.
fn find(language: Language) -> anyhow::Result<Option<ServerUrl>> {
    runtime::on_this_thread(language)?.block_on(local::find())
}

/// Prints the rooms. It ends quietly if the reader closes the pipe.
fn show(
    server: &ServerUrl,
    rooms: &[RoomCard],
    as_json: bool,
    language: Language,
) -> anyhow::Result<ExitCode> {
    let text = if as_json {
        json_lines(rooms)
    } else if rooms.is_empty() {
        strings::gallery::empty(language, server)
    } else {
        table::of(language, rooms, on_the_wall(), colours::on_output())
    };
    output::print(language, &text)?;
    Ok(ExitCode::SUCCESS)
}

/// The rooms as JSON, one object a line.
fn json_lines(rooms: &[RoomCard]) -> String {
    let mut lines = String::new();
    for room in rooms {
        match json_text::line(room) {
            Ok(line) => {
                lines.push_str(&line);
                lines.push('\n');
            }
            Err(cause) => tracing::error!("a room could not be written: {cause}"),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::json_lines;
    use super::table::tests::{quiet, watching};
    use crate::protocol::text::is_hostile;

    #[test]
    fn a_room_is_an_object_on_a_line() {
        let expected = concat!(
            r#"{"id":"movie-night","title":"Кино по пятницам","viewers":5,"#,
            r#""playing":{"kind":"YouTube","title":"Night of the Living Dead","#,
            r#""position":2530.0,"duration":5720.0,"rate":1.0,"paused":false,"live":false},"#,
            r#""since":1700000000.0,"admin":"Alice","#,
            r#""next":{"kind":"WebM","title":"Steamboat Willie","duration":467.0},"#,
            r#""waits":true}"#,
            "\n",
            r#"{"id":"quiet","title":null,"viewers":1,"playing":null,"since":1700000000.0,"#,
            r#""admin":null,"next":null,"waits":false}"#,
            "\n",
        );
        assert_eq!(json_lines(&[watching(), quiet()]), expected);
    }

    #[test]
    fn no_room_steers_a_terminal_whatever_is_in_it() {
        let mut room = watching();
        let playing = room.playing.as_mut().unwrap();
        playing.kind = "MP4\u{9b}31m\u{202e}4PM".to_owned();
        let lines = json_lines(&[room]);
        assert!(lines.contains("MP4\\u009b31m\\u202e4PM"), "{lines}");
        let hostile = |c: char| c != '\n' && is_hostile(c);
        assert!(!lines.chars().any(hostile), "{lines:?}");
    }
}
