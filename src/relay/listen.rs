//! Accepts connections on loopback, from the player only.
//!
//! Any program or web page on this machine can connect to the relay's port. A connection whose
//! first request does not begin with the secret is closed without a response. Many such connections
//! at once do not keep the player waiting.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{sleep, timeout};

use super::serve::Service;

/// The most connections of the player. FFmpeg opens one for each list and each stream of it;
/// further ones wait.
const MAX_CONNECTIONS: usize = 64;

/// The most connections that have not sent the secret yet. One more closes the oldest (judgement: a
/// player sends it within a millisecond).
const MAX_UNAUTHENTICATED: usize = 32;

/// How long a connection may take to send the secret (judgement; enough for a player on a busy
/// machine).
const SECRET_TIMEOUT: Duration = Duration::from_secs(5);

/// How long to pause after the system refused to accept a connection, as it does when too many
/// files are open (judgement).
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How often to look at an incomplete request line (judgement: players send it at once).
const PEEK_INTERVAL: Duration = Duration::from_millis(5);

/// Accepts connections until it is aborted, which ends them all.
pub(super) async fn listen(listener: TcpListener, service: Service) {
    let mut connections = JoinSet::new();
    let mut secret_checks = JoinSet::new();
    let mut unauthenticated: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) if is_local(peer) => {
                    unauthenticated.retain(|connection| !connection.is_finished());
                    if unauthenticated.len() >= MAX_UNAUTHENTICATED
                        && let Some(oldest) = unauthenticated.pop_front()
                    {
                        oldest.abort();
                    }
                    let secret = service.secret.clone();
                    let secret_check = secret_checks.spawn(check_secret(stream, secret));
                    unauthenticated.push_back(secret_check);
                }
                Ok((_, peer)) => tracing::warn!(%peer, "not from this machine; refused"),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not taken");
                    sleep(ACCEPT_PAUSE).await;
                }
            },
            Some(checked) = secret_checks.join_next(), if connections.len() < MAX_CONNECTIONS => {
                if let Ok(Some(stream)) = checked {
                    connections.spawn(serve_connection(stream, service.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

fn is_local(peer: SocketAddr) -> bool {
    peer.ip().is_loopback()
}

/// The connection, once it has sent the secret.
async fn check_secret(stream: TcpStream, secret: impl AsRef<str>) -> Option<TcpStream> {
    let prefixes = ["GET", "HEAD"].map(|method| format!("{method} /{}/", secret.as_ref()));
    let longest = prefixes.iter().map(String::len).max()?;
    let mut head = vec![0; longest];
    let secret_check = async {
        loop {
            let received = stream.peek(&mut head).await.ok()?;
            let received = head.get(..received)?;
            if prefixes
                .iter()
                .any(|prefix| received.starts_with(prefix.as_bytes()))
            {
                return Some(());
            }
            let may_complete = |prefix: &String| prefix.as_bytes().starts_with(received);
            if received.is_empty() || !prefixes.iter().any(may_complete) {
                return None;
            }
            sleep(PEEK_INTERVAL).await;
        }
    };
    let has_secret = timeout(SECRET_TIMEOUT, secret_check).await.ok().flatten();
    has_secret.map(|()| stream)
}

/// Serves one connection of the player.
async fn serve_connection(stream: TcpStream, service: Service) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "small pieces may be delayed");
    }
    let answer = service_fn(|request| async {
        let response = service.answer(request).await;
        Ok::<_, std::convert::Infallible>(response)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), answer)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection of the player's ended");
    }
}
