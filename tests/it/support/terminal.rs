//! A terminal as a person uses it: a shell in a pseudo-terminal, an emulator that reads what is
//! drawn, and keys as a keyboard sends them.
//!
//! A test waits for what the screen shows, never for time to pass.

use std::io::Write;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Instant;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;
use vt100::{Parser, Screen};

use super::patience::PATIENCE;
use super::terminal_reader::TerminalReader;

pub(crate) const ENTER: &str = "\r";
pub(crate) const TAB: &str = "\t";
pub(crate) const ESC: &str = "\x1b";
pub(crate) const RIGHT: &str = "\x1b[C";
pub(crate) const DOWN: &str = "\x1b[B";
pub(crate) const F1: &str = "\x1bOP";
pub(crate) const F3: &str = "\x1bOR";
pub(crate) const F4: &str = "\x1bOS";
pub(crate) const CTRL_C: &str = "\x03";
pub(crate) const CTRL_L: &str = "\x0c";
pub(crate) const CTRL_P: &str = "\x10";
pub(crate) const CTRL_U: &str = "\x15";
/// The key that copies the invite.
pub(crate) const ALT_I: &str = "\x1bi";
pub(crate) const CTRL_Z: &str = "\x1a";
/// The key that reacts with 😱.
pub(crate) const ALT_4: &str = "\x1b4";

/// The shell's prompt, which it shows when it waits for a command.
const PROMPT: &str = "ready$";

/// What the emulator received besides drawing.
#[derive(Debug, Default)]
pub(crate) struct Output {
    /// The window's title.
    pub(crate) title: String,
    /// How often the title was set.
    pub(crate) titles: usize,
    /// How often something was put into the clipboard.
    pub(crate) copies: usize,
    /// How often the bell rang.
    pub(crate) bells: usize,
    /// The desktop notifications that it was asked to show.
    pub(crate) notifications: Vec<String>,
    /// Where the cells lead that were drawn as links.
    pub(crate) links: Vec<String>,
    /// The colour that it answers when it is asked for its background; without one it is silent.
    pub(crate) background: Option<String>,
    /// Sequences that the program has no use for, as they were received.
    pub(crate) strange: Vec<String>,
    /// The terminal's answers to queries, which are still to be sent.
    answers: Vec<String>,
}

impl vt100::Callbacks for Output {
    fn set_window_title(&mut self, _: &mut Screen, title: &[u8]) {
        self.title = String::from_utf8_lossy(title).into_owned();
        self.titles += 1;
    }

    fn audible_bell(&mut self, _: &mut Screen) {
        self.bells += 1;
    }

    fn copy_to_clipboard(&mut self, _: &mut Screen, _: &[u8], _: &[u8]) {
        self.copies += 1;
    }

    fn resize(&mut self, _: &mut Screen, request: (u16, u16)) {
        self.strange.push(format!("a resize to {request:?}"));
    }

    fn unhandled_control(&mut self, _: &mut Screen, byte: u8) {
        self.strange.push(format!("the control {byte:#04x}"));
    }

    fn unhandled_escape(&mut self, _: &mut Screen, _: Option<u8>, _: Option<u8>, byte: u8) {
        // It ends a control string, which was taken already.
        if byte != b'\\' {
            self.strange.push(format!("ESC {:?}", char::from(byte)));
        }
    }

    fn unhandled_csi(
        &mut self,
        screen: &mut Screen,
        mark: Option<u8>,
        _: Option<u8>,
        numbers: &[&[u16]],
        last: char,
    ) {
        let first = numbers.first().and_then(|number| number.first()).copied();
        match (mark, first, last) {
            // A query of the cursor's position.
            (None, Some(6), 'n') => {
                let (row, column) = screen.cursor_position();
                self.answers
                    .push(format!("\x1b[{};{}R", row + 1, column + 1));
            }
            // The title is saved and restored; underlines have the text's colour; long rows must
            // not wrap; pictures are shown at once; focus and colours are reported. The emulator
            // does not know these sequences.
            (None, Some(22 | 23), 't')
            | (None, Some(59), 'm')
            | (Some(b'?'), Some(7 | 1004 | 2026 | 2031), 'h' | 'l') => {}
            _ => {
                let mark = mark.map_or(String::new(), |mark| char::from(mark).to_string());
                self.strange.push(format!("CSI {mark}{numbers:?}{last}"));
            }
        }
    }

    fn unhandled_osc(&mut self, _: &mut Screen, words: &[&[u8]]) {
        let texts: Vec<_> = words.iter().map(|w| String::from_utf8_lossy(w)).collect();
        match texts.as_slice() {
            // A notification (OSC 9), which the program may send.
            [kind, text @ ..] if kind == "9" => self.notifications.push(text.join(";")),
            // A link begins (OSC 8), or ends.
            [kind, _, address @ ..] if kind == "8" => {
                let address = address.join(";");
                if !address.is_empty() && !self.links.contains(&address) {
                    self.links.push(address);
                }
            }
            // A query of the background.
            [kind, query] if kind == "11" && query == "?" => {
                let answer = self.background.iter();
                self.answers
                    .extend(answer.map(|colour| format!("\x1b]11;{colour}\x1b\\")));
            }
            _ => self.strange.push(format!("OSC {texts:?}")),
        }
    }
}

/// A shell in a terminal. It is killed, by its own id, when the value is dropped.
pub(crate) struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    shell: Box<dyn Child + Send + Sync>,
    reader: TerminalReader,
    drawn: Receiver<Vec<u8>>,
    emulator: Parser<Output>,
    home: TempDir,
}

impl Terminal {
    /// Opens a terminal of 80 columns and 24 rows in a home folder of its own, with these
    /// variables besides what the program always gets.
    pub(crate) fn open(variables: &[(&str, &str)]) -> Self {
        let (columns, rows) = (80, 24);
        let pair = native_pty_system()
            .openpty(size(columns, rows))
            .expect("a pseudo-terminal");
        let home = tempfile::tempdir().expect("a folder");
        let shell = pair
            .slave
            .spawn_command(shell(home.path(), variables))
            .expect("a shell starts");
        let output = pair.master.try_clone_reader().expect("its output");
        let keyboard = pair.master.take_writer().expect("its keyboard");
        let (reader, drawn) = TerminalReader::start(output);
        let mut terminal = Self {
            master: pair.master,
            keyboard,
            shell,
            reader,
            drawn,
            emulator: Parser::new_with_callbacks(cells(rows), cells(columns), 0, Output::default()),
            home,
        };
        terminal.prompt();
        terminal
    }

    /// Its home folder.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Types a text, or sends a key's bytes.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keyboard
            .write_all(keys.as_bytes())
            .and_then(|()| self.keyboard.flush())
            .expect("the terminal takes keys");
    }

    /// Types a line and presses Enter.
    pub(crate) fn enter(&mut self, line: &str) {
        self.press(line);
        self.press(ENTER);
    }

    /// Runs a shell command. The shell saves the terminal's modes before and after it, and then
    /// prints its exit code.
    pub(crate) fn run(&mut self, command: &str) {
        self.enter(&format!(
            "clear; stty -g >before; {command}; echo ended-$?; stty -g >after"
        ));
    }

    /// Waits until the command has ended with this exit code, and checks that the terminal is as it
    /// was before.
    pub(crate) fn ended(&mut self, code: u8) {
        let words = format!("ended-{code}");
        self.wait(&words, |screen| {
            let shown = screen.contents();
            let over = shown.lines().any(|line| line.trim_end() == words);
            (over && at_prompt(screen)).then_some(())
        });
        self.given_back();
        assert_eq!(self.modes("before"), self.modes("after"), "stty -g");
    }

    /// Checks that the program has left no mode of its own in the terminal.
    pub(crate) fn given_back(&self) {
        let screen = self.emulator.screen();
        assert!(!screen.alternate_screen(), "the other screen is left");
        assert!(!screen.bracketed_paste(), "bracketed paste is off");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.application_cursor(), "the cursor keys are plain");
        assert_eq!(
            screen.mouse_protocol_mode(),
            vt100::MouseProtocolMode::None,
            "the mouse is the terminal's own"
        );
    }

    /// Waits until the shell shows its prompt, on the normal screen.
    pub(crate) fn prompt(&mut self) {
        self.wait("the shell's prompt", |screen| {
            at_prompt(screen).then_some(())
        });
    }

    /// Waits until the whole screen contains a text.
    pub(crate) fn shows(&mut self, text: &str) {
        self.wait(&format!("{text:?}"), |screen| {
            screen.contents().contains(text).then_some(())
        });
    }

    /// Waits until the screen does not contain a text.
    pub(crate) fn hides(&mut self, text: &str) {
        self.wait(&format!("{text:?} to go"), |screen| {
            (!screen.contents().contains(text)).then_some(())
        });
    }

    /// Waits until one row of the screen contains all of these, and returns that row.
    pub(crate) fn row_with(&mut self, texts: &[&str]) -> String {
        self.wait(&format!("a row with {texts:?}"), |screen| {
            let shown = screen.contents();
            let fits = |row: &&str| texts.iter().all(|text| row.contains(text));
            shown.lines().find(fits).map(str::to_owned)
        })
    }

    /// Waits until the screen is as wished.
    pub(crate) fn wait<T>(&mut self, what: &str, wished: impl Fn(&Screen) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = wished(self.emulator.screen()) {
                return found;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.drawn.recv_timeout(left) {
                Ok(bytes) => {
                    self.take_in(&bytes);
                    while let Ok(bytes) = self.drawn.try_recv() {
                        self.take_in(&bytes);
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.in_vain(what, "it never came"),
                Err(RecvTimeoutError::Disconnected) => self.in_vain(what, "the terminal closed"),
            }
        }
    }

    /// Takes in what was drawn so far, without waiting.
    pub(crate) fn catch_up(&mut self) {
        while let Ok(bytes) = self.drawn.try_recv() {
            self.take_in(&bytes);
        }
    }

    /// Resizes the terminal and its picture, in columns and rows.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.show(columns, rows);
        self.claim(columns, rows);
    }

    /// Resizes only the emulator's picture, which the program does not notice.
    pub(crate) fn show(&mut self, columns: u16, rows: u16) {
        self.emulator.set_size(cells(rows), cells(columns));
    }

    /// Resizes only the terminal for the program; the emulator's picture stays as it is.
    pub(crate) fn claim(&self, columns: u16, rows: u16) {
        self.master
            .resize(size(columns, rows))
            .expect("it can be resized");
    }

    /// The screen as it is, as lines of text.
    pub(crate) fn picture(&self) -> String {
        picture(self.emulator.screen())
    }

    /// The emulator's screen, with its modes.
    pub(crate) fn screen(&self) -> &Screen {
        self.emulator.screen()
    }

    /// Waits until the control sequences received so far are as wished.
    pub(crate) fn wait_callback(&mut self, what: &str, wished: impl Fn(&Output) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !wished(self.emulator.callbacks()) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.drawn.recv_timeout(left) {
                Ok(bytes) => self.take_in(&bytes),
                Err(_) => self.in_vain(what, "it never came"),
            }
        }
    }

    /// Has this background from now on, and says so when it is asked.
    pub(crate) fn answer_background(&mut self, colour: &str) {
        self.emulator.callbacks_mut().background = Some(colour.to_owned());
    }

    /// The control sequences received so far that draw nothing: bells, titles, copies.
    pub(crate) fn callbacks(&self) -> &Output {
        self.emulator.callbacks()
    }

    /// Stops reading, so that the next write to the terminal finds no room.
    pub(crate) fn stop_reading(&self) {
        self.reader.stop(&self.tty());
    }

    /// Resumes reading after [`Self::stop_reading`].
    pub(crate) fn read_on(&self) {
        self.reader.go_on();
    }

    /// The process group that is in the terminal's foreground.
    pub(crate) fn foreground(&self) -> u32 {
        let leader = self.master.process_group_leader();
        u32::try_from(leader.expect("somebody has the terminal")).expect("an id")
    }

    /// The file through which others can write to the terminal.
    pub(crate) fn tty(&self) -> PathBuf {
        self.master.tty_name().expect("a terminal has a name")
    }

    fn take_in(&mut self, bytes: &[u8]) {
        self.emulator.process(bytes);
        for answer in std::mem::take(&mut self.emulator.callbacks_mut().answers) {
            self.press(&answer);
        }
    }

    /// What `stty -g` wrote into a file before the prompt came.
    fn modes(&self, file: &str) -> String {
        std::fs::read_to_string(self.home.path().join(file)).expect("stty wrote its modes")
    }

    fn in_vain(&self, what: &str, why: &str) -> ! {
        let edge = "=".repeat(40);
        panic!(
            "waited in vain for {what}: {why}\n{edge}\n{}\n{edge}\n{:?}",
            self.picture(),
            self.callbacks()
        );
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended already. The terminal closes with its shell for everything that runs in
        // it, as when a window is closed or a connection is lost.
        let _gone = self.shell.kill();
        let _gone = self.shell.wait();
    }
}

/// A shell with the program in its `PATH`, and nothing of the user's environment.
fn shell(home: &Path, variables: &[(&str, &str)]) -> CommandBuilder {
    let program = Path::new(env!("CARGO_BIN_EXE_watchtogether"));
    let folder = program.parent().expect("its folder").to_owned();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(folder).chain(std::env::split_paths(&others));
    // An interactive `sh`: it has jobs, and no editor that would set modes of its own.
    let mut shell = CommandBuilder::new("sh");
    shell.arg("-i");
    shell.env_clear();
    shell.env("PATH", std::env::join_paths(path).expect("a path"));
    shell.env("HOME", home);
    shell.env("WATCHTOGETHER_STATE_DIR", home.join("state"));
    shell.env("WATCHTOGETHER_DEFAULT_SERVER", "http://127.0.0.1:0");
    shell.env("TERM", "xterm-256color");
    shell.env("LANG", "C.UTF-8");
    shell.env("PS1", format!("{PROMPT} "));
    for (name, value) in variables {
        shell.env(name, value);
    }
    shell.cwd(home);
    shell
}

/// A screen as lines of text, without trailing blanks.
pub(crate) fn picture(screen: &Screen) -> String {
    let shown = screen.contents();
    let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}

fn at_prompt(screen: &Screen) -> bool {
    let shown = screen.contents();
    let last = shown.lines().rfind(|line| !line.trim().is_empty());
    !screen.alternate_screen() && last.is_some_and(|line| line.trim_end() == PROMPT)
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has rows and columns")
}
