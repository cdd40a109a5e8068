//! When a fault may be disclosed, so that the time of a report reveals nothing about a member's
//! network. Pure; the one place of this rule.
//!
//! If a link leads to another host, the room only learns that a fault happened there
//! ([`crate::protocol::failure`]). But a link can redirect anywhere, and a closed port that is
//! tried for 30 s differs from a server that answers 401 at once. So whoever adds the link could
//! map the network of every member by timing. Before the first picture therefore:
//!
//! - If private addresses are never contacted, no response from there can be observed. Only the
//!   name remains: one that is known only in the member's own network leads to a private address, any
//!   other is not found. Both are reported at once.
//! - If the member allowed private addresses, no fault at another host is retried, and each is
//!   reported when the time of the load is over, whatever it was. An error that the player finds by
//!   itself waits as long ([`MediaFact::DelayFailure`](super::MediaFact)).
//!
//! After the first picture the rule no longer applies: the link led to media, and faults concern
//! everybody. A variant of HLS that is left out (`reply`) is not reported at all.

use crate::media::fault::{FaultKind, MediaFault};
use crate::media::policy::Privacy;

/// When a fault may be reported before the first picture, and whether it may be retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disclosure {
    /// It may be retried, and is reported whenever that fails.
    None,
    /// It is reported at once and not retried.
    NoTries,
    /// It is not retried, and reported when the time of the load is over.
    Late,
}

/// The rule for `fault` before the first picture.
pub(super) const fn before_first_picture(fault: MediaFault, privacy: Privacy) -> Disclosure {
    if !fault.elsewhere {
        return Disclosure::None;
    }
    match (privacy, fault.kind) {
        (Privacy::AllowPrivate, _) => Disclosure::Late,
        (Privacy::PublicOnly, FaultKind::NameNotFound) => Disclosure::NoTries,
        (Privacy::PublicOnly, _) => Disclosure::None,
    }
}
