//! `watchtogether status`: a room in one line, for a status bar or a script. A public or unlisted
//! room is asked about like the gallery; a private one by an errand that does nothing.

use std::process::ExitCode;

use super::args::StatusArgs;
use super::colours::{self, Paint};
use super::config::{ConfigError, Sources};
use super::errand::{self, ErrandConfig, NO_SERVER, Place};
use super::join::REFUSED;
use super::{USAGE, complain_of_error, runtime};
use crate::app::event::RoomsFault;
use crate::app::output::Why;
use crate::client::errand::Errand;
use crate::client::json::errand as json;
use crate::client::{json_text, rooms};
use crate::protocol::denied::Refused;
use crate::room::listing;
use crate::strings;
use crate::strings::errand as words;
use crate::texts::language::Language;
use crate::texts::tr;
use crate::wire::pages::RoomCard;

use format::Format;

mod format;

/// What `status` is asked for.
#[derive(Debug)]
pub struct Status {
    errand: ErrandConfig,
    format: Option<String>,
}

impl Status {
    /// The settings of a command line; what it leaves open, those of `join` decide.
    ///
    /// # Errors
    /// [`ConfigError`] if the settings of `join` are invalid.
    pub fn of(sources: &Sources, args: StatusArgs) -> Result<Self, ConfigError> {
        let StatusArgs {
            room,
            format,
            options,
        } = args;
        let json = options.json;
        let join = sources.join(options.join(room))?;
        let errand = ErrandConfig { join, json };
        Ok(Self { errand, format })
    }
}

/// Runs the subcommand to its end.
///
/// # Errors
/// If standard output cannot be written, or the system gives no threads.
pub fn run(status: &Status, language: Language) -> anyhow::Result<ExitCode> {
    let format = match status.format.as_deref().map(Format::parse).transpose() {
        Ok(format) => format,
        Err(unknown) => {
            let known = Format::names();
            let error = tr!(
                language,
                "status-no-placeholder",
                name = unknown.0,
                known = known
            );
            complain_of_error(language, error);
            return Ok(ExitCode::from(USAGE));
        }
    };
    let runtime = runtime::with_threads(1, language)?;
    let card = match runtime.block_on(card(&status.errand, language))? {
        Ok(card) => card,
        Err(code) => return Ok(ExitCode::from(code)),
    };
    let line = if status.errand.json {
        json_text::line(&card)?
    } else {
        format.map_or_else(
            || painted(&words::status(language, &card), colours::on_output()),
            |format| format.filled(language, &card),
        )
    };
    errand::print(language, &line)?;
    Ok(ExitCode::SUCCESS)
}

/// The line with its sign in a colour; a room without media has none.
fn painted(line: &str, has_colour: bool) -> String {
    let paint = match line.chars().next() {
        Some('▶') => Paint::Good,
        Some('⏸' | '◷') => Paint::Warning,
        _ => return line.to_owned(),
    };
    match line.split_once(' ') {
        Some((sign, rest)) => format!("{} {rest}", paint.on(sign, has_colour)),
        None => line.to_owned(),
    }
}

/// The card of the room; or the exit code, after the error was told.
async fn card(config: &ErrandConfig, language: Language) -> anyhow::Result<Result<RoomCard, u8>> {
    let place = match errand::place(&config.join, config.json, language).await? {
        Ok(place) => place,
        Err(code) => return Ok(Err(code)),
    };
    let (server, room, trust) = (
        place.server.clone(),
        config.join.room.clone(),
        place.trust.clone(),
    );
    let asked = tokio::task::spawn_blocking(move || {
        rooms::asking_again(
            || rooms::ask_about(&server, &room, &trust),
            |why| errand::trying_again(language, why),
        )
    });
    match asked.await? {
        Ok(Some(card)) => Ok(Ok(card)),
        Ok(None) => of_private(config, place, language).await,
        Err(fault) => {
            let words = unreachable(language, place.server.as_str(), &fault);
            errand::fail(language, config.json, NO_SERVER, words).map(Err)
        }
    }
}

/// The card of a room that is not shown to everybody: for somebody who may enter it.
async fn of_private(
    config: &ErrandConfig,
    place: Place,
    language: Language,
) -> anyhow::Result<Result<RoomCard, u8>> {
    let errand = match errand::of(&config.join, place, language) {
        // Who only reads says nothing under any name.
        Ok(errand) => Errand {
            only_by_name: false,
            ..errand
        },
        Err(error) => {
            complain_of_error(language, error);
            return Ok(Err(USAGE));
        }
    };
    if !errand.may_enter() {
        let room = config.join.room.as_str();
        let words = tr!(language, "status-no-room", room = room);
        if config.json {
            let why = Why::Refused(Refused::NoSuchRoom);
            errand::print(language, &json::refused(&why, words))?;
        } else {
            complain_of_error(language, words);
        }
        return Ok(Err(REFUSED));
    }
    let found = async {
        let open = errand.open(|why| errand::trying_again(language, why));
        let mut open = open.await?;
        let now = open.room_time().await?;
        let card = listing::card(open.room(), now);
        open.close().await;
        Ok(card)
    };
    match found.await {
        Ok(card) => Ok(Ok(card)),
        Err(fault) => {
            errand::tell(language, config, &fault)?;
            Ok(Err(errand::code(&fault)))
        }
    }
}

fn unreachable(language: Language, server: &str, fault: &RoomsFault) -> String {
    match fault {
        RoomsFault::Insecure(fault) => strings::start::insecure(language, server, fault),
        RoomsFault::Unreachable(error) => strings::start::unreachable(language, server, error),
        RoomsFault::NotAServer => strings::start::no_server_of_ours(language, server),
    }
}
