//! What can go wrong, and for which requests.

use std::time::Duration;

/// A selection of requests, by path and User-Agent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Requests {
    path: Option<String>,
    agent: Option<String>,
}

impl Requests {
    /// Every request, whatever its path and User-Agent.
    pub(crate) fn all() -> Self {
        Self::default()
    }

    /// The requests for a path, given without its first slash; if it ends in a slash, for
    /// everything below it.
    pub(crate) fn to(path: &str) -> Self {
        Self {
            path: Some(path.to_owned()),
            agent: None,
        }
    }

    /// Only those whose User-Agent has this text in it.
    pub(crate) fn by(self, agent: &str) -> Self {
        Self {
            agent: Some(agent.to_owned()),
            ..self
        }
    }

    /// Whether a request is among them.
    pub(super) fn cover(&self, path: &str, agent: &str) -> bool {
        let in_path = |wanted: &String| {
            path == wanted || (wanted.ends_with('/') && path.starts_with(wanted.as_str()))
        };
        let by_agent = |wanted: &String| agent.contains(wanted.as_str());
        self.path.as_ref().is_none_or(in_path) && self.agent.as_ref().is_none_or(by_agent)
    }

    /// Whether every request is among them.
    pub(super) fn cover_all(&self) -> bool {
        *self == Self::all()
    }
}

/// A fault of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Ranges are ignored, and the whole file is sent.
    NoRanges,
    /// A request for a range is answered with this status.
    RangesAnswered(u16),
    /// Only a range that begins after the first byte is answered with this status.
    LaterRangesAnswered(u16),
    /// Only a range without an end is answered with this status, as YouTube's servers do.
    OpenRangesAnswered(u16),
    /// There is no `Content-Length`: the connection's end is the body's.
    NoLength,
    /// This status with a short page.
    Status(u16),
    /// This status for so many requests.
    Busy {
        /// The status, such as 503.
        status: u16,
        /// How many times; the file is served afterwards.
        times: usize,
        /// The seconds in `Retry-After`, if it is sent.
        retry_after: Option<u32>,
    },
    /// A web page, like a network's login page.
    Page,
    /// This text in place of the file.
    Body(String),
    /// A success with a body of no bytes.
    Empty,
    /// The file ends after so many bytes, as if it were no longer.
    Truncated(usize),
    /// The connection is cut after so many bytes of each body.
    CutAfter(usize),
    /// The connection is closed without an answer.
    ClosesUnanswered,
    /// The request is read and never answered.
    Hangs,
    /// No byte of the file from here on is sent while the fault is on.
    StallsAt(usize),
    /// Each body is sent with so many bytes a second.
    Throttled(usize),
    /// A redirect to this address, whatever it is.
    Redirect(String),
    /// A VOD list is served as a live one.
    Live {
        /// The number of segments in its window.
        window: usize,
        /// The window also moves by one each time this much has passed since the list was
        /// first asked for.
        every: Option<Duration>,
        /// Whether the segments carry `EXT-X-PROGRAM-DATE-TIME`.
        dated: bool,
    },
    /// The server is down. For all requests, nobody listens and open connections are cut; for some,
    /// only their connections are cut.
    Away,
}

impl Fault {
    /// Whether the fault replaces the file's response.
    pub(super) fn answers(&self) -> bool {
        matches!(
            self,
            Self::Status(_)
                | Self::Busy { .. }
                | Self::Page
                | Self::Body(_)
                | Self::Empty
                | Self::ClosesUnanswered
                | Self::Hangs
                | Self::Redirect(_)
                | Self::Live { .. }
        )
    }
}
