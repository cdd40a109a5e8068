//! `watchtogether doctor`: gathers facts of this computer, one file a family, and prints what
//! [`crate::doctor`] makes of them.

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;
use std::time::Instant;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;

use super::args::{DoctorArgs, JoinArgs, JoinOptions};
use super::colours::{self, Paint};
use super::config::{ConfigError, JoinConfig, PlayerMode, Sources};
use super::{USAGE, complain, complain_of_error, config, join, runtime};
use crate::client::json_text;
use crate::doctor::network::NetworkFinding;
use crate::doctor::player::findings as player_findings;
use crate::doctor::system::System;
use crate::doctor::{Finding, Verdict, can_watch, terminal};
use crate::player::{self, PlayerConfig};
use crate::protocol::ids::RoomId;
use crate::protocol::invite::RoomTarget;
use crate::protocol::text::visible;
use crate::strings::doctor as words;
use crate::texts::language::Language;
use crate::texts::tr;
use crate::ui::text::wrap;

mod network;
mod output;
mod place;
mod screen;
mod server;

/// The most characters of a line: a path may be this long (judgement).
const LONGEST: usize = 8_000;

/// The fewest columns that sentences are wrapped to (judgement: two words and the verdict).
const NARROWEST: usize = 24;

/// What `doctor` is asked for.
#[derive(Debug)]
pub struct Visit {
    /// The settings of `join`: its player and its server.
    join: JoinConfig,
    json: bool,
    /// For how many seconds a quiet connection to the server is kept open.
    quiet: Option<u64>,
}

impl Visit {
    /// The settings of a command line; what it leaves open, those of `join` decide.
    ///
    /// # Errors
    /// [`ConfigError`] if the settings of `join` are invalid.
    pub fn of(sources: &Sources, args: DoctorArgs) -> Result<Self, ConfigError> {
        let options = JoinOptions {
            server: args.server,
            ca_file: args.ca_file,
            ..JoinOptions::default()
        };
        let join = sources.join(JoinArgs {
            room: RoomTarget::Room(RoomId::suggested(), None).into(),
            theme: None,
            options,
        })?;
        Ok(Self {
            join,
            json: args.json,
            quiet: args.long,
        })
    }
}

/// Runs the checks and prints what they found. Exits with 0 only if a film can be watched.
///
/// # Errors
/// If standard output cannot be written.
pub fn run(visit: &Visit, language: Language) -> anyhow::Result<ExitCode> {
    let config = &visit.join;
    let trust = match config::trust(config.options.ca_file.as_deref()) {
        Ok(trust) => trust,
        Err(error) => {
            complain_of_error(language, error.words(language));
            return Ok(ExitCode::from(USAGE));
        }
    };
    let player_config = match join::player(language, config, &trust) {
        Ok(player) => player.unwrap_or_else(|| PlayerConfig::new(Instant::now())),
        Err(error) => {
            complain_of_error(language, error);
            return Ok(ExitCode::from(USAGE));
        }
    };
    let system = player::system();
    let audio_only = config.output() == PlayerMode::AudioOnly;
    let mut findings =
        runtime::with_threads(2, language)?.block_on(of_programs(&player_config, audio_only));
    let facts = screen::facts();
    let of_terminal = terminal::findings(&facts);
    findings.extend(of_terminal.into_iter().map(Finding::Terminal));
    let of_places = place::findings(&player_config.runtime_dir);
    findings.extend(of_places.into_iter().map(Finding::Place));
    let server = config.server.as_ref();
    let of_network = network::findings(server, &trust, language);
    let answers = |finding: &_| matches!(finding, NetworkFinding::ServerAnswers { .. });
    let answering = server.filter(|_| of_network.iter().any(answers));
    findings.extend(of_network.into_iter().map(Finding::Network));
    if let Some(server) = answering {
        let waits = visit
            .quiet
            .filter(|_| !visit.json && io::stderr().is_terminal());
        if let Some(seconds) = waits {
            complain(tr!(language, "doctor-keeps-quiet", seconds = seconds));
        }
        let of_server = server::of(server, &trust, visit.quiet, language);
        let named = |finding| Finding::Server(server.as_str().to_owned(), finding);
        findings.extend(of_server.into_iter().map(named));
    }
    let text = if visit.json {
        json_lines(&findings, &system, language)
    } else {
        let columns = columns();
        let has_colour = colours::on_output();
        lines(&findings, &system, language, columns, has_colour)
    };
    super::output::print(language, &text)?;
    Ok(if can_watch(&findings) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What mpv, yt-dlp and the JavaScript runtimes come to.
async fn of_programs(config: &PlayerConfig, audio_only: bool) -> Vec<Finding> {
    let today = TimeZone::UTC.to_datetime(Timestamp::now()).date();
    let (facts, of_youtube) = tokio::join!(
        output::facts(config, audio_only),
        player::youtube_findings(config, today)
    );
    let mut findings: Vec<Finding> = player_findings(&facts)
        .into_iter()
        .map(Finding::Player)
        .collect();
    findings.extend(of_youtube);
    findings
}

/// The findings for people: a verdict, a sentence, and below it what to type. In a terminal of so
/// many `columns` sentences go on under themselves; a command stays whole, so that it can be copied.
fn lines(
    findings: &[Finding],
    system: &System,
    language: Language,
    columns: Option<usize>,
    has_colour: bool,
) -> String {
    let verdicts = [Verdict::Ok, Verdict::Warning, Verdict::Failure];
    let width = verdicts.map(|verdict| words::verdict(language, verdict).chars().count());
    let width = width.into_iter().max().unwrap_or_default();
    let wrapped = |text: &str, indent: usize| match columns {
        Some(columns) => wrap(text, columns.saturating_sub(indent)),
        None => vec![text.to_owned()],
    };
    let mut lines = Vec::new();
    for finding in findings {
        let verdict = finding.verdict();
        let word = format!("{:width$}", words::verdict(language, verdict));
        let mut begin = paint(verdict).on(&word, has_colour);
        let sentence = visible(&words::finding(language, finding), LONGEST);
        for row in wrapped(&sentence, width + 2) {
            lines.push(format!("{begin}  {row}"));
            begin = " ".repeat(width);
        }
        if let Some(remedy) = finding.remedy(system) {
            let remedies = remedy.lines().map(|remedy| visible(remedy, LONGEST));
            lines.extend(remedies.map(|remedy| format!("{:width$}  → {remedy}", "")));
        }
    }
    lines.push(String::new());
    lines.extend(wrapped(&words::summary(language, can_watch(findings)), 0));
    lines.join("\n") + "\n"
}

/// The columns of the terminal that is written to, if it is one.
fn columns() -> Option<usize> {
    let is_terminal = io::stdout().is_terminal();
    let size = is_terminal.then(crossterm::terminal::size)?.ok()?;
    Some(usize::from(size.0).max(NARROWEST))
}

const fn paint(verdict: Verdict) -> Paint {
    match verdict {
        Verdict::Ok => Paint::Good,
        Verdict::Warning => Paint::Warning,
        Verdict::Failure => Paint::Failure,
    }
}

/// What a check found, as `doctor --json` prints it.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct FindingLine<'a> {
    /// Which check: the names stay the same between releases, and new ones may come.
    check: &'a str,
    /// How much it matters.
    verdict: Verdict,
    /// What was found, in a sentence or two.
    text: String,
    /// What mends it: a command, an address with instructions, or a line for the settings of a
    /// proxy. Where there are several, each is on its own line. `None` where nothing needs mending, or
    /// where no command mends it: the text then says what to do.
    remedy: Option<String>,
}

/// The findings as JSON, one object a line.
fn json_lines(findings: &[Finding], system: &System, language: Language) -> String {
    let lines = findings.iter().filter_map(|finding| {
        let line = FindingLine {
            check: finding.check(),
            verdict: finding.verdict(),
            text: words::finding(language, finding),
            remedy: finding.remedy(system),
        };
        json_text::line(&line)
            .inspect_err(|cause| tracing::error!("a finding could not be written: {cause}"))
            .ok()
    });
    lines.map(|line| line + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::doctor::Finding;
    use crate::doctor::network::NetworkFinding;
    use crate::doctor::player::PlayerFinding;
    use crate::doctor::system::System;
    use crate::sync::player::Unusable;
    use crate::texts::language::Language;

    #[test]
    fn in_a_narrow_terminal_sentences_go_on_under_themselves_and_commands_stay_whole() {
        let findings = [
            Finding::Network(NetworkFinding::Direct),
            Finding::Player(PlayerFinding::Unusable(Unusable::Missing {
                binary: "mpv".to_owned(),
            })),
        ];
        let system = System::default();
        let text = lines(&findings, &system, Language::English, Some(40), false);
        let begins =
            "ok       No proxy is set; connections\n         are direct.\nfailure  Can't find";
        assert!(text.starts_with(begins), "{text}");
        assert!(
            text.contains("         → https://mpv.io/installation/\n"),
            "{text}"
        );
        for row in text.lines().filter(|row| !row.contains('→')) {
            assert!(row.chars().count() <= 40, "{row}");
        }
    }
}
