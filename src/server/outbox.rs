//! What waits to be written to one socket, bounded in both its halves: what must arrive, and
//! what may be dropped because the next of its kind says it anew.
//!
//! A room never waits for a reader: it pushes or it is told that there is no place, and what
//! follows from that is the room's decision.

use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use crate::protocol::time::{LocalTime, RoomTime};

/// How many frames that must arrive may wait. A lively room of a hundred sends some ten a
/// second, so this is what a reader may be behind: about half a minute (judgement).
const LASTING: usize = 256;

/// How many superseded frames may wait: health digests and reactions of about half a second.
const PASSING: usize = 4;

/// Something to write.
#[derive(Debug)]
pub(super) enum Outgoing {
    /// A message, serialised; shared with all who get the same.
    Text(Utf8Bytes),
    /// The answer to a clock exchange, whose last time is taken when it is written.
    Pong {
        /// The client's time of sending.
        t0: LocalTime,
        /// Room time of its arrival.
        t1: RoomTime,
    },
}

/// Why something could not be put into an outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoPlace {
    /// The reader is too far behind.
    Full,
    /// The socket is gone.
    Gone,
}

/// The end of an outbox that is written to.
#[derive(Debug, Clone)]
pub(super) struct Outbox {
    lasting: mpsc::Sender<Outgoing>,
    passing: mpsc::Sender<Utf8Bytes>,
}

/// The end of an outbox that the socket's writer takes from.
#[derive(Debug)]
pub(super) struct Waiting {
    lasting: mpsc::Receiver<Outgoing>,
    passing: mpsc::Receiver<Utf8Bytes>,
}

/// A new, empty outbox.
pub(super) fn outbox() -> (Outbox, Waiting) {
    let (lasting, lasting_waiting) = mpsc::channel(LASTING);
    let (passing, passing_waiting) = mpsc::channel(PASSING);
    let waiting = Waiting {
        lasting: lasting_waiting,
        passing: passing_waiting,
    };
    (Outbox { lasting, passing }, waiting)
}

impl Outbox {
    /// Puts in what must arrive.
    ///
    /// # Errors
    /// [`NoPlace`]; nothing was put in.
    pub(super) fn push(&self, text: Utf8Bytes) -> Result<(), NoPlace> {
        self.lasting
            .try_send(Outgoing::Text(text))
            .map_err(|error| match error {
                TrySendError::Full(_) => NoPlace::Full,
                TrySendError::Closed(_) => NoPlace::Gone,
            })
    }

    /// Puts in what the next of its kind says anew; dropped if there is no place.
    pub(super) fn pass(&self, text: Utf8Bytes) {
        if self.passing.try_send(text).is_err() {
            tracing::trace!("a superseded frame was dropped");
        }
    }

    /// Puts in the session's own answer once there is a place: who asks faster than it reads
    /// is not listened to meanwhile.
    ///
    /// # Errors
    /// [`NoPlace::Gone`] if the socket is gone.
    pub(super) async fn send(&self, outgoing: Outgoing) -> Result<(), NoPlace> {
        self.lasting.send(outgoing).await.map_err(|_| NoPlace::Gone)
    }
}

impl Waiting {
    /// What to write next; `None` once nobody can put anything in.
    pub(super) async fn next(&mut self) -> Option<Outgoing> {
        tokio::select! {
            biased;
            lasting = self.lasting.recv() => lasting,
            Some(passing) = self.passing.recv() => Some(Outgoing::Text(passing)),
        }
    }

    /// What must arrive and waits already.
    pub(super) fn left(&mut self) -> Option<Outgoing> {
        self.lasting.try_recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use axum::extract::ws::Utf8Bytes;

    use super::{LASTING, NoPlace, Outgoing, PASSING, outbox};

    fn text(outgoing: Option<Outgoing>) -> Option<String> {
        match outgoing {
            Some(Outgoing::Text(text)) => Some(text.as_str().to_owned()),
            _ => None,
        }
    }

    #[tokio::test]
    async fn superseded_frames_are_dropped_first_and_then_there_is_no_place() {
        let (sender, mut waiting) = outbox();
        for number in 0..PASSING + 3 {
            sender.pass(Utf8Bytes::from(format!("passing {number}")));
        }
        for number in 0..LASTING {
            let frame = Utf8Bytes::from(format!("lasting {number}"));
            assert_eq!(sender.push(frame), Ok(()));
        }
        assert_eq!(
            sender.push(Utf8Bytes::from_static("more")),
            Err(NoPlace::Full)
        );
        for number in 0..LASTING {
            assert_eq!(
                text(waiting.next().await),
                Some(format!("lasting {number}"))
            );
        }
        for number in 0..PASSING {
            assert_eq!(
                text(waiting.next().await),
                Some(format!("passing {number}"))
            );
        }
        assert!(waiting.left().is_none());
    }

    #[test]
    fn a_closed_socket_takes_nothing() {
        let (sender, waiting) = outbox();
        drop(waiting);
        assert_eq!(
            sender.push(Utf8Bytes::from_static("late")),
            Err(NoPlace::Gone)
        );
    }
}
