//! What became of the player or of the video in it, and what to do about it.

use crate::sync::player::{CloseCause, MediaProblem, ProcessState, Unusable};

/// What the player's process does, or why there is none.
#[must_use]
pub fn process(state: &ProcessState) -> String {
    match state {
        ProcessState::Off => "No player runs, as you asked.".to_owned(),
        ProcessState::Starting => "The player is starting.".to_owned(),
        ProcessState::Ready { version, .. } => format!("The player, mpv {version}, is ready."),
        ProcessState::Frozen => "The player does not answer; waiting for it.".to_owned(),
        ProcessState::Thawed => "The player answers again.".to_owned(),
        ProcessState::Closed(cause) => closed(cause),
        ProcessState::Unusable(cause) => unusable(cause),
    }
}

fn closed(cause: &CloseCause) -> String {
    match cause {
        CloseCause::Quit => "The player was closed. /retry opens it again.".to_owned(),
        CloseCause::Killed => "The player was killed. /retry starts it again.".to_owned(),
        CloseCause::Exit(code) => {
            format!("The player ended by itself (exit code {code}). /retry starts it again.")
        }
    }
}

fn unusable(cause: &Unusable) -> String {
    match cause {
        Unusable::Missing { binary } => format!(
            "There is no program “{binary}”. Install mpv (https://mpv.io/installation/), \
             then /retry; chat works without."
        ),
        Unusable::TooOld { version } => {
            format!("mpv {version} is too old: 0.35 or later is needed. Update it, then /retry.")
        }
        Unusable::Refused { reason } => {
            format!("The player did not start: {reason}. /retry tries again.")
        }
    }
}

/// Why a video does not play, and what helps.
#[must_use]
pub fn problem(problem: &MediaProblem) -> String {
    match problem {
        MediaProblem::Resolver { reason } => format!(
            "yt-dlp could not open this video: {reason}. A direct link to an .mp4 file works \
             without it; /retry tries again."
        ),
        MediaProblem::ResolverMissing => "yt-dlp is not installed, and YouTube needs it. \
             Install it, then /retry; a direct link to an .mp4 file works without it."
            .to_owned(),
        MediaProblem::Player { reason } => {
            format!("The player could not open this video: {reason}. /retry tries again.")
        }
        MediaProblem::Replaced => "This link led to something else than one video, which is \
             not played. Give a direct link to a media file."
            .to_owned(),
    }
}
