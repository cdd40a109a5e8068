//! Subtitle files: fetched whole, with the same checks on the way as media, looked at, and then
//! served to the player from memory.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Limited};
use hyper::header::HeaderMap;
use tokio::sync::mpsc;
use tokio::time::timeout;
use url::Url;

use super::LoadId;
use super::address::BaseAddress;
use super::config::SharedPrivacy;
use super::fetch::Fetcher;
use super::gzip;
use super::relay_load::RelayLoad;
use super::sniff;
use crate::media::fault::{FaultKind, MediaFault};
use crate::media::subtitles::SubtitleLink;

/// The largest file that is fetched, in bytes (judgement: those of a long film with styles have 1
/// to 2 MB).
const LARGEST: usize = 5 * 1_024 * 1_024;

/// How long fetching may take (judgement: a person waits for it).
const LIMIT: Duration = Duration::from_secs(30);

/// The load of the requests for subtitles, of which there are no events: those of media count from
/// 1.
pub(super) const NO_LOAD: LoadId = LoadId(0);

/// Why there are no subtitles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSubtitles {
    /// They could not be fetched.
    Fetch(MediaFault),
    /// The file is too large.
    TooLarge,
    /// What is served is no subtitle file.
    NotSubtitles,
}

/// Fetches subtitle files.
#[derive(Debug, Clone)]
pub(super) struct SubtitleFetcher {
    pub(super) fetcher: Fetcher,
    pub(super) privacy: SharedPrivacy,
}

impl SubtitleFetcher {
    /// The bytes of a subtitle file.
    pub(super) async fn fetch(self, link: SubtitleLink) -> Result<Bytes, NoSubtitles> {
        let url = link.url().clone();
        let too_slow = MediaFault::here(FaultKind::TookTooLong);
        let fetched = timeout(LIMIT, self.whole(&url)).await;
        let bytes = fetched.unwrap_or(Err(NoSubtitles::Fetch(too_slow)))?;
        if is_subtitles(&bytes) {
            Ok(bytes)
        } else {
            Err(NoSubtitles::NotSubtitles)
        }
    }

    async fn whole(&self, url: &Url) -> Result<Bytes, NoSubtitles> {
        let (events, _nobody_listens) = mpsc::channel(1);
        let base = BaseAddress::new(0, "", NO_LOAD);
        let load = RelayLoad::new(NO_LOAD, url.clone(), base, self.privacy.get(), events);
        let reply = self.fetcher.get(&load, url, None, &HeaderMap::new()).await;
        let reply = reply.map_err(|failure| NoSubtitles::Fetch(failure.fault))?;
        let body = Limited::new(reply.body, LARGEST).collect().await;
        let bytes = body.map_err(|error| {
            if error.is::<http_body_util::LengthLimitError>() {
                NoSubtitles::TooLarge
            } else {
                NoSubtitles::Fetch(load.fault(FaultKind::Broken, url))
            }
        })?;
        let bytes = bytes.to_bytes();
        if !reply.gzipped {
            return Ok(bytes);
        }
        let unpacked = gzip::unpack(&bytes, LARGEST);
        unpacked
            .map(Bytes::from)
            .map_err(|kind| NoSubtitles::Fetch(load.fault(kind, url)))
    }
}

/// Whether a file begins as subtitles do that the player reads: `WebVTT`, SSA or `SubRip`, and is text
/// to its end.
fn is_subtitles(bytes: &[u8]) -> bool {
    let head = bytes.get(..sniff::HEAD).unwrap_or(bytes);
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = head.trim_ascii_start();
    let leads_elsewhere =
        sniff::starts_with_any(head, &sniff::FORBIDDEN) || sniff::is_session_description(head);
    if bytes.contains(&0) || leads_elsewhere {
        return false;
    }
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    if first.starts_with("WEBVTT") || first.eq_ignore_ascii_case("[script info]") {
        return true;
    }
    // The number of the first text, which some files leave out, then its times.
    let is_number = first.len() <= 9 && first.bytes().all(|c| c.is_ascii_digit());
    let times = if is_number { lines.next() } else { Some(first) };
    times.is_some_and(is_times)
}

/// Whether a line is `00:00:01,000 --> 00:00:04,000`.
fn is_times(line: &str) -> bool {
    let Some((from, until)) = line.split_once("-->") else {
        return false;
    };
    let until = until.split_whitespace().next().unwrap_or_default();
    [from.trim(), until].iter().all(|time| {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, ':' | ',' | '.');
        time.contains(':') && time.len() <= 16 && time.chars().all(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::is_subtitles;

    #[test]
    fn subtitles_are_known_by_how_they_begin() {
        for good in [
            "1\n00:00:01,000 --> 00:00:04,000\nHello\n",
            "\u{feff}1\r\n00:00:01,000 --> 00:00:04,000  X1:1\r\nПривет\r\n",
            "00:00:01.000 --> 00:00:04.000\nHello\n",
            "WEBVTT\n\n00:01.000 --> 00:04.000\nHello\n",
            "[Script Info]\nTitle: x\n",
        ] {
            assert!(is_subtitles(good.as_bytes()), "{good:?}");
        }
        // A legacy encoding, which the player recognises.
        let legacy = [
            b"1\n00:00:01,000 --> 00:00:04,000\n".as_slice(),
            &[0xcf, 0xf0],
        ]
        .concat();
        assert!(is_subtitles(&legacy));
        for bad in [
            "",
            "<html>",
            "#EXTM3U\nhttp://10.0.0.1/a.ts",
            "# mpv EDL v0\n/etc/passwd",
            "ffconcat version 1.0\nfile /etc/passwd",
            "[playlist]\nFile1=/etc/passwd",
            "v=0\no=- 0 0 IN IP4 127.0.0.1\n",
            "1\nhttp://10.0.0.1/\n",
            "1\n --> \n",
            "1\n00:00:01,000 --> 00:00:04,000\n\0",
        ] {
            assert!(!is_subtitles(bad.as_bytes()), "{bad:?}");
        }
    }
}
