//! How long the HTTP requests of a socket may take together.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::feed::stream;

/// How long all requests of a socket may take together, however it behaves (judgement: pages are
/// small, and browsers open another socket).
pub(super) const HTTP_WITHIN: Duration = Duration::from_mins(1);

/// How much longer than its own end a stream may take, so that it ends by itself (judgement).
const STREAM_MARGIN: Duration = Duration::from_mins(1);

/// The time that a socket has, in the hands of whoever answers its requests.
#[derive(Debug, Clone)]
pub(super) struct SocketTime(watch::Sender<Instant>);

/// The end of that time, for whoever serves the socket.
#[derive(Debug)]
pub(super) struct SocketEnd(watch::Receiver<Instant>);

/// The time of a socket that was just accepted: [`HTTP_WITHIN`].
pub(super) fn socket_time() -> (SocketTime, SocketEnd) {
    let (sender, receiver) = watch::channel(Instant::now() + HTTP_WITHIN);
    (SocketTime(sender), SocketEnd(receiver))
}

impl SocketTime {
    /// Gives the socket the time that a stream of events lasts, from now on.
    pub(super) fn becomes_stream(&self) {
        self.0
            .send_replace(Instant::now() + stream::LASTS + STREAM_MARGIN);
    }
}

impl SocketEnd {
    /// Returns when the socket's time is over.
    pub(super) async fn wait(&mut self) {
        loop {
            let end = *self.0.borrow_and_update();
            tokio::select! {
                () = sleep_until(end) => return,
                changed = self.0.changed() => if changed.is_err() {
                    // Nobody can give it more time.
                    return sleep_until(end).await;
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::{HTTP_WITHIN, STREAM_MARGIN, socket_time};
    use crate::server::feed::stream;

    #[tokio::test(start_paused = true)]
    async fn requests_have_a_minute_and_a_stream_its_own_time() {
        let begun = Instant::now();
        let (time, mut end) = socket_time();
        drop(time);
        end.wait().await;
        assert_eq!(begun.elapsed(), HTTP_WITHIN);

        let begun = Instant::now();
        let (time, mut end) = socket_time();
        let waiting = tokio::spawn(async move {
            end.wait().await;
            Instant::now()
        });
        tokio::task::yield_now().await;
        time.becomes_stream();
        let ended = waiting.await.unwrap();
        assert_eq!(ended - begun, stream::LASTS + STREAM_MARGIN);
    }
}
