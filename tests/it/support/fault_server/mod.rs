//! A web server whose faults can be switched on and off, by path or by User-Agent: what real
//! servers do to media. It depends on no other support module, so that the crate's own tests and
//! the benches can include this folder too.
//!
//! Faults can be switched while connections are open, and apply at once: a body that stalls goes on
//! when its fault is switched off, and a server that goes away closes its connections.

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

/// A running server, which ends when this is dropped.
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

    /// The address at which it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The link to a file of the folder, or to a path that only a fault answers.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// Switches a fault on for these requests. Faults of several kinds combine; of two that replace
    /// the file's response, the one switched on last counts.
    pub(crate) fn switch_on(&self, requests: Requests, fault: Fault) {
        self.rules.add(requests, fault);
    }

    /// Switches every fault off that was switched on for exactly these requests.
    pub(crate) fn switch_off(&self, requests: &Requests) {
        self.rules.remove(requests);
    }

    /// Moves the window of every live list by so many segments.
    pub(crate) fn grow(&self, segments: usize) {
        self.rules.grow(segments);
    }

    /// These requests so far, in order, those without an answer included.
    pub(crate) fn seen(&self, requests: &Requests) -> Vec<Seen> {
        self.rules.seen(requests)
    }

    /// The number of these requests so far.
    pub(crate) fn count(&self, requests: &Requests) -> usize {
        self.seen(requests).len()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        // A test may run in an async runtime, where dropping another one must not block.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
