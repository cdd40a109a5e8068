//! The terminal as a device that the screen takes over and gives back as it was.
//!
//! A terminal that does not read blocks its writer. So every wait here can be ended: the thread
//! that writes frames waits until it is asked to give up. What must go out last (the switch back to
//! the normal screen, the goodbye) waits for a bounded time and then replaces what the terminal has
//! not read yet.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crossterm::Command;
use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use super::mouse;
use super::pacing::SHOW_TOGETHER;
use super::tty::Tty;

/// How long the terminal may take to read what is under way before the rest is dropped
/// (judgement: a picture of 20 kB over a link of 100 kbit/s).
pub(super) const PATIENCE: Duration = Duration::from_secs(2);
/// How long a writer that was asked to give up may take to do so.
const GIVING_UP: Duration = Duration::from_millis(500);
/// The shortest and the longest wait before a full terminal is tried again.
const RETRY: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(50));

/// Makes the terminal keep its title, and set the kept one again (xterm's control sequences).
const PUSH_TITLE: &str = "\x1b[22;0t";
const POP_TITLE: &str = "\x1b[23;0t";
/// Makes the terminal say when its colours become dark or light, and stop that
/// (<https://contour-terminal.org/vt-extensions/color-palette-update-notifications/>).
const WATCH_SCHEME: &str = "\x1b[?2031h";
const UNWATCH_SCHEME: &str = "\x1b[?2031l";
/// Ends a control sequence of which only a part was read (CAN, ECMA-48).
const CANCEL: &str = "\x18";

/// The process's terminal.
#[derive(Debug)]
pub(super) struct Device {
    tty: Tty,
    /// Whether the mouse is the program's while the screen is shown.
    has_mouse: bool,
    /// Held by whoever writes, so that no two outputs mix.
    writing: Mutex<()>,
    /// Whether the terminal shows the screen now and is in raw mode.
    is_taken: AtomicBool,
    /// Whether pictures are given up rather than waited for.
    gives_up: AtomicBool,
}

/// A write came to nothing because of this.
enum Unwritten {
    /// There was no room until the deadline, or the picture was given up.
    NoRoom,
    /// The terminal is gone.
    Failed(io::Error),
}

impl Device {
    /// A terminal that was not taken yet.
    pub(super) fn new(tty: Tty, has_mouse: bool) -> Self {
        Self {
            tty,
            has_mouse,
            writing: Mutex::new(()),
            is_taken: AtomicBool::new(false),
            gives_up: AtomicBool::new(false),
        }
    }

    /// Takes the terminal over. The answer is what must be written before the first picture.
    ///
    /// # Errors
    /// If its modes cannot be set.
    pub(super) fn take(&self) -> io::Result<Vec<u8>> {
        enable_raw_mode()?;
        Ok(self.enter())
    }

    /// Allows pictures. The answer is what must be written before the first one.
    fn enter(&self) -> Vec<u8> {
        self.gives_up.store(false, Ordering::SeqCst);
        let was_taken = self.is_taken.swap(true, Ordering::SeqCst);
        // Kept twice, the title would be set again only once, and the other copy would stay.
        let push = if was_taken { "" } else { PUSH_TITLE };
        let mut entering = push.to_owned();
        add(&mut entering, EnterAlternateScreen);
        add(&mut entering, EnableBracketedPaste);
        add(&mut entering, EnableFocusChange);
        entering.push_str(WATCH_SCHEME);
        if self.has_mouse {
            entering.push_str(mouse::ENABLE);
        }
        entering.into_bytes()
    }

    /// Writes a picture, however long the terminal takes to read it. One that is given up, or
    /// comes after the terminal was given back, is dropped.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(super) fn write_picture(&self, bytes: &[u8]) -> io::Result<()> {
        let _writing = self.lock();
        if !self.is_taken.load(Ordering::SeqCst) {
            return Ok(());
        }
        match self.write(bytes, None) {
            Ok(()) | Err(Unwritten::NoRoom) => Ok(()),
            Err(Unwritten::Failed(cause)) => Err(cause),
        }
    }

    /// Makes whoever waits for the terminal to read a picture give it up.
    pub(super) fn give_up(&self) {
        self.gives_up.store(true, Ordering::SeqCst);
    }

    /// Gives the terminal back as it was; once, however often it is called. A picture that is
    /// being written gets [`PATIENCE`], unless it was given up already.
    pub(super) fn give_back(&self) {
        if !self.is_taken.swap(false, Ordering::SeqCst) {
            return;
        }
        let mut leaving = SHOW_TOGETHER.1.to_owned();
        leaving.push_str(UNWATCH_SCHEME);
        add(&mut leaving, DisableFocusChange);
        if self.has_mouse {
            leaving.push_str(mouse::DISABLE);
        }
        add(&mut leaving, DisableBracketedPaste);
        add(&mut leaving, LeaveAlternateScreen);
        add(&mut leaving, Show);
        leaving.push_str(POP_TITLE);
        self.write_last(&leaving);
        if let Err(cause) = disable_raw_mode() {
            tracing::warn!("the terminal's modes cannot be set back: {cause}");
        }
    }

    /// Writes a line on the normal screen, where the terminal takes it.
    pub(super) fn print(&self, line: &str) {
        self.write_last(&format!("{line}\n"));
    }

    /// Writes what has to be read last. What the terminal has not read in time is dropped
    /// for it.
    fn write_last(&self, text: &str) {
        let Some(_writing) = self.lock_in_time() else {
            tracing::warn!("the terminal does not read, and is left as it is");
            return;
        };
        let gave_up = self.gives_up.swap(false, Ordering::SeqCst);
        if !gave_up {
            match self.write(text.as_bytes(), Some(Instant::now() + PATIENCE)) {
                Err(Unwritten::NoRoom) => {}
                outcome => return report(outcome),
            }
        }
        if let Err(cause) = self.tty.discard_unsent() {
            tracing::warn!("what the terminal has not read cannot be dropped: {cause}");
        }
        let text = format!("{CANCEL}{text}");
        report(self.write(text.as_bytes(), Some(Instant::now() + GIVING_UP)));
    }

    /// The right to write, taken from a picture that is not read in time.
    fn lock_in_time(&self) -> Option<MutexGuard<'_, ()>> {
        if !self.gives_up.load(Ordering::SeqCst)
            && let Some(writing) = self.lock_before(Instant::now() + PATIENCE)
        {
            return Some(writing);
        }
        self.give_up();
        self.lock_before(Instant::now() + GIVING_UP)
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        // The lock guards no data: whoever broke left nothing behind.
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_before(&self, deadline: Instant) -> Option<MutexGuard<'_, ()>> {
        loop {
            match self.writing.try_lock() {
                Ok(writing) => return Some(writing),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if Instant::now() >= deadline => return None,
                Err(TryLockError::WouldBlock) => sleep(RETRY.0),
            }
        }
    }

    /// Writes bytes until the deadline; without one, until they are given up.
    fn write(&self, mut bytes: &[u8], deadline: Option<Instant>) -> Result<(), Unwritten> {
        let mut wait = RETRY.0;
        while !bytes.is_empty() {
            match self.tty.write(bytes) {
                Ok(count) => {
                    bytes = bytes.get(count..).unwrap_or_default();
                    wait = RETRY.0;
                }
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                Err(cause) if cause.kind() == io::ErrorKind::WouldBlock => {
                    let is_over = deadline.map_or_else(
                        || self.gives_up.load(Ordering::SeqCst),
                        |deadline| Instant::now() >= deadline,
                    );
                    if is_over {
                        return Err(Unwritten::NoRoom);
                    }
                    sleep(wait);
                    wait = (wait * 2).min(RETRY.1);
                }
                Err(cause) => return Err(Unwritten::Failed(cause)),
            }
        }
        Ok(())
    }
}

/// A terminal that is gone takes no last words, which is no news: that it went was noticed.
fn report(outcome: Result<(), Unwritten>) {
    match outcome {
        Ok(()) => {}
        Err(Unwritten::NoRoom) => tracing::warn!("the terminal does not read its last line"),
        Err(Unwritten::Failed(cause)) => tracing::debug!("the terminal is gone: {cause}"),
    }
}

/// Adds a command's control sequence.
fn add(text: &mut String, command: impl Command) {
    if command.write_ansi(text).is_err() {
        tracing::error!("a control sequence cannot be formatted");
    }
}

#[cfg(test)]
#[cfg(unix)]
pub(super) mod tests {
    use std::io::Read;
    use std::sync::Arc;
    use std::thread;

    use portable_pty::{MasterPty, PtySize, SlavePty, native_pty_system};

    use super::{Device, Tty};

    /// A terminal that reads only when the test does.
    pub(in super::super) struct Pty {
        master: Box<dyn MasterPty + Send>,
        _slave: Box<dyn SlavePty + Send>,
    }

    impl Pty {
        pub(in super::super) fn open() -> Self {
            let pair = native_pty_system().openpty(PtySize::default()).unwrap();
            Self {
                master: pair.master,
                _slave: pair.slave,
            }
        }

        /// The terminal as a device that shows the screen.
        pub(in super::super) fn taken(&self) -> Arc<Device> {
            let tty = Tty::open(self.master.tty_name().unwrap()).unwrap();
            let device = Device::new(tty, true);
            device.enter();
            Arc::new(device)
        }

        /// Reads up to this text.
        pub(in super::super) fn read_to(&self, end: &str) -> String {
            let mut output = self.master.try_clone_reader().unwrap();
            let mut read = Vec::new();
            while !String::from_utf8_lossy(&read).ends_with(end) {
                let mut bytes = [0; 4096];
                let count = output.read(&mut bytes).unwrap();
                read.extend_from_slice(&bytes[..count]);
            }
            String::from_utf8_lossy(&read).into_owned()
        }
    }

    /// More than any system keeps for a terminal that does not read.
    pub(in super::super) fn huge_picture() -> Vec<u8> {
        vec![b'x'; 4 * 1024 * 1024]
    }

    /// What an emulator shows of the output, and whether on the normal screen.
    fn shown(output: &str) -> (String, bool) {
        let mut emulator = vt100::Parser::default();
        emulator.process(b"\x1b[?1049h");
        emulator.process(output.as_bytes());
        let screen = emulator.screen();
        (screen.contents(), !screen.alternate_screen())
    }

    #[test]
    fn the_goodbye_takes_the_place_of_a_picture_that_is_not_read() {
        let pty = Pty::open();
        let device = pty.taken();
        let writing = Arc::clone(&device);
        let writer = thread::spawn(move || writing.write_picture(&huge_picture()));
        while device.writing.try_lock().is_ok() {
            thread::yield_now();
        }
        device.give_up();
        device.give_back();
        device.print("Goodbye.");
        writer.join().unwrap().unwrap();
        let output = pty.read_to("Goodbye.\r\n");
        assert!(output.len() < huge_picture().len() / 2, "{}", output.len());
        let (text, is_normal) = shown(&output);
        assert!(is_normal, "the other screen is left");
        assert_eq!(
            text.trim(),
            "Goodbye.",
            "the normal screen, and nothing else on it"
        );
    }

    #[test]
    fn a_terminal_that_is_taken_twice_and_given_back_once_keeps_its_title_once() {
        let pty = Pty::open();
        let device = Device::new(Tty::open(pty.master.tty_name().unwrap()).unwrap(), false);
        let count = |entering: Vec<u8>| {
            let entering = String::from_utf8(entering).unwrap();
            assert!(entering.contains("\x1b[?1049h"), "{entering:?}");
            entering.matches(super::PUSH_TITLE).count()
        };
        assert_eq!(count(device.enter()), 1);
        assert_eq!(count(device.enter()), 0, "continued, it is taken again");
        device.give_back();
        assert_eq!(count(device.enter()), 1);
    }

    #[test]
    fn the_mouse_is_taken_with_the_terminal_and_given_back_with_it_if_it_is_wanted() {
        let pty = Pty::open();
        for (has_mouse, expected) in [(true, 1), (false, 0)] {
            let tty = Tty::open(pty.master.tty_name().unwrap()).unwrap();
            let device = Device::new(tty, has_mouse);
            let entering = String::from_utf8(device.enter()).unwrap();
            assert_eq!(entering.matches("\x1b[?1000h").count(), expected);
            assert!(
                !entering.contains("\x1b[?1003h"),
                "movement is not asked for"
            );
            device.give_back();
            device.print("Goodbye.");
            let output = pty.read_to("Goodbye.\r\n");
            assert_eq!(
                output.matches("\x1b[?1000l").count(),
                expected,
                "{output:?}"
            );
        }
    }

    #[test]
    fn nothing_is_drawn_on_a_terminal_that_was_given_back() {
        let pty = Pty::open();
        let device = pty.taken();
        device.give_back();
        device.write_picture(b"a picture").unwrap();
        device.give_back();
        device.print("Goodbye.");
        let output = pty.read_to("Goodbye.\r\n");
        assert!(!output.contains("a picture"), "{output:?}");
        assert_eq!(output.matches("\x1b[?1049l").count(), 1, "left once");
    }
}
