//! The reading half of a connection: frames become [`Event`]s, each message with the time at
//! which it was read. What waits for the app is bounded in number and in bytes, and a server that
//! floods is read slowly.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::error_cause::{error_cause, lost};
use crate::app::event::{CloseReason, Disconnect, Event};
use crate::app::network_fault::NetworkCause;
use crate::client::process_clock::ProcessClock;
use crate::protocol::text::clean;
use crate::protocol::time::LocalTime;
use crate::traffic::{Liveness, Patience, Traffic};
use crate::wire::codec::{self, MAX_SERVER_FRAME};
use crate::wire::message::{Reason, ServerMsg};

/// A connection that brought no byte for 25 s, not even the answer to a keep-alive, is taken
/// for dead: two keep-alives and some slack. A frame that is not whole after two minutes is not
/// waited for either: the state of a full room, 256 KiB, takes that long at 20 kbit/s
/// (judgement: no media can be watched over less).
const FRAME: Patience = Patience {
    silence: Duration::from_secs(25),
    whole: Duration::from_mins(2),
};

/// Messages under way in either direction: a second or two of a lively room.
pub(super) const QUEUE: usize = 256;

/// How often the app is informed that bytes of a message arrive: well below the silence after which
/// it gives up on a connection (10 s).
const RECEIVING_EVERY: Duration = Duration::from_secs(1);

/// How many bytes a second are read in the long run (judgement: some ten times the traffic of a
/// lively room of a thousand, and little work for one core).
const READ_RATE: f64 = 1024.0 * 1024.0;

/// The least that a frame counts, in bytes, since a small one is some work, too. So at most a
/// thousand frames a second are read.
const LEAST_COUNTED: usize = 1024;

/// How far ahead of that rate a server may be: two of the largest frames.
const AHEAD: Duration = Duration::from_secs(16);

/// An event that waits for the app.
#[derive(Debug)]
pub(super) struct QueuedEvent {
    pub(super) event: Event,
    /// Frees the bytes of the event's frame for others.
    _permit: Option<OwnedSemaphorePermit>,
}

/// The receiver of a connection's events is gone.
#[derive(Debug)]
pub(super) struct ReceiverGone;

/// The queue of a connection's events.
#[derive(Debug)]
pub(super) struct EventQueue {
    events: mpsc::Sender<QueuedEvent>,
    /// A permit for each byte of a frame that may wait: as many as the largest frame has.
    free_bytes: Arc<Semaphore>,
    clock: ProcessClock,
}

impl EventQueue {
    /// A queue whose messages get their time from this clock, and its receiver.
    pub(super) fn new(clock: ProcessClock) -> (Self, mpsc::Receiver<QueuedEvent>) {
        let (events, waiting) = mpsc::channel(QUEUE);
        let queue = Self {
            events,
            free_bytes: Arc::new(Semaphore::new(MAX_SERVER_FRAME)),
            clock,
        };
        (queue, waiting)
    }

    /// Adds an event, once there is a place for it.
    ///
    /// # Errors
    /// If the receiver was dropped: the client closed this connection.
    pub(super) async fn send(&self, event: Event) -> Result<(), ReceiverGone> {
        let queued = QueuedEvent {
            event,
            _permit: None,
        };
        self.events.send(queued).await.map_err(|_| ReceiverGone)
    }

    /// Adds a message, which was read at a time and whose frame had so many bytes.
    async fn send_message(
        &self,
        message: ServerMsg,
        at: LocalTime,
        bytes: usize,
    ) -> Result<(), ReceiverGone> {
        let bytes = u32::try_from(bytes.min(MAX_SERVER_FRAME)).unwrap_or(u32::MAX);
        let free = Arc::clone(&self.free_bytes);
        let message = Box::new(message);
        let queued = QueuedEvent {
            event: Event::Message { message, at },
            // The semaphore is never closed.
            _permit: free.acquire_many_owned(bytes).await.ok(),
        };
        self.events.send(queued).await.map_err(|_| ReceiverGone)
    }

    /// Informs the app that bytes arrive. A full queue already shows that.
    fn receiving(&self) {
        let queued = QueuedEvent {
            event: Event::Receiving,
            _permit: None,
        };
        if self.events.try_send(queued).is_err() {
            tracing::trace!("the queue is full");
        }
    }
}

/// Reads until the connection ends, and says how it did.
pub(super) async fn read(
    mut stream: impl Stream<Item = Result<Message, Error>> + Unpin,
    traffic: &Traffic,
    queue: &EventQueue,
) -> Disconnect {
    let mut rate = RateLimit::begin(Instant::now());
    let mut understood = false;
    let mut not_understood = 0_u64;
    loop {
        let text = match next_frame(&mut stream, traffic, queue).await {
            Ok(Message::Text(text)) => text,
            Ok(Message::Close(frame)) => {
                let reason = frame.map(|frame| frame.reason);
                return Disconnect::Closed(reason.and_then(|text| closing(&text)));
            }
            Ok(other) => {
                rate.count(other.len()).await;
                continue;
            }
            Err(end) => return end,
        };
        let at = queue.clock.local();
        match codec::decode::<ServerMsg>(&text) {
            Ok(message) => {
                understood = true;
                if queue.send_message(message, at, text.len()).await.is_err() {
                    return Disconnect::Closed(None);
                }
            }
            Err(_) if !understood => {
                return Disconnect::NotAServer {
                    error: NetworkCause::FirstMessage.into(),
                };
            }
            Err(cause) => {
                not_understood += 1;
                // The text stays out of the log: it may hold a token. Logged rarely: a newer
                // server may use a word that we lack all the time, and a hostile one anything.
                if not_understood.is_power_of_two() {
                    let kind = cause.classify();
                    tracing::warn!(?kind, not_understood, "frames are not understood");
                }
            }
        }
        rate.count(text.len()).await;
    }
}

/// Reads the next whole frame. Meanwhile the app is informed that bytes of it arrive.
async fn next_frame(
    stream: &mut (impl Stream<Item = Result<Message, Error>> + Unpin),
    traffic: &Traffic,
    queue: &EventQueue,
) -> Result<Message, Disconnect> {
    let mut received = traffic.received();
    let mut liveness = Liveness::begin(FRAME, received, Instant::now());
    loop {
        match timeout(RECEIVING_EVERY, stream.next()).await {
            Ok(Some(Ok(message))) => return Ok(message),
            Ok(Some(Err(cause))) => return Err(lost(error_cause(&cause))),
            Ok(None) => return Err(lost(NetworkCause::Ended)),
            Err(_) => {}
        }
        let now = Instant::now();
        if traffic.received() != received {
            received = traffic.received();
            queue.receiving();
        }
        if now >= liveness.look_at() && !liveness.goes_on(received, now) {
            return Err(Disconnect::Silent);
        }
    }
}

/// Limits how fast a server is read. A faster one fills the buffers between us and is slowed
/// down by TCP.
#[derive(Debug)]
struct RateLimit {
    /// When what was read so far would have come at [`READ_RATE`].
    due: Instant,
}

impl RateLimit {
    fn begin(now: Instant) -> Self {
        Self { due: now }
    }

    /// Counts a frame, and waits until the next one may be read.
    async fn count(&mut self, bytes: usize) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a frame has at most some millions of bytes"
        )]
        let seconds = bytes.max(LEAST_COUNTED) as f64 / READ_RATE;
        self.due = self.due.max(Instant::now()) + Duration::from_secs_f64(seconds);
        if let Some(wait_until) = self.due.checked_sub(AHEAD) {
            sleep_until(wait_until).await;
        }
    }
}

/// The reason in a close frame.
fn closing(text: &str) -> Option<CloseReason> {
    if let Some(refused) = codec::parse_close(text) {
        return Some(CloseReason::Known(refused));
    }
    let text = clean(text, 200);
    (!text.is_empty()).then(|| {
        CloseReason::Unknown(Reason {
            code: "closed".to_owned(),
            args: serde_json::Value::Null,
            text,
        })
    })
}

#[cfg(test)]
mod tests;
