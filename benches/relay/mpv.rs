//! A paused mpv whose seeks are timed.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The bound of each wait, longer than any seek takes.
const BOUND: Duration = Duration::from_mins(1);

/// An mpv of the bench's own; it ends with this value.
pub(crate) struct Mpv {
    child: Child,
    stream: UnixStream,
    reader: BufReader<UnixStream>,
}

impl Mpv {
    /// Opens `address` paused, and waits for its first picture.
    pub(crate) fn open(folder: &Path, name: &str, address: &str) -> Self {
        let socket = folder.join(name);
        let child = Command::new("mpv")
            .args(["--no-config", "--vo=null", "--ao=null", "--no-terminal"])
            .args(["--pause", "--idle=yes", "--hr-seek=yes"])
            // The data for a seek must be fetched, not found in the cache.
            .args(["--cache=no", "--demuxer-max-bytes=1MiB"])
            .arg("--demuxer-max-back-bytes=0")
            .arg(format!("--input-ipc-server={}", socket.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .env("no_proxy", "127.0.0.1")
            .spawn()
            .expect("mpv runs; `make setup` installs it");
        let began = Instant::now();
        let stream = loop {
            match UnixStream::connect(&socket) {
                Ok(stream) => break stream,
                Err(error) => assert!(began.elapsed() < BOUND, "mpv does not listen: {error}"),
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        stream
            .set_read_timeout(Some(BOUND))
            .expect("a bound on reading");
        let reader = BufReader::new(stream.try_clone().expect("a second handle"));
        let mut mpv = Self {
            child,
            stream,
            reader,
        };
        mpv.send(&json!(["loadfile", address]));
        mpv.until_shown();
        mpv
    }

    /// One exact seek: the seconds from the order to the picture.
    pub(crate) fn seek(&mut self, to: f64) -> f64 {
        let began = Instant::now();
        self.send(&json!(["seek", to, "absolute+exact"]));
        self.until_shown();
        began.elapsed().as_secs_f64()
    }

    fn send(&mut self, command: &Value) {
        let line = json!({ "command": command });
        writeln!(self.stream, "{line}").expect("mpv takes orders");
    }

    fn until_shown(&mut self) {
        loop {
            let mut line = String::new();
            let read = self.reader.read_line(&mut line).expect("mpv answers");
            assert!(read > 0, "mpv went away");
            let value: Value = serde_json::from_str(&line).unwrap_or_default();
            let event = value.get("event").and_then(Value::as_str);
            assert_ne!(event, Some("end-file"), "mpv does not play it: {line}");
            if event == Some("playback-restart") {
                return;
            }
        }
    }
}

impl Drop for Mpv {
    fn drop(&mut self) {
        let ended = self.child.kill().and_then(|()| self.child.wait());
        ended.expect("our own mpv can be ended");
    }
}
