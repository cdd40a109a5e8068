//! What a client may send, in whatever pieces it arrives, and what it may not.

use std::io::Cursor;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocket};

use super::{Assembly, Received, Violation};

const MOST: usize = 1_000;

/// A frame of a client: the first byte of its header, and its content.
fn frame(first: u8, content: &[u8]) -> Vec<u8> {
    let mask = [0x12, 0x9a, 0x00, 0xff];
    let mut bytes = vec![first];
    if let Ok(short @ ..126) = u8::try_from(content.len()) {
        bytes.push(0x80 | short);
    } else {
        bytes.push(0xfe);
        bytes.extend(u16::try_from(content.len()).unwrap().to_be_bytes());
    }
    bytes.extend(mask);
    let masked = content.iter().zip(mask.iter().cycle());
    bytes.extend(masked.map(|(byte, key)| byte ^ key));
    bytes
}

/// All messages of these bytes, which arrive in pieces of this size, up to the first violation.
fn read(bytes: &[u8], piece: usize) -> Result<Vec<Received>, Violation> {
    let mut assembly = Assembly::new(MOST);
    let mut messages = Vec::new();
    for piece in bytes.chunks(piece) {
        assembly.add(piece);
        while let Some(message) = assembly.take()? {
            messages.push(message);
        }
    }
    Ok(messages)
}

fn text(text: &str) -> Received {
    Received::Text(text.to_owned())
}

#[test]
fn a_text_may_come_in_several_frames_with_a_ping_between() {
    let frames = [
        frame(0x01, "фи".as_bytes()),
        frame(0x89, b"there?"),
        frame(0x00, b""),
        frame(0x80, "льм".as_bytes()),
        frame(0x8a, b""),
        frame(0x82, &[0xff]),
        frame(0x88, &[0x03, 0xe8, b'o', b'k']),
    ];
    let expected = [
        Received::Ping(b"there?".to_vec()),
        text("фильм"),
        Received::Pong,
        Received::Binary,
        Received::Close(Some(1000)),
    ];
    for piece in [1, 2, 3, 7, 4096] {
        assert_eq!(read(&frames.concat(), piece).unwrap(), expected, "{piece}");
    }
}

#[test]
fn a_letter_may_be_cut_between_two_frames() {
    let letter = "ы".as_bytes();
    let frames = [frame(0x01, &letter[..1]), frame(0x80, &letter[1..])];
    assert_eq!(read(&frames.concat(), 4096), Ok(vec![text("ы")]));
}

#[test]
fn between_two_messages_nothing_is_kept() {
    let mut assembly = Assembly::new(MOST);
    assembly.add(&frame(0x81, &[b'x'; MOST]));
    assembly.take().unwrap().unwrap();
    assert_eq!(assembly.bytes.capacity(), 0);
    assert!(assembly.begun.is_none());
}

#[test]
fn what_no_client_may_send_is_told_apart() {
    let unmasked = vec![0x81, 0x01, b'x'];
    let protocol: &[(&str, Vec<u8>)] = &[
        ("unmasked", unmasked),
        ("an extension", frame(0xc1, b"x")),
        ("another extension", frame(0x91, b"x")),
        ("a kind of data that is not defined", frame(0x83, b"x")),
        ("a kind of control that is not defined", frame(0x8b, b"x")),
        ("a ping in several frames", frame(0x09, b"x")),
        ("a ping of 126 bytes", frame(0x89, &[0; 126])),
        ("a message without a begin", frame(0x80, b"x")),
        (
            "a message without an end",
            [frame(0x01, b"x"), frame(0x81, b"x")].concat(),
        ),
        ("half a code", frame(0x88, &[0x03])),
    ];
    for (case, bytes) in protocol {
        let violation = read(bytes, 4096).unwrap_err();
        assert!(
            matches!(violation, Violation::Protocol(_)),
            "{case}: {violation}"
        );
        assert_eq!(violation.close_code(), 1002);
    }
    for code in [0_u16, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535] {
        let violation = read(&frame(0x88, &code.to_be_bytes()), 4096).unwrap_err();
        assert!(matches!(violation, Violation::Protocol(_)), "{code}");
    }
    for code in [
        1000_u16, 1001, 1002, 1003, 1007, 1011, 3000, 3999, 4000, 4999,
    ] {
        let closed = read(&frame(0x88, &code.to_be_bytes()), 4096).unwrap();
        assert_eq!(closed, [Received::Close(Some(code))]);
    }
    assert_eq!(read(&frame(0x88, b""), 1).unwrap(), [Received::Close(None)]);
    for bytes in [frame(0x81, &[0xff]), frame(0x88, &[0x03, 0xe8, 0xff])] {
        assert_eq!(read(&bytes, 4096), Err(Violation::NotUtf8));
    }
}

#[test]
fn a_message_that_is_too_large_is_not_waited_for() {
    let large = frame(0x81, &[b'x'; MOST + 1]);
    assert_eq!(read(&large[..8], 4096), Err(Violation::TooLarge));
    let parts = [frame(0x01, &[b'x'; MOST]), frame(0x80, b"x")].concat();
    assert_eq!(read(&parts, 4096), Err(Violation::TooLarge));
    // The largest length that can be written.
    let endless = [&[0x81, 0xff][..], &[0x7f; 8], &[0; 4]].concat();
    assert_eq!(read(&endless, 4096), Err(Violation::TooLarge));
}

/// Messages as a client's program may send them.
fn messages() -> impl Strategy<Value = Vec<Message>> {
    let one = prop_oneof![
        ".{0,300}".prop_map(Message::text),
        vec(any::<u8>(), 0..300).prop_map(Message::binary),
        vec(any::<u8>(), 0..125).prop_map(|content| Message::Ping(content.into())),
        Just(Message::Pong(Vec::new().into())),
    ];
    vec(one, 0..8)
}

proptest! {
    #[test]
    fn what_another_library_sends_is_read(messages in messages(), piece in 1_usize..5_000) {
        let mut client = WebSocket::from_raw_socket(Cursor::new(Vec::new()), Role::Client, None);
        for message in &messages {
            client.send(message.clone()).unwrap();
        }
        let bytes = client.into_inner().into_inner();
        let expected: Vec<_> = messages.into_iter().map(|message| match message {
            Message::Text(sent) => text(&sent),
            Message::Ping(content) => Received::Ping(content.to_vec()),
            Message::Pong(_) => Received::Pong,
            _ => Received::Binary,
        }).collect();
        let mut assembly = Assembly::new(10_000);
        let mut received = Vec::new();
        for piece in bytes.chunks(piece) {
            assembly.add(piece);
            while let Some(message) = assembly.take().unwrap() {
                received.push(message);
            }
        }
        assert_eq!(received, expected);
    }

    #[test]
    fn whatever_arrives_holds_no_more_than_a_message(bytes in vec(any::<u8>(), 0..5_000), piece in 1_usize..100) {
        let mut assembly = Assembly::new(MOST);
        for piece in bytes.chunks(piece) {
            assembly.add(piece);
            loop {
                match assembly.take() {
                    Ok(Some(_)) => {}
                    Ok(None) => break,
                    Err(_) => return Ok(()),
                }
            }
            let begun = assembly.begun.as_ref().map_or(0, |begun| begun.content.len());
            assert!(begun <= MOST && assembly.bytes.len() <= MOST + 14);
        }
    }
}
