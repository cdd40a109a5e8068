//! The opening of a WebSocket: a request that asks for an upgrade, and its answer (RFC 6455,
//! section 4.2).

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::upgrade::OnUpgrade;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::socket::WebSocket;
use super::stream::ClientStream;

/// The version of the protocol, the only one that is in use.
const VERSION: &str = "13";

/// A request for a WebSocket that can be granted.
#[derive(Debug)]
pub(in crate::server) struct Handshake {
    key: HeaderValue,
    upgrade: OnUpgrade,
}

/// Why a request is not for a WebSocket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum NoHandshake {
    /// Its method is not GET.
    Method,
    /// It does not ask for an upgrade, or for another one.
    Upgrade,
    /// It speaks another version, or does not say which.
    Version,
    /// Its key is missing.
    Key,
}

impl IntoResponse for NoHandshake {
    fn into_response(self) -> Response {
        let asks = "This address is for WebSockets";
        match self {
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, asks).into_response(),
            Self::Upgrade | Self::Key => (StatusCode::BAD_REQUEST, asks).into_response(),
            Self::Version => {
                let version = [(header::SEC_WEBSOCKET_VERSION, VERSION)];
                (StatusCode::UPGRADE_REQUIRED, version, asks).into_response()
            }
        }
    }
}

impl<T: Send + Sync> FromRequestParts<T> for Handshake {
    type Rejection = NoHandshake;

    async fn from_request_parts(parts: &mut Parts, _state: &T) -> Result<Self, NoHandshake> {
        let headers = &parts.headers;
        if parts.method != Method::GET {
            return Err(NoHandshake::Method);
        }
        let asks = names(headers, &header::CONNECTION, "upgrade")
            && names(headers, &header::UPGRADE, "websocket");
        if !asks {
            return Err(NoHandshake::Upgrade);
        }
        if !names(headers, &header::SEC_WEBSOCKET_VERSION, VERSION) {
            return Err(NoHandshake::Version);
        }
        let key = headers.get(header::SEC_WEBSOCKET_KEY).cloned();
        let key = key.ok_or(NoHandshake::Key)?;
        let upgrade = parts.extensions.remove::<OnUpgrade>();
        let upgrade = upgrade.ok_or(NoHandshake::Upgrade)?;
        Ok(Self { key, upgrade })
    }
}

/// Whether a header lists this word, in whatever case.
fn names(headers: &HeaderMap, header: &HeaderName, word: &str) -> bool {
    let lists = headers.get_all(header).iter();
    let mut words = lists.flat_map(|list| list.as_bytes().split(|byte| *byte == b','));
    words.any(|listed| listed.trim_ascii().eq_ignore_ascii_case(word.as_bytes()))
}

impl Handshake {
    /// Grants it: has the socket served in a task of its own once the returned answer is written.
    /// Messages of more than `most` bytes are not read.
    pub(in crate::server) fn accept<F>(
        self,
        most: usize,
        serve: impl FnOnce(Box<WebSocket<ClientStream>>) -> F + Send + 'static,
    ) -> Response
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let Self { key, upgrade } = self;
        drop(tokio::spawn(async move {
            if let Some(socket) = upgraded(upgrade, most).await {
                serve(socket).await;
            }
        }));
        let accept = derive_accept_key(key.as_bytes());
        let answer = [
            (header::CONNECTION, "upgrade"),
            (header::UPGRADE, "websocket"),
            (header::SEC_WEBSOCKET_ACCEPT, accept.as_str()),
        ];
        (StatusCode::SWITCHING_PROTOCOLS, answer, Body::empty()).into_response()
    }
}

/// The socket, once the answer is written; `None` if there is none any more. What HTTP has read of
/// it is copied: it is a part of a larger buffer.
async fn upgraded(upgrade: OnUpgrade, most: usize) -> Option<Box<WebSocket<ClientStream>>> {
    match upgrade.await.map(ClientStream::of) {
        Ok(Some((stream, early))) => Some(Box::new(WebSocket::new(stream, &early, most))),
        Ok(None) => {
            tracing::error!("a connection of an unknown kind was upgraded");
            None
        }
        Err(error) => {
            tracing::debug!(%error, "a socket went before its handshake was answered");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::extract::FromRequestParts;
    use axum::http::Request;

    use super::{Handshake, NoHandshake};

    /// Why a request with these headers gets no socket.
    async fn refused(method: &str, headers: &[(&str, &str)]) -> NoHandshake {
        let mut request = Request::builder().method(method).uri("/ws");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        Handshake::from_request_parts(&mut parts, &())
            .await
            .unwrap_err()
    }

    #[tokio::test]
    async fn a_request_has_to_ask_for_this_version_with_a_key() {
        let mut headers = vec![
            ("connection", "keep-alive, Upgrade"),
            ("upgrade", "WebSocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ];
        assert_eq!(refused("POST", &headers).await, NoHandshake::Method);
        // It is all there, but the connection is none that can be upgraded.
        assert_eq!(refused("GET", &headers).await, NoHandshake::Upgrade);
        headers.pop();
        assert_eq!(refused("GET", &headers).await, NoHandshake::Key);
        headers[2].1 = "8";
        assert_eq!(refused("GET", &headers).await, NoHandshake::Version);
        headers[0].1 = "close";
        assert_eq!(refused("GET", &headers).await, NoHandshake::Upgrade);
    }
}
