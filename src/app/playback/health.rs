//! How a member is doing, as the others see it: it follows from what their player does, and where
//! that stands or plays from how well it is in step.

use crate::app::output::PlayerView;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::follow::{Status, SyncState, Unsynced};
use crate::wire::message::{Health, HealthState};

/// How often the member's health is sent while a player runs.
const HEALTH_EVERY: Span = Span::seconds(2);

/// What the room learns of the member's health, and when.
#[derive(Debug, Default)]
pub(super) struct HealthReports {
    next: Option<LocalTime>,
    /// Whether the member is away.
    is_away: bool,
}

impl HealthReports {
    /// Starts sending health to the room.
    pub(super) fn begin(&mut self, now: LocalTime) {
        self.next = Some(now + HEALTH_EVERY);
    }

    /// Stops sending health to the room.
    pub(super) const fn stop(&mut self) {
        self.next = None;
    }

    /// When the next report is due, of a player that runs.
    pub(super) const fn next(&self) -> Option<LocalTime> {
        self.next
    }

    /// Whether a report is due; if so, the next one is planned.
    pub(super) fn take_due(&mut self, now: LocalTime) -> bool {
        let due = self.next.is_some_and(|at| at <= now);
        if due {
            self.begin(now);
        }
        due
    }

    /// The member goes away, or comes back.
    pub(super) const fn toggle_away(&mut self) {
        self.is_away = !self.is_away;
    }

    /// Whether the member is away.
    pub(super) const fn is_away(&self) -> bool {
        self.is_away
    }

    /// How the member is doing whose player does this.
    pub(super) fn health(&self, player: &PlayerView, status: &Status) -> Health {
        let state = if self.is_away {
            HealthState::Away
        } else {
            state(player, status)
        };
        Health {
            state,
            error: status.error,
            bound: status.bound,
            buffered: status.buffered,
            round_trip: status.round_trip,
            live: status.live,
        }
    }
}

/// How a member is doing who is here and whose player does this.
fn state(player: &PlayerView, status: &Status) -> HealthState {
    match player {
        PlayerView::Off | PlayerView::Gone(_) => HealthState::ChatOnly,
        PlayerView::Starting => HealthState::Starting,
        PlayerView::Loading | PlayerView::ReadingOn(_) => HealthState::Loading,
        PlayerView::Frozen => HealthState::Frozen,
        PlayerView::Failed(_) | PlayerView::Refused(_) => HealthState::Failed,
        PlayerView::Buffering => HealthState::Buffering,
        PlayerView::Idle { .. } => HealthState::InStep,
        PlayerView::Paused => paused(status.state),
        PlayerView::Playing => playing(status),
    }
}

/// Whether nothing is wrong with the media that another try would help: it is in step, or
/// would be if the clocks were compared.
pub(super) fn is_well(status: &Status) -> bool {
    match status.state {
        SyncState::Idle
        | SyncState::Holding
        | SyncState::Waiting
        | SyncState::Unsynced(Unsynced::NoClock) => true,
        SyncState::Nudging => status.is_in_step(),
        SyncState::Loading
        | SyncState::Seeking
        | SyncState::Buffering
        | SyncState::ReadingOn
        | SyncState::Ahead
        | SyncState::Unsynced(_) => false,
    }
}

/// Whether a standing player counts as in step.
fn paused(state: SyncState) -> HealthState {
    match state {
        SyncState::Ahead => HealthState::CatchingUp,
        SyncState::Unsynced(why) => other_copy(why).unwrap_or(HealthState::InStep),
        _ => HealthState::InStep,
    }
}

/// What a member's player counts as whose copy of the media is another than the room's.
const fn other_copy(why: Unsynced) -> Option<HealthState> {
    match why {
        Unsynced::OtherBeginning => Some(HealthState::OtherPictures),
        Unsynced::EndsEarly => Some(HealthState::CopyOver),
        _ => None,
    }
}

/// Whether a playing player counts as in step.
fn playing(status: &Status) -> HealthState {
    if let SyncState::Unsynced(why) = status.state
        && let Some(state) = other_copy(why)
    {
        return state;
    }
    // Where nothing was read lately, it is what the follower does that counts.
    let does_well = matches!(
        status.state,
        SyncState::Holding
            | SyncState::Waiting
            | SyncState::Idle
            | SyncState::Unsynced(Unsynced::Live | Unsynced::TimeJumps)
    );
    if status.is_in_step() || (status.error.is_none() && does_well) {
        HealthState::InStep
    } else {
        HealthState::CatchingUp
    }
}
