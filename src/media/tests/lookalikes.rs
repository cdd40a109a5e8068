//! Hosts that want to be taken for YouTube.

use super::{error, media};
use crate::media::{DirectProblem, MediaError, Source};

#[test]
fn a_lookalike_is_an_ordinary_web_page() {
    let links = [
        "https://evil.example/youtube.com/watch?v=dQw4w9WgXcQ",
        "https://evil.example/https://youtu.be/dQw4w9WgXcQ",
        "https://evil.example/watch?v=dQw4w9WgXcQ",
        "https://evil.example?www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://evil.example#www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://evil.example\\@www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://evilyoutube.com/watch?v=dQw4w9WgXcQ",
        "https://www-youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.co/watch?v=dQw4w9WgXcQ",
        "https://youtube.com.co/watch?v=dQw4w9WgXcQ",
        "https://youtube.example/watch?v=dQw4w9WgXcQ",
        "https://youtubeXcom.example/watch?v=dQw4w9WgXcQ",
        "https://notyoutu.be/dQw4w9WgXcQ",
        "https://youtu.be.evil.example/dQw4w9WgXcQ",
        "https://x.youtu.be/dQw4w9WgXcQ",
        "https://youtube/watch?v=dQw4w9WgXcQ",
        "https://consent.youtube.com.evil.example/m?continue=https://youtu.be/dQw4w9WgXcQ",
        "https://consent.google.evil/m?continue=https://youtu.be/dQw4w9WgXcQ",
        "https://consent.evil.example/m?continue=https://youtu.be/dQw4w9WgXcQ",
        "https://xconsent.google.com/m?continue=https://youtu.be/dQw4w9WgXcQ",
        // Other front ends are not YouTube.
        "https://invidious.example/watch?v=dQw4w9WgXcQ",
        "https://yewtu.be/watch?v=dQw4w9WgXcQ",
        "https://piped.video/watch?v=dQw4w9WgXcQ",
        // A Cyrillic о, a dotless ı, a combining mark, and the punycode of the first.
        "https://y\u{43E}utube.com/watch?v=dQw4w9WgXcQ",
        "https://www.y\u{43E}utu.be/dQw4w9WgXcQ",
        "https://youtu\u{131}be.com/watch?v=dQw4w9WgXcQ",
        "https://youtub\u{E9}.com/watch?v=dQw4w9WgXcQ",
        "https://xn--yutube-wqf.com/watch?v=dQw4w9WgXcQ",
    ];
    for link in links {
        let expected = MediaError::Direct(DirectProblem::NoExtension);
        assert_eq!(error(link), expected, "{link}");
    }
}

#[test]
fn a_name_before_the_host_does_not_disguise_it() {
    for link in [
        "https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ",
        "youtube.com@evil.example/film.mp4",
        "https://www.youtube.com%2F@evil.example/film.mp4",
        "https://youtube.com:443@evil.example/film.mp4",
    ] {
        assert_eq!(error(link), MediaError::Credentials, "{link}");
    }
}

#[test]
fn a_file_on_a_lookalike_is_its_own_hosts_file() {
    let cases = [
        (
            "https://youtube.com.evil.example/film.mp4",
            "youtube.com.evil.example",
        ),
        ("https://y\u{43E}utube.com/film.mp4", "xn--yutube-wqf.com"),
        (
            "https://evil.example\\@www.youtube.com/film.mp4",
            "evil.example",
        ),
    ];
    for (link, host) in cases {
        let media = media(link);
        assert!(matches!(media.source(), Source::Direct(_)), "{link}");
        assert_eq!(media.host(), host, "{link}");
    }
}
