//! Has the room evaluate its players' reports whenever one of them changes: they may mean a wait,
//! or the end of the media.

use super::commit::EventOrigin;
use super::message::SeatId;
use super::node_message::NodeMessage;
use super::{AGAIN, Replica};
use crate::room::decide;
use crate::room::reports::PlayerProcess;
use crate::wire::message::{Health, HealthState};

impl Replica {
    /// Evaluates the reports, commits what follows, and notes when to do so again.
    pub(super) async fn evaluate_players(&mut self) {
        if self.asks_reports_at.is_some() {
            // What those at other nodes report is not known yet.
            return;
        }
        let judged = self
            .commit(EventOrigin::default(), |room, reports, moment| {
                Ok(decide::players(room, reports, moment))
            })
            .await;
        let now = self.room_now();
        self.players_due = match judged {
            Ok(_) => decide::players_next(&self.room, &self.reports, now),
            Err(why) => {
                tracing::debug!(room = %self.id, ?why, "what the players mean is not on record");
                Some(now + AGAIN)
            }
        };
    }

    /// Notes whether a member's player runs, by their health; returns whether that has changed.
    pub(super) fn note_process(&mut self, seat: SeatId, health: Health) -> bool {
        let Some(member) = self.seats.member(seat) else {
            return false;
        };
        let now = self.room_now();
        let process = process(health.state);
        let changed = process.filter(|process| self.reports.note_process(member, *process, now));
        if let Some(process) = changed {
            self.tell_others(&NodeMessage::Process { member, process });
        }
        changed.is_some()
    }
}

/// The state of a player's process by its member's health; `None` if that does not show it.
pub(crate) const fn process(state: HealthState) -> Option<PlayerProcess> {
    match state {
        HealthState::Frozen => Some(PlayerProcess::Frozen),
        // A failed player reports its code too. Without one, the member stopped the media, or their
        // machine may not open the link.
        HealthState::Failed => Some(PlayerProcess::Stopped),
        HealthState::ChatOnly => Some(PlayerProcess::Closed),
        HealthState::Loading
        | HealthState::InStep
        | HealthState::CatchingUp
        | HealthState::OtherPictures
        | HealthState::CopyOver
        | HealthState::Buffering => Some(PlayerProcess::Runs),
        HealthState::Starting | HealthState::Away => None,
    }
}
