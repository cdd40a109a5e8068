//! Answers mpv's requests: finds the load of a request, fetches the data, and passes it on at mpv's
//! own pace.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tokio::sync::watch;
use tokio::time::Instant;

use super::address::{self, ListPart};
use super::body::{BrokeOff, Pipe, RelayBody};
use super::byte_stream::{ByteStream, FetchSource};
use super::fetch::Fetcher;
use super::lists::List;
use super::range::ByteRange;
use super::relay_load::RelayLoad;
use super::reply::{self, RelayReply};
use super::status;
use crate::media::fault::MediaFault;

/// How long a connection may stay unread, as with a paused player whose cache is full, until a new
/// one is opened for the rest (nginx drops such a reader after the same time: `send_timeout`).
const IDLE: Duration = Duration::from_mins(1);

/// What all connections of mpv share.
#[derive(Debug, Clone)]
pub(super) struct Service {
    pub(super) secret: Arc<str>,
    pub(super) loads: watch::Receiver<Vec<Arc<RelayLoad>>>,
    /// Subtitle files, by their paths.
    pub(super) subtitles: watch::Receiver<Vec<(String, Bytes)>>,
    pub(super) fetcher: Fetcher,
}

impl Service {
    /// Answers one request.
    pub(super) async fn answer<B>(&self, request: Request<B>) -> Response<RelayBody> {
        if let Some(file) = self.subtitle_file(request.uri().path()) {
            return small(file);
        }
        let Some((load, part)) = self.find(request.uri().path()) else {
            return empty(StatusCode::NOT_FOUND);
        };
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return empty(StatusCode::METHOD_NOT_ALLOWED);
        }
        load.start_time_limit();
        let headers = request.headers();
        let range = headers.get(header::RANGE).and_then(|it| it.to_str().ok());
        let wanted = range.and_then(ByteRange::parse);
        if let Some(total) = length_if_beyond_end(&load, part.as_ref(), wanted) {
            return unsatisfiable(total);
        }
        let url = part.as_ref().map(|part| part.url.clone());
        let source = FetchSource {
            load: load.clone(),
            fetcher: self.fetcher.clone(),
            is_link: part.is_none(),
            url: url.flatten().unwrap_or_else(|| load.link.clone()),
            headers: headers.clone(),
        };
        let fetching = reply::fetch(source, part.as_ref(), wanted.unwrap_or(ByteRange::ALL));
        let reply = tokio::select! {
            reply = fetching => reply,
            fault = load.until_ended() => Err(fault),
        };
        if reply.is_ok() {
            load.data_handed_out();
        }
        match reply {
            Ok(RelayReply::List(it)) => list(it),
            Ok(RelayReply::Small(bytes)) => small(bytes),
            Ok(RelayReply::Missing) => empty(StatusCode::NOT_FOUND),
            Ok(RelayReply::Bytes(stream)) if request.method() == Method::HEAD => {
                let mut response = empty(StatusCode::OK);
                describe(&mut response, &stream, wanted);
                response
            }
            Ok(RelayReply::Bytes(stream)) => piped(load, stream, wanted),
            Err(fault) => {
                load.give_up_when_disclosable(fault).await;
                failed(fault)
            }
        }
    }

    /// The subtitle file of a path, which contains the secret.
    fn subtitle_file(&self, path: &str) -> Option<Bytes> {
        let files = self.subtitles.borrow();
        let file = files.iter().find(|(name, _)| name == path);
        file.map(|(_, bytes)| bytes.clone())
    }

    /// Finds the load and the part that a path names, if this relay issued it.
    fn find(&self, path: &str) -> Option<(Arc<RelayLoad>, Option<ListPart>)> {
        let path = address::read(path, &self.secret)?;
        let loads = self.loads.borrow();
        let load = loads.iter().find(|load| load.id == path.load)?;
        Some((load.clone(), path.part))
    }
}

/// The length of the link's file, if the requested range begins after its end.
fn length_if_beyond_end(
    load: &RelayLoad,
    part: Option<&ListPart>,
    wanted: Option<ByteRange>,
) -> Option<u64> {
    if part.is_some() {
        return None;
    }
    let total = load.server.borrow().identity.as_ref()?.total?;
    (wanted?.from >= total).then_some(total)
}

/// A response whose body arrives as it is fetched.
fn piped(
    load: Arc<RelayLoad>,
    stream: Box<ByteStream>,
    wanted: Option<ByteRange>,
) -> Response<RelayBody> {
    let (pipe, body) = RelayBody::pipe();
    let mut response = Response::new(body);
    describe(&mut response, &stream, wanted);
    tokio::spawn(pump(load, stream, pipe));
    response
}

/// Passes bytes to mpv until the end, until mpv closes, or until the load is given up.
async fn pump(load: Arc<RelayLoad>, mut stream: Box<ByteStream>, pipe: Pipe) {
    loop {
        let next = tokio::select! {
            next = stream.next() => next,
            fault = load.until_ended() => Err(fault),
            () = pipe.closed() => return,
        };
        let piece = match next {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => return,
            Err(fault) => {
                load.give_up_when_disclosable(fault).await;
                Err(BrokeOff)
            }
        };
        let is_last = piece.is_err();
        let offered = Instant::now();
        if pipe.send(piece).await.is_err() || is_last {
            return;
        }
        if offered.elapsed() > IDLE {
            stream.mark_stale();
        }
    }
}

/// Sets the headers: the length, which bytes follow, and whether ranges are supported.
fn describe(response: &mut Response<RelayBody>, stream: &ByteStream, wanted: Option<ByteRange>) {
    let total = stream.total();
    let wanted_all = wanted.is_none_or(|wanted| wanted == ByteRange::ALL);
    let mut length = total;
    if let (Some(wanted), Some(total)) = (wanted, total)
        && (stream.has_ranges() || !wanted_all)
    {
        let (from, end) = (wanted.from, wanted.end(total));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let range = format!("bytes {from}-{}/{total}", end.saturating_sub(1));
        set(response, header::CONTENT_RANGE, &range);
        length = Some(end.saturating_sub(from));
    }
    if stream.has_ranges() && total.is_some() {
        set(response, header::ACCEPT_RANGES, "bytes");
    }
    if let Some(length) = length {
        set(response, header::CONTENT_LENGTH, &length.to_string());
    }
    if is_media_type(stream.content_type()) {
        set(response, header::CONTENT_TYPE, stream.content_type());
    }
}

/// Whether a content type may be passed on. mpv chooses a demuxer by some types, above all those of
/// lists, whatever the bytes are.
fn is_media_type(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    let kind = kind.to_ascii_lowercase();
    let is_list = kind.contains("url") || kind.contains("scpls") || kind.contains("playlist");
    (kind.starts_with("video/") || kind.starts_with("audio/")) && !is_list
}

fn list(list: List) -> Response<RelayBody> {
    let length = list.text.len().to_string();
    let mut response = Response::new(RelayBody::whole(list.text));
    set(&mut response, header::CONTENT_LENGTH, &length);
    set(&mut response, header::CONTENT_TYPE, list.content_type);
    response
}

fn small(bytes: Bytes) -> Response<RelayBody> {
    let length = bytes.len().to_string();
    let mut response = Response::new(RelayBody::whole(bytes));
    set(&mut response, header::CONTENT_LENGTH, &length);
    response
}

fn failed(fault: MediaFault) -> Response<RelayBody> {
    let status = StatusCode::from_u16(status::for_player(fault.kind));
    empty(status.unwrap_or(StatusCode::BAD_GATEWAY))
}

fn unsatisfiable(total: u64) -> Response<RelayBody> {
    let mut response = empty(StatusCode::RANGE_NOT_SATISFIABLE);
    set(
        &mut response,
        header::CONTENT_RANGE,
        &format!("bytes */{total}"),
    );
    response
}

fn empty(status: StatusCode) -> Response<RelayBody> {
    let mut response = Response::new(RelayBody::Whole(None));
    *response.status_mut() = status;
    response
}

/// Sets a header whose value comes from numbers or was a header before.
fn set(response: &mut Response<RelayBody>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
