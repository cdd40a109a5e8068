//! Texts about the player: its state, what it lacks, why media does not play. Where something
//! helps, the text names the next step.

use super::fault::fault;
use super::numbers::whole_seconds;
use super::sentences::quoted;
use super::{programs, start};
use crate::doctor::resolver::ResolverFinding;
use crate::doctor::runtime::RuntimeFinding;
use crate::media::fault::{FaultKind, ResolverFault};
use crate::protocol::time::Span;
use crate::sync::follow::ReadSoFar;
use crate::sync::player::{CloseCause, Lack, MediaProblem, ProcessState, SocketFault, Unusable};
use crate::texts::language::Language;
use crate::texts::{system, tr};

/// The state of the player's process.
#[must_use]
pub fn process(language: Language, state: &ProcessState) -> String {
    match state {
        ProcessState::Off => tr!(language, "player-off"),
        ProcessState::Starting => tr!(language, "player-starting"),
        ProcessState::Ready { version, .. } => {
            tr!(language, "player-ready", version = version.as_str())
        }
        ProcessState::Frozen => tr!(language, "player-frozen"),
        ProcessState::Thawed => tr!(language, "player-thawed"),
        ProcessState::Closed(cause) => closed(language, cause),
        ProcessState::Unusable(why) => unusable(language, why),
    }
}

/// Why the player's process is gone.
#[must_use]
pub fn closed(language: Language, cause: &CloseCause) -> String {
    match cause {
        CloseCause::Quit => tr!(language, "player-quit"),
        CloseCause::Killed => tr!(language, "player-killed"),
        CloseCause::Exit(code) => tr!(language, "player-exited", code = code.to_string()),
    }
}

/// Why no player can be started.
#[must_use]
pub fn unusable(language: Language, why: &Unusable) -> String {
    match why {
        Unusable::Missing { binary } => {
            tr!(language, "player-missing", binary = binary.as_str())
        }
        Unusable::TooOld { version } => {
            tr!(language, "player-too-old", version = version.as_str())
        }
        Unusable::Refused { .. } | Unusable::Silent | Unusable::NoAnswer { .. } => tr!(
            language,
            "player-refused",
            reason = refusal(language, why).unwrap_or_default()
        ),
        Unusable::NotMpv { binary } => {
            tr!(language, "player-not-mpv", binary = binary.as_str())
        }
        Unusable::NotAnOption { argument } => start::player_argument(language, argument),
        Unusable::System { binary, fault } => {
            let (binary, why) = (binary.as_str(), system::words(language, fault));
            tr!(language, "player-system", binary = binary, why = why)
        }
        Unusable::Socket { path, fault } => no_socket(language, path, fault),
    }
}

/// Why an mpv that was started is of no use, to follow a colon; `None` if it was not started.
pub(super) fn refusal(language: Language, why: &Unusable) -> Option<String> {
    match why {
        Unusable::Refused { reason } => Some(foreign(language, reason)),
        Unusable::Silent => Some(tr!(language, "player-why-silent")),
        Unusable::NoAnswer { within } => {
            let within = whole_seconds(language, *within);
            Some(tr!(language, "player-why-no-answer", within = within))
        }
        _ => None,
    }
}

/// There is no place for its socket.
fn no_socket(language: Language, path: &str, fault: &SocketFault) -> String {
    match fault {
        SocketFault::Taken => tr!(language, "player-socket-taken", path = path),
        SocketFault::InUse => tr!(language, "player-socket-in-use", path = path),
        SocketFault::NoFolder => tr!(language, "player-socket-no-folder", path = path),
        SocketFault::TooLong => tr!(language, "player-socket-too-long", path = path),
        SocketFault::System(fault) => {
            let why = system::words(language, fault);
            tr!(language, "player-socket-system", path = path, why = why)
        }
    }
}

/// Another program's last words, in quotation marks and without their full stop.
fn foreign(language: Language, words: &str) -> String {
    quoted(language, words.trim_end_matches(['.', ' ']))
}

/// What a player lacks on this computer, and what to do about it.
#[must_use]
pub fn lack(language: Language, lack: Lack, over_ssh: bool) -> String {
    match (lack, over_ssh) {
        (Lack::Display, false) => tr!(language, "player-lacks-display"),
        (Lack::Display, true) => tr!(language, "player-lacks-display-ssh"),
        (Lack::Sound, false) => tr!(language, "player-lacks-sound"),
        (Lack::Sound, true) => tr!(language, "player-lacks-sound-ssh"),
        (Lack::Both, false) => tr!(language, "player-lacks-both"),
        (Lack::Both, true) => tr!(language, "player-lacks-both-ssh"),
    }
}

/// What a player lacks, in as few words as the header has room for.
#[must_use]
pub fn lack_mark(language: Language, lack: Lack) -> String {
    match lack {
        Lack::Display => tr!(language, "screen-lacks-display"),
        Lack::Sound => tr!(language, "screen-lacks-sound"),
        Lack::Both => tr!(language, "screen-lacks-both"),
    }
}

/// What a player lacked is there now.
#[must_use]
pub fn regained(language: Language, lack: Lack) -> String {
    match lack {
        Lack::Display => tr!(language, "player-regained-display"),
        Lack::Sound => tr!(language, "player-regained-sound"),
        Lack::Both => tr!(language, "player-regained-both"),
    }
}

/// How far a buffering player has read.
#[must_use]
pub fn reads_on(language: Language, ReadSoFar { read, to }: ReadSoFar) -> String {
    tr!(
        language,
        "player-reads-on",
        read = read.to_string(),
        to = to.to_string()
    )
}

/// What is wrong while the player tries again.
#[must_use]
pub fn interrupted(language: Language, problem: &MediaProblem) -> String {
    let (MediaProblem::Fetch(fault) | MediaProblem::GivenUp(fault)) = problem else {
        return tr!(language, "player-interrupted");
    };
    match fault.kind {
        FaultKind::Busy => tr!(language, "player-server-busy"),
        FaultKind::ClosedUnanswered => tr!(language, "player-server-hung-up"),
        FaultKind::NoAnswer => tr!(language, "player-server-silent"),
        FaultKind::NameNotFound => tr!(language, "player-server-not-found"),
        FaultKind::NobodyListens => tr!(language, "player-server-down"),
        FaultKind::NoRoute => tr!(language, "player-server-out-of-reach"),
        FaultKind::ProxyAway => tr!(language, "player-proxy-down"),
        FaultKind::Refused => tr!(language, "player-server-refuses"),
        _ => tr!(language, "player-server-lost"),
    }
}

/// Why the player tries again, and when.
#[must_use]
pub fn next_try(language: Language, problem: &MediaProblem, left: Option<Span>) -> String {
    let why = interrupted(language, problem);
    let when = match left {
        Some(left) if left > Span::ZERO => {
            let left = whole_seconds(language, left);
            tr!(language, "player-next-try", left = left)
        }
        _ => tr!(language, "player-trying"),
    };
    format!("{why} {when}")
}

/// Why media did not play.
#[must_use]
pub fn problem(language: Language, problem: &MediaProblem) -> String {
    match problem {
        MediaProblem::Unresolved(fault) => unresolved(language, *fault),
        MediaProblem::Resolver { reason } => {
            let reason = foreign(language, reason);
            tr!(language, "player-resolver", reason = reason)
        }
        MediaProblem::ResolverMissing => {
            let missing = programs::of_resolver(language, &ResolverFinding::Missing);
            tr!(language, "player-resolver-missing", missing = missing)
        }
        MediaProblem::Fetch(problem) | MediaProblem::GivenUp(problem) => {
            fault(language, problem.kind)
        }
        MediaProblem::Player { reason } => {
            let reason = foreign(language, reason);
            tr!(language, "player-failed", reason = reason)
        }
        MediaProblem::NoRelay => tr!(language, "player-no-relay"),
        MediaProblem::CannotSeek => tr!(language, "player-cannot-seek"),
        MediaProblem::Stopped => tr!(language, "player-stopped"),
        MediaProblem::Replaced => tr!(language, "player-replaced"),
    }
}

/// Why yt-dlp did not find a video's streams, if known.
fn unresolved(language: Language, fault: ResolverFault) -> String {
    match fault {
        ResolverFault::NoJavaScript => {
            let missing = programs::of_runtime(language, &RuntimeFinding::Missing);
            tr!(language, "player-no-javascript", missing = missing)
        }
        ResolverFault::Challenge | ResolverFault::OnlyImages => {
            tr!(language, "player-challenge")
        }
        ResolverFault::NoSuchFormat => tr!(language, "player-no-such-format"),
        ResolverFault::SignIn => tr!(language, "player-sign-in"),
        ResolverFault::AgeRestricted => tr!(language, "player-age-restricted"),
        ResolverFault::Private => tr!(language, "player-private"),
        ResolverFault::Unavailable => tr!(language, "player-unavailable"),
        ResolverFault::Region => tr!(language, "player-region"),
        ResolverFault::NotYet => tr!(language, "player-not-yet"),
        ResolverFault::TooManyRequests => tr!(language, "player-too-many-requests"),
        ResolverFault::Unreachable => tr!(language, "player-youtube-unreachable"),
    }
}

#[cfg(test)]
mod tests;
