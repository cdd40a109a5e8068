//! Which programs there are, and what they say of themselves.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use strum::IntoEnumIterator as _;
use tokio::process::Command;
use tokio::time::timeout;

use crate::doctor::resolver::ResolverFacts;
use crate::doctor::runtime::{FoundRuntime, Runtime};
use crate::doctor::system::{PackageManager, System};
use crate::player::{PlayerConfig, ytdl_program};

/// How long a program may take to say its version: yt-dlp takes 1 s, and longer from a cold disk
/// (judgement).
const PATIENCE: Duration = Duration::from_secs(20);

/// The most bytes of what a program says that are read (judgement: mpv's list of libraries has
/// some hundred).
const MOST: usize = 64 * 1024;

/// What this computer installs programs with.
pub(in crate::cli) fn system() -> System {
    let managers = PackageManager::iter().filter(|it| found(it.program()).is_some());
    System {
        managers: managers.collect(),
    }
}

/// The yt-dlp that mpv would start.
pub(super) async fn resolver(config: &PlayerConfig) -> Option<ResolverFacts> {
    let program = ytdl_program(config)?;
    let version = said(&program, ["--version"]).await;
    let first_line = version.and_then(|text| {
        let line = text.lines().next()?.trim().to_owned();
        (!line.is_empty()).then_some(line)
    });
    let real = program.canonicalize().unwrap_or(program);
    Some(ResolverFacts {
        path: real.to_string_lossy().into_owned(),
        version: first_line,
    })
}

/// The JavaScript runtimes in `PATH`.
pub(super) async fn runtimes() -> Vec<FoundRuntime> {
    let mut runtimes = Vec::new();
    for runtime in Runtime::iter() {
        let Some(program) = found(runtime.program()) else {
            continue;
        };
        let output = said(&program, [runtime.version_option()]).await;
        let output = output.unwrap_or_default();
        runtimes.push(FoundRuntime { runtime, output });
    }
    runtimes
}

/// What a program prints, on both of its outputs; `None` if it does not run or does not end.
pub(super) async fn said<I, T>(program: &Path, arguments: I) -> Option<String>
where
    I: IntoIterator<Item = T>,
    T: AsRef<OsStr>,
{
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = match timeout(PATIENCE, output).await {
        Ok(Ok(output)) => output,
        Ok(Err(cause)) => {
            tracing::info!(?program, %cause, "a program does not run");
            return None;
        }
        Err(_) => {
            tracing::info!(?program, "a program does not end");
            return None;
        }
    };
    let mut bytes = output.stdout;
    bytes.extend(output.stderr);
    bytes.truncate(MOST);
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The program of this name in `PATH`.
pub(super) fn found(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut files = std::env::split_paths(&path).map(|folder| folder.join(name));
    files.find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;

    let metadata = std::fs::metadata(file);
    metadata.is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}
