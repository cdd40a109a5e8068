//! `watchtogether conformance`: plays [`crate::conformance`]'s scenarios against a server, and
//! prints a verdict of each as it is reached.

use std::process::ExitCode;

use serde::Serialize;

use super::args::{ConformanceArgs, JoinOptions};
use super::colours::{self, Paint};
use super::config::{self, ConfigError, Sources};
use super::join::UNREACHABLE;
use super::{complain_of_error, output, runtime};
use crate::app::output::Why;
use crate::client::{json_text, open_socket};
use crate::conformance::scenarios::{self, Scenario};
use crate::conformance::{self, Came, Fault, Opener, Skip, Socket, Target, Verdict};
use crate::protocol::invite::ServerUrl;
use crate::protocol::secret::Password;
use crate::protocol::text::visible;
use crate::strings::client as words;
use crate::texts::catalogue::looked_up;
use crate::texts::language::Language;
use crate::texts::tr;
use crate::trust::Trust;

/// The most characters of a line: an expected event and the frame in its place (judgement).
const LONGEST: usize = 2_000;

/// What `conformance` is asked for.
#[derive(Debug)]
pub struct Trial {
    server: ServerUrl,
    trust: Trust,
    create_key: Option<Password>,
    scenarios: Vec<Scenario>,
    json: bool,
}

impl Trial {
    /// The trial of a command line; what it leaves open, the settings of `join` decide.
    ///
    /// # Errors
    /// [`ConfigError`] if the server is the name of none, or a file cannot be read.
    pub fn of(sources: &Sources, args: ConformanceArgs) -> Result<Self, ConfigError> {
        let flags = JoinOptions {
            ca_file: args.ca_file,
            create_password_file: args.create_password_file,
            ..JoinOptions::default()
        };
        let (server, options) = sources.at_server(&args.server, &flags)?;
        let key = options.create_password_file.as_deref();
        let is_wanted =
            |one: &&Scenario| args.only.is_empty() || args.only.iter().any(|name| name == one.name);
        Ok(Self {
            server,
            trust: config::trust(options.ca_file.as_deref())?,
            create_key: key.map(config::password_in).transpose()?,
            scenarios: scenarios::ALL.iter().filter(is_wanted).copied().collect(),
            json: args.json,
        })
    }
}

/// A verdict for scripts.
#[derive(Debug, Serialize)]
struct Line<'a> {
    scenario: &'a str,
    verdict: &'static str,
    /// What the scenario is about, for people.
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    came: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// Plays the scenarios. Exits with 0 only if all have passed, and as `join` does if nobody answers.
///
/// # Errors
/// If standard output cannot be written.
pub fn run(trial: Trial, language: Language) -> anyhow::Result<ExitCode> {
    let Trial {
        server,
        trust,
        create_key,
        scenarios,
        json,
    } = trial;
    let name = server.to_string();
    let target = Target {
        open: opener(server, trust, language),
        create_key: create_key.map(|key| key.reveal().to_owned()),
    };
    let mut printer = Printer {
        language,
        json,
        has_colour: colours::on_output(),
        counts: [0; 3],
        written: Ok(()),
    };
    let runtime = runtime::on_this_thread(language)?;
    let played = conformance::play(target, &scenarios, |scenario, verdict| {
        printer.print(scenario, verdict);
    });
    let all_passed = match runtime.block_on(played) {
        Ok(all_passed) => all_passed,
        Err(fault) => {
            printer.written?;
            complain_of_error(language, fault_words(language, &name, fault));
            return Ok(ExitCode::from(UNREACHABLE));
        }
    };
    printer.end()?;
    Ok(if all_passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Opens connections as `join` does, and words why there is none as `join` does.
fn opener(server: ServerUrl, trust: Trust, language: Language) -> Opener {
    Box::new(move || {
        let (server, trust) = (server.clone(), trust.clone());
        Box::pin(async move {
            match open_socket(&server, &trust).await {
                Ok(socket) => Ok(Box::new(socket) as Socket),
                Err(cause) => Err(words::why(language, &Why::Unreachable(cause))),
            }
        })
    })
}

fn fault_words(language: Language, server: &str, fault: Fault) -> String {
    match fault {
        Fault::Unreachable(why) => {
            tr!(
                language,
                "conformance-unreachable",
                server = server,
                why = why
            )
        }
        Fault::Silent => tr!(language, "conformance-silent", server = server),
    }
}

/// Prints verdicts, and counts them.
struct Printer {
    language: Language,
    json: bool,
    has_colour: bool,
    /// How many passed, failed and were skipped.
    counts: [usize; 3],
    /// Whether standard output took everything.
    written: anyhow::Result<()>,
}

impl Printer {
    fn print(&mut self, scenario: &Scenario, verdict: &Verdict) {
        let place = match verdict {
            Verdict::Pass => 0,
            Verdict::Fail { .. } => 1,
            Verdict::Skipped(_) => 2,
        };
        if let Some(count) = self.counts.get_mut(place) {
            *count += 1;
        }
        let text = if self.json {
            json_line(self.language, scenario, verdict)
        } else {
            lines(self.language, scenario, verdict, self.has_colour)
        };
        self.write(&text);
    }

    /// The summary, for people only.
    fn end(mut self) -> anyhow::Result<()> {
        if !self.json {
            let [passed, failed, skipped] = self.counts;
            let summary = tr!(
                self.language,
                "conformance-summary",
                passed = passed,
                failed = failed,
                skipped = skipped
            );
            self.write(&format!("\n{summary}\n"));
        }
        self.written
    }

    fn write(&mut self, text: &str) {
        if self.written.is_ok() {
            self.written = output::print(self.language, text);
        }
    }
}

/// A verdict for people: a word, what it is about, and below a failure what was expected and came.
fn lines(language: Language, scenario: &Scenario, verdict: &Verdict, has_colour: bool) -> String {
    let width = [
        word(language, &Verdict::Pass),
        tr!(language, "conformance-fail"),
        tr!(language, "conformance-skipped"),
    ];
    let width = width.iter().map(|word| word.chars().count()).max();
    let width = width.unwrap_or_default();
    let paint = match verdict {
        Verdict::Pass => Paint::Good,
        Verdict::Fail { .. } => Paint::Failure,
        Verdict::Skipped(_) => Paint::Warning,
    };
    let word = format!("{:width$}", word(language, verdict));
    let word = paint.on(&word, has_colour);
    let mut lines = format!("{word}  {}: {}\n", scenario.name, about(language, scenario));
    let more = match verdict {
        Verdict::Pass => Vec::new(),
        Verdict::Fail { expected, came } => vec![
            tr!(language, "conformance-expected", frame = expected.as_str()),
            tr!(
                language,
                "conformance-came",
                frame = came_words(language, came)
            ),
        ],
        Verdict::Skipped(why) => vec![skip_words(language, why)],
    };
    for line in more {
        let line = visible(&line, LONGEST);
        lines += &" ".repeat(width + 4);
        lines += &line;
        lines.push('\n');
    }
    lines
}

fn json_line(language: Language, scenario: &Scenario, verdict: &Verdict) -> String {
    let mut line = Line {
        scenario: scenario.name,
        verdict: "pass",
        text: about(language, scenario),
        expected: None,
        came: None,
        why: None,
    };
    match verdict {
        Verdict::Pass => {}
        Verdict::Fail { expected, came } => {
            line.verdict = "fail";
            line.expected = Some(expected);
            line.came = Some(came_words(language, came));
        }
        Verdict::Skipped(why) => {
            line.verdict = "skipped";
            line.why = Some(skip_words(language, why));
        }
    }
    match json_text::line(&line) {
        Ok(line) => line + "\n",
        Err(cause) => {
            tracing::error!("a verdict could not be written: {cause}");
            String::new()
        }
    }
}

fn word(language: Language, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Pass => tr!(language, "conformance-pass"),
        Verdict::Fail { .. } => tr!(language, "conformance-fail"),
        Verdict::Skipped(_) => tr!(language, "conformance-skipped"),
    }
}

/// What a scenario is about, in a sentence.
pub(super) fn about(language: Language, scenario: &Scenario) -> String {
    looked_up(language, &format!("scenario-{}", scenario.name)).unwrap_or_default()
}

fn came_words(language: Language, came: &Came) -> String {
    match came {
        Came::Frame(frame) => frame.clone(),
        Came::Nothing { waited, last } => {
            let seconds = waited.as_secs();
            match last {
                Some(last) => tr!(
                    language,
                    "conformance-nothing-after",
                    seconds = seconds,
                    frame = last.as_str()
                ),
                None => tr!(language, "conformance-nothing", seconds = seconds),
            }
        }
        Came::Closed { code: None, .. } => tr!(language, "conformance-broken"),
        Came::Closed {
            code: Some(code),
            reason,
        } => tr!(
            language,
            "conformance-closed",
            code = code.to_string(),
            reason = reason.as_str()
        ),
        Came::Unreachable(why) => tr!(language, "conformance-no-connection", why = why.as_str()),
    }
}

fn skip_words(language: Language, why: &Skip) -> String {
    match why {
        Skip::Limit(code) => tr!(language, "conformance-limit", code = code.as_str()),
        Skip::NoLimit => tr!(language, "conformance-no-limit"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::about;
    use crate::conformance::scenarios;
    use crate::texts::language::Language;

    #[test]
    fn each_scenario_has_a_name_of_its_own_and_says_what_it_is_about() {
        let names: BTreeSet<&str> = scenarios::ALL.iter().map(|one| one.name).collect();
        assert_eq!(names.len(), scenarios::ALL.len());
        for language in [Language::English, Language::Russian] {
            for scenario in scenarios::ALL {
                assert!(!about(language, scenario).is_empty(), "{scenario:?}");
            }
        }
        let english = include_str!("../../i18n/en/watchtogether.ftl");
        let worded = english.lines().filter(|line| line.starts_with("scenario-"));
        assert_eq!(worded.count(), scenarios::ALL.len());
    }
}
