//! Errors of a connection as causes that can be worded: our own in place of a library's.

use std::io::ErrorKind;

use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::error::{CapacityError, ProtocolError};

use crate::app::event::Disconnect;
use crate::app::network_fault::NetworkCause;
use crate::system_fault::SystemFault;

/// A connection that broke for a reason.
pub(super) fn lost(cause: NetworkCause) -> Disconnect {
    Disconnect::Lost {
        error: cause.into(),
    }
}

/// The cause that an error of the library has.
pub(super) fn error_cause(error: &Error) -> NetworkCause {
    match error {
        Error::Io(cause) if cause.kind() == ErrorKind::UnexpectedEof => NetworkCause::Ended,
        Error::Io(cause) => NetworkCause::System(cause.into()),
        Error::Protocol(ProtocolError::HandshakeIncomplete) => NetworkCause::HungUp,
        Error::Protocol(ProtocolError::HttparseError(_)) => NetworkCause::NotHttp,
        Error::ConnectionClosed
        | Error::AlreadyClosed
        | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => NetworkCause::Ended,
        // The library takes an answer with a long head, or one in very small pieces, for an
        // attack.
        Error::AttackAttempt | Error::Capacity(CapacityError::TooManyHeaders) => {
            NetworkCause::HeadTooLong
        }
        Error::Capacity(CapacityError::MessageTooLong { .. }) => NetworkCause::MessageTooLong,
        Error::WriteBufferFull(_) => NetworkCause::TakesNothing,
        Error::Protocol(_) | Error::Utf8(_) | Error::HttpFormat(_) => NetworkCause::Senseless,
        Error::Http(answer) => NetworkCause::Status(answer.status().as_u16()),
        Error::Tls(_) | Error::Url(_) => {
            NetworkCause::System(SystemFault::foreign(error.to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio_tungstenite::tungstenite::Error;
    use tokio_tungstenite::tungstenite::error::CapacityError;

    use super::error_cause;
    use crate::strings::network;
    use crate::texts::language::Language;

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
            let text = network::fault(Language::English, &error_cause(&cause).into());
            for foreign in ["ttack", "exceeded", "UTF", "\u{9b}", "\u{202e}"] {
                assert!(!text.contains(foreign), "{text}");
            }
            assert!(text.contains(' '), "{text}");
        }
    }
}
