//! `watchtogether gallery`: lists the live rooms of a server.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;

use super::config::GalleryConfig;
use super::join::UNREACHABLE;
use super::local;
use crate::protocol::invite::ServerUrl;
use crate::protocol::text::clean;
use crate::strings;
use crate::wire::pages::RoomCard;

mod table;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest list that is read, in bytes: some thousands of rooms.
const MAX_ANSWER: u64 = 8 * 1024 * 1024;

/// Why there is no list.
enum Failure {
    /// Nobody answers; the system's words.
    Unreachable(String),
    /// Somebody answers, but not with a list of rooms.
    NotAServer,
}

/// Runs the subcommand to its end.
///
/// # Errors
/// If standard output cannot be written.
pub fn run(config: GalleryConfig) -> anyhow::Result<ExitCode> {
    let server = match config.server {
        Some(server) => server,
        None => match find()? {
            Some(server) => server,
            None => return Ok(failed(&strings::start::no_local_server())),
        },
    };
    match rooms(&server) {
        Ok(rooms) => show(&server, &rooms, config.json),
        Err(Failure::Unreachable(error)) => {
            let server = server.as_str();
            Ok(failed(&strings::start::unreachable(server, &error)))
        }
        Err(Failure::NotAServer) => {
            let words = strings::start::no_server_of_ours(server.as_str());
            Ok(failed(&words))
        }
    }
}

fn failed(words: &str) -> ExitCode {
    eprintln!("error: {words}");
    ExitCode::from(UNREACHABLE)
}

/// The server on this computer, if there is one.
fn find() -> anyhow::Result<Option<ServerUrl>> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start")?
        .block_on(local::find())
}

/// Asks a server for its rooms.
fn rooms(server: &ServerUrl) -> Result<Vec<RoomCard>, Failure> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .build()
        .into();
    let mut answer = agent
        .get(server.endpoint("/api/rooms"))
        .call()
        .map_err(failure)?;
    let body = answer.body_mut().with_config().limit(MAX_ANSWER);
    let body = body.read_to_vec().map_err(failure)?;
    serde_json::from_slice(&body).map_err(|cause| {
        tracing::warn!("the list of rooms was not understood: {cause}");
        Failure::NotAServer
    })
}

fn failure(cause: ureq::Error) -> Failure {
    match cause {
        ureq::Error::StatusCode(code) if code < 500 => Failure::NotAServer,
        ureq::Error::Http(_) | ureq::Error::BadUri(_) | ureq::Error::BodyExceedsLimit(_) => {
            Failure::NotAServer
        }
        ureq::Error::Io(cause) => Failure::Unreachable(words(&cause.to_string())),
        cause => Failure::Unreachable(words(&cause.to_string())),
    }
}

/// The system's words without its number for them.
fn words(text: &str) -> String {
    clean(text.split(" (os error").next().unwrap_or_default(), 200)
}

/// Prints the rooms. A reader who has seen enough ends it quietly.
fn show(server: &ServerUrl, rooms: &[RoomCard], as_json: bool) -> anyhow::Result<ExitCode> {
    let text = if as_json {
        json_lines(rooms)
    } else if rooms.is_empty() {
        strings::gallery::empty(server)
    } else {
        table::of(rooms)
    };
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
            Err(cause).context("cannot write to standard output")
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// The rooms for programs, an object on each line.
fn json_lines(rooms: &[RoomCard]) -> String {
    let mut lines = String::new();
    for room in rooms {
        match serde_json::to_string(room) {
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

    #[test]
    fn a_room_is_an_object_on_a_line() {
        let expected = concat!(
            r#"{"id":"movie-night","title":"Кино по пятницам","viewers":5,"#,
            r#""playing":{"kind":"YouTube","title":"Night of the Living Dead","#,
            r#""position":2530.0,"duration":5720.0,"rate":1.0,"paused":false,"live":false},"#,
            r#""since":1700000000.0}"#,
            "\n",
            r#"{"id":"quiet","title":null,"viewers":1,"playing":null,"since":1700000000.0}"#,
            "\n",
        );
        assert_eq!(json_lines(&[watching(), quiet()]), expected);
    }
}
