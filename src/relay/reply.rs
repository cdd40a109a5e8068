//! The response to one request of mpv's: a stream of bytes, a rewritten list, or nothing. The
//! content is checked here before mpv receives any of it.

use std::time::Duration;

use bytes::Bytes;
use tokio::time::{Instant, sleep};

use super::address::{ListPart, PartKind};
use super::byte_stream::{ByteStream, FetchSource};
use super::disclosure::Disclosure;
use super::fetch::FetchedResponse;
use super::hls::LONGEST_LIST;
use super::lists::{self, List};
use super::mp4_boxes;
use super::range::ByteRange;
use super::relay_load::RelayLoad;
use super::sniff::{self, Content};
use crate::media::fault::{FaultKind, MediaFault};

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
        PartKind::List => {
            let list = lists::named_list(source).await;
            list.map(|list| list.map_or(RelayReply::Missing, RelayReply::List))
        }
        PartKind::Key => open(source, wanted).await.map_err(lists::as_missing_part),
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
        return lists::list(&source).await.map(RelayReply::List);
    }
    let load = source.load.clone();
    let mut flow = ByteStream::open(source.clone(), wanted).await?;
    if flow.is_gzipped() {
        drop(flow);
        let list = lists::list(&source).await?;
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
                    let list = lists::rewrite_list(&source, &bytes, flow.url()).await;
                    list.map(RelayReply::List)
                }
                None => lists::list(&source).await.map(RelayReply::List),
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
    lists::fetch_whole(source).await
}
