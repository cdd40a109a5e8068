//! How a member is doing, as the others see it: it follows from what their player does, and where
//! that stands or plays from how well it is in step.

use crate::app::output::PlayerView;
use crate::protocol::cadence::Cadence;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::follow::{Status, SyncState, Unsynced};
use crate::wire::health_change::{is_noticeable, urgent_trouble};
use crate::wire::message::{Health, HealthState};

/// How often it is looked whether the member's health is to be sent, while a player runs.
const LOOK_EVERY: Span = Span::seconds(2);

/// The least time between two reports that the player's trouble causes (judgement: a player whose data
/// comes drop by drop stalls several times a second).
const LEAST_GAP: Span = Span::millis(500);

/// What the room learns of the member's health, and when.
#[derive(Debug, Default)]
pub(super) struct HealthReports {
    cadence: Cadence,
    next: Option<LocalTime>,
    /// What was sent last on this connection, and when.
    sent: Option<(Health, LocalTime)>,
    /// Whether the member is away.
    is_away: bool,
}

impl HealthReports {
    /// Repeats unchanged health as often as this says, within its bounds.
    pub(super) fn keep(&mut self, cadence: Cadence) {
        self.cadence = cadence.bounded();
    }

    /// Starts sending health to the room.
    pub(super) fn begin(&mut self, now: LocalTime) {
        self.next = Some(now + LOOK_EVERY);
        self.sent = None;
    }

    /// Stops sending health to the room.
    pub(super) const fn stop(&mut self) {
        self.next = None;
    }

    /// When it is to be looked next whether to report, while a player runs.
    pub(super) const fn next(&self) -> Option<LocalTime> {
        self.next
    }

    /// Whether it is to be looked now; if so, the next time is planned.
    pub(super) fn take_due(&mut self, now: LocalTime) -> bool {
        let due = self.next.is_some_and(|at| at <= now);
        if due {
            self.next = Some(now + LOOK_EVERY);
        }
        due
    }

    /// Whether this health is to be sent: it has changed noticeably, or would soon be stale.
    pub(super) fn is_wanted(&self, health: &Health, now: LocalTime) -> bool {
        self.sent.as_ref().is_none_or(|(sent, at)| {
            is_noticeable(sent, health) || now - *at >= self.cadence.between_reports()
        })
    }

    /// The player has trouble now, or none any more: if the room does not know that, it is looked at
    /// at once, or [`LEAST_GAP`] after the last report.
    pub(super) fn note_trouble(&mut self, player: &PlayerView, now: LocalTime) {
        let Some((sent, at)) = self.sent else { return };
        if self.next.is_some() && !self.is_away && trouble(player) != urgent_trouble(sent.state) {
            self.next = self.next.min(Some(now.max(at + LEAST_GAP)));
        }
    }

    /// This was sent.
    pub(super) const fn note_sent(&mut self, health: Health, now: LocalTime) {
        self.sent = Some((health, now));
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

/// The trouble of a player that is told at once, as it is told.
const fn trouble(player: &PlayerView) -> Option<HealthState> {
    match player {
        PlayerView::Frozen => Some(HealthState::Frozen),
        PlayerView::Failed(_) | PlayerView::Refused(_) => Some(HealthState::Failed),
        PlayerView::Buffering => Some(HealthState::Buffering),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::HealthReports;
    use crate::app::output::PlayerView;
    use crate::protocol::cadence::Cadence;
    use crate::protocol::time::{LocalTime, Span};
    use crate::wire::message::{Health, HealthState};

    const MANY: Cadence = Cadence {
        clock_ms: 3_000,
        burst: 2,
        health_ms: 10_000,
        return_ms: 0,
    };

    fn at(millis: i64) -> LocalTime {
        LocalTime(0) + Span::millis(millis)
    }

    fn health(state: HealthState) -> Health {
        Health {
            state,
            ..Health::default()
        }
    }

    /// The millisecond at which the next report is made of a player that is in this state.
    fn next(reports: &mut HealthReports, state: HealthState) -> i64 {
        let health = health(state);
        loop {
            let now = reports.next().unwrap();
            assert!(reports.take_due(now));
            if reports.is_wanted(&health, now) {
                reports.note_sent(health, now);
                return (now - at(0)).0 / 1_000;
            }
        }
    }

    #[test]
    fn unchanged_health_is_repeated_before_it_is_stale_and_no_sooner() {
        let mut reports = HealthReports::default();
        reports.begin(at(0));
        assert_eq!(next(&mut reports, HealthState::InStep), 2_000);
        assert_eq!(next(&mut reports, HealthState::InStep), 4_000, "not told");
        reports.keep(MANY);
        assert_eq!(next(&mut reports, HealthState::InStep), 14_000);
        assert_eq!(next(&mut reports, HealthState::CatchingUp), 16_000);
        assert_eq!(next(&mut reports, HealthState::CatchingUp), 26_000);
        // Another connection knows nothing.
        reports.begin(at(30_000));
        assert_eq!(next(&mut reports, HealthState::CatchingUp), 32_000);
    }

    #[test]
    fn a_stall_is_told_at_once_and_its_end_too_but_not_each_of_a_series() {
        let mut reports = HealthReports::default();
        reports.keep(MANY);
        reports.begin(at(0));
        assert_eq!(next(&mut reports, HealthState::InStep), 2_000);
        reports.note_trouble(&PlayerView::Playing, at(2_700));
        assert_eq!(reports.next(), Some(at(4_000)), "nothing is new");
        reports.note_trouble(&PlayerView::Buffering, at(2_700));
        assert_eq!(next(&mut reports, HealthState::Buffering), 2_700);
        reports.note_trouble(&PlayerView::Playing, at(2_800));
        assert_eq!(next(&mut reports, HealthState::InStep), 3_200);
    }
}
