//! What may be opened at all on this machine: hosts that a room may not make a member contact.
