//! The meaning of HTTP statuses (body, redirect or fault), and `Retry-After`. Pure.

use std::time::{Duration, SystemTime};

use crate::media::fault::FaultKind;

/// What a response with a status is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The whole file follows (200, 203).
    Whole,
    /// The requested range follows (206).
    Part,
    /// The file is at the address in `Location`.
    Redirect,
    /// The response contains nothing to play.
    Fault(FaultKind),
}

/// The meaning of `status`.
pub(super) const fn meaning(status: u16) -> Meaning {
    match status {
        200 | 203 => Meaning::Whole,
        206 => Meaning::Part,
        301 | 302 | 303 | 307 | 308 => Meaning::Redirect,
        204 | 205 => Meaning::Fault(FaultKind::Empty),
        other => Meaning::Fault(FaultKind::of_status(other)),
    }
}

/// Whether a server that answers this to a range request may answer a request for the whole: 406
/// and 416 say so, and some send 403 instead.
pub(super) const fn may_be_the_range(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::RangesRefused | FaultKind::Refused)
}

/// The status for mpv: the server's own if there is one, since mpv's messages for those are
/// recognised, otherwise 502.
pub(super) const fn for_player(kind: FaultKind) -> u16 {
    match kind {
        FaultKind::PasswordAsked => 401,
        FaultKind::Refused | FaultKind::PrivateAddress | FaultKind::ForbiddenContent => 403,
        FaultKind::Gone | FaultKind::PartsMissing => 404,
        FaultKind::RangesRefused => 416,
        _ => 502,
    }
}

/// The pause in a `Retry-After`: seconds, or a date (RFC 9110, 10.2.3); `None` for a past date.
pub(super) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    date.duration_since(now).ok()
}

/// Whether the body of a 400 says that plain HTTP was sent to a TLS port, in the words of nginx,
/// Apache or Go.
pub(super) fn says_it_speaks_tls(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body).to_ascii_lowercase();
    [
        "plain http request was sent to https",
        "plain http to an ssl",
        "http request to an https server",
    ]
    .iter()
    .any(|words| text.contains(words))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{Meaning, meaning, retry_after, says_it_speaks_tls};
    use crate::media::fault::FaultKind;

    #[test]
    fn each_status_has_its_kind() {
        let faults = [
            (401, FaultKind::PasswordAsked),
            (407, FaultKind::PasswordAsked),
            (402, FaultKind::Refused),
            (403, FaultKind::Refused),
            (451, FaultKind::Refused),
            (404, FaultKind::Gone),
            (410, FaultKind::Gone),
            (406, FaultKind::RangesRefused),
            (416, FaultKind::RangesRefused),
            (429, FaultKind::Busy),
            (500, FaultKind::Busy),
            (502, FaultKind::Busy),
            (503, FaultKind::Busy),
            (504, FaultKind::Busy),
            (408, FaultKind::Busy),
            (522, FaultKind::Busy),
            (511, FaultKind::WebPage),
            (204, FaultKind::Empty),
            (418, FaultKind::Status(418)),
            (304, FaultKind::Status(304)),
        ];
        for (status, kind) in faults {
            assert_eq!(meaning(status), Meaning::Fault(kind), "{status}");
        }
        assert_eq!(meaning(200), Meaning::Whole);
        assert_eq!(meaning(206), Meaning::Part);
        for status in [301, 302, 303, 307, 308] {
            assert_eq!(meaning(status), Meaning::Redirect, "{status}");
        }
    }

    #[test]
    fn a_pause_is_read_in_seconds_and_as_a_date() {
        // `date -u -d '2026-10-21 07:28:00' +%s` / 60
        let date = SystemTime::UNIX_EPOCH + Duration::from_mins(29_876_128);
        let asked = |value, before: u64| retry_after(value, date - Duration::from_secs(before));
        let seconds = |count| Some(Duration::from_secs(count));
        assert_eq!(asked(" 7 ", 0), seconds(7));
        assert_eq!(asked("Wed, 21 Oct 2026 07:28:00 GMT", 9), seconds(9));
        let late = date + Duration::from_secs(1);
        assert_eq!(retry_after("Wed, 21 Oct 2026 07:28:00 GMT", late), None);
        assert_eq!(asked("-1", 0), None);
        assert_eq!(asked("soon", 0), None);
    }

    #[test]
    fn a_port_that_speaks_tls_is_known_by_its_words() {
        assert!(says_it_speaks_tls(
            b"<center>The plain HTTP request was sent to HTTPS port</center>"
        ));
        assert!(says_it_speaks_tls(
            b"Client sent an HTTP request to an HTTPS server.\n"
        ));
        assert!(!says_it_speaks_tls(b"Bad request"));
    }
}
