//! Why what a link leads to does not play. Codes only: `strings::media` words them for the
//! member whose player it is, [`crate::protocol::failure`] says what of them a room is told.

use strum::{EnumIter, IntoStaticStr};

/// Why what a link leads to does not play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fault {
    /// What went wrong.
    pub kind: FaultKind,
    /// Whether it went wrong at another host than the link's own, to which the link redirects
    /// or whose parts it lists. What such a host answers is no room's business: a public link
    /// could otherwise be aimed at members' own networks and read out their answers.
    pub elsewhere: bool,
}

/// What went wrong. Its name in snake case is its code in `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum FaultKind {
    /// 401, 407: a password is asked for.
    PasswordAsked,
    /// 403, 402, 451: refused, as an expired link is.
    Refused,
    /// 404, 410: there is no such thing (any more).
    Gone,
    /// 406, 416: requests for a part are refused, and so was one for the whole.
    RangesRefused,
    /// 408, 425, 429, and statuses from 500 on that say no more: not now.
    Busy,
    /// Another status than these.
    Status(u16),
    /// A web page came instead, such as a network's login (511).
    WebPage,
    /// Nothing came.
    Empty,
    /// It ends before its own index says.
    Incomplete,
    /// An MP4 file whose index comes last, from a server that sends no parts of it: a player
    /// has read past its pictures when it learns where they are.
    IndexAtEnd,
    /// It redirects in a circle, or too often.
    Circle,
    /// It redirects to something else than a web address.
    NotWeb,
    /// The connection was closed without an answer.
    ClosedUnanswered,
    /// No answer came in 10 s.
    NoAnswer,
    /// Another file stands there than the one that was begun.
    Changed,
    /// The connection broke on the way, and could not be had again.
    Broken,
    /// The certificate is not valid.
    Certificate,
    /// One side speaks TLS, the other plain HTTP.
    TlsMismatch,
    /// No address is known for the name.
    NameNotFound,
    /// Nobody listens at that address.
    NobodyListens,
    /// There is no way to that address.
    NoRoute,
    /// The member's own proxy is not reached.
    ProxyAway,
    /// The member's own proxy leads nowhere when it is asked to: it wants a password, or
    /// forbids it.
    ProxyRefuses,
    /// The parts that an HLS list names cannot be fetched.
    PartsMissing,
    /// There is neither picture nor sound in it.
    NothingToPlay,
    /// It is a still picture.
    StillPicture,
    /// What answers there speaks no HTTP, or its answer is broken.
    NotHttp,
    /// Its server compresses it on the way, though it was not asked to.
    Compressed,
    /// It is a list or a description that could lead a player anywhere: EDL, SDP, ffconcat, a
    /// list of files that is no HLS.
    ForbiddenContent,
    /// It leads to an address outside the public internet.
    #[strum(serialize = "policy")]
    PrivateAddress,
    /// It took too long, or too many requests, to show a first picture.
    TookTooLong,
}

/// Why yt-dlp could not resolve a video. What each is said with, and where from, stands in
/// `player::resolver`, which recognises them. Its name in snake case, behind `resolver_`, is its
/// code in `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr)]
#[strum(serialize_all = "snake_case", prefix = "resolver_")]
pub enum ResolverFault {
    /// No JavaScript runtime was found, which `YouTube` needs since yt-dlp 2025.11.12.
    #[strum(serialize = "no_javascript")]
    NoJavaScript,
    /// `YouTube`'s challenge was not solved: this yt-dlp is too old for it, or has no runtime.
    Challenge,
    /// There are only images, the usual sign of an unsolved challenge.
    OnlyImages,
    /// The chosen quality is not to be had.
    NoSuchFormat,
    /// `YouTube` takes this address for a robot's and wants an account.
    SignIn,
    /// The video is for certain ages, and so for members with an account only.
    AgeRestricted,
    /// The video is private or for its uploader's members only.
    Private,
    /// The video does not exist (any more).
    Unavailable,
    /// The video is not shown in this country.
    Region,
    /// The video has not begun yet.
    NotYet,
    /// `YouTube` has had too many requests from this address.
    TooManyRequests,
    /// `YouTube` could not be reached.
    Unreachable,
}

impl FaultKind {
    /// What an HTTP `status` that is neither a success nor a redirect means. A status from 500
    /// on that is not known counts as 500 (RFC 9110, 15), among them those of proxies such as
    /// Cloudflare's 520 to 524. Those that will not pass by themselves are named: what a server
    /// cannot do (501, 505, 506, 508, 510), and a certificate behind such a proxy (525, 526).
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

impl Fault {
    /// Something that went wrong at the link's own host.
    #[must_use]
    pub const fn here(kind: FaultKind) -> Self {
        Self {
            kind,
            elsewhere: false,
        }
    }

    /// Whether the same request may well succeed a little later.
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
    /// Whether the same request may well succeed a little later.
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
