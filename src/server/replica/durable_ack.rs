//! The log's promise that an append will be durable, in a form that several tasks can await.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};

use tokio::time::Instant;

use crate::server::log::Durable;
use crate::server::metrics::Metrics;

/// Resolves to `true` once an append is durable, or to `false` if the log was closed before that.
/// Clones resolve alike.
#[derive(Clone)]
pub(in crate::server) struct DurableAck(Shared<BoxFuture<'static, bool>>);

impl DurableAck {
    /// Resolves to `true` at once, for a decision that appended nothing.
    pub(in crate::server) fn already() -> Self {
        Self(std::future::ready(true).boxed().shared())
    }
}

impl DurableAck {
    /// Of an append that began then; how long it took is counted, if anybody waits for it.
    pub(in crate::server) fn of(durable: Durable, begun: Instant, metrics: &Metrics) -> Self {
        let metrics = metrics.clone();
        let durable_ack = async move {
            match durable.wait().await {
                Ok(()) => {
                    metrics.appended(begun.elapsed());
                    true
                }
                Err(error) => {
                    tracing::warn!(%error, "what was agreed is not on record");
                    false
                }
            }
        };
        Self(durable_ack.boxed().shared())
    }
}

impl Future for DurableAck {
    type Output = bool;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<bool> {
        self.0.poll_unpin(context)
    }
}

impl fmt::Debug for DurableAck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Settled(..)")
    }
}
