//! The JavaScript runtime that yt-dlp is given. It looks for deno unasked, for the others only if
//! they are named; so the best one that is found is named to it, unless the member names one.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use strum::IntoEnumIterator as _;
use tokio::process::Command;
use tokio::sync::OnceCell;
use tokio::time::timeout;

use super::config::PlayerConfig;
use super::ytdl;
use crate::doctor::resolver::knows_runtimes;
use crate::doctor::runtime::{FoundRuntime, Runtime, best};

/// How long a program may take to say its version: yt-dlp takes 1 s, and longer from a cold disk
/// (judgement).
const PATIENCE: Duration = Duration::from_secs(20);

/// How long mpv's start waits for yt-dlp's version (judgement: a film is not kept waiting longer).
const BEFORE_START: Duration = Duration::from_secs(5);

/// The most bytes of what a program says that are read (judgement: mpv's list of libraries has
/// some hundred).
const MOST: usize = 64 * 1024;

/// The option of yt-dlp, which older releases do not know.
const OPTION: &str = "js-runtimes";

/// The option that takes all runtimes away.
const NO_OPTION: &str = "no-js-runtimes";

/// The runtime to name to yt-dlp; `None` if it needs none named. It is looked for once.
pub(super) async fn to_name(config: &PlayerConfig) -> Option<Runtime> {
    static FOUND: OnceCell<Option<Runtime>> = OnceCell::const_new();
    let program = ytdl::program(config).filter(|_| !is_chosen(config))?;
    let found = FOUND.get_or_init(|| look_for(&program));
    timeout(BEFORE_START, found).await.ok().copied().flatten()
}

/// Whether the member chose a runtime, or none, in an option for mpv or in the settings.
fn is_chosen(config: &PlayerConfig) -> bool {
    let settings = &config.ytdl_options;
    config.extra_args.iter().any(|it| it.contains(OPTION))
        || settings.names(OPTION)
        || settings.names(NO_OPTION)
}

async fn look_for(resolver: &Path) -> Option<Runtime> {
    let runtimes = runtimes().await;
    let runtime = best(&runtimes)?.runtime;
    if runtime == Runtime::Deno {
        return None;
    }
    let version = said(resolver, ["--version"]).await?;
    knows_runtimes(version.lines().next()?).then_some(runtime)
}

/// The option for mpv that names a runtime to yt-dlp.
pub(super) fn option(runtime: Runtime) -> String {
    format!("--ytdl-raw-options-append={OPTION}={}", runtime.name())
}

/// The JavaScript runtimes in `PATH`.
pub(super) async fn runtimes() -> Vec<FoundRuntime> {
    let mut runtimes = Vec::new();
    for runtime in Runtime::iter() {
        let Some(program) = find_program(runtime.program()) else {
            continue;
        };
        let output = said(&program, [runtime.version_option()]).await;
        let output = output.unwrap_or_default();
        runtimes.push(FoundRuntime { runtime, output });
    }
    runtimes
}

/// What a program prints within 20 s, on both of its outputs, at most 64 KiB; `None` if it does not
/// run or does not end.
pub async fn said<I, T>(program: &Path, arguments: I) -> Option<String>
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
            tracing::debug!(?program, %cause, "a program does not run");
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
#[must_use]
pub(super) fn find_program(name: &str) -> Option<PathBuf> {
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

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::{is_chosen, option};
    use crate::doctor::runtime::Runtime;
    use crate::player::PlayerConfig;

    #[test]
    fn no_runtime_is_named_where_the_member_chose() {
        let mut config = PlayerConfig::new(Instant::now());
        assert!(!is_chosen(&config));
        config.extra_args = vec!["--ytdl-raw-options=no-js-runtimes=".to_owned()];
        assert!(is_chosen(&config));
        for (name, value) in [("js-runtimes", "deno:/opt/deno"), ("no-js-runtimes", "")] {
            let mut config = PlayerConfig::new(Instant::now());
            let option = (name.to_owned(), value.to_owned());
            config.ytdl_options = std::iter::once(option).collect();
            assert!(is_chosen(&config), "{name}");
        }
    }

    #[test]
    fn a_runtime_is_named_among_the_options_of_yt_dlp() {
        let named = "--ytdl-raw-options-append=js-runtimes=quickjs";
        assert_eq!(option(Runtime::QuickJs), named);
    }
}
