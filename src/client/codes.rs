//! The words for programs in `--json`: stable, one for each case, never translated.

use serde::Serialize;

use crate::app::decision::{Cause, Deed};
use crate::app::told::{ConnectionView, MemberChange, Notice, PlayerView, UsageError, Why};
use crate::protocol::wish::Wish;
use crate::sync::follow::{SyncState, Unsynced};
use crate::sync::player::ProcessState;
use crate::wire::message::Reason;

/// What changed about a member.
#[must_use]
pub(super) const fn change(change: MemberChange) -> &'static str {
    match change {
        MemberChange::Joined => "joined",
        MemberChange::Left => "left",
        MemberChange::Renamed => "renamed",
        MemberChange::Role => "role",
        MemberChange::Muted => "muted",
        MemberChange::Unmuted => "unmuted",
        MemberChange::Spared => "not_waited_for",
        MemberChange::Unspared => "waited_for",
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
        PlayerView::Frozen => "frozen",
        PlayerView::Gone(ProcessState::Closed(_)) => "closed",
        PlayerView::Off | PlayerView::Gone(_) => "missing",
        // Either way this player does not play the video, and its text says why.
        PlayerView::Failed(_) | PlayerView::Refused(_) => "refused",
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
pub(super) const fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::Load(_) => "load",
        Deed::Seek(_) => "seek",
        Deed::Pause => "pause",
        Deed::Play => "play",
        Deed::Rate(_) => "rate",
        Deed::Bend(_) => "bend",
        Deed::Straight => "straight",
        Deed::BackOff => "back_off",
        Deed::GiveUp => "give_up",
    }
}

/// What led to it.
#[must_use]
pub(super) const fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Joined => "joined",
        Cause::Loaded => "loaded",
        Cause::RoomPaused => "room_paused",
        Cause::RoomPlays => "room_plays",
        Cause::RoomCounts => "room_counts",
        Cause::RoomJumped => "room_jumped",
        Cause::RoomRate => "room_rate",
        Cause::RoomWaits => "room_waits",
        Cause::WaitOver => "wait_over",
        Cause::ActUndone => "act_undone",
        Cause::PlayerBack => "player_back",
        Cause::Thawed => "thawed",
        Cause::Reopened => "reopened",
        Cause::Slept => "slept",
        Cause::Drift => "drift",
        Cause::Ahead => "ahead",
        Cause::RoomArrived => "room_arrived",
        Cause::DataLate => "data_late",
        Cause::TriedAgain => "tried_again",
        Cause::DoesNotPlay => "does_not_play",
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
        Why::Usage(UsageError::UnknownCommand { .. }) => "unknown_command",
        Why::Usage(UsageError::BadArgument { .. }) => "bad_argument",
        Why::Usage(UsageError::TooLong { .. }) => "too_long",
        Why::Usage(UsageError::Empty) => "empty",
        Why::Media(_) => "bad_link",
        Why::NotConnected { .. } => "not_connected",
        Why::Unreachable(_) => "unreachable",
        Why::Unanswered => "unanswered",
        Why::NoPlayer => "no_player",
        Why::NothingWrong => "nothing_wrong",
        Why::NotOpened(_) => "refused",
        Why::NoScreen => "no_screen",
    };
    code.to_owned()
}

/// The code with which something travels.
fn wire(code: &impl Serialize) -> String {
    Reason::new(code, String::new()).code
}

/// Which notice it is.
#[must_use]
pub(super) const fn notice(notice: &Notice) -> &'static str {
    match notice {
        Notice::OnlyHere { .. } => "only_here",
        Notice::OnLan { .. } => "on_lan",
        Notice::RoomCreated { .. } => "room_created",
        Notice::AlreadyExists => "already_exists",
        Notice::NameChanged { .. } => "name_changed",
        Notice::ActUndone(_) => "act_undone",
        Notice::NotPlayed(_) => "not_played",
        Notice::NotConnected => "not_connected",
        Notice::Asked {
            wish: Wish::Pause, ..
        } => "pause_asked",
        Notice::Asked { .. } => "asked",
        Notice::Banned { .. } => "banned",
        Notice::Unbanned { .. } => "unbanned",
        Notice::Bans(_) => "bans",
        Notice::Waiting { .. } => "waiting",
        Notice::WaitOver { .. } => "wait_over",
        Notice::WaitPolicy { .. } => "wait_policy",
        Notice::Jumped { .. } => "jumped",
        Notice::ActingAdmin { .. } => "acting_admin",
        Notice::Titled { .. } => "titled",
        Notice::Heir { .. } => "heir",
        Notice::Countdown { .. } => "countdown",
        Notice::Count { .. } => "count",
        Notice::StalledTwice { .. } => "stalled_twice",
        Notice::Finished => "finished",
        Notice::Unqueued { .. } => "unqueued",
        Notice::PlaybackFailed { .. } => "playback_failed",
        Notice::Who(_) => "who",
        Notice::OutOfDate => "out_of_date",
        Notice::Help => "help",
        Notice::CannotSeek { .. } => "cannot_seek",
        Notice::EndsEarly => "ends_early",
        Notice::OtherBeginning { .. } => "other_beginning",
        Notice::TriesAgain(_) => "tries_again",
        Notice::NothingOn { .. } => "nothing_on",
        Notice::QualityFixed => "quality_fixed",
        Notice::PlayerLacks(_) => "player_lacks",
        Notice::Woke { .. } => "woke",
        Notice::ServerError(_) => "server_error",
    }
}
