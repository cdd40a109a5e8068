//! How a room's task begins: the room is created, reopened after its server was down, or runs at
//! other nodes already.

use super::commit::EventOrigin;
use super::node_message::NodeMessage;
use super::{AGAIN, Replica};
use crate::protocol::denied::Denied;
use crate::protocol::ids::Rev;
use crate::protocol::time::RoomTime;
use crate::room::decide::{self, Creation, RoomSettings};

/// What a task does before it takes its first message.
#[derive(Debug)]
pub(super) enum Beginning {
    /// It creates the room.
    Create(Creation),
    /// It reopens a room that ran nowhere, after a server was last known to run then.
    Reopen(RoomTime),
    /// It reopens a room of another server, which was last known to run then.
    Import(RoomTime),
    /// It joins those that have the room.
    Follow,
}

/// Why a room was not begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotBegun {
    /// Its first events could not be appended.
    Denied(Denied),
    /// Another node created a room of this name first; it has that one now.
    CameSecond,
}

impl Replica {
    /// Appends the first events of a new room, or those of reopening a known one.
    pub(super) async fn begin(&mut self, beginning: Beginning) -> Result<(), NotBegun> {
        match beginning {
            Beginning::Create(creation) => self.create(&creation).await?,
            Beginning::Reopen(_) if self.runs_elsewhere() => self.join_others().await,
            Beginning::Reopen(alive) | Beginning::Import(alive) => self.reopen(alive).await,
            Beginning::Follow => self.join_others().await,
        }
        tracing::info!(room = %self.id, rev = %self.room.state.rev, "room opened");
        self.rearm();
        Ok(())
    }

    /// What the server sets for its rooms now. Only what it sets after this counts as changed.
    pub(super) fn settings(&mut self) -> RoomSettings {
        self.context.limits.borrow_and_update().room_settings()
    }

    async fn create(&mut self, creation: &Creation) -> Result<(), NotBegun> {
        let settings = self.settings();
        let created = self
            .commit(EventOrigin::default(), |room, _, _| {
                if room.state.rev > Rev(0) {
                    return Err(Denied::StorageAway);
                }
                Ok(decide::create(creation, settings))
            })
            .await;
        match created {
            Ok(_) => Ok(()),
            Err(_) if self.room.state.rev > Rev(0) => Err(NotBegun::CameSecond),
            Err(why) => Err(NotBegun::Denied(why)),
        }
    }

    /// Whether other nodes have the room already: one ran before this one, or a member is
    /// connected to one.
    fn runs_elsewhere(&self) -> bool {
        let cluster = &self.context.cluster;
        let mut here = self.room.state.roster.here();
        let is_there = here.any(|member| {
            let node = self.room.secrets.node(member.id);
            cluster.is_elsewhere(node) && !cluster.is_gone(node)
        });
        cluster.joined_others() || is_there
    }

    /// Appends what reopening leads to, and retries until it succeeds: the room exists, and its
    /// members come back to it. It is given up if the room is gone by then, and one that the log has
    /// lost is written back first.
    async fn reopen(&mut self, alive: RoomTime) {
        let settings = self.settings();
        loop {
            let reopened = self
                .commit(EventOrigin::default(), |room, _, moment| {
                    Ok(decide::reopened(room, Some(alive), settings, moment))
                })
                .await;
            let Err(why) = reopened else { return };
            tracing::debug!(room = %self.id, ?why, "the reopening is not on record; trying again");
            self.check().await;
            if self.is_gone {
                return;
            }
            tokio::select! {
                () = self.context.shutdown.wait() => return,
                () = tokio::time::sleep(AGAIN.to_duration()) => {}
            }
        }
    }

    /// Catches up with what happened since the room was read, and notes who is gone with a node.
    async fn join_others(&mut self) {
        // What the server sets counts from the first change after this.
        let _known = self.settings();
        self.check().await;
        self.asks_reports = true;
        self.tell_others(&NodeMessage::AskReports);
        self.note_gone();
        self.evaluate_soon();
    }
}
