//! The bytes of one request of mpv's: fetched piece by piece, and continued from the last byte
//! where a connection breaks.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::HeaderMap;
use tokio::time::{Instant, timeout};
use url::Url;

use super::fetch::{FetchFailure, FetchedResponse, Fetcher};
use super::identity::{Continuation, Identity};
use super::range::ByteRange;
use super::relay_load::RelayLoad;
use super::restamp::Restamp;
use super::retrying::Retrying;
use super::status;
use super::throughput::Throughput;
use crate::media::fault::{FaultKind, MediaFault};

/// The most bytes that are read again and discarded to return to an offset on a server without
/// ranges (judgement: the member stalls for that long).
const MOST_DISCARDED: u64 = 256 * 1024 * 1024;

/// The address of a request and what is needed to fetch it.
#[derive(Debug, Clone)]
pub(super) struct FetchSource {
    pub(super) load: Arc<RelayLoad>,
    pub(super) fetcher: Fetcher,
    /// The link itself, or a part of its list.
    pub(super) url: Url,
    pub(super) is_link: bool,
    /// The headers of mpv's request.
    pub(super) headers: HeaderMap,
}

/// The bytes of one request of mpv's.
#[derive(Debug)]
pub(super) struct ByteStream {
    source: FetchSource,
    wanted: ByteRange,
    /// Offset of the next byte from the server.
    at: u64,
    answer: FetchedResponse,
    /// Bytes to discard first.
    skip: u64,
    /// Bytes that were read ahead, to be returned first.
    ahead: VecDeque<Bytes>,
    identity: Identity,
    retrying: Retrying,
    /// Whether the open response is fast enough for any media.
    pace: Throughput,
    /// Whether the connection was idle for so long that it may be dead.
    stale: bool,
    /// Shifts the time stamps of the stream, if needed.
    restamp: Option<Restamp>,
}

impl ByteStream {
    /// Opens the stream at the first wanted byte, with retries.
    pub(super) async fn open(source: FetchSource, wanted: ByteRange) -> Result<Self, MediaFault> {
        let mut retrying = Retrying::new(source.load.clone());
        let (answer, skip) = loop {
            match open_at(&source, wanted, wanted.from, None).await {
                Ok(opened) => break opened,
                Err(failure) => retrying.wait(failure).await?,
            }
        };
        Ok(Self {
            wanted,
            at: wanted.from,
            identity: answer.identity.clone(),
            answer,
            skip,
            ahead: VecDeque::new(),
            retrying,
            pace: Throughput::default(),
            stale: false,
            restamp: None,
            source,
        })
    }

    /// Shifts all time stamps by `by` ticks; must be called before any byte is read.
    pub(super) fn shift_stamps(&mut self, by: i64) {
        self.restamp = (by != 0).then(|| Restamp::new(by, self.wanted.from));
    }

    /// Whether the server supports ranges.
    pub(super) const fn has_ranges(&self) -> bool {
        self.answer.content_range.is_some()
    }

    /// The length of the whole file in bytes.
    pub(super) const fn total(&self) -> Option<u64> {
        self.identity.total
    }

    /// The `Content-Type` of the answer.
    pub(super) fn content_type(&self) -> &str {
        &self.answer.content_type
    }

    /// Whether the response is compressed.
    pub(super) const fn is_gzipped(&self) -> bool {
        self.answer.gzipped
    }

    /// The final address after redirects.
    pub(super) const fn url(&self) -> &Url {
        &self.answer.url
    }

    /// The first `length` bytes, or all if there are fewer. They are returned again by later reads.
    pub(super) async fn head(&mut self, length: usize) -> Result<Vec<u8>, MediaFault> {
        let mut read = VecDeque::new();
        let mut head = Vec::new();
        while head.len() < length {
            let Some(bytes) = self.next().await? else {
                break;
            };
            head.extend_from_slice(&bytes);
            read.push_back(bytes);
        }
        self.ahead = read;
        Ok(head)
    }

    /// Everything, `head` included, without retries; `None` if it breaks off or is longer than
    /// `longest`.
    pub(super) async fn rest(&mut self, longest: usize) -> Option<Vec<u8>> {
        let mut all: Vec<u8> = self.ahead.drain(..).flatten().collect();
        while all.len() <= longest {
            match self.read().await {
                Ok(Some(bytes)) => all.extend_from_slice(&bytes),
                Ok(None) => return self.is_done().then_some(all),
                Err(_) => return None,
            }
        }
        None
    }

    /// The next bytes; `None` after the last.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, MediaFault> {
        if let Some(bytes) = self.ahead.pop_front() {
            return Ok(Some(bytes));
        }
        if std::mem::take(&mut self.stale) && self.has_ranges() && !self.is_done() {
            self.reopen().await?;
        }
        loop {
            let failure = match self.read().await {
                Ok(Some(bytes)) => {
                    self.retrying.progress(bytes.len());
                    let Some(restamp) = &mut self.restamp else {
                        return Ok(Some(bytes));
                    };
                    let moved = restamp.push(&bytes);
                    if moved.is_empty() {
                        continue;
                    }
                    return Ok(Some(moved));
                }
                Ok(None) if self.is_done() => {
                    return Ok(self.restamp.as_mut().and_then(Restamp::rest));
                }
                Ok(None) => None,
                Err(failure) => Some(failure),
            };
            if let Some(failure) = failure {
                self.retrying.wait(failure).await?;
            }
            self.reopen().await?;
        }
    }

    /// Call after a long pause: servers and routers drop idle connections, some silently, which
    /// would be noticed only after 10 s.
    pub(super) const fn mark_stale(&mut self) {
        self.stale = true;
    }

    /// Reopens the stream at the next byte.
    async fn reopen(&mut self) -> Result<(), MediaFault> {
        loop {
            let known = Some(&self.identity);
            match open_at(&self.source, self.wanted, self.at, known).await {
                Ok((answer, skip)) => {
                    self.answer = answer;
                    self.skip = skip;
                    self.pace = Throughput::default();
                    return Ok(());
                }
                Err(failure) => self.retrying.wait(failure).await?,
            }
        }
    }

    /// Whether all wanted bytes were received, or nothing indicates that there are more.
    fn is_done(&self) -> bool {
        match (self.identity.total, self.answer.content_range) {
            (Some(total), _) => self.at >= self.wanted.end(total),
            // A range of a file of unknown length: one that is shorter than requested is the last.
            (None, Some(came)) => {
                let asked = self.wanted.piece_end(came.from, None);
                came.last < asked || self.wanted.last.is_some_and(|last| self.at > last)
            }
            (None, None) => true,
        }
    }

    /// The next bytes of the open response.
    async fn read(&mut self) -> Result<Option<Bytes>, FetchFailure> {
        loop {
            if self.wanted.last.is_some_and(|last| self.at > last) {
                return Ok(None);
            }
            let began = Instant::now();
            let kind = match timeout(self.pace.left(), self.answer.body.frame()).await {
                Ok(None) if self.missing() => FaultKind::Broken,
                Ok(None) => return Ok(None),
                Ok(Some(Ok(frame))) => {
                    let Ok(bytes) = frame.into_data() else {
                        continue;
                    };
                    self.pace.received(bytes.len(), began.elapsed());
                    let bytes = self.kept(bytes);
                    if bytes.is_empty() {
                        continue;
                    }
                    return Ok(Some(bytes));
                }
                Ok(Some(Err(error))) => {
                    tracing::debug!(%error, "a connection broke");
                    FaultKind::Broken
                }
                Err(_) => FaultKind::NoAnswer,
            };
            let fault = self.source.load.fault(kind, &self.answer.url);
            return Err(fault.into());
        }
    }

    /// Whether a response ended before the length that it announced.
    fn missing(&self) -> bool {
        let stated_end = match self.answer.content_range {
            Some(came) => Some(came.last.saturating_add(1)),
            None => self.identity.total,
        };
        self.skip > 0 || stated_end.is_some_and(|end| self.at < self.wanted.end(end))
    }

    /// The wanted part of `bytes`.
    fn kept(&mut self, mut bytes: Bytes) -> Bytes {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let skipped = length.min(self.skip);
        self.skip -= skipped;
        bytes = bytes.split_off(usize::try_from(skipped).unwrap_or(bytes.len()));
        let left = self.wanted.end(u64::MAX).saturating_sub(self.at);
        bytes.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        self.at += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        bytes
    }
}

/// Requests the bytes from `at` on, and returns how many bytes of the response precede it.
async fn open_at(
    source: &FetchSource,
    wanted: ByteRange,
    at: u64,
    known: Option<&Identity>,
) -> Result<(FetchedResponse, u64), FetchFailure> {
    let total = known.and_then(|identity| identity.total);
    let range = range_for(source, wanted, at, total);
    let answer = match ask(source, range).await {
        Err(failure) if range.is_some() && status::may_be_the_range(failure.fault.kind) => {
            ask(source, None).await?
        }
        Ok(answer) if range.is_some() && !has_byte(&answer, at) => ask(source, None).await?,
        other => other?,
    };
    let fault = |kind| FetchFailure::from(source.load.fault(kind, &answer.url));
    if !has_byte(&answer, at) {
        return Err(fault(FaultKind::RangesRefused));
    }
    if source.is_link {
        let known = source.load.server.borrow().identity.clone();
        let known = known.filter(|_| !source.load.server.borrow().list);
        continues(source, known.as_ref(), &answer)?;
        let is_plain = range.is_some() && answer.content_range.is_none();
        source.load.server.send_modify(|server| {
            server.plain |= is_plain;
            server.moved = (answer.url != source.url).then(|| answer.url.clone());
            if server.identity.is_none() || answer.identity.total.is_some() {
                server.identity = Some(answer.identity.clone());
            }
        });
    }
    continues(source, known, &answer)?;
    let skip = at - answer.content_range.map_or(0, |came| came.from);
    if skip > MOST_DISCARDED {
        // Another attempt would find the same.
        let fault = source.load.fault(FaultKind::Broken, &answer.url);
        source.load.give_up(fault);
        return Err(fault.into());
    }
    Ok((answer, skip))
}

/// Whether the byte `at` is in a response, whose range may differ from the requested one.
fn has_byte(answer: &FetchedResponse, at: u64) -> bool {
    let part = answer.content_range;
    part.is_none_or(|part| (part.from..=part.last).contains(&at))
}

/// Whether `answer` is from the same file as `known`.
fn continues(
    source: &FetchSource,
    known: Option<&Identity>,
    answer: &FetchedResponse,
) -> Result<(), FetchFailure> {
    let fault = |kind| FetchFailure::from(source.load.fault(kind, &answer.url));
    match known.map(|known| known.continued_by(&answer.identity)) {
        None | Some(Continuation::Same) => Ok(()),
        Some(Continuation::Doubtful) => {
            // The link may redirect to another mirror by now, so the next attempt asks the link
            // again.
            source.load.server.send_modify(|server| server.moved = None);
            Err(fault(FaultKind::Broken))
        }
        Some(Continuation::Another) => Err(fault(FaultKind::Changed)),
    }
}

/// The range to request; `None` for the whole.
fn range_for(
    source: &FetchSource,
    wanted: ByteRange,
    at: u64,
    total: Option<u64>,
) -> Option<(u64, u64)> {
    let is_plain = source.is_link && source.load.server.borrow().plain;
    // Parts of a list are small, and some of their servers do not support ranges.
    let is_whole_part = !source.is_link && at == 0 && wanted.last.is_none();
    (!is_plain && !is_whole_part).then(|| (at, wanted.piece_end(at, total)))
}

/// One request, to the redirect target if the link had one. Before the first picture all requests
/// for a link are counted, and the failed ones for a part.
pub(super) async fn ask(
    source: &FetchSource,
    range: Option<(u64, u64)>,
) -> Result<FetchedResponse, FetchFailure> {
    let FetchSource { load, .. } = source;
    if source.is_link {
        load.count_request()?;
    }
    let answer = ask_redirect_target(source, range).await;
    if answer.is_err() && !source.is_link {
        load.count_request()?;
    }
    answer
}

async fn ask_redirect_target(
    source: &FetchSource,
    range: Option<(u64, u64)>,
) -> Result<FetchedResponse, FetchFailure> {
    let FetchSource { load, fetcher, .. } = source;
    let moved = load.server.borrow().moved.clone();
    if let Some(moved) = moved.filter(|_| source.is_link) {
        match fetcher.get(load, &moved, range, &source.headers).await {
            // The link may redirect elsewhere by now. A fault that may pass is left to the next
            // attempt, which requests the link itself again.
            Err(failure) => {
                load.server.send_modify(|server| server.moved = None);
                if failure.fault.is_passing() {
                    return Err(failure);
                }
            }
            answer => return answer,
        }
    }
    fetcher.get(load, &source.url, range, &source.headers).await
}
