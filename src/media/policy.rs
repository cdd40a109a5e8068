//! What may be opened at all on this machine: hosts that a room may not make a member contact.

/// Why this machine does not open a medium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The host is on a private network.
    PrivateHost {
        /// Its name or address.
        host: String,
    },
}
