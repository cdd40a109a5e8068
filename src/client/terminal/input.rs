//! Reads what a terminal sends: keys, pastes, and its answers to questions.
//!
//! crossterm's own reader takes an answer that it does not know for typed text, or waits for its
//! end for ever and holds the keys behind it. Here an answer never becomes text, whole or in
//! pieces: whatever begins like one is dropped if it does not end, is too long, or says nothing.
//! What the bytes of a key mean is in [`decode`].
//!
//! It is given bytes and pauses, and reads no clock.

use std::time::Duration;

use crossterm::event::{Event as TerminalInput, KeyCode, KeyEvent, KeyModifiers};

use crate::app::appearance::Background;

mod decode;
#[cfg(test)]
mod tests;

/// How long after an escape the rest of its sequence may come; later it was the key Esc
/// (judgement: the usual time of editors, more than a packet's delay of its neighbour).
const ESCAPE: Duration = Duration::from_millis(50);

/// How long a sequence that has begun may take to end (judgement: a bad link's pause).
const SEQUENCE: Duration = Duration::from_secs(2);

/// How long a paste that has stalled may be silent before what comes counts as typed again
/// (judgement: longer than a link recovers in; a terminal that never ends its paste is rare).
const STALLED_PASTE: Duration = Duration::from_secs(20);

/// The most bytes of a control sequence that are kept; ours have some twelve.
const LONGEST_SEQUENCE: usize = 64;

/// The most bytes of a control string that are kept; an answer about a colour has some thirty.
const LONGEST_STRING: usize = 256;

/// The most bytes of a paste that are kept; a line holds far fewer.
pub(super) const LONGEST_PASTE: usize = 64 * 1024;

/// What ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// Something that the terminal sent.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TerminalRead {
    /// A key, a paste, a turn of the focus, the mouse.
    Input(TerminalInput),
    /// An answer, or a report that was asked for.
    Answer(TerminalAnswer),
}

/// What the terminal says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TerminalAnswer {
    /// The colour of its background (OSC 11).
    Background(Background),
    /// Whether its colours are dark or light, which has changed (mode 2031).
    Scheme(Background),
    /// The row and the column of its cursor, from 1 (DSR 6).
    Cursor(u16, u16),
}

/// Where in a sequence the bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// In none.
    Ground,
    /// In a character of several bytes.
    Character,
    /// Behind an escape.
    Escape,
    /// Behind `ESC O`: the next byte is a key.
    SingleShift,
    /// In a control sequence, behind `ESC [`.
    Sequence,
    /// In the three bytes behind `ESC [ M`: an old mouse.
    OldMouse,
    /// In a control string, of this kind, which ends with BEL or `ESC \`.
    String(u8),
    /// In a control string, behind an escape that may end it.
    StringEnd(u8),
    /// In a paste.
    Paste,
    /// In a paste of which a part was handed on, since the rest was late: it is still pasted, so
    /// its line breaks send nothing.
    StalledPaste,
}

/// Turns bytes into what they mean.
#[derive(Debug)]
pub(super) struct InputParser {
    state: State,
    /// The bytes of what has begun, without its introducer.
    held: Vec<u8>,
    /// How many bytes it had, also those that were not kept.
    length: usize,
    /// Whether an escape stands before the character that is being read: Alt is pressed.
    alt: bool,
    read: Vec<TerminalRead>,
}

impl Default for InputParser {
    fn default() -> Self {
        Self {
            state: State::Ground,
            held: Vec::new(),
            length: 0,
            alt: false,
            read: Vec::new(),
        }
    }
}

impl InputParser {
    /// Takes bytes; what they complete is the answer.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<TerminalRead> {
        for byte in bytes {
            self.take(*byte);
        }
        std::mem::take(&mut self.read)
    }

    /// For how long no byte may come until [`pause`](Self::pause) is called; `None` if nothing has
    /// begun.
    pub(super) fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            _ if self.is_only_begun() => Some(ESCAPE),
            State::StalledPaste if self.held.len() == self.unfinished() => Some(STALLED_PASTE),
            _ => Some(SEQUENCE),
        }
    }

    /// No more bytes came for so long: what has begun does not end.
    pub(super) fn pause(&mut self) -> Vec<TerminalRead> {
        let alt = KeyModifiers::ALT;
        match self.state {
            State::Escape => self.key(KeyCode::Esc, KeyModifiers::NONE),
            State::SingleShift => self.key(KeyCode::Char('O'), alt),
            State::Sequence if self.length == 0 => self.key(KeyCode::Char('['), alt),
            State::String(kind) if self.length == 0 => {
                self.key(KeyCode::Char(char::from(kind)), alt);
            }
            State::Paste => return self.stall_paste(),
            State::StalledPaste if self.held.len() > self.unfinished() => {
                return self.stall_paste();
            }
            _ => {}
        }
        self.begin(State::Ground);
        std::mem::take(&mut self.read)
    }

    /// Whether it may be a key, pressed with Alt or alone, of which nothing more comes.
    const fn is_only_begun(&self) -> bool {
        match self.state {
            State::Escape | State::SingleShift => true,
            State::Sequence | State::String(_) => self.length == 0,
            _ => false,
        }
    }

    fn begin(&mut self, state: State) {
        self.state = state;
        self.held.clear();
        self.length = 0;
        self.alt = false;
    }

    fn take(&mut self, byte: u8) {
        match self.state {
            State::Ground => self.ground(byte, false),
            State::Character => self.character(byte),
            State::Escape => self.escape(byte),
            State::SingleShift => self.single_shift(byte),
            State::Sequence => self.sequence(byte),
            State::OldMouse => {
                self.length += 1;
                if self.length >= 3 {
                    self.begin(State::Ground);
                }
            }
            State::String(kind) => self.string(kind, byte),
            State::StringEnd(kind) if byte == b'\\' => self.end_string(kind),
            // An escape that ends no string begins something else.
            State::StringEnd(_) => {
                self.begin(State::Escape);
                self.escape(byte);
            }
            State::Paste | State::StalledPaste => self.paste(byte),
        }
    }

    /// A byte that belongs to no sequence.
    fn ground(&mut self, byte: u8, alt: bool) {
        match byte {
            0x1b if alt => {
                // Esc twice: the first is a key of its own.
                self.key(KeyCode::Esc, KeyModifiers::NONE);
                self.begin(State::Escape);
            }
            0x1b => self.begin(State::Escape),
            0xC2..=0xF4 => {
                self.begin(State::Character);
                self.alt = alt;
                self.hold(byte, 4);
            }
            byte => {
                self.begin(State::Ground);
                if let Some((code, modifiers)) = decode::byte(byte) {
                    let alt = if alt {
                        KeyModifiers::ALT
                    } else {
                        KeyModifiers::NONE
                    };
                    self.key(code, modifiers | alt);
                }
            }
        }
    }

    fn character(&mut self, byte: u8) {
        let alt = self.alt;
        if !(0x80..0xC0).contains(&byte) {
            // It is broken off.
            return self.ground(byte, false);
        }
        self.hold(byte, 4);
        match std::str::from_utf8(&self.held) {
            Ok(text) => {
                let character = text.chars().next();
                self.begin(State::Ground);
                if let Some(character) = character {
                    let modifiers = if alt {
                        KeyModifiers::ALT
                    } else {
                        KeyModifiers::NONE
                    };
                    self.key(KeyCode::Char(character), modifiers);
                }
            }
            Err(fault) if fault.error_len().is_some() => self.begin(State::Ground),
            Err(_) => {}
        }
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'[' => self.begin(State::Sequence),
            b'O' => self.begin(State::SingleShift),
            b']' | b'P' | b'_' | b'^' | b'X' => self.begin(State::String(byte)),
            byte => self.ground(byte, true),
        }
    }

    fn single_shift(&mut self, byte: u8) {
        if byte == 0x1b {
            self.key(KeyCode::Char('O'), KeyModifiers::ALT);
            return self.begin(State::Escape);
        }
        if let Some(code) = decode::single_shift(byte) {
            self.key(code, KeyModifiers::NONE);
        }
        self.begin(State::Ground);
    }

    fn sequence(&mut self, byte: u8) {
        match byte {
            // The keys F1 to F5 of the Linux console have one letter more.
            b'[' if self.length == 0 => self.hold(byte, LONGEST_SEQUENCE),
            b'M' if self.length == 0 => self.begin(State::OldMouse),
            0x20..=0x3F => self.hold(byte, LONGEST_SEQUENCE),
            0x40..=0x7E => {
                let is_whole = self.length <= LONGEST_SEQUENCE;
                let parameters = std::mem::take(&mut self.held);
                self.begin(State::Ground);
                match (parameters.as_slice(), byte) {
                    (b"200", b'~') => self.begin(State::Paste),
                    (parameters, last) if is_whole => {
                        self.read.extend(decode::sequence(parameters, last));
                    }
                    _ => {}
                }
            }
            byte => self.break_off(byte),
        }
    }

    fn string(&mut self, kind: u8, byte: u8) {
        match byte {
            0x07 => self.end_string(kind),
            0x1b => self.state = State::StringEnd(kind),
            0x20.. => self.hold(byte, LONGEST_STRING),
            byte => self.break_off(byte),
        }
    }

    fn end_string(&mut self, kind: u8) {
        let is_whole = self.length <= LONGEST_STRING;
        let text = std::mem::take(&mut self.held);
        self.begin(State::Ground);
        if is_whole && kind == b']' {
            self.read.extend(decode::string(&text));
        }
    }

    /// A byte that no sequence has: it breaks the present one off, and counts by itself.
    fn break_off(&mut self, byte: u8) {
        self.begin(State::Ground);
        // CAN and SUB break off, and say nothing else (ECMA-48).
        if !matches!(byte, 0x18 | 0x1A) {
            self.ground(byte, false);
        }
    }

    fn paste(&mut self, byte: u8) {
        self.hold(byte, LONGEST_PASTE + PASTE_END.len());
        if self.held.len() == LONGEST_PASTE + PASTE_END.len() {
            // What is too much goes, but its end is still to be found.
            let end = self.held.len() - PASTE_END.len();
            let is_over = self.held.ends_with(PASTE_END);
            if !is_over {
                self.held.remove(end);
            }
        }
        if self.held.ends_with(PASTE_END) {
            self.held.truncate(self.held.len() - PASTE_END.len());
            self.end_paste();
        }
    }

    fn end_paste(&mut self) {
        let bytes = std::mem::take(&mut self.held);
        if self.state == State::Paste || !bytes.is_empty() {
            self.push_paste(&bytes);
        }
        self.begin(State::Ground);
    }

    /// Hands on what has come of a paste, and waits for the rest of it.
    fn stall_paste(&mut self) -> Vec<TerminalRead> {
        let whole = self.held.len() - self.unfinished();
        let rest = self.held.split_off(whole);
        let bytes = std::mem::replace(&mut self.held, rest);
        if !bytes.is_empty() {
            self.push_paste(&bytes);
        }
        self.state = State::StalledPaste;
        std::mem::take(&mut self.read)
    }

    fn push_paste(&mut self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        self.read
            .push(TerminalRead::Input(TerminalInput::Paste(text)));
    }

    /// How many bytes at the end of what is held are the beginning of a paste's end, or of a
    /// character.
    fn unfinished(&self) -> usize {
        let is_begun = |tail: &[u8]| {
            PASTE_END.starts_with(tail)
                || std::str::from_utf8(tail)
                    .is_err_and(|fault| fault.valid_up_to() == 0 && fault.error_len().is_none())
        };
        let tails = (1..PASTE_END.len()).rev();
        tails
            .filter_map(|length| Some((length, self.held.len().checked_sub(length)?)))
            .find(|(_, from)| self.held.get(*from..).is_some_and(is_begun))
            .map_or(0, |(length, _)| length)
    }

    fn hold(&mut self, byte: u8, most: usize) {
        self.length = self.length.saturating_add(1);
        if self.held.len() < most {
            self.held.push(byte);
        }
    }

    fn key(&mut self, code: KeyCode, modifiers: KeyModifiers) {
        let event = KeyEvent::new(code, modifiers);
        self.read
            .push(TerminalRead::Input(TerminalInput::Key(event)));
    }
}
