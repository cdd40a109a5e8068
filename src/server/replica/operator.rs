//! What the server's operator asks of a room.

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::commit::EventOrigin;
use super::durable_ack::DurableAck;
use super::message::{Inspected, OperatorMessage};
use super::node_message::NodeMessage;
use super::{AGAIN, Replica};
use crate::protocol::denied::Denied;
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::ids::MemberId;
use crate::protocol::text::MemberName;
use crate::room::chat::Chat;
use crate::room::decide::{self, OperatorCommand, Traces};

/// The events of the server's operator.
const BY_OPERATOR: EventOrigin = EventOrigin {
    by: Some(MemberId::OPERATOR),
    seq: None,
};

impl Replica {
    /// Handles one message of the operator. Whoever asked may have gone, which is no error.
    pub(super) async fn on_operator(&mut self, message: OperatorMessage) {
        match message {
            OperatorMessage::Inspect(reply) => drop(reply.send(self.inspected())),
            OperatorMessage::Command(command, reply) => {
                drop(reply.send(self.operator_command(&command).await));
            }
            OperatorMessage::Traces {
                name,
                erases,
                reply,
            } => self.traces(&name, erases, reply).await,
            OperatorMessage::Tell(notice) => {
                self.announce(&notice);
                // Of the end of this node nobody else needs to know.
                if matches!(notice, MemberNotice::Announcement { .. }) {
                    self.tell_others(&NodeMessage::Announcement(notice));
                }
            }
        }
    }

    /// Has the room follow its server's time for empty rooms; later, if nothing can be recorded now.
    pub(super) async fn follow_ttl(&mut self) {
        let settings = self.settings();
        let followed = self
            .commit(EventOrigin::default(), |room, _, _| {
                Ok(decide::follow_ttl(room, settings.ttl))
            })
            .await;
        self.ttl_due = followed
            .is_err()
            .then(|| Instant::now() + AGAIN.to_duration());
    }

    fn inspected(&self) -> Inspected {
        let mut state = Box::new(self.room.state.clone());
        state.chat = Chat::default();
        let secrets = &self.room.secrets;
        let nodes = state.roster.all().filter_map(|member| {
            let node = secrets.node(member.id)?;
            Some((member.id, node.clone()))
        });
        Inspected {
            nodes: nodes.collect(),
            state,
        }
    }

    async fn operator_command(&mut self, command: &OperatorCommand) -> Result<DurableAck, Denied> {
        let done = self
            .commit(BY_OPERATOR, |room, _, moment| {
                decide::operator(room, command, moment)
            })
            .await?;
        tracing::info!(room = %self.id, act = command.name(), "an act of the operator");
        if done.changed {
            self.evaluate_players().await;
        }
        Ok(done.on_record)
    }

    async fn traces(
        &mut self,
        name: &MemberName,
        erases: bool,
        reply: oneshot::Sender<Result<(Traces, DurableAck), Denied>>,
    ) {
        let found = decide::traces(&self.room.state, name);
        let outcome = if erases {
            let events = found.erased();
            let done = self.commit(BY_OPERATOR, |_, _, _| Ok(events.clone())).await;
            done.map(|done| done.on_record)
        } else {
            Ok(DurableAck::already())
        };
        drop(reply.send(outcome.map(|on_record| (found, on_record))));
    }
}
