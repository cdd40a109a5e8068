//! The sentences about the programs beside mpv, for `doctor` and for a film that does not play for
//! want of them.

use crate::doctor::resolver::{HOLES, ResolverFinding};
use crate::doctor::runtime::{Runtime, RuntimeFinding};
use crate::texts::language::Language;
use crate::texts::tr;

/// What was found of yt-dlp.
pub(super) fn of_resolver(language: Language, finding: &ResolverFinding) -> String {
    match finding {
        ResolverFinding::NoHook => tr!(language, "doctor-ytdl-no-hook"),
        ResolverFinding::Missing => tr!(language, "doctor-ytdl-missing"),
        ResolverFinding::Broken { path } => {
            tr!(language, "doctor-ytdl-broken", path = path.as_str())
        }
        ResolverFinding::Dangerous { version, .. } => tr!(
            language,
            "doctor-ytdl-dangerous",
            version = version.as_str(),
            holes = HOLES.join(", ")
        ),
        ResolverFinding::Old { version, days, .. } => tr!(
            language,
            "doctor-ytdl-old",
            version = version.as_str(),
            days = days
        ),
        ResolverFinding::Usable {
            version,
            days: Some(days),
        } => tr!(
            language,
            "doctor-ytdl",
            version = version.as_str(),
            days = days
        ),
        ResolverFinding::Usable {
            version,
            days: None,
        } => tr!(language, "doctor-ytdl-own", version = version.as_str()),
    }
}

/// What was found of the JavaScript that it runs.
pub(super) fn of_runtime(language: Language, finding: &RuntimeFinding) -> String {
    match finding {
        RuntimeFinding::Usable {
            runtime: runtime @ Runtime::Deno,
            version,
        } => tr!(
            language,
            "doctor-javascript",
            name = runtime.name(),
            version = version.as_str()
        ),
        RuntimeFinding::Usable { runtime, version } => tr!(
            language,
            "doctor-javascript-named",
            name = runtime.name(),
            version = version.as_str()
        ),
        RuntimeFinding::TooOld { runtime, version } => tr!(
            language,
            "doctor-javascript-old",
            name = runtime.name(),
            version = version.as_str()
        ),
        RuntimeFinding::Missing => tr!(language, "doctor-javascript-missing"),
    }
}
