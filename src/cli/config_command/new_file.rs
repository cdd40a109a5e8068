//! The file that `config init` writes: every setting, explained and as a comment.

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::Context as _;

use crate::cli::config::{KeyKind, SERVERS, SettingKey, about_table, keys};
use crate::private_files;
use crate::texts::language::Language;
use crate::texts::tr;

/// The width of the explanations, in characters (judgement: it fits an editor of 80 columns).
const WIDTH: usize = 76;

/// Writes the file, which must not be there yet.
///
/// # Errors
/// If there is one already, or it cannot be written; nothing is left behind then.
pub(super) fn write(path: &Path, language: Language) -> anyhow::Result<()> {
    let name = path.display().to_string();
    let unwritten = || tr!(language, "config-unwritten", path = name.as_str());
    if let Some(folder) = path.parent().filter(|folder| !folder.exists()) {
        private_files::create_folder(folder).with_context(unwritten)?;
    }
    // Secrets may be written into it, and the folder may be open to others.
    let mut options = private_files::open_options();
    let mut file = match options.write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {
            let words = tr!(language, "config-exists", path = name.as_str());
            return Err(anyhow::Error::msg(words));
        }
        Err(cause) => return Err(cause).with_context(unwritten),
    };
    let written = file
        .write_all(text(language).as_bytes())
        .and_then(|()| file.sync_all());
    if written.is_err() {
        // It is ours, and only a part of what it should be.
        let _left_behind = std::fs::remove_file(path);
    }
    written.with_context(unwritten)
}

/// The text of the file.
fn text(language: Language) -> String {
    let mut lines = comment(&tr!(language, "config-new-file"));
    let mut table = "";
    for key in keys(language) {
        if key.table != table {
            table = key.table;
            // A server without its address would be an error.
            let sign = if table == SERVERS { "#" } else { "" };
            lines.push(String::new());
            lines.extend(
                about_table(table, language)
                    .map(|about| comment(&about))
                    .unwrap_or_default(),
            );
            lines.push(format!("{sign}[{table}]"));
        }
        if !key.about.is_empty() {
            lines.push(String::new());
            lines.extend(comment(&key.about));
        }
        lines.push(setting(&key));
    }
    lines.join("\n") + "\n"
}

/// A setting as a comment that becomes one when its first sign goes.
fn setting(key: &SettingKey) -> String {
    let value = match key.kind {
        // To say what is the case anyway would explain nothing.
        KeyKind::Switch => key.example().as_bool().map(|usual| (!usual).to_string()),
        KeyKind::List | KeyKind::Text => None,
    };
    let value = value.unwrap_or_else(|| key.example().to_string());
    format!("#{} = {value}", key.key)
}

/// A text as lines of comment.
fn comment(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("# {word}")),
        }
    }
    lines
}
