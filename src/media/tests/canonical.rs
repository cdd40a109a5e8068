//! The canonical link: how media is displayed and serialised, and that it parses back to the same
//! value.

use super::media;
use crate::media::Media;

#[test]
fn the_canonical_link_carries_its_start() {
    let cases = [
        (
            "youtu.be/dQw4w9WgXcQ?t=1m30s",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90",
        ),
        (
            "youtu.be/dQw4w9WgXcQ?t=0",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        (
            "https://example.org/f.mp4?x=1#t=1:30",
            "https://example.org/f.mp4?x=1#t=90",
        ),
        ("https://example.org/f.mp4#top", "https://example.org/f.mp4"),
    ];
    for (link, canonical) in cases {
        let media = media(link);
        assert_eq!(media.to_string(), canonical);
        assert_eq!(Media::parse(canonical), Ok(media));
    }
}

#[test]
fn the_player_gets_the_link_without_its_start() {
    let youtube = media("https://youtu.be/dQw4w9WgXcQ?t=90");
    assert_eq!(youtube.url(), "https://www.youtube.com/watch?v=dQw4w9WgXcQ");
    assert_eq!(youtube.host(), "www.youtube.com");
    let direct = media("https://example.org/f.mp4#t=90");
    assert_eq!(direct.url(), "https://example.org/f.mp4");
}

#[test]
fn media_travel_as_their_link() {
    let media = media("https://youtu.be/dQw4w9WgXcQ?t=90");
    let json = serde_json::to_string(&media).unwrap();
    assert_eq!(
        json,
        r#""https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90""#
    );
    assert_eq!(serde_json::from_str::<Media>(&json).unwrap(), media);
}

#[test]
fn what_arrives_is_judged_again() {
    for hostile in [
        r#""file:///etc/passwd""#,
        r#""https://me:secret@example.org/f.mp4""#,
        r#""https://example.org/f\u0000.mp4""#,
        r#""""#,
        "7",
        "null",
    ] {
        assert!(serde_json::from_str::<Media>(hostile).is_err(), "{hostile}");
    }
}
