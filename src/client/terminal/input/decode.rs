//! What the sequences of a terminal mean: those of xterm, and where they differ those of rxvt and
//! the Linux console. What is not known means nothing.

use crossterm::event::{
    Event as TerminalInput, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

use super::{TerminalAnswer, TerminalRead};
use crate::app::appearance::Background;

/// The key of a byte that stands alone, but for Esc.
pub(super) fn byte(byte: u8) -> Option<(KeyCode, KeyModifiers)> {
    let control = KeyModifiers::CONTROL;
    Some(match byte {
        b'\r' => (KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => (KeyCode::Tab, KeyModifiers::NONE),
        0x7F => (KeyCode::Backspace, KeyModifiers::NONE),
        0 => (KeyCode::Char(' '), control),
        0x01..=0x1A => (KeyCode::Char(char::from(byte - 1 + b'a')), control),
        0x1C..=0x1F => (KeyCode::Char(char::from(byte - 0x1C + b'4')), control),
        0x20..=0x7E => (KeyCode::Char(char::from(byte)), KeyModifiers::NONE),
        _ => return None,
    })
}

/// The key behind `ESC O`.
pub(super) fn single_shift(byte: u8) -> Option<KeyCode> {
    Some(match byte {
        b'M' => KeyCode::Enter,
        // The keypad in application mode.
        b'j'..=b'y' => KeyCode::Char(char::from(byte - b'@')),
        byte => letter_key(byte)?,
    })
}

/// What a control sequence means, by its parameters and its last byte.
pub(super) fn sequence(parameters: &[u8], last: u8) -> Option<TerminalRead> {
    let text = std::str::from_utf8(parameters).ok()?;
    if let Some(report) = text.strip_prefix('<') {
        return mouse(&numbers(report)?, last);
    }
    if let Some(report) = text.strip_prefix('?') {
        return match (numbers(report)?.as_slice(), last) {
            ([997, 1], b'n') => answer(TerminalAnswer::Scheme(Background::Dark)),
            ([997, 2], b'n') => answer(TerminalAnswer::Scheme(Background::Light)),
            _ => None,
        };
    }
    if text == "[" {
        let number = last.checked_sub(b'A').filter(|number| *number < 5)?;
        return key(KeyCode::F(number + 1), KeyModifiers::NONE);
    }
    let numbers = numbers(text)?;
    match (numbers.as_slice(), last) {
        ([], b'I') => input(TerminalInput::FocusGained),
        ([], b'O') => input(TerminalInput::FocusLost),
        // In the first row it may also be F3 with other keys; nothing of ours asks there.
        ([row, column], b'R') if *row > 1 && *column > 0 => {
            answer(TerminalAnswer::Cursor(*row, *column))
        }
        ([] | [1, _], b'Z') => key(KeyCode::BackTab, KeyModifiers::SHIFT),
        ([], b'a'..=b'd') => key(letter_key(last.to_ascii_uppercase())?, KeyModifiers::SHIFT),
        ([27, modifiers, code], b'~') | ([code, modifiers], b'u') => {
            coded(*code, self::modifiers(*modifiers))
        }
        ([code], b'u') => coded(*code, KeyModifiers::NONE),
        ([number], b'~') => key(numbered_key(*number)?, KeyModifiers::NONE),
        ([number, modifiers], b'~') => key(numbered_key(*number)?, self::modifiers(*modifiers)),
        ([number], b'^') => key(numbered_key(*number)?, KeyModifiers::CONTROL),
        ([] | [1], last) => key(letter_key(last)?, KeyModifiers::NONE),
        ([1, modifiers], last) => key(letter_key(last)?, self::modifiers(*modifiers)),
        _ => None,
    }
}

/// What a control string says, without its introducer and end.
pub(super) fn string(text: &[u8]) -> Option<TerminalRead> {
    let text = std::str::from_utf8(text).ok()?;
    let (red, green, blue) = colour(text.strip_prefix("11;")?)?;
    let background = Background::of_colour(red, green, blue);
    answer(TerminalAnswer::Background(background))
}

/// A colour as `XParseColor` writes it: `rgb:` or `rgba:` and one to four hexadecimal digits for
/// each part, or `#` and six digits.
fn colour(text: &str) -> Option<(u8, u8, u8)> {
    if let Some(digits) = text.strip_prefix('#') {
        let is_hex = digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit());
        let part = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        return is_hex.then_some((part(0)?, part(2)?, part(4)?));
    }
    let parts = text
        .strip_prefix("rgb:")
        .or_else(|| text.strip_prefix("rgba:"))?;
    let mut parts = parts.split('/').map(|digits| {
        let is_hex = digits.chars().all(|c| c.is_ascii_hexdigit());
        let most = match digits.len() {
            1 => 0xF,
            2 => 0xFF,
            3 => 0xFFF,
            4 => 0xFFFF,
            _ => return None,
        };
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
        u8::try_from(value * 255 / most).ok()
    });
    Some((parts.next()??, parts.next()??, parts.next()??))
}

/// The parameters of a sequence; an empty one counts as 1, the usual value. `None` if they are no
/// numbers. Of what stands behind a colon only the first is used.
fn numbers(text: &str) -> Option<Vec<u16>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let number = |part: &str| {
        let first = part.split(':').next().unwrap_or_default();
        match first {
            "" => Some(1),
            first => first.parse().ok(),
        }
    };
    text.split(';').map(number).collect()
}

/// The keys whose sequences end in a letter.
fn letter_key(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

/// The keys whose sequences have a number.
fn numbered_key(number: u16) -> Option<KeyCode> {
    let function = |first: u16, offset: u8| {
        let place = u8::try_from(number - first).ok()?;
        Some(KeyCode::F(place + offset))
    };
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => function(11, 1)?,
        17..=21 => function(17, 6)?,
        23..=26 => function(23, 11)?,
        28..=29 => function(28, 15)?,
        31..=34 => function(31, 17)?,
        _ => return None,
    })
}

/// A key by the number of its character, as terminals send it that tell more keys apart.
fn coded(code: u16, modifiers: KeyModifiers) -> Option<TerminalRead> {
    let code = match code {
        9 if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        code => KeyCode::Char(char::from_u32(code.into()).filter(|c| !c.is_control())?),
    };
    key(code, modifiers)
}

/// The modifiers of xterm's parameter: 1, and the sum of shift 1, alt 2, control 4.
fn modifiers(parameter: u16) -> KeyModifiers {
    let bits = parameter.saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
    ] {
        if bits & bit != 0 {
            modifiers |= modifier;
        }
    }
    modifiers
}

/// A report of the mouse (SGR, mode 1006): the button and modifiers, the column and the row.
fn mouse(numbers: &[u16], last: u8) -> Option<TerminalRead> {
    let [bits, column, row] = numbers else {
        return None;
    };
    let button = match bits & 3 {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match (bits & !0b1_1100, last) {
        (64, b'M') => MouseEventKind::ScrollUp,
        (65, b'M') => MouseEventKind::ScrollDown,
        (66, b'M') => MouseEventKind::ScrollLeft,
        (67, b'M') => MouseEventKind::ScrollRight,
        (0..=2, b'M') => MouseEventKind::Down(button),
        (0..=2, b'm') => MouseEventKind::Up(button),
        (32..=34, _) => MouseEventKind::Drag(button),
        (35, _) => MouseEventKind::Moved,
        _ => return None,
    };
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [
        (4, KeyModifiers::SHIFT),
        (8, KeyModifiers::ALT),
        (16, KeyModifiers::CONTROL),
    ] {
        if bits & bit != 0 {
            modifiers |= modifier;
        }
    }
    input(TerminalInput::Mouse(MouseEvent {
        kind,
        column: column.saturating_sub(1),
        row: row.saturating_sub(1),
        modifiers,
    }))
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<TerminalRead> {
    input(TerminalInput::Key(KeyEvent::new(code, modifiers)))
}

#[expect(clippy::unnecessary_wraps, reason = "the answer of whoever decodes")]
fn input(event: TerminalInput) -> Option<TerminalRead> {
    Some(TerminalRead::Input(event))
}

#[expect(clippy::unnecessary_wraps, reason = "the answer of whoever decodes")]
fn answer(answer: TerminalAnswer) -> Option<TerminalRead> {
    Some(TerminalRead::Answer(answer))
}
