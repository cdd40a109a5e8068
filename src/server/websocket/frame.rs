//! Frames that the server sends, as they go over the wire. A server's frames are not masked, so
//! their bytes are the same for every client (RFC 6455, section 5.1).

use bytes::Bytes;

/// The last frame of a message, and the kinds of frames that the server sends (section 5.2).
const FINAL: u8 = 0x80;
const TEXT: u8 = FINAL | 0x1;
const CLOSE: u8 = FINAL | 0x8;
const PING: u8 = FINAL | 0x9;
const PONG: u8 = FINAL | 0xa;

/// The length bytes that announce a length in two and in eight further bytes.
const IN_TWO: u8 = 126;
const IN_EIGHT: u8 = 127;

/// The most bytes that a control frame carries, two of which are the code in a close (section 5.5).
const CONTROL_MOST: usize = 125;

/// A whole frame with its header. Clones share its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::server) struct ServerFrame(Bytes);

impl ServerFrame {
    /// A message of this text.
    pub(in crate::server) fn text(text: &str) -> Self {
        Self::new(TEXT, &[text.as_bytes()])
    }

    /// A ping without content.
    pub(in crate::server) fn ping() -> Self {
        Self::new(PING, &[])
    }

    /// The answer to a ping, which repeats its content.
    pub(super) fn pong(content: &[u8]) -> Self {
        Self::new(PONG, &[content])
    }

    /// A close with its code and a reason of at most 123 bytes; a longer one is left out.
    pub(in crate::server) fn close(code: u16, reason: &str) -> Self {
        let code = code.to_be_bytes();
        let fits = code.len() + reason.len() <= CONTROL_MOST;
        Self::new(CLOSE, &[&code, if fits { reason } else { "" }.as_bytes()])
    }

    /// The number of bytes on the wire.
    pub(in crate::server) fn len(&self) -> usize {
        self.0.len()
    }

    /// The bytes on the wire.
    pub(super) fn into_bytes(self) -> Bytes {
        self.0
    }

    fn new(kind: u8, parts: &[&[u8]]) -> Self {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        let mut bytes = Vec::with_capacity(10 + length);
        bytes.push(kind);
        match (u8::try_from(length), u16::try_from(length)) {
            (Ok(short), _) if short < IN_TWO => bytes.push(short),
            (_, Ok(length)) => {
                bytes.push(IN_TWO);
                bytes.extend(length.to_be_bytes());
            }
            _ => {
                bytes.push(IN_EIGHT);
                bytes.extend(u64::try_from(length).unwrap_or(u64::MAX).to_be_bytes());
            }
        }
        for part in parts {
            bytes.extend_from_slice(part);
        }
        Self(bytes.into_boxed_slice().into())
    }

    /// What the frame carries, as text.
    #[cfg(test)]
    pub(in crate::server) fn as_text(&self) -> &str {
        let header = match self.0[1] {
            IN_TWO => 4,
            IN_EIGHT => 10,
            _ => 2,
        };
        std::str::from_utf8(&self.0[header..]).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use tokio_tungstenite::tungstenite::protocol::{Role, WebSocket};
    use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

    use super::ServerFrame;

    /// What a client reads.
    fn read(frame: ServerFrame) -> Message {
        let bytes = std::io::Cursor::new(frame.into_bytes().to_vec());
        let mut client = WebSocket::from_raw_socket(bytes, Role::Client, None);
        client.read().unwrap()
    }

    #[test]
    fn a_client_reads_every_length_of_text() {
        for length in [0, 1, 125, 126, 127, 65_535, 65_536, 70_000] {
            let text = "x".repeat(length);
            let frame = ServerFrame::text(&text);
            assert_eq!(frame.as_text(), text);
            assert_eq!(read(frame), Message::text(text));
        }
    }

    #[test]
    fn a_close_has_its_code_and_a_reason_that_fits() {
        for (reason, expected) in [
            ("x".repeat(123), "x".repeat(123)),
            ("x".repeat(124), String::new()),
        ] {
            // The client answers the close, for which this connection has no room.
            let mut bytes = ServerFrame::close(4003, &reason).into_bytes().to_vec();
            bytes.reserve(200);
            let mut client =
                WebSocket::from_raw_socket(std::io::Cursor::new(bytes), Role::Client, None);
            let Message::Close(Some(close)) = client.read().unwrap() else {
                panic!("no close");
            };
            assert_eq!(
                (u16::from(close.code), close.reason),
                (4003, Utf8Bytes::from(expected))
            );
        }
    }

    #[test]
    fn pings_and_pongs_are_read() {
        assert_eq!(read(ServerFrame::ping()), Message::Ping(Vec::new().into()));
        assert_eq!(
            read(ServerFrame::pong(b"same")),
            Message::Pong(b"same".to_vec().into())
        );
    }
}
