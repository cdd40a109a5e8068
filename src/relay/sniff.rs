//! What the first bytes of a body are: a medium, an HLS list, a web page, or something that
//! could lead a player anywhere. Pure.
//!
//! Media containers are binary from their first bytes on; lists, descriptions and pages are
//! text. So text is refused unless it is an HLS list, and the signs of what mpv and FFmpeg
//! would follow are looked for in everything, since a text may be given a binary tail.

use crate::media::fault::FaultKind;

/// How much of a body is looked at, in bytes. mpv decides on an EDL or a playlist, and FFmpeg
/// on ffconcat, by their first line; mpv first reads 2 KiB (`STREAM_BUFFER_SIZE`, 0.35).
pub(super) const HEAD: usize = 4_096;

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A medium, as far as can be seen.
    Media,
    /// An HLS list.
    Hls,
    /// A DASH manifest.
    Dash,
    /// Subtitles as HLS lists name them.
    Subtitles,
    /// A picture: no film, but some servers hide the segments of one behind it.
    Picture,
    /// Nothing that is played.
    Refused(FaultKind),
}

/// Beginnings that mpv or FFmpeg take for a list or a description of other sources, in lower
/// case.
const FORBIDDEN: [&[u8]; 7] = [
    b"# mpv edl",
    b"mplayer edl",
    b"ffconcat",
    b"[playlist]",
    b"[reference]",
    b"rtsptext",
    b"mf://",
];

/// Tags of lists in XML, in lower case.
const LISTS: [&[u8]; 6] = [
    b"<asx",
    b"<smil",
    b"<wpl",
    b"<playlist",
    b"<mpd",
    b"<compositionplaylist",
];

/// Beginnings of files without any film in them, in lower case: archives (which mpv would look
/// into), what is packed, documents.
const NO_MEDIA: [&[u8]; 5] = [
    b"pk\x03\x04",
    b"rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b\x08",
    b"%pdf",
];

/// Beginnings of pictures, in lower case: PNG, JPEG, GIF.
const PICTURES: [&[u8]; 3] = [b"\x89png", b"\xff\xd8\xff", b"gif8"];

/// Beginnings of web pages, in lower case.
const PAGES: [&[u8]; 6] = [
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<title",
];

/// Decides by the first bytes of a body (up to [`HEAD`], fewer only where it is shorter), and
/// by its `Content-Type` where the bytes are text.
pub(super) fn content(head: &[u8], content_type: &str) -> Content {
    if head.is_empty() {
        return Content::Refused(FaultKind::Empty);
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = start.trim_ascii_start();
    let is_text = is_text(head);
    if begins_with_any(start, &PAGES) || (is_text && is_page_type(content_type)) {
        return Content::Refused(FaultKind::WebPage);
    }
    if begins_with(start, b"#extm3u") {
        return if has_line(start, b"#EXT-X-") {
            Content::Hls
        } else {
            Content::Refused(FaultKind::ForbiddenContent)
        };
    }
    // FFmpeg looks for a DASH manifest's first tag anywhere, whatever bytes stand before it.
    if is_text && start.starts_with(b"<") && has_tag(start, b"<mpd") {
        return Content::Dash;
    }
    if has_tag(head, b"<mpd") {
        return Content::Refused(FaultKind::ForbiddenContent);
    }
    if start.starts_with(b"<") {
        let is_list = LISTS.iter().any(|tag| has_tag(start, tag));
        return Content::Refused(if is_list {
            FaultKind::ForbiddenContent
        } else {
            FaultKind::NothingToPlay
        });
    }
    if begins_with_any(start, &NO_MEDIA) {
        return Content::Refused(FaultKind::NothingToPlay);
    }
    if begins_with_any(head, &PICTURES) {
        return Content::Picture;
    }
    if begins_with_any(start, &FORBIDDEN) || is_session_description(start) {
        return Content::Refused(FaultKind::ForbiddenContent);
    }
    if !is_text {
        return Content::Media;
    }
    if begins_with(start, b"webvtt") {
        return Content::Subtitles;
    }
    if names_an_address(start) {
        return Content::Refused(FaultKind::ForbiddenContent);
    }
    Content::Refused(FaultKind::NothingToPlay)
}

/// FFmpeg takes a text for SDP as soon as one of its lines begins with `c=IN IP`, mpv by its
/// type or name; every real one begins with `v=0`.
fn is_session_description(start: &[u8]) -> bool {
    start.starts_with(b"v=0") || has_line(start, b"c=IN IP")
}

fn is_page_type(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
}

/// Whether a tag, in lower case, stands anywhere.
fn has_tag(bytes: &[u8], tag: &[u8]) -> bool {
    bytes
        .windows(tag.len())
        .any(|some| some.eq_ignore_ascii_case(tag))
}

/// Whether there is no byte that a text does not have. DEL is one that XML allows.
fn is_text(head: &[u8]) -> bool {
    head.iter()
        .all(|byte| !matches!(byte, 0..=8 | 11 | 14..=31))
}

fn names_an_address(text: &[u8]) -> bool {
    text.windows(3).any(|three| three == b"://")
}

fn begins_with_any(bytes: &[u8], beginnings: &[&[u8]]) -> bool {
    beginnings
        .iter()
        .any(|beginning| begins_with(bytes, beginning))
}

/// Whether `bytes` begin with `beginning`, which is in lower case.
fn begins_with(bytes: &[u8], beginning: &[u8]) -> bool {
    bytes
        .get(..beginning.len())
        .is_some_and(|first| first.eq_ignore_ascii_case(beginning))
}

/// Whether a line begins with `beginning`.
fn has_line(text: &[u8], beginning: &[u8]) -> bool {
    text.split(|byte| matches!(byte, b'\n' | b'\r'))
        .any(|line| line.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::{Content, content};
    use crate::media::fault::FaultKind;

    const FORBIDDEN: Content = Content::Refused(FaultKind::ForbiddenContent);

    #[test]
    fn media_pass() {
        let heads: [&[u8]; 10] = [
            b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00",
            b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01",
            b"OggS\x00\x02\x00\x00",
            b"RIFF\x24\x00\x00\x00AVI LIST",
            b"FLV\x01\x05\x00\x00\x00\x09",
            b"\x47\x40\x11\x10\x00\x42",
            b"ID3\x04\x00\x00\x00\x00\x00\x23",
            b"\xff\xfb\x90\x44\x00",
            b"fLaC\x00\x00\x00\x22",
            b"\xff\xf1\x50\x80\x00\x1f\xfc",
        ];
        for head in heads {
            assert_eq!(
                content(head, "application/octet-stream"),
                Content::Media,
                "{head:?}"
            );
        }
        assert_eq!(
            content(heads[0], "text/html"),
            Content::Media,
            "a wrong type"
        );
    }

    #[test]
    fn only_hls_lists_pass_as_lists() {
        let hls = b"#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:2,\na.ts\n";
        assert_eq!(content(hls, ""), Content::Hls);
        assert_eq!(
            content(b"\xef\xbb\xbf#EXTM3U\r\n#EXT-X-TARGETDURATION:2\r\n", ""),
            Content::Hls
        );
        assert_eq!(
            content(b"#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n", ""),
            FORBIDDEN
        );
        assert_eq!(content(b"#EXTM3U\nytdl://abc\n", ""), FORBIDDEN);
        assert_eq!(content(b"http://films.example/a.mp4\n", ""), FORBIDDEN);
    }

    #[test]
    fn manifests_of_dash_are_known_by_their_first_tag() {
        for head in [
            "  <MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\">",
            "\u{feff}<?xml version=\"1.0\"?>\n<!-- made by hand --><MPD>",
        ] {
            assert_eq!(content(head.as_bytes(), ""), Content::Dash, "{head}");
        }
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        let heads: [&[u8]; 13] = [
            b"# mpv EDL v0\nhttp://10.0.0.1/a.mp4\n",
            b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n",
            b"s=x\r\nc=IN IP4 239.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n",
            b"s=x\nc=IN IP4 239.0.0.1\n\x00\x01\x02",
            b"ffconcat version 1.0\nfile 'http://10.0.0.1/a'\n",
            b"[playlist]\nFile1=http://10.0.0.1/a\n",
            b"[Reference]\nRef1=http://10.0.0.1/a\n",
            b"<?xml version=\"1.0\"?><playlist><trackList/></playlist>",
            b"<ASX version=\"3.0\"><entry/></ASX>",
            b"\x01 <MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\">",
            b"mf://*.png",
            b"RTSPtext\nrtsp://10.0.0.1/\n",
            b"# mpv EDL v0\nhttp://10.0.0.1/a.mp4\n\x00\x00\x01",
        ];
        for head in heads {
            let named = String::from_utf8_lossy(head);
            assert_eq!(content(head, "video/mp4"), FORBIDDEN, "{named}");
        }
    }

    #[test]
    fn pages_nothing_and_other_text_have_their_own_kinds() {
        let page = Content::Refused(FaultKind::WebPage);
        assert_eq!(content(b"\n <!DOCTYPE html><html>", ""), page);
        assert_eq!(content(b"<HTML><body>log in", "video/mp4"), page);
        assert_eq!(content(b"Please log in", "text/html; charset=utf-8"), page);
        assert_eq!(content(b"", ""), Content::Refused(FaultKind::Empty));
        let nothing = Content::Refused(FaultKind::NothingToPlay);
        assert_eq!(content(b"{\"error\":\"no\"}", "application/json"), nothing);
        for head in [
            &b"PK\x03\x04\x14\x00"[..],
            b"\x1f\x8b\x08\x00",
            b"%PDF-1.7",
            b"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
        ] {
            assert_eq!(content(head, "video/mp4"), nothing, "{head:?}");
        }
        for head in [&b"\x89PNG\r\n\x1a\n"[..], b"\xff\xd8\xff\xe0", b"GIF89a"] {
            assert_eq!(content(head, "video/mp4"), Content::Picture, "{head:?}");
        }
        assert_eq!(content(b"WEBVTT\n\n", "text/vtt"), Content::Subtitles);
    }
}
