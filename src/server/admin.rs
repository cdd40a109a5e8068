//! The operator's private socket: `watchtogether admin` asks one thing on each connection, as a line
//! of JSON, and gets one line back.
//!
//! Whoever may open the socket may do everything, so it is guarded twice: by the rights of its file,
//! and by the user who connects.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::acceptor::ACCEPT_AGAIN;
use super::state::ServerState;
use message::{AdminFault, AdminReply, AdminRequest};
use socket::AdminSocket;

mod acts;
mod ask;
mod export_file;
mod forget;
pub mod message;
pub mod room_details;
pub mod socket;
mod transfer;

/// The most connections at once; more wait (judgement: an operator and a few scripts).
const CONNECTIONS: usize = 8;

/// The most bytes of a request: more than the longest announcement (judgement).
const MAX_REQUEST: u64 = 16 * 1024;

/// How long a request may take to arrive, and its answer to be read (judgement: both are local).
const WITHIN: Duration = Duration::from_secs(10);

/// How long the request of somebody who is refused may take: such a connection takes the place of
/// the operator's.
const REFUSED_WITHIN: Duration = Duration::from_secs(1);

/// Serves the socket until the server stops; then its file is removed.
pub(super) async fn serve(socket: AdminSocket, state: Arc<ServerState>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            biased;
            () = state.going_down() => return,
            accepted = socket.accept() => accepted,
        };
        let stream = match accepted {
            Ok(stream) => stream,
            Err(error) => {
                tracing::warn!(%error, "the operator's socket takes no connection");
                sleep(ACCEPT_AGAIN).await;
                continue;
            }
        };
        // Never closed, so there is no error.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            let _place = place;
            let answered = async {
                let is_operator = socket::is_operator(&stream)?;
                let reply = async |request: &[u8]| respond(request, &state).await;
                tokio::select! {
                    biased;
                    () = state.going_down() => Ok(()),
                    answered = answer(stream, is_operator, reply) => answered,
                }
            };
            if let Err(error) = answered.await {
                tracing::debug!(%error, "the operator's connection broke");
            }
        });
    }
}

/// Reads one request and writes its answer; who is not the operator gets a refusal.
async fn answer(
    mut stream: UnixStream,
    is_operator: bool,
    respond: impl AsyncFnOnce(&[u8]) -> AdminReply,
) -> std::io::Result<()> {
    // Also read from whoever is refused: closing a connection with unread bytes resets it, and the
    // reason might not arrive.
    let within = if is_operator { WITHIN } else { REFUSED_WITHIN };
    let request = read_request(&mut stream, within).await?;
    let reply = match request {
        _ if !is_operator => {
            tracing::warn!("another user tried the operator's socket");
            AdminReply::Failed(AdminFault::NotYours)
        }
        Some(request) => respond(&request).await,
        None => AdminReply::Failed(AdminFault::NotUnderstood),
    };
    let mut line = serde_json::to_vec(&reply).map_err(std::io::Error::from)?;
    line.push(b'\n');
    timeout(WITHIN, stream.write_all(&line)).await??;
    stream.shutdown().await
}

/// Reads the line of a request; `None` if it takes too long.
async fn read_request(
    stream: &mut UnixStream,
    within: Duration,
) -> std::io::Result<Option<Vec<u8>>> {
    let (reader, _) = stream.split();
    timeout(within, read_line(reader)).await.ok().transpose()
}

/// Reads a line, and returns its first [`MAX_REQUEST`] bytes: what is longer is cut, and so not
/// understood.
async fn read_line(reader: impl AsyncRead + Unpin) -> std::io::Result<Vec<u8>> {
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new();
    let mut first = (&mut reader).take(MAX_REQUEST);
    first.read_until(b'\n', &mut line).await?;
    if line.last() != Some(&b'\n') {
        discard_line(&mut reader).await?;
    }
    Ok(line)
}

/// Reads to the end of the line, or to the end of all, and keeps nothing.
async fn discard_line(reader: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<()> {
    loop {
        let bytes = reader.fill_buf().await?;
        let newline = bytes.iter().position(|byte| *byte == b'\n');
        let length = newline.map_or(bytes.len(), |before| before + 1);
        reader.consume(length);
        if newline.is_some() || length == 0 {
            return Ok(());
        }
    }
}

async fn respond(request: &[u8], state: &ServerState) -> AdminReply {
    match serde_json::from_slice::<AdminRequest>(request) {
        Ok(request) => {
            let done = acts::carry_out(request, state).await;
            done.unwrap_or_else(AdminReply::Failed)
        }
        Err(error) => {
            tracing::warn!(%error, "a request on the operator's socket is not understood");
            AdminReply::Failed(AdminFault::NotUnderstood)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::FutureExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::UnixStream;
    use tokio::time::Instant;

    use super::message::{AdminFault, AdminReply};
    use super::{REFUSED_WITHIN, answer};

    #[tokio::test]
    async fn who_is_refused_is_told_so_however_late_the_request_is_sent() {
        let (mut asking, answering) = UnixStream::pair().unwrap();
        let mut answered = pin!(answer(answering, false, async |_| panic!("it is refused")));
        let early = answered.as_mut().now_or_never();
        assert!(early.is_none(), "it stays open until the request is in");
        asking.write_all(b"\"Rooms\"\n").await.unwrap();
        answered.await.unwrap();
        let mut text = String::new();
        asking.read_to_string(&mut text).await.unwrap();
        assert!(text.contains("not_yours"), "{text}");
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_refused_and_asks_nothing_soon_leaves_the_place() {
        let (mut silent, answering) = UnixStream::pair().unwrap();
        let begun = Instant::now();
        let refused = answer(answering, false, async |_| panic!("it is refused"));
        refused.await.unwrap();
        assert_eq!(begun.elapsed(), REFUSED_WITHIN, "of virtual time");
        let mut text = String::new();
        silent.read_to_string(&mut text).await.unwrap();
        assert!(text.contains("not_yours"), "{text}");
    }

    #[tokio::test]
    async fn who_asks_at_length_is_told_that_nobody_understands() {
        let (mut asking, answering) = UnixStream::pair().unwrap();
        let too_long = [b"x".repeat(100_000).as_slice(), b"\n"].concat();
        let asked = async {
            asking.write_all(&too_long).await.unwrap();
            let mut text = String::new();
            asking.read_to_string(&mut text).await.unwrap();
            text
        };
        let is_cut = async |request: &[u8]| {
            assert!(request.len() < too_long.len() && !request.is_empty());
            AdminReply::Failed(AdminFault::NotUnderstood)
        };
        let (text, answered) = tokio::join!(asked, answer(answering, true, is_cut));
        answered.unwrap();
        assert!(text.contains("not_understood"), "{text}");
    }
}
