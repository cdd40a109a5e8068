//! Why a socket is not admitted to a room.

use crate::protocol::denied::Refused;

/// Why a socket is not admitted.
#[derive(Debug)]
pub(super) enum AdmissionError {
    /// The client closed it, or its network broke.
    Gone,
    /// The server refuses it for this reason.
    Refused(Refused),
}

impl From<Refused> for AdmissionError {
    fn from(why: Refused) -> Self {
        Self::Refused(why)
    }
}
