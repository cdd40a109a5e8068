//! Notices about the server: what its operator says and does, and whether it reaches its storage.

use strum::IntoStaticStr;

use crate::protocol::text::ChatText;
use crate::protocol::time::Span;

/// A notice about the server. The name in snake case is the code in `--json`.
#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ServerNotice {
    /// What the server's operator says to everyone.
    Announcement {
        /// Their text.
        text: ChatText,
    },
    /// The server's operator stops it soon.
    ServerStops {
        /// The time until then.
        after: Span,
        /// Whether the room goes on at other nodes, where the client gets by itself.
        elsewhere: bool,
    },
    /// The server does not stop after all.
    ServerStays,
    /// The server has not reached its storage for some seconds.
    StorageAway,
    /// The server reaches its storage again.
    StorageBack,
}
