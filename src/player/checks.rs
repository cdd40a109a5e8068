//! What the programs beside mpv say of themselves, for the checks that [`crate::doctor`] judges.

use jiff::civil::Date;
use strum::IntoEnumIterator as _;

use super::config::PlayerConfig;
use super::runtimes::{find_program, runtimes, said};
use super::ytdl;
use crate::doctor::player::{ffmpeg_version, ranges};
use crate::doctor::resolver::{self, ResolverFacts};
use crate::doctor::system::{PackageManager, System};
use crate::doctor::{Finding, runtime};

/// What this computer installs programs with.
#[must_use]
pub fn system() -> System {
    let managers = PackageManager::iter().filter(|it| find_program(it.program()).is_some());
    System {
        managers: managers.collect(),
    }
}

/// What yt-dlp and the JavaScript that it runs come to on this day. It takes as long as they take
/// to say their versions, at most 20 s each.
pub async fn youtube_findings(config: &PlayerConfig, today: Date) -> Vec<Finding> {
    let (facts, has_hook, runtimes) =
        tokio::join!(resolver_facts(config), has_hook(config), runtimes());
    let of_resolver = resolver::finding(facts.as_ref(), has_hook, today);
    let of_runtime = facts.map(|_| Finding::Runtime(runtime::finding(&runtimes)));
    let findings = [Some(Finding::Resolver(of_resolver)), of_runtime];
    findings.into_iter().flatten().collect()
}

/// Which ranges the FFmpeg behind this mpv asks for, if `mpv --version` names one.
pub async fn ranges_finding(config: &PlayerConfig) -> Option<Finding> {
    let printed = said(&config.binary, ["--version"]).await?;
    ffmpeg_version(&printed).map(ranges).map(Finding::Player)
}

/// Whether mpv has the script that starts yt-dlp: one that is built without Lua does not know its
/// option. An mpv that does not run is taken to have it.
async fn has_hook(config: &PlayerConfig) -> bool {
    let heard = said(&config.binary, ["--ytdl=no", "--version"]).await;
    !heard.is_some_and(|text| text.contains("option not found"))
}

/// The yt-dlp that mpv would start.
async fn resolver_facts(config: &PlayerConfig) -> Option<ResolverFacts> {
    let program = ytdl::program(config)?;
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
