//! What a decision leads to besides events.

use super::Server;
use crate::room::decide::Decided;
use crate::wire::message::ServerMsg;

impl Server {
    /// Sends a reaction to everyone, and a notice to those whom it concerns.
    pub(super) fn publish_other(&mut self, other: Decided) {
        match other {
            Decided::Event { .. } => {}
            Decided::Reaction(reaction) => {
                for connection in self.connections() {
                    let reactions = vec![reaction.clone()];
                    self.send(connection, ServerMsg::Reactions { reactions });
                }
            }
            Decided::ToAdmins(notice) => {
                let admins = self.hosted.room.state.roster.admins_here();
                let admins: Vec<_> = admins.map(|admin| admin.id).collect();
                let seats = self.seats.iter();
                let theirs = seats.filter(|(_, seat)| admins.contains(&seat.member));
                let theirs: Vec<_> = theirs.map(|(connection, _)| *connection).collect();
                for connection in theirs {
                    self.send(connection, ServerMsg::Notice(notice.clone()));
                }
            }
            Decided::ToMembers { to, notice } => {
                let seats = self.seats.iter();
                let theirs = seats.filter(|(_, seat)| to.contains(&seat.member));
                let theirs: Vec<_> = theirs.map(|(connection, _)| *connection).collect();
                for connection in theirs {
                    self.send(connection, ServerMsg::Notice(notice.clone()));
                }
            }
        }
    }
}
