//! Why linked media does not play. Codes only: `strings::media` words them for the member whose
//! player it is; [`crate::protocol::failure`] says what a room learns of them.

use strum::{EnumIter, IntoStaticStr};

/// Why linked media does not play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MediaFault {
    /// What went wrong, whoever's host it was.
    pub kind: FaultKind,
    /// Whether it went wrong at another host than the link's own: one that the link redirects to or
    /// whose segments it lists. A room must not learn what such a host answers: a public link could
    /// otherwise be aimed at members' own networks to read out the answers.
    pub elsewhere: bool,
}

/// What went wrong. The name in snake case is the code in `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum FaultKind {
    /// 401, 407: authentication is required.
    PasswordAsked,
    /// 403, 402, 451: access refused, as for an expired link.
    Refused,
    /// 404, 410: not found, or no longer there.
    Gone,
    /// 406, 416: range requests are refused, and so was the request for the whole.
    RangesRefused,
    /// 408, 425, 429, and unknown statuses from 500 on: temporarily unavailable.
    Busy,
    /// Any other status that is neither a success nor a redirect.
    Status(u16),
    /// A web page was served instead, such as a network's login page (511).
    WebPage,
    /// The response was a success with a body of no bytes.
    Empty,
    /// The file ends before its own index says.
    Incomplete,
    /// An MP4 file with its index at the end, from a server without range requests: by the time the
    /// player has read the index, it has passed the frames.
    IndexAtEnd,
    /// A redirect loop, or too many redirects.
    Circle,
    /// A redirect to something other than a web address.
    NotWeb,
    /// The connection was closed without an answer.
    ClosedUnanswered,
    /// No answer came in 10 s (`relay::fetch::ANSWER`).
    NoAnswer,
    /// The file differs from the one that was opened before.
    Changed,
    /// The connection broke, and reconnecting failed.
    Broken,
    /// The certificate is expired, for another name, or from an authority that is not trusted.
    Certificate,
    /// One side speaks TLS, the other plain HTTP.
    TlsMismatch,
    /// The host name cannot be resolved.
    NameNotFound,
    /// The connection was refused: nobody listens at that port.
    NobodyListens,
    /// The system has no route to the address, as without a network.
    NoRoute,
    /// The member's own proxy is unreachable.
    ProxyAway,
    /// The member's own proxy refuses the request: it wants a password, or forbids it.
    ProxyRefuses,
    /// The segments of an HLS playlist cannot be fetched.
    PartsMissing,
    /// There is neither video nor audio in it.
    NothingToPlay,
    /// It is a still image, not a video.
    StillPicture,
    /// The server does not speak HTTP, or its answer is malformed.
    NotHttp,
    /// The server compresses the data, though the request did not allow it.
    Compressed,
    /// A playlist or descriptor that could send a player anywhere: EDL, SDP, ffconcat, a file list
    /// other than HLS.
    ForbiddenContent,
    /// It leads to an address outside the public internet.
    #[strum(serialize = "policy")]
    PrivateAddress,
    /// It took too long, or too many requests, until the first frame.
    TookTooLong,
}

/// Why yt-dlp could not resolve a video. `player::resolver` recognises the messages and says where
/// they come from. The name in snake case, after `resolver_`, is the code in `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case", prefix = "resolver_")]
pub enum ResolverFault {
    /// No JavaScript runtime was found; `YouTube` requires one since yt-dlp 2025.11.12.
    #[strum(serialize = "no_javascript")]
    NoJavaScript,
    /// `YouTube`'s challenge was not solved: yt-dlp is outdated or has no runtime.
    Challenge,
    /// Only images were offered, the usual sign of an unsolved challenge.
    OnlyImages,
    /// The selected quality is not available.
    NoSuchFormat,
    /// `YouTube` takes this address for a bot's and demands an account.
    SignIn,
    /// The video is age-restricted and needs an account.
    AgeRestricted,
    /// The video is private, or for the channel's paying members only.
    Private,
    /// The video does not exist, or no longer.
    Unavailable,
    /// The video is not available in this country.
    Region,
    /// The video has not started yet.
    NotYet,
    /// `YouTube` has received too many requests from this address.
    TooManyRequests,
    /// `YouTube` could not be reached.
    Unreachable,
}

impl FaultKind {
    /// The meaning of an HTTP `status` that is neither a success nor a redirect. An unknown status
    /// from 500 on counts as 500 (RFC 9110, section 15), among them those of proxies such as
    /// Cloudflare's 520 to 524. Permanent ones are excepted: what a server cannot do (501, 505,
    /// 506, 508, 510), and certificate errors behind such a proxy (525, 526).
    #[must_use]
    pub const fn of_status(status: u16) -> Self {
        match status {
            401 | 407 => Self::PasswordAsked,
            402 | 403 | 451 => Self::Refused,
            404 | 410 => Self::Gone,
            406 | 416 => Self::RangesRefused,
            511 => Self::WebPage,
            501 | 505 | 506 | 508 | 510 | 525 | 526 => Self::Status(status),
            408 | 425 | 429 | 500..=599 => Self::Busy,
            other => Self::Status(other),
        }
    }
}

impl MediaFault {
    /// A fault at the link's own host.
    #[must_use]
    pub const fn here(kind: FaultKind) -> Self {
        Self {
            kind,
            elsewhere: false,
        }
    }

    /// Whether the same request may succeed a little later.
    #[must_use]
    pub const fn is_passing(self) -> bool {
        matches!(
            self.kind,
            FaultKind::Busy
                | FaultKind::ClosedUnanswered
                | FaultKind::NoAnswer
                | FaultKind::Broken
                | FaultKind::NameNotFound
                | FaultKind::NobodyListens
                | FaultKind::NoRoute
                | FaultKind::ProxyAway
        )
    }
}

impl ResolverFault {
    /// Whether the same request may succeed a little later.
    #[must_use]
    pub const fn is_passing(self) -> bool {
        matches!(self, Self::TooManyRequests | Self::Unreachable)
    }
}

#[cfg(test)]
mod tests {
    use super::FaultKind;

    #[test]
    fn each_status_has_its_kind() {
        for (status, kind) in [
            (401, FaultKind::PasswordAsked),
            (403, FaultKind::Refused),
            (410, FaultKind::Gone),
            (416, FaultKind::RangesRefused),
            (429, FaultKind::Busy),
            (503, FaultKind::Busy),
            (408, FaultKind::Busy),
            (425, FaultKind::Busy),
            (520, FaultKind::Busy),
            (524, FaultKind::Busy),
            (599, FaultKind::Busy),
            (511, FaultKind::WebPage),
            (501, FaultKind::Status(501)),
            (526, FaultKind::Status(526)),
            (600, FaultKind::Status(600)),
            (418, FaultKind::Status(418)),
        ] {
            assert_eq!(FaultKind::of_status(status), kind, "{status}");
        }
    }
}
