//! One request to a server, with its redirects: an answer, or why there is none.

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
use crate::media::fault::{Fault, FaultKind};
use crate::media::policy;

/// How long a server may take to answer, or to send more (judgement: people wait no longer for a sign of life).
pub(super) const ANSWER: Duration = Duration::from_secs(10);

/// How many redirects are followed, as browsers and curl do about.
const MOST_REDIRECTS: usize = 10;

/// The most that is read ahead from one connection, in bytes.
const READ_BUFFER: usize = 64 * 1024;

/// Connections that are kept for the next piece, to each server.
const KEPT_CONNECTIONS: usize = 4;

/// How long they are kept (judgement: longer than any pause between two segments of HLS).
const KEPT_FOR: Duration = Duration::from_secs(30);

/// The most of an error's page that is read, in bytes.
const ERROR_PAGE: usize = 2 * 1024;

/// How long the look may take whether a server speaks TLS (judgement: it answered plain HTTP by
/// closing the connection just now).
const HANDSHAKE: Duration = Duration::from_secs(3);

/// Headers of mpv's that are passed on to every server.
const FOR_ALL: [HeaderName; 2] = [header::USER_AGENT, header::REFERER];

/// Headers of mpv's that the member set for the link's own server.
const FOR_THE_LINKS: [HeaderName; 2] = [header::AUTHORIZATION, header::COOKIE];

/// Why a request failed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Failure {
    pub(super) fault: Fault,
    /// How long the server asks to be left alone.
    pub(super) retry_after: Option<Duration>,
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            retry_after: None,
        }
    }
}

/// A body that is about to come.
#[derive(Debug)]
pub(super) struct FetchedResponse {
    pub(super) body: Incoming,
    /// Where it came from.
    pub(super) url: Url,
    /// Which bytes these are, of how many; `None` if it is the whole.
    pub(super) came: Option<ContentRange>,
    /// Which file it is.
    pub(super) identity: Identity,
    /// What the server says it is.
    pub(super) content_type: String,
    /// Whether it comes compressed with gzip, which was not asked for.
    pub(super) gzipped: bool,
}

/// The HTTP client: one for all loads, so that connections are kept.
#[derive(Debug, Clone)]
pub(super) struct Fetcher {
    client: Client<Dialer, Empty<Bytes>>,
    config: RelayConfig,
}

impl Fetcher {
    /// A client that reaches the world by `config`.
    pub(super) fn new(config: RelayConfig) -> Self {
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEPT_FOR)
            .pool_max_idle_per_host(KEPT_CONNECTIONS)
            .http1_max_buf_size(READ_BUFFER)
            .build(Dialer::new(config.clone()));
        Self { client, config }
    }

    /// Asks for `url`, or the bytes from `range.0` to `range.1` of it.
    pub(super) async fn get(
        &self,
        load: &RelayLoad,
        url: &Url,
        range: Option<(u64, u64)>,
        headers: &HeaderMap,
    ) -> Result<FetchedResponse, Failure> {
        let mut at = url.clone();
        // A redirect that sets a cookie may lead back: with it, its server answers otherwise.
        let mut visited = vec![(at.clone(), cookies_for(load, &at, headers))];
        loop {
            let response = self.ask(load, &at, range, headers).await?;
            let fault = |kind| Failure::from(load.fault(kind, &at));
            match status::meaning(response.status().as_u16()) {
                Meaning::Whole => return whole(response, at.clone()).map_err(fault),
                Meaning::Part => return part(response, at.clone()).map_err(fault),
                Meaning::Fault(_) if self.asks_for_proxys_password(&response, &at) => {
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

    /// Whether it is the member's own proxy that answers so and no server. Through a tunnel
    /// nothing of a proxy's comes.
    fn asks_for_proxys_password(&self, response: &Response<Incoming>, url: &Url) -> bool {
        let uri = url.as_str().parse::<Uri>().ok();
        let is_proxied = uri.is_some_and(|uri| self.config.proxies.of(&uri).is_some());
        response.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED
            && url.scheme() == "http"
            && is_proxied
    }

    /// Why a server closed the connection without a word. Some that speak TLS do so when plain
    /// HTTP comes: one TLS handshake with the same address tells. Once for each load, before
    /// anything of it came.
    async fn why_closed(&self, load: &RelayLoad, url: &Url) -> FaultKind {
        if url.scheme() != "http" || !load.may_look_for_tls() {
            return FaultKind::ClosedUnanswered;
        }
        let speaks = timeout(HANDSHAKE, speaks_tls_at(&self.config, url));
        if speaks.await.unwrap_or_default() {
            FaultKind::TlsMismatch
        } else {
            FaultKind::ClosedUnanswered
        }
    }

    /// One request, without following where it leads.
    async fn ask(
        &self,
        load: &RelayLoad,
        url: &Url,
        range: Option<(u64, u64)>,
        headers: &HeaderMap,
    ) -> Result<Response<Incoming>, Failure> {
        let fault = |kind| load.fault(kind, url);
        load.leads_to(url);
        policy::check_url(url, self.config.privacy)
            .map_err(|_| fault(FaultKind::PrivateAddress))?;
        let is_links = url.origin() == load.link.origin();
        let request = request(url, range, headers, is_links);
        let mut request = request.ok_or(fault(FaultKind::NotWeb))?;
        if let Some(password) = self.config.proxies.password_for_plain(request.uri()) {
            let name = header::PROXY_AUTHORIZATION;
            request.headers_mut().insert(name, password);
        }
        bring_cookies(load, url, request.headers_mut());
        tracing::debug!(load = load.id.0, host = url.host_str(), ?range, "asking");
        match timeout(ANSWER, self.client.request(request)).await {
            Ok(Ok(response)) => {
                keep_cookies(load, url, response.headers());
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

/// Takes the cookies of an origin back to it.
fn bring_cookies(load: &RelayLoad, url: &Url, headers: &mut HeaderMap) {
    let cookies = cookies_for(load, url, headers);
    if let Some(Ok(cookies)) = cookies.map(HeaderValue::try_from) {
        headers.insert(header::COOKIE, cookies);
    }
}

/// The cookies of an address' origin, after those that `headers` have already.
fn cookies_for(load: &RelayLoad, url: &Url, headers: &HeaderMap) -> Option<String> {
    let members = headers.get(header::COOKIE).and_then(|it| it.to_str().ok());
    let origin = url.origin().ascii_serialization();
    load.cookies.borrow().header(&origin, members)
}

/// Keeps the cookies that an origin sets.
fn keep_cookies(load: &RelayLoad, url: &Url, headers: &HeaderMap) {
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
    let passed = FOR_ALL
        .iter()
        .chain(FOR_THE_LINKS.iter().filter(|_| is_links));
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

/// Where a redirect leads, if that is a web address.
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
    let came = ContentRange::parse(&text(response.headers(), &header::CONTENT_RANGE));
    let came = came.ok_or(FaultKind::RangesRefused)?;
    answer(response, url, Some(came), came.total)
}

fn answer(
    response: Response<Incoming>,
    url: Url,
    came: Option<ContentRange>,
    total: Option<u64>,
) -> Result<FetchedResponse, FaultKind> {
    let headers = response.headers();
    let encoding = text(headers, &header::CONTENT_ENCODING);
    // None was asked for; some servers compress all the same, most of them with gzip.
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
        came,
        content_type,
        gzipped,
    })
}

/// A header as text; empty if there is none.
fn text(headers: &HeaderMap, name: &HeaderName) -> String {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

/// An answer that brings nothing to play.
async fn refused(
    load: &RelayLoad,
    response: Response<Incoming>,
    url: &Url,
    kind: FaultKind,
) -> Failure {
    let headers = response.headers();
    let date = httpdate::parse_http_date(&text(headers, &header::DATE));
    // By the server's own clock, if it tells it.
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
    Failure {
        fault: load.fault(kind, url),
        retry_after,
    }
}

async fn speaks_tls(response: Response<Incoming>) -> bool {
    let page = Limited::new(response.into_body(), ERROR_PAGE).collect();
    let page = timeout(ANSWER, page).await;
    page.is_ok_and(|page| page.is_ok_and(|page| status::says_it_speaks_tls(&page.to_bytes())))
}

/// What an error of the HTTP client means before an answer came.
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
            // What answers there speaks no HTTP at all.
            kind = FaultKind::NotHttp;
        }
        next = error.source();
    }
    kind
}
