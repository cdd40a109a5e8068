//! Takes connections on loopback: the player's, and nobody else's.
//!
//! Any program or web page on this machine can connect to the relay's port. Who does not begin
//! a request with the secret is let go unanswered, and many of them at once keep the player
//! waiting no longer than it takes to let them go.

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

/// The most connections of the player's at once. FFmpeg opens one for each list and each
/// stream of it; what comes beyond waits.
const CONNECTIONS: usize = 64;

/// The most connections that have not yet named the secret. With one more, the oldest is let
/// go (judgement: a player names it within a millisecond).
const STRANGERS: usize = 32;

/// How long a connection may take to name the secret (judgement; a busy machine's player
/// included).
const INTRODUCTION: Duration = Duration::from_secs(5);

/// How long nothing is taken after the system refused to give a connection, as it does when
/// there are too many open files.
const BREATH: Duration = Duration::from_millis(100);

/// Between two looks at a request line that came in pieces.
const LOOK: Duration = Duration::from_millis(5);

/// Takes connections until it is ended, and them with it.
pub(super) async fn listen(listener: TcpListener, service: Service) {
    let mut conversations = JoinSet::new();
    let mut introductions = JoinSet::new();
    let mut strangers: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) if is_local(peer) => {
                    strangers.retain(|stranger| !stranger.is_finished());
                    if strangers.len() >= STRANGERS
                        && let Some(oldest) = strangers.pop_front()
                    {
                        oldest.abort();
                    }
                    let secret = service.secret.clone();
                    let introduction = introductions.spawn(introduced(stream, secret));
                    strangers.push_back(introduction);
                }
                Ok((_, peer)) => tracing::warn!(%peer, "not from this machine; refused"),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not taken");
                    sleep(BREATH).await;
                }
            },
            Some(known) = introductions.join_next(), if conversations.len() < CONNECTIONS => {
                if let Ok(Some(stream)) = known {
                    conversations.spawn(converse(stream, service.clone()));
                }
            }
            Some(_) = conversations.join_next() => {}
        }
    }
}

fn is_local(peer: SocketAddr) -> bool {
    peer.ip().is_loopback()
}

/// The connection, once it names the secret.
async fn introduced(stream: TcpStream, secret: impl AsRef<str>) -> Option<TcpStream> {
    let begins = ["GET", "HEAD"].map(|method| format!("{method} /{}/", secret.as_ref()));
    let longest = begins.iter().map(String::len).max()?;
    let mut head = vec![0; longest];
    let introduction = async {
        loop {
            let came = stream.peek(&mut head).await.ok()?;
            let came = head.get(..came)?;
            if begins
                .iter()
                .any(|begin| came.starts_with(begin.as_bytes()))
            {
                return Some(());
            }
            let may_become = |begin: &String| begin.as_bytes().starts_with(came);
            if came.is_empty() || !begins.iter().any(may_become) {
                return None;
            }
            sleep(LOOK).await;
        }
    };
    let is_known = timeout(INTRODUCTION, introduction).await.ok().flatten();
    is_known.map(|()| stream)
}

/// One connection of the player's.
async fn converse(stream: TcpStream, service: Service) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "small pieces may be late");
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
