//! How a room's task begins: the room is created, reopened after its server was down, or runs at
//! other nodes already.

use tokio::time::Instant;

use super::cluster::Cluster;
use super::commit::EventOrigin;
use super::follow::EVALUATES_AFTER;
use super::message::Join;
use super::node_message::NodeMessage;
use super::{AGAIN, Replica};
use crate::protocol::denied::Denied;
use crate::protocol::ids::{Rev, RoomId};
use crate::protocol::time::RoomTime;
use crate::room::committed::Room;
use crate::room::decide::{self, AdmittedMember, Creation, PresenceChange, RoomSettings};
use crate::server::credentials::keyed;

/// How a room begins on this node.
#[derive(Debug)]
pub(in crate::server) enum RoomStart {
    /// It is created for somebody who joins it, and its first events are appended.
    Created(NewRoom),
    /// It was read from the log when the server started; nobody is present yet.
    Reopened(Box<Room>),
    /// It was read from the log, and may run at other nodes.
    Followed(Box<Room>),
    /// It comes from another server, which was last known to run then; nobody is present yet.
    Imported {
        /// The room as the log has it.
        room: Box<Room>,
        /// The last moment of the other server, in room time.
        alive: RoomTime,
    },
}

/// A room to create.
#[derive(Debug)]
pub(in crate::server) struct NewRoom {
    /// Title, visibility and password.
    pub(in crate::server) creation: Creation,
    /// Who joins it, its creator first. Their joins are on record with the room itself: the first member
    /// of a room is its admin, and at another node somebody may join as soon as there is the room.
    pub(in crate::server) joins: Vec<Join>,
}

impl RoomStart {
    /// The room as it is known, and what is done with it first. The log's server was last known to
    /// run at `alive_until`.
    pub(super) fn split(self, id: &RoomId, alive_until: RoomTime) -> (Room, Beginning) {
        match self {
            Self::Created(new) => (Room::new(id.clone()), Beginning::Create(new)),
            Self::Reopened(room) => (*room, Beginning::Reopen(alive_until)),
            Self::Followed(room) => (*room, Beginning::Follow),
            Self::Imported { room, alive } => (*room, Beginning::Import(alive)),
        }
    }
}

/// What a task does before it takes its first message.
#[derive(Debug)]
pub(super) enum Beginning {
    /// It creates the room.
    Create(NewRoom),
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

/// A beginning that failed.
#[derive(Debug)]
pub(super) struct FailedBeginning {
    /// Why.
    pub(super) why: NotBegun,
    /// Those who wait for a seat. Their sessions ask anew as soon as these are dropped.
    pub(super) joins: Vec<Join>,
}

impl Replica {
    /// Appends the first events of a new room, or those of reopening a known one.
    pub(super) async fn begin(&mut self, beginning: Beginning) -> Result<(), FailedBeginning> {
        match beginning {
            Beginning::Create(new) => self.create(new).await?,
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

    async fn create(&mut self, new: NewRoom) -> Result<(), FailedBeginning> {
        let NewRoom {
            creation,
            mut joins,
        } = new;
        for join in &mut joins {
            join.arrival.from = keyed(Some(creation.address_key), join.arrival.from);
        }
        let settings = self.settings();
        let arrivals: Vec<AdmittedMember> = joins.iter().map(|join| join.arrival.clone()).collect();
        let this = self.context.cluster.this().cloned();
        let mut members = Vec::new();
        let created = self
            .commit(EventOrigin::default(), |room, _, moment| {
                if room.state.rev > Rev(0) {
                    return Err(Denied::StorageAway);
                }
                let change = PresenceChange {
                    arrivals: &arrivals,
                    departures: &[],
                    node: this.as_ref(),
                };
                let first = decide::create_for(room, (&creation, settings), change, moment);
                members = first.members;
                Ok(first.decided)
            })
            .await;
        let why = match created {
            Ok(done) => {
                for (join, (member, returned)) in joins.into_iter().zip(members) {
                    self.seat(join, member, returned, &done.on_record);
                }
                return Ok(());
            }
            Err(_) if self.room.state.rev > Rev(0) => NotBegun::CameSecond,
            Err(why) => NotBegun::Denied(why),
        };
        Err(FailedBeginning { why, joins })
    }

    /// Whether other nodes have the room already: one ran before this one, or a member is
    /// connected to one.
    fn runs_elsewhere(&self) -> bool {
        let cluster = &self.context.cluster;
        cluster.joined_others() || has_members_elsewhere(&self.room, cluster)
    }

    /// Appends what reopening leads to, and retries until it succeeds: the room exists, and its
    /// members come back to it. It is given up if the room is gone by then, and one that the log has
    /// lost is written back first. A room into which another node has let somebody meanwhile is
    /// joined instead: reopening it would say that they are gone.
    async fn reopen(&mut self, alive: RoomTime) {
        let settings = self.settings();
        let cluster = self.context.cluster.clone();
        loop {
            let reopened = self
                .commit(EventOrigin::default(), |room, _, moment| {
                    // Other nodes may have come first.
                    if has_members_elsewhere(room, &cluster) {
                        return Ok(Vec::new());
                    }
                    Ok(decide::reopened(room, Some(alive), settings, moment))
                })
                .await;
            let why = match reopened {
                Ok(done) if done.changed => return,
                Ok(_) => {
                    tracing::debug!(room = %self.id, "another node has members of the room");
                    // Of the reopening, its settings are still to be followed.
                    self.ttl_due = Some(Instant::now());
                    return self.join_others().await;
                }
                Err(why) => why,
            };
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
        if has_members_elsewhere(&self.room, &self.context.cluster) {
            self.asks_reports = true;
            self.asks_reports_at = Some(self.context.cluster.asks.turn(Instant::now()));
        }
        self.note_gone();
        self.evaluate_soon();
    }

    /// Asks the other nodes what the players have reported. Each room has its turn: all rooms of a node
    /// that begins would ask at once, which is more than can wait to be told. Nothing is concluded from
    /// reports before that.
    pub(super) fn ask_reports(&mut self) {
        self.asks_reports_at = None;
        self.tell_others(&NodeMessage::AskReports);
        let answered = self.room_now() + EVALUATES_AFTER;
        (self.players_due, self.not_before) = (Some(answered), Some(answered));
    }
}

/// Whether somebody is in a room by another node that is alive.
fn has_members_elsewhere(room: &Room, cluster: &Cluster) -> bool {
    let mut here = room.state.roster.here();
    here.any(|member| {
        let node = room.secrets.node(member.id);
        cluster.is_elsewhere(node) && !cluster.is_gone(node)
    })
}
