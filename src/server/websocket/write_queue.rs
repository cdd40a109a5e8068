//! Frames on their way into one socket. Frames that wait together are written together, without
//! being copied.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use tokio::io::AsyncWrite;

use super::frame::ServerFrame;

/// The most frames in one write (judgement: more hardly ever wait).
const GATHERED: usize = 16;

/// The frames that are being written. While it is empty it holds no memory.
#[derive(Debug, Default)]
pub(super) struct WriteQueue {
    frames: VecDeque<Bytes>,
    /// Whether something was written that the stream may still hold.
    is_unflushed: bool,
}

impl WriteQueue {
    /// Adds a frame behind all others.
    pub(super) fn push(&mut self, frame: ServerFrame) {
        self.frames.push_back(frame.into_bytes());
    }

    /// Whether everything is written.
    pub(super) fn is_empty(&self) -> bool {
        self.frames.is_empty() && !self.is_unflushed
    }

    /// Writes until everything is written.
    pub(super) fn poll_write<S: AsyncWrite + Unpin>(
        &mut self,
        stream: &mut S,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        while !self.frames.is_empty() {
            let written = match self.frames.front() {
                // It takes a system call that costs less.
                Some(only) if self.frames.len() == 1 => {
                    Pin::new(&mut *stream).poll_write(context, only)
                }
                _ => self.poll_write_several(stream, context),
            };
            match ready!(written)? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => self.advance(written),
            }
            self.is_unflushed = true;
        }
        if self.is_unflushed {
            ready!(Pin::new(stream).poll_flush(context))?;
            self.is_unflushed = false;
        }
        Poll::Ready(Ok(()))
    }

    /// Writes of the first frames what the stream takes at once.
    fn poll_write_several<S: AsyncWrite + Unpin>(
        &self,
        stream: &mut S,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        let mut slices = [IoSlice::new(&[]); GATHERED];
        let gathered = self.frames.len().min(GATHERED);
        for (slice, frame) in slices.iter_mut().zip(&self.frames) {
            *slice = IoSlice::new(frame);
        }
        let slices = slices.get(..gathered).unwrap_or_default();
        Pin::new(stream).poll_write_vectored(context, slices)
    }

    /// Drops what was written.
    fn advance(&mut self, mut written: usize) {
        while let Some(first) = self.frames.front_mut() {
            if written < first.len() {
                first.advance(written);
                return;
            }
            written -= first.len();
            self.frames.pop_front();
        }
        self.frames = VecDeque::new();
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, duplex};

    use super::super::frame::ServerFrame;
    use super::{GATHERED, WriteQueue};

    #[tokio::test]
    async fn frames_arrive_in_their_order_however_little_is_taken_at_a_time() {
        for room in [1, 3, 64, 100_000] {
            let (mut near, mut far) = duplex(room);
            let mut queue = WriteQueue::default();
            let mut expected = Vec::new();
            for number in 0..=GATHERED * 2 {
                let frame = ServerFrame::text(&"x".repeat(number * 7));
                expected.extend(frame.clone().into_bytes());
                queue.push(frame);
            }
            let writing = async {
                std::future::poll_fn(|context| queue.poll_write(&mut near, context))
                    .await
                    .unwrap();
                assert!(queue.is_empty());
                assert_eq!(queue.frames.capacity(), 0);
                drop(near);
            };
            let mut arrived = Vec::new();
            let (read, ()) = tokio::join!(far.read_to_end(&mut arrived), writing);
            read.unwrap();
            assert_eq!(arrived, expected);
        }
    }
}
