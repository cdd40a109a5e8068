//! Errors of a connection as text for the member: the system's text where it helps, and ours in
//! place of a library's.

use std::io::ErrorKind;

use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::error::{CapacityError, ProtocolError};

use crate::app::event::Disconnect;
use crate::client::tls;
use crate::protocol::text::clean;

/// The text for a connection that ended without a reason.
pub(super) const ENDED: &str = "the connection ended";

/// A connection that broke for a reason.
pub(super) fn lost(error: &str) -> Disconnect {
    Disconnect::Lost {
        error: error.to_owned(),
    }
}

/// An error as text, cleaned: a stranger may have written a part of it.
pub(super) fn error_text(cause: &Error) -> String {
    let text = match cause {
        Error::Io(cause) if cause.kind() == ErrorKind::UnexpectedEof => ENDED.to_owned(),
        Error::Io(cause) => cause.to_string(),
        Error::Protocol(ProtocolError::HandshakeIncomplete) => tls::HUNG_UP.to_owned(),
        Error::Protocol(ProtocolError::HttparseError(_)) => "it speaks no HTTP".to_owned(),
        Error::ConnectionClosed
        | Error::AlreadyClosed
        | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => ENDED.to_owned(),
        // The library takes an answer with a long head, or one in very small pieces, for an
        // attack.
        Error::AttackAttempt | Error::Capacity(CapacityError::TooManyHeaders) => {
            "the head of its answer is longer than any of ours".to_owned()
        }
        Error::Capacity(CapacityError::MessageTooLong { .. }) => {
            "it sends a message that is larger than any of ours".to_owned()
        }
        Error::WriteBufferFull(_) => "the server does not take what is sent".to_owned(),
        Error::Protocol(_) | Error::Utf8(_) | Error::HttpFormat(_) => {
            "what came makes no sense".to_owned()
        }
        Error::Http(answer) => format!("it answers {}", answer.status()),
        Error::Tls(_) | Error::Url(_) => cause.to_string(),
    };
    let text = text.split(" (os error").next().unwrap_or_default();
    clean(text, 200)
}

#[cfg(test)]
mod tests {
    use tokio_tungstenite::tungstenite::Error;
    use tokio_tungstenite::tungstenite::error::CapacityError;

    use super::error_text;

    #[test]
    fn no_library_accuses_anybody() {
        let (size, max_size) = (9_000_000, 8_000_000);
        let causes = [
            Error::AttackAttempt,
            Error::Capacity(CapacityError::TooManyHeaders),
            Error::Capacity(CapacityError::MessageTooLong { size, max_size }),
            Error::Utf8("\u{9b}31m\u{202e}".to_owned()),
        ];
        for cause in causes {
            let text = error_text(&cause);
            for foreign in ["ttack", "exceeded", "UTF", "\u{9b}", "\u{202e}"] {
                assert!(!text.contains(foreign), "{text}");
            }
            assert!(text.contains(' '), "{text}");
        }
    }
}
