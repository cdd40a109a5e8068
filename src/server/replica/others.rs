//! What the nodes tell each other of a room that is kept nowhere: reactions, what players report,
//! the health of members, and notices to members who are connected elsewhere.
//!
//! Another node is not believed blindly: it speaks only for members who are connected to it, and
//! no more is taken from one message than this node would send.

use bytes::Bytes;
use tokio::time::Instant;

use super::Replica;
use super::broadcast::REACTIONS_MOST;
use super::node_message::NodeMessage;
use crate::protocol::command::Report;
use crate::protocol::ephemeral::{MemberNotice, Reaction};
use crate::protocol::ids::{MemberId, NodeId};
use crate::room::decide;
use crate::server::replies;
use crate::wire::message::ServerMsg;

/// The most bytes of a message (judgement: what the players of a thousand members have reported).
const MOST_BYTES: usize = 1024 * 1024;

impl Replica {
    /// Tells the other nodes, if there are any.
    pub(super) fn tell_others(&self, message: &NodeMessage) {
        if !self.context.cluster.is_shared() {
            return;
        }
        match serde_json::to_vec(message) {
            Ok(bytes) if bytes.len() <= MOST_BYTES => {
                self.context.log.tell_others(&self.id, &Bytes::from(bytes));
            }
            Ok(bytes) => {
                tracing::warn!(room = %self.id, bytes = bytes.len(), "too long for other nodes");
            }
            Err(error) => tracing::error!(room = %self.id, %error, "the other nodes are not told"),
        }
    }

    /// Handles what another node told.
    pub(super) async fn on_told(&mut self, from: &NodeId, bytes: &Bytes) {
        let message = if bytes.len() <= MOST_BYTES {
            serde_json::from_slice(bytes).map_err(|error| error.to_string())
        } else {
            Err("it is too long".to_owned())
        };
        match message {
            Ok(message) => self.on_node_message(from, message).await,
            Err(why) => {
                self.context.metrics.ignored_node_message();
                tracing::warn!(room = %self.id, ?from, why, "a node's message is ignored");
            }
        }
    }

    async fn on_node_message(&mut self, from: &NodeId, message: NodeMessage) {
        let now = Instant::now();
        match message {
            NodeMessage::Reactions(reactions) => self.on_reactions(from, reactions),
            NodeMessage::Report {
                member,
                report,
                rev,
            } => {
                if self.room.state.rev < rev {
                    self.check().await;
                }
                self.on_report_elsewhere(from, member, &report);
            }
            NodeMessage::Process { member, process } => {
                let at = self.room_now();
                if self.is_at(from, member) && self.reports.note_process(member, process, at) {
                    self.evaluate_soon();
                }
            }
            NodeMessage::Health(health) => self.on_health_elsewhere(from, health, now),
            NodeMessage::AskHealth => self.tell_health_again(now),
            NodeMessage::Notice { to, notice } => self.send_to_members_here(&to, &notice),
            NodeMessage::Announcement(notice) => {
                if matches!(notice, MemberNotice::Announcement { .. }) {
                    self.announce(&notice);
                }
            }
            // Without a try left there is none to take.
            NodeMessage::Guess => drop(self.guesses.take(now)),
            NodeMessage::GuessWasRight => self.guesses.give_back(),
            NodeMessage::AskReports => {
                let reports = Box::new(self.reports.clone());
                self.tell_others(&NodeMessage::Reports(reports));
            }
            NodeMessage::Reports(reports) => {
                if std::mem::take(&mut self.asks_reports) {
                    self.reports = *reports;
                    self.evaluate_soon();
                }
            }
        }
    }

    /// Whether a member is connected to that node.
    pub(super) fn is_at(&self, node: &NodeId, member: MemberId) -> bool {
        self.room.secrets.node(member) == Some(node)
    }

    fn on_reactions(&mut self, from: &NodeId, mut reactions: Vec<Reaction>) {
        reactions.truncate(REACTIONS_MOST);
        reactions.retain(|reaction| self.is_at(from, reaction.from));
        self.count_reactions_elsewhere(&reactions);
        if !reactions.is_empty() {
            let text = replies::frame(&ServerMsg::Reactions { reactions });
            self.seats.push_droppable_to_all(&text);
        }
    }

    /// Notes a report that another node has taken: it commits the events that follow.
    fn on_report_elsewhere(&mut self, from: &NodeId, member: MemberId, report: &Report) {
        if !self.is_at(from, member) {
            return;
        }
        let moment = self.moment();
        let decided = decide::report(&self.room, &mut self.reports, member, report, moment);
        tracing::trace!(room = %self.id, %member, events = decided.len(), "left to its node");
        self.evaluate_soon();
    }

    /// Tells members, wherever they are connected.
    pub(super) fn send_to_members(&mut self, to: &[MemberId], notice: &MemberNotice) {
        self.send_to_members_here(to, notice);
        let elsewhere = |member: &&MemberId| {
            let node = self.room.secrets.node(**member);
            self.context.cluster.is_elsewhere(node)
        };
        let to: Vec<MemberId> = to.iter().filter(elsewhere).copied().collect();
        if !to.is_empty() {
            let notice = notice.clone();
            self.tell_others(&NodeMessage::Notice { to, notice });
        }
    }

    /// Tells everyone at this node.
    pub(super) fn announce(&mut self, notice: &MemberNotice) {
        let text = replies::frame(&ServerMsg::Notice(notice.clone()));
        self.seats.send_to_each(|_| text.clone());
    }
}
