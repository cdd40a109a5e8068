//! Why no player can be started, as data: `strings::player` words it.

use crate::protocol::time::Span;
use crate::system_fault::SystemFault;

/// Why no player can be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// There is no such program.
    Missing {
        /// The name that was looked for.
        binary: String,
    },
    /// It is older than the oldest supported version.
    TooOld {
        /// The version that it reports.
        version: String,
    },
    /// It ended before it answered, with these last words.
    Refused {
        /// What it said, cleaned.
        reason: String,
    },
    /// It ended before it answered, and did not say why.
    Silent,
    /// It neither answered nor ended.
    NoAnswer {
        /// For how long that was waited for.
        within: Span,
    },
    /// The program is another one.
    NotMpv {
        /// The name that was looked for.
        binary: String,
    },
    /// mpv has no such option as one of the member's own.
    NotAnOption {
        /// What was given.
        argument: String,
    },
    /// The system does not start it.
    System {
        /// The name that was looked for.
        binary: String,
        /// The system's error.
        fault: SystemFault,
    },
    /// There is no place for its socket.
    Socket {
        /// The path of the socket or of its folder, cleaned.
        path: String,
        /// What is wrong there.
        fault: SocketFault,
    },
}

/// Why there is no place for the player's socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SocketFault {
    /// Something else is at the member's path.
    Taken,
    /// Another player listens at the member's path.
    InUse,
    /// The folder of the member's path does not exist.
    NoFolder,
    /// The path is longer than a socket's address.
    TooLong,
    /// A file or folder could not be created or removed.
    System(SystemFault),
}
