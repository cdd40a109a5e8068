//! Requests through a named proxy: each is counted against the client that the proxy names, while
//! it is answered, and as a WebSocket for as long as that lives.

use std::net::IpAddr;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};

use super::forwarded::{Requester, TrustedProxies, requester};
use super::peers::Peers;

/// The answer to a client with too many open requests and sockets.
const TOO_MANY: &str = "Too many connections come from your address.";

/// Decides who is counted on which socket. Clones share the counts.
#[derive(Debug, Clone)]
pub(super) struct Counting {
    peers: Peers,
    proxies: TrustedProxies,
}

impl Counting {
    /// Counts with `peers`, and believes these proxies.
    pub(super) const fn new(peers: Peers, proxies: TrustedProxies) -> Self {
        Self { peers, proxies }
    }

    /// The table of counts.
    pub(super) const fn peers(&self) -> &Peers {
        &self.peers
    }

    /// Whether a socket from this address is a proxy's, so that its requests are counted one by
    /// one.
    pub(super) fn is_proxy(&self, address: IpAddr) -> bool {
        self.proxies.trusts(address)
    }

    /// The routes for a proxy's socket.
    pub(super) fn by_request(&self, app: Router) -> Router {
        app.layer(middleware::from_fn_with_state(self.clone(), count_request))
    }
}

/// Counts a request, and answers it if its client may have one more.
async fn count_request(
    State(counting): State<Counting>,
    mut request: Request,
    next: Next,
) -> Response {
    let permit = match requester(request.headers(), &counting.proxies) {
        Ok(Requester::Proxy) => counting.peers.exempt(),
        Ok(Requester::Client(address)) => match counting.peers.admit_client(address) {
            Some(permit) => permit,
            None => return (StatusCode::TOO_MANY_REQUESTS, TOO_MANY).into_response(),
        },
        Err(fault) => {
            tracing::debug!(%fault, "a proxy's request was refused");
            return (StatusCode::BAD_REQUEST, fault.to_string()).into_response();
        }
    };
    request.extensions_mut().insert(permit);
    next.run(request).await
}
