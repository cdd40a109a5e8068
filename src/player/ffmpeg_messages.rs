//! Interprets the log lines of mpv and FFmpeg about a transport. The texts are those of mpv 0.35.1
//! with FFmpeg 5.1.9, each tried against a server that behaves so.
//!
//! None of them names the host, and redirects are followed silently. So a fault from such a line
//! about a direct link counts as a fault at another host (`complaints`), and the room does not
//! learn its kind.

use crate::media::fault::FaultKind;

/// FFmpeg's size of a stream without one: -1, unsigned. A closed connection without a length is a
/// normal end as far as anybody can know.
const NO_SIZE: &str = "should be 18446744073709551615";

/// The fault that a line reports about the transport or its data; `None` if it reports none.
pub(super) fn fault(prefix: &str, text: &str) -> Option<FaultKind> {
    let part = prefix.split('/').next().unwrap_or_default();
    if part != "ffmpeg" {
        return None;
    }
    if let Some(rest) = text.split_once("HTTP error ").map(|(_, rest)| rest) {
        let status: u16 = rest.split_whitespace().next()?.parse().ok()?;
        return Some(FaultKind::of_status(status));
    }
    let says = |words: &str| text.contains(words);
    let kind = if says("Error when loading first segment") {
        FaultKind::PartsMissing
    } else if says("Format not on whitelist") || says("not in allowed_segment_extensions") {
        FaultKind::ForbiddenContent
    } else if says("moov atom not found") {
        FaultKind::Incomplete
    } else if says("Failed to resolve hostname") {
        FaultKind::NameNotFound
    } else if says("Connection refused") {
        FaultKind::NobodyListens
    } else if says("No route to host") || says("Network is unreachable") {
        FaultKind::NoRoute
    } else if says("timed out") {
        FaultKind::NoAnswer
    } else if says("Peer certificate") || says("certificate verif") {
        FaultKind::Certificate
    } else if says("unexpected TLS packet") || says("wrong version number") {
        FaultKind::TlsMismatch
    } else if (says("Stream ends prematurely") && !says(NO_SIZE)) || says("Connection reset") {
        FaultKind::Broken
    } else {
        return None;
    };
    Some(kind)
}

/// Whether a line says that an MP4 file's media data is not where its index says.
pub(super) fn is_incomplete(prefix: &str, text: &str) -> bool {
    prefix.starts_with("ffmpeg") && text.ends_with(": partial file")
}

/// The fault for mpv's own error name.
pub(super) fn given_up(file_error: &str) -> Option<FaultKind> {
    match file_error {
        "unrecognized file format" | "no audio or video data played" => {
            Some(FaultKind::NothingToPlay)
        }
        _ => None,
    }
}

/// Whether `new` is more specific than `old`: a broken connection says less than the response to
/// the next attempt.
pub(super) fn is_more_specific(new: FaultKind, old: FaultKind) -> bool {
    match (old, new) {
        (FaultKind::PartsMissing | FaultKind::ForbiddenContent, _) => false,
        (_, FaultKind::Broken) => old == FaultKind::Broken,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{fault, given_up, is_more_specific};
    use crate::media::fault::FaultKind;

    #[test]
    fn each_way_to_lose_a_connection_has_its_words() {
        let cases = [
            ("ffmpeg", "http: HTTP error 404 Not Found", FaultKind::Gone),
            (
                "ffmpeg",
                "http: HTTP error 403 Forbidden",
                FaultKind::Refused,
            ),
            (
                "ffmpeg",
                "http: HTTP error 401 Unauthorized",
                FaultKind::PasswordAsked,
            ),
            (
                "ffmpeg",
                "http: HTTP error 503 Service Unavailable",
                FaultKind::Busy,
            ),
            (
                "ffmpeg",
                "http: HTTP error 418 I'm a Teapot",
                FaultKind::Status(418),
            ),
            (
                "ffmpeg",
                "tcp: Connection to tcp://127.0.0.1:1 failed: Connection refused",
                FaultKind::NobodyListens,
            ),
            (
                "ffmpeg",
                "tcp: Failed to resolve hostname no-such-host.invalid: Name or service not known",
                FaultKind::NameNotFound,
            ),
            (
                "ffmpeg",
                "http: Stream ends prematurely at 303104, should be 1397677",
                FaultKind::Broken,
            ),
            (
                "ffmpeg",
                "tls: Peer certificate failed verification",
                FaultKind::Certificate,
            ),
            (
                "ffmpeg",
                "tls: An unexpected TLS packet was received.",
                FaultKind::TlsMismatch,
            ),
            (
                "ffmpeg/demuxer",
                "hls: Error when loading first segment 'http://films.example/v0.ts'",
                FaultKind::PartsMissing,
            ),
            (
                "ffmpeg/demuxer",
                "mov,mp4,m4a,3gp,3g2,mj2: moov atom not found",
                FaultKind::Incomplete,
            ),
            (
                "ffmpeg/demuxer",
                "sdp: Format not on whitelist 'mov,mp4'",
                FaultKind::ForbiddenContent,
            ),
        ];
        for (prefix, text, kind) in cases {
            assert_eq!(fault(prefix, text), Some(kind), "{text}");
        }
    }

    #[test]
    fn what_says_nothing_of_the_transport_is_no_fault() {
        for (prefix, text) in [
            // Media may have any title, and a decoder may complain.
            ("cplayer", "Playing: HTTP error 404"),
            ("ffmpeg/video", "h264: Invalid NAL unit size (5296 > 4953)."),
            ("ffmpeg", "http: HTTP error many"),
            // A stream without a length that ends says so as well.
            (
                "ffmpeg",
                "http: Stream ends prematurely at 826080, should be 18446744073709551615",
            ),
            (
                "ffmpeg/demuxer",
                "mov,mp4,m4a,3gp,3g2,mj2: stream 1, offset 0x4a157: partial file",
            ),
        ] {
            assert_eq!(fault(prefix, text), None, "{text}");
        }
    }

    #[test]
    fn an_answer_says_more_than_that_the_connection_broke() {
        let (broken, refused) = (FaultKind::Broken, FaultKind::Refused);
        assert!(is_more_specific(refused, broken) && !is_more_specific(broken, refused));
        assert!(!is_more_specific(FaultKind::Gone, FaultKind::PartsMissing));
        assert_eq!(
            given_up("unrecognized file format"),
            Some(FaultKind::NothingToPlay)
        );
        assert_eq!(given_up("loading failed"), None);
    }
}
