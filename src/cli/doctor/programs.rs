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
