//! The server under test: a process of its own with a folder of its own, on a free port.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::certificates::{Authority, Dates};
use crate::cost;

/// The argument with which this program becomes another that ends with the bench.
const BOUND: &str = "--bound";

/// The variable that names another program to measure, such as a build that is kept, or [`BARE`].
const PROGRAM: &str = "LOAD_SERVER";

/// What stands for the least that a server can be (`bare`).
const BARE: &str = "bare";

/// The file in a server's folder that has the address of its Redis, if it has one.
const REDIS: &str = "redis-url";

/// Its limits, raised beyond what any job needs.
const LIMITS: [&str; 6] = [
    "--max-members=20000",
    "--max-rooms=20000",
    "--max-rooms-per-address=20000",
    "--max-connections=20000",
    "--max-connections-per-address=20000",
    "--room-ttl=1h",
];

/// A running server; it is killed with this value.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// Where it serves its metrics.
    metrics: SocketAddr,
    /// The certificate of the authority that vouches for it, if it speaks TLS.
    pub(crate) authority: Option<PathBuf>,
    home: TempDir,
    /// How long it took until it listened, in milliseconds.
    pub(crate) listening_after: f64,
}

impl Server {
    /// A server without rooms.
    pub(crate) fn start() -> Self {
        Self::within(tempfile::tempdir().expect("a folder"), None)
    }

    /// The same that speaks TLS.
    pub(crate) fn start_with_tls() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let authority = Authority::new();
        authority
            .issue(&["127.0.0.1"], Dates::Now)
            .write(home.path());
        let path = home.path().join("authority.pem");
        std::fs::write(&path, &authority.own().certificate).expect("it is written");
        Self::within(home, Some(path))
    }

    /// A node whose rooms are in this Redis.
    pub(crate) fn start_on(redis: &str) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join(REDIS), redis).expect("it is written");
        Self::within(home, None)
    }

    fn within(home: TempDir, authority: Option<PathBuf>) -> Self {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let launched = launch(&home, any);
        Self {
            child: launched.child,
            address: launched.address,
            metrics: launched.metrics,
            authority,
            home,
            listening_after: launched.listening_after,
        }
    }

    /// Kills it as a power cut would, and starts it again on the same port with the same rooms.
    pub(crate) fn restart(&mut self) {
        self.end();
        let launched = launch(&self.home, self.address);
        assert_eq!(launched.address, self.address, "it listens where it did");
        (self.child, self.metrics) = (launched.child, launched.metrics);
    }

    /// How many clients it has disconnected because they read too slowly; NaN if it does not say.
    pub(crate) fn too_slow(&self) -> f64 {
        let line = "watchtogether_refused_total{code=\"too_slow\"} ";
        let count = self.metrics().ok().and_then(|metrics| {
            let count = metrics.lines().find_map(|it| it.strip_prefix(line))?;
            count.parse().ok()
        });
        count.unwrap_or(f64::NAN)
    }

    fn metrics(&self) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(self.metrics)?;
        let host = self.metrics;
        write!(
            stream,
            "GET /metrics HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    /// The processor time that it has taken, in seconds.
    pub(crate) fn processor(&self) -> f64 {
        cost::processor_seconds(self.child.id())
    }

    /// Its resident memory in KiB; NaN where there is no `/proc`.
    pub(crate) fn resident(&self) -> f64 {
        resident(self.child.id())
    }

    fn end(&mut self) {
        // It may have ended by a fault of its own, which shows in the figures.
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// The resident memory of a process in KiB; NaN where there is no `/proc`.
pub(crate) fn resident(id: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|it| it.parse().ok()).unwrap_or(f64::NAN)
}

/// The memory that the kernel uses for its own objects, sockets and open files among them, and for
/// what TCP has to send or to hand over, in KiB; NaN where there is no `/proc`. It is the whole
/// machine's: a difference is a connection's if nothing else goes on.
pub(crate) fn kernel_memory() -> f64 {
    let meminfo = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let slab = meminfo.lines().find_map(|line| line.strip_prefix("Slab:"));
    let slab = slab.and_then(|slab| slab.split_whitespace().next()?.parse::<f64>().ok());
    let sockstat = std::fs::read_to_string("/proc/net/sockstat").unwrap_or_default();
    let tcp = sockstat.lines().find_map(|line| line.strip_prefix("TCP:"));
    let mut words = tcp.unwrap_or_default().split_whitespace();
    let pages = words.find(|word| *word == "mem").and_then(|_| words.next());
    let pages = pages.and_then(|pages| pages.parse::<f64>().ok());
    // A page has 4 KiB on every usual machine.
    let held = pages.map(|pages| pages * 4.0);
    slab.zip(held).map_or(f64::NAN, |(slab, held)| slab + held)
}

/// Becomes a program that is killed once the bench ends, however that ends. The process stays the
/// same.
pub(crate) fn become_bound(program: &str, arguments: &[String]) -> ! {
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))
        .expect("a process may be bound to its parent");
    let error = Command::new(program).args(arguments).exec();
    panic!("{program} does not start: {error}");
}

fn program() -> PathBuf {
    let built = || PathBuf::from(env!("CARGO_BIN_EXE_watchtogether"));
    std::env::var_os(PROGRAM).map_or_else(built, PathBuf::from)
}

/// A server that has just begun to listen.
struct Launched {
    child: Child,
    address: SocketAddr,
    metrics: SocketAddr,
    listening_after: f64,
}

fn launch(home: &TempDir, listen: SocketAddr) -> Launched {
    let log_path = home.path().join("server.log");
    let log = File::create(&log_path).expect("a file for its log");
    let began = Instant::now();
    let own = std::env::current_exe().expect("this program's own path");
    let program = program();
    let mut command = Command::new(&own);
    command.arg(BOUND);
    if program == Path::new(BARE) {
        command
            .arg(own)
            .args(["--bare-server", &listen.to_string()]);
    } else {
        command
            .arg(program)
            .args(["serve", "--listen", &listen.to_string()])
            .args(["--metrics-listen", "127.0.0.1:0"])
            .args(LIMITS);
        match std::fs::read_to_string(home.path().join(REDIS)) {
            Ok(redis) => command.args(["--redis", &redis]),
            Err(_) => command.arg("--data-dir").arg(home.path().join("rooms")),
        };
    }
    let certificate = home.path().join("fullchain.pem");
    if certificate.exists() {
        let key = home.path().join("privkey.pem");
        command.arg("--tls-cert").arg(certificate);
        command.arg("--tls-key").arg(key);
    }
    let mut child = command
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .expect("the server starts");
    let output = child.stdout.take().expect("its output is piped");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let mut told = |what: &str| {
        lines.find_map(|line| {
            let url = line.strip_prefix(what)?.split_once("://")?.1;
            url.split(['/', ' ']).next()?.parse::<SocketAddr>().ok()
        })
    };
    let address = told("listening on ");
    let listening_after = millis(began.elapsed());
    let (Some(address), Some(metrics)) = (address, told("metrics on ")) else {
        let log = std::fs::read_to_string(log_path).unwrap_or_default();
        panic!("the server does not listen: {log}");
    };
    // The rest of its output has to be read, or it would stop at a full pipe.
    std::thread::spawn(move || lines.for_each(drop));
    Launched {
        child,
        address,
        metrics,
        listening_after,
    }
}

/// A time in milliseconds.
pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
