//! Why a server rejects a frame or a command.

use crate::protocol::text::clean;
use crate::texts::language::Language;
use crate::texts::tr;
use crate::wire::message::FrameError;

/// The most characters quoted from a parser's error message.
const DETAIL_CHARS: usize = 160;

/// Why a frame was rejected; `detail` is the parser's message, which may quote the frame.
#[must_use]
pub fn frame_error(language: Language, why: FrameError, detail: &str) -> String {
    match why {
        FrameError::FrameTooLarge { limit } => tr!(language, "frame-too-large", limit = limit),
        FrameError::BadFrame if detail.is_empty() => tr!(language, "frame-bad"),
        FrameError::BadFrame => {
            let detail = clean(detail, DETAIL_CHARS);
            tr!(language, "frame-bad-detail", detail = detail)
        }
        FrameError::AlreadyHere => tr!(language, "frame-already-here"),
    }
}

/// Why a command was not understood; `detail` is the parser's message, which may quote the command.
#[must_use]
pub fn not_understood(language: Language, detail: &str) -> String {
    let detail = clean(detail, DETAIL_CHARS);
    tr!(language, "frame-not-understood", detail = detail)
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
