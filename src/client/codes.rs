//! The codes in `--json` for programs: stable, one for each case, never translated.

use serde::Serialize;

use crate::app::output::{ConnectionView, MemberChange, Notice, PlayerView, UsageError, Why};
use crate::protocol::command::Command;
use crate::protocol::playback::StandstillCause;
use crate::sync::follow::{SyncAction, SyncCause, SyncState, Unsynced};
use crate::sync::player::{MediaProblem, ProcessState};
use crate::wire::message::Reason;

/// What changed about a member.
#[must_use]
pub(super) const fn change(change: MemberChange) -> &'static str {
    match change {
        MemberChange::Joined => "joined",
        MemberChange::Left => "left",
        MemberChange::Role => "role",
        MemberChange::Muted => "muted",
        MemberChange::Unmuted => "unmuted",
        MemberChange::WaitExempt => "not_waited_for",
        MemberChange::WaitCounted => "waited_for",
    }
}

/// What the player does.
#[must_use]
pub(super) const fn player(view: &PlayerView) -> &'static str {
    match view {
        PlayerView::Starting => "starting",
        PlayerView::Idle { .. } => "idle",
        PlayerView::Loading => "loading",
        PlayerView::Playing => "playing",
        PlayerView::Paused => "paused",
        PlayerView::Buffering => "buffering",
        PlayerView::ReadingOn(_) => "reading_on",
        PlayerView::Frozen => "frozen",
        PlayerView::Gone(ProcessState::Closed(_)) => "closed",
        PlayerView::Off | PlayerView::Gone(_) => "missing",
        // Either way this player does not play the media, and its text says why.
        PlayerView::Failed(_) | PlayerView::Refused(_) => "refused",
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
        MediaProblem::Resolver { .. } => "resolver_failed",
        MediaProblem::ResolverMissing => "resolver_missing",
        MediaProblem::Fetch(fault) | MediaProblem::GivenUp(fault) => fault.kind.into(),
        MediaProblem::Player { .. } => "player",
        MediaProblem::CannotSeek => "cannot_seek",
        MediaProblem::Stopped => "stopped",
        MediaProblem::Replaced => "replaced",
    }
}

/// How well in step the player is.
#[must_use]
pub(super) const fn sync(state: SyncState) -> &'static str {
    match state {
        SyncState::Idle => "idle",
        SyncState::Loading => "loading",
        SyncState::Holding => "holding",
        SyncState::Nudging => "nudging",
        SyncState::Seeking => "seeking",
        SyncState::Buffering => "buffering",
        SyncState::ReadingOn => "reading_on",
        SyncState::Waiting => "waiting",
        SyncState::Ahead => "ahead",
        SyncState::Unsynced(_) => "unsynced",
    }
}

/// Why a player is not kept in step, while it is not.
#[must_use]
pub(super) const fn unsynced(state: SyncState) -> Option<&'static str> {
    let SyncState::Unsynced(reason) = state else {
        return None;
    };
    Some(match reason {
        Unsynced::NoClock => "no_clock",
        Unsynced::Live => "live",
        Unsynced::TimeJumps => "time_jumps",
        Unsynced::Frozen => "frozen",
        Unsynced::BackingOff => "backing_off",
        Unsynced::CannotSeek => "cannot_seek",
        Unsynced::Failed => "failed",
        Unsynced::EndsEarly => "ends_early",
        Unsynced::OtherBeginning => "other_beginning",
    })
}

/// What was decided about the player.
#[must_use]
pub(super) const fn action(action: SyncAction) -> &'static str {
    match action {
        SyncAction::Load(_) => "load",
        SyncAction::Seek(_) => "seek",
        SyncAction::Pause => "pause",
        SyncAction::Play => "play",
        SyncAction::SetRate(_) => "rate",
        SyncAction::BendSpeed(_) => "bend",
        SyncAction::RestoreSpeed => "straight",
        SyncAction::BackOff => "back_off",
        SyncAction::GiveUp => "give_up",
    }
}

/// What led to it.
#[must_use]
pub(super) const fn cause(cause: SyncCause) -> &'static str {
    match cause {
        SyncCause::Joined => "joined",
        SyncCause::Loaded => "loaded",
        SyncCause::RoomPaused => "room_paused",
        SyncCause::RoomPlays => "room_plays",
        SyncCause::RoomCounts => "room_counts",
        SyncCause::RoomJumped => "room_jumped",
        SyncCause::MediaOver => "film_over",
        SyncCause::RoomRate => "room_rate",
        SyncCause::RoomWaits => "room_waits",
        SyncCause::WaitOver => "wait_over",
        SyncCause::ActionUndone => "act_undone",
        SyncCause::PlayerBack => "player_back",
        SyncCause::Thawed => "thawed",
        SyncCause::Reopened => "reopened",
        SyncCause::Slept => "slept",
        SyncCause::Drift => "drift",
        SyncCause::Ahead => "ahead",
        SyncCause::RoomArrived => "room_arrived",
        SyncCause::DataLate => "data_late",
        SyncCause::TriedAgain => "tried_again",
        SyncCause::Uncached => "left_cache",
        SyncCause::DoesNotPlay => "does_not_play",
    }
}

/// What the connection does.
#[must_use]
pub(super) const fn connection(view: &ConnectionView) -> &'static str {
    match view {
        ConnectionView::Connecting { .. } => "connecting",
        ConnectionView::Connected => "connected",
        ConnectionView::Reconnecting { .. } => "reconnecting",
        ConnectionView::Refused(_) => "refused",
        ConnectionView::Closed => "closed",
    }
}

/// Why a line changed nothing: the wire's own code where it comes from the server.
#[must_use]
pub(super) fn why(why: &Why) -> String {
    let code = match why {
        Why::Denied(denied) => return wire(denied),
        Why::Refused(refused) => return wire(refused),
        Why::Unknown(reason) => return reason.code.clone(),
        Why::Removed { is_banned, .. } => removed(*is_banned),
        Why::Usage(UsageError::UnknownCommand { .. }) => "unknown_command",
        Why::Usage(UsageError::BadArgument { .. }) => "bad_argument",
        Why::Usage(UsageError::TooLong { .. }) => "too_long",
        Why::Usage(UsageError::Empty) => "empty",
        Why::Usage(UsageError::Name(_)) => "not_a_name",
        Why::Media(_) => "bad_link",
        Why::NotConnected { .. } => "not_connected",
        Why::Unreachable(_) => "unreachable",
        Why::Unanswered => "unanswered",
        Why::NoPlayer => "no_player",
        Why::NothingWrong => "nothing_wrong",
        Why::ReadsOn(_) => "reads_on",
        Why::TriedAlready => "tried_already",
        Why::NotOpened(_) => "refused",
        Why::NoScreen => "no_screen",
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
        _ => notice.into(),
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::failure;
    use crate::app::output::PlayerView;
    use crate::media::Media;
    use crate::media::fault::{Fault, FaultKind, ResolverFault};
    use crate::media::policy::{Privacy, check};
    use crate::sync::player::MediaProblem;

    fn failed(problem: MediaProblem) -> &'static str {
        failure(&PlayerView::Failed(problem)).unwrap()
    }

    #[test]
    fn each_failure_has_a_code_of_its_own() {
        assert_eq!(failure(&PlayerView::Playing), None);
        let faults = FaultKind::iter().map(Fault::here);
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
        let on_the_way = Fault::here(FaultKind::PrivateAddress);
        assert_eq!(failed(MediaProblem::Fetch(on_the_way)), "policy");
    }
}
