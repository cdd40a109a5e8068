//! Why what a link leads to does not play. Codes only: `strings::media` words them for the
//! member whose player it is, [`crate::protocol::failure`] says what of them a room is told.

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

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// 401, 407: a password is asked for.
    PasswordAsked,
    /// 403, 402, 451: refused, as an expired link is.
    Refused,
    /// 404, 410: there is no such thing (any more).
    Gone,
    /// 406, 416: requests for a part are refused, and so was one for the whole.
    RangesRefused,
    /// 429, 500, 502, 503, 504: not now.
    Busy,
    /// Another status than these.
    Status(u16),
    /// A web page came instead, such as a network's login.
    WebPage,
    /// Nothing came.
    Empty,
    /// It ends before its own index says.
    Incomplete,
    /// It redirects in a circle, or too often.
    Circle,
    /// It redirects to something else than a web address.
    NotWeb,
    /// The connection was closed without an answer.
    ClosedUnanswered,
    /// No answer came in 10 s.
    NoAnswer,
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
    /// The parts that an HLS list names cannot be fetched.
    PartsMissing,
    /// There is neither picture nor sound in it.
    NothingToPlay,
    /// It is a list or a description that could lead a player anywhere: EDL, SDP, ffconcat, a
    /// list of files that is no HLS.
    ForbiddenContent,
    /// It leads to an address outside the public internet.
    PrivateAddress,
    /// It took too long, or too many requests, to show a first picture.
    TookTooLong,
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
        )
    }
}

#[cfg(test)]
impl FaultKind {
    /// One of each kind. What a new kind needs is found by the tests that go through them.
    pub(crate) const SAMPLES: [Self; 24] = [
        Self::PasswordAsked,
        Self::Refused,
        Self::Gone,
        Self::RangesRefused,
        Self::Busy,
        Self::Status(418),
        Self::WebPage,
        Self::Empty,
        Self::Incomplete,
        Self::Circle,
        Self::NotWeb,
        Self::ClosedUnanswered,
        Self::NoAnswer,
        Self::Broken,
        Self::Certificate,
        Self::TlsMismatch,
        Self::NameNotFound,
        Self::NobodyListens,
        Self::NoRoute,
        Self::PartsMissing,
        Self::NothingToPlay,
        Self::ForbiddenContent,
        Self::PrivateAddress,
        Self::TookTooLong,
    ];
}
