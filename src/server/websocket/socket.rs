//! Both directions of one WebSocket.

use std::future::poll_fn;
use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::frame::ServerFrame;
use super::received::{Assembly, Received, Violation};
use super::write_queue::WriteQueue;

/// How many bytes are read at once (judgement: most frames have some hundred).
const READ_AT_ONCE: usize = 4 * 1024;

/// Why nothing more is read from a socket.
#[derive(Debug, thiserror::Error)]
pub(in crate::server) enum ReadError {
    /// The client ended the connection without a close.
    #[error("the connection ended")]
    Ended,
    /// The network broke it.
    #[error(transparent)]
    Broken(#[from] io::Error),
    /// The client sent what no client may.
    #[error(transparent)]
    Violation(#[from] Violation),
}

/// A WebSocket after its handshake. Pings are answered by it, as the socket is read and written.
#[derive(Debug)]
pub(in crate::server) struct WebSocket<S> {
    stream: S,
    assembly: Assembly,
    queue: WriteQueue,
    /// The answer to the last ping, which goes out between other frames. A later ping replaces it
    /// (RFC 6455, section 5.5.3).
    pong: Option<ServerFrame>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> WebSocket<S> {
    /// The socket on this stream, of which `early` was read already. Messages of more than `most`
    /// bytes are not read.
    pub(in crate::server) fn new(stream: S, early: &[u8], most: usize) -> Self {
        let mut assembly = Assembly::new(most);
        assembly.add(early);
        Self {
            stream,
            assembly,
            queue: WriteQueue::default(),
            pong: None,
        }
    }

    /// Reads the next message.
    pub(in crate::server) fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Received, ReadError>> {
        loop {
            if let Some(received) = self.assembly.take()? {
                if let Received::Ping(content) = &received {
                    self.pong = Some(ServerFrame::pong(content));
                }
                return Poll::Ready(Ok(received));
            }
            // Of the moment: a socket at rest has no buffer.
            let mut bytes = [const { MaybeUninit::uninit() }; READ_AT_ONCE];
            let mut buffer = ReadBuf::uninit(&mut bytes);
            ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer))?;
            if buffer.filled().is_empty() {
                return Poll::Ready(Err(ReadError::Ended));
            }
            self.assembly.add(buffer.filled());
        }
    }

    /// Puts a frame behind those that are being written.
    pub(in crate::server) fn queue(&mut self, frame: ServerFrame) {
        self.queue.push(frame);
    }

    /// Whether everything that was queued is written.
    pub(in crate::server) fn is_written(&self) -> bool {
        self.queue.is_empty() && self.pong.is_none()
    }

    /// Writes until everything that was queued is written.
    pub(in crate::server) fn poll_written(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            ready!(self.queue.poll_write(&mut self.stream, context))?;
            match self.pong.take() {
                Some(pong) => self.queue.push(pong),
                None => return Poll::Ready(Ok(())),
            }
        }
    }

    /// Waits for the next message that is no ping and no answer to one.
    ///
    /// # Errors
    /// [`ReadError`]; also when the client closes.
    pub(in crate::server) async fn receive(&mut self) -> Result<Received, ReadError> {
        poll_fn(|context| {
            loop {
                if let Poll::Ready(Err(error)) = self.poll_written(context) {
                    return Poll::Ready(Err(error.into()));
                }
                match ready!(self.poll_receive(context))? {
                    Received::Ping(_) | Received::Pong => {}
                    received => return Poll::Ready(Ok(received)),
                }
            }
        })
        .await
    }

    /// Writes a frame.
    ///
    /// # Errors
    /// The network's.
    pub(in crate::server) async fn send(&mut self, frame: ServerFrame) -> io::Result<()> {
        self.queue(frame);
        poll_fn(|context| self.poll_written(context)).await
    }

    /// Writes a close, and reads until the client closes in turn. What it sends meanwhile is read,
    /// since a connection that is closed with bytes unread is reset.
    pub(in crate::server) async fn close(&mut self, code: u16, reason: &str) {
        if self.send(ServerFrame::close(code, reason)).await.is_err() {
            return;
        }
        loop {
            match self.receive().await {
                Ok(Received::Close(_)) | Err(ReadError::Ended | ReadError::Broken(_)) => return,
                Ok(_) => {}
                Err(ReadError::Violation(_)) => return self.skip().await,
            }
        }
    }

    /// Reads and drops whatever comes, until the connection ends.
    async fn skip(&mut self) {
        let mut bytes = [const { MaybeUninit::uninit() }; READ_AT_ONCE];
        loop {
            let mut buffer = ReadBuf::uninit(&mut bytes);
            let read =
                poll_fn(|context| Pin::new(&mut self.stream).poll_read(context, &mut buffer));
            if read.await.is_err() || buffer.filled().is_empty() {
                return;
            }
        }
    }
}
