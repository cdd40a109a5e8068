//! WebSocket frames (RFC 6455), as far as a client of this server needs them: whole text frames,
//! pings and closes. What is anything else is a fault.

/// The request that makes a connection a WebSocket, for this host.
pub(super) fn upgrade(host: &str) -> String {
    // The key is the one of RFC 6455, section 1.3: nothing depends on its being secret.
    format!(
        "GET /ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
}

/// The length of an answer to it, with its end; `None` if there is more to come.
///
/// # Errors
/// The answer, if it is not the right one.
pub(super) fn upgraded(bytes: &[u8]) -> Result<Option<usize>, String> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = bytes.get(..end).unwrap_or_default();
    if head.starts_with(b"HTTP/1.1 101 ") {
        return Ok(Some(end + 4));
    }
    let first = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    Err(String::from_utf8_lossy(first).into_owned())
}

/// A frame of the server.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame<'a> {
    /// A whole message.
    Text(&'a [u8]),
    /// To be answered with the same bytes.
    Ping(&'a [u8]),
    /// The end, with the reason.
    Close(&'a [u8]),
    /// What no server of ours sends: the first byte.
    Strange(u8),
}

/// The first frame in some bytes, and how many of them it takes; `None` if it is not whole yet.
pub(super) fn first(bytes: &[u8]) -> Option<(Frame<'_>, usize)> {
    let (&kind, &short) = (bytes.first()?, bytes.get(1)?);
    let (head, length): (usize, usize) = match short {
        126 => {
            let long = bytes.get(2..4)?.try_into().ok()?;
            (4, usize::from(u16::from_be_bytes(long)))
        }
        127 => {
            let long = bytes.get(2..10)?.try_into().ok()?;
            (10, usize::try_from(u64::from_be_bytes(long)).ok()?)
        }
        short => (2, usize::from(short)),
    };
    let payload = bytes.get(head..head.checked_add(length)?)?;
    let frame = match kind {
        0x81 => Frame::Text(payload),
        0x89 => Frame::Ping(payload),
        0x88 => Frame::Close(payload.get(2..).unwrap_or_default()),
        other => Frame::Strange(other),
    };
    Some((frame, head + length))
}

/// The first byte of a text frame.
pub(super) const TEXT: u8 = 0x81;

/// The first byte of a pong.
pub(super) const PONG: u8 = 0x8A;

/// Writes a masked frame into `into`. The payload has less than 64 KiB.
pub(super) fn write(into: &mut Vec<u8>, kind: u8, payload: &[u8], key: [u8; 4]) {
    into.push(kind);
    match u8::try_from(payload.len()) {
        Ok(short) if short < 126 => into.push(0x80 | short),
        _ => {
            // The mask's bit, and 126: the length follows in two bytes.
            let long = u16::try_from(payload.len()).unwrap_or(u16::MAX);
            into.push(0xFE);
            into.extend(long.to_be_bytes());
        }
    }
    into.extend(key);
    let masked = payload.iter().zip(key.iter().cycle());
    into.extend(masked.map(|(byte, key)| byte ^ key));
}
