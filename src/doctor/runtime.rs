//! The JavaScript runtimes with which yt-dlp solves what YouTube puts in its way.

use strum::{EnumIter, IntoEnumIterator as _};

use super::Verdict;
use super::system::System;

/// A JavaScript runtime that yt-dlp can use, the best first (yt-dlp's own order).
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter)]
pub enum Runtime {
    /// deno, which yt-dlp looks for unasked.
    Deno,
    /// Node.js.
    Node,
    /// `QuickJS`.
    QuickJs,
    /// Bun.
    Bun,
}

impl Runtime {
    /// Its name for `--js-runtimes`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deno => "deno",
            Self::Node => "node",
            Self::QuickJs => "quickjs",
            Self::Bun => "bun",
        }
    }

    /// Its program.
    #[must_use]
    pub const fn program(self) -> &'static str {
        match self {
            Self::QuickJs => "qjs",
            _ => self.name(),
        }
    }

    /// The option with which it prints its version; `QuickJS` prints it with its help.
    #[must_use]
    pub const fn version_option(self) -> &'static str {
        match self {
            Self::QuickJs => "--help",
            _ => "--version",
        }
    }

    /// The oldest version that yt-dlp takes (its wiki, "EJS").
    const fn oldest(self) -> [u32; 3] {
        match self {
            Self::Deno => [2, 0, 0],
            Self::Node => [20, 0, 0],
            Self::QuickJs => [2023, 12, 9],
            Self::Bun => [1, 0, 31],
        }
    }
}

/// A runtime that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRuntime {
    /// The runtime whose program is in `PATH`.
    pub runtime: Runtime,
    /// What it printed when it was asked for its version.
    pub output: String,
}

impl FoundRuntime {
    /// Its version, or nothing if it told none.
    #[must_use]
    pub fn version(&self) -> String {
        let numbers = numbers(&self.output).unwrap_or_default();
        let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        texts.join(".")
    }

    /// Whether it is new enough for yt-dlp.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        numbers(&self.output).is_some_and(|numbers| numbers >= self.runtime.oldest())
    }
}

/// The first version in a text: `v20.1.0`, `deno 2.1.4 (stable)`, `QuickJS version 2024-01-13`.
fn numbers(output: &str) -> Option<[u32; 3]> {
    let words = output.split_whitespace().take(12);
    let mut versions = words.filter_map(|word| {
        let word = word.strip_prefix('v').unwrap_or(word);
        let mut parts = word.split(['.', '-']);
        let mut next = || {
            let digits = parts.next()?;
            let end = digits.find(|c: char| !c.is_ascii_digit());
            let digits = digits.get(..end.unwrap_or(digits.len()))?;
            digits.parse::<u32>().ok()
        };
        let (first, second) = (next()?, next()?);
        Some([first, second, next().unwrap_or(0)])
    });
    versions.next()
}

/// The best of those found.
#[must_use]
pub fn best(found: &[FoundRuntime]) -> Option<&FoundRuntime> {
    Runtime::iter().find_map(|runtime| {
        let mut usable = found.iter().filter(|one| one.is_usable());
        usable.find(|one| one.runtime == runtime)
    })
}

/// What the check of the runtimes found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuntimeFinding {
    /// yt-dlp gets this one.
    Usable {
        /// The best that was found.
        runtime: Runtime,
        /// Its version.
        version: String,
    },
    /// Only this one was found, and it is too old.
    TooOld {
        /// The best that was found.
        runtime: Runtime,
        /// Its version.
        version: String,
    },
    /// There is none.
    Missing,
}

impl RuntimeFinding {
    /// How much it matters: a direct link plays without one.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Usable { .. } => Verdict::Ok,
            Self::TooOld { .. } | Self::Missing => Verdict::Warning,
        }
    }

    /// What mends it, as [`super::Finding::remedy`] says.
    pub(super) fn remedy(&self, system: &System) -> Option<String> {
        (self.verdict() != Verdict::Ok).then(|| system.install_runtime())
    }
}

/// What the runtimes come to.
#[must_use]
pub fn finding(found: &[FoundRuntime]) -> RuntimeFinding {
    let named = |one: &FoundRuntime| (one.runtime, one.version());
    if let Some((runtime, version)) = best(found).map(named) {
        return RuntimeFinding::Usable { runtime, version };
    }
    match found.first().map(named) {
        Some((runtime, version)) => RuntimeFinding::TooOld { runtime, version },
        None => RuntimeFinding::Missing,
    }
}
