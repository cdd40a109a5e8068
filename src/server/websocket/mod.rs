//! The server's end of a WebSocket (RFC 6455): the handshake, the frames of one socket, and nothing
//! of what they say.
//!
//! A socket at rest has no buffer: what arrives is read into memory of the moment, of which only an
//! incomplete frame is kept, and what is sent are frames that all sockets share. Whoever serves the
//! socket polls both directions in one task, so that no lock stands between them.
//!
//! - `handshake` answers the upgrade, `stream` is the connection below
//! - `received` makes messages of the bytes that arrive, `frame` is what is sent, `write_queue` what
//!   waits for that
//! - `socket` has both directions

pub(super) use frame::ServerFrame;
pub(super) use handshake::Handshake;
pub(super) use received::{Received, Violation};
pub(super) use socket::{ReadError, WebSocket};
pub(super) use stream::ClientStream;

mod frame;
mod handshake;
mod received;
mod socket;
mod stream;
mod write_queue;
