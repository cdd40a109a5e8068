//! Why a server rejects a frame or a command.

use crate::protocol::text::clean;
use crate::texts::language::Language;
use crate::wire::message::FrameError;

/// The most characters quoted from a parser's error message.
const DETAIL_CHARS: usize = 160;

/// Why a frame was rejected; `detail` is the parser's message, which may quote the frame.
#[must_use]
pub fn frame_error(language: Language, why: FrameError, detail: &str) -> String {
    match why {
        FrameError::FrameTooLarge { limit } => {
            format!("this frame is larger than the {limit} bytes that this server takes")
        }
        FrameError::BadFrame if detail.is_empty() => {
            "this frame is no message: the server takes JSON in text frames".to_owned()
        }
        FrameError::BadFrame => {
            format!("this frame is no message: {}", clean(detail, DETAIL_CHARS))
        }
        FrameError::AlreadyHere => "this connection is in a room already".to_owned(),
    }
}

/// Why a command was not understood; `detail` is the parser's message, which may quote the command.
#[must_use]
pub fn not_understood(language: Language, detail: &str) -> String {
    let why = clean(detail, DETAIL_CHARS);
    format!("The server does not take this command: {why}")
}

#[cfg(test)]
mod tests {
    use super::frame_error;
    use crate::texts::language::Language;
    use crate::wire::message::FrameError;

    #[test]
    fn what_a_frame_held_is_cleaned_before_it_is_repeated() {
        let text = frame_error(
            Language::English,
            FrameError::BadFrame,
            "unknown \u{1b}[2J\u{202e}thing",
        );
        assert!(text.ends_with("unknown [2Jthing"), "{text}");
    }
}
