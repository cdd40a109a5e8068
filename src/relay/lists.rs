//! Fetches lists and manifests as a whole, and rewrites them for mpv.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use tokio::time::{Instant, timeout};
use url::Url;

use super::byte_stream::{FetchSource, ask};
use super::dash;
use super::fetch::{FetchFailure, FetchedResponse};
use super::gzip;
use super::hls::{self, LONGEST_LIST};
use super::retrying::Retrying;
use super::sections;
use super::sniff::{self, Content};
use super::throughput::Throughput;
use crate::media::fault::{FaultKind, MediaFault};

/// How long a list may have failed and still be retried at once, if the player can do without it
/// (judgement: several of them have to fail within the 30 s of a load).
const QUICK_RETRY_WITHIN: Duration = Duration::from_secs(5);

/// A rewritten list or manifest.
#[derive(Debug)]
pub(super) struct List {
    pub(super) text: String,
    /// The `Content-Type` by which mpv recognises its kind.
    pub(super) content_type: &'static str,
}

/// A list that the link's list names. If the player can do without it, another variant replaces one
/// that cannot be fetched, and other lists are left out: `None`.
pub(super) async fn named_list(mut source: FetchSource) -> Result<Option<List>, MediaFault> {
    let load = source.load.clone();
    let asked = source.url.clone();
    source.url = load.variants.borrow().replacement_of(&asked);
    loop {
        match list(&source).await {
            Ok(list) => {
                let came = source.url;
                load.variants
                    .send_modify(|known| known.replace(asked, came));
                return Ok(Some(list));
            }
            Err(fault) if load.can_skip_a_list() => {
                load.note(as_missing_part(fault));
                let mut next = None;
                load.variants
                    .send_modify(|known| next = known.next_after_failure(&source.url, &asked));
                let Some(next) = next else {
                    return Ok(None);
                };
                tracing::info!(load = load.id.0, ?fault, "another variant stands in");
                source.url = next;
            }
            Err(fault) => return Err(fault),
        }
    }
}

/// A list, fetched again as a whole.
pub(super) async fn list(source: &FetchSource) -> Result<List, MediaFault> {
    let (answer, bytes) = fetch_whole(source).await?;
    let fault = |kind| source.load.fault(kind, &answer.url);
    match sniff::content(&bytes, &answer.content_type) {
        Content::Hls | Content::Dash => rewrite_list(source, &bytes, &answer.url).await,
        Content::Refused(kind) => Err(fault(kind)),
        Content::Media | Content::Subtitles | Content::Picture if answer.gzipped => {
            Err(fault(FaultKind::Compressed))
        }
        Content::Media | Content::Subtitles | Content::Picture => {
            Err(fault(FaultKind::NothingToPlay))
        }
    }
}

/// A small resource, fetched as a whole, with retries.
pub(super) async fn fetch_whole(
    source: &FetchSource,
) -> Result<(FetchedResponse, Bytes), MediaFault> {
    let mut retrying = Retrying::new(source.load.clone());
    let can_skip = !source.is_link && source.load.can_skip_a_list();
    let began = Instant::now();
    let mut tries = 0;
    let (answer, bytes) = loop {
        tries += 1;
        match fetch_whole_once(source).await {
            Ok(came) => break came,
            Err(failure) if can_skip && (tries > 1 || began.elapsed() >= QUICK_RETRY_WITHIN) => {
                return Err(failure.fault);
            }
            Err(failure) => retrying.wait(failure).await?,
        }
    };
    retrying.progress(bytes.len());
    Ok((answer, bytes))
}

/// One attempt to fetch a small resource, decompressed if needed.
async fn fetch_whole_once(source: &FetchSource) -> Result<(FetchedResponse, Bytes), FetchFailure> {
    if !source.is_link {
        source.load.count_request()?;
    }
    let mut answer = ask(source, None).await?;
    let fault = |kind| FetchFailure::from(source.load.fault(kind, &answer.url));
    let mut bytes = BytesMut::new();
    let mut pace = Throughput::default();
    loop {
        let began = Instant::now();
        match timeout(pace.left(), answer.body.frame()).await {
            Ok(None) if answer.gzipped => {
                let unpacked = gzip::unpack(&bytes, LONGEST_LIST).map_err(fault)?;
                return Ok((answer, unpacked.into()));
            }
            Ok(None) => return Ok((answer, bytes.freeze())),
            Ok(Some(Ok(frame))) => {
                let Ok(data) = frame.into_data() else {
                    continue;
                };
                pace.received(data.len(), began.elapsed());
                bytes.extend_from_slice(&data);
                if bytes.len() > LONGEST_LIST {
                    return Err(fault(if answer.gzipped {
                        FaultKind::Compressed
                    } else {
                        FaultKind::ForbiddenContent
                    }));
                }
            }
            Ok(Some(Err(error))) => {
                tracing::debug!(%error, "a list broke off");
                return Err(fault(FaultKind::Broken));
            }
            Err(_) => return Err(fault(FaultKind::NoAnswer)),
        }
    }
}

/// The list from `url`, rewritten for mpv. Only the link itself may be a DASH manifest.
pub(super) async fn rewrite_list(
    source: &FetchSource,
    bytes: &[u8],
    url: &Url,
) -> Result<List, MediaFault> {
    let load = &source.load;
    let text = String::from_utf8_lossy(bytes);
    let fault = |kind| load.fault(kind, url);
    if source.is_link && sniff::content(bytes, "") == Content::Dash {
        let text = text.trim_start_matches('\u{feff}');
        let manifest = dash::rewrite(text, url, &load.base).map_err(fault)?;
        load.report_live(manifest.live);
        return Ok(List {
            text: manifest.text,
            content_type: "application/dash+xml",
        });
    }
    let rewrite = |shifts: &[i64]| {
        let list = hls::rewrite(&text, url, &load.base, shifts);
        list.ok_or(fault(FaultKind::ForbiddenContent))
    };
    let mut list = rewrite(&[])?;
    if let Some(shifts) = sections::shifts(source, &list.discontinuities).await {
        tracing::info!(load = load.id.0, ?shifts, "the time stamps of a list jump");
        list = rewrite(&shifts)?;
    }
    if !source.is_link && list.live.is_none() {
        // A list of lists names lists of segments (RFC 8216, 4.3.4); deeper nesting could be
        // endless.
        return Err(fault(FaultKind::Circle));
    }
    if source.is_link {
        load.set_list_count(list.lists);
        let variants = list.variants;
        load.variants.send_modify(|known| known.set_all(variants));
    }
    if let Some(live) = list.live {
        load.report_live(live);
    }
    Ok(List {
        text: list.text,
        content_type: "application/vnd.apple.mpegurl",
    })
}

/// The fault of a list or a key that cannot be fetched: a missing part, unless the fault is more
/// specific.
pub(super) fn as_missing_part(fault: MediaFault) -> MediaFault {
    let says_more = matches!(
        fault.kind,
        FaultKind::PrivateAddress | FaultKind::ForbiddenContent
    );
    if says_more || fault.is_passing() {
        return fault;
    }
    MediaFault {
        kind: FaultKind::PartsMissing,
        ..fault
    }
}
