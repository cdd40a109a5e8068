//! The bytes of one of mpv's requests: fetched piece by piece, and again from the byte that
//! was reached where a connection breaks.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::HeaderMap;
use tokio::time::{Instant, timeout};
use url::Url;

use super::fetch::{Failure, FetchedResponse, Fetcher};
use super::identity::{Continuation, Identity};
use super::range::ByteRange;
use super::relay_load::RelayLoad;
use super::restamp::Restamp;
use super::retrying::Retrying;
use super::status;
use super::throughput::Throughput;
use crate::media::fault::{Fault, FaultKind};

/// The most that is read once more and thrown away to come back to a place on a server
/// without ranges, in bytes (the brief moment that this takes is the member's stall;
/// judgement).
const MOST_DISCARDED: u64 = 256 * 1024 * 1024;

/// The address of a request, and what it needs to be fetched.
#[derive(Debug, Clone)]
pub(super) struct FetchSource {
    pub(super) load: Arc<RelayLoad>,
    pub(super) fetcher: Fetcher,
    /// The link itself, or a part of its list.
    pub(super) url: Url,
    /// Whether it is the link itself.
    pub(super) is_link: bool,
    /// mpv's own headers.
    pub(super) headers: HeaderMap,
}

/// The bytes of one of mpv's requests.
#[derive(Debug)]
pub(super) struct ByteStream {
    source: FetchSource,
    wanted: ByteRange,
    /// Which byte comes next from the server.
    at: u64,
    answer: FetchedResponse,
    /// How many bytes have to be thrown away first.
    skip: u64,
    /// What was read ahead.
    ahead: VecDeque<Bytes>,
    identity: Identity,
    trouble: Retrying,
    /// How fast the answer comes.
    pace: Throughput,
    /// Whether the connection was left alone for so long that it may be dead.
    stale: bool,
    /// Moves the time stamps in what comes.
    restamp: Option<Restamp>,
}

impl ByteStream {
    /// Opens the way to the first byte that is wanted, trying again where that may help.
    pub(super) async fn open(source: FetchSource, wanted: ByteRange) -> Result<Self, Fault> {
        let mut trouble = Retrying::new(source.load.clone());
        let (answer, skip) = loop {
            match open_at(&source, wanted, wanted.from, None).await {
                Ok(opened) => break opened,
                Err(failure) => trouble.wait(failure).await?,
            }
        };
        Ok(Self {
            wanted,
            at: wanted.from,
            identity: answer.identity.clone(),
            answer,
            skip,
            ahead: VecDeque::new(),
            trouble,
            pace: Throughput::default(),
            stale: false,
            restamp: None,
            source,
        })
    }

    /// Moves the time stamps in what comes by so many ticks; to be asked for before any came.
    pub(super) fn move_stamps(&mut self, by: i64) {
        self.restamp = (by != 0).then(|| Restamp::new(by, self.wanted.from));
    }

    /// Whether the server sends parts of it.
    pub(super) const fn has_ranges(&self) -> bool {
        self.answer.came.is_some()
    }

    /// How long the whole is, in bytes.
    pub(super) const fn total(&self) -> Option<u64> {
        self.identity.total
    }

    /// The `Content-Type` of the answer.
    pub(super) fn content_type(&self) -> &str {
        &self.answer.content_type
    }

    /// Whether it comes compressed.
    pub(super) const fn is_gzipped(&self) -> bool {
        self.answer.gzipped
    }

    /// The address that it really comes from, after redirects.
    pub(super) const fn url(&self) -> &Url {
        &self.answer.url
    }

    /// The first `length` bytes, or all if there are fewer; they still come afterwards.
    pub(super) async fn head(&mut self, length: usize) -> Result<Vec<u8>, Fault> {
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

    /// All of it, `head` included, without any other try; `None` if it broke off or is longer
    /// than `longest`.
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
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Fault> {
        if let Some(bytes) = self.ahead.pop_front() {
            return Ok(Some(bytes));
        }
        if std::mem::take(&mut self.stale) && self.has_ranges() && !self.is_done() {
            self.go_on().await?;
        }
        loop {
            let failure = match self.read().await {
                Ok(Some(bytes)) => {
                    self.trouble.progress(bytes.len());
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
                self.trouble.wait(failure).await?;
            }
            self.go_on().await?;
        }
    }

    /// Nothing was read for a long time: servers and routers drop such connections, some
    /// without a word, which would be noticed only after 10 s.
    pub(super) const fn grow_stale(&mut self) {
        self.stale = true;
    }

    /// Opens the way to the next byte.
    async fn go_on(&mut self) -> Result<(), Fault> {
        loop {
            let known = Some(&self.identity);
            match open_at(&self.source, self.wanted, self.at, known).await {
                Ok((answer, skip)) => {
                    self.answer = answer;
                    self.skip = skip;
                    self.pace = Throughput::default();
                    return Ok(());
                }
                Err(failure) => self.trouble.wait(failure).await?,
            }
        }
    }

    /// Whether everything that was wanted has come, or nothing tells that there is more.
    fn is_done(&self) -> bool {
        match (self.identity.total, self.answer.came) {
            (Some(total), _) => self.at >= self.wanted.end(total),
            // A part of something of unknown length: a short one is the last.
            (None, Some(came)) => {
                let asked = self.wanted.piece_end(came.from, None);
                came.last < asked || self.wanted.last.is_some_and(|last| self.at > last)
            }
            (None, None) => true,
        }
    }

    /// The next bytes of the answer that is open.
    async fn read(&mut self) -> Result<Option<Bytes>, Failure> {
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
                    self.pace.came(bytes.len(), began.elapsed());
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

    /// Whether an answer ended before it brought what it said.
    fn missing(&self) -> bool {
        let said = match self.answer.came {
            Some(came) => Some(came.last.saturating_add(1)),
            None => self.identity.total,
        };
        self.skip > 0 || said.is_some_and(|end| self.at < self.wanted.end(end))
    }

    /// What of `bytes` is wanted: neither what comes before it nor what comes after.
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

/// Asks for what follows from byte `at` on, and tells how many bytes of the answer come
/// before it.
async fn open_at(
    source: &FetchSource,
    wanted: ByteRange,
    at: u64,
    known: Option<&Identity>,
) -> Result<(FetchedResponse, u64), Failure> {
    let total = known.and_then(|identity| identity.total);
    let range = range_for(source, wanted, at, total);
    let answer = match ask(source, range).await {
        Err(failure) if range.is_some() && status::may_be_the_range(failure.fault.kind) => {
            ask(source, None).await?
        }
        Ok(answer) if range.is_some() && !has_byte(&answer, at) => ask(source, None).await?,
        other => other?,
    };
    let fault = |kind| Failure::from(source.load.fault(kind, &answer.url));
    if !has_byte(&answer, at) {
        return Err(fault(FaultKind::RangesRefused));
    }
    if source.is_link {
        let known = source.load.server.borrow().identity.clone();
        let known = known.filter(|_| !source.load.server.borrow().list);
        continues(source, known.as_ref(), &answer)?;
        let is_plain = range.is_some() && answer.came.is_none();
        source.load.server.send_modify(|server| {
            server.plain |= is_plain;
            server.moved = (answer.url != source.url).then(|| answer.url.clone());
            if server.identity.is_none() || answer.identity.total.is_some() {
                server.identity = Some(answer.identity.clone());
            }
        });
    }
    continues(source, known, &answer)?;
    let skip = at - answer.came.map_or(0, |came| came.from);
    if skip > MOST_DISCARDED {
        // Another try would find the same.
        let fault = source.load.fault(FaultKind::Broken, &answer.url);
        source.load.give_up(fault);
        return Err(fault.into());
    }
    Ok((answer, skip))
}

/// Whether the byte `at` is in an answer, which may be another part than was asked for.
fn has_byte(answer: &FetchedResponse, at: u64) -> bool {
    let part = answer.came;
    part.is_none_or(|part| (part.from..=part.last).contains(&at))
}

/// Whether `answer` continues the file that is known so far.
fn continues(
    source: &FetchSource,
    known: Option<&Identity>,
    answer: &FetchedResponse,
) -> Result<(), Failure> {
    let fault = |kind| Failure::from(source.load.fault(kind, &answer.url));
    match known.map(|known| known.continued_by(&answer.identity)) {
        None | Some(Continuation::Same) => Ok(()),
        Some(Continuation::Doubtful) => {
            // The link itself may lead to another mirror by now.
            source.load.server.send_modify(|server| server.moved = None);
            Err(fault(FaultKind::Broken))
        }
        Some(Continuation::Another) => Err(fault(FaultKind::Changed)),
    }
}

/// Which bytes to ask for; `None` for the whole.
fn range_for(
    source: &FetchSource,
    wanted: ByteRange,
    at: u64,
    total: Option<u64>,
) -> Option<(u64, u64)> {
    let is_plain = source.is_link && source.load.server.borrow().plain;
    // Parts of a list are small, and some of their servers know no ranges.
    let is_whole_part = !source.is_link && at == 0 && wanted.last.is_none();
    (!is_plain && !is_whole_part).then(|| (at, wanted.piece_end(at, total)))
}

/// One request, to where the link led before if it did. Before the first picture a link's
/// requests are counted, and a part's failures.
pub(super) async fn ask(
    source: &FetchSource,
    range: Option<(u64, u64)>,
) -> Result<FetchedResponse, Failure> {
    let FetchSource { load, .. } = source;
    if source.is_link {
        load.spend()?;
    }
    let answer = ask_where_it_is(source, range).await;
    if answer.is_err() && !source.is_link {
        load.spend()?;
    }
    answer
}

async fn ask_where_it_is(
    source: &FetchSource,
    range: Option<(u64, u64)>,
) -> Result<FetchedResponse, Failure> {
    let FetchSource { load, fetcher, .. } = source;
    let moved = load.server.borrow().moved.clone();
    if let Some(moved) = moved.filter(|_| source.is_link) {
        match fetcher.get(load, &moved, range, &source.headers).await {
            // It may lead elsewhere by now. What may pass is left to the next try, which asks
            // the link itself again.
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
