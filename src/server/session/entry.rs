//! Somebody on the way to a seat: what the room is sent, and what stays with the session.

use tokio::sync::oneshot;

use crate::protocol::denied::Refused;
use crate::room::decide::Arrival;
use crate::server::credentials::{new_token, token_hash};
use crate::server::house::House;
use crate::server::outbox::{Outbox, Waiting, outbox};
use crate::server::peers::Guest;
use crate::server::replica::message::{Join, Proof, Seated};
use crate::wire::message::Hello;

/// The session's side of a [`Join`].
pub(super) struct Entry {
    /// Whether this hello created the room.
    pub(super) created: bool,
    /// The token of a new member.
    pub(super) new_token: String,
    /// Where the session's own answers go.
    pub(super) outbox: Outbox,
    /// What the socket shall hear.
    pub(super) waiting: Waiting,
    /// Comes true when the room sends the socket off.
    pub(super) dismissed: oneshot::Receiver<Refused>,
    /// What becomes of it.
    pub(super) seated: oneshot::Receiver<Result<Seated, Refused>>,
}

impl Entry {
    /// The entry of a hello into a room that is there, and what the room is sent for it.
    pub(super) fn new(
        hello: &Hello,
        proof: Proof,
        (house, guest): (&House, &Guest),
    ) -> (Box<Join>, Self) {
        let new_token = new_token();
        let (outbox, waiting) = outbox();
        let (dismiss, dismissed) = oneshot::channel();
        let (reply, seated) = oneshot::channel();
        let join = Join {
            arrival: Arrival {
                name: hello.name.clone(),
                resume: hello.resume.as_deref().map(token_hash),
                token: token_hash(&new_token),
                has_player: hello.has_player,
                from: guest.hash_for(&hello.room),
            },
            proof,
            since: hello
                .since
                .filter(|_| hello.log.as_ref() == Some(&house.log)),
            outbox: outbox.clone(),
            dismiss,
            reply,
        };
        let entry = Self {
            created: false,
            new_token,
            outbox,
            waiting,
            dismissed,
            seated,
        };
        (Box::new(join), entry)
    }
}
