//! Decides whether the other side of a socket is still alive. Every byte that moves counts, even
//! within an unfinished message, so that a slow link is distinguished from a dead one; yet no
//! single message may take forever.
//!
//! [`Counted`] counts the bytes of a socket, [`Traffic`] is the shared counter, and [`Liveness`]
//! decides by it whether the other side is still there.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

/// The number of bytes moved over one socket, in both directions, since it was opened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Traffic(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    received: AtomicU64,
    sent: AtomicU64,
}

impl Traffic {
    /// Bytes that were read from the socket.
    pub(crate) fn received(&self) -> u64 {
        self.0.received.load(Ordering::Relaxed)
    }

    /// Bytes that the network has accepted.
    pub(crate) fn sent(&self) -> u64 {
        self.0.sent.load(Ordering::Relaxed)
    }
}

/// A socket that counts its bytes.
#[derive(Debug)]
pub(crate) struct Counted<S> {
    socket: S,
    traffic: Traffic,
}

impl<S> Counted<S> {
    /// Wraps `socket` so that its bytes are counted in `traffic`.
    pub(crate) const fn new(socket: S, traffic: Traffic) -> Self {
        Self { socket, traffic }
    }

    fn sent(&self, written: &Poll<io::Result<usize>>) {
        if let Poll::Ready(Ok(bytes)) = written {
            add(&self.traffic.0.sent, *bytes);
        }
    }
}

fn add(count: &AtomicU64, bytes: usize) {
    let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
    count.fetch_add(bytes, Ordering::Relaxed);
}

impl<S: AsyncRead + Unpin> AsyncRead for Counted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.socket).poll_read(context, buffer);
        add(
            &self.traffic.0.received,
            buffer.filled().len().saturating_sub(before),
        );
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Counted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write(context, bytes);
        self.sent(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write_vectored(context, slices);
        self.sent(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}

/// The time limits for the other side of a socket.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// The longest time without any byte. It may take twice as long to notice, since the counter is
    /// not looked at in between.
    pub(crate) silence: Duration,
    /// The longest time for one whole message, however steadily its bytes arrive.
    pub(crate) whole: Duration,
}

/// Tracks whether the other side of a socket is alive while one message is in progress.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Liveness {
    patience: Patience,
    moved: u64,
    look_at: Instant,
    whole_by: Instant,
}

impl Liveness {
    /// Starts tracking a message at the given byte count.
    pub(crate) fn begin(patience: Patience, moved: u64, now: Instant) -> Self {
        Self {
            patience,
            moved,
            look_at: now + patience.silence,
            whole_by: now + patience.whole,
        }
    }

    /// When [`Liveness::goes_on`] is to be called next.
    pub(crate) fn look_at(&self) -> Instant {
        self.look_at.min(self.whole_by)
    }

    /// Whether to keep waiting: bytes have moved since the last call, and the message is not
    /// overdue.
    pub(crate) fn goes_on(&mut self, moved: u64, now: Instant) -> bool {
        if moved == self.moved || now >= self.whole_by {
            return false;
        }
        self.moved = moved;
        self.look_at = now + self.patience.silence;
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::time::Instant;

    use super::{Counted, Liveness, Patience, Traffic};

    const PATIENCE: Patience = Patience {
        silence: Duration::from_secs(10),
        whole: Duration::from_mins(1),
    };

    #[tokio::test]
    async fn both_directions_are_counted() {
        let (near, mut far) = duplex(64);
        let traffic = Traffic::default();
        let mut near = Counted::new(near, traffic.clone());
        near.write_all(b"seven b").await.unwrap();
        far.write_all(b"abc").await.unwrap();
        let mut came = [0; 3];
        near.read_exact(&mut came).await.unwrap();
        assert_eq!((traffic.sent(), traffic.received()), (7, 3));
    }

    #[tokio::test(start_paused = true)]
    async fn half_a_message_is_a_sign_of_life_and_silence_is_none() {
        let begun = Instant::now();
        let mut liveness = Liveness::begin(PATIENCE, 0, begun);
        for second in [10, 20, 30] {
            let now = begun + Duration::from_secs(second);
            assert_eq!(liveness.look_at(), now);
            assert!(liveness.goes_on(second, now));
        }
        assert!(!liveness.goes_on(30, begun + Duration::from_secs(40)));
    }
}
