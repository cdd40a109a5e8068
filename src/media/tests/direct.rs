//! Links to media files: what the path's extension says, and what is kept of the rest.

use super::{error, media};
use crate::media::direct::Container;
use crate::media::{DirectProblem, Excerpt, MediaError, Source};

#[test]
fn every_extension_names_its_kind() {
    let cases = [
        ("mp4", "MP4"),
        ("webm", "WebM"),
        ("ogg", "OGG"),
        ("ogv", "OGV"),
        ("m4v", "M4V"),
        ("mkv", "MKV"),
        ("mov", "MOV"),
        ("avi", "AVI"),
        ("ts", "MPEG-TS"),
        ("flv", "FLV"),
        ("m3u8", "HLS"),
        ("mpd", "DASH"),
        ("mp3", "MP3"),
        ("m4a", "M4A"),
        ("opus", "Opus"),
        ("flac", "FLAC"),
        ("wav", "WAV"),
    ];
    assert_eq!(cases.len(), Container::ALL.len());
    for (extension, kind) in cases {
        for scheme in ["http", "https"] {
            let link = format!("{scheme}://example.org/a/film.{extension}");
            let media = media(&link);
            assert_eq!((media.kind(), media.url()), (kind, link));
        }
        let shouted = format!(
            "https://example.org/FILM.{}",
            extension.to_ascii_uppercase()
        );
        assert_eq!(media(&shouted).kind(), kind);
    }
}

#[test]
fn the_path_decides_after_decoding() {
    let cases = [
        ("https://example.org/film%2Emp4", "MP4"),
        ("https://example.org/film.%6D%70%34", "MP4"),
        ("https://example.org/film.webm.mp4", "MP4"),
        ("https://example.org/.mp4", "MP4"),
        ("https://example.org/page.php/film.mkv", "MKV"),
        ("https://example.org/dir%2Ffilm.ogg", "OGG"),
        ("https://example.org/Фильм первый.mp4", "MP4"),
        ("https://example.org/a/../film.mov", "MOV"),
        ("https://example.org/film.mp4?format=.webm", "MP4"),
    ];
    for (link, kind) in cases {
        assert_eq!(media(link).kind(), kind, "{link}");
    }
}

#[test]
fn the_query_stays_and_the_fragment_goes() {
    let cases = [
        (
            "https://example.org/f.MP4?sig=a%2Fb&x=1#t=5",
            "https://example.org/f.MP4?sig=a%2Fb&x=1",
            5,
        ),
        (
            "https://example.org/f.mp4#t=1m30s",
            "https://example.org/f.mp4",
            90,
        ),
        (
            "https://example.org/f.mp4#t=10,20",
            "https://example.org/f.mp4",
            10,
        ),
        (
            "https://example.org/f.mp4#t=npt:0:01:30",
            "https://example.org/f.mp4",
            90,
        ),
        (
            "https://example.org/f.mp4#xywh=1,2,3,4&t=5",
            "https://example.org/f.mp4",
            5,
        ),
        (
            "https://example.org/f.mp4#t=soon",
            "https://example.org/f.mp4",
            0,
        ),
        (
            "https://example.org/f.mp4#chapter",
            "https://example.org/f.mp4",
            0,
        ),
        ("https://example.org/f.mp4#", "https://example.org/f.mp4", 0),
        (
            "https://example.org/f.mp4?t=90",
            "https://example.org/f.mp4?t=90",
            0,
        ),
    ];
    for (link, url, start) in cases {
        let media = media(link);
        assert_eq!(
            (media.url().as_str(), media.start_seconds()),
            (url, start),
            "{link}"
        );
    }
}

#[test]
fn the_source_shows_address_and_container() {
    let media = media("https://example.org/film.webm#t=5");
    let Source::Direct(direct) = media.source() else {
        panic!("not direct: {media}");
    };
    assert_eq!(direct.as_str(), "https://example.org/film.webm");
    assert_eq!(direct.container(), Container::Webm);
}

#[test]
fn a_page_is_no_file() {
    let links = [
        "https://example.org",
        "https://example.org/",
        "https://example.org/watch?file=x.mp4",
        "https://example.org/videos/",
        "https://example.org/film.mp4/",
        "https://example.org/film.",
        "https://film.mp4/",
        "https://vimeo.com/76979871",
        "example.com",
        "tel:911",
    ];
    for link in links {
        assert_eq!(
            error(link),
            MediaError::Direct(DirectProblem::NoExtension),
            "{link}"
        );
    }
}

#[test]
fn a_hash_in_a_files_name_is_distinguished() {
    for link in [
        "https://example.org/film#.mp4",
        "https://example.org/Film #2.mp4",
        "https://example.org/Vol. 1 #2.webm",
    ] {
        let hash = MediaError::Direct(DirectProblem::HashInName);
        assert_eq!(error(link), hash, "{link}");
    }
    let text = "https://example.org/S01E02 #3.mp4?x=1";
    let hash = MediaError::Direct(DirectProblem::HashInName);
    assert_eq!(error(text), hash);
    let written = media("https://example.org/Film %232.mp4");
    assert_eq!(written.name(), "Film #2");
}

#[test]
fn an_unknown_extension_is_named() {
    let cases = [
        ("https://example.org/film.html", "html"),
        ("https://example.org/film.mp4.exe", "exe"),
        ("https://example.org/film.mp4x", "mp4x"),
        ("https://example.org/film.mp4;id=1", "mp4;id=1"),
        ("https://example.org/film.mp4%00", "mp4\u{FFFD}"),
        ("https://example.org/film.mp4%20", "mp4 "),
        ("https://example.org/film.%1B[2J", "\u{FFFD}[2J"),
        ("https://example.org/list.m3u", "m3u"),
        ("https://example.org/list.pls", "pls"),
        ("https://example.org/cut.edl", "edl"),
    ];
    for (link, extension) in cases {
        let problem = DirectProblem::UnknownExtension(Excerpt::new(extension));
        assert_eq!(error(link), MediaError::Direct(problem), "{link}");
    }
}

#[test]
fn an_excerpt_stays_short_and_says_that_it_was_cut() {
    let long = Excerpt::new(&"a".repeat(500));
    assert_eq!(long.as_str().chars().count(), Excerpt::MAX_CHARS + 1);
    assert!(long.as_str().ends_with('…'));
    let fits = "b".repeat(Excerpt::MAX_CHARS);
    assert_eq!(Excerpt::new(&fits).as_str(), fits);
    assert_eq!(
        Excerpt::new("a\u{202E}b\u{9B}c\nd").as_str(),
        "a\u{FFFD}b\u{FFFD}c\u{FFFD}d"
    );
}
