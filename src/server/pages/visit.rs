//! What a page depends on beside the rooms.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use crate::server::state::ServerState;
use crate::texts::language::Language;

/// How deep a path may be for a relative way back to the start page; ours are three deep.
const DEEPEST: usize = 8;

/// A request for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::server) struct Visit {
    /// The language that the reader prefers.
    pub(in crate::server) language: Language,
    /// The address of this server, without a trailing slash; `None` if it is not known.
    pub(super) server: Option<String>,
    /// The way to the start page. It is relative, so that it holds behind a proxy that serves us
    /// below a path.
    pub(super) root: String,
}

impl FromRequestParts<Arc<ServerState>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &Arc<ServerState>,
    ) -> Result<Self, Infallible> {
        let headers = &parts.headers;
        let public = state.public_url.clone();
        let accepted = headers.get(header::ACCEPT_LANGUAGE);
        let accepted = accepted.and_then(|value| value.to_str().ok());
        Ok(Self {
            language: Language::from_accept_language(accepted.unwrap_or_default()),
            server: public.or_else(|| asked_at(headers, state.scheme)),
            root: way_up(parts.uri.path()),
        })
    }
}

/// The way from a page to the start page.
fn way_up(path: &str) -> String {
    match path.matches('/').count().saturating_sub(1) {
        0 => "./".to_owned(),
        deep if deep <= DEEPEST => "../".repeat(deep),
        _ => "/".to_owned(),
    }
}

/// The server's URL by the request's `Host` header, if that is a plausible host.
fn asked_at(headers: &HeaderMap, scheme: &str) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    (!host.is_empty() && host.len() <= 255 && host.chars().all(is_plain))
        .then(|| format!("{scheme}://{host}"))
}

/// A visit of `https://watch.example.org` for tests.
#[cfg(test)]
pub(super) fn of(language: Language) -> Visit {
    Visit {
        language,
        server: Some("https://watch.example.org".to_owned()),
        root: "../".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{asked_at, way_up};

    #[test]
    fn a_hostile_host_is_not_repeated() {
        let asked = |host: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            asked_at(&headers, "http")
        };
        assert_eq!(asked("[::1]:8000").unwrap(), "http://[::1]:8000");
        for hostile in ["evil/path", "a b", "x;rm -rf", "user@host", ""] {
            assert_eq!(asked(hostile), None, "{hostile}");
        }
    }

    #[test]
    fn every_page_knows_the_way_to_the_start() {
        let deep = "/x".repeat(1_000);
        for (path, way) in [
            ("/", "./"),
            ("/gallery", "./"),
            ("/r/movie-night", "../"),
            ("/r/movie-night/", "../../"),
            (deep.as_str(), "/"),
        ] {
            assert_eq!(way_up(path), way, "{path}");
        }
    }
}
