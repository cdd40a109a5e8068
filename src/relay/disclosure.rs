//! When a fault may be disclosed, so that the time of a report reveals nothing about a member's
//! network. Pure; the one place of this rule.
//!
//! A room hears of a fault at another host than the link's only that there is one
//! ([`crate::protocol::failure`]). But a link can be made to lead anywhere, and a closed port
//! that is tried for 30 s differs from a server that answers 401 at once: whoever gives the
//! link could map the network of everybody in the room by a clock. So, before the first
//! picture:
//!
//! - Where private addresses are never contacted, nothing that answers there can be told. What
//!   is left is the name: one that only the member's own network knows leads to a private
//!   address, any other is not found. Both are told at once.
//! - Where the member allowed private addresses, no fault at another host is tried again, and
//!   each is told when the time of a load is over, whatever it was. What the player itself
//!   finds that it cannot play waits as long ([`MediaFact::DelayFailure`](super::MediaFact)).
//!
//! With a picture the rule ends: the link led to a film, and trouble with it is everybody's
//! affair. A variant of HLS that is left out (`reply`) is not told at all.

use crate::media::fault::{Fault, FaultKind};
use crate::media::policy::Privacy;

/// When a fault may be disclosed before the first picture, and whether it may be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disclosure {
    /// It may be tried again and reported as it comes.
    None,
    /// It is reported at once and not tried again.
    NoTries,
    /// It is not tried again, and reported when the time of the load is over.
    Late,
}

/// The rule for `fault` before the first picture.
pub(super) const fn before_first_picture(fault: Fault, privacy: Privacy) -> Disclosure {
    if !fault.elsewhere {
        return Disclosure::None;
    }
    match (privacy, fault.kind) {
        (Privacy::AllowPrivate, _) => Disclosure::Late,
        (Privacy::PublicOnly, FaultKind::NameNotFound) => Disclosure::NoTries,
        (Privacy::PublicOnly, _) => Disclosure::None,
    }
}
