//! The body that mpv gets: what the pump brings, at mpv's own pace.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame};
use tokio::sync::mpsc;

/// Pieces of at most 64 KiB each that wait for mpv: enough to keep the connection busy.
const WAITING: usize = 4;

/// The body broke off: hyper then closes the connection, so that mpv does not take what came
/// for all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it broke off")]
pub(super) struct BrokeOff;

/// The writing end.
pub(super) type Pipe = mpsc::Sender<Result<Bytes, BrokeOff>>;

/// The body of an answer to mpv.
#[derive(Debug)]
pub(super) enum RelayBody {
    /// Known already, or empty.
    Whole(Option<Bytes>),
    /// Still being fetched.
    Piped(mpsc::Receiver<Result<Bytes, BrokeOff>>),
}

impl RelayBody {
    /// A body and the end where it is written.
    pub(super) fn pipe() -> (Pipe, Self) {
        let (pipe, reading) = mpsc::channel(WAITING);
        (pipe, Self::Piped(reading))
    }

    /// A body that is all there.
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
