//! The connection to a server: a WebSocket whose frames become [`Event`]s.
//!
//! A connection lives in a task of its own; the loop only puts messages into a bounded
//! outbox and takes arrivals out, and is never held up by a network. When to connect, and
//! again after a break, is the app's decision.

use std::future::pending;
use std::io;
use std::time::Duration;

use futures_util::{Sink, SinkExt, Stream, StreamExt};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tokio_tungstenite::connect_async_with_config;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Bytes, Error, Message};

use crate::app::event::{Closing, Disconnect, Event};
use crate::protocol::invite::ServerUrl;
use crate::protocol::text::clean;
use crate::wire::codec::{self, MAX_SERVER_FRAME};
use crate::wire::message::{ClientMsg, Reason, ServerMsg};

/// How long name lookup, connection and handshake may take together.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How often the server is asked for a sign of life (judgement: keeps a proxy from closing
/// an idle connection, which the common ones do after a minute).
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// A connection that brought nothing for so long, not even the answer to a keep-alive, is
/// taken for dead: two keep-alives and some slack.
const SILENCE: Duration = Duration::from_secs(25);
/// How long the server may take to answer our closing.
const CLOSE_PATIENCE: Duration = Duration::from_secs(2);
/// After a failed write: how long the reason that the server may have sent is looked for.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// What is said of a connection that is gone without a word.
const ENDED: &str = "the connection ended";
/// Messages under way in either direction: a second or two of a lively room.
const QUEUE: usize = 256;
/// Buffers for frames that are mostly below a kilobyte; larger ones grow them for a while.
const READ_BUFFER: usize = 16 * 1024;
/// What may wait in the socket's own buffer: a few of the largest frames that we send.
const MAX_WRITE_BUFFER: usize = 256 * 1024;

/// The client's connection: none, one, or one that is on its way out.
#[derive(Debug, Default)]
pub(super) struct Connection {
    live: Option<Live>,
    /// Kept alive until what was sent has gone out.
    closing: Option<Live>,
    /// A loss that was noticed here and not by the connection's task.
    noticed: Option<Disconnect>,
}

/// One connection's task and the ways to and from it. Dropping it ends the task at once.
#[derive(Debug)]
struct Live {
    arrivals: mpsc::Receiver<Event>,
    outbox: mpsc::Sender<Outgoing>,
    task: JoinHandle<()>,
}

impl Drop for Live {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Debug)]
enum Outgoing {
    Text(String),
    Close,
}

impl Connection {
    /// Begins to connect to `server`, dropping any other connection. [`Self::next`] then
    /// brings `Connected` and messages, or `Disconnected`, which is the last of it.
    pub(super) fn open(&mut self, server: &str) {
        let (outbox, outgoing) = mpsc::channel(QUEUE);
        let (arriving, arrivals) = mpsc::channel(QUEUE);
        let task = tokio::spawn(live(server.to_owned(), outgoing, arriving));
        self.noticed = None;
        self.live = Some(Live {
            arrivals,
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
        if let Err(mpsc::error::TrySendError::Full(_)) = live.outbox.try_send(Outgoing::Text(text))
        {
            self.live = None;
            self.noticed = Some(lost("the server does not take what is sent"));
        }
        // A closed outbox means that the task has ended; its last event says why.
    }

    /// Closes the connection after what was sent has gone out. No event follows.
    pub(super) fn close(&mut self) {
        self.noticed = None;
        if let Some(live) = self.live.take()
            && live.outbox.try_send(Outgoing::Close).is_ok()
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
        let event = live.arrivals.recv().await;
        let event = event.unwrap_or_else(|| Event::Disconnected(lost("it ended")));
        if matches!(event, Event::Disconnected(_)) {
            self.live = None;
        }
        event
    }

    /// Ends for good, when what was sent has gone out or cannot go out in time.
    pub(super) async fn finish(mut self) {
        self.close();
        if let Some(mut closing) = self.closing.take() {
            // What still arrives is dropped; a full queue must not hold the task up.
            let drained = async { while closing.arrivals.recv().await.is_some() {} };
            if timeout(CLOSE_PATIENCE, drained).await.is_err() {
                tracing::debug!("the server did not answer the closing in time");
            }
        }
    }
}

/// The life of one connection.
async fn live(server: String, outgoing: mpsc::Receiver<Outgoing>, arriving: mpsc::Sender<Event>) {
    let end = match connect(&server).await {
        Ok(socket) => {
            let (sink, stream) = socket.split();
            if arriving.send(Event::Connected).await.is_err() {
                return;
            }
            converse(sink, stream, outgoing, &arriving).await
        }
        Err(end) => end,
    };
    tracing::info!(?end, "the connection ended");
    if arriving.send(Event::Disconnected(end)).await.is_err() {
        tracing::debug!("nobody waits for the end of this connection");
    }
}

type Socket =
    tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

async fn connect(server: &str) -> Result<Socket, Disconnect> {
    let server = ServerUrl::parse(server).map_err(|cause| Disconnect::NotAServer {
        error: cause.to_string(),
    })?;
    tracing::info!(%server, "connecting");
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(MAX_WRITE_BUFFER)
        .max_message_size(Some(MAX_SERVER_FRAME))
        .max_frame_size(Some(MAX_SERVER_FRAME));
    let no_delay = true;
    let handshake = connect_async_with_config(server.web_socket(), Some(config), no_delay);
    match timeout(CONNECT_TIMEOUT, handshake).await {
        Ok(Ok((socket, _response))) => Ok(socket),
        Ok(Err(cause)) => Err(not_connected(&cause)),
        Err(_) => Err(Disconnect::Unreachable {
            error: format!("no answer within {} s", CONNECT_TIMEOUT.as_secs()),
        }),
    }
}

/// Reads and writes, neither waiting for the other, until the connection ends.
async fn converse(
    sink: impl Sink<Message, Error = Error> + Unpin,
    stream: impl Stream<Item = Result<Message, Error>> + Unpin,
    outgoing: mpsc::Receiver<Outgoing>,
    arriving: &mpsc::Sender<Event>,
) -> Disconnect {
    let reading = read(stream, arriving);
    tokio::pin!(reading);
    tokio::select! {
        end = &mut reading => end,
        written = write(sink, outgoing) => {
            let (patience, end) = match written {
                Ok(()) => (CLOSE_PATIENCE, Disconnect::Closed(None)),
                Err(cause) => (LAST_WORDS, lost(&words(&cause))),
            };
            timeout(patience, reading).await.unwrap_or(end)
        }
    }
}

/// Writes until told to close, which gives `Ok`, or until it fails.
async fn write(
    mut sink: impl Sink<Message, Error = Error> + Unpin,
    mut outgoing: mpsc::Receiver<Outgoing>,
) -> Result<(), Error> {
    let mut keep_alive = interval_at(Instant::now() + KEEP_ALIVE, KEEP_ALIVE);
    keep_alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let message = tokio::select! {
            outgoing = outgoing.recv() => match outgoing {
                Some(Outgoing::Text(text)) => Message::text(text),
                Some(Outgoing::Close) | None => {
                    sink.send(Message::Close(None)).await?;
                    return Ok(());
                }
            },
            _ = keep_alive.tick() => Message::Ping(Bytes::new()),
        };
        sink.send(message).await?;
    }
}

/// Reads until the connection ends, and says how it did.
async fn read(
    mut stream: impl Stream<Item = Result<Message, Error>> + Unpin,
    arriving: &mpsc::Sender<Event>,
) -> Disconnect {
    let mut understood = false;
    loop {
        let message = match timeout(SILENCE, stream.next()).await {
            Err(_) => return Disconnect::Silent,
            Ok(None) => return lost(ENDED),
            Ok(Some(Err(cause))) => return lost(&words(&cause)),
            Ok(Some(Ok(message))) => message,
        };
        let text = match message {
            Message::Text(text) => text,
            Message::Close(frame) => {
                let reason = frame.map(|frame| frame.reason);
                return Disconnect::Closed(reason.and_then(|text| closing(&text)));
            }
            _ => continue,
        };
        match codec::decode::<ServerMsg>(&text) {
            Ok(message) => {
                understood = true;
                if arriving
                    .send(Event::Message(Box::new(message)))
                    .await
                    .is_err()
                {
                    return Disconnect::Closed(None);
                }
            }
            // The text stays out of the log: it may hold a token.
            Err(cause) => {
                tracing::warn!(kind = ?cause.classify(), "a frame was not understood");
                if !understood {
                    return Disconnect::NotAServer {
                        error: "its first words are not understood".to_owned(),
                    };
                }
            }
        }
    }
}

/// What a close frame's reason says.
fn closing(text: &str) -> Option<Closing> {
    if let Some(refused) = codec::parse_close(text) {
        return Some(Closing::Known(refused));
    }
    let text = clean(text, 200);
    (!text.is_empty()).then(|| {
        Closing::Unknown(Reason {
            code: "closed".to_owned(),
            args: serde_json::Value::Null,
            text,
        })
    })
}

fn lost(error: &str) -> Disconnect {
    Disconnect::Lost {
        error: error.to_owned(),
    }
}

/// Why no connection came about.
fn not_connected(cause: &Error) -> Disconnect {
    let error = words(cause);
    match cause {
        Error::Io(cause) if !speaks_wrongly(cause) => Disconnect::Unreachable { error },
        // A proxy whose server is away, for a moment or for long.
        Error::Http(response) if response.status().is_server_error() => {
            Disconnect::Unreachable { error }
        }
        _ => Disconnect::NotAServer { error },
    }
}

/// Whether somebody answered, but not in TLS, or with a bad certificate.
fn speaks_wrongly(cause: &io::Error) -> bool {
    matches!(
        cause.kind(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
    )
}

/// An error in the system's words, cleaned: a stranger may have had a say in them.
fn words(cause: &Error) -> String {
    let text = match cause {
        Error::Io(cause) => cause.to_string(),
        Error::ConnectionClosed
        | Error::AlreadyClosed
        | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => ENDED.to_owned(),
        Error::Protocol(_) | Error::Utf8(_) => "what came makes no sense".to_owned(),
        cause => cause.to_string(),
    };
    let text = text.split(" (os error").next().unwrap_or_default();
    clean(text, 200)
}

#[cfg(test)]
mod tests;
