//! yt-dlp: whether mpv finds it, and whether it is new enough.

use jiff::civil::Date;

use super::Verdict;
use super::system::System;

/// Releases before this one are dangerous: they have the holes of [`HOLES`] (their advisories).
pub const FIRST_SAFE: (i16, i8, i8) = (2026, 7, 4);
/// The published holes of older releases.
pub const HOLES: [&str; 5] = [
    "CVE-2026-26331",
    "CVE-2026-50019",
    "CVE-2026-50023",
    "CVE-2026-50574",
    "CVE-2026-55404",
];
/// The first release that needs a JavaScript runtime for YouTube, and knows `--js-runtimes`.
const WITH_RUNTIMES: (i16, i8, i8) = (2025, 11, 12);
/// From how many days on a release is called old: YouTube changes several times a year, and a
/// release is made every few weeks (judgement).
const OLD: i32 = 120;

/// What was found out about yt-dlp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolverFacts {
    /// The program that mpv would start, links followed.
    pub path: String,
    /// What it prints for `--version`; `None` if it does not run.
    pub version: Option<String>,
}

/// What the check of yt-dlp found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResolverFinding {
    /// mpv is built without Lua, and so without what starts yt-dlp.
    NoHook,
    /// There is none: no YouTube.
    Missing,
    /// It does not run.
    Broken {
        /// Where it is.
        path: String,
    },
    /// It has holes that were published.
    Dangerous {
        /// Where it is.
        path: String,
        /// Its version.
        version: String,
    },
    /// It may no longer understand YouTube.
    Old {
        /// Where it is.
        path: String,
        /// Its version.
        version: String,
        /// Days since its release.
        days: i32,
    },
    /// mpv can use it.
    Usable {
        /// Its version.
        version: String,
        /// Days since its release; `None` of a build of one's own.
        days: Option<i32>,
    },
}

impl ResolverFinding {
    /// How much it matters: a direct link plays without yt-dlp.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Usable { .. } => Verdict::Ok,
            _ => Verdict::Warning,
        }
    }

    /// Whether mpv can start it at all, whatever else is wrong with it.
    #[must_use]
    pub const fn runs(&self) -> bool {
        !matches!(self, Self::NoHook | Self::Missing | Self::Broken { .. })
    }

    /// What mends it, as [`super::Finding::remedy`] says.
    pub(super) fn remedy(&self, system: &System) -> Option<String> {
        match self {
            Self::NoHook => Some(system.reinstall_mpv()),
            Self::Missing | Self::Broken { .. } => Some(system.install_resolver()),
            Self::Dangerous { path, .. } | Self::Old { path, .. } => {
                Some(system.upgrade_resolver(path))
            }
            Self::Usable { .. } => None,
        }
    }
}

/// What the facts come to on this day. `has_hook` says whether mpv has what starts yt-dlp.
#[must_use]
pub fn finding(facts: Option<&ResolverFacts>, has_hook: bool, today: Date) -> ResolverFinding {
    if !has_hook {
        return ResolverFinding::NoHook;
    }
    let Some(ResolverFacts { path, version }) = facts else {
        return ResolverFinding::Missing;
    };
    let path = path.clone();
    let Some(version) = version.clone() else {
        return ResolverFinding::Broken { path };
    };
    // A build of one's own may have any version; it is not judged.
    let Some(released) = released(&version) else {
        let days = None;
        return ResolverFinding::Usable { version, days };
    };
    if is_before(released, FIRST_SAFE) {
        return ResolverFinding::Dangerous { path, version };
    }
    let days = today.since(released).map_or(0, |passed| passed.get_days());
    if days >= OLD {
        ResolverFinding::Old {
            path,
            version,
            days,
        }
    } else {
        let days = Some(days);
        ResolverFinding::Usable { version, days }
    }
}

/// Whether a release knows `--js-runtimes`, and needs a runtime for YouTube.
#[must_use]
pub fn knows_runtimes(version: &str) -> bool {
    released(version).is_some_and(|released| !is_before(released, WITH_RUNTIMES))
}

/// The day in a version: `2026.07.04`, or `2026.07.04.233000` of a nightly build.
fn released(version: &str) -> Option<Date> {
    let mut numbers = version.trim().split('.');
    let year = numbers.next()?.parse().ok()?;
    let month = numbers.next()?.parse().ok()?;
    let day = numbers.next()?.parse().ok()?;
    Date::new(year, month, day).ok()
}

fn is_before(released: Date, (year, month, day): (i16, i8, i8)) -> bool {
    (released.year(), released.month(), released.day()) < (year, month, day)
}
