//! Follows what other nodes do in the room: applies their events, asks the log for what was missed,
//! and notes which members are gone with their node.

use std::time::Duration;

use tokio::time::Instant;

use super::commit::changes_presence;
use super::{AGAIN, Replica};
use crate::protocol::denied::Refused;
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::MemberId;
use crate::protocol::member::{LeaveCause, Member};
use crate::protocol::time::Span;
use crate::room::client_events::ClientEvents;
use crate::room::committed::{Committed, Room};
use crate::server::log::{FromOthers, LogError, Missed};
use crate::server::metrics::store::StoreIncident;

/// How long after another node's events this one evaluates the players as well (judgement: that
/// node has done so by then; this one only makes up for a node that died meanwhile).
pub(super) const EVALUATES_AFTER: Span = Span::millis(200);

/// How long the members of a node that is gone count as present (judgement: as long as a client
/// takes to come back to another node, so that nobody reads of a coming and going).
const COME_BACK_WITHIN: Duration = Duration::from_secs(3);

/// How long after a record could not be read it is read again (judgement: somebody has to mend it).
const UNREADABLE_AGAIN: Span = Span::seconds(30);

impl Replica {
    /// Handles news of another node.
    pub(super) async fn on_news(&mut self, news: FromOthers) {
        match news {
            FromOthers::Appended { after, events } => {
                let known = self.room.state.rev;
                let newest = events.last().map_or(after, |event| event.fact.rev);
                if after == known {
                    self.apply_others(&events);
                } else if newest > known {
                    self.check().await;
                }
            }
            FromOthers::Check => self.check().await,
            FromOthers::Returned => self.on_return(Instant::now()),
            FromOthers::Told { from, message } => self.on_told(&from, &message).await,
        }
    }

    /// Asks the log for what was missed; later again if it does not answer.
    pub(super) async fn check(&mut self) {
        let _behind = self.catch_up_with_log().await;
    }

    /// As [`Self::check`], for a caller who must not be behind.
    ///
    /// # Errors
    /// [`Refused::StorageAway`] if what was missed is not known, or the room is gone.
    pub(super) async fn catch_up_with_log(&mut self) -> Result<(), Refused> {
        let missed = self.context.log.missed(&self.id, self.room.state.rev).await;
        let mut is_level = false;
        match missed {
            Ok(Missed::Lost) => self.write_back().await,
            Ok(missed) => {
                self.check_due = None;
                self.take_missed(missed);
                is_level = self.check_due.is_none() && !self.is_gone;
                self.settle(Instant::now());
            }
            Err(error) => {
                tracing::debug!(room = %self.id, %error, "what was missed is not known yet");
                let unreadable = matches!(error, LogError::Unreadable { .. });
                let again = if unreadable { UNREADABLE_AGAIN } else { AGAIN };
                self.check_due = Some(Instant::now() + again.to_duration());
            }
        }
        is_level.then_some(()).ok_or(Refused::StorageAway)
    }

    /// Writes the room back that the log has lost, with the last news of others. What others have
    /// written is known once the log takes events again.
    async fn write_back(&mut self) {
        while let Some(news) = self.follower.waiting() {
            match news {
                FromOthers::Appended { after, events } if after == self.room.state.rev => {
                    self.apply_others(&events);
                }
                FromOthers::Returned => self.on_return(Instant::now()),
                _ => {}
            }
        }
        if let Err(error) = self.context.log.write_back(&self.room).await {
            tracing::debug!(room = %self.id, %error, "the room is not written back yet");
        }
        self.check_due = Some(Instant::now() + AGAIN.to_duration());
    }

    /// Takes over what was missed.
    pub(super) fn take_missed(&mut self, missed: Missed) {
        match missed {
            Missed::Events(events) => self.apply_others(&events),
            Missed::Room(room) => self.replace(*room),
            Missed::Gone => {
                tracing::info!(room = %self.id, "the room is gone from the log");
                self.is_gone = true;
            }
            Missed::Lost => self.check_due = Some(Instant::now()),
        }
    }

    /// Applies events of other nodes. What they mean for the players is evaluated a little later,
    /// since the node whose events these are does it at once.
    fn apply_others(&mut self, events: &[Committed]) {
        let known = self.room.state.rev;
        let new = events.partition_point(|event| event.fact.rev <= known);
        let events = events.get(new..).unwrap_or_default();
        let Some(first) = events.first() else { return };
        if first.fact.rev != known.next() {
            tracing::error!(room = %self.id, %known, first = %first.fact.rev, "events are missing");
            self.check_due = Some(Instant::now() + AGAIN.to_duration());
            return;
        }
        self.apply_all(events);
        self.count_elsewhere(events);
        // A join of this node may be among them whose answer was lost, and which was refused.
        if events.iter().any(changes_presence) {
            self.note_gone();
        }
        self.evaluate_soon();
    }

    /// Evaluates the players soon, unless that is due earlier.
    pub(super) fn evaluate_soon(&mut self) {
        let soon = self.room_now() + EVALUATES_AFTER;
        self.players_due = Some(self.players_due.map_or(soon, |due| due.min(soon)));
    }

    /// Takes the room as the log has it now, which is not what this one would have become.
    fn replace(&mut self, room: Room) {
        let rev = room.state.rev;
        self.context
            .log
            .count_incident(StoreIncident::RoomsTakenAnew);
        tracing::warn!(room = %self.id, had = %self.room.state.rev, %rev, "took the room anew");
        self.room = room;
        self.client_events = ClientEvents::default();
        self.unsent = super::UnsentEvents::default();
        self.seats.known_up_to(rev);
        self.close_all_elsewhere();
        self.end_void_errands();
        self.send_state_to_all();
        self.dismiss_observers();
        self.publish_card();
        self.rearm();
        self.note_gone();
        self.evaluate_soon();
    }

    /// Closes the sockets of members who, by these events, are connected to another node now, or
    /// are said to be gone: that happens to a node that others could not reach. Their clients come
    /// back by themselves.
    pub(super) fn close_moved(&mut self, events: &[Committed]) {
        if !self.context.cluster.is_shared() {
            return;
        }
        for event in events {
            match &event.fact.event {
                RoomEvent::Presence { joined, left, .. } => {
                    let joined = joined.iter().map(|member| member.id);
                    let left = left.iter().map(|departure: &Departure| departure.member);
                    for member in joined.chain(left).collect::<Vec<MemberId>>() {
                        self.close_if_elsewhere(member);
                    }
                }
                // Another node knew of nobody here when it reopened the room.
                RoomEvent::Reopened { .. } => self.close_all_elsewhere(),
                _ => {}
            }
        }
    }

    /// Closes the sockets of all members who are not here by them.
    fn close_all_elsewhere(&mut self) {
        for seat in self.seats.ids() {
            if let Some(member) = self.seats.member(seat) {
                self.close_if_elsewhere(member);
            }
        }
    }

    /// Closes a member's socket unless they are here by it.
    fn close_if_elsewhere(&mut self, member: MemberId) {
        let is_here = self
            .room
            .state
            .roster
            .get(member)
            .is_some_and(Member::is_here);
        let node = self.room.secrets.node(member);
        let why = if !is_here {
            Refused::StorageAway
        } else if self.context.cluster.is_elsewhere(node) {
            self.departures.cancel_departure(member);
            Refused::Replaced
        } else {
            return;
        };
        if let Some(seat) = self.seats.of(member) {
            tracing::debug!(room = %self.id, %member, ?why, "the member is not here any more");
            self.seats.dismiss(seat, why);
        }
    }

    /// Notes the departures of members who count as present and are not: their node is gone, or
    /// they have no socket at this one.
    pub(super) fn note_gone(&mut self) {
        let Some(this) = self.context.cluster.this() else {
            return;
        };
        let here = self.room.state.roster.here();
        let without_socket = here.filter(|member| self.seats.of(member.id).is_none());
        let gone: Vec<MemberId> = without_socket
            .map(|member| member.id)
            .filter(|member| {
                let node = self.room.secrets.node(*member);
                node == Some(this) || self.context.cluster.is_gone(node)
            })
            .collect();
        let due = Instant::now() + COME_BACK_WITHIN;
        for member in gone {
            self.departures.depart(member, LeaveCause::Lost, due);
        }
    }
}
