//! A real Redis of a test's own: in a folder of its own, reached through a socket in it, so that no
//! port is taken. Tests within the crate use this file too.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::patience::until;

/// Whether it keeps what it agrees to over a restart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeps {
    /// Every write, at once.
    Everything,
    /// Nothing.
    Nothing,
}

/// A running Redis. It is killed, by its own id, when the value is dropped.
#[derive(Debug)]
pub(crate) struct RedisServer {
    folder: TempDir,
    keeps: Keeps,
    settings: Vec<String>,
    child: Child,
}

impl RedisServer {
    /// Starts one.
    pub(crate) fn start(keeps: Keeps) -> Self {
        Self::with(keeps, &[])
    }

    /// Starts one with further settings, as on its command line.
    pub(crate) fn with(keeps: Keeps, settings: &[&str]) -> Self {
        Self::spawned(keeps, settings, Self::until_it_answers)
    }

    /// Starts one and waits until it is as a test needs it. It is killed if it does not become so.
    fn spawned(keeps: Keeps, settings: &[&str], wait: impl FnOnce(&mut Self)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let settings: Vec<String> = settings.iter().map(|&one| one.to_owned()).collect();
        let child = spawn(folder.path(), keeps, &settings);
        let mut server = Self {
            folder,
            keeps,
            settings,
            child,
        };
        wait(&mut server);
        server
    }

    fn until_it_answers(&mut self) {
        let path = self.socket();
        until("Redis answers", || {
            if let Ok(Some(status)) = self.child.try_wait() {
                let log = std::fs::read_to_string(self.folder.path().join("redis.log"));
                panic!("Redis has ended, {status}: {}", log.unwrap_or_default());
            }
            let answer = ask(&path, "PING").ok()?;
            // One with a password answers that it wants that.
            (answer.starts_with("+PONG") || answer.starts_with("-NOAUTH")).then_some(())
        });
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        format!("unix://{}", self.socket().display())
    }

    /// The path of its socket.
    pub(crate) fn socket(&self) -> PathBuf {
        socket(self.folder.path())
    }

    /// Stops it in the middle of whatever it does; sockets stay open.
    pub(crate) fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets it go on.
    pub(crate) fn thaw(&self) {
        self.signal(Signal::CONT);
    }

    /// Kills it: it cannot react.
    pub(crate) fn kill(&mut self) {
        // It may have ended already.
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }

    /// Starts it again after [`Self::kill`], with what it has kept.
    pub(crate) fn start_again(&mut self) {
        self.kill();
        self.child = spawn(self.folder.path(), self.keeps, &self.settings);
        self.until_it_answers();
    }

    /// What it answers to a command, as it is on the wire.
    pub(crate) fn ask(&self, command: &str) -> String {
        ask(&self.socket(), command).expect("it answers")
    }

    fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        kill_process(id.expect("its id"), signal).expect("it can be signalled");
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("redis.sock")
}

fn spawn(folder: &Path, keeps: Keeps, settings: &[String]) -> Child {
    let appends = if keeps == Keeps::Everything {
        "yes"
    } else {
        "no"
    };
    let path = socket(folder);
    // A killed one leaves its socket behind.
    let _none = std::fs::remove_file(&path);
    // Another one, such as Valkey's `valkey-server`.
    let program = std::env::var_os("REDIS_SERVER");
    Command::new(program.unwrap_or_else(|| "redis-server".into()))
        .args(["--port", "0", "--save", "", "--daemonize", "no"])
        .args(["--appendonly", appends, "--appendfsync", "always"])
        .args(["--logfile", "redis.log", "--unixsocket", "redis.sock"])
        .arg("--dir")
        .arg(folder)
        .args(settings)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("these tests need Redis (scripts/setup --tests)")
}

fn ask(socket: &Path, command: &str) -> std::io::Result<String> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(format!("{command}\r\n").as_bytes())?;
    let mut answer = vec![0; 64 * 1024];
    let length = stream.read(&mut answer)?;
    let read = answer.get(..length).unwrap_or_default();
    Ok(String::from_utf8_lossy(read).into_owned())
}

#[test]
fn one_that_never_answers_is_not_left_behind() {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    let mut id = None;
    let wait = |server: &mut RedisServer| {
        id = i32::try_from(server.child.id()).ok();
        panic!("it never answers");
    };
    let started = AssertUnwindSafe(|| RedisServer::spawned(Keeps::Nothing, &[], wait));
    assert!(catch_unwind(started).is_err());
    let id = id.and_then(Pid::from_raw).expect("it was started");
    let runs = rustix::process::test_kill_process(id).is_ok();
    assert!(!runs, "it still runs");
}
