//! `watchtogether config`: prints the settings in force and where each comes from, says where the
//! file is, or writes one.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use super::args::{ConfigArgs, ConfigCommand, GlobalArgs};
use super::config::{ConfigError, InForce, Kept, Origin, Sources};
use super::{folders, join, output};
use crate::client::{self, json_text};
use crate::protocol::text::visible;
use crate::texts::language::Language;
use crate::texts::tr;

mod new_file;

/// The column at which the origins begin, unless a value is longer (judgement: most values end before
/// it, and the lines fit 80 columns).
const ORIGINS: usize = 44;

/// The most characters of a line: a path may be this long (judgement).
const LONGEST: usize = 8_000;

/// What `config` is asked for.
#[derive(Debug)]
pub struct Asked {
    question: Question,
    /// The file that is read, or would be if it were there.
    path: Option<PathBuf>,
}

#[derive(Debug)]
enum Question {
    /// Print these; `is_read` says whether there is a file.
    Show {
        settings: Vec<InForce>,
        is_read: bool,
        json: bool,
    },
    Init,
    Path,
}

impl Asked {
    /// What a command line asks for, of the layers below it. `language` is the one that is spoken,
    /// and `path` the file that is read, or would be if it were there.
    ///
    /// # Errors
    /// [`ConfigError`] if the settings are invalid.
    pub fn of(
        args: &ConfigArgs,
        sources: &Sources,
        global: &GlobalArgs,
        path: Option<PathBuf>,
        language: Language,
    ) -> Result<Self, ConfigError> {
        let question = match args.command {
            Some(ConfigCommand::Init) => Question::Init,
            Some(ConfigCommand::Path) => Question::Path,
            None => Question::Show {
                settings: sources.in_force(global, &kept(), language)?,
                is_read: sources.path().is_some(),
                json: args.json,
            },
        };
        Ok(Self { question, path })
    }
}

/// What earlier runs left.
fn kept() -> Kept {
    Kept {
        choices: join::kept_choices(),
        name: folders::state().and_then(|folder| client::kept_name(&folder)),
    }
}

/// Prints the settings or the path, or writes the file and says where it is.
///
/// # Errors
/// If standard output or the file cannot be written, or there is no place for a file.
pub fn run(asked: &Asked, language: Language) -> anyhow::Result<ExitCode> {
    let path = asked.path.as_deref();
    let no_home = || anyhow::Error::msg(tr!(language, "config-no-home"));
    let text = match &asked.question {
        Question::Show {
            settings,
            is_read,
            json: false,
        } => lines(settings, path, *is_read, language),
        Question::Show { settings, .. } => json_lines(settings),
        Question::Path => format!("{}\n", path.ok_or_else(no_home)?.display()),
        Question::Init => {
            let path = path.ok_or_else(no_home)?;
            new_file::write(path, language)?;
            let path = path.display().to_string();
            format!("{}\n", tr!(language, "config-written", path = path))
        }
    };
    output::print(language, &text)?;
    Ok(ExitCode::SUCCESS)
}

/// The settings for people, as a file would have them, with their origins as comments.
fn lines(settings: &[InForce], path: Option<&Path>, is_read: bool, language: Language) -> String {
    let mut lines = Vec::new();
    if let Some(path) = path {
        let path = visible(&path.display().to_string(), LONGEST);
        lines.push(if is_read {
            tr!(language, "config-file-read", path = path)
        } else {
            tr!(language, "config-file-none", path = path)
        });
    }
    let mut table = "";
    for setting in settings {
        if setting.table != table {
            table = &setting.table;
            lines.push(String::new());
            lines.push(format!("[{table}]"));
        }
        let key = &setting.key;
        let set = match &setting.value {
            Some(value) => format!("{key} = {value}"),
            None => format!("# {key}"),
        };
        // Each by itself: the gap between them would be made one blank.
        let set = visible(&set, LONGEST);
        let origin = visible(&origin(setting, language), LONGEST);
        lines.push(format!("{set:ORIGINS$}  # {origin}"));
    }
    lines.join("\n") + "\n"
}

/// Where a value comes from.
fn origin(setting: &InForce, language: Language) -> String {
    let layer = match &setting.origin {
        Origin::Flag(flag) => (*flag).to_owned(),
        Origin::Variable(name) => name.clone(),
        Origin::File(place) => {
            let name = place.path.file_name().unwrap_or_default();
            format!("{}:{}", name.display(), place.line)
        }
        Origin::Kept => tr!(language, "config-from-kept"),
        Origin::Usual if setting.value.is_none() => {
            return tr!(language, "config-from-nothing");
        }
        Origin::Usual => tr!(language, "config-from-usual"),
    };
    if setting.value.is_some() {
        layer
    } else {
        tr!(language, "config-from-secret", name = layer)
    }
}

/// A setting for scripts.
#[derive(Debug, Serialize)]
struct SettingLine<'a> {
    /// The table, a dot and the key.
    key: String,
    value: Option<&'a toml::Value>,
    from: &'static str,
    /// The flag, or the variable.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
}

/// The settings as JSON, one object a line.
fn json_lines(settings: &[InForce]) -> String {
    let lines = settings.iter().filter_map(|setting| {
        let (from, name, place) = match &setting.origin {
            Origin::Flag(flag) => ("flag", Some(*flag), None),
            Origin::Variable(name) => ("environment", Some(name.as_str()), None),
            Origin::File(place) => ("file", None, Some(place)),
            Origin::Kept => ("chosen", None, None),
            Origin::Usual => ("default", None, None),
        };
        let line = SettingLine {
            key: format!("{}.{}", setting.table, setting.key),
            value: setting.value.as_ref(),
            from,
            name,
            file: place.map(|place| place.path.display().to_string()),
            line: place.map(|place| place.line),
        };
        json_text::line(&line)
            .inspect_err(|cause| tracing::error!("a setting could not be written: {cause}"))
            .ok()
    });
    lines.map(|line| line + "\n").collect()
}
