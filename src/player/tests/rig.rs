//! A player under test, and ways to act upon its mpv from outside.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::media::direct::Container;
use crate::player::loaded_media::OpenTarget;
use crate::player::order::Order;
use crate::player::{Player, PlayerConfig};
use crate::protocol::ids::Epoch;
use crate::protocol::time::Position;
use crate::sync::player::{PlayerCommand, PlayerEvent, ProcessState};

/// The bound of each wait, far longer than anything takes on the slowest machine.
const BOUND: Duration = Duration::from_mins(1);

/// A player, its events, and its temporary folder.
pub(super) struct Rig {
    pub(super) player: Player,
    pub(super) events: mpsc::Receiver<PlayerEvent>,
    pub(super) socket: PathBuf,
    pub(super) folder: tempfile::TempDir,
}

/// A configuration whose mpv needs neither a display nor an audio device, and reads nobody's
/// settings.
pub(super) fn config() -> (tempfile::TempDir, PlayerConfig) {
    let folder = tempfile::tempdir().unwrap();
    let mut config = PlayerConfig::new(Instant::now());
    config.runtime_dir = folder.path().to_owned();
    config.ipc_path = Some(folder.path().join("ipc"));
    config.extra_args = ["--no-config", "--vo=null", "--ao=null"]
        .map(str::to_owned)
        .to_vec();
    (folder, config)
}

impl Rig {
    /// A player that is not ready yet.
    pub(super) fn start() -> Self {
        let (folder, config) = config();
        Self::with(folder, config)
    }

    /// A player with this configuration.
    pub(super) fn with(folder: tempfile::TempDir, config: PlayerConfig) -> Self {
        let socket = config.ipc_path.clone().unwrap_or_default();
        let (player, events) = Player::spawn(config);
        Self {
            player,
            events,
            socket,
            folder,
        }
    }

    /// The same where no window can be opened.
    pub(super) fn without_display(folder: tempfile::TempDir, config: PlayerConfig) -> Self {
        let socket = config.ipc_path.clone().unwrap_or_default();
        let (player, events) = Player::spawn_where(config, || false);
        Self {
            player,
            events,
            socket,
            folder,
        }
    }

    /// The first event for which `wanted` returns something; earlier ones are dropped.
    pub(super) async fn until<T>(
        &mut self,
        what: &'static str,
        mut wanted: impl FnMut(&PlayerEvent) -> Option<T>,
    ) -> T {
        let mut passed = Vec::new();
        loop {
            let event = timeout(BOUND, self.events.recv()).await;
            let Ok(Some(event)) = event else {
                panic!("no {what} ({event:?}); there were {passed:?}");
            };
            if let Some(found) = wanted(&event) {
                return found;
            }
            passed.push(event);
        }
    }

    /// Waits until the process is in this state.
    pub(super) async fn process(&mut self, wanted: &ProcessState) {
        self.until("state of the process", |event| {
            (event == &PlayerEvent::Process(wanted.clone())).then_some(())
        })
        .await;
    }

    /// Waits until the process answers, and returns its version.
    pub(super) async fn ready(&mut self) -> String {
        self.until("Ready", |event| match event {
            PlayerEvent::Process(ProcessState::Ready { version, .. }) => Some(version.clone()),
            _ => None,
        })
        .await
    }

    /// Opens a direct link.
    pub(super) fn open(&self, epoch: u64, link: &str, start: Position, paused: bool) {
        let path = link.split('?').next().unwrap();
        let extension = Path::new(path).extension().and_then(OsStr::to_str);
        let container = extension.and_then(Container::from_extension).unwrap();
        let target = OpenTarget::direct(link.to_owned(), container);
        self.open_target(epoch, target, start, paused);
    }

    /// Opens a target that no room media can name.
    pub(super) fn open_target(
        &self,
        epoch: u64,
        target: OpenTarget,
        start: Position,
        paused: bool,
    ) {
        self.player
            .order(Order::Open {
                epoch: Epoch(epoch),
                target,
                start,
                paused,
            })
            .unwrap();
    }

    pub(super) fn send(&self, command: PlayerCommand) {
        self.player.send(command).unwrap();
    }

    /// Waits until playback runs or is stopped at its new position, and returns that.
    pub(super) async fn restarted(&mut self) -> Position {
        self.until("PlaybackRestarted", |event| match event {
            PlayerEvent::PlaybackRestarted { position, .. } => Some(*position),
            _ => None,
        })
        .await
    }

    /// A second connection to mpv, through which the test acts as the member in the window.
    pub(super) fn hand(&self) -> Hand {
        let stream = UnixStream::connect(&self.socket).unwrap();
        stream.set_read_timeout(Some(BOUND)).unwrap();
        Hand {
            reader: BufReader::new(stream.try_clone().unwrap()),
            stream,
        }
    }

    /// The id of mpv's process, for signals.
    pub(super) fn pid(&self) -> i64 {
        self.hand()
            .ask(&json!(["get_property", "pid"]))
            .as_i64()
            .unwrap()
    }
}

/// A second connection to mpv.
pub(super) struct Hand {
    stream: UnixStream,
    reader: BufReader<UnixStream>,
}

impl Hand {
    /// Sends a command and returns the data of mpv's answer; panics on an error.
    pub(super) fn ask(&mut self, command: &Value) -> Value {
        let data = self.try_ask(command);
        data.unwrap_or_else(|| panic!("mpv refuses {command}"))
    }

    /// Sends a command and returns the data of mpv's answer; `None` on an error.
    pub(super) fn try_ask(&mut self, command: &Value) -> Option<Value> {
        let line = json!({ "command": command, "request_id": 1 });
        writeln!(self.stream, "{line}").unwrap();
        loop {
            let mut line = String::new();
            assert!(
                self.reader.read_line(&mut line).unwrap() > 0,
                "mpv went away"
            );
            let mut value: Value = serde_json::from_str(&line).unwrap();
            if value.get("event").is_none() {
                let succeeds = value["error"] == "success";
                return succeeds.then(|| value["data"].take());
            }
        }
    }
}

/// Sends a signal to a process.
pub(super) fn signal(signal: Signal, pid: i64) {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    kill_process(pid.unwrap(), signal).unwrap();
}

/// A script that can be run in place of a program.
pub(super) fn script(folder: &Path, name: &str, body: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}
