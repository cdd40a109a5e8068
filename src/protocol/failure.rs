//! The failure codes that a room may learn. The member whose player failed reads the full reason.
//! The others must not: a link can be aimed at that member's own network, and its address may carry
//! secrets.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::media::fault::{FaultKind, MediaFault, ResolverFault};

/// Why a member's player cannot play the room's media, the most specific reasons first.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// It does not exist, or no longer (404, 410).
    Gone,
    /// Access is refused: a password is needed, or the link has expired.
    Refused,
    /// What the link serves has neither video nor audio, such as a web page.
    NotVideo,
    /// Its server is unreachable: no such name, no route, nobody listens, no answer.
    Unreachable,
    /// Its server is busy or limits requests, so a retry may help.
    Busy,
    /// The link itself names an address in a local network, and the member has not trusted the room.
    /// Older versions read it as any other reason.
    Untrusted,
    /// Any other reason, and every failure at another host than the link's own.
    #[default]
    #[serde(other)]
    Other,
}

impl FailureCode {
    /// Every code, the most specific first.
    pub const ALL: &'static [Self] = Self::VARIANTS;
}

/// The server's wording, for clients that do not know the code.
impl fmt::Display for FailureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gone => "the link is gone",
            Self::Refused => "the link is refused",
            Self::Busy => "the link's server is busy",
            Self::Unreachable => "the link's server cannot be reached",
            Self::NotVideo => "the link leads to no video",
            Self::Untrusted => "the link is a local one, and they have not trusted the room",
            Self::Other => "it does not play there",
        })
    }
}

impl From<MediaFault> for FailureCode {
    fn from(fault: MediaFault) -> Self {
        if fault.elsewhere {
            return Self::Other;
        }
        match fault.kind {
            FaultKind::Gone => Self::Gone,
            FaultKind::PasswordAsked | FaultKind::Refused | FaultKind::RangesRefused => {
                Self::Refused
            }
            FaultKind::Busy => Self::Busy,
            FaultKind::ClosedUnanswered
            | FaultKind::NoAnswer
            | FaultKind::Broken
            | FaultKind::NameNotFound
            | FaultKind::NobodyListens
            | FaultKind::NoRoute
            | FaultKind::ProxyAway
            | FaultKind::ProxyRefuses => Self::Unreachable,
            FaultKind::WebPage
            | FaultKind::Empty
            | FaultKind::NothingToPlay
            | FaultKind::StillPicture
            | FaultKind::NotHttp
            | FaultKind::ForbiddenContent => Self::NotVideo,
            FaultKind::Status(_)
            | FaultKind::Compressed
            | FaultKind::Incomplete
            | FaultKind::IndexAtEnd
            | FaultKind::Changed
            | FaultKind::Circle
            | FaultKind::NotWeb
            | FaultKind::Certificate
            | FaultKind::TlsMismatch
            | FaultKind::PartsMissing
            | FaultKind::PrivateAddress
            | FaultKind::TookTooLong => Self::Other,
        }
    }
}

impl From<ResolverFault> for FailureCode {
    fn from(fault: ResolverFault) -> Self {
        match fault {
            ResolverFault::Unavailable => Self::Gone,
            ResolverFault::SignIn
            | ResolverFault::AgeRestricted
            | ResolverFault::Private
            | ResolverFault::Region => Self::Refused,
            ResolverFault::TooManyRequests => Self::Busy,
            ResolverFault::Unreachable => Self::Unreachable,
            ResolverFault::NoJavaScript
            | ResolverFault::Challenge
            | ResolverFault::OnlyImages
            | ResolverFault::NoSuchFormat
            | ResolverFault::NotYet => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FailureCode;
    use crate::media::fault::{FaultKind, MediaFault};

    #[test]
    fn what_went_wrong_elsewhere_is_nobodys_business() {
        for kind in [
            FaultKind::Gone,
            FaultKind::Refused,
            FaultKind::NobodyListens,
        ] {
            assert_ne!(
                FailureCode::from(MediaFault::here(kind)),
                FailureCode::Other
            );
            let elsewhere = MediaFault {
                kind,
                elsewhere: true,
            };
            assert_eq!(FailureCode::from(elsewhere), FailureCode::Other);
        }
    }

    #[test]
    fn a_code_of_a_newer_version_is_any_other() {
        let code: FailureCode = serde_json::from_str("\"moon_phase\"").unwrap();
        assert_eq!(code, FailureCode::Other);
    }
}
