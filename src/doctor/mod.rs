//! What stands in the way of watching a film on this computer: from facts that a shell gathered to
//! findings, each with a verdict and the command that mends it here. Pure; `cli::doctor` gathers
//! the facts, `strings::doctor` has the words.

use schemars::JsonSchema;
use serde::Serialize;

pub mod certificate;
pub mod network;
pub mod place;
pub mod player;
pub mod proxy;
pub mod resolver;
pub mod runtime;
pub mod server;
pub mod system;
pub mod terminal;

use network::NetworkFinding;
use place::PlaceFinding;
use player::PlayerFinding;
use resolver::ResolverFinding;
use runtime::RuntimeFinding;
use server::ServerFinding;
use system::System;
use terminal::TerminalFinding;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing to do.
    Ok,
    /// A film can be watched, but something is worse than it could be.
    Warning,
    /// No film can be watched, or the server that was named cannot be used.
    Failure,
}

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Of mpv, its picture and its sound.
    Player(PlayerFinding),
    /// Of yt-dlp.
    Resolver(ResolverFinding),
    /// Of the JavaScript that yt-dlp runs.
    Runtime(RuntimeFinding),
    /// Of the terminal.
    Terminal(TerminalFinding),
    /// Of a folder.
    Place(PlaceFinding),
    /// Of proxies and the server.
    Network(NetworkFinding),
    /// Of the server that was named by this address, as those see it who come by it.
    Server(String, ServerFinding),
}

impl Finding {
    /// How much it matters.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Player(finding) => finding.verdict(),
            Self::Resolver(finding) => finding.verdict(),
            Self::Runtime(finding) => finding.verdict(),
            Self::Terminal(finding) => finding.verdict(),
            Self::Place(finding) => finding.verdict(),
            Self::Network(finding) => finding.verdict(),
            Self::Server(_, finding) => finding.verdict(),
        }
    }

    /// The name of its check, for scripts; it stays the same between releases.
    #[must_use]
    pub const fn check(&self) -> &'static str {
        match self {
            Self::Player(finding) => finding.check(),
            Self::Resolver(_) => "yt_dlp",
            Self::Runtime(_) => "javascript",
            Self::Terminal(finding) => finding.check(),
            Self::Place(_) => "folder",
            Self::Network(finding) => finding.check(),
            Self::Server(_, finding) => finding.check(),
        }
    }

    /// The command that mends it on this system, the address of instructions, or the line for a
    /// proxy's settings; where there are several, each on its own line. `None` if nothing needs
    /// mending, or where no command can safely mend it: its words then say what to do.
    #[must_use]
    pub fn remedy(&self, system: &System) -> Option<String> {
        match self {
            Self::Player(finding) => finding.remedy(system),
            Self::Resolver(finding) => finding.remedy(system),
            Self::Runtime(finding) => finding.remedy(system),
            Self::Terminal(finding) => finding.remedy(),
            Self::Place(finding) => finding.remedy(),
            Self::Network(finding) => finding.remedy(),
            Self::Server(server, finding) => finding.remedy(server),
        }
    }
}

/// Whether a film can be watched, by all findings.
#[must_use]
pub fn can_watch(findings: &[Finding]) -> bool {
    let mut verdicts = findings.iter().map(Finding::verdict);
    verdicts.all(|verdict| verdict < Verdict::Failure)
}

#[cfg(test)]
mod tests;
