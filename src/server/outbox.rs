//! Frames that wait to be written to one socket, in two bounded lanes: reliable frames, bounded in
//! number and in bytes, and droppable ones, which the next of their kind supersedes.
//!
//! A room never waits for a reader: a push fails when the outbox is full, and the room decides
//! what follows.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::websocket::ServerFrame;

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
    Text(ServerFrame),
    /// The serialised state of the room, for this socket alone.
    State(ServerFrame),
}

/// Why a frame was not put into an outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PushError {
    /// Too many frames or bytes wait: the client reads too slowly.
    Full,
    /// The socket was closed, and its session has ended.
    Gone,
}

/// The writing end of an outbox. Clones put into the same one.
#[derive(Debug, Clone)]
pub(super) struct Outbox(Arc<SharedLanes>);

/// The reading end of an outbox, for the socket's writer. Once it is dropped, nothing can be put in.
#[derive(Debug)]
pub(super) struct OutboxReader(Arc<SharedLanes>);

/// What both ends share. The lock is held for a few instructions at a time; a channel of tokio's
/// would hold room for 32 frames also while it is empty, as most are.
#[derive(Debug, Default)]
struct SharedLanes(Mutex<Lanes>);

/// What waits. A lane that is empty has no memory.
#[derive(Debug, Default)]
struct Lanes {
    reliable: VecDeque<OutboxItem>,
    droppable: VecDeque<ServerFrame>,
    /// The bytes of all reliable frames.
    bytes: usize,
    /// Whether a state is among them.
    has_state: bool,
    /// Whether the reading end was dropped.
    is_gone: bool,
    /// The reader, while it waits for a frame.
    reader: Option<Waker>,
}

/// Both ends of a new outbox.
pub(super) fn outbox() -> (Outbox, OutboxReader) {
    let shared = Arc::<SharedLanes>::default();
    (Outbox(Arc::clone(&shared)), OutboxReader(shared))
}

impl OutboxItem {
    /// The frame to write.
    pub(super) fn into_frame(self) -> ServerFrame {
        match self {
            Self::Text(frame) | Self::State(frame) => frame,
        }
    }

    /// Its bytes.
    fn bytes(&self) -> usize {
        match self {
            Self::Text(frame) | Self::State(frame) => frame.len(),
        }
    }
}

impl SharedLanes {
    /// The lanes are valid after any panic: whatever fails while they are locked fails before they
    /// change.
    fn lock(&self) -> MutexGuard<'_, Lanes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the lanes, and wakes the reader if they took something.
    fn put<E>(&self, put: impl FnOnce(&mut Lanes) -> Result<(), E>) -> Result<(), E> {
        let mut lanes = self.lock();
        put(&mut lanes)?;
        let reader = lanes.reader.take();
        // It may read at once, and is not to find the lanes locked.
        drop(lanes);
        if let Some(reader) = reader {
            reader.wake();
        }
        Ok(())
    }
}

impl Lanes {
    /// Puts in a reliable frame, if there is a place for it.
    fn put(&mut self, item: OutboxItem) -> Result<(), PushError> {
        if self.is_gone {
            return Err(PushError::Gone);
        }
        let bytes = self.bytes.saturating_add(item.bytes());
        // A frame larger than the bound still fits into an empty outbox.
        let is_large = self.bytes > 0 && bytes > RELIABLE_BYTES;
        if is_large || self.reliable.len() >= RELIABLE_FRAMES {
            return Err(PushError::Full);
        }
        self.bytes = bytes;
        self.has_state |= matches!(item, OutboxItem::State(_));
        self.reliable.push_back(item);
        Ok(())
    }

    /// Takes the next reliable frame.
    fn take_reliable(&mut self) -> Option<OutboxItem> {
        let item = take_first(&mut self.reliable)?;
        self.bytes = self.bytes.saturating_sub(item.bytes());
        if matches!(item, OutboxItem::State(_)) {
            self.has_state = false;
        }
        Some(item)
    }
}

/// Takes the first of a lane, whose memory goes with its last.
fn take_first<T>(lane: &mut VecDeque<T>) -> Option<T> {
    let first = lane.pop_front()?;
    if lane.is_empty() {
        *lane = VecDeque::new();
    }
    Some(first)
}

impl Outbox {
    /// Puts in a reliable frame.
    ///
    /// # Errors
    /// [`PushError`]; the frame was not put in.
    pub(super) fn push(&self, text: ServerFrame) -> Result<(), PushError> {
        self.0.put(|lanes| lanes.put(OutboxItem::Text(text)))
    }

    /// Puts in the state, unless one waits already: the events behind that one lead to the same
    /// state.
    ///
    /// # Errors
    /// [`PushError`]; the frame was not put in.
    pub(super) fn push_state(&self, text: impl FnOnce() -> ServerFrame) -> Result<(), PushError> {
        // Only the room puts in states, so none can come in between.
        if self.0.lock().has_state {
            return Ok(());
        }
        let state = OutboxItem::State(text());
        self.0.put(|lanes| lanes.put(state))
    }

    /// Puts in a droppable frame; false if the lane is full or closed, and the frame is dropped.
    pub(super) fn push_droppable(&self, text: ServerFrame) -> bool {
        let put = self.0.put(|lanes| {
            if lanes.is_gone || lanes.droppable.len() >= DROPPABLE_FRAMES {
                return Err(());
            }
            lanes.droppable.push_back(text);
            Ok(())
        });
        put.is_ok()
    }
}

impl OutboxReader {
    /// Takes the next frame to write; has the task of `context` woken if none waits.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<OutboxItem> {
        let mut lanes = self.0.lock();
        if let Some(item) = lanes.take_reliable() {
            return Poll::Ready(item);
        }
        if let Some(frame) = take_first(&mut lanes.droppable) {
            return Poll::Ready(OutboxItem::Text(frame));
        }
        lanes.reader = Some(context.waker().clone());
        Poll::Pending
    }

    /// The next reliable frame, if one waits.
    pub(super) fn try_next(&mut self) -> Option<OutboxItem> {
        self.0.lock().take_reliable()
    }
}

impl Drop for OutboxReader {
    fn drop(&mut self) {
        let mut lanes = self.0.lock();
        // What nobody will read is not kept for as long as the room keeps its end.
        *lanes = Lanes {
            is_gone: true,
            ..Lanes::default()
        };
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::{
        DROPPABLE_FRAMES, OutboxItem, OutboxReader, PushError, RELIABLE_BYTES, RELIABLE_FRAMES,
        ServerFrame, outbox,
    };

    impl OutboxReader {
        /// The next frame to write.
        pub(in crate::server) async fn next(&mut self) -> OutboxItem {
            poll_fn(|context| self.poll_next(context)).await
        }
    }

    fn frame(text: &str) -> ServerFrame {
        ServerFrame::text(text)
    }

    fn text(item: OutboxItem) -> String {
        item.into_frame().as_text().to_owned()
    }

    #[tokio::test]
    async fn superseded_frames_are_dropped_first_and_then_there_is_no_place() {
        let (sender, mut waiting) = outbox();
        for number in 0..DROPPABLE_FRAMES + 3 {
            let passing = frame(&format!("passing {number}"));
            assert_eq!(sender.push_droppable(passing), number < DROPPABLE_FRAMES);
        }
        for number in 0..RELIABLE_FRAMES {
            let lasting = frame(&format!("lasting {number}"));
            assert_eq!(sender.push(lasting), Ok(()));
        }
        assert_eq!(sender.push(frame("more")), Err(PushError::Full));
        for number in 0..RELIABLE_FRAMES {
            assert_eq!(text(waiting.next().await), format!("lasting {number}"));
        }
        for number in 0..DROPPABLE_FRAMES {
            assert_eq!(text(waiting.next().await), format!("passing {number}"));
        }
        assert!(waiting.try_next().is_none());
    }

    #[test]
    fn large_frames_fill_an_outbox_before_their_number_does() {
        let (sender, mut waiting) = outbox();
        let large = frame(&"x".repeat(RELIABLE_BYTES / 4 + 1));
        for _ in 0..3 {
            assert_eq!(sender.push(large.clone()), Ok(()));
        }
        assert_eq!(sender.push(large.clone()), Err(PushError::Full));
        assert!(waiting.try_next().is_some());
        assert_eq!(sender.push(large.clone()), Ok(()));
        while waiting.try_next().is_some() {}
        // A frame larger than that is sent, if nothing else waits.
        let huge = frame(&"x".repeat(RELIABLE_BYTES + 1));
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
                frame(&format!("state {made}"))
            })
        };
        for _ in 0..RELIABLE_FRAMES * 2 {
            assert_eq!(ask(), Ok(()));
        }
        assert!(
            matches!(waiting.try_next(), Some(OutboxItem::State(text)) if text.as_text() == "state 1")
        );
        assert!(waiting.try_next().is_none());
        assert_eq!(ask(), Ok(()));
        assert!(
            matches!(waiting.try_next(), Some(OutboxItem::State(text)) if text.as_text() == "state 2")
        );
    }

    #[tokio::test]
    async fn a_lane_that_was_read_empty_holds_no_memory() {
        let (sender, mut waiting) = outbox();
        for _ in 0..RELIABLE_FRAMES {
            sender.push(frame("frame")).unwrap();
        }
        sender.push_droppable(frame("frame"));
        for _ in 0..=RELIABLE_FRAMES {
            waiting.next().await;
        }
        let lanes = sender.0.lock();
        assert_eq!(
            (lanes.reliable.capacity(), lanes.droppable.capacity()),
            (0, 0)
        );
    }

    #[tokio::test]
    async fn a_reader_is_woken_by_its_frame() {
        let (sender, mut waiting) = outbox();
        let reading = tokio::spawn(async move { waiting.next().await });
        tokio::task::yield_now().await;
        sender.push(frame("news")).unwrap();
        assert_eq!(text(reading.await.unwrap()), "news");
    }

    #[test]
    fn a_closed_socket_takes_nothing() {
        let (sender, waiting) = outbox();
        drop(waiting);
        assert_eq!(sender.push(frame("late")), Err(PushError::Gone));
    }
}
