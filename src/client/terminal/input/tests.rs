//! Keys as terminals send them; answers whole, split and hostile.

use crossterm::event::{
    Event as TerminalInput, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEventKind,
};
use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};

use super::{InputParser, LONGEST_PASTE, SEQUENCE, STALLED_PASTE, TerminalAnswer, TerminalRead};
use crate::app::appearance::Background;

const NONE: KeyModifiers = KeyModifiers::NONE;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const ALT: KeyModifiers = KeyModifiers::ALT;
const CONTROL: KeyModifiers = KeyModifiers::CONTROL;

fn key(code: KeyCode, modifiers: KeyModifiers) -> TerminalRead {
    TerminalRead::Input(TerminalInput::Key(KeyEvent::new(code, modifiers)))
}

/// What is read of bytes, and of the pause behind them.
fn read(bytes: impl AsRef<[u8]>) -> Vec<TerminalRead> {
    let mut parser = InputParser::default();
    let mut read = parser.feed(bytes.as_ref());
    for _ in 0..2 {
        if parser.patience().is_some() {
            read.extend(parser.pause());
        }
    }
    assert_eq!(parser.patience(), None, "nothing is left");
    read
}

#[test]
fn keys_are_read_as_the_usual_terminals_send_them() {
    for (bytes, code, modifiers) in [
        ("a", KeyCode::Char('a'), NONE),
        ("Я", KeyCode::Char('Я'), NONE),
        ("🍿", KeyCode::Char('🍿'), NONE),
        ("\r", KeyCode::Enter, NONE),
        ("\n", KeyCode::Char('j'), CONTROL),
        ("\t", KeyCode::Tab, NONE),
        ("\x7f", KeyCode::Backspace, NONE),
        ("\x08", KeyCode::Char('h'), CONTROL),
        ("\x03", KeyCode::Char('c'), CONTROL),
        ("\0", KeyCode::Char(' '), CONTROL),
        ("\x1b", KeyCode::Esc, NONE),
        ("\x1bf", KeyCode::Char('f'), ALT),
        ("\x1bй", KeyCode::Char('й'), ALT),
        ("\x1b\x7f", KeyCode::Backspace, ALT),
        ("\x1b[", KeyCode::Char('['), ALT),
        ("\x1b]", KeyCode::Char(']'), ALT),
        ("\x1bO", KeyCode::Char('O'), ALT),
        ("\x1bP", KeyCode::Char('P'), ALT),
        ("\x1b[A", KeyCode::Up, NONE),
        ("\x1bOA", KeyCode::Up, NONE),
        ("\x1b[1;5D", KeyCode::Left, CONTROL),
        ("\x1b[1;2C", KeyCode::Right, SHIFT),
        ("\x1b[d", KeyCode::Left, SHIFT),
        ("\x1b[Z", KeyCode::BackTab, SHIFT),
        ("\x1b[H", KeyCode::Home, NONE),
        ("\x1b[7~", KeyCode::Home, NONE),
        ("\x1b[4~", KeyCode::End, NONE),
        ("\x1b[3~", KeyCode::Delete, NONE),
        ("\x1b[3;5~", KeyCode::Delete, CONTROL),
        ("\x1b[5^", KeyCode::PageUp, CONTROL),
        ("\x1b[6~", KeyCode::PageDown, NONE),
        ("\x1bOP", KeyCode::F(1), NONE),
        ("\x1b[P", KeyCode::F(1), NONE),
        ("\x1b[[E", KeyCode::F(5), NONE),
        ("\x1b[15~", KeyCode::F(5), NONE),
        ("\x1b[17;2~", KeyCode::F(6), SHIFT),
        ("\x1b[24~", KeyCode::F(12), NONE),
        ("\x1b[1;2R", KeyCode::F(3), SHIFT),
        ("\x1b[13;2u", KeyCode::Enter, SHIFT),
        ("\x1b[27;5;13~", KeyCode::Enter, CONTROL),
        ("\x1b[97;5u", KeyCode::Char('a'), CONTROL),
        ("\x1bOM", KeyCode::Enter, NONE),
        ("\x1bOp", KeyCode::Char('0'), NONE),
    ] {
        assert_eq!(read(bytes), [key(code, modifiers)], "{bytes:?}");
    }
}

#[test]
fn an_escape_before_a_key_is_a_key_of_its_own_only_after_a_pause() {
    let mut parser = InputParser::default();
    assert_eq!(parser.feed(b"\x1b"), []);
    assert!(parser.patience().is_some());
    assert_eq!(parser.pause(), [key(KeyCode::Esc, NONE)]);
    assert_eq!(parser.feed(b"[A").len(), 2, "then these are typed");
    let both = [key(KeyCode::Esc, NONE), key(KeyCode::Up, NONE)];
    assert_eq!(read("\x1b\x1b[A"), both);
    let letters = "ab".chars().map(|c| key(KeyCode::Char(c), NONE));
    assert_eq!(read("ab"), letters.collect::<Vec<_>>());
}

#[test]
fn answers_are_told_from_keys() {
    let dark = TerminalAnswer::Background(Background::Dark);
    let light = TerminalAnswer::Background(Background::Light);
    for (bytes, answer) in [
        ("\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", dark),
        ("\x1b]11;rgb:ffff/ffff/ffff\x07", light),
        ("\x1b]11;rgb:f/f/f\x07", light),
        ("\x1b]11;rgba:fafa/fbfb/fcfc/ffff\x07", light),
        ("\x1b]11;#fdf6e3\x07", light),
        ("\x1b[?997;1n", TerminalAnswer::Scheme(Background::Dark)),
        ("\x1b[?997;2n", TerminalAnswer::Scheme(Background::Light)),
        ("\x1b[2;5R", TerminalAnswer::Cursor(2, 5)),
    ] {
        let typed = format!("{bytes}q");
        let expected = [TerminalRead::Answer(answer), key(KeyCode::Char('q'), NONE)];
        assert_eq!(read(&typed), expected, "{bytes:?}");
        // However it is split, it says the same, and nothing of it is typed.
        for at in 1..bytes.len() {
            let mut parser = InputParser::default();
            let (begin, end) = typed.as_bytes().split_at(at);
            let mut read = parser.feed(begin);
            read.extend(parser.feed(end));
            assert_eq!(read, expected, "{bytes:?} split at {at}");
        }
    }
}

#[test]
fn what_is_no_answer_of_ours_is_dropped_whole() {
    let long = "x".repeat(100_000);
    for bytes in [
        "\x1b]11;rgb:zz/zz/zz\x1b\\",
        "\x1b]11;rgb:11111/1/1\x07",
        "\x1b]11;#+1+1+1\x07",
        "\x1b]11;rgb:ff/ff\x07",
        "\x1b]52;c;cm0gLXJmIC8=\x07",
        "\x1b]10;rgb:ffff/ffff/ffff\x07",
        "\x1bP1+r524742=38\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
        "\x1b[?62;22c",
        "\x1b[?2026;2$y",
        "\x1b[>1;10;0c",
        "\x1b[99999;99999R",
        "\x1b[0;0R",
        "\x1b]11;é\x07",
        &format!("\x1b]11;{long}\x07"),
        &format!("\x1bP{long}\x1b\\"),
        &format!("\x1b[{}R", "1;".repeat(10_000)),
    ] {
        assert_eq!(read(format!("{bytes}q")), [key(KeyCode::Char('q'), NONE)]);
    }
}

#[test]
fn what_does_not_end_holds_no_key_for_ever() {
    for begun in ["\x1b]11;rgb:12", "\x1b[?99", "\x1bPxyz", "\x1b[M!"] {
        assert_eq!(read(begun), [], "after a pause it is dropped");
        let mut parser = InputParser::default();
        assert_eq!(parser.feed(begun.as_bytes()), []);
        parser.pause();
        assert_eq!(parser.feed(b"q"), [key(KeyCode::Char('q'), NONE)]);
    }
    // What cannot be part of it ends it at once.
    for begun in ["\x1b]11;rgb:12", "\x1b[?99", "\x1bPxyz"] {
        for (last, code, modifiers) in [
            ("\r", KeyCode::Enter, NONE),
            ("\x03", KeyCode::Char('c'), CONTROL),
            ("\x1b[A", KeyCode::Up, NONE),
        ] {
            let typed = format!("{begun}{last}");
            assert_eq!(read(&typed), [key(code, modifiers)], "{typed:?}");
        }
    }
}

#[test]
fn a_paste_is_one_whatever_is_in_it() {
    let paste = |text: &str| TerminalRead::Input(TerminalInput::Paste(text.to_owned()));
    for text in [
        "",
        "two\rlines",
        "\x1b]11;rgb:0/0/0\x07",
        "\x1b[201",
        "наконец 🍿",
    ] {
        let bytes = format!("\x1b[200~{text}\x1b[201~q");
        let expected = [paste(text), key(KeyCode::Char('q'), NONE)];
        assert_eq!(read(bytes), expected, "{text:?}");
    }
    assert_eq!(read("\x1b[200~cut off"), [paste("cut off")]);
    let long = "y".repeat(LONGEST_PASTE * 2);
    let read = read(format!("\x1b[200~{long}\x1b[201~q"));
    assert_eq!(read.len(), 2);
    let Some(TerminalRead::Input(TerminalInput::Paste(text))) = read.first() else {
        panic!("{read:?}");
    };
    assert!(text.len() <= LONGEST_PASTE + 6 && text.len() >= LONGEST_PASTE - 6);
}

#[test]
fn the_rest_of_a_paste_that_stalls_is_pasted_too() {
    let paste = |text: &str| TerminalRead::Input(TerminalInput::Paste(text.to_owned()));
    let mut parser = InputParser::default();
    assert_eq!(parser.feed(b"\x1b[200~first "), []);
    assert_eq!(parser.patience(), Some(SEQUENCE));
    assert_eq!(parser.pause(), [paste("first ")]);
    assert_eq!(parser.patience(), Some(STALLED_PASTE));
    // A line break in it sends nothing, and a character in two pieces stays one.
    assert_eq!(parser.feed(b"second\r\xD0"), []);
    assert_eq!(parser.patience(), Some(SEQUENCE));
    assert_eq!(parser.pause(), [paste("second\r")]);
    assert_eq!(parser.feed(b"\xB9\x1b[20"), []);
    assert_eq!(parser.pause(), [paste("й")]);
    assert_eq!(parser.patience(), Some(STALLED_PASTE));
    let typed = parser.feed(b"1~\r");
    assert_eq!(typed, [key(KeyCode::Enter, NONE)], "its end is found");
    // One that never ends does not hold the keys for ever.
    parser.feed(b"\x1b[200~cut off");
    assert_eq!(parser.pause(), [paste("cut off")]);
    assert_eq!(parser.pause(), []);
    assert_eq!(parser.feed(b"q"), [key(KeyCode::Char('q'), NONE)]);
}

#[test]
fn the_focus_and_the_mouse_are_read() {
    assert_eq!(
        read("\x1b[I"),
        [TerminalRead::Input(TerminalInput::FocusGained)]
    );
    assert_eq!(
        read("\x1b[O"),
        [TerminalRead::Input(TerminalInput::FocusLost)]
    );
    for (bytes, kind, column, row) in [
        (
            "\x1b[<0;10;3M",
            MouseEventKind::Down(MouseButton::Left),
            9,
            2,
        ),
        ("\x1b[<0;10;3m", MouseEventKind::Up(MouseButton::Left), 9, 2),
        ("\x1b[<64;1;1M", MouseEventKind::ScrollUp, 0, 0),
        ("\x1b[<65;1;1M", MouseEventKind::ScrollDown, 0, 0),
        (
            "\x1b[<34;5;5M",
            MouseEventKind::Drag(MouseButton::Right),
            4,
            4,
        ),
    ] {
        let read = read(bytes);
        let [TerminalRead::Input(TerminalInput::Mouse(mouse))] = read.as_slice() else {
            panic!("{read:?}");
        };
        assert_eq!((mouse.kind, mouse.column, mouse.row), (kind, column, row));
    }
    assert_eq!(read("\x1b[M !!"), [], "an old mouse types nothing");
}

proptest! {
    /// Whatever comes, nothing panics, and after a pause nothing is left of it.
    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut parser = InputParser::default();
        parser.feed(&bytes);
        // A paste has a second, longer pause.
        parser.pause();
        parser.pause();
        prop_assert_eq!(parser.patience(), None);
        let typed = parser.feed(b"q");
        prop_assert_eq!(typed, vec![key(KeyCode::Char('q'), NONE)]);
    }

    /// A control string types nothing, whatever printable text is in it and wherever it is split.
    #[test]
    fn no_text_of_an_answer_is_typed(text in "[ -~]{0,300}", at in 0..300_usize) {
        let bytes = format!("\x1b]{text}\x1b\\");
        let (begin, end) = bytes.as_bytes().split_at(at.min(bytes.len()));
        let mut parser = InputParser::default();
        let mut read = parser.feed(begin);
        read.extend(parser.feed(end));
        let types = |read: &TerminalRead| matches!(read, TerminalRead::Input(_));
        prop_assert!(!read.iter().any(types), "{:?}", read);
    }
}
