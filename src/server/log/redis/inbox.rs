//! Where a connection puts what Redis pushes on it.

use redis::{PushInfo, PushKind, Value};
use tokio::sync::{mpsc, watch};

use crate::server::metrics::store::{StoreIncident, StoreMetrics};

/// A message on one of the channels.
#[derive(Debug)]
pub(super) struct Published {
    pub(super) channel: Vec<u8>,
    pub(super) payload: Vec<u8>,
}

/// Where a connection puts what is published, and counts what is answered.
#[derive(Debug, Clone)]
pub(super) struct Inbox {
    pub(super) published: mpsc::Sender<Published>,
    /// Becomes true if something found no place.
    pub(super) overflowed: watch::Sender<bool>,
    /// Counts what is answered.
    pub(super) counts: StoreMetrics,
}

/// Takes what Redis pushes. Called by the task of the connection, which must not wait.
pub(super) fn receiver(
    inbox: Inbox,
    lost: watch::Sender<bool>,
) -> impl Fn(PushInfo) -> Result<(), redis::aio::SendError> + Send + Sync + 'static {
    move |push| {
        match push.kind {
            PushKind::Message => {
                let mut data = push.data.into_iter();
                if let (Some(Value::BulkString(channel)), Some(Value::BulkString(payload))) =
                    (data.next(), data.next())
                {
                    let published = Published { channel, payload };
                    if inbox.published.try_send(published).is_err() {
                        inbox.counts.count(StoreIncident::MessagesMissed);
                        inbox.overflowed.send_replace(true);
                    }
                }
            }
            PushKind::Disconnection => drop(lost.send_replace(true)),
            _ => {}
        }
        Ok(())
    }
}
