//! `watchtogether doctor`: gathers facts of this computer, one file a family, and prints what
//! [`crate::doctor`] makes of them.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::args::{DoctorArgs, JoinArgs, JoinOptions};
use super::colours::{self, Paint};
use super::config::{ConfigError, JoinConfig, PlayerMode, Sources};
use super::{USAGE, complain_of_error, config, is_reader_gone, join, not_started, unwritten};
use crate::client::json_text;
use crate::doctor::system::System;
use crate::doctor::{Finding, Verdict, can_watch, player, resolver, runtime, terminal};
use crate::player::PlayerConfig;
use crate::protocol::ids::RoomId;
use crate::protocol::invite::RoomTarget;
use crate::protocol::text::visible;
use crate::strings::doctor as words;
use crate::texts::language::Language;

mod network;
mod output;
mod place;
mod programs;
mod screen;

/// The most characters of a line: a path may be this long (judgement).
const LONGEST: usize = 8_000;

/// What `doctor` is asked for.
#[derive(Debug)]
pub struct Visit {
    /// The settings of `join`: its player and its server.
    join: JoinConfig,
    json: bool,
}

impl Visit {
    /// The settings of a command line; what it leaves open, those of `join` decide.
    ///
    /// # Errors
    /// [`ConfigError`] if the settings of `join` are invalid.
    pub fn of(sources: &Sources, args: DoctorArgs) -> Result<Self, ConfigError> {
        let options = JoinOptions {
            server: args.server,
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
    let player = match join::player(language, config, &trust) {
        Ok(player) => player.unwrap_or_else(|| PlayerConfig::new(Instant::now())),
        Err(error) => {
            complain_of_error(language, error);
            return Ok(ExitCode::from(USAGE));
        }
    };
    let system = programs::system();
    let audio_only = config.output() == PlayerMode::AudioOnly;
    let mut findings = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .with_context(|| not_started(language))?
        .block_on(of_programs(&player, audio_only));
    let facts = screen::facts();
    let of_terminal = terminal::findings(&facts)
        .into_iter()
        .map(Finding::Terminal);
    findings.extend(of_terminal);
    findings.extend(
        place::findings(&player.runtime_dir)
            .into_iter()
            .map(Finding::Place),
    );
    let server = config.server.as_ref();
    let of_network = network::findings(server, &trust, language);
    findings.extend(of_network.into_iter().map(Finding::Network));
    let text = if visit.json {
        json_lines(&findings, &system, language)
    } else {
        lines(&findings, &system, language)
    };
    let mut output = io::stdout().lock();
    let written = output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush());
    if let Err(cause) = written
        && !is_reader_gone(&cause)
    {
        return Err(cause).context(unwritten(language));
    }
    Ok(if can_watch(&findings) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What mpv, yt-dlp and the JavaScript runtimes come to.
async fn of_programs(config: &PlayerConfig, audio_only: bool) -> Vec<Finding> {
    let (player, resolver, runtimes) = tokio::join!(
        output::facts(config, audio_only),
        programs::resolver(config),
        crate::player::runtimes()
    );
    let today = TimeZone::UTC.to_datetime(Timestamp::now()).date();
    let of_resolver = resolver::finding(resolver.as_ref(), today);
    let has_resolver = of_resolver != resolver::ResolverFinding::Missing;
    let mut findings: Vec<Finding> = player::findings(&player)
        .into_iter()
        .map(Finding::Player)
        .collect();
    findings.push(Finding::Resolver(of_resolver));
    if has_resolver {
        findings.push(Finding::Runtime(runtime::finding(&runtimes)));
    }
    findings
}

/// The findings for people: a verdict, a sentence, and below it what to type.
fn lines(findings: &[Finding], system: &System, language: Language) -> String {
    let has_colour = colours::on_output();
    let verdicts = [Verdict::Ok, Verdict::Warning, Verdict::Failure];
    let width = verdicts.map(|verdict| words::verdict(language, verdict).chars().count());
    let width = width.into_iter().max().unwrap_or_default();
    let mut lines = Vec::new();
    for finding in findings {
        let verdict = finding.verdict();
        let word = format!("{:width$}", words::verdict(language, verdict));
        let sentence = visible(&words::finding(language, finding), LONGEST);
        let word = paint(verdict).on(&word, has_colour);
        lines.push(format!("{word}  {sentence}"));
        if let Some(remedy) = finding.remedy(system) {
            let remedy = visible(&remedy, LONGEST);
            lines.push(format!("{:width$}  → {remedy}", ""));
        }
    }
    lines.push(String::new());
    lines.push(words::summary(language, can_watch(findings)));
    lines.join("\n") + "\n"
}

const fn paint(verdict: Verdict) -> Paint {
    match verdict {
        Verdict::Ok => Paint::Good,
        Verdict::Warning => Paint::Warning,
        Verdict::Failure => Paint::Failure,
    }
}

/// A finding for scripts.
#[derive(Debug, Serialize)]
struct Line<'a> {
    check: &'a str,
    verdict: Verdict,
    text: String,
    /// What mends it: a command line, or an address with instructions.
    remedy: Option<String>,
}

/// The findings as JSON, one object a line.
fn json_lines(findings: &[Finding], system: &System, language: Language) -> String {
    let lines = findings.iter().filter_map(|finding| {
        let line = Line {
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
