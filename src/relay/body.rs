//! The body of a response to mpv: data that the pump supplies, read at mpv's own pace.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame};
use tokio::sync::mpsc;

/// How many chunks of at most 64 KiB are buffered for mpv (judgement: enough to keep the connection
/// busy).
const WAITING: usize = 4;

/// The body is incomplete. hyper then closes the connection, so that mpv does not take the received
/// part for the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it broke off")]
pub(super) struct BrokeOff;

/// The writing end of a body.
pub(super) type Pipe = mpsc::Sender<Result<Bytes, BrokeOff>>;

/// The body of a response to mpv.
#[derive(Debug)]
pub(super) enum RelayBody {
    /// All of it is known; `None` is an empty body.
    Whole(Option<Bytes>),
    /// Still being fetched: chunks arrive until the channel closes.
    Piped(mpsc::Receiver<Result<Bytes, BrokeOff>>),
}

impl RelayBody {
    /// A body and its writing end.
    pub(super) fn pipe() -> (Pipe, Self) {
        let (pipe, reading) = mpsc::channel(WAITING);
        (pipe, Self::Piped(reading))
    }

    /// A complete body.
    pub(super) fn whole(bytes: impl Into<Bytes>) -> Self {
        Self::Whole(Some(bytes.into()))
    }
}

impl Body for RelayBody {
    type Data = Bytes;
    type Error = BrokeOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokeOff>>> {
        match &mut *self {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Piped(reading) => reading
                .poll_recv(context)
                .map(|bytes| bytes.map(|bytes| bytes.map(Frame::data))),
        }
    }
}
