//! What `say`, `add` and `status` share: finding the server, who runs the errand, its answers, and
//! the exit codes.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use anyhow::Context;

use super::config::{self, JoinConfig};
use super::join::{self, REFUSED, UNREACHABLE};
use super::{USAGE, complain, complain_of_error, folders, local, not_started, output, runtime};
use crate::app::event::Disconnect;
use crate::app::output::{ArrivalNotice, Notice, Queued, Why};
use crate::client;
use crate::client::errand::done::Done;
use crate::client::errand::fault::ErrandFault;
use crate::client::errand::{Errand, OpenErrand};
use crate::client::json::errand as json;
use crate::protocol::command::Command;
use crate::protocol::denied::Refused;
use crate::protocol::invite::ServerUrl;
use crate::protocol::text::clean;
use crate::strings;
use crate::strings::client as words;
use crate::texts::language::Language;
use crate::texts::quotes::quoted;
use crate::texts::tr;
use crate::trust::Trust;

/// The exit code if the room took not all of what it was given.
const DENIED: u8 = 6;

/// The code in JSON if there is no server: that of a client which cannot reach it.
pub(super) const NO_SERVER: &str = "unreachable";

/// The most characters of a line that an error repeats (judgement: enough to find it by, and the error
/// fits a line or two).
const REPEATED: usize = 60;

/// The settings of an errand.
#[derive(Debug)]
pub struct ErrandConfig {
    /// Those of `join` for the room.
    pub(super) join: JoinConfig,
    /// Whether the answers are JSON.
    pub(super) json: bool,
}

/// Where an errand goes.
pub(super) struct Place {
    /// The server.
    pub(super) server: ServerUrl,
    /// Which certificates are accepted.
    pub(super) trust: Trust,
}

/// What a line of an errand asks for, or why it makes no sense.
pub(super) type Asked = Result<Command, Why>;

/// What a line of an errand became, in words; `None` if there is nothing to say.
pub(super) type Worded = fn(Language, &Command, Option<Queued>) -> Option<String>;

/// The lines of an errand.
pub(super) struct Lines {
    /// The lines given as arguments; none means those of standard input.
    pub(super) given: Vec<String>,
    /// What a line asks for.
    pub(super) read: fn(&str) -> Asked,
    /// The words for a line that was carried out.
    pub(super) done: Worded,
    /// The error if there is neither an argument nor a pipe.
    pub(super) missing: String,
}

/// Runs an errand to its end: its lines one after the other.
///
/// # Errors
/// If standard output cannot be written, or the system gives no threads.
pub(super) fn run(
    config: &ErrandConfig,
    lines: Lines,
    language: Language,
) -> anyhow::Result<ExitCode> {
    if lines.given.is_empty() && io::stdin().is_terminal() {
        complain_of_error(language, &lines.missing);
        return Ok(ExitCode::from(USAGE));
    }
    let runtime = runtime::with_threads(1, language)?;
    let code = runtime.block_on(errand(config, lines, language));
    // A read of standard input cannot be cancelled.
    runtime.shutdown_background();
    code.map(ExitCode::from)
}

async fn errand(config: &ErrandConfig, lines: Lines, language: Language) -> anyhow::Result<u8> {
    let mut answers = Answers {
        language,
        config,
        line: 0,
        code: 0,
    };
    let place = match place(&config.join, config.json, language).await? {
        Ok(place) => place,
        Err(code) => return Ok(code),
    };
    let errand = match of(&config.join, place, language) {
        Ok(errand) => errand,
        Err(error) => {
            complain_of_error(language, error);
            return Ok(USAGE);
        }
    };
    let mut open = match errand.open(|why| trying_again(language, why)).await {
        Ok(open) => open,
        Err(fault) => {
            answers.ended(&fault)?;
            return Ok(answers.code);
        }
    };
    let ended = if lines.given.is_empty() {
        from_stdin(&mut open, &lines, &mut answers).await?
    } else {
        let mut ended = None;
        for line in &lines.given {
            ended = answers.give(&mut open, line, &lines).await?;
            if ended.is_some() {
                break;
            }
        }
        ended
    };
    match ended {
        Some(fault) => answers.ended(&fault)?,
        None => open.close().await,
    }
    Ok(answers.code)
}

/// Gives each line of standard input. Returns why the errand ended before its input did.
async fn from_stdin(
    open: &mut OpenErrand,
    lines: &Lines,
    answers: &mut Answers<'_>,
) -> anyhow::Result<Option<ErrandFault>> {
    let language = answers.language;
    let mut input = client::stdin_lines().with_context(|| not_started(language))?;
    loop {
        let line = tokio::select! {
            line = input.recv() => line,
            fault = open.idle() => return Ok(Some(fault)),
        };
        let Some(line) = line else {
            return Ok(None);
        };
        if line.trim().is_empty() {
            continue;
        }
        let ended = answers.give(open, &line, lines).await?;
        if ended.is_some() {
            return Ok(ended);
        }
    }
}

/// The server of an errand and whom to trust; or the exit code, after the error was told, as JSON if
/// that is asked for.
pub(super) async fn place(
    config: &JoinConfig,
    json: bool,
    language: Language,
) -> anyhow::Result<Result<Place, u8>> {
    let trust = match config::trust(config.options.ca_file.as_deref()) {
        Ok(trust) => trust,
        Err(error) => {
            complain_of_error(language, error.words(language));
            return Ok(Err(USAGE));
        }
    };
    let server = match &config.server {
        Some(server) => Some(server.clone()),
        None => local::find().await?,
    };
    let Some(server) = server else {
        let words = strings::start::no_local_server(language);
        return fail(language, json, NO_SERVER, words).map(Err);
    };
    if let Some(written) = config.written.clone() {
        let room = config.room.clone();
        let notice = Notice::Arrival(ArrivalNotice::RoomNameMended { written, room });
        complain(words::notice(language, &notice));
    }
    Ok(Ok(Place { server, trust }))
}

/// The errand of these settings.
///
/// # Errors
/// The text that says why the name is not a valid one.
pub(super) fn of(config: &JoinConfig, place: Place, language: Language) -> Result<Errand, String> {
    let name = join::own_name(language, config)?.name;
    Ok(Errand {
        server: place.server.to_string(),
        room: config.room.clone(),
        name,
        only_by_name: config.name_is_flag,
        password: config.password.clone(),
        invite: config.invite.clone(),
        state: folders::state(),
        trust: place.trust,
    })
}

/// The answers that an errand prints, and the exit code that they add up to.
struct Answers<'a> {
    language: Language,
    config: &'a ErrandConfig,
    /// The number of the last line.
    line: u64,
    code: u8,
}

impl Answers<'_> {
    /// Gives a line to the room and prints the answer. Returns the fault that ended the errand.
    async fn give(
        &mut self,
        open: &mut OpenErrand,
        line: &str,
        lines: &Lines,
    ) -> anyhow::Result<Option<ErrandFault>> {
        self.line += 1;
        let command = match (lines.read)(line) {
            Ok(command) => command,
            Err(why) => {
                self.not_done(line, &why)?;
                return Ok(None);
            }
        };
        match open.give(&command).await {
            Ok(done) => self.done(&command, open, &done, lines.done)?,
            Err(ErrandFault::Denied(why)) => self.not_done(line, &why)?,
            Err(fault) => return Ok(Some(fault)),
        }
        Ok(None)
    }

    fn done(
        &self,
        command: &Command,
        open: &OpenErrand,
        done: &Done,
        worded: Worded,
    ) -> anyhow::Result<()> {
        let queued = done.queued(open.you(), command);
        if self.config.json {
            return self.print(&json::ok(self.line, done.rev, queued));
        }
        match worded(self.language, command, queued) {
            Some(words) => self.print(&words),
            None => Ok(()),
        }
    }

    fn not_done(&mut self, line: &str, why: &Why) -> anyhow::Result<()> {
        self.code = DENIED;
        if self.config.json {
            return self.print(&json::not_done(self.language, self.line, why));
        }
        complain_of_error(self.language, complaint(self.language, line, why));
        Ok(())
    }

    /// The errand ended before its lines did.
    fn ended(&mut self, fault: &ErrandFault) -> anyhow::Result<()> {
        self.code = code(fault);
        tell(self.language, self.config, fault)
    }

    fn print(&self, line: &str) -> anyhow::Result<()> {
        print(self.language, line)
    }
}

/// What an error says of a line: the reason, then the beginning of the line, unless the reason has
/// it already.
fn complaint(language: Language, line: &str, why: &Why) -> String {
    let why = words::why(language, why);
    let line = line.trim();
    let mut begin = clean(line, REPEATED);
    if begin.is_empty() || why.contains(&begin) {
        return why;
    }
    if line.chars().count() > REPEATED {
        begin.push('…');
    }
    format!("{why} ({})", quoted(language, &begin))
}

/// The exit code of a fault.
pub(super) const fn code(fault: &ErrandFault) -> u8 {
    match fault {
        ErrandFault::Denied(_) => DENIED,
        ErrandFault::Refused(_) => REFUSED,
        ErrandFault::Unreachable(_) | ErrandFault::Unanswered(_) => UNREACHABLE,
    }
}

/// Tells why an errand ended, or did not begin.
pub(super) fn tell(
    language: Language,
    config: &ErrandConfig,
    fault: &ErrandFault,
) -> anyhow::Result<()> {
    let text = match fault.why() {
        Why::Refused(Refused::NoSuchRoom) => {
            let room = &config.join.room;
            match &config.join.server {
                Some(server) => {
                    let link = server.invite(room).to_string();
                    tr!(
                        language,
                        "errand-no-room-there",
                        room = room.as_str(),
                        link = link
                    )
                }
                None => tr!(language, "errand-no-room", room = room.as_str()),
            }
        }
        why => words::why(language, why),
    };
    if config.json {
        return print(language, &json::refused(fault.why(), text));
    }
    if matches!(fault, ErrandFault::Unanswered(_)) {
        complain_of_error(language, tr!(language, "errand-unanswered", why = text));
    } else {
        complain_of_error(language, text);
    }
    Ok(())
}

/// Says in a line that the server is asked again, and why.
pub(super) fn trying_again(language: Language, why: &Disconnect) {
    let why = words::disconnect(language, &why.before_another_attempt());
    complain(tr!(language, "errand-trying-again", why = why));
}

/// Tells that there is no server, or none of ours: as JSON with this code if that is asked for.
pub(super) fn fail(
    language: Language,
    json: bool,
    code: &str,
    words: String,
) -> anyhow::Result<u8> {
    if json {
        print(language, &json::failed(code, words))?;
    } else {
        complain_of_error(language, words);
    }
    Ok(UNREACHABLE)
}

/// Prints a line. If its reader has gone, what was asked for is done all the same.
pub(super) fn print(language: Language, line: &str) -> anyhow::Result<()> {
    output::print(language, &format!("{line}\n"))
}

#[cfg(test)]
mod tests {
    use super::complaint;
    use crate::app::output::{UsageError, Why};
    use crate::media::Media;
    use crate::texts::language::Language::English;

    #[test]
    fn an_error_begins_with_its_reason_and_repeats_little_of_the_line() {
        let empty = complaint(English, " ", &Why::Usage(UsageError::Empty));
        assert!(!empty.starts_with(':') && !empty.contains('“'), "{empty}");
        let link = Why::Media(Media::parse("nonsense").expect_err("no link"));
        let reason = complaint(English, "", &link);
        let short = complaint(English, "some words", &link);
        assert_eq!(short, format!("{reason} (“some words”)"));
        let long = complaint(English, &"word ".repeat(300), &link);
        assert!(long.starts_with(&reason), "{long}");
        assert!(long.chars().count() < reason.chars().count() + 70, "{long}");
    }
}
