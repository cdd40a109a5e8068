//! The response to one request of mpv's: a stream of bytes, a rewritten list, or nothing. The
//! content is checked here before mpv receives any of it.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use tokio::time::{Instant, sleep, timeout};
use url::Url;

use super::address::{ListPart, PartKind};
use super::byte_stream::{ByteStream, FetchSource, ask};
use super::dash;
use super::disclosure::Disclosure;
use super::fetch::{FetchFailure, FetchedResponse};
use super::gzip;
use super::hls::{self, LONGEST_LIST};
use super::mp4_boxes;
use super::range::ByteRange;
use super::relay_load::RelayLoad;
use super::retrying::Retrying;
use super::sections;
use super::sniff::{self, Content};
use super::throughput::Throughput;
use crate::media::fault::{FaultKind, MediaFault};

/// How long a list may have failed and still be retried at once, if the player can do without it
/// (judgement: several of them have to fail within the 30 s of a load).
const QUICK_RETRY_WITHIN: Duration = Duration::from_secs(5);

/// How long to wait for a part of a growing manifest to appear (judgement: longer than a typical
/// part). FFmpeg does not wait at the end of such a manifest: it requests the next part at once,
/// and the following ones if that is missing (5.1.9).
const APPEARS_WITHIN: Duration = Duration::from_secs(12);

/// How often to look for it (judgement: a quarter of a short part).
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// The response to mpv.
#[derive(Debug)]
pub(super) enum RelayReply {
    /// A rewritten list.
    List(List),
    /// Bytes as they arrive.
    Bytes(Box<ByteStream>),
    /// A small part of a list that the server had compressed.
    Small(Bytes),
    /// A part of a list is missing: mpv gets a 404 and skips it.
    Missing,
}

/// A rewritten list or manifest.
#[derive(Debug)]
pub(super) struct List {
    pub(super) text: String,
    /// The `Content-Type` by which mpv recognises its kind.
    pub(super) content_type: &'static str,
}

/// Fetches what mpv requests.
///
/// # Errors
/// The fault for which the load is to be given up.
pub(super) async fn fetch(
    source: FetchSource,
    part: Option<&ListPart>,
    wanted: ByteRange,
) -> Result<RelayReply, MediaFault> {
    let Some(part) = part else {
        return link(source, wanted).await;
    };
    let load = source.load.clone();
    if load.is_known_missing(part) {
        return Ok(RelayReply::Missing);
    }
    let kind = part.kind;
    let url = source.url.clone();
    let reply = match kind {
        PartKind::Segment | PartKind::Map if part.url.is_none() => {
            Err(load.fault(FaultKind::Gone, &url))
        }
        PartKind::List | PartKind::Key if part.url.is_none() => {
            Err(load.fault(FaultKind::PartsMissing, &url))
        }
        PartKind::List => named_list(source).await,
        PartKind::Key => open(source, wanted).await.map_err(as_missing_part),
        PartKind::Segment if load.may_appear_later(part) => {
            segment_once_present(source, wanted).await
        }
        PartKind::Segment | PartKind::Map => segment(source, wanted, part.shift).await,
    };
    match reply {
        Ok(reply) => {
            load.part_arrived(part);
            Ok(reply)
        }
        Err(fault) if may_be_skipped(fault.kind) && !is_late(&load, fault) => {
            load.part_missing(part, fault);
            Ok(RelayReply::Missing)
        }
        Err(fault) => Err(fault),
    }
}

/// The fault of a list or a key that cannot be fetched: a missing part, unless the fault is more
/// specific.
fn as_missing_part(fault: MediaFault) -> MediaFault {
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

/// Whether the player must not see yet that a part is missing.
fn is_late(load: &RelayLoad, fault: MediaFault) -> bool {
    load.disclosure(fault) == Disclosure::Late
}

/// Whether the player can continue without a part that had this fault.
const fn may_be_skipped(kind: FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::Gone | FaultKind::Empty | FaultKind::WebPage | FaultKind::NothingToPlay
    )
}

/// Fetches the link itself, and finds out what it serves.
async fn link(source: FetchSource, wanted: ByteRange) -> Result<RelayReply, MediaFault> {
    if source.load.server.borrow().list {
        return list(&source).await.map(RelayReply::List);
    }
    let load = source.load.clone();
    let mut flow = ByteStream::open(source.clone(), wanted).await?;
    if flow.is_gzipped() {
        drop(flow);
        let list = list(&source).await?;
        note_list(&load);
        return Ok(RelayReply::List(list));
    }
    if wanted.from > 0 {
        return Ok(RelayReply::Bytes(Box::new(flow)));
    }
    let head = flow.head(sniff::HEAD).await?;
    match sniff::content(&head, flow.content_type()) {
        Content::Media if !flow.has_ranges() && mp4_boxes::index_is_last(&head) => {
            Err(load.fault(FaultKind::IndexAtEnd, flow.url()))
        }
        Content::Media => Ok(RelayReply::Bytes(Box::new(flow))),
        Content::Refused(kind) => Err(load.fault(kind, flow.url())),
        Content::Subtitles => Err(load.fault(FaultKind::NothingToPlay, flow.url())),
        Content::Picture => Err(load.fault(FaultKind::StillPicture, flow.url())),
        Content::Hls | Content::Dash => {
            note_list(&load);
            match flow.rest(LONGEST_LIST).await {
                Some(bytes) => {
                    let list = rewrite_list(&source, &bytes, flow.url()).await;
                    list.map(RelayReply::List)
                }
                None => list(&source).await.map(RelayReply::List),
            }
        }
    }
}

/// Records that the link is a list.
fn note_list(load: &RelayLoad) {
    load.server.send_modify(|server| {
        server.list = true;
        server.identity = None;
    });
}

/// Fetches a key, whose content cannot be checked.
async fn open(source: FetchSource, wanted: ByteRange) -> Result<RelayReply, MediaFault> {
    let flow = ByteStream::open(source.clone(), wanted).await?;
    if flow.is_gzipped() {
        drop(flow);
        let (_, bytes) = unpacked(&source, wanted).await?;
        return Ok(RelayReply::Small(bytes));
    }
    Ok(RelayReply::Bytes(Box::new(flow)))
}

/// A segment or initialisation section, with its time stamps shifted by `shift`. A byte range of a
/// file is checked like a file of its own, since FFmpeg treats it as one.
async fn segment(
    source: FetchSource,
    wanted: ByteRange,
    shift: i64,
) -> Result<RelayReply, MediaFault> {
    let load = source.load.clone();
    let mut flow = ByteStream::open(source.clone(), wanted).await?;
    if flow.is_gzipped() {
        drop(flow);
        let (answer, bytes) = unpacked(&source, wanted).await?;
        let refused = refusal(&bytes, &answer.content_type);
        return match refused {
            None => Ok(RelayReply::Small(bytes)),
            Some(kind) => Err(load.fault(kind, &answer.url)),
        };
    }
    flow.shift_stamps(shift);
    let head = flow.head(sniff::HEAD).await?;
    match refusal(&head, flow.content_type()) {
        None => Ok(RelayReply::Bytes(Box::new(flow))),
        Some(kind) => Err(load.fault(kind, flow.url())),
    }
}

/// A part of a growing manifest, as soon as it exists.
async fn segment_once_present(
    source: FetchSource,
    wanted: ByteRange,
) -> Result<RelayReply, MediaFault> {
    let began = Instant::now();
    loop {
        match segment(source.clone(), wanted, 0).await {
            // A fault at another host is not retried (`disclosure`).
            Err(fault)
                if fault.kind == FaultKind::Gone
                    && source.load.disclosure(fault) == Disclosure::None
                    && began.elapsed() < APPEARS_WITHIN =>
            {
                sleep(POLL_INTERVAL).await;
            }
            reply => return reply,
        }
    }
}

/// Why content that begins like this is not accepted as a segment.
fn refusal(head: &[u8], content_type: &str) -> Option<FaultKind> {
    match sniff::content(head, content_type) {
        // Some servers put a picture before each segment.
        Content::Media | Content::Subtitles | Content::Picture => None,
        Content::Hls | Content::Dash => Some(FaultKind::ForbiddenContent),
        Content::Refused(kind) => Some(kind),
    }
}

/// A small part of a list that the server compressed, such as subtitles or a key. Ranges of it
/// cannot be requested.
async fn unpacked(
    source: &FetchSource,
    wanted: ByteRange,
) -> Result<(FetchedResponse, Bytes), MediaFault> {
    if wanted.from > 0 || wanted.last.is_some() {
        return Err(source.load.fault(FaultKind::Compressed, &source.url));
    }
    fetch_whole(source).await
}

/// A list that the link's list names. If the player can do without it, another variant replaces one
/// that cannot be fetched, and other lists are left out.
async fn named_list(mut source: FetchSource) -> Result<RelayReply, MediaFault> {
    let load = source.load.clone();
    let asked = source.url.clone();
    source.url = load.variants.borrow().replacement_of(&asked);
    loop {
        match list(&source).await {
            Ok(list) => {
                let came = source.url;
                load.variants
                    .send_modify(|known| known.replace(asked, came));
                return Ok(RelayReply::List(list));
            }
            Err(fault) if load.can_skip_a_list() => {
                load.note(as_missing_part(fault));
                let mut next = None;
                load.variants
                    .send_modify(|known| next = known.next_after_failure(&source.url, &asked));
                let Some(next) = next else {
                    return Ok(RelayReply::Missing);
                };
                tracing::info!(load = load.id.0, ?fault, "another variant stands in");
                source.url = next;
            }
            Err(fault) => return Err(fault),
        }
    }
}

/// A list, fetched again as a whole.
async fn list(source: &FetchSource) -> Result<List, MediaFault> {
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
async fn fetch_whole(source: &FetchSource) -> Result<(FetchedResponse, Bytes), MediaFault> {
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
async fn rewrite_list(source: &FetchSource, bytes: &[u8], url: &Url) -> Result<List, MediaFault> {
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
