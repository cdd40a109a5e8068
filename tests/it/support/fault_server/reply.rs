//! How a request is answered.

use std::fmt::Write as _;
use std::fs;

use super::fault::Fault;
use super::live;
use super::rules::{Rules, Seen};

/// What happens to a request.
#[derive(Debug)]
pub(super) enum Reply {
    /// A response is sent.
    Sent(Answer),
    /// The connection is closed without a response.
    Closed,
    /// No response is ever sent.
    Never,
}

/// A response, and how it is sent.
#[derive(Debug)]
pub(super) struct Answer {
    /// The status line and the headers, with the empty line after them.
    pub(super) head: String,
    /// The body, which faults may delay or cut.
    pub(super) body: Vec<u8>,
    /// The offset in the file at which the body begins.
    pub(super) from: usize,
    /// Whether the connection ends with the body.
    pub(super) closes: bool,
}

/// How a request is answered with the faults that are on.
pub(super) fn to(rules: &Rules, seen: &Seen) -> Reply {
    match rules.answering(seen) {
        None => file(rules, seen),
        Some(Fault::ClosesUnanswered) => Reply::Closed,
        Some(Fault::Hangs) => Reply::Never,
        Some(Fault::Status(status)) => page(status, &[]),
        Some(Fault::Busy {
            status,
            retry_after,
            ..
        }) => {
            let after = retry_after.map(|seconds| format!("Retry-After: {seconds}"));
            page(status, after.as_slice())
        }
        Some(Fault::Page) => plain("text/html", PAGE.as_bytes().to_vec()),
        Some(Fault::Body(text)) => plain(kind(&seen.path), text.into_bytes()),
        Some(Fault::Empty) => plain(kind(&seen.path), Vec::new()),
        Some(Fault::Redirect(target)) => page(302, &[format!("Location: {target}")]),
        Some(Fault::Live {
            window,
            every,
            dated,
        }) => {
            let Some(list) = read(rules, &seen.path) else {
                return page(404, &[]);
            };
            let shift = rules.live_shift(every);
            let list = live::window(&String::from_utf8_lossy(&list), window, shift, dated);
            plain(kind(&seen.path), list.into_bytes())
        }
        Some(other) => unreachable!("{other:?} does not answer"),
    }
}

/// The login page of a network.
const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Log in</title></head>\
                    <body><form method=\"post\"><input name=\"password\"></form></body></html>\n";

fn file(rules: &Rules, seen: &Seen) -> Reply {
    let Some(mut bytes) = read(rules, &seen.path) else {
        return page(404, &[]);
    };
    let faults = rules.faults(seen);
    for fault in &faults {
        if let Fault::Truncated(length) = fault {
            bytes.truncate(*length);
        }
    }
    let range = seen.range.as_deref();
    let refused = faults.iter().find_map(|fault| match fault {
        Fault::RangesAnswered(status) => range.map(|_| *status),
        Fault::LaterRangesAnswered(status) => range
            .filter(|range| !range.starts_with("bytes=0-"))
            .map(|_| *status),
        Fault::OpenRangesAnswered(status) => {
            range.filter(|range| range.ends_with('-')).map(|_| *status)
        }
        _ => None,
    });
    if let Some(status) = refused {
        return page(status, &[]);
    }
    let ranges = !faults.contains(&Fault::NoRanges);
    let total = bytes.len();
    let mut head = format!("Content-Type: {}\r\n", kind(&seen.path));
    if ranges {
        head.push_str("Accept-Ranges: bytes\r\n");
    }
    let mut status = "200 OK";
    let mut from = 0;
    if let Some(range) = range.filter(|_| ranges) {
        let Some((first, last)) = bounds(range, total) else {
            return page(416, &[format!("Content-Range: bytes */{total}")]);
        };
        status = "206 Partial Content";
        let _written = write!(head, "Content-Range: bytes {first}-{last}/{total}\r\n");
        bytes.truncate(last + 1);
        bytes.drain(..first);
        from = first;
    }
    let closes = faults.contains(&Fault::NoLength);
    let end = if closes {
        "Connection: close".to_owned()
    } else {
        format!("Content-Length: {}", bytes.len())
    };
    Reply::Sent(Answer {
        head: format!("HTTP/1.1 {status}\r\n{head}{end}\r\n\r\n"),
        body: bytes,
        from,
        closes,
    })
}

fn read(rules: &Rules, path: &str) -> Option<Vec<u8>> {
    fs::read(rules.file(path)?).ok()
}

/// The first and the last byte of a range, in a file of `total` bytes.
fn bounds(range: &str, total: usize) -> Option<(usize, usize)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let end = total.checked_sub(1)?;
    if first.is_empty() {
        let length: usize = last.parse().ok()?;
        return Some((total.saturating_sub(length), end));
    }
    let first = first.parse().ok()?;
    let last = last.parse().unwrap_or(end).min(end);
    (first <= last).then_some((first, last))
}

fn page(status: u16, headers: &[String]) -> Reply {
    let body = format!("<html><body><h1>{status}</h1></body></html>\n").into_bytes();
    let mut head = format!("HTTP/1.1 {status} {status}\r\nContent-Type: text/html\r\n");
    for header in headers {
        let _written = write!(head, "{header}\r\n");
    }
    sent(head, body)
}

fn plain(kind: &str, body: Vec<u8>) -> Reply {
    sent(format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n"), body)
}

fn sent(mut head: String, body: Vec<u8>) -> Reply {
    let _written = write!(head, "Content-Length: {}\r\n\r\n", body.len());
    Reply::Sent(Answer {
        head,
        body,
        from: 0,
        closes: false,
    })
}

/// The content type for the path's extension, as ordinary servers send it.
fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "mp4" | "m4s" => "video/mp4",
        "webm" => "video/webm",
        "ogg" | "ogv" => "video/ogg",
        "ts" => "video/mp2t",
        "m3u8" => "application/vnd.apple.mpegurl",
        "mpd" => "application/dash+xml",
        "html" => "text/html",
        _ => "application/octet-stream",
    }
}
