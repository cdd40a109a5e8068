//! The server's HTTP routes: the WebSocket, the health check, the public rooms, and the page
//! behind an invite link.

use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Extension, Router};

use super::peers::PeerPermit;
use super::state::ServerState;
use super::{health, origin, session};
use crate::protocol::ids::RoomId;
use crate::protocol::invite::invite_link;
use crate::texts::invite_page::{InvitePage, invite_page};
use crate::texts::language::Language;
use crate::traffic::Traffic;

/// The socket's read buffer in bytes. The library's 128 KiB would cost more than a gigabyte
/// for 10,000 idle sockets; most frames have some hundred bytes.
const READ_BUFFER: usize = 4 * 1024;

/// How many bytes are buffered before they are written: most frames fit (judgement).
const WRITE_BUFFER: usize = 4 * 1024;

/// The most bytes that wait to be written: the largest message is a welcome, below the 8 MiB that
/// clients accept.
const WRITE_BUFFER_MOST: usize = 8 * 1024 * 1024 + 64 * 1024;

/// The largest frame that is read, in bytes. More than the 16 KiB that are accepted, so that a
/// client that sends more can be told why; beyond this the socket closes.
const READ_FRAME_MOST: usize = 64 * 1024;

/// The routes of a server with this state. Any other path is answered with 404.
pub(super) fn routes(state: Arc<ServerState>) -> Router {
    Router::new()
        .route("/ws", any(socket))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/api/rooms", get(rooms))
        .route("/r/{room}", get(invite))
        .with_state(state)
}

async fn socket(
    State(state): State<Arc<ServerState>>,
    Extension(permit): Extension<PeerPermit>,
    Extension(traffic): Extension<Traffic>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !origin::is_welcome(&headers, state.public_url.as_deref()) {
        tracing::debug!("a foreign web page wanted a socket");
        return StatusCode::FORBIDDEN.into_response();
    }
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(WRITE_BUFFER_MOST)
        .max_message_size(READ_FRAME_MOST)
        .max_frame_size(READ_FRAME_MOST)
        .on_upgrade(|socket| session::run(socket, state, permit, traffic))
}

async fn rooms(State(state): State<Arc<ServerState>>) -> Response {
    match state.rooms.list().await {
        Ok(rooms) => ([(header::CONTENT_TYPE, "application/json")], rooms).into_response(),
        Err(_going_down) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The page behind an invite link, in the browser's language. It does not reveal whether the room
/// exists.
async fn invite(
    State(state): State<Arc<ServerState>>,
    Path(room): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Ok(room) = RoomId::parse(&room) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let base = state
        .public_url
        .clone()
        .or_else(|| asked_at(&headers, state.scheme));
    let link = base.map_or_else(|| room.to_string(), |base| invite_link(&base, &room));
    let accepted = headers.get(header::ACCEPT_LANGUAGE);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    let language = Language::from_accept_language(accepted.unwrap_or_default());
    let page = Html(html(&invite_page(language, room.as_str(), &link)));
    (
        PAGE_HEADERS.map(|(name, value)| (name, HeaderValue::from_static(value))),
        page,
    )
        .into_response()
}

/// Headers that let a browser show the page, but run no script and load nothing. Caches keep a page
/// for each language.
const PAGE_HEADERS: [(HeaderName, &str); 4] = [
    (header::VARY, "accept-language"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
];

/// The server's URL by the request's `Host` header, if that is a plausible host.
fn asked_at(headers: &HeaderMap, scheme: &str) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    (!host.is_empty() && host.len() <= 255 && host.chars().all(is_plain))
        .then(|| format!("{scheme}://{host}"))
}

fn html(page: &InvitePage) -> String {
    let language = page.language.code();
    let [title, before, command, after] =
        [&page.title, &page.before, &page.command, &page.after].map(|text| escaped(text));
    format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>body{{font:16px/1.5 sans-serif;max-width:40em;margin:3em auto;padding:0 1em}}\
         pre{{padding:1em;background:#8882;overflow:auto}}</style></head>\n\
         <body><h1>{title}</h1><p>{before}</p><pre>{command}</pre><p>{after}</p></body></html>\n"
    )
}

/// The text with the characters of HTML markup escaped.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{asked_at, html};
    use crate::texts::invite_page::invite_page;
    use crate::texts::language::Language;

    #[test]
    fn nothing_in_the_page_is_markup_but_its_own() {
        let page = html(&invite_page(
            Language::English,
            "a<b>",
            "http://x/\"'&<script>",
        ));
        assert!(page.contains("a&lt;b&gt;"));
        assert!(page.contains("http://x/&quot;&#39;&amp;&lt;script&gt;"));
        assert!(!page.contains("<script") && !page.contains("<b>"));
    }

    #[test]
    fn the_page_names_its_language() {
        let page = |language| {
            html(&invite_page(
                language,
                "movie-night",
                "http://x/r/movie-night",
            ))
        };
        let english = page(Language::English);
        assert!(english.contains("<html lang=\"en\">"), "{english}");
        assert!(english.contains("<h1>You&#39;re invited to movie-night</h1>"));
        let russian = page(Language::Russian);
        assert!(russian.contains("<html lang=\"ru\">"), "{russian}");
        assert!(russian.contains("<h1>Вас приглашают в комнату movie-night</h1>"));
    }

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
}
