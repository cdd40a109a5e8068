//! The codes in `--json` for programs: stable, one for each case, never translated. Most are
//! derived from the name of the case, next to which another spelling stands; here are those that
//! depend on more.

use serde::Serialize;

use crate::app::output::{Notice, PlayerView, Why};
use crate::protocol::command::Command;
use crate::protocol::moderation::Restriction;
use crate::protocol::playback::StandstillCause;
use crate::sync::follow::SyncState;
use crate::sync::player::{MediaProblem, ProcessState};
use crate::wire::message::Reason;

/// What the player does.
#[must_use]
pub(super) fn player(view: &PlayerView) -> &'static str {
    match view {
        PlayerView::Gone(ProcessState::Closed(_)) => "closed",
        view => view.into(),
    }
}

/// Why the player does not play the media, if it does not.
#[must_use]
pub(super) fn failure(view: &PlayerView) -> Option<&'static str> {
    match view {
        PlayerView::Failed(problem) => Some(problem_code(problem)),
        PlayerView::Refused(_) => Some(POLICY),
        _ => None,
    }
}

/// The code for media that may not be opened on this machine.
const POLICY: &str = "policy";

fn problem_code(problem: &MediaProblem) -> &'static str {
    match problem {
        MediaProblem::Unresolved(fault) => (*fault).into(),
        MediaProblem::Fetch(fault) | MediaProblem::GivenUp(fault) => fault.kind.into(),
        problem => problem.into(),
    }
}

/// Why a player is not kept in step, while it is not.
#[must_use]
pub(super) fn unsynced(state: SyncState) -> Option<&'static str> {
    match state {
        SyncState::Unsynced(reason) => Some(reason.into()),
        _ => None,
    }
}

/// Why a line changed nothing: the wire's own code where it comes from the server.
#[must_use]
pub(super) fn why(why: &Why) -> String {
    let code: &str = match why {
        Why::Denied(denied) => return wire(denied),
        Why::Refused(refused) => return wire(refused),
        Why::Unknown(reason) => return reason.code.clone(),
        Why::Removed { is_banned, .. } => removed(*is_banned),
        Why::Usage(error) => error.into(),
        why => why.into(),
    };
    code.to_owned()
}

/// The same codes as those with which the server closes the connection.
const fn removed(is_banned: bool) -> &'static str {
    if is_banned { "banned" } else { "kicked" }
}

/// The code with which something travels.
fn wire(code: &impl Serialize) -> String {
    Reason::new(code, String::new()).code
}

/// Why nobody plays.
const fn standstill(cause: StandstillCause) -> &'static str {
    match cause {
        StandstillCause::Failed { .. } => "nobody_can_play",
        StandstillCause::Ended => "all_copies_end",
        StandstillCause::Closed => "all_players_closed",
    }
}

/// Which notice it is: its name in snake case, but for those that have several codes.
#[must_use]
pub(super) fn notice(notice: &Notice) -> &'static str {
    match notice {
        Notice::Asked { request, .. } if matches!(request.command(), Command::Pause { .. }) => {
            "pause_asked"
        }
        Notice::NobodyPlays { cause, .. } => standstill(*cause),
        Notice::SomebodyPlays(Some(_)) => "playback_recovered",
        Notice::Window(notice) => notice.into(),
        Notice::Own(own) => own.into(),
        Notice::Restricted { restriction, .. } => restricted(*restriction),
        Notice::Lobby(notice) => notice.into(),
        Notice::Batch(batch) => batch.into(),
        Notice::Arrival(arrival) => arrival.into(),
        Notice::Apart(apart) => apart.into(),
        Notice::Server(server) => server.into(),
        _ => notice.into(),
    }
}

/// Which restriction was set or lifted.
const fn restricted(restriction: Restriction) -> &'static str {
    match restriction {
        Restriction::SlowMode { interval: Some(_) } => "slow_mode",
        Restriction::SlowMode { interval: None } => "slow_mode_off",
        Restriction::Lock { locked: true } => "locked",
        Restriction::Lock { locked: false } => "unlocked",
        Restriction::Newcomers { wait: Some(_) } => "newcomers_watch",
        Restriction::Newcomers { wait: None } => "newcomers_welcome",
        Restriction::ObserverChat { shown: true } => "observers_chat",
        Restriction::ObserverChat { shown: false } => "observers_chat_off",
    }
}

/// The invite link that was made.
#[must_use]
pub(super) fn invite_link(notice: &Notice) -> Option<&str> {
    match notice {
        Notice::InviteLink(link) => Some(&link.link),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::failure;
    use crate::app::output::PlayerView;
    use crate::media::Media;
    use crate::media::fault::{FaultKind, MediaFault, ResolverFault};
    use crate::media::policy::{Privacy, check};
    use crate::sync::player::MediaProblem;

    fn failed(problem: MediaProblem) -> &'static str {
        failure(&PlayerView::Failed(problem)).unwrap()
    }

    #[test]
    fn each_failure_has_a_code_of_its_own() {
        assert_eq!(failure(&PlayerView::Playing), None);
        let faults = FaultKind::iter().map(MediaFault::here);
        let mut codes: Vec<_> = faults.map(MediaProblem::Fetch).map(failed).collect();
        assert!(codes.contains(&"gone") && codes.contains(&"no_answer"));
        let reason = String::new;
        codes.extend(
            [
                MediaProblem::Unresolved(ResolverFault::NoJavaScript),
                MediaProblem::Unresolved(ResolverFault::SignIn),
                MediaProblem::Unresolved(ResolverFault::Unavailable),
                MediaProblem::Resolver { reason: reason() },
                MediaProblem::ResolverMissing,
                MediaProblem::NoRelay,
                MediaProblem::Player { reason: reason() },
                MediaProblem::CannotSeek,
                MediaProblem::Stopped,
                MediaProblem::Replaced,
            ]
            .map(failed),
        );
        let snake_case = |code: &&str| code.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        assert!(codes.iter().all(snake_case), "{codes:?}");
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count, "{codes:?}");
    }

    #[test]
    fn a_policy_is_distinguished_from_a_failure() {
        let media = Media::parse("http://127.0.0.1/film.mp4").unwrap();
        let refusal = check(&media, Privacy::PublicOnly).unwrap_err();
        assert_eq!(failure(&PlayerView::Refused(refusal)), Some("policy"));
        let on_the_way = MediaFault::here(FaultKind::PrivateAddress);
        assert_eq!(failed(MediaProblem::Fetch(on_the_way)), "policy");
    }
}
