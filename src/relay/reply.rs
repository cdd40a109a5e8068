//! What mpv gets for one request: bytes as they come, a rewritten list, or nothing. Here it
//! is looked at what a server sends before mpv sees any of it.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use tokio::time::{Instant, sleep, timeout};
use url::Url;

use super::address::{ListPart, PartKind};
use super::byte_stream::{ByteStream, FetchSource, ask};
use super::dash;
use super::disclosure::Disclosure;
use super::fetch::{Failure, FetchedResponse};
use super::gzip;
use super::hls::{self, LONGEST_LIST};
use super::mp4_boxes;
use super::range::ByteRange;
use super::relay_load::RelayLoad;
use super::retrying::Retrying;
use super::sections;
use super::sniff::{self, Content};
use super::throughput::Throughput;
use crate::media::fault::{Fault, FaultKind};

/// How long a list may have failed to come for another try to be made at once, where the
/// player may do without it (judgement: several of them have to fail within the 30 s of a
/// load).
const BRIEF: Duration = Duration::from_secs(5);

/// How long a part of a manifest that grows may take to be there (judgement: longer than a
/// usual part is). FFmpeg does not wait at the end of such a manifest: it asks for the next part
/// at once, and for those after it where that one is missing (5.1.9).
const AWAITED: Duration = Duration::from_secs(12);

/// Between two looks whether it is there (judgement: a quarter of a short part).
const LOOK: Duration = Duration::from_millis(500);

/// What mpv gets.
#[derive(Debug)]
pub(super) enum RelayReply {
    /// A list, rewritten.
    List(List),
    /// Bytes as they come.
    Bytes(Box<ByteStream>),
    /// A small part of a list that came compressed.
    Small(Bytes),
    /// A part of a list is not there.
    Missing,
}

/// A list for mpv.
#[derive(Debug)]
pub(super) struct List {
    /// What it says.
    pub(super) text: String,
    /// Its `Content-Type`.
    pub(super) content_type: &'static str,
}

/// Fetches what mpv asks for.
///
/// # Errors
/// The fault for which the load is to be given up.
pub(super) async fn fetch(
    source: FetchSource,
    part: Option<&ListPart>,
    wanted: ByteRange,
) -> Result<RelayReply, Fault> {
    let Some(part) = part else {
        return link(source, wanted).await;
    };
    let load = source.load.clone();
    if load.just_missed(part) {
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
        PartKind::Key => open(source, wanted).await.map_err(lacking),
        PartKind::Segment if load.awaits(part) => awaited(source, wanted).await,
        PartKind::Segment | PartKind::Map => segment(source, wanted, part.shift).await,
    };
    match reply {
        Ok(reply) => {
            load.part_came(part);
            Ok(reply)
        }
        Err(fault) if may_be_skipped(fault.kind) && !is_late(&load, fault) => {
            load.part_missing(part, fault);
            Ok(RelayReply::Missing)
        }
        Err(fault) => Err(fault),
    }
}

/// The fault of a list or a key that cannot be had: that a part is missing, unless there is
/// more to say.
fn lacking(fault: Fault) -> Fault {
    let says_more = matches!(
        fault.kind,
        FaultKind::PrivateAddress | FaultKind::ForbiddenContent
    );
    if says_more || fault.is_passing() {
        return fault;
    }
    Fault {
        kind: FaultKind::PartsMissing,
        ..fault
    }
}

/// Whether the player must not see yet that a part is missing.
fn is_late(load: &RelayLoad, fault: Fault) -> bool {
    load.disclosure(fault) == Disclosure::Late
}

/// Whether the player may go on without a part at which this happened.
const fn may_be_skipped(kind: FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::Gone | FaultKind::Empty | FaultKind::WebPage | FaultKind::NothingToPlay
    )
}

/// The link itself.
async fn link(source: FetchSource, wanted: ByteRange) -> Result<RelayReply, Fault> {
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
                    let list = rewritten(&source, &bytes, flow.url()).await;
                    list.map(RelayReply::List)
                }
                None => list(&source).await.map(RelayReply::List),
            }
        }
    }
}

/// Takes note that the link is a list.
fn note_list(load: &RelayLoad) {
    load.server.send_modify(|server| {
        server.list = true;
        server.identity = None;
    });
}

/// A key: whatever comes.
async fn open(source: FetchSource, wanted: ByteRange) -> Result<RelayReply, Fault> {
    let flow = ByteStream::open(source.clone(), wanted).await?;
    if flow.is_gzipped() {
        drop(flow);
        let (_, bytes) = unpacked(&source, wanted).await?;
        return Ok(RelayReply::Small(bytes));
    }
    Ok(RelayReply::Bytes(Box::new(flow)))
}

/// A segment or what belongs before it, its time stamps moved by `shift`. A byte range of a file
/// is looked at like a file of its own, since that is what FFmpeg takes it for.
async fn segment(source: FetchSource, wanted: ByteRange, shift: i64) -> Result<RelayReply, Fault> {
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
    flow.move_stamps(shift);
    let head = flow.head(sniff::HEAD).await?;
    match refusal(&head, flow.content_type()) {
        None => Ok(RelayReply::Bytes(Box::new(flow))),
        Some(kind) => Err(load.fault(kind, flow.url())),
    }
}

/// A part of a manifest that grows, as soon as it is there.
async fn awaited(source: FetchSource, wanted: ByteRange) -> Result<RelayReply, Fault> {
    let began = Instant::now();
    loop {
        match segment(source.clone(), wanted, 0).await {
            // What fails at another host is asked for once (`disclosure`).
            Err(fault)
                if fault.kind == FaultKind::Gone
                    && source.load.disclosure(fault) == Disclosure::None
                    && began.elapsed() < AWAITED =>
            {
                sleep(LOOK).await;
            }
            reply => return reply,
        }
    }
}

/// Why what begins like this may not be a segment.
fn refusal(head: &[u8], content_type: &str) -> Option<FaultKind> {
    match sniff::content(head, content_type) {
        // Some servers put a picture before each segment.
        Content::Media | Content::Subtitles | Content::Picture => None,
        Content::Hls | Content::Dash => Some(FaultKind::ForbiddenContent),
        Content::Refused(kind) => Some(kind),
    }
}

/// A small part of a list that comes compressed, such as subtitles or a key. Nothing in it can
/// be asked for by its place.
async fn unpacked(
    source: &FetchSource,
    wanted: ByteRange,
) -> Result<(FetchedResponse, Bytes), Fault> {
    if wanted.from > 0 || wanted.last.is_some() {
        return Err(source.load.fault(FaultKind::Compressed, &source.url));
    }
    came_whole(source).await
}

/// A list that the link's list names. Where the player may do without it, another variant
/// stands in for a variant that cannot be had, and the rest is left out.
async fn named_list(mut source: FetchSource) -> Result<RelayReply, Fault> {
    let load = source.load.clone();
    let asked = source.url.clone();
    source.url = load.variants.borrow().instead_of(&asked);
    loop {
        match list(&source).await {
            Ok(list) => {
                let came = source.url;
                load.variants
                    .send_modify(|known| known.replace(asked, came));
                return Ok(RelayReply::List(list));
            }
            Err(fault) if load.may_lack_a_list() => {
                load.note(lacking(fault));
                let mut next = None;
                load.variants
                    .send_modify(|known| next = known.after(&source.url, &asked));
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

/// A list, fetched anew and whole.
async fn list(source: &FetchSource) -> Result<List, Fault> {
    let (answer, bytes) = came_whole(source).await?;
    let fault = |kind| source.load.fault(kind, &answer.url);
    match sniff::content(&bytes, &answer.content_type) {
        Content::Hls | Content::Dash => rewritten(source, &bytes, &answer.url).await,
        Content::Refused(kind) => Err(fault(kind)),
        Content::Media | Content::Subtitles | Content::Picture if answer.gzipped => {
            Err(fault(FaultKind::Compressed))
        }
        Content::Media | Content::Subtitles | Content::Picture => {
            Err(fault(FaultKind::NothingToPlay))
        }
    }
}

/// Something small, fetched anew and whole, and tried again where that may help.
async fn came_whole(source: &FetchSource) -> Result<(FetchedResponse, Bytes), Fault> {
    let mut trouble = Retrying::new(source.load.clone());
    let may_lack = !source.is_link && source.load.may_lack_a_list();
    let began = Instant::now();
    let mut tries = 0;
    let (answer, bytes) = loop {
        tries += 1;
        match whole(source).await {
            Ok(came) => break came,
            Err(failure) if may_lack && (tries > 1 || began.elapsed() >= BRIEF) => {
                return Err(failure.fault);
            }
            Err(failure) => trouble.wait(failure).await?,
        }
    };
    trouble.progress(bytes.len());
    Ok((answer, bytes))
}

/// One try to fetch something small, unpacked where it comes compressed.
async fn whole(source: &FetchSource) -> Result<(FetchedResponse, Bytes), Failure> {
    if !source.is_link {
        source.load.spend()?;
    }
    let mut answer = ask(source, None).await?;
    let fault = |kind| Failure::from(source.load.fault(kind, &answer.url));
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
                pace.came(data.len(), began.elapsed());
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

/// The list that came from `url`, for mpv. Only the link itself may be a DASH manifest.
async fn rewritten(source: &FetchSource, bytes: &[u8], url: &Url) -> Result<List, Fault> {
    let load = &source.load;
    let text = String::from_utf8_lossy(bytes);
    let fault = |kind| load.fault(kind, url);
    if source.is_link && sniff::content(bytes, "") == Content::Dash {
        let text = text.trim_start_matches('\u{feff}');
        let manifest = dash::rewrite(text, url, &load.base).map_err(fault)?;
        load.tell_live(manifest.live);
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
        // A list of lists names lists of segments (RFC 8216, 4.3.4): deeper ones never end.
        return Err(fault(FaultKind::Circle));
    }
    if source.is_link {
        load.names_lists(list.lists);
        let variants = list.variants;
        load.variants.send_modify(|known| known.named(variants));
    }
    if let Some(live) = list.live {
        load.tell_live(live);
    }
    Ok(List {
        text: list.text,
        content_type: "application/vnd.apple.mpegurl",
    })
}
