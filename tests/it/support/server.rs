//! A server process on a free port.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::process::Process;
use super::program;

/// A running `watchtogether serve`.
pub(crate) struct Server {
    process: Process,
    url: String,
    home: TempDir,
    on_disk: bool,
    options: &'static [&'static str],
}

impl Server {
    /// A server that keeps its rooms in memory only.
    pub(crate) fn ephemeral() -> Self {
        Self::with(false, &[])
    }

    /// A server that keeps its rooms on disk, so that it can be started again.
    pub(crate) fn on_disk() -> Self {
        Self::with(true, &[])
    }

    /// The same with further options.
    pub(crate) fn on_disk_with(options: &'static [&'static str]) -> Self {
        Self::with(true, options)
    }

    /// The server's address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Where it keeps its rooms.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Kills it, and returns what it wrote to standard error.
    pub(crate) fn log(&mut self) -> String {
        self.process.complaints()
    }

    /// Kills it as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.process.kill();
    }

    /// Starts it again, on the same port and with the same rooms.
    pub(crate) fn start_again(&mut self) {
        let port = self.url.rsplit_once(':').expect("a port").1;
        let address = format!("127.0.0.1:{port}");
        let (process, url) = launch(self.home.path(), &address, self.on_disk, self.options);
        assert_eq!(url, self.url);
        self.process = process;
    }

    fn with(on_disk: bool, options: &'static [&'static str]) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let (process, url) = launch(home.path(), "127.0.0.1:0", on_disk, options);
        Self {
            process,
            url,
            home,
            on_disk,
            options,
        }
    }
}

/// `watchtogether serve` with these arguments, in a home folder of its own.
pub(crate) fn serve(home: &Path, arguments: &[&str]) -> Command {
    let mut command = program(home);
    command.arg("serve").args(arguments);
    command
}

/// Starts a server, and waits until it prints the address at which it listens.
fn launch(home: &Path, address: &str, on_disk: bool, options: &[&str]) -> (Process, String) {
    let mut command = serve(home, &["--listen", address]);
    command.args(options);
    if on_disk {
        command.arg("--data-dir").arg(home.join("rooms"));
    } else {
        command.arg("--ephemeral");
    }
    let mut process = Process::start(&mut command);
    let url = listening(&mut process);
    (process, url)
}

/// Waits until a server prints at which address it listens.
pub(crate) fn listening(process: &mut Process) -> String {
    while let Some(line) = process.line() {
        if let Some(url) = line.strip_prefix("listening on ") {
            let url = url.split_whitespace().next().expect("an address");
            return url.to_owned();
        }
    }
    panic!("the server does not listen: {}", process.complaints());
}
