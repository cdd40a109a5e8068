//! The body of the feed for one listener: the snapshot, each change, and a sign of life where
//! nothing changes.

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::time::{Instant, sleep, sleep_until};

use super::Subscription;
use crate::server::peers::PeerPermit;
use crate::server::shutdown::Shutdown;

/// How often a listener hears something: below the 20 s after which some proxies cut a connection.
const SIGN_OF_LIFE: Duration = Duration::from_secs(10);

/// How long a stream lasts. Browsers and our clients then ask for a new one, so that no socket is
/// held for good by a listener that is not there any more (judgement).
pub(in crate::server) const LASTS: Duration = Duration::from_hours(1);

/// A comment, which listeners skip.
const COMMENT: Bytes = Bytes::from_static(b":\n\n");

/// Tells a browser to come back 3 s after the stream's end (judgement: a server that restarts is
/// up again by then).
const COME_BACK: &str = "retry: 3000\n\n";

/// What is left to send to one listener.
struct Listener {
    /// What comes first; `None` once it was sent.
    first: Option<Bytes>,
    subscription: Subscription,
    until: Instant,
    shutdown: Shutdown,
    /// Counts the request while it lasts.
    _permit: PeerPermit,
}

/// The frames of a subscription, until the server shuts down, the listener lags too far behind, or
/// an hour is over.
pub(in crate::server) fn frames(
    subscription: Subscription,
    permit: PeerPermit,
    shutdown: Shutdown,
) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let first = [COME_BACK.as_bytes(), &subscription.snapshot].concat();
    let listener = Listener {
        first: Some(first.into()),
        subscription,
        until: Instant::now() + LASTS,
        shutdown,
        _permit: permit,
    };
    unfold(listener, |mut listener| async {
        let frame = listener.next().await?;
        Some((Ok(frame), listener))
    })
}

impl Listener {
    async fn next(&mut self) -> Option<Bytes> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        tokio::select! {
            biased;
            () = self.shutdown.wait() => None,
            () = sleep_until(self.until) => None,
            change = self.subscription.changes.recv() => change.ok(),
            () = sleep(SIGN_OF_LIFE) => Some(COMMENT),
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use futures_util::StreamExt;
    use tokio::sync::broadcast;
    use tokio::time::Instant;

    use super::{COMMENT, LASTS, SIGN_OF_LIFE, Subscription, frames};
    use crate::server::peers::Peers;
    use crate::server::shutdown::shutdown;

    fn subscription() -> (broadcast::Sender<Bytes>, Subscription) {
        let (sender, changes) = broadcast::channel(2);
        let subscription = Subscription {
            snapshot: Bytes::from_static(b"data: all\n\n"),
            changes,
            _counted: None,
        };
        (sender, subscription)
    }

    #[tokio::test(start_paused = true)]
    async fn all_rooms_come_first_then_changes_and_signs_of_life_for_an_hour() {
        let (changes, subscription) = subscription();
        let (_down, shutdown) = shutdown();
        let begun = Instant::now();
        let mut frames = std::pin::pin!(frames(subscription, Peers::new().exempt(), shutdown));
        assert_eq!(
            frames.next().await.unwrap().unwrap(),
            "retry: 3000\n\ndata: all\n\n"
        );
        changes.send(Bytes::from_static(b"data: new\n\n")).unwrap();
        assert_eq!(frames.next().await.unwrap().unwrap(), "data: new\n\n");
        assert_eq!(frames.next().await.unwrap().unwrap(), COMMENT);
        assert_eq!(begun.elapsed(), SIGN_OF_LIFE);
        while let Some(frame) = frames.next().await {
            assert_eq!(frame.unwrap(), COMMENT);
        }
        assert_eq!(begun.elapsed(), LASTS);
    }

    #[tokio::test]
    async fn who_lags_too_far_behind_is_ended() {
        let (changes, subscription) = subscription();
        let (_down, shutdown) = shutdown();
        let mut frames = std::pin::pin!(frames(subscription, Peers::new().exempt(), shutdown));
        frames.next().await.unwrap().unwrap();
        for _ in 0..3 {
            changes.send(Bytes::from_static(b"data: new\n\n")).unwrap();
        }
        assert!(frames.next().await.is_none());
    }

    #[tokio::test]
    async fn the_servers_end_ends_the_stream() {
        let (_changes, subscription) = subscription();
        let (down, shutdown) = shutdown();
        let mut frames = std::pin::pin!(frames(subscription, Peers::new().exempt(), shutdown));
        frames.next().await.unwrap().unwrap();
        down.now();
        assert!(frames.next().await.is_none());
    }
}
