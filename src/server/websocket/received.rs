//! Messages of the bytes that a client sends: its frames are unmasked, and put together where a
//! message comes in several.

use std::io::Cursor;

use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Control, Data, OpCode};

/// The most bytes that a control frame carries (RFC 6455, section 5.5).
const CONTROL_MOST: u64 = 125;

/// What a client sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::server) enum Received {
    /// A message of text.
    Text(String),
    /// A message of bytes, which nobody here reads.
    Binary,
    /// A ping, with what its answer repeats.
    Ping(Vec<u8>),
    /// The answer to a ping.
    Pong,
    /// The client closes, for this reason if it says one.
    Close(Option<u16>),
}

/// What no client may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::server) enum Violation {
    /// A message larger than is read at all.
    #[error("a message is too large")]
    TooLarge,
    /// Bytes that are no frames, or frames in an order that makes no messages.
    #[error("{0}")]
    Protocol(&'static str),
    /// A text that is not UTF-8.
    #[error("a text is not UTF-8")]
    NotUtf8,
}

impl Violation {
    /// The code of the close that answers it (section 7.4.1).
    pub(in crate::server) const fn close_code(self) -> u16 {
        match self {
            Self::Protocol(_) => 1002,
            Self::NotUtf8 => 1007,
            Self::TooLarge => 1009,
        }
    }
}

/// What has arrived of messages that are not complete. Between two messages it holds no memory.
#[derive(Debug)]
pub(super) struct Assembly {
    /// The most bytes of a message.
    most: usize,
    /// Bytes that are no whole frame yet, or follow one that was taken.
    bytes: Vec<u8>,
    /// The frames so far of a message that comes in several.
    begun: Option<Begun>,
}

/// The begin of a message.
#[derive(Debug)]
struct Begun {
    is_text: bool,
    content: Vec<u8>,
}

impl Assembly {
    /// Nothing yet, of messages of at most so many bytes.
    pub(super) const fn new(most: usize) -> Self {
        Self {
            most,
            bytes: Vec::new(),
            begun: None,
        }
    }

    /// Adds bytes that arrived.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Takes the next message, if it is complete.
    ///
    /// # Errors
    /// [`Violation`]; what follows it cannot be read.
    pub(super) fn take(&mut self) -> Result<Option<Received>, Violation> {
        loop {
            let Some((header, content)) = self.take_frame()? else {
                return Ok(None);
            };
            let received = match header.opcode {
                OpCode::Control(kind) => Some(control(kind, content)?),
                OpCode::Data(kind) => self.data(kind, header.is_final, content)?,
            };
            if received.is_some() {
                return Ok(received);
            }
        }
    }

    /// Takes the next frame, unmasked, if it is complete.
    fn take_frame(&mut self) -> Result<Option<(FrameHeader, Vec<u8>)>, Violation> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        let mut cursor = Cursor::new(&self.bytes);
        let parsed = FrameHeader::parse(&mut cursor);
        let parsed = parsed.map_err(|_| Violation::Protocol("a frame is of no kind"))?;
        let Some((header, length)) = parsed else {
            return Ok(None);
        };
        let mask = self.checked(&header, length)?;
        let sizes = (usize::try_from(cursor.position()), usize::try_from(length));
        let (Ok(begin), Ok(length)) = sizes else {
            return Err(Violation::TooLarge);
        };
        let end = begin + length;
        if self.bytes.len() < end {
            return Ok(None);
        }
        let rest = self.bytes.split_off(end);
        let mut content = std::mem::replace(&mut self.bytes, rest);
        content.drain(..begin);
        unmask(&mut content, mask);
        Ok(Some((header, content)))
    }

    /// The mask of a frame that may come here, by its header.
    fn checked(&self, header: &FrameHeader, length: u64) -> Result<[u8; 4], Violation> {
        if header.rsv1 || header.rsv2 || header.rsv3 {
            return Err(Violation::Protocol("a frame uses an extension"));
        }
        let Some(mask) = header.mask else {
            return Err(Violation::Protocol("a frame is not masked"));
        };
        let before = match (header.opcode, &self.begun) {
            (OpCode::Control(_), _) => {
                if !header.is_final || length > CONTROL_MOST {
                    return Err(Violation::Protocol("a control frame is too large"));
                }
                return Ok(mask);
            }
            (OpCode::Data(Data::Continue), Some(begun)) => begun.content.len(),
            (OpCode::Data(Data::Continue), None) => {
                return Err(Violation::Protocol("a message has no begin"));
            }
            (OpCode::Data(_), None) => 0,
            (OpCode::Data(_), Some(_)) => return Err(Violation::Protocol("a message has no end")),
        };
        let most = u64::try_from(self.most.saturating_sub(before)).unwrap_or(u64::MAX);
        if length > most {
            return Err(Violation::TooLarge);
        }
        Ok(mask)
    }

    /// Adds a frame to its message, and returns that if it is complete.
    fn data(
        &mut self,
        kind: Data,
        is_final: bool,
        content: Vec<u8>,
    ) -> Result<Option<Received>, Violation> {
        let message = match self.begun.take() {
            Some(mut begun) => {
                begun.content.extend_from_slice(&content);
                begun
            }
            None => Begun {
                is_text: kind == Data::Text,
                content,
            },
        };
        if !is_final {
            self.begun = Some(message);
            return Ok(None);
        }
        if !message.is_text {
            return Ok(Some(Received::Binary));
        }
        let text = String::from_utf8(message.content).map_err(|_| Violation::NotUtf8)?;
        Ok(Some(Received::Text(text)))
    }
}

/// Takes the mask off, which is the same four bytes over and over (section 5.3).
fn unmask(content: &mut [u8], mask: [u8; 4]) {
    for four in content.chunks_mut(mask.len()) {
        for (byte, key) in four.iter_mut().zip(mask) {
            *byte ^= key;
        }
    }
}

fn control(kind: Control, content: Vec<u8>) -> Result<Received, Violation> {
    match kind {
        Control::Ping => Ok(Received::Ping(content)),
        Control::Pong => Ok(Received::Pong),
        Control::Close => close(&content).map(Received::Close),
        Control::Reserved(_) => Err(Violation::Protocol("a frame is of no kind")),
    }
}

/// The code in a close, which also has a reason (section 5.5.1).
fn close(content: &[u8]) -> Result<Option<u16>, Violation> {
    let Some((code, reason)) = content.split_first_chunk::<2>() else {
        return if content.is_empty() {
            Ok(None)
        } else {
            Err(Violation::Protocol("a close has half a code"))
        };
    };
    let code = u16::from_be_bytes(*code);
    if !CloseCode::from(code).is_allowed() {
        return Err(Violation::Protocol(
            "a close has a code that nobody may send",
        ));
    }
    match std::str::from_utf8(reason) {
        Ok(_) => Ok(Some(code)),
        Err(_) => Err(Violation::NotUtf8),
    }
}

#[cfg(test)]
mod tests;
