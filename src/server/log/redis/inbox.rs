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

/// When the rooms have to be compared because something found no place in the inbox: once for all
/// that waited when that was noticed, however much finds no place until those are taken.
#[derive(Debug, Default)]
pub(super) struct MissedMessages {
    /// How many messages are still to be taken before the rooms are compared; `None` while nothing
    /// was missed.
    left: Option<usize>,
}

impl MissedMessages {
    /// Whether to compare the rooms now. To be asked before each message that was taken, with how many
    /// wait behind it.
    pub(super) fn are_due(&mut self, overflowed: &watch::Sender<bool>, waiting: usize) -> bool {
        let left = match self.left {
            None if !*overflowed.borrow() => return false,
            None => waiting,
            Some(left) => left.saturating_sub(1),
        };
        self.left = (left > 0).then_some(left);
        if self.left.is_none() {
            // What is missed from now on is not in this comparison.
            overflowed.send_replace(false);
        }
        self.left.is_none()
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::{mpsc, watch};

    use super::MissedMessages;

    #[test]
    fn an_inbox_that_stays_full_has_the_rooms_compared_once_for_all_that_waits() {
        const PLACES: usize = 8;
        let (sender, mut inbox) = mpsc::channel(PLACES);
        let overflowed = watch::Sender::new(false);
        let push = |message| {
            if sender.try_send(message).is_err() {
                overflowed.send_replace(true);
            }
        };
        let mut missed = MissedMessages::default();
        let (mut compared, mut taken) = (0, 0);
        (0..=PLACES).for_each(&push);
        // For each message that is taken two come.
        while taken < 10 * PLACES {
            inbox.try_recv().unwrap();
            taken += 1;
            compared += usize::from(missed.are_due(&overflowed, inbox.len()));
            push(0);
            push(0);
        }
        assert!((9..=10).contains(&compared), "{compared} times");
        // The last of it is not forgotten once it is over.
        let before = compared;
        while inbox.try_recv().is_ok() {
            compared += usize::from(missed.are_due(&overflowed, inbox.len()));
        }
        assert_eq!(compared, before + 1);
        assert!(!*overflowed.borrow());
    }
}
