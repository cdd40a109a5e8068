//! Who left a room, and why.

use serde::{Deserialize, Serialize};

use super::ids::MemberId;
use super::member::LeaveCause;

/// A member who left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departure {
    /// The member, by number.
    pub member: MemberId,
    /// Why they left.
    pub cause: LeaveCause,
}
