//! Somebody on the way to a seat: what the room is sent, and what stays with the session.

use tokio::sync::oneshot;

use crate::protocol::denied::Refused;
use crate::room::decide::Arrival;
use crate::server::credentials::{new_token, token_hash};
use crate::server::outbox::{Outbox, OutboxReader, outbox};
use crate::server::peers::PeerPermit;
use crate::server::replica::message::{Join, Proof, Seated};
use crate::server::state::ServerState;
use crate::wire::codec;
use crate::wire::message::Hello;

/// The session's side of a [`Join`].
pub(super) struct PendingJoin {
    /// Whether this hello created the room.
    pub(super) created: bool,
    /// The token of a new member.
    pub(super) new_token: String,
    /// Where the session's own answers go.
    pub(super) outbox: Outbox,
    /// What the socket shall hear.
    pub(super) waiting: OutboxReader,
    /// Comes true when the room sends the socket off.
    pub(super) dismissed: oneshot::Receiver<Refused>,
    /// What becomes of it.
    pub(super) seated: oneshot::Receiver<Result<Seated, Refused>>,
}

impl PendingJoin {
    /// The entry of a hello into a room that is there, and what the room is sent for it.
    pub(super) fn new(
        hello: &Hello,
        proof: Proof,
        (state, permit): (&ServerState, &PeerPermit),
    ) -> (Box<Join>, Self) {
        let new_token = chosen(hello).map_or_else(new_token, str::to_owned);
        let (outbox, waiting) = outbox();
        let (dismiss, dismissed) = oneshot::channel();
        let (reply, seated) = oneshot::channel();
        let join = Join {
            arrival: Arrival {
                name: hello.name.clone(),
                resume: presented(hello).map(token_hash),
                token: token_hash(&new_token),
                has_player: hello.has_player,
                from: permit.hash_for(&hello.room),
            },
            proof,
            since: hello
                .since
                .filter(|_| hello.log.as_ref() == Some(&state.log)),
            outbox: outbox.clone(),
            dismiss,
            reply,
        };
        let pending_join = Self {
            created: false,
            new_token,
            outbox,
            waiting,
            dismissed,
            seated,
        };
        (Box::new(join), pending_join)
    }
}

/// The token that the client chose for a new member, if it is one that nobody guesses.
fn chosen(hello: &Hello) -> Option<&str> {
    let token = hello.token.as_deref();
    token.filter(|token| codec::is_chosen_token(token))
}

/// The token by which somebody may be known already.
pub(super) fn presented(hello: &Hello) -> Option<&str> {
    hello.resume.as_deref().or(chosen(hello))
}
