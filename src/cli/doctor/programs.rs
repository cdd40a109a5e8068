//! Which programs there are, and what they say of themselves.

use strum::IntoEnumIterator as _;

use crate::doctor::resolver::ResolverFacts;
use crate::doctor::system::{PackageManager, System};
use crate::player::{PlayerConfig, find_program, said, ytdl_program};

/// What this computer installs programs with.
pub(in crate::cli) fn system() -> System {
    let managers = PackageManager::iter().filter(|it| find_program(it.program()).is_some());
    System {
        managers: managers.collect(),
    }
}

/// Whether mpv has the script that starts yt-dlp: one that is built without Lua does not know its
/// option. An mpv that does not run is taken to have it.
pub(super) async fn has_hook(config: &PlayerConfig) -> bool {
    let heard = said(&config.binary, ["--ytdl=no", "--version"]).await;
    !heard.is_some_and(|text| text.contains("option not found"))
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
