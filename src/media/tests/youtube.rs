//! Every form of a YouTube link, and every YouTube page that is no video.

use super::{error, media};
use crate::media::{Excerpt, MediaError, Source, YoutubeProblem};

const WATCH: &str = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";

/// Asserts that each link names the one video, and starts at `start`.
#[track_caller]
fn all_name_the_video(links: &[&str], start: u32) {
    for link in links {
        let media = media(link);
        assert!(matches!(media.source(), Source::Youtube(_)), "{link}");
        assert_eq!(
            (media.url().as_str(), media.kind()),
            (WATCH, "YouTube"),
            "{link}"
        );
        assert_eq!(media.start_seconds(), start, "{link}");
    }
}

#[test]
fn every_path_leads_to_the_video() {
    all_name_the_video(
        &[
            WATCH,
            "http://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "https://www.youtube.com/watch/?v=dQw4w9WgXcQ",
            "https://www.youtube.com/?v=dQw4w9WgXcQ",
            "https://www.youtube.com?v=dQw4w9WgXcQ",
            "https://www.youtube.com/watch#!v=dQw4w9WgXcQ",
            "https://www.youtube.com/watch#v=dQw4w9WgXcQ",
            "https://www.youtube.com/watch_popup?v=dQw4w9WgXcQ",
            "https://www.youtube.com/movie?v=dQw4w9WgXcQ",
            "https://youtu.be/dQw4w9WgXcQ",
            "https://youtu.be/dQw4w9WgXcQ/",
            "https://youtu.be/dQw4w9WgXcQ?si=AbCdEfGh",
            "https://www.youtube.com/embed/dQw4w9WgXcQ",
            "https://www.youtube.com/embed/dQw4w9WgXcQ/?autoplay=1",
            "https://www.youtube.com/shorts/dQw4w9WgXcQ",
            "https://www.youtube.com/shorts/dQw4w9WgXcQ?feature=share",
            "https://www.youtube.com/live/dQw4w9WgXcQ",
            "https://www.youtube.com/v/dQw4w9WgXcQ",
            "https://www.youtube.com/v/dQw4w9WgXcQ&hl=en&fs=1",
            "https://www.youtube.com/e/dQw4w9WgXcQ",
        ],
        0,
    );
}

#[test]
fn every_host_of_youtube_is_known_in_any_case() {
    all_name_the_video(
        &[
            "https://youtube.com/watch?v=dQw4w9WgXcQ",
            "https://m.youtube.com/watch?v=dQw4w9WgXcQ",
            "https://music.youtube.com/watch?v=dQw4w9WgXcQ",
            "https://gaming.youtube.com/watch?v=dQw4w9WgXcQ",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
            "https://youtube-nocookie.com/embed/dQw4w9WgXcQ",
            "https://www.youtubekids.com/watch?v=dQw4w9WgXcQ",
            "https://WWW.YOUTUBE.COM/watch?v=dQw4w9WgXcQ",
            "HTTPS://YouTu.Be/dQw4w9WgXcQ",
            "https://www.youtu.be/dQw4w9WgXcQ",
            "https://www.youtube.com./watch?v=dQw4w9WgXcQ",
            "https://www.youtube.com:443/watch?v=dQw4w9WgXcQ",
            "https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ",
            "https://ｙｏｕｔｕｂｅ.com/watch?v=dQw4w9WgXcQ",
        ],
        0,
    );
}

#[test]
fn the_id_stands_anywhere_in_the_query_and_the_list_is_dropped() {
    all_name_the_video(
        &[
            "https://www.youtube.com/watch?list=PLabc&v=dQw4w9WgXcQ",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PLabc&index=3",
            "https://music.youtube.com/watch?v=dQw4w9WgXcQ&list=RDAMVM",
            "https://www.youtube.com/watch?feature=youtu.be&amp;v=dQw4w9WgXcQ",
            "https://www.youtube.com/watch?app=desktop;v=dQw4w9WgXcQ",
            "https://www.youtube.com/watch?v=%64Qw4w9WgXcQ",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&v=aaaaaaaaaaa",
            "https://www.youtube.com/watch?pp=&v=dQw4w9WgXcQ#comments",
        ],
        0,
    );
}

#[test]
fn a_missing_scheme_is_https() {
    all_name_the_video(
        &[
            "youtube.com/watch?v=dQw4w9WgXcQ",
            "www.youtube.com/watch?v=dQw4w9WgXcQ",
            "youtu.be/dQw4w9WgXcQ",
            "YOUTU.BE/dQw4w9WgXcQ",
            "//www.youtube.com/watch?v=dQw4w9WgXcQ",
            "youtube.com:443/watch?v=dQw4w9WgXcQ",
        ],
        0,
    );
}

#[test]
fn links_that_lead_on_to_a_video_are_followed_on_paper() {
    all_name_the_video(
        &[
            "https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3DdQw4w9WgXcQ%26feature%3Dshare",
            "https://www.youtube.com/attribution_link?u=https%3A%2F%2Fyoutu.be%2FdQw4w9WgXcQ",
            "https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ&gl=DE",
            "https://consent.google.com/m?continue=https://www.youtube.com/watch?v%3DdQw4w9WgXcQ&gl=DE",
            "https://consent.google.de/ml?continue=https://www.youtube.com/watch?v%3DdQw4w9WgXcQ",
            "https://consent.google.co.uk/ml?continue=https://www.youtube.com/watch?v%3DdQw4w9WgXcQ",
            "https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2Fattribution_link%3Fu%3D%252Fwatch%253Fv%253DdQw4w9WgXcQ",
        ],
        0,
    );
    all_name_the_video(
        &["https://consent.youtube.com/m?continue=https%3A%2F%2Fyoutu.be%2FdQw4w9WgXcQ%3Ft%3D90"],
        90,
    );
}

#[test]
fn links_that_lead_on_to_anything_else_are_not() {
    let inside = [
        "https%3A%2F%2Fevil.example%2Fwatch%3Fv%3DdQw4w9WgXcQ",
        "%2F%2Fevil.example%2Fwatch%3Fv%3DdQw4w9WgXcQ",
        "https%3A%2F%2Fyoutube.com%40evil.example%2Fwatch%3Fv%3DdQw4w9WgXcQ",
        "https%3A%2F%2Fme%3Asecret%40youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ",
        "https%3A%2F%2Fexample.org%2Ffilm.mp4",
        "file%3A%2F%2F%2Fetc%2Fpasswd",
        "javascript%3Aalert(1)",
        "https%3A%2F%2F",
    ];
    for inner in inside {
        for outer in [
            "www.youtube.com/attribution_link?u=",
            "consent.youtube.com/m?continue=",
        ] {
            let link = format!("https://{outer}{inner}");
            assert_eq!(error(&link), YoutubeProblem::Elsewhere.into(), "{link}");
        }
    }
}

#[test]
fn wrappers_around_wrappers_come_to_an_end() {
    let wrap = |link: String, _: usize| {
        let inner =
            percent_encoding::utf8_percent_encode(&link, percent_encoding::NON_ALPHANUMERIC);
        format!("https://www.youtube.com/attribution_link?u={inner}")
    };
    let three = (0..3).fold(WATCH.to_owned(), wrap);
    all_name_the_video(&[&three], 0);
    let four = wrap(three, 3);
    assert_eq!(error(&four), YoutubeProblem::Elsewhere.into());
}

#[test]
fn starts_are_read_in_every_form() {
    all_name_the_video(
        &[
            "https://youtu.be/dQw4w9WgXcQ?t=90",
            "https://youtu.be/dQw4w9WgXcQ?t=90s",
            "https://youtu.be/dQw4w9WgXcQ?si=x&t=1m30s",
            "https://youtu.be/dQw4w9WgXcQ#t=90",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1m30s",
            "https://www.youtube.com/watch?t=90&v=dQw4w9WgXcQ",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=1m30s",
            "https://www.youtube.com/watch#!v=dQw4w9WgXcQ&t=90",
            "https://www.youtube.com/embed/dQw4w9WgXcQ?start=90",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&time_continue=90",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=&start=90",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&start=7&t=90",
        ],
        90,
    );
    all_name_the_video(&["https://youtu.be/dQw4w9WgXcQ?t=1h2m3s"], 3_723);
}

#[test]
fn a_start_that_cannot_be_read_is_none() {
    all_name_the_video(
        &[
            "https://youtu.be/dQw4w9WgXcQ?t=",
            "https://youtu.be/dQw4w9WgXcQ?t=soon",
            "https://youtu.be/dQw4w9WgXcQ?t=-5",
            "https://youtu.be/dQw4w9WgXcQ?t=99999999999",
        ],
        0,
    );
}

#[test]
fn pages_that_are_no_video_are_named() {
    let cases = [
        (
            "https://www.youtube.com/playlist?list=PLabc",
            YoutubeProblem::Playlist,
        ),
        (
            "https://www.youtube.com/watch?list=PLabc",
            YoutubeProblem::Playlist,
        ),
        (
            "https://www.youtube.com/embed/videoseries?list=PLabc",
            YoutubeProblem::Playlist,
        ),
        (
            "https://music.youtube.com/playlist?list=OLAK5uy",
            YoutubeProblem::Playlist,
        ),
        ("https://www.youtube.com/@handle", YoutubeProblem::Channel),
        ("https://www.youtube.com/%40handle", YoutubeProblem::Channel),
        (
            "https://www.youtube.com/@handle/videos",
            YoutubeProblem::Channel,
        ),
        (
            "https://www.youtube.com/channel/UCuAXFkgsw1L7xaCfnd5JJOw",
            YoutubeProblem::Channel,
        ),
        ("https://www.youtube.com/c/name", YoutubeProblem::Channel),
        ("https://www.youtube.com/user/name", YoutubeProblem::Channel),
        ("https://youtu.be/@handle", YoutubeProblem::Channel),
        (
            "https://www.youtube.com/@handle/live",
            YoutubeProblem::LiveStream,
        ),
        (
            "https://www.youtube.com/channel/UCuAXFkgsw1L7xaCfnd5JJOw/live",
            YoutubeProblem::LiveStream,
        ),
        (
            "https://www.youtube.com/embed/live_stream?channel=UCabc",
            YoutubeProblem::LiveStream,
        ),
        (
            "https://www.youtube.com/clip/UgkxAbCdEf",
            YoutubeProblem::Clip,
        ),
        (
            "https://www.youtube.com/results?search_query=cats",
            YoutubeProblem::Search,
        ),
        (
            "https://www.youtube.com/hashtag/cats",
            YoutubeProblem::Search,
        ),
        (
            "https://www.youtube.com/redirect?q=https%3A%2F%2Fyoutu.be%2FdQw4w9WgXcQ",
            YoutubeProblem::Elsewhere,
        ),
        (
            "https://www.youtube.com/attribution_link?a=x",
            YoutubeProblem::Elsewhere,
        ),
        ("https://www.youtube.com/", YoutubeProblem::NoVideo),
        ("youtube.com", YoutubeProblem::NoVideo),
        ("https://www.youtube.com/watch", YoutubeProblem::NoVideo),
        (
            "https://www.youtube.com/watch?V=dQw4w9WgXcQ",
            YoutubeProblem::NoVideo,
        ),
        ("https://www.youtube.com/live", YoutubeProblem::NoVideo),
        (
            "https://www.youtube.com/embed/dQw4w9WgXcQ/more",
            YoutubeProblem::NoVideo,
        ),
        (
            "https://www.youtube.com/feed/subscriptions",
            YoutubeProblem::NoVideo,
        ),
        ("https://www.youtube.com/film.mp4", YoutubeProblem::NoVideo),
        ("https://youtu.be/", YoutubeProblem::NoVideo),
        (
            "https://youtu.be/shorts/dQw4w9WgXcQ",
            YoutubeProblem::NoVideo,
        ),
        (
            "https://studio.youtube.com/video/dQw4w9WgXcQ/edit",
            YoutubeProblem::NoVideo,
        ),
        (
            "https://tv.youtube.com/watch/dQw4w9WgXcQ",
            YoutubeProblem::NoVideo,
        ),
        (
            "https://consent.youtube.com/m?gl=DE",
            YoutubeProblem::NoVideo,
        ),
    ];
    for (link, problem) in cases {
        assert_eq!(error(link), MediaError::Youtube(problem), "{link}");
    }
}

#[test]
fn an_id_has_exactly_eleven_characters() {
    let cases = [
        ("https://www.youtube.com/watch?v=dQw4w9WgXc", "dQw4w9WgXc"),
        (
            "https://www.youtube.com/watch?v=dQw4w9WgXcQQ",
            "dQw4w9WgXcQQ",
        ),
        ("https://youtu.be/dQw4w9WgXcQQ", "dQw4w9WgXcQQ"),
        ("https://youtu.be/watch?v=dQw4w9WgXcQ", "watch"),
        ("https://www.youtube.com/shorts/dQw4w9WgXc", "dQw4w9WgXc"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXc!", "dQw4w9WgXc!"),
        ("https://www.youtube.com/watch?v=dQw4w9 gXcQ", "dQw4w9 gXcQ"),
        ("https://www.youtube.com/watch?v=", ""),
        ("https://www.youtube.com/watch?v=bad&v=dQw4w9WgXcQ", "bad"),
        (
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ%0A",
            "dQw4w9WgXcQ\u{FFFD}",
        ),
        (
            "https://www.youtube.com/watch?v=%1B[31mdQw4w9",
            "\u{FFFD}[31mdQw4w9",
        ),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcé", "dQw4w9WgXcé"),
    ];
    for (link, found) in cases {
        let problem = YoutubeProblem::BadId(Excerpt::new(found));
        assert_eq!(error(link), MediaError::Youtube(problem), "{link}");
    }
}
