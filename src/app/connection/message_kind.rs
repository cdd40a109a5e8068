//! What a message of the server is to the connection.

use super::phase::Phase;
use crate::app::event::CloseReason;
use crate::app::oversized::is_oversized;
use crate::app::server_words::{cleaned, closing};
use crate::wire::message::{Reason, ServerMsg, Welcome};

/// What a message is to the connection.
#[derive(Debug)]
pub(super) enum MessageKind {
    /// More than any room holds.
    Oversized,
    /// The server lets the client in.
    Welcome(Box<Welcome>),
    /// The server does not let the client in, or lets it go.
    Refused(CloseReason),
    /// The server found fault with what the client sent.
    Error(Reason),
    /// It is about the room that the client is in.
    OfRoom(ServerMsg),
    /// Nothing that is expected in this phase.
    Unexpected,
}

impl MessageKind {
    /// What a message is in a phase in which the server may send any.
    pub(super) fn of(message: ServerMsg, phase: Phase) -> Self {
        if is_oversized(&message) {
            return Self::Oversized;
        }
        match message {
            ServerMsg::Welcome(welcome) if phase == Phase::Greeting => Self::Welcome(welcome),
            ServerMsg::Refused(reason) => Self::Refused(closing(reason)),
            ServerMsg::Error(reason) => Self::Error(cleaned(reason)),
            message if phase.is_joined() => Self::OfRoom(message),
            _ => Self::Unexpected,
        }
    }
}
