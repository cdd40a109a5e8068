//! A Redis that keeps what it agrees to, for nodes under test: in a folder of its own, behind a socket
//! in it.

use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

use crate::cost;
use crate::server::resident;

/// How long it may take to start, in tenths of a second.
const STARTED_WITHIN: u32 = 100;

/// A running Redis; it is killed with this value.
pub(crate) struct Redis {
    child: Child,
    home: TempDir,
}

impl Redis {
    /// Starts one as DEPLOY.md sets it up; `None`, which is said, if it is not installed.
    pub(crate) fn start() -> Option<Self> {
        let home = tempfile::tempdir().expect("a folder");
        let child = Command::new("redis-server")
            .args(["--port", "0", "--unixsocket"])
            .arg(home.path().join("redis.sock"))
            .args(["--appendonly", "yes", "--appendfsync", "always", "--dir"])
            .arg(home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn();
        let Ok(child) = child else {
            eprintln!("    redis-server is missing: run `scripts/setup --tests`, then again");
            return None;
        };
        let redis = Self { child, home };
        for _ in 0..STARTED_WITHIN {
            if UnixStream::connect(redis.home.path().join("redis.sock")).is_ok() {
                return Some(redis);
            }
            sleep(Duration::from_millis(100));
        }
        panic!("redis-server does not start");
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        format!("unix://{}", self.home.path().join("redis.sock").display())
    }

    /// The processor time that it has taken, in seconds.
    pub(crate) fn processor(&self) -> f64 {
        cost::processor_seconds(self.child.id())
    }

    /// Its resident memory in KiB.
    pub(crate) fn resident(&self) -> f64 {
        resident(self.child.id())
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        // It may have ended by a fault of its own, which shows in the figures.
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}
