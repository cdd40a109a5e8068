//! A second connection to a running mpv, independent of the client that drives it. It reads mpv's
//! real state, and sends keys as its window would get them.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::patience::{PATIENCE, until};

/// A second IPC connection to an mpv.
pub(crate) struct MpvProbe {
    path: PathBuf,
    stream: BufReader<UnixStream>,
    last_id: u64,
}

impl MpvProbe {
    /// Connects to the mpv that listens, or will listen, at a path.
    pub(crate) fn connect(path: &Path) -> Self {
        let stream = until("mpv listens", || UnixStream::connect(path).ok());
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a socket takes a time limit");
        Self {
            path: path.to_owned(),
            stream: BufReader::new(stream),
            last_id: 0,
        }
    }

    /// Runs a command. The error is mpv's own description.
    pub(crate) fn command(&mut self, words: &Value) -> Result<Value, String> {
        self.last_id += 1;
        let id = self.last_id;
        let request = json!({"command": words, "request_id": id});
        writeln!(self.stream.get_mut(), "{request}")
            .unwrap_or_else(|error| panic!("mpv at {} is gone: {error}", self.path.display()));
        loop {
            let mut line = String::new();
            let read = self.stream.read_line(&mut line).expect("mpv answers");
            assert!(read > 0, "mpv at {} is gone", self.path.display());
            let reply: Value = serde_json::from_str(&line).expect("mpv speaks JSON");
            if reply["request_id"] == id && reply.get("error").is_some() {
                return match reply["error"].as_str() {
                    Some("success") => Ok(reply["data"].clone()),
                    other => Err(other.unwrap_or_default().to_owned()),
                };
            }
        }
    }

    /// The value of a property, if mpv has it now.
    pub(crate) fn get(&mut self, property: &str) -> Option<Value> {
        self.command(&json!(["get_property", property])).ok()
    }

    /// The value of a numeric property, if mpv has it now.
    pub(crate) fn number(&mut self, property: &str) -> Option<f64> {
        self.get(property)?.as_f64()
    }

    /// Whether a boolean property is true; false if mpv does not have it.
    pub(crate) fn flag(&mut self, property: &str) -> bool {
        self.get(property) == Some(Value::Bool(true))
    }

    /// Presses a key, as if in mpv's window.
    pub(crate) fn press(&mut self, key: &str) {
        self.command(&json!(["keypress", key]))
            .expect("mpv takes keys");
    }

    /// Waits until `question` returns something.
    pub(crate) fn wait<T>(
        &mut self,
        what: &str,
        mut question: impl FnMut(&mut Self) -> Option<T>,
    ) -> T {
        until(what, || question(self))
    }

    /// Waits until mpv plays: not paused, and its position moves.
    pub(crate) fn wait_playing(&mut self) {
        let mut before = None;
        self.wait("mpv plays", |mpv| {
            let position = mpv.number("time-pos");
            let moved = matches!((before, position), (Some(a), Some(b)) if b > a);
            before = position;
            (moved && !mpv.flag("pause")).then_some(())
        });
    }

    /// Mpv's process id.
    pub(crate) fn pid(&mut self) -> u32 {
        let pid = self.get("pid").and_then(|pid| pid.as_u64());
        u32::try_from(pid.expect("mpv knows its pid")).expect("a pid fits")
    }
}
