//! One request to a server, including its redirects.

use std::error::Error;
use std::io;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::body::Incoming;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Request, Response, StatusCode, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::timeout;
use url::Url;

use super::address::fetchable;
use super::config::RelayConfig;
use super::connect::{ConnectError, Dialer, speaks_tls_at};
use super::identity::Identity;
use super::range::{self, ContentRange};
use super::relay_load::RelayLoad;
use super::status::{self, Meaning};
use crate::media::fault::{FaultKind, MediaFault};
use crate::media::policy;

/// How long a server may take to answer or to send more data (judgement: people do not wait longer
/// without a sign of progress).
pub(super) const ANSWER: Duration = Duration::from_secs(10);

/// The most redirects; browsers and curl have similar limits.
const MOST_REDIRECTS: usize = 10;

/// The most bytes that are read ahead from one connection (judgement).
const READ_BUFFER: usize = 64 * 1024;

/// Idle connections that are kept for each server (judgement: a player alternates between a few).
const MAX_IDLE_CONNECTIONS: usize = 4;

/// How long idle connections are kept (judgement: longer than any pause between two HLS segments).
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// The most bytes of an error page that are read (judgement: what it says is at its beginning).
const ERROR_PAGE: usize = 2 * 1024;

/// Time limit to probe whether a server speaks TLS (judgement: it has just answered plain HTTP by
/// closing the connection).
const TLS_PROBE_TIMEOUT: Duration = Duration::from_secs(3);

/// Headers of mpv's requests that go to every server.
const HEADERS_FOR_ALL: [HeaderName; 2] = [header::USER_AGENT, header::REFERER];

/// Headers that the member set for the link's own server.
const HEADERS_FOR_LINK: [HeaderName; 2] = [header::AUTHORIZATION, header::COOKIE];

/// Why a request failed, and what the server says about another one.
#[derive(Debug, Clone, Copy)]
pub(super) struct FetchFailure {
    pub(super) fault: MediaFault,
    /// The wait that the server asks for (`Retry-After`), if it does.
    pub(super) retry_after: Option<Duration>,
}

impl From<MediaFault> for FetchFailure {
    fn from(fault: MediaFault) -> Self {
        Self {
            fault,
            retry_after: None,
        }
    }
}

/// A response whose body is still to be read.
#[derive(Debug)]
pub(super) struct FetchedResponse {
    pub(super) body: Incoming,
    /// The final address after redirects.
    pub(super) url: Url,
    /// The range of the body; `None` if it is the whole file.
    pub(super) content_range: Option<ContentRange>,
    /// By what a later response shows that it is the same file.
    pub(super) identity: Identity,
    /// The `Content-Type` header; empty if there is none.
    pub(super) content_type: String,
    /// Whether the body is compressed with gzip, although that was not requested.
    pub(super) gzipped: bool,
}

/// The HTTP client, shared by all loads so that connections are reused.
#[derive(Debug, Clone)]
pub(super) struct Fetcher {
    client: Client<Dialer, Empty<Bytes>>,
    config: RelayConfig,
}

impl Fetcher {
    /// A client that connects as `config` says.
    pub(super) fn new(config: RelayConfig) -> Self {
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(MAX_IDLE_CONNECTIONS)
            .http1_max_buf_size(READ_BUFFER)
            .build(Dialer::new(config.clone()));
        Self { client, config }
    }

    /// Requests `url`, or its bytes from `range.0` to `range.1`, and follows redirects.
    pub(super) async fn get(
        &self,
        load: &RelayLoad,
        url: &Url,
        range: Option<(u64, u64)>,
        headers: &HeaderMap,
    ) -> Result<FetchedResponse, FetchFailure> {
        let mut at = url.clone();
        // A redirect that sets a cookie may lead back: with the cookie the server answers
        // differently.
        let mut visited = vec![(at.clone(), cookies_for(load, &at, headers))];
        loop {
            let response = self.ask(load, &at, range, headers).await?;
            let fault = |kind| FetchFailure::from(load.fault(kind, &at));
            match status::meaning(response.status().as_u16()) {
                Meaning::Whole => return whole(response, at.clone()).map_err(fault),
                Meaning::Part => return part(response, at.clone()).map_err(fault),
                Meaning::Fault(_) if self.is_proxy_auth_required(&response, &at) => {
                    return Err(fault(FaultKind::ProxyRefuses));
                }
                Meaning::Fault(kind) => return Err(refused(load, response, &at, kind).await),
                Meaning::Redirect => {
                    let next = location(&response, &at).ok_or(fault(FaultKind::NotWeb))?;
                    let visit = (next.clone(), cookies_for(load, &next, headers));
                    if visited.contains(&visit) || visited.len() > MOST_REDIRECTS {
                        return Err(fault(FaultKind::Circle));
                    }
                    visited.push(visit);
                    at = next;
                }
            }
        }
    }

    /// Whether a 407 is from the member's own proxy and not from a server. In a tunnel no response
    /// comes from a proxy.
    fn is_proxy_auth_required(&self, response: &Response<Incoming>, url: &Url) -> bool {
        let uri = url.as_str().parse::<Uri>().ok();
        let is_proxied = uri.is_some_and(|uri| self.config.proxies.of(&uri).is_some());
        response.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED
            && url.scheme() == "http"
            && is_proxied
    }

    /// Why a server closed the connection without a response. Some TLS servers do so when they
    /// receive plain HTTP; one TLS handshake with the same address shows it. Tried once for each
    /// load, before any data.
    async fn why_closed(&self, load: &RelayLoad, url: &Url) -> FaultKind {
        if url.scheme() != "http" || !load.may_probe_tls() {
            return FaultKind::ClosedUnanswered;
        }
        let speaks = timeout(TLS_PROBE_TIMEOUT, speaks_tls_at(&self.config, url));
        if speaks.await.unwrap_or_default() {
            FaultKind::TlsMismatch
        } else {
            FaultKind::ClosedUnanswered
        }
    }

    /// One request, without following redirects.
    async fn ask(
        &self,
        load: &RelayLoad,
        url: &Url,
        range: Option<(u64, u64)>,
        headers: &HeaderMap,
    ) -> Result<Response<Incoming>, FetchFailure> {
        let fault = |kind| load.fault(kind, url);
        load.note_host(url);
        policy::check_url(url, self.config.privacy.get())
            .map_err(|_| fault(FaultKind::PrivateAddress))?;
        let is_links = url.origin() == load.link.origin();
        let request = request(url, range, headers, is_links);
        let mut request = request.ok_or(fault(FaultKind::NotWeb))?;
        if let Some(password) = self.config.proxies.password_for_plain(request.uri()) {
            let name = header::PROXY_AUTHORIZATION;
            request.headers_mut().insert(name, password);
        }
        add_cookies(load, url, request.headers_mut());
        tracing::debug!(load = load.id.0, host = url.host_str(), ?range, "asking");
        match timeout(ANSWER, self.client.request(request)).await {
            Ok(Ok(response)) => {
                store_cookies(load, url, response.headers());
                Ok(response)
            }
            Ok(Err(error)) => {
                tracing::debug!(%error, cause = error.source(), "no answer");
                let kind = match kind_of(&error) {
                    FaultKind::ClosedUnanswered => self.why_closed(load, url).await,
                    kind => kind,
                };
                Err(fault(kind).into())
            }
            Err(_) => Err(fault(FaultKind::NoAnswer).into()),
        }
    }
}

/// Adds the cookies of an address' origin.
fn add_cookies(load: &RelayLoad, url: &Url, headers: &mut HeaderMap) {
    let cookies = cookies_for(load, url, headers);
    if let Some(Ok(cookies)) = cookies.map(HeaderValue::try_from) {
        headers.insert(header::COOKIE, cookies);
    }
}

/// The cookies for an address, after those that `headers` contain already.
fn cookies_for(load: &RelayLoad, url: &Url, headers: &HeaderMap) -> Option<String> {
    let members = headers.get(header::COOKIE).and_then(|it| it.to_str().ok());
    let origin = url.origin().ascii_serialization();
    load.cookies.borrow().header(&origin, members)
}

/// Stores the cookies that a response sets.
fn store_cookies(load: &RelayLoad, url: &Url, headers: &HeaderMap) {
    let origin = url.origin().ascii_serialization();
    for cookie in headers.get_all(header::SET_COOKIE) {
        if let Ok(cookie) = cookie.to_str() {
            load.cookies
                .send_modify(|cookies| cookies.set(&origin, cookie));
        }
    }
}

fn request(
    url: &Url,
    range: Option<(u64, u64)>,
    headers: &HeaderMap,
    is_links: bool,
) -> Option<Request<Empty<Bytes>>> {
    let uri: Uri = url.as_str().parse().ok()?;
    let mut request = Request::get(uri).body(Empty::new()).ok()?;
    let ours = request.headers_mut();
    let passed = HEADERS_FOR_ALL
        .iter()
        .chain(HEADERS_FOR_LINK.iter().filter(|_| is_links));
    for name in passed {
        if let Some(value) = headers.get(name) {
            ours.insert(name, value.clone());
        }
    }
    ours.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
    ours.insert(
        header::ACCEPT_ENCODING,
        HeaderValue::from_static("identity"),
    );
    if let Some((from, last)) = range {
        let range = HeaderValue::try_from(format!("bytes={from}-{last}")).ok()?;
        ours.insert(header::RANGE, range);
    }
    Some(request)
}

/// The target of a redirect, if it is a web address.
fn location(response: &Response<Incoming>, at: &Url) -> Option<Url> {
    let location = response.headers().get(header::LOCATION)?;
    let location = std::str::from_utf8(location.as_bytes()).ok()?;
    fetchable(at.join(location).ok()?)
}

fn whole(response: Response<Incoming>, url: Url) -> Result<FetchedResponse, FaultKind> {
    let total = text(response.headers(), &header::CONTENT_LENGTH);
    let total = total.trim().parse().ok();
    answer(response, url, None, total)
}

fn part(response: Response<Incoming>, url: Url) -> Result<FetchedResponse, FaultKind> {
    let content_range = ContentRange::parse(&text(response.headers(), &header::CONTENT_RANGE));
    let content_range = content_range.ok_or(FaultKind::RangesRefused)?;
    answer(response, url, Some(content_range), content_range.total)
}

fn answer(
    response: Response<Incoming>,
    url: Url,
    content_range: Option<ContentRange>,
    total: Option<u64>,
) -> Result<FetchedResponse, FaultKind> {
    let headers = response.headers();
    let encoding = text(headers, &header::CONTENT_ENCODING);
    // No compression was requested; some servers compress anyway, most of them with gzip.
    let gzipped = match encoding.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => false,
        "gzip" | "x-gzip" => true,
        _ => return Err(FaultKind::Compressed),
    };
    let tag = text(headers, &header::ETAG);
    let strong = tag.starts_with('"');
    let changed = text(headers, &header::LAST_MODIFIED);
    let tag = if strong { tag } else { changed };
    let content_type = text(headers, &header::CONTENT_TYPE);
    Ok(FetchedResponse {
        identity: Identity {
            host: url.host_str().unwrap_or_default().to_owned(),
            total,
            tag: (!tag.is_empty()).then_some(tag),
        },
        body: response.into_body(),
        url,
        content_range,
        content_type,
        gzipped,
    })
}

/// A header as text; empty if absent.
fn text(headers: &HeaderMap, name: &HeaderName) -> String {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

/// The failure for a response without anything to play.
async fn refused(
    load: &RelayLoad,
    response: Response<Incoming>,
    url: &Url,
    kind: FaultKind,
) -> FetchFailure {
    let headers = response.headers();
    let date = httpdate::parse_http_date(&text(headers, &header::DATE));
    // By the server's own clock if it sends one.
    let now = date.unwrap_or_else(|_| SystemTime::now());
    let retry_after = status::retry_after(&text(headers, &header::RETRY_AFTER), now);
    let is_empty = range::says_empty(&text(headers, &header::CONTENT_RANGE));
    let kind = match kind {
        FaultKind::RangesRefused if is_empty => FaultKind::Empty,
        FaultKind::Status(400) if url.scheme() == "http" && speaks_tls(response).await => {
            FaultKind::TlsMismatch
        }
        kind => kind,
    };
    FetchFailure {
        fault: load.fault(kind, url),
        retry_after,
    }
}

async fn speaks_tls(response: Response<Incoming>) -> bool {
    let page = Limited::new(response.into_body(), ERROR_PAGE).collect();
    let page = timeout(ANSWER, page).await;
    page.is_ok_and(|page| page.is_ok_and(|page| status::says_it_speaks_tls(&page.to_bytes())))
}

/// The fault for an error of the HTTP client before a response.
fn kind_of(error: &(dyn Error + 'static)) -> FaultKind {
    let mut kind = FaultKind::ClosedUnanswered;
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(ConnectError(kind)) = error.downcast_ref() {
            return *kind;
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            let inner = error.get_ref();
            if let Some(ConnectError(kind)) = inner.and_then(|inner| inner.downcast_ref()) {
                return *kind;
            }
        }
        if let Some(error) = error.downcast_ref::<hyper::Error>()
            && error.is_parse()
        {
            // The server does not speak HTTP.
            kind = FaultKind::NotHttp;
        }
        next = error.source();
    }
    kind
}
