//! The end of a room's task on this node.

use futures_util::StreamExt;
use tokio::time::Instant;

use super::{AGAIN, Replica, RoomEnd, commit};
use crate::protocol::denied::Refused;
use crate::server::log::Appended;
use crate::texts::language::Language;
use crate::texts::numbers;

impl Replica {
    /// Ends the room's task: the members are told why, and the room is kept or forgotten.
    pub(super) async fn end(&mut self, end: RoomEnd) {
        match end {
            RoomEnd::ShuttingDown => {
                self.seats.dismiss_all(&Refused::ShuttingDown);
                self.write_snapshot().await;
            }
            RoomEnd::Closed => {
                self.settle_at_end();
                // The command that closed it is answered like any other.
                while let Some(answered) = self.answers.next().await {
                    self.answer(&answered);
                }
                self.seats.dismiss_all(&Refused::RoomClosed);
                if let Err(error) = self.context.log.forget(&self.id).await {
                    tracing::warn!(room = %self.id, %error, "the closed room stays in the log");
                }
                let empty = self.room.state.empty_since;
                let empty = empty.map_or_else(String::new, |since| {
                    let span = numbers::coarse(Language::English, self.room_now() - since);
                    format!(" (empty for {span})")
                });
                tracing::info!(room = %self.id, "room closed{empty}");
            }
            RoomEnd::Gone => self.seats.dismiss_all(&Refused::RoomClosed),
            RoomEnd::NotBegun => {}
        }
    }

    /// Writes a snapshot, so that the next start reads one record and the events after it.
    pub(super) async fn write_snapshot(&mut self) {
        self.snapshot_due = None;
        let Some(snapshot) = commit::serialised(&self.room) else {
            return;
        };
        let rev = self.room.state.rev;
        let kept = self
            .context
            .log
            .append(&self.id, rev, Vec::new(), Some(snapshot))
            .await;
        match kept {
            Ok(Appended::Agreed(_)) => return,
            Ok(Appended::Behind(missed)) => self.take_missed(missed),
            Err(error) => tracing::debug!(room = %self.id, %error, "no snapshot was kept"),
        }
        self.snapshot_due = Some(Instant::now() + AGAIN.to_duration());
    }
}
