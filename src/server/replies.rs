//! The server's answers that carry a code. Each also carries the server's text, for clients that do
//! not know the code.

use super::websocket::ServerFrame;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ids::Seq;
use crate::texts;
use crate::texts::language::Language;
use crate::wire::codec;
use crate::wire::message::{FrameError, Reason, ServerMsg};

/// A message as a frame. All of our messages can be serialised. If one could not, an empty
/// object would go out, which clients ignore.
pub(super) fn frame(message: &ServerMsg) -> ServerFrame {
    match codec::encode(message) {
        Ok(text) => ServerFrame::text(&text),
        Err(error) => {
            tracing::error!(%error, "a message could not be serialised");
            ServerFrame::text("{}")
        }
    }
}

/// The answer to a command that was denied.
pub(super) fn denied(seq: Seq, why: &Denied) -> ServerMsg {
    ServerMsg::Denied {
        seq,
        reason: Reason::new(why, texts::denied::denied(Language::English, why)),
    }
}

/// The answer to a command that the server cannot read; `detail` says what is wrong with it.
pub(super) fn not_understood(seq: Seq, detail: &serde_json::Error) -> ServerMsg {
    let text = texts::frames::not_understood(Language::English, &detail.to_string());
    ServerMsg::Denied {
        seq,
        reason: Reason::new(&Denied::NotUnderstood, text),
    }
}

/// The last message to a client that is refused or dismissed.
pub(super) fn refused(why: &Refused) -> ServerMsg {
    ServerMsg::Refused(Reason::new(
        why,
        texts::denied::refused(Language::English, why),
    ))
}

/// The answer to a frame that was not accepted; `detail` says what is wrong with its text.
pub(super) fn frame_error(why: FrameError, detail: Option<&serde_json::Error>) -> ServerMsg {
    let detail = detail.map(ToString::to_string).unwrap_or_default();
    ServerMsg::Error(Reason::new(
        &why,
        texts::frames::frame_error(Language::English, why, &detail),
    ))
}

/// The answer to a frame that is larger than the server accepts.
pub(super) fn too_large() -> ServerMsg {
    let limit = max_frame();
    frame_error(FrameError::FrameTooLarge { limit }, None)
}

/// The largest frame that the server accepts, in bytes.
pub(super) fn max_frame() -> u32 {
    u32::try_from(codec::MAX_CLIENT_FRAME).unwrap_or(u32::MAX)
}
