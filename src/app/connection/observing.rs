//! What differs for a client that only watches a public room from outside: it is nobody there.

use super::ServerConnection;
use crate::app::room_tokens::KeptRoom;
use crate::wire::message::{ClientMsg, Hello};
use crate::wire::visit::{Visit, VisitPurpose};

/// The first message of a connection.
pub(super) fn greeting(hello: Hello, observes: bool) -> ClientMsg {
    if !observes {
        return ClientMsg::Hello(Box::new(hello));
    }
    let purpose = VisitPurpose::Observe;
    ClientMsg::Visit(Box::new(Visit { purpose, hello }))
}

impl ServerConnection {
    /// Keeps by which token the room knows the client; it does not know one who only watches.
    pub(super) fn keep_token(&mut self, kept: KeptRoom) {
        if !self.observes {
            let keep = self.destination.keep_token(kept);
            self.out.effect_if_any(keep);
        }
    }
}
