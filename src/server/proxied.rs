//! Requests through a named proxy: each is counted against the client that the proxy names, while
//! it is answered, and as a WebSocket for as long as that lives.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::asker::Asker;
use super::forwarded::{Requester, TrustedProxies, requester};
use super::peers::Peers;
use super::too_many;
use crate::protocol::denied::Refused;

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

    /// Why one more is not admitted just now.
    pub(super) fn refusal(&self) -> Refused {
        match self.peers.full() {
            Some(limit) => Refused::ServerBusy { limit },
            None => Refused::TooManyConnections {
                limit: self.peers.per_address(),
            },
        }
    }

    /// Whether a socket from this address is a proxy's, so that its requests are counted one by
    /// one.
    pub(super) fn is_proxy(&self, address: IpAddr) -> bool {
        self.proxies.trusts(address)
    }

    /// The address that a socket from this one counts against; `None` if it stands for many.
    pub(super) fn counted_as(&self, from: IpAddr) -> Option<IpAddr> {
        if self.is_proxy(from) {
            return None;
        }
        self.peers.counted_as(from)
    }

    /// Counts a request of a proxy's socket against the client that it names, for as long as the
    /// permit that it gets lives.
    ///
    /// # Errors
    /// The answer, if its client may have no more, or nobody can be told from its headers.
    pub(super) fn count_request(&self, request: &mut Request) -> Result<(), Box<Response>> {
        let permit = match requester(request.headers(), &self.proxies) {
            Ok(Requester::Proxy) => self.peers.exempt(),
            Ok(Requester::Client(address)) => {
                let by_proxy = true;
                request.extensions_mut().insert(Asker { address, by_proxy });
                let permit = self.peers.admit_client(address);
                permit.ok_or_else(|| too_many::response(&self.refusal()))?
            }
            Err(fault) => {
                tracing::debug!(%fault, "a proxy's request was refused");
                let refused = (StatusCode::BAD_REQUEST, fault.to_string());
                return Err(Box::new(refused.into_response()));
            }
        };
        request.extensions_mut().insert(permit);
        Ok(())
    }
}
