//! The operator's private socket: `watchtogether admin` asks one thing on each connection, as a line
//! of JSON, and gets one line back.
//!
//! Whoever may open the socket may do everything, so it is guarded twice: by the rights of its file,
//! and by the user who connects.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::state::ServerState;
use message::{AdminFault, AdminReply, AdminRequest};
use socket::AdminSocket;

mod acts;
mod ask;
mod forget;
pub mod message;
pub mod socket;

/// The most connections at once; more wait (judgement: an operator and a few scripts).
const CONNECTIONS: usize = 8;

/// The most bytes of a request: more than the longest announcement (judgement).
const MAX_REQUEST: u64 = 16 * 1024;

/// How long a request may take to arrive, and its answer to be read (judgement: both are local).
const WITHIN: Duration = Duration::from_secs(10);

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
                tokio::time::sleep(Duration::from_millis(200)).await;
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
                tokio::select! {
                    biased;
                    () = state.going_down() => Ok(()),
                    answered = answer(stream, is_operator, async |line| respond(line, &state).await) => answered,
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
    respond: impl AsyncFnOnce(&str) -> AdminReply,
) -> std::io::Result<()> {
    // Also read from whoever is refused: closing a connection with unread bytes resets it, and the
    // reason might not arrive.
    let line = read_request(&mut stream).await?;
    let reply = match line {
        _ if !is_operator => {
            tracing::warn!("another user tried the operator's socket");
            AdminReply::Failed(AdminFault::NotYours)
        }
        Some(line) => respond(&line).await,
        None => AdminReply::Failed(AdminFault::NotUnderstood),
    };
    let mut line = serde_json::to_vec(&reply).map_err(std::io::Error::from)?;
    line.push(b'\n');
    timeout(WITHIN, stream.write_all(&line)).await??;
    stream.shutdown().await
}

/// Reads the line of a request; `None` if it takes too long.
async fn read_request(stream: &mut UnixStream) -> std::io::Result<Option<String>> {
    let (reader, _) = stream.split();
    timeout(WITHIN, read_line(reader)).await.ok().transpose()
}

/// Reads a line of at most [`MAX_REQUEST`] bytes; what is longer is cut, and so not understood.
async fn read_line(reader: impl tokio::io::AsyncRead + Unpin) -> std::io::Result<String> {
    let mut line = String::new();
    let mut reader = BufReader::new(reader.take(MAX_REQUEST));
    reader.read_line(&mut line).await?;
    Ok(line)
}

async fn respond(line: &str, state: &ServerState) -> AdminReply {
    match serde_json::from_str::<AdminRequest>(line) {
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

    use super::answer;

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
}
