//! A web server with switchable faults, by path or by User-Agent: what real servers do to media. It
//! depends on no other support module, so that the crate's own tests and the benches can include
//! this folder too.
//!
//! Faults are switched on and off while connections are open, and hold at once: a body that
//! stalls goes on when its fault is taken away, a server that is away closes what was open.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};

mod connection;
mod fault;
mod live;
mod reply;
mod rules;

pub(crate) use fault::{Fault, Requests};
use rules::Rules;
pub(crate) use rules::Seen;

/// A running server; it ends with the value.
pub(crate) struct FaultServer {
    address: SocketAddr,
    rules: Arc<Rules>,
    runtime: Option<Runtime>,
}

impl FaultServer {
    /// Serves a folder on the loopback, with ranges and without faults.
    pub(crate) fn serving(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback has a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime can be built");
        let rules = Arc::new(Rules::new(folder));
        runtime.spawn(connection::accept(listener, Arc::clone(&rules)));
        Self {
            address,
            rules,
            runtime: Some(runtime),
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The link to a file of the folder, or to a path that only a fault answers.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// Switches a fault on for these requests. Faults of several kinds add up; where two answer
    /// in place of the file, the one that was switched on last does.
    pub(crate) fn switch_on(&self, requests: Requests, fault: Fault) {
        self.rules.add(requests, fault);
    }

    /// Switches every fault off that was switched on for exactly these requests.
    pub(crate) fn switch_off(&self, requests: &Requests) {
        self.rules.remove(requests);
    }

    /// Moves the window of every live list on by so many segments.
    pub(crate) fn grow(&self, segments: usize) {
        self.rules.grow(segments);
    }

    /// What was asked for so far, in order; a request that nobody answers counts too.
    pub(crate) fn seen(&self, requests: &Requests) -> Vec<Seen> {
        self.rules.seen(requests)
    }

    /// How often these were asked for so far.
    pub(crate) fn count(&self, requests: &Requests) -> usize {
        self.seen(requests).len()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        // A test may stand in a runtime of its own, where none may be waited for.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
