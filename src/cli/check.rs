//! `watchtogether serve --check`: reads settings and data as a start would, and changes nothing. A
//! server may be running meanwhile.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;

use super::config::ServeConfig;
use super::redis::warn_of_risks;
use super::serve::certificate;
use super::{not_started, storage};
use crate::server::Storage;
use crate::server::log::{self, Checked, CheckedFile, RedisSettings};
use crate::strings::server;
use crate::texts::language::Language;
use crate::texts::tr;

/// Prints what a start would find in the certificate's files and in the data folder. The settings
/// have been read already.
///
/// # Errors
/// Why a start would fail, with the next step.
pub fn run(config: &ServeConfig, language: Language) -> anyhow::Result<ExitCode> {
    let mut lines = Vec::new();
    if let Some(paths) = &config.tls {
        let files = certificate::read(paths, language)?;
        let path = files.certificate().display().to_string();
        lines.push(server::check_certificate(language, &path));
    }
    lines.extend(match &config.storage {
        Storage::Memory => vec![server::check_ephemeral(language)],
        Storage::Redis(settings) => vec![redis(language, settings)?],
        Storage::Folder(folder) => match log::check(folder) {
            Ok(checked) => found(language, &checked),
            Err(error) => return Err(anyhow::Error::msg(storage::file_error(language, &error))),
        },
    });
    lines.push(server::check_ready(language));
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", lines.join("\n"))
        .and_then(|()| out.flush())
        .map_err(|error| anyhow::Error::new(error).context(tr!(language, "cli-no-output")))?;
    Ok(ExitCode::SUCCESS)
}

/// Connects to Redis as a start would, counts the rooms there, and warns of its settings.
fn redis(language: Language, settings: &RedisSettings) -> anyhow::Result<String> {
    let runtime = tokio::runtime::Runtime::new().with_context(|| not_started(language))?;
    let checked = runtime.block_on(log::check_redis(settings));
    let checked =
        checked.map_err(|error| anyhow::Error::msg(storage::open_error(language, &error)))?;
    warn_of_risks(language, &settings.url, &checked.risks);
    let url = settings.url.to_string();
    Ok(server::check_redis(language, &url, checked.rooms))
}

fn found(language: Language, checked: &Checked) -> Vec<String> {
    let path = checked.path.display().to_string();
    let Some(file) = checked.file else {
        return vec![server::check_nothing(language, &path)];
    };
    let CheckedFile {
        rooms,
        bytes,
        format,
        newest,
        in_use,
    } = file;
    let mut lines = vec![server::check_found(language, &path, rooms, bytes)];
    if in_use {
        lines.push(server::check_in_use(language));
    }
    lines.push(if format == newest {
        server::check_format(language, format)
    } else {
        let copy = format!("{path}.format-{format}");
        server::check_older(language, format, newest, &copy)
    });
    lines
}
