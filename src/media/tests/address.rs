//! What is no http(s) link at all: disks, other schemes, junk; and how hosts are written.

use super::{error, media};
use crate::media::{Excerpt, MAX_LINK_BYTES, Media, MediaError};

#[test]
fn nothing_is_no_link() {
    for text in ["", " ", "\n\t", "\u{200B}\u{FEFF}", "<>", "\"\"", "' '"] {
        assert_eq!(error(text), MediaError::Empty, "{text:?}");
    }
}

#[test]
fn a_path_on_a_disk_is_distinguished() {
    let paths = [
        "/home/x/film.mp4",
        "/film.mp4",
        "/dev/video0",
        "C:\\film.mp4",
        "c:/Users/x/film.mp4",
        "D:film.mp4",
        "\\\\server\\share\\film.mp4",
        "\\film.mp4",
        "//server/share/film.mp4",
        "./a.mp4",
        "../a.mp4",
        ".\\a.mp4",
        "..\\a.mp4",
        "~/a.mkv",
        "~x/a.mkv",
        "film.mp4",
        "My film (1999).mp4",
        "'/home/x/my film.mp4'",
        "\"C:\\my film.mp4\"",
        "Videos/film.mp4",
        "Videos\\film.mp4",
        "My.Videos\\film.mp4",
        "My.Videos\\first\\film.mp4",
        "file:///home/x/film.mp4",
        "FILE:///home/x/film.mp4",
        "file:film.mp4",
        "file://server/film.mp4",
    ];
    for path in paths {
        assert_eq!(error(path), MediaError::LocalFile, "{path}");
    }
}

#[test]
fn other_schemes_are_not_taken() {
    let links = [
        ("ftp://example.org/film.mp4", "ftp"),
        ("FTP://example.org/film.mp4", "FTP"),
        ("edl://film.mp4", "edl"),
        ("av://lavfi:movie=/etc/passwd", "av"),
        ("memory://#EXTM3U", "memory"),
        ("lavf://https://example.org/film.mp4", "lavf"),
        ("ffmpeg://file:/home/x/film.mp4", "ffmpeg"),
        ("ytdl://dQw4w9WgXcQ", "ytdl"),
        ("fd://0", "fd"),
        ("smb://server/film.mp4", "smb"),
        ("unix:/run/x.mp4", "unix"),
        ("rtsp://example.org/film.mp4", "rtsp"),
        ("data:video/mp4;base64,AAAA", "data"),
        ("javascript:alert(1)", "javascript"),
        ("magnet:?xt=urn:btih:abc", "magnet"),
        ("blob:https://example.org/1", "blob"),
        ("view-source:https://example.org/film.mp4", "view-source"),
        ("httpss://example.org/film.mp4", "httpss"),
    ];
    for (link, scheme) in links {
        assert_eq!(
            error(link),
            MediaError::Scheme(Excerpt::new(scheme)),
            "{link}"
        );
    }
}

#[test]
fn words_are_no_link() {
    for text in [
        "hello",
        "play something nice",
        "dQw4w9WgXcQ",
        "?v=dQw4w9WgXcQ",
        "#",
        "-",
        "--help",
    ] {
        assert_eq!(
            error(text),
            MediaError::NotALink(Excerpt::new(text)),
            "{text}"
        );
    }
}

#[test]
fn a_user_name_or_password_is_refused() {
    let links = [
        "https://me@example.org/film.mp4",
        "https://me:secret@example.org/film.mp4",
        "https://:secret@example.org/film.mp4",
        "me@example.org/film.mp4",
        "user:secret@example.org/film.mp4",
        "u:p@example.org/film.mp4",
        "u:p@localhost/film.mp4",
        "u:p@host/film.mp4",
        "u:p@example.org:8080/film.mp4",
        "https://me@www.youtube.com/watch?v=dQw4w9WgXcQ",
    ];
    for link in links {
        assert_eq!(error(link), MediaError::Credentials, "{link}");
    }
    // An empty one and one in the path mean nothing.
    assert_eq!(
        media("https://@example.org/f.mp4").url(),
        "https://example.org/f.mp4"
    );
    assert_eq!(
        media("https://example.org/@me/f.mp4").url(),
        "https://example.org/@me/f.mp4"
    );
}

#[test]
fn control_characters_are_refused_not_dropped() {
    let links = [
        "https://example.org/fi\nlm.mp4",
        "https://example.org/fi\tlm.mp4",
        "https://example.org/fi\0lm.mp4",
        "https://example.org/fi\u{1B}[2Jlm.mp4",
        "https://example.org/fi\u{9B}lm.mp4",
        "https://youtu.be/dQw4w9\rWgXcQ",
        "ht\ntps://example.org/film.mp4",
    ];
    for link in links {
        assert_eq!(error(link), MediaError::ControlCharacter, "{link:?}");
    }
}

#[test]
fn what_copying_leaves_around_a_link_is_dropped() {
    let links = [
        "  https://example.org/film.mp4\r\n",
        "<https://example.org/film.mp4>",
        "\"https://example.org/film.mp4\"",
        " ' https://example.org/film.mp4 ' ",
        "\u{FEFF}https://example.org/film.mp4\u{200B}",
        "\u{2068}https://example.org/film.mp4\u{2069}",
    ];
    for link in links {
        assert_eq!(
            media(link).url(),
            "https://example.org/film.mp4",
            "{link:?}"
        );
    }
}

#[test]
fn two_links_are_one_too_many() {
    let two = "https://example.org/a.mp4 HTTPS://example.org/b.mp4";
    assert_eq!(error(two), MediaError::SeveralLinks);
    assert_eq!(
        media("https://example.org/my film.mp4").url(),
        "https://example.org/my%20film.mp4"
    );
}

#[test]
fn two_kibibytes_are_the_most_as_written_and_as_given_out() {
    let link = |bytes: usize| {
        let path = "a".repeat(bytes - "https://example.org/.mp4".len());
        format!("https://example.org/{path}.mp4")
    };
    assert_eq!(media(&link(MAX_LINK_BYTES)).url().len(), MAX_LINK_BYTES);
    assert_eq!(error(&link(MAX_LINK_BYTES + 1)), MediaError::TooLong);
    // Each of these letters is two bytes as written and six when percent-encoded.
    let grows = format!("https://example.org/{}.mp4", "ж".repeat(400));
    assert!(grows.len() < MAX_LINK_BYTES);
    assert_eq!(error(&grows), MediaError::TooLong);
    // The scheme that was left out counts, and so does a start.
    assert_eq!(
        error(link(MAX_LINK_BYTES + 1).trim_start_matches("https://")),
        MediaError::TooLong
    );
    assert_eq!(
        error(&format!("{}#t=1", link(MAX_LINK_BYTES))),
        MediaError::TooLong
    );
    assert!(Media::parse(&format!("{}#t=1", link(MAX_LINK_BYTES - 4))).is_ok());
    let minutes = format!("{}#t=99h", link(MAX_LINK_BYTES - 6));
    assert_eq!(
        error(&minutes),
        MediaError::TooLong,
        "the canonical #t=356400 is longer"
    );
}

#[test]
fn broken_links_are_refused() {
    let links = [
        "https://",
        "http://:80/film.mp4",
        "https://exa mple.org/film.mp4",
        "https://example.org:99999/film.mp4",
        "https://example.org:x/film.mp4",
        "https://[::1/film.mp4",
        "https://[::g]/film.mp4",
        "https://1.2.3.256/film.mp4",
        "https://1.2.3.4.5/film.mp4",
        "https://example..org/film.mp4",
        "https://example.org../film.mp4",
        "https://./film.mp4",
        "https://exa%00mple.org/film.mp4",
        "https://youtube.com%40evil.example/film.mp4",
        "https://xn--a/film.mp4",
    ];
    for link in links {
        let error = error(link);
        assert!(
            matches!(error, MediaError::Malformed(_)),
            "{link}: {error:?}"
        );
    }
}

#[test]
fn hosts_are_written_in_one_way() {
    let cases = [
        (
            "HTTP://EXAMPLE.ORG/F.mp4",
            "http://example.org/F.mp4",
            "example.org",
        ),
        (
            "https://example.org./f.mp4",
            "https://example.org/f.mp4",
            "example.org",
        ),
        (
            "https://example.org:443/f.mp4",
            "https://example.org/f.mp4",
            "example.org",
        ),
        (
            "http://example.org:80/f.mp4",
            "http://example.org/f.mp4",
            "example.org",
        ),
        (
            "http://example.org:8080/f.mp4",
            "http://example.org:8080/f.mp4",
            "example.org",
        ),
        (
            "https:\\\\example.org\\f.mp4",
            "https://example.org/f.mp4",
            "example.org",
        ),
        (
            "https:/example.org/f.mp4",
            "https://example.org/f.mp4",
            "example.org",
        ),
        (
            "example.org/f.mp4",
            "https://example.org/f.mp4",
            "example.org",
        ),
        (
            "//example.org/f.mp4",
            "https://example.org/f.mp4",
            "example.org",
        ),
        (
            "example.org:8080/f.mp4",
            "https://example.org:8080/f.mp4",
            "example.org",
        ),
        ("nas:8080/f.mp4", "https://nas:8080/f.mp4", "nas"),
        ("localhost/f.mp4", "https://localhost/f.mp4", "localhost"),
        (
            "127.0.0.1:8000/f.mp4",
            "https://127.0.0.1:8000/f.mp4",
            "127.0.0.1",
        ),
        ("[::1]:8000/f.mp4", "https://[::1]:8000/f.mp4", "[::1]"),
        (
            "http://[2001:DB8:0::1]/f.mp4",
            "http://[2001:db8::1]/f.mp4",
            "[2001:db8::1]",
        ),
        (
            "https://bücher.example/f.mp4",
            "https://xn--bcher-kva.example/f.mp4",
            "xn--bcher-kva.example",
        ),
        (
            "https://кино.example/f.mp4",
            "https://xn--h1adke.example/f.mp4",
            "xn--h1adke.example",
        ),
        (
            "https://example。org/f.mp4",
            "https://example.org/f.mp4",
            "example.org",
        ),
        (
            "https://a_b.example.org/f.mp4",
            "https://a_b.example.org/f.mp4",
            "a_b.example.org",
        ),
    ];
    for (link, url, host) in cases {
        let media = media(link);
        assert_eq!((media.url().as_str(), media.host()), (url, host), "{link}");
    }
}
