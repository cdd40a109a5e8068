//! Classifies a body by its first bytes: media, an HLS list, a web page, or a text that could make
//! a player open other addresses. Pure.
//!
//! Media containers are binary from their first bytes on; lists, descriptions and web pages are
//! text. So text is refused unless it is an HLS list or a DASH manifest. The signatures of formats
//! that mpv or FFmpeg would follow are searched in binary bodies too, since a text may have a
//! binary tail.

use crate::media::fault::FaultKind;

/// How many bytes of a body are examined. mpv recognises an EDL or a playlist, and FFmpeg an
/// ffconcat file, by the first line; mpv first reads 2 KiB (`STREAM_BUFFER_SIZE`, 0.35).
pub(super) const HEAD: usize = 4_096;

/// The kind of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Media, as far as the first bytes show.
    Media,
    /// An HLS list (RFC 8216): its first line is `#EXTM3U`.
    Hls,
    /// A DASH manifest: XML with the root tag `MPD`.
    Dash,
    /// Subtitles that an HLS list names.
    Subtitles,
    /// A picture. It is not playable as media, but some servers put one before each segment.
    Picture,
    /// Not playable, with the reason.
    Refused(FaultKind),
}

/// Signatures of formats in which mpv or FFmpeg would follow other addresses, in lower case.
pub(super) const FORBIDDEN: [&[u8]; 7] = [
    b"# mpv edl",
    b"mplayer edl",
    b"ffconcat",
    b"[playlist]",
    b"[reference]",
    b"rtsptext",
    b"mf://",
];

/// Tags of playlists in XML that players follow, in lower case.
const LIST_TAGS: [&[u8]; 6] = [
    b"<asx",
    b"<smil",
    b"<wpl",
    b"<playlist",
    b"<mpd",
    b"<compositionplaylist",
];

/// Signatures of files without media, in lower case: archives (which mpv would search), compressed
/// files, documents.
const OTHER_FILES: [&[u8]; 5] = [
    b"pk\x03\x04",
    b"rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b\x08",
    b"%pdf",
];

/// Beginnings of pictures, in lower case: PNG, JPEG, GIF.
const PICTURES: [&[u8]; 3] = [b"\x89png", b"\xff\xd8\xff", b"gif8"];

/// The start of a comment in HTML or XML.
const COMMENT: &[u8] = b"<!--";

/// Tags that web pages begin with, in lower case: those of WHATWG, "MIME Sniffing", 7.1, and
/// `meta`. A space or `>` follows the tag.
const PAGE_TAGS: [&[u8]; 17] = [
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<script",
    b"<iframe",
    b"<h1",
    b"<div",
    b"<font",
    b"<table",
    b"<a",
    b"<style",
    b"<title",
    b"<b",
    b"<body",
    b"<br",
    b"<p",
    b"<meta",
];

/// Classifies a body by its first bytes (up to [`HEAD`], fewer only if it is shorter), and by its
/// `Content-Type` if the bytes are text.
pub(super) fn content(head: &[u8], content_type: &str) -> Content {
    if head.is_empty() {
        return Content::Refused(FaultKind::Empty);
    }
    if let Some(text) = utf16(head) {
        return utf16_content(&text, content_type);
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = start.trim_ascii_start();
    let is_text = is_text(head);
    if is_page(start) || (is_text && is_page_type(content_type)) {
        return Content::Refused(FaultKind::WebPage);
    }
    if starts_with_ignore_case(start, b"#extm3u") {
        return if has_line(start, b"#EXT-X-") {
            Content::Hls
        } else {
            Content::Refused(FaultKind::ForbiddenContent)
        };
    }
    // FFmpeg accepts the root tag of a DASH manifest anywhere, whatever precedes it.
    if is_text && start.starts_with(b"<") && has_tag(start, b"<mpd") {
        return Content::Dash;
    }
    if has_tag(head, b"<mpd") {
        return Content::Refused(FaultKind::ForbiddenContent);
    }
    if start.starts_with(b"<") {
        let is_list = LIST_TAGS.iter().any(|tag| has_tag(start, tag));
        return Content::Refused(if is_list {
            FaultKind::ForbiddenContent
        } else if start.starts_with(COMMENT) {
            // A comment longer than the examined bytes. Browsers treat it as a page (WHATWG, as
            // above).
            FaultKind::WebPage
        } else {
            FaultKind::NothingToPlay
        });
    }
    if starts_with_any(start, &OTHER_FILES) {
        return Content::Refused(FaultKind::NothingToPlay);
    }
    if starts_with_any(head, &PICTURES) {
        return Content::Picture;
    }
    if starts_with_any(start, &FORBIDDEN) || is_session_description(start) {
        return Content::Refused(FaultKind::ForbiddenContent);
    }
    if !is_text {
        return Content::Media;
    }
    if starts_with_ignore_case(start, b"webvtt") {
        return Content::Subtitles;
    }
    if contains_url(start) {
        return Content::Refused(FaultKind::ForbiddenContent);
    }
    Content::Refused(FaultKind::NothingToPlay)
}

/// Decodes UTF-16 text with a byte order mark, in which mpv reads lists too. `None` for anything
/// else.
fn utf16(head: &[u8]) -> Option<String> {
    let (mark, rest) = head.split_first_chunk::<2>()?;
    let read: fn([u8; 2]) -> u16 = match mark {
        b"\xff\xfe" => u16::from_le_bytes,
        b"\xfe\xff" => u16::from_be_bytes,
        _ => return None,
    };
    let (pairs, _) = rest.as_chunks::<2>();
    let units = pairs.iter().map(|pair| read(*pair));
    // The last character may be cut off.
    let text: String = char::decode_utf16(units)
        .map(|unit| unit.unwrap_or('\0'))
        .collect();
    let whole = text.strip_suffix('\0').unwrap_or(&text);
    is_text(whole.as_bytes()).then(|| whole.to_owned())
}

/// Classifies UTF-16 text. It is never played, even if it is a list.
fn utf16_content(text: &str, content_type: &str) -> Content {
    match content(text.as_bytes(), content_type) {
        Content::Refused(kind) => Content::Refused(kind),
        Content::Hls | Content::Dash => Content::Refused(FaultKind::ForbiddenContent),
        Content::Media | Content::Subtitles | Content::Picture => {
            Content::Refused(FaultKind::NothingToPlay)
        }
    }
}

/// Whether a web page begins here, after any comments and processing instructions.
fn is_page(mut start: &[u8]) -> bool {
    while let Some(rest) = after(start, COMMENT, b"-->").or_else(|| after(start, b"<?", b"?>")) {
        start = rest.trim_ascii_start();
    }
    PAGE_TAGS.iter().any(|tag| {
        let next = start.get(tag.len());
        starts_with_ignore_case(start, tag)
            && next.is_none_or(|next| matches!(next, b'>' | b' ' | 9..=13))
    })
}

/// What follows the first `end`, if `bytes` begin with `beginning`.
fn after<'a>(bytes: &'a [u8], beginning: &[u8], end: &[u8]) -> Option<&'a [u8]> {
    let rest = bytes.strip_prefix(beginning)?;
    let at = rest.windows(end.len()).position(|some| some == end)?;
    rest.get(at + end.len()..)
}

/// FFmpeg recognises SDP by any line that begins with `c=IN IP`, mpv by its type or name. Every
/// real one begins with `v=0`.
pub(super) fn is_session_description(start: &[u8]) -> bool {
    start.starts_with(b"v=0") || has_line(start, b"c=IN IP")
}

fn is_page_type(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
}

/// Whether a tag, given in lower case, occurs anywhere.
fn has_tag(bytes: &[u8], tag: &[u8]) -> bool {
    bytes
        .windows(tag.len())
        .any(|some| some.eq_ignore_ascii_case(tag))
}

/// Whether there are no control characters that text cannot contain. XML allows DEL.
fn is_text(head: &[u8]) -> bool {
    head.iter()
        .all(|byte| !matches!(byte, 0..=8 | 11 | 14..=31))
}

fn contains_url(text: &[u8]) -> bool {
    text.windows(3).any(|three| three == b"://")
}

/// Whether the bytes begin with one of these, without regard to case; these are in lower case.
pub(super) fn starts_with_any(bytes: &[u8], beginnings: &[&[u8]]) -> bool {
    beginnings
        .iter()
        .any(|beginning| starts_with_ignore_case(bytes, beginning))
}

/// Whether `bytes` begin with `beginning`, which is given in lower case, ignoring case.
fn starts_with_ignore_case(bytes: &[u8], beginning: &[u8]) -> bool {
    bytes
        .get(..beginning.len())
        .is_some_and(|first| first.eq_ignore_ascii_case(beginning))
}

/// Whether any line begins with `beginning`.
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
        for head in [
            "<!-- saved from somewhere -->\r\n<html>",
            "<?xml version=\"1.0\"?><!-- a --> <!-- b --><!DOCTYPE html PUBLIC \"\">",
            "<!-- a comment longer than what is looked at",
            "<meta charset=utf-8>Please log in",
            "<P>Please log in",
        ] {
            assert_eq!(content(head.as_bytes(), "video/mp4"), page, "{head}");
        }
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
        // Tags with a longer name.
        for head in ["<article>", "<block>", "<path d=\"\">"] {
            assert_eq!(content(head.as_bytes(), ""), nothing, "{head}");
        }
    }

    #[test]
    fn texts_in_utf_16_are_what_they_say_and_none_is_played() {
        for (text, kind) in [
            ("\r\n<html>Ünïcode 🎬", FaultKind::WebPage),
            ("<!-- a --><HTML>", FaultKind::WebPage),
            (
                "#EXTM3U\n#EXTINF:2,\nhttp://10.0.0.1/a.mp4\n",
                FaultKind::ForbiddenContent,
            ),
            ("#EXTM3U\n#EXT-X-VERSION:3\n", FaultKind::ForbiddenContent),
            ("[playlist]\nFile1=a\n", FaultKind::ForbiddenContent),
            ("WEBVTT\n", FaultKind::NothingToPlay),
            ("Please log in", FaultKind::NothingToPlay),
        ] {
            let little = text.encode_utf16().flat_map(u16::to_le_bytes);
            let little: Vec<u8> = b"\xff\xfe".iter().copied().chain(little).collect();
            let big = text.encode_utf16().flat_map(u16::to_be_bytes);
            let big: Vec<u8> = b"\xfe\xff".iter().copied().chain(big).collect();
            for head in [&little[..], &big, &little[..little.len() - 1]] {
                assert_eq!(content(head, "video/mp4"), Content::Refused(kind), "{text}");
            }
        }
        // An audio frame that happens to begin like a byte order mark.
        let sound = b"\xff\xfe\x90\x44\x00\x00\x01\x00";
        assert_eq!(content(sound, ""), Content::Media);
    }
}
