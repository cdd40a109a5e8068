//! Codes with the server's own words beside them, for clients that do not know a code.

use axum::extract::ws::Utf8Bytes;

use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ids::Seq;
use crate::texts;
use crate::wire::codec;
use crate::wire::message::{FrameError, Reason, ServerMsg};

/// A message as a frame's text. None of our messages fails to serialise; if one ever did, the
/// empty object that goes out instead is no message, and clients ignore it.
pub(super) fn frame(message: &ServerMsg) -> Utf8Bytes {
    match codec::encode(message) {
        Ok(text) => Utf8Bytes::from(text),
        Err(error) => {
            tracing::error!(%error, "a message could not be serialised");
            Utf8Bytes::from_static("{}")
        }
    }
}

/// The answer to a command that changes nothing.
pub(super) fn denied(seq: Seq, why: &Denied) -> ServerMsg {
    ServerMsg::Denied {
        seq,
        reason: Reason::new(why, texts::denied::denied(why)),
    }
}

/// The answer to a command that the server cannot read; `detail` says what is wrong with it.
pub(super) fn not_understood(seq: Seq, detail: &serde_json::Error) -> ServerMsg {
    let text = texts::frames::not_understood(&detail.to_string());
    ServerMsg::Denied {
        seq,
        reason: Reason::new(&Denied::NotUnderstood, text),
    }
}

/// The last message to somebody who is not let in.
pub(super) fn refused(why: &Refused) -> ServerMsg {
    ServerMsg::Refused(Reason::new(why, texts::denied::refused(why)))
}

/// The answer to a frame that was not taken; `detail` says what is wrong with its text.
pub(super) fn frame_error(why: FrameError, detail: Option<&serde_json::Error>) -> ServerMsg {
    let detail = detail.map(ToString::to_string).unwrap_or_default();
    ServerMsg::Error(Reason::new(&why, texts::frames::frame_error(why, &detail)))
}

/// The answer to a frame that is larger than the server takes.
pub(super) fn too_large() -> ServerMsg {
    let limit = max_frame();
    frame_error(FrameError::FrameTooLarge { limit }, None)
}

/// The largest frame that the server takes, in bytes, as the wire says it.
pub(super) fn max_frame() -> u32 {
    u32::try_from(codec::MAX_CLIENT_FRAME).unwrap_or(u32::MAX)
}
