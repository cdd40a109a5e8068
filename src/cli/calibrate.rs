//! `watchtogether calibrate`: plays a made film, a flash and a click each second, so that a member
//! sets by eye and ear how late their sound device is. The offset is kept for that device.
//!
//! mpv itself reads the keys, in its window and in the terminal alike; this process listens to it
//! over its socket. Unix only, as the player is.

use std::io::{self, BufRead as _, BufReader, IsTerminal as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde_json::{Value, json};

use super::config::JoinConfig;
use super::{USAGE, complain_of_error, folders, unwritten};
use crate::client::sound_offsets;
use crate::player::{self, BadArgument};
use crate::private_files;
use crate::protocol::time::Span;
use crate::strings::{self, calibrate as words};
use crate::sync::player::MOST_OUTPUT_OFFSET;
use crate::texts::language::Language;

mod reading;
mod terminal_modes;

use reading::{Heard, Reading};
use terminal_modes::TerminalModes;

/// The film: black, white for the first tenth of each second, with a click of 30 ms at its
/// beginning. Endless, and made by mpv itself.
const FILM: &str = concat!(
    "av://lavfi:color=black:s=640x360:r=50,",
    "drawbox=x=0:y=0:w=iw:h=ih:color=white:t=fill:enable='lt(mod(t,1),0.1)'[out0];",
    "aevalsrc=exprs='0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.03)':s=48000[out1]"
);

/// The keys, in mpv's window and in the terminal: a device that is later takes sound that is sent
/// sooner, which is less `audio-delay`.
const KEYS: &str = "\
RIGHT no-osd add audio-delay -0.005
LEFT no-osd add audio-delay 0.005
UP no-osd add audio-delay -0.010
DOWN no-osd add audio-delay 0.010
+ no-osd add audio-delay -0.005
- no-osd add audio-delay 0.005
0 script-message watchtogether-reset
ENTER script-message watchtogether-keep
KP_ENTER script-message watchtogether-keep
q quit
ESC quit
CLOSE_WIN quit
";

/// How long mpv may take to listen (judgement: a cold disk).
const START: Duration = Duration::from_secs(15);

/// How long mpv may take to end by itself (judgement: longer than it takes to close a device).
const END: Duration = Duration::from_secs(3);

/// The pause between attempts to connect while mpv starts.
const RETRY: Duration = Duration::from_millis(20);

/// How long the offset is shown over the picture, in milliseconds: until it changes.
const SHOWN: u32 = 3_600_000;

/// How far the film runs without sound until there is no device for it, in seconds (judgement: a device
/// is opened before the first picture is shown).
const SOUND_BY: f64 = 2.0;

/// Runs the subcommand to its end.
///
/// # Errors
/// If mpv cannot be started, or the offset not be kept.
pub fn run(config: &JoinConfig, language: Language) -> anyhow::Result<ExitCode> {
    if let Err(BadArgument(argument)) = player::check_arguments(&config.options.player_arg) {
        complain_of_error(
            language,
            strings::start::player_argument(language, &argument),
        );
        return Ok(ExitCode::from(USAGE));
    }
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        complain_of_error(language, words::no_terminal(language));
        return Ok(ExitCode::from(USAGE));
    }
    let folder = Folder::create().with_context(|| words::no_folder(language))?;
    let keys = folder.0.join("keys");
    std::fs::write(&keys, KEYS).with_context(|| words::no_folder(language))?;
    let socket = folder.0.join("mpv");
    let modes = TerminalModes::saved();
    let child = command(config, &keys, &socket)
        .spawn()
        .with_context(|| words::no_player(language, &config.program()))?;
    let mut player = Running(child);
    let stream = connect(&mut player, &socket).with_context(|| words::not_answering(language))?;
    let end = Session::new(stream, language)?.listen()?;
    drop(player);
    drop(modes);
    let Some((device, offset)) = end else {
        say(language, &format!("\n{}", words::given_up(language)))?;
        return Ok(ExitCode::SUCCESS);
    };
    let state = folders::state().with_context(|| words::no_state(language))?;
    sound_offsets::keep(&state, &device, offset).with_context(|| words::no_state(language))?;
    say(
        language,
        &format!("\n{}", words::kept(language, offset, &device)),
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a line for the member.
fn say(language: Language, text: &str) -> anyhow::Result<()> {
    writeln!(io::stdout(), "{text}").with_context(|| unwritten(language))
}

/// mpv with the film. The member's own configuration counts: it may choose the sound device.
fn command(config: &JoinConfig, keys: &Path, socket: &Path) -> Command {
    let mut command = Command::new(config.program());
    if !player::has_display() {
        command.arg("--vo=null");
    }
    command
        .args(&config.options.player_arg)
        .args([
            "--really-quiet",
            "--no-resume-playback",
            "--load-scripts=no",
            "--osc=no",
            "--force-window=no",
            "--keep-open=no",
            "--input-default-bindings=no",
            "--speed=1",
            "--osd-level=1",
        ])
        .arg(joined("--input-conf=", keys))
        .arg(joined("--input-ipc-server=", socket))
        .arg(FILM)
        // What the libraries of a missing sound device say is nothing for the member.
        .stderr(Stdio::null());
    command
}

fn joined(option: &str, path: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from(option);
    argument.push(path);
    argument
}

/// Connects to mpv as soon as it listens.
fn connect(player: &mut Running, socket: &Path) -> io::Result<UnixStream> {
    let since = Instant::now();
    loop {
        match UnixStream::connect(socket) {
            Ok(stream) => return Ok(stream),
            Err(error) if since.elapsed() > START || player.has_ended() => return Err(error),
            Err(_) => sleep(RETRY),
        }
    }
}

/// A folder for the socket and the keys, which only this user can enter. Removed when dropped.
struct Folder(PathBuf);

impl Folder {
    fn create() -> io::Result<Self> {
        let parent = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
        let parent = parent.filter(|folder| folder.is_dir());
        let parent = parent.unwrap_or_else(std::env::temp_dir);
        let path = parent.join(format!(
            "watchtogether-calibrate-{:016x}",
            rand::random::<u64>()
        ));
        private_files::create_new_folder(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(cause) = std::fs::remove_dir_all(&self.0) {
            tracing::debug!(%cause, "the folder for the socket stays behind");
        }
    }
}

/// A running mpv, which is ended when dropped.
struct Running(Child);

impl Running {
    fn has_ended(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(Some(_)) | Err(_))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let since = Instant::now();
        while !self.has_ended() && since.elapsed() < END {
            sleep(RETRY);
        }
        if !self.has_ended()
            && let Err(cause) = self.0.kill()
        {
            tracing::debug!(%cause, "the player cannot be ended");
        }
        if let Err(cause) = self.0.wait() {
            tracing::debug!(%cause, "the player cannot be waited for");
        }
    }
}

/// The conversation with mpv.
struct Session {
    stream: UnixStream,
    reading: Reading,
    language: Language,
    is_flashing: bool,
    /// Whether mpv has told a sound device: before that nothing is printed, since without one there
    /// is nothing to set.
    has_begun: bool,
    /// Whether the member knows that the terminal flashes, since mpv has no picture.
    is_blind: bool,
}

impl Session {
    fn new(stream: UnixStream, language: Language) -> anyhow::Result<Self> {
        let mut session = Self {
            stream,
            reading: Reading::default(),
            language,
            is_flashing: false,
            has_begun: false,
            is_blind: false,
        };
        for (id, property) in reading::OBSERVED {
            session.ask(&json!(["observe_property", id, property]))?;
        }
        Ok(session)
    }

    fn ask(&mut self, command: &Value) -> io::Result<()> {
        writeln!(self.stream, "{}", json!({ "command": command }))
    }

    /// Follows mpv to its end: the device and the offset, if the member wants that kept.
    fn listen(mut self) -> anyhow::Result<Option<(String, Span)>> {
        let lines = BufReader::new(self.stream.try_clone()?).split(b'\n');
        for line in lines {
            let Ok(line) = line else { break };
            let Ok(event) = serde_json::from_slice::<Value>(&line) else {
                continue;
            };
            match self.reading.event(&event) {
                Some(Heard::Device(device)) => {
                    self.begin()?;
                    self.begin_from_kept(&device)?;
                }
                Some(Heard::Offset) => self.show()?,
                Some(Heard::Place(seconds))
                    if seconds > SOUND_BY && self.reading.device().is_none() =>
                {
                    self.ask(&json!(["quit"]))?;
                    self.end_line()?;
                    anyhow::bail!(words::no_sound(self.language));
                }
                Some(Heard::Place(seconds)) => self.flash(seconds)?,
                Some(Heard::Reset) => self.set(Span::ZERO)?,
                Some(Heard::Keep) => {
                    let device = self.reading.device().map(str::to_owned);
                    let kept = device.map(|device| (device, self.reading.offset()));
                    if kept.is_some() {
                        // By itself it gives the terminal back as it was.
                        self.ask(&json!(["quit"]))?;
                        return Ok(kept);
                    }
                    self.print(&words::no_device(self.language))?;
                }
                None => {}
            }
        }
        Ok(None)
    }

    /// Tells what to do, once.
    fn begin(&mut self) -> anyhow::Result<()> {
        if !std::mem::replace(&mut self.has_begun, true) {
            say(self.language, &words::how(self.language))?;
        }
        Ok(())
    }

    /// Ends the line that is printed again and again, if there is one.
    fn end_line(&self) -> io::Result<()> {
        if self.has_begun {
            writeln!(io::stdout())?;
        }
        Ok(())
    }

    /// Begins from what is kept of the device.
    fn begin_from_kept(&mut self, device: &str) -> io::Result<()> {
        let kept = folders::state().map(|state| sound_offsets::kept(&state, device));
        match kept {
            Some(Ok(Some(offset))) => self.set(offset),
            Some(Err(cause)) => {
                tracing::warn!("the offset that was kept cannot be read: {cause}");
                self.show()
            }
            _ => self.show(),
        }
    }

    fn set(&mut self, offset: Span) -> io::Result<()> {
        let delay = self.reading.delay_of(offset).as_seconds();
        self.ask(&json!(["set", "audio-delay", format!("{delay:.6}")]))
    }

    /// Shows the offset, over the picture and in the terminal. One that no device has is limited.
    fn show(&mut self) -> io::Result<()> {
        let offset = self.reading.offset();
        if offset.abs() > MOST_OUTPUT_OFFSET {
            let limit = MOST_OUTPUT_OFFSET.0;
            return self.set(Span(offset.0.clamp(-limit, limit)));
        }
        let text = words::offset(self.language, offset, self.reading.device());
        self.ask(&json!(["show-text", text, SHOWN]))?;
        self.print(&text)
    }

    /// Without a picture the terminal flashes, as far as a terminal can.
    fn flash(&mut self, seconds: f64) -> io::Result<()> {
        if self.reading.has_picture() || !self.has_begun {
            return Ok(());
        }
        if !std::mem::replace(&mut self.is_blind, true) {
            let mut output = io::stdout().lock();
            writeln!(output, "\r\u{1b}[K{}", words::no_picture(self.language))?;
        }
        let flashes = seconds.rem_euclid(1.0) < 0.1;
        if std::mem::replace(&mut self.is_flashing, flashes) == flashes {
            return Ok(());
        }
        let text = words::offset(self.language, self.reading.offset(), self.reading.device());
        self.print(&text)
    }

    fn print(&self, text: &str) -> io::Result<()> {
        if !self.has_begun {
            return Ok(());
        }
        let flash = match (self.is_blind, self.is_flashing) {
            (false, _) => "",
            (true, false) => "     ",
            (true, true) => "████ ",
        };
        let mut output = io::stdout().lock();
        write!(output, "\r\u{1b}[K{flash}{text}")?;
        output.flush()
    }
}
