//! Frames that wait to be written to one socket, in two bounded lanes: reliable frames, bounded in
//! number and in bytes, and droppable ones, which the next of their kind supersedes.
//!
//! A room never waits for a reader: a push fails when the outbox is full, and the room decides
//! what follows.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use crate::protocol::time::{LocalTime, RoomTime};

/// How many reliable frames may wait: about half a minute of a lively room of a hundred, which
/// sends some ten a second (judgement).
const RELIABLE_FRAMES: usize = 256;

/// How many droppable frames may wait: health digests and reactions of about half a second
/// (judgement: older ones are worth nothing).
const DROPPABLE_FRAMES: usize = 4;

/// How many bytes of reliable frames may wait: several times the state of a room with 200 long
/// lines of chat, so that only a client that reads nothing comes near (judgement).
const RELIABLE_BYTES: usize = 2 * 1024 * 1024;

/// A frame to write.
#[derive(Debug)]
pub(super) enum OutboxItem {
    /// A serialised message, shared by all sockets that get it.
    Text(Utf8Bytes),
    /// The serialised state of the room, for this socket alone.
    State(Utf8Bytes),
    /// The answer to a clock exchange; its last time is taken when it is written.
    Pong {
        /// The client's clock when it sent the ping.
        t0: LocalTime,
        /// Room time when the ping arrived.
        t1: RoomTime,
    },
}

/// Why a frame was not put into an outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PushError {
    /// Too many frames or bytes wait: the client reads too slowly.
    Full,
    /// The socket was closed, and its session has ended.
    Gone,
}

/// The writing end of an outbox.
#[derive(Debug, Clone)]
pub(super) struct Outbox {
    reliable: mpsc::Sender<OutboxItem>,
    droppable: mpsc::Sender<Utf8Bytes>,
    load: Arc<OutboxSize>,
}

/// The size of what waits, shared by both ends.
#[derive(Debug, Default)]
struct OutboxSize {
    /// The bytes of all reliable frames.
    bytes: AtomicUsize,
    /// Whether a state is among them.
    state: AtomicBool,
}

/// The reading end of an outbox, for the socket's writer.
#[derive(Debug)]
pub(super) struct OutboxReader {
    reliable: mpsc::Receiver<OutboxItem>,
    droppable: mpsc::Receiver<Utf8Bytes>,
    load: Arc<OutboxSize>,
}

/// Both ends of a new outbox.
pub(super) fn outbox() -> (Outbox, OutboxReader) {
    let (reliable, reliable_items) = mpsc::channel(RELIABLE_FRAMES);
    let (droppable, droppable_items) = mpsc::channel(DROPPABLE_FRAMES);
    let load = Arc::<OutboxSize>::default();
    let waiting = OutboxReader {
        reliable: reliable_items,
        droppable: droppable_items,
        load: Arc::clone(&load),
    };
    let outbox = Outbox {
        reliable,
        droppable,
        load,
    };
    (outbox, waiting)
}

impl OutboxItem {
    /// The bytes of its text; 0 for a pong.
    fn bytes(&self) -> usize {
        match self {
            Self::Text(text) | Self::State(text) => text.as_str().len(),
            Self::Pong { .. } => 0,
        }
    }
}

impl Outbox {
    /// Puts in a reliable frame.
    ///
    /// # Errors
    /// [`PushError`]; the frame was not put in.
    pub(super) fn push(&self, text: Utf8Bytes) -> Result<(), PushError> {
        self.put(OutboxItem::Text(text))
    }

    /// Puts in the state, unless one waits already: the events behind that one lead to the same
    /// state.
    ///
    /// # Errors
    /// [`PushError`]; the frame was not put in.
    pub(super) fn push_state(&self, text: impl FnOnce() -> Utf8Bytes) -> Result<(), PushError> {
        if self.load.state.swap(true, Ordering::SeqCst) {
            return Ok(());
        }
        self.put(OutboxItem::State(text()))
            .inspect_err(|_| self.load.state.store(false, Ordering::SeqCst))
    }

    /// Puts in a reliable frame. The size is counted first, since the other end may take the frame
    /// at once.
    fn put(&self, outgoing: OutboxItem) -> Result<(), PushError> {
        let bytes = outgoing.bytes();
        let before = self.load.bytes.fetch_add(bytes, Ordering::SeqCst);
        // A frame larger than the bound still fits into an empty outbox.
        let put = if before > 0 && before.saturating_add(bytes) > RELIABLE_BYTES {
            Err(PushError::Full)
        } else {
            self.reliable
                .try_send(outgoing)
                .map_err(|error| match error {
                    TrySendError::Full(_) => PushError::Full,
                    TrySendError::Closed(_) => PushError::Gone,
                })
        };
        put.inspect_err(|_| {
            self.load.bytes.fetch_sub(bytes, Ordering::SeqCst);
        })
    }

    /// Puts in a droppable frame; false if the lane is full or closed, and the frame is dropped.
    pub(super) fn push_droppable(&self, text: Utf8Bytes) -> bool {
        self.droppable.try_send(text).is_ok()
    }

    /// Puts in the session's own answer, waiting while the outbox is full: a client that asks
    /// faster than it reads is not read from meanwhile.
    ///
    /// # Errors
    /// [`PushError::Gone`] if the socket is gone.
    pub(super) async fn send(&self, outgoing: OutboxItem) -> Result<(), PushError> {
        let place = self.reliable.reserve().await.map_err(|_| PushError::Gone)?;
        let bytes = outgoing.bytes();
        self.load.bytes.fetch_add(bytes, Ordering::SeqCst);
        place.send(outgoing);
        Ok(())
    }
}

impl OutboxReader {
    /// The next frame to write; `None` once all writing ends are dropped.
    pub(super) async fn next(&mut self) -> Option<OutboxItem> {
        tokio::select! {
            biased;
            reliable = self.reliable.recv() => reliable.map(|outgoing| self.subtract(outgoing)),
            Some(droppable) = self.droppable.recv() => Some(OutboxItem::Text(droppable)),
        }
    }

    /// The next reliable frame, if one waits.
    pub(super) fn try_next(&mut self) -> Option<OutboxItem> {
        let outgoing = self.reliable.try_recv().ok()?;
        Some(self.subtract(outgoing))
    }

    /// Subtracts a frame that was taken from the size.
    fn subtract(&self, outgoing: OutboxItem) -> OutboxItem {
        self.load
            .bytes
            .fetch_sub(outgoing.bytes(), Ordering::SeqCst);
        if matches!(outgoing, OutboxItem::State(_)) {
            self.load.state.store(false, Ordering::SeqCst);
        }
        outgoing
    }
}

#[cfg(test)]
mod tests {
    use axum::extract::ws::Utf8Bytes;

    use super::{DROPPABLE_FRAMES, OutboxItem, PushError, RELIABLE_BYTES, RELIABLE_FRAMES, outbox};

    fn text(outgoing: Option<OutboxItem>) -> Option<String> {
        match outgoing {
            Some(OutboxItem::Text(text)) => Some(text.as_str().to_owned()),
            _ => None,
        }
    }

    #[tokio::test]
    async fn superseded_frames_are_dropped_first_and_then_there_is_no_place() {
        let (sender, mut waiting) = outbox();
        for number in 0..DROPPABLE_FRAMES + 3 {
            let frame = Utf8Bytes::from(format!("passing {number}"));
            assert_eq!(sender.push_droppable(frame), number < DROPPABLE_FRAMES);
        }
        for number in 0..RELIABLE_FRAMES {
            let frame = Utf8Bytes::from(format!("lasting {number}"));
            assert_eq!(sender.push(frame), Ok(()));
        }
        assert_eq!(
            sender.push(Utf8Bytes::from_static("more")),
            Err(PushError::Full)
        );
        for number in 0..RELIABLE_FRAMES {
            assert_eq!(
                text(waiting.next().await),
                Some(format!("lasting {number}"))
            );
        }
        for number in 0..DROPPABLE_FRAMES {
            assert_eq!(
                text(waiting.next().await),
                Some(format!("passing {number}"))
            );
        }
        assert!(waiting.try_next().is_none());
    }

    #[test]
    fn large_frames_fill_an_outbox_before_their_number_does() {
        let (sender, mut waiting) = outbox();
        let large = Utf8Bytes::from("x".repeat(RELIABLE_BYTES / 4 + 1));
        for _ in 0..3 {
            assert_eq!(sender.push(large.clone()), Ok(()));
        }
        assert_eq!(sender.push(large.clone()), Err(PushError::Full));
        assert!(waiting.try_next().is_some());
        assert_eq!(sender.push(large.clone()), Ok(()));
        while waiting.try_next().is_some() {}
        // A frame larger than that is sent, if nothing else waits.
        let huge = Utf8Bytes::from("x".repeat(RELIABLE_BYTES + 1));
        assert_eq!(sender.push(huge.clone()), Ok(()));
        assert_eq!(sender.push(large), Err(PushError::Full));
    }

    #[test]
    fn of_whole_states_one_waits_at_a_time() {
        let (sender, mut waiting) = outbox();
        let mut made = 0;
        let mut ask = || {
            sender.push_state(|| {
                made += 1;
                Utf8Bytes::from(format!("state {made}"))
            })
        };
        for _ in 0..RELIABLE_FRAMES * 2 {
            assert_eq!(ask(), Ok(()));
        }
        assert!(matches!(waiting.try_next(), Some(OutboxItem::State(text)) if text == "state 1"));
        assert!(waiting.try_next().is_none());
        assert_eq!(ask(), Ok(()));
        assert!(matches!(waiting.try_next(), Some(OutboxItem::State(text)) if text == "state 2"));
    }

    #[test]
    fn a_closed_socket_takes_nothing() {
        let (sender, waiting) = outbox();
        drop(waiting);
        assert_eq!(
            sender.push(Utf8Bytes::from_static("late")),
            Err(PushError::Gone)
        );
    }
}
