//! The connection to a server: a WebSocket whose frames become [`Event`]s.
//!
//! A connection lives in a task of its own; the loop only puts messages into a bounded
//! outbox and takes events out, and is never held up by a network. When to connect, and
//! again after a break, is the app's decision; how, is `handshake`'s.

use std::future::pending;
use std::time::Duration;

use futures_util::{Sink, SinkExt, Stream, StreamExt};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tokio_tungstenite::tungstenite::{Bytes, Error, Message};

use crate::app::event::{Disconnect, Event};
use crate::app::network_fault::NetworkCause;
use crate::client::process_clock::ProcessClock;
use crate::traffic::Traffic;
use crate::trust::Trust;
use crate::wire::codec;
use crate::wire::message::ClientMsg;

pub use quiet::{QuietEnd, quiet};
pub use raw::open_socket;
pub use round_trip::round_trip;

use error_cause::{error_cause, lost};
use read::{EventQueue, QUEUE, QueuedEvent, read};

mod error_cause;
mod handshake;
mod quiet;
mod raw;
mod read;
mod round_trip;

/// How often the server is asked for a sign of life (judgement: keeps a proxy from closing
/// an idle connection, which the common ones do after a minute).
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// How long the server may take to answer our closing.
const CLOSE_PATIENCE: Duration = Duration::from_secs(2);
/// After a failed write: how long the reason that the server may have sent is looked for.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// The client's connection: none, one, or one that is being closed.
#[derive(Debug)]
pub(super) struct ServerSocket {
    /// What gives messages the time at which they were read.
    clock: ProcessClock,
    /// Which servers' certificates are accepted.
    trust: Trust,
    live: Option<LiveConnection>,
    /// Kept alive until what was sent has gone out.
    closing: Option<LiveConnection>,
    /// A loss that was noticed here and not by the connection's task.
    noticed: Option<Disconnect>,
}

/// One connection's task and the ways to and from it. Dropping it ends the task at once.
#[derive(Debug)]
struct LiveConnection {
    events: mpsc::Receiver<QueuedEvent>,
    outbox: mpsc::Sender<OutboundFrame>,
    task: JoinHandle<()>,
}

impl Drop for LiveConnection {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Debug)]
enum OutboundFrame {
    Text(String),
    Close,
}

impl ServerSocket {
    /// No connection yet.
    pub(super) const fn new(clock: ProcessClock, trust: Trust) -> Self {
        Self {
            clock,
            trust,
            live: None,
            closing: None,
            noticed: None,
        }
    }

    /// Begins to connect to `server`, dropping any other connection. [`Self::next`] then
    /// brings `Connected` and messages, or `Disconnected`, which is the last of it.
    pub(super) fn open(&mut self, server: &str) {
        let (outbox, outgoing) = mpsc::channel(QUEUE);
        let (queue, events) = EventQueue::new(self.clock);
        let connecting = Connecting {
            server: server.to_owned(),
            trust: self.trust.clone(),
        };
        let task = tokio::spawn(live(connecting, outgoing, queue));
        self.noticed = None;
        self.live = Some(LiveConnection {
            events,
            outbox,
            task,
        });
    }

    /// Sends a message, if there is a connection. A connection that does not take what is
    /// sent is given up.
    pub(super) fn send(&mut self, message: &ClientMsg) {
        let Some(live) = &self.live else {
            tracing::debug!("a message was dropped: there is no connection");
            return;
        };
        let text = match codec::encode(message) {
            Ok(text) => text,
            Err(cause) => {
                tracing::error!("a message could not be written: {cause}");
                return;
            }
        };
        let sent = live.outbox.try_send(OutboundFrame::Text(text));
        if let Err(mpsc::error::TrySendError::Full(_)) = sent {
            self.live = None;
            self.noticed = Some(lost(NetworkCause::TakesNothing));
        }
        // A closed outbox means that the task has ended; its last event says why.
    }

    /// Closes the connection after what was sent has gone out. No event follows.
    pub(super) fn close(&mut self) {
        self.noticed = None;
        if let Some(live) = self.live.take()
            && live.outbox.try_send(OutboundFrame::Close).is_ok()
        {
            self.closing = Some(live);
        }
    }

    /// What happens next on the connection; never, while there is none. Cancel safe.
    pub(super) async fn next(&mut self) -> Event {
        if let Some(disconnect) = self.noticed.take() {
            return Event::Disconnected(disconnect);
        }
        let Some(live) = &mut self.live else {
            return pending().await;
        };
        let event = live.events.recv().await.map(|queued| queued.event);
        let event = event.unwrap_or_else(|| Event::Disconnected(lost(NetworkCause::Ended)));
        if matches!(event, Event::Disconnected(_)) {
            self.live = None;
        }
        event
    }

    /// Ends for good, when what was sent has gone out or cannot go out in time.
    pub(super) async fn finish(mut self) {
        self.close();
        if let Some(mut closing) = self.closing.take() {
            // What still comes is dropped; a full queue must not hold the task up.
            let drained = async { while closing.events.recv().await.is_some() {} };
            if timeout(CLOSE_PATIENCE, drained).await.is_err() {
                tracing::debug!("the server did not answer the closing in time");
            }
        }
    }
}

/// A connection that is to be made.
struct Connecting {
    server: String,
    trust: Trust,
}

/// The life of one connection.
async fn live(to: Connecting, outgoing: mpsc::Receiver<OutboundFrame>, queue: EventQueue) {
    let traffic = Traffic::default();
    tracing::info!(server = %to.server, "connecting");
    let end = match handshake::connect(&to.server, &to.trust, &traffic).await {
        Ok(socket) => {
            let (sink, stream) = socket.split();
            if queue.send(Event::Connected).await.is_err() {
                return;
            }
            converse(sink, stream, outgoing, &traffic, &queue).await
        }
        Err(end) => end,
    };
    tracing::info!(?end, "the connection ended");
    if queue.send(Event::Disconnected(end)).await.is_err() {
        tracing::debug!("the connection was dropped before its end");
    }
}

/// Reads and writes, neither waiting for the other, until the connection ends.
async fn converse(
    sink: impl Sink<Message, Error = Error> + Unpin,
    stream: impl Stream<Item = Result<Message, Error>> + Unpin,
    outgoing: mpsc::Receiver<OutboundFrame>,
    traffic: &Traffic,
    queue: &EventQueue,
) -> Disconnect {
    let reading = read(stream, traffic, queue);
    tokio::pin!(reading);
    tokio::select! {
        end = &mut reading => end,
        written = write(sink, outgoing) => {
            let (patience, end) = match written {
                Ok(()) => (CLOSE_PATIENCE, Disconnect::Closed(None)),
                Err(cause) => (LAST_WORDS, lost(error_cause(&cause))),
            };
            timeout(patience, reading).await.unwrap_or(end)
        }
    }
}

/// Writes until it is asked to close, which returns `Ok`, or until it fails.
async fn write(
    mut sink: impl Sink<Message, Error = Error> + Unpin,
    mut outgoing: mpsc::Receiver<OutboundFrame>,
) -> Result<(), Error> {
    let mut keep_alive = interval_at(Instant::now() + KEEP_ALIVE, KEEP_ALIVE);
    keep_alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let message = tokio::select! {
            outgoing = outgoing.recv() => match outgoing {
                Some(OutboundFrame::Text(text)) => Message::text(text),
                Some(OutboundFrame::Close) | None => {
                    sink.send(Message::Close(None)).await?;
                    return Ok(());
                }
            },
            _ = keep_alive.tick() => Message::Ping(Bytes::new()),
        };
        sink.send(message).await?;
    }
}

#[cfg(test)]
mod tests;
