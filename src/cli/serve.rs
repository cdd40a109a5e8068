//! `watchtogether serve`: runs a room server until it is told to end.

use std::io::{ErrorKind, Write};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;

use super::complain;
use super::config::{DEFAULT_PORT, ServeConfig, Storage};
use crate::server::{Limits, Running, ServerConfig, Storage as ServerStorage};
use crate::strings;

/// How long work on other threads (a password being hashed) has to end.
const LAST_WORK: Duration = Duration::from_millis(500);

/// Runs the subcommand to its end.
///
/// # Errors
/// Whatever keeps the server from running: an address that cannot be listened on, a data
/// folder that cannot be used. Each names the next step.
pub fn run(config: ServeConfig) -> anyhow::Result<ExitCode> {
    allow_many_files();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the server's threads cannot be started")?;
    let served = runtime.block_on(serve(config));
    runtime.shutdown_timeout(LAST_WORK);
    served.map(|()| ExitCode::SUCCESS)
}

async fn serve(config: ServeConfig) -> anyhow::Result<()> {
    // Asked for first, so that a signal during the start is not lost.
    let mut signals = Signals::new()?;
    let listeners = listen_on(&config.listen).await?;
    let storage = match config.storage {
        Storage::Memory => ServerStorage::Memory,
        Storage::Folder(folder) => ServerStorage::Folder(folder),
    };
    let server = ServerConfig {
        storage,
        public_url: config.public_url.map(String::from),
        limits: Limits {
            grace: config.succession_grace,
            ..Limits::default()
        },
    };
    let running = Running::start(listeners, server).await?;
    announce(running.addresses());
    let signal = signals.next().await;
    tracing::info!(signal, "the server goes down");
    running.stop().await;
    Ok(())
}

/// Tells where the server listens, and who can reach it.
fn announce(addresses: &[SocketAddr]) {
    let mut out = std::io::stdout().lock();
    let mut told = Ok(());
    for address in addresses {
        told = told.and_then(|()| writeln!(out, "listening on http://{address}"));
    }
    if let Err(error) = told.and_then(|()| out.flush()) {
        tracing::warn!(%error, "nobody reads where the server listens");
    }
    let port = addresses.first().map(SocketAddr::port);
    if let Some(port) = port
        && addresses.iter().all(|address| address.ip().is_loopback())
    {
        complain(strings::server::only_this_machine(port));
    }
}

/// How many files, sockets among them, the server asks the system for.
#[cfg(unix)]
const FILES: u64 = 65_536;

/// Takes as many file descriptors as the system allows without asking: the usual soft limit of
/// 1,024 is for programs that count descriptors in a fixed set, and a viewer is one of them.
#[cfg(unix)]
fn allow_many_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = maximum.map_or(FILES, |maximum| maximum.min(FILES));
    if current.is_none_or(|current| current >= wanted) {
        return;
    }
    let limit = Rlimit {
        current: Some(wanted),
        maximum,
    };
    match setrlimit(Resource::Nofile, limit) {
        Ok(()) => tracing::debug!(files = wanted, "the limit of open files is raised"),
        Err(error) => tracing::warn!(%error, "the limit of open files stays as it is"),
    }
}

#[cfg(not(unix))]
const fn allow_many_files() {}

/// Listens on every address; of the two default ones the IPv6 one may not exist here.
async fn listen_on(addresses: &[SocketAddr]) -> anyhow::Result<Vec<TcpListener>> {
    let mut listeners = Vec::new();
    for address in addresses {
        match TcpListener::bind(address).await {
            Ok(listener) => listeners.push(listener),
            Err(error) if !listeners.is_empty() && is_missing_default(*address, &error) => {
                tracing::warn!(%address, %error, "not listening here: this machine has no IPv6");
            }
            Err(error) => {
                let told = strings::server::cannot_listen(*address, error.kind());
                return Err(error).context(told);
            }
        }
    }
    Ok(listeners)
}

fn is_missing_default(address: SocketAddr, error: &std::io::Error) -> bool {
    let default = SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), DEFAULT_PORT);
    address == default
        && !matches!(
            error.kind(),
            ErrorKind::AddrInUse | ErrorKind::PermissionDenied
        )
}

/// The signals that end a server.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    quit: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> anyhow::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |kind| signal(kind).context("signals cannot be listened for");
        Ok(Self {
            interrupt: listen(SignalKind::interrupt())?,
            terminate: listen(SignalKind::terminate())?,
            quit: listen(SignalKind::quit())?,
        })
    }

    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.interrupt.recv() => "SIGINT",
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.quit.recv() => "SIGQUIT",
        }
    }
}

/// The signals that end a server.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "the same signature as on Unix")]
    fn new() -> anyhow::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> &'static str {
        match tokio::signal::ctrl_c().await {
            Ok(()) => "Ctrl-C",
            Err(error) => {
                tracing::error!(%error, "Ctrl-C cannot be listened for");
                std::future::pending().await
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::is_missing_default;

    #[test]
    fn only_the_default_ipv6_address_may_be_missing() {
        let missing = |address: &str, why: ErrorKind| {
            is_missing_default(address.parse().unwrap(), &Error::from(why))
        };
        assert!(missing("[::1]:8000", ErrorKind::AddrNotAvailable));
        assert!(missing("[::1]:8000", ErrorKind::Unsupported));
        assert!(!missing("[::1]:8000", ErrorKind::AddrInUse));
        assert!(!missing("[::1]:9000", ErrorKind::AddrNotAvailable));
        assert!(!missing("127.0.0.1:8000", ErrorKind::AddrNotAvailable));
    }
}
