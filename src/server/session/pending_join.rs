//! A join in progress: the half that is sent to the room, and the half that the session keeps.

use crate::protocol::ids::Rev;
use crate::room::decide::AdmittedMember;
use crate::room::secrets::TokenHash;
use crate::server::credentials::{new_token, token_hash};
use crate::server::peers::PeerPermit;
use crate::server::replica::message::{Join, JoinEnds, Proof};
use crate::server::state::ServerState;
use crate::wire::codec::{self, PROTOCOL};
use crate::wire::message::Hello;

/// The session's side of a [`Join`].
pub(super) struct PendingJoin {
    /// Whether this hello created the room.
    pub(super) created: bool,
    /// The resume token that the client gets if it becomes a new member.
    pub(super) new_token: String,
    /// What the room sends, and how it answers.
    pub(super) ends: JoinEnds,
}

impl PendingJoin {
    /// Both halves of the join for a hello.
    pub(super) fn new(
        hello: &Hello,
        proof: Proof,
        state: &ServerState,
        permit: &PeerPermit,
    ) -> (Box<Join>, Self) {
        let new_token = chosen(hello).map_or_else(new_token, str::to_owned);
        let arrival = AdmittedMember {
            name: hello.name.clone(),
            resume: presented(hello).map(token_hash),
            token: token_hash(&new_token),
            has_player: hello.has_player,
            from: permit.hash_for(&hello.room),
            invite: invite_hash(hello),
        };
        let (join, ends) = Join::new(arrival, proof, known_events(hello, state));
        let pending_join = Self {
            created: false,
            new_token,
            ends,
        };
        (join, pending_join)
    }
}

/// The event up to which a client knows the room, if the later ones alone can bring it up to date.
fn known_events(hello: &Hello, state: &ServerState) -> Option<Rev> {
    let (since, log) = (hello.since?, hello.log.as_ref()?);
    let readable = codec::knows_events(hello.protocol, PROTOCOL);
    (readable && *log == state.storage.id()).then_some(since)
}

/// The token that the client chose for a new member, if it is random enough.
fn chosen(hello: &Hello) -> Option<&str> {
    let token = hello.token.as_deref();
    token.filter(|token| codec::is_chosen_token(token))
}

/// The hash of the invite token that a hello brings.
pub(super) fn invite_hash(hello: &Hello) -> Option<TokenHash> {
    let token = hello.invite.as_ref();
    token.map(|token| token_hash(token.reveal()))
}

/// The token by which the room may know the client already.
pub(super) fn presented(hello: &Hello) -> Option<&str> {
    hello.resume.as_deref().or(chosen(hello))
}
