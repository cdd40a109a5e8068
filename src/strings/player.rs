//! Texts about the player: its state, what it lacks, why media does not play. Where something
//! helps, the text names the next step.

use super::fault::fault;
use super::numbers::whole_seconds;
use crate::media::fault::{FaultKind, ResolverFault};
use crate::protocol::time::Span;
use crate::sync::follow::ReadSoFar;
use crate::sync::player::{CloseCause, Lack, MediaProblem, ProcessState, Unusable};
use crate::texts::language::Language;
use crate::texts::tr;

/// The state of the player's process.
#[must_use]
pub fn process(language: Language, state: &ProcessState) -> String {
    match state {
        ProcessState::Off => tr!(language, "player-off"),
        ProcessState::Starting => tr!(language, "player-starting"),
        ProcessState::Ready { version, lacks } => {
            let ready = tr!(language, "player-ready", version = version.as_str());
            match lacks {
                Some(lacks) => format!("{ready} {}", lack(language, *lacks)),
                None => ready,
            }
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
        Unusable::Refused { reason } => {
            tr!(language, "player-refused", reason = unended(reason))
        }
    }
}

/// Another program's error text without its full stop, for the middle of a sentence.
fn unended(words: &str) -> &str {
    words.trim_end_matches(['.', ' '])
}

/// What a running player lacks.
#[must_use]
pub fn lack(language: Language, lack: Lack) -> String {
    match lack {
        Lack::Display => tr!(language, "player-lacks-display"),
        Lack::Sound => tr!(language, "player-lacks-sound"),
        Lack::Both => tr!(language, "player-lacks-both"),
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
            tr!(language, "player-resolver", reason = unended(reason))
        }
        MediaProblem::ResolverMissing => tr!(language, "player-resolver-missing"),
        MediaProblem::Fetch(problem) | MediaProblem::GivenUp(problem) => {
            fault(language, problem.kind)
        }
        MediaProblem::Player { reason } => {
            tr!(language, "player-failed", reason = unended(reason))
        }
        MediaProblem::CannotSeek => tr!(language, "player-cannot-seek"),
        MediaProblem::Stopped => tr!(language, "player-stopped"),
        MediaProblem::Replaced => tr!(language, "player-replaced"),
    }
}

/// Why yt-dlp did not find a video's streams, if known.
fn unresolved(language: Language, fault: ResolverFault) -> String {
    match fault {
        ResolverFault::NoJavaScript => tr!(language, "player-no-javascript"),
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
mod tests {
    use strum::IntoEnumIterator;

    use super::{closed, lack, next_try, problem, process, unusable};
    use crate::media::fault::{FaultKind, MediaFault, ResolverFault};
    use crate::protocol::time::Span;
    use crate::sync::player::{CloseCause, Lack, MediaProblem, ProcessState, Unusable};
    use crate::texts::language::Language;

    /// Each state and problem after which a person has to act.
    fn troubles(language: Language) -> Vec<String> {
        let reason = || "it failed.".to_owned();
        vec![
            closed(language, &CloseCause::Quit),
            closed(language, &CloseCause::Killed),
            closed(language, &CloseCause::Exit(1)),
            unusable(
                language,
                &Unusable::Missing {
                    binary: "mpv".to_owned(),
                },
            ),
            unusable(
                language,
                &Unusable::TooOld {
                    version: "0.34.1".to_owned(),
                },
            ),
            unusable(language, &Unusable::Refused { reason: reason() }),
            problem(language, &MediaProblem::Resolver { reason: reason() }),
            problem(language, &MediaProblem::ResolverMissing),
            problem(language, &MediaProblem::Player { reason: reason() }),
            problem(language, &MediaProblem::CannotSeek),
            problem(language, &MediaProblem::Stopped),
            problem(language, &MediaProblem::Replaced),
            process(language, &ProcessState::Frozen),
        ]
    }

    #[test]
    fn whatever_stops_the_player_names_the_way_back() {
        for (language, command) in [
            (Language::English, "/retry"),
            (Language::Russian, "/заново"),
        ] {
            let faults = ResolverFault::iter();
            let unresolved =
                faults.map(|fault| problem(language, &MediaProblem::Unresolved(fault)));
            for text in troubles(language).into_iter().chain(unresolved) {
                assert!(text.contains(command), "{text}");
                assert!(!text.contains("..") && text.ends_with('.'), "{text}");
            }
        }
    }

    #[test]
    fn media_that_does_not_play_is_answered_with_some_that_would() {
        for trouble in [MediaProblem::ResolverMissing, MediaProblem::Replaced] {
            assert!(problem(Language::English, &trouble).contains("a direct .mp4 link works"));
        }
    }

    #[test]
    fn when_it_is_tried_again_is_worded_with_the_reason() {
        let away = MediaProblem::GivenUp(MediaFault::here(FaultKind::NoAnswer));
        assert_eq!(
            next_try(Language::English, &away, Some(Span::millis(7_200))),
            "The video's server isn't responding. Trying again in 8 s; /retry tries now."
        );
        assert_eq!(
            next_try(Language::Russian, &away, Some(Span::millis(7_200))),
            "Сервер видео не отвечает. Новая попытка через 8 с; /заново — сразу."
        );
        let now = "The video's server isn't responding. Trying again now.";
        assert_eq!(next_try(Language::English, &away, None), now);
        assert_eq!(
            next_try(Language::English, &away, Some(Span::millis(-1))),
            now
        );
    }

    #[test]
    fn a_ready_player_reports_its_version_and_what_it_lacks() {
        let state = ProcessState::Ready {
            version: "0.35.1".to_owned(),
            lacks: Some(Lack::Display),
        };
        let text = process(Language::English, &state);
        assert!(
            text.contains("0.35.1") && text.contains(&lack(Language::English, Lack::Display)),
            "{text}"
        );
        // Other tracks may be missing too, or unwanted: no text mentions them.
        assert!(lack(Language::English, Lack::Sound).contains("no sound"));
        assert!(lack(Language::English, Lack::Display).contains("no picture"));
        assert!(lack(Language::English, Lack::Both).contains("neither picture nor sound"));
        for known in [Lack::Sound, Lack::Display, Lack::Both] {
            assert!(!lack(Language::English, known).contains("only"));
        }
    }
}
