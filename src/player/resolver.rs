//! Interprets yt-dlp's messages about a YouTube link whose streams it does not find. The texts are
//! from its sources (2023.03.04 to 2026.10.26): they begin with `ERROR: [youtube] ID: ...` or are
//! warnings before that.

use crate::media::fault::ResolverFault;

/// Parts of yt-dlp's messages, in lower case, with their meaning. The first match counts, so
/// specific ones precede general ones.
const WORDS: &[(&str, ResolverFault)] = &[
    ("sign in to confirm your age", ResolverFault::AgeRestricted),
    ("age-restricted", ResolverFault::AgeRestricted),
    ("sign in to confirm", ResolverFault::SignIn),
    ("login_required", ResolverFault::SignIn),
    ("private video", ResolverFault::Private),
    ("video is private", ResolverFault::Private),
    ("members-only", ResolverFault::Private),
    ("join this channel to get access", ResolverFault::Private),
    ("in your country", ResolverFault::Region),
    ("in your location", ResolverFault::Region),
    ("geo restriction", ResolverFault::Region),
    ("live event will begin", ResolverFault::NotYet),
    ("premieres in", ResolverFault::NotYet),
    ("http error 429", ResolverFault::TooManyRequests),
    ("rate-limited", ResolverFault::TooManyRequests),
    ("video unavailable", ResolverFault::Unavailable),
    ("video is unavailable", ResolverFault::Unavailable),
    ("video is not available", ResolverFault::Unavailable),
    ("video is no longer available", ResolverFault::Unavailable),
    ("has been removed", ResolverFault::Unavailable),
    ("has been terminated", ResolverFault::Unavailable),
    (
        "no supported javascript runtime",
        ResolverFault::NoJavaScript,
    ),
    ("n challenge solving failed", ResolverFault::Challenge),
    ("signature extraction failed", ResolverFault::Challenge),
    ("nsig extraction failed", ResolverFault::Challenge),
    ("only images are available", ResolverFault::OnlyImages),
    (
        "requested format is not available",
        ResolverFault::NoSuchFormat,
    ),
    ("failed to resolve", ResolverFault::Unreachable),
    ("name or service not known", ResolverFault::Unreachable),
    (
        "temporary failure in name resolution",
        ResolverFault::Unreachable,
    ),
    ("connection refused", ResolverFault::Unreachable),
    ("connection reset by peer", ResolverFault::Unreachable),
    ("remote end closed connection", ResolverFault::Unreachable),
    ("http error 500", ResolverFault::Unreachable),
    ("http error 502", ResolverFault::Unreachable),
    ("http error 503", ResolverFault::Unreachable),
    ("http error 504", ResolverFault::Unreachable),
    ("network is unreachable", ResolverFault::Unreachable),
    ("no route to host", ResolverFault::Unreachable),
    ("timed out", ResolverFault::Unreachable),
];

/// The meaning of all lines from yt-dlp; `None` if none is known.
pub(super) fn fault<'a>(lines: impl Iterator<Item = &'a str>) -> Option<ResolverFault> {
    let lowercase: Vec<String> = lines.map(str::to_lowercase).collect();
    WORDS
        .iter()
        .find(|(words, _)| lowercase.iter().any(|line| line.contains(words)))
        .map(|(_, fault)| *fault)
}

#[cfg(test)]
mod tests {
    use super::fault;
    use crate::media::fault::ResolverFault;

    #[test]
    fn each_reason_of_yt_dlps_is_known_by_its_words() {
        let cases = [
            (
                "ERROR: [youtube] aaaaaaaaaaa: Sign in to confirm you\u{2019}re not a bot. Use \
                 --cookies-from-browser",
                ResolverFault::SignIn,
            ),
            (
                "ERROR: [youtube] aaaaaaaaaaa: Sign in to confirm your age. This video may be \
                 inappropriate for some users.",
                ResolverFault::AgeRestricted,
            ),
            (
                "ERROR: [youtube] aaaaaaaaaaa: Private video. Sign in if you've been granted \
                 access to this video",
                ResolverFault::Private,
            ),
            (
                "ERROR: [youtube] aaaaaaaaaaa: This video is private",
                ResolverFault::Private,
            ),
            (
                "ERROR: [youtube] aaaaaaaaaaa: Video unavailable. This video has been removed \
                 by the uploader",
                ResolverFault::Unavailable,
            ),
            (
                "ERROR: [youtube] aaaaaaaaaaa: The uploader has not made this video available \
                 in your country",
                ResolverFault::Region,
            ),
            (
                "ERROR: [youtube] aaaaaaaaaaa: This live event will begin in 3 hours.",
                ResolverFault::NotYet,
            ),
            (
                "WARNING: [youtube] No supported JavaScript runtime could be found. Only deno \
                 is enabled by default",
                ResolverFault::NoJavaScript,
            ),
            (
                "ERROR: unable to download video data: HTTP Error 429: Too Many Requests",
                ResolverFault::TooManyRequests,
            ),
            (
                "ERROR: [youtube] aaaaaaaaaaa: Requested format is not available. Use \
                 --list-formats for a list of available formats",
                ResolverFault::NoSuchFormat,
            ),
        ];
        for (line, expected) in cases {
            assert_eq!(fault([line].into_iter()), Some(expected), "{line}");
        }
        assert_eq!(fault(["ERROR: Unable to extract title"].into_iter()), None);
    }

    /// What yt-dlp said of servers that do just that.
    #[test]
    fn whatever_keeps_youtube_away_is_one_reason() {
        for why in [
            "HTTP Error 503: Service Unavailable (caused by <HTTPError 503: Service Unavailable>)",
            "('Connection aborted.', RemoteDisconnected('Remote end closed connection without \
             response'))",
            "('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))",
            "HTTPConnection(host='127.0.0.1', port=54231): Failed to establish a new connection: \
             [Errno 111] MpvConnection refused",
            "HTTPSConnection(host='no-such-host.invalid', port=443): Failed to resolve \
             'no-such-host.invalid' ([Errno -2] Name or service not known)",
            "HTTPConnectionPool(host='127.0.0.1', port=40441): Read timed out. (read timeout=5.0)",
        ] {
            let line = format!("ERROR: [youtube] aaaaaaaaaaa: Unable to download webpage: {why}");
            let fault = fault([line.as_str()].into_iter());
            assert_eq!(fault, Some(ResolverFault::Unreachable), "{why}");
        }
    }

    #[test]
    fn the_cause_counts_and_not_what_follows_from_it() {
        let lines = [
            "WARNING: [youtube] aaaaaaaaaaa: n challenge solving failed: Some formats may be \
             missing.",
            "WARNING: Only images are available for download. use --list-formats to see them",
            "ERROR: [youtube] aaaaaaaaaaa: Requested format is not available.",
        ];
        assert_eq!(fault(lines.into_iter()), Some(ResolverFault::Challenge));
        assert_eq!(
            fault(lines[1..].iter().copied()),
            Some(ResolverFault::OnlyImages)
        );
    }
}
