//! A member with a real mpv: the client's process, its JSON output, and a second connection to the
//! player.

use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use super::join_client::JoinClient;
use super::mpv_probe::MpvProbe;
use super::patience::until;

/// A member who watches with a player.
pub(crate) struct Watcher {
    pub(crate) client: JoinClient,
    /// The path of its mpv's IPC socket.
    pub(crate) socket: PathBuf,
    _folder: TempDir,
}

impl Watcher {
    /// Joins a room with a player that has neither video nor audio output.
    pub(crate) fn join(server: &str, room: &str, name: &str) -> Self {
        Self::join_with(server, room, name, &[])
    }

    /// Joins with further options.
    pub(crate) fn join_with(server: &str, room: &str, name: &str, options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the socket");
        let socket = folder.path().join("mpv");
        let ipc = socket.display().to_string();
        let mut arguments = vec![
            "--allow-private-media",
            "--player-arg=--no-config",
            "--player-arg=--vo=null",
            "--player-arg=--ao=null",
            "--player-ipc",
            &ipc,
        ];
        arguments.extend(options);
        let mut client = JoinClient::start(server, room, name, &arguments);
        client.wait_for("joined", |line| line["type"] == "joined");
        Self {
            client,
            socket,
            _folder: folder,
        }
    }

    /// A second connection to the player.
    pub(crate) fn mpv(&self) -> MpvProbe {
        MpvProbe::connect(&self.socket)
    }

    /// Types a line, without waiting for its answer.
    pub(crate) fn say(&mut self, line: &str) {
        self.client.type_line(line);
    }

    /// Types a line, and waits until it is carried out.
    pub(crate) fn command(&mut self, line: &str) {
        let number = self.client.type_line(line);
        let answer = self.client.wait_for(line, |answer| {
            answer["line"] == number && (answer["type"] == "ok" || answer["type"] == "denied")
        });
        assert_eq!(answer["type"], "ok", "{line}: {answer}");
    }

    /// Waits for a line of this type whose `state` is this.
    pub(crate) fn wait_state(&mut self, kind: &str, state: &str) -> Value {
        self.client.wait_for(&format!("{kind} {state}"), |line| {
            line["type"] == kind && line["state"] == state
        })
    }

    /// Waits for a line of this type that fits.
    pub(crate) fn wait(&mut self, kind: &str, fits: impl Fn(&Value) -> bool) -> Value {
        self.client
            .wait_for(kind, |line| line["type"] == kind && fits(line))
    }
}

/// The most that two players may differ in these scenarios, in seconds. A bench measures how close
/// they really are; a test only distinguishes "in step" from "not".
const CLOSE: f64 = 0.5;

/// Waits until all players play within [`CLOSE`] of each other.
pub(crate) fn wait_in_step(players: &mut [&mut MpvProbe]) {
    until("the players are in step", || {
        let mut positions = Vec::new();
        for mpv in &mut *players {
            if mpv.flag("pause") || mpv.flag("seeking") {
                return None;
            }
            positions.push(mpv.number("time-pos")?);
        }
        let least = positions.iter().copied().fold(f64::INFINITY, f64::min);
        let most = positions.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (most - least < CLOSE).then_some(())
    });
}

/// Waits until all players are paused on the same frame, and returns its position.
pub(crate) fn wait_same_frame(players: &mut [&mut MpvProbe]) -> f64 {
    until("the players stand on one frame", || {
        let mut positions = Vec::new();
        for mpv in &mut *players {
            if !mpv.flag("pause") || mpv.flag("seeking") {
                return None;
            }
            positions.push(mpv.number("time-pos")?);
        }
        let first = *positions.first()?;
        positions
            .iter()
            .all(|position| (position - first).abs() < 0.001)
            .then_some(first)
    })
}
