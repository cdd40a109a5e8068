//! Texts about the player: its state, what it lacks, why media does not play. Where something
//! helps, the text names the next step.

use super::fault::fault;
use crate::media::fault::{FaultKind, ResolverFault};
use crate::protocol::time::Span;
use crate::sync::follow::ReadSoFar;
use crate::sync::player::{CloseCause, Lack, MediaProblem, ProcessState, Unusable};
use crate::texts::language::Language;

/// The state of the player's process.
#[must_use]
pub fn process(language: Language, state: &ProcessState) -> String {
    match state {
        ProcessState::Off => "You joined without a player (--no-player); chat works.".to_owned(),
        ProcessState::Starting => "Starting mpv …".to_owned(),
        ProcessState::Ready {
            version,
            lacks: None,
        } => format!("mpv {version} is ready."),
        ProcessState::Ready {
            version,
            lacks: Some(lacks),
        } => {
            format!("mpv {version} is ready. {}", lack(language, *lacks))
        }
        ProcessState::Frozen => {
            "mpv does not answer. The room goes on; /retry ends it and starts it again.".to_owned()
        }
        ProcessState::Thawed => "mpv answers again.".to_owned(),
        ProcessState::Closed(cause) => closed(language, cause),
        ProcessState::Unusable(why) => unusable(language, why),
    }
}

/// Why the player's process is gone.
#[must_use]
pub fn closed(language: Language, cause: &CloseCause) -> String {
    match cause {
        CloseCause::Quit => {
            "mpv was closed. You are still in the room; /retry opens it again.".to_owned()
        }
        CloseCause::Killed => {
            "mpv was killed. You are still in the room; /retry starts it again.".to_owned()
        }
        CloseCause::Exit(code) => format!(
            "mpv ended by itself (exit code {code}). You are still in the room; /retry starts it again."
        ),
    }
}

/// Why no player can be started.
#[must_use]
pub fn unusable(language: Language, why: &Unusable) -> String {
    match why {
        Unusable::Missing { binary } => format!(
            "{binary} was not found. Install mpv (Debian, Ubuntu: apt install mpv; macOS: brew \
             install mpv) or name it with --player PATH, then /retry. Chat works without it."
        ),
        Unusable::TooOld { version } => format!(
            "mpv {version} is too old: 0.35 or newer is needed. Install a newer one or name it \
             with --player PATH, then /retry. Chat works without it."
        ),
        Unusable::Refused { reason } => format!(
            "mpv did not start: {}. Check --player, --player-arg and your mpv.conf, then \
             /retry. Chat works without it.",
            unended(reason)
        ),
    }
}

/// Another program's error text without its full stop, for the middle of a sentence.
fn unended(words: &str) -> &str {
    words.trim_end_matches(['.', ' '])
}

/// What a running player lacks.
#[must_use]
pub fn lack(language: Language, lack: Lack) -> &'static str {
    match lack {
        Lack::Display => {
            "No display was found, so there is no picture. To choose an output yourself, pass \
             --player-arg=--vo=NAME."
        }
        Lack::Sound => {
            "No sound device was found, so there is no sound. Connect one or start your sound \
             server, then close mpv and /retry."
        }
        Lack::Both => {
            "Neither a display nor a sound device was found, so there is neither picture nor \
             sound: you see the room's times and chat. Join from a desktop, or with --no-player."
        }
    }
}

/// How far a buffering player has read.
#[must_use]
pub fn reads_on(language: Language, ReadSoFar { read, to }: ReadSoFar) -> String {
    format!(
        "Your player has read to {read} of {to}, and plays from there: it cannot jump in this \
         video."
    )
}

/// What is wrong while the player tries again.
#[must_use]
pub const fn interrupted(language: Language, problem: &MediaProblem) -> &'static str {
    let (MediaProblem::Fetch(fault) | MediaProblem::GivenUp(fault)) = problem else {
        return "The video broke off.";
    };
    match fault.kind {
        FaultKind::Busy => "The video's server is too busy to send it.",
        FaultKind::ClosedUnanswered => "The video's server hung up without an answer.",
        FaultKind::NoAnswer => "The video's server does not answer.",
        FaultKind::NameNotFound => "The name of the video's server is not found.",
        FaultKind::NobodyListens => "The video's server is away.",
        FaultKind::NoRoute => "There is no way to the video's server.",
        FaultKind::ProxyAway => "Your proxy is away.",
        FaultKind::Refused => "The video's server refuses to send more of it.",
        _ => "The connection to the video's server broke.",
    }
}

/// Why the player tries again, and when.
#[must_use]
pub fn next_try(language: Language, problem: &MediaProblem, left: Option<Span>) -> String {
    let why = interrupted(language, problem);
    match left {
        Some(left) if left > Span::ZERO => {
            let seconds = left.as_seconds().ceil();
            format!("{why} Next try in {seconds:.0} s; /retry tries at once.")
        }
        _ => format!("{why} It is tried again now."),
    }
}

/// Why media did not play.
#[must_use]
pub fn problem(language: Language, problem: &MediaProblem) -> String {
    match problem {
        MediaProblem::Unresolved(fault) => unresolved(language, *fault).to_owned(),
        MediaProblem::Resolver { reason } => format!(
            "YouTube did not give this video: {}. Updating yt-dlp often helps, then /retry; \
             a direct .mp4 link works without it.",
            unended(reason)
        ),
        MediaProblem::ResolverMissing => {
            "yt-dlp was not found, which YouTube links need. Install it (pipx install yt-dlp; \
             macOS: brew install yt-dlp), then /retry; a direct .mp4 link works without it."
                .to_owned()
        }
        MediaProblem::Fetch(problem) | MediaProblem::GivenUp(problem) => {
            fault(language, problem.kind)
        }
        MediaProblem::Player { reason } => format!(
            "The video could not be played: {}. Check that the link opens in a browser, \
             then /retry; a direct .mp4 link works best.",
            unended(reason)
        ),
        MediaProblem::CannotSeek => {
            "This stream cannot be joined in its middle with your mpv, nor sought in: it jumps \
             to its end. An mpv with a newer FFmpeg may do it; then /retry. A direct .mp4 link \
             works best."
                .to_owned()
        }
        MediaProblem::Stopped => {
            "The video was stopped in mpv's window. /retry opens it again.".to_owned()
        }
        MediaProblem::Replaced => {
            "Something else than the room's video opened in mpv, such as a playlist, and was \
             stopped. /retry opens the room's video again; a direct .mp4 link works best."
                .to_owned()
        }
    }
}

/// Why yt-dlp did not find a video's streams, if known.
const fn unresolved(language: Language, fault: ResolverFault) -> &'static str {
    match fault {
        ResolverFault::NoJavaScript => {
            "yt-dlp found no JavaScript runtime, which YouTube needs. Install deno 2 or newer, \
             then /retry; a direct .mp4 link works without it."
        }
        ResolverFault::Challenge | ResolverFault::OnlyImages => {
            "yt-dlp did not get past YouTube's challenge. Update yt-dlp and install deno 2 or \
             newer, then /retry; a direct .mp4 link works without it."
        }
        ResolverFault::NoSuchFormat => {
            "YouTube has this video in none of the wanted qualities. Choose another with \
             /quality or update yt-dlp, then /retry."
        }
        ResolverFault::SignIn => {
            "YouTube takes your address for a robot's and wants a login. Pass your browser's \
             with --player-arg=--ytdl-raw-options=cookies-from-browser=firefox, then /retry; \
             a direct .mp4 link works without it."
        }
        ResolverFault::AgeRestricted => {
            "YouTube shows this video only to grown-ups who are logged in. Pass your browser's \
             login with --player-arg=--ytdl-raw-options=cookies-from-browser=firefox, then \
             /retry."
        }
        ResolverFault::Private => {
            "This YouTube video is private. Ask its owner for access, or play another link; \
             /retry looks again."
        }
        ResolverFault::Unavailable => {
            "YouTube has no such video any more. Check the link in a browser, or play another, \
             such as a direct .mp4 link; /retry looks again."
        }
        ResolverFault::Region => {
            "YouTube does not show this video in your country. Play another link; /retry looks \
             again."
        }
        ResolverFault::NotYet => "This YouTube video has not begun yet. /retry once it has.",
        ResolverFault::TooManyRequests => {
            "YouTube has had too many requests from your address. Wait some minutes, then \
             /retry; a direct .mp4 link works without it."
        }
        ResolverFault::Unreachable => {
            "YouTube could not be reached. Check your connection, then /retry."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{closed, lack, next_try, problem, process, unusable};
    use crate::media::fault::{FaultKind, MediaFault};
    use crate::protocol::time::Span;
    use crate::sync::player::{CloseCause, Lack, MediaProblem, ProcessState, Unusable};
    use crate::texts::language::Language;

    #[test]
    fn whatever_stops_the_player_names_the_way_back() {
        let reason = || "it failed.".to_owned();
        let texts = [
            closed(Language::English, &CloseCause::Quit),
            closed(Language::English, &CloseCause::Killed),
            closed(Language::English, &CloseCause::Exit(1)),
            unusable(
                Language::English,
                &Unusable::Missing {
                    binary: "mpv".to_owned(),
                },
            ),
            unusable(
                Language::English,
                &Unusable::TooOld {
                    version: "0.34.1".to_owned(),
                },
            ),
            unusable(Language::English, &Unusable::Refused { reason: reason() }),
            problem(
                Language::English,
                &MediaProblem::Resolver { reason: reason() },
            ),
            problem(Language::English, &MediaProblem::ResolverMissing),
            problem(
                Language::English,
                &MediaProblem::Player { reason: reason() },
            ),
            problem(Language::English, &MediaProblem::CannotSeek),
            problem(Language::English, &MediaProblem::Stopped),
            problem(Language::English, &MediaProblem::Replaced),
            process(Language::English, &ProcessState::Frozen),
        ];
        for text in texts {
            assert!(text.contains("/retry"), "{text}");
            assert!(!text.contains(".."), "{text}");
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
            "The video's server does not answer. Next try in 8 s; /retry tries at once."
        );
        let now = "The video's server does not answer. It is tried again now.";
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
            text.contains("0.35.1") && text.contains(lack(Language::English, Lack::Display)),
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
