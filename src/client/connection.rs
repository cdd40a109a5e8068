//! The connection to a server: a WebSocket whose frames become [`Event`]s.
//!
//! A connection lives in a task of its own; the loop only puts messages into a bounded
//! outbox and takes arrivals out, and is never held up by a network. When to connect, and
//! again after a break, is the app's decision.

use std::future::pending;
use std::io;
use std::time::Duration;

use futures_util::{Sink, SinkExt, Stream, StreamExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Bytes, Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async_tls_with_config};
use url::Url;

use crate::app::event::{Disconnect, Event};
use crate::protocol::invite::ServerUrl;
use crate::traffic::{Counted, Traffic};
use crate::wire::codec::{self, MAX_SERVER_FRAME};
use crate::wire::message::ClientMsg;

use read::{Arrival, Arrivals, read};
use words::words;

mod read;
mod words;

/// How long name lookup, connection and handshake may take together.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How often the server is asked for a sign of life (judgement: keeps a proxy from closing
/// an idle connection, which the common ones do after a minute).
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// How long the server may take to answer our closing.
const CLOSE_PATIENCE: Duration = Duration::from_secs(2);
/// After a failed write: how long the reason that the server may have sent is looked for.
const LAST_WORDS: Duration = Duration::from_millis(500);

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
    arrivals: mpsc::Receiver<Arrival>,
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
        let (arriving, arrivals) = Arrivals::new();
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
        let event = live.arrivals.recv().await.map(|arrival| arrival.event);
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
async fn live(server: String, outgoing: mpsc::Receiver<Outgoing>, arrivals: Arrivals) {
    let traffic = Traffic::default();
    let end = match connect(&server, &traffic).await {
        Ok(socket) => {
            let (sink, stream) = socket.split();
            if arrivals.tell(Event::Connected).await.is_err() {
                return;
            }
            converse(sink, stream, outgoing, &traffic, &arrivals).await
        }
        Err(end) => end,
    };
    tracing::info!(?end, "the connection ended");
    if arrivals.tell(Event::Disconnected(end)).await.is_err() {
        tracing::debug!("nobody waits for the end of this connection");
    }
}

type Socket = WebSocketStream<MaybeTlsStream<Counted<TcpStream>>>;

async fn connect(server: &str, traffic: &Traffic) -> Result<Socket, Disconnect> {
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
    let handshake = async {
        let socket = Counted::new(dial(&server).await?, traffic.clone());
        let (config, usual_roots) = (Some(config), None);
        client_async_tls_with_config(server.web_socket(), socket, config, usual_roots).await
    };
    match timeout(CONNECT_TIMEOUT, handshake).await {
        Ok(Ok((socket, _response))) => Ok(socket),
        Ok(Err(cause)) => Err(not_connected(&cause)),
        Err(_) => Err(Disconnect::Unreachable {
            error: format!("no answer within {} s", CONNECT_TIMEOUT.as_secs()),
        }),
    }
}

/// The socket to a server, below TLS.
async fn dial(server: &ServerUrl) -> io::Result<TcpStream> {
    let url = Url::parse(server.as_str()).map_err(io::Error::other)?;
    let place = url.host_str().zip(url.port_or_known_default());
    let (host, port) = place.ok_or(io::ErrorKind::InvalidInput)?;
    let socket = TcpStream::connect(format!("{host}:{port}")).await?;
    // A small frame that waits for a full packet costs the member their step.
    socket.set_nodelay(true)?;
    Ok(socket)
}

/// Reads and writes, neither waiting for the other, until the connection ends.
async fn converse(
    sink: impl Sink<Message, Error = Error> + Unpin,
    stream: impl Stream<Item = Result<Message, Error>> + Unpin,
    outgoing: mpsc::Receiver<Outgoing>,
    traffic: &Traffic,
    arrivals: &Arrivals,
) -> Disconnect {
    let reading = read(stream, traffic, arrivals);
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

#[cfg(test)]
mod tests;
