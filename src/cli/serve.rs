//! `watchtogether serve`: runs a room server until it receives an end signal.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;

use super::args::{CountSetting, ServeOptions};
use super::config::ServeConfig;
use super::redis::warn_of_risks;
use super::service_manager::{NotifyVariables, ServiceManager};
use super::{complain, not_started, storage};
use crate::server::{Limits, Network, Running, ServerConfig, ServerError, Storage};
use crate::strings;
use crate::texts::language::Language;
use crate::texts::tr;

use admin_socket::serve_admin;
pub(super) use lifetime::Reload;
use lifetime::{Lifetime, ServerSignals};
use listening::listen_on;

mod admin_socket;
pub(in crate::cli) mod certificate;
mod lifetime;
mod listening;

/// How long work on other threads, such as hashing a password, may take to finish at the end.
const LAST_WORK: Duration = Duration::from_millis(500);

/// Runs the subcommand to its end.
///
/// # Errors
/// Whatever prevents the server from running: an address that cannot be bound, a data folder that
/// is not usable. Each error says what to do next.
pub(super) fn run(
    config: ServeConfig,
    reload: Reload<'_>,
    language: Language,
) -> anyhow::Result<ExitCode> {
    allow_many_files();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .with_context(|| not_started(language))?;
    let served = runtime.block_on(serve(config, reload, language));
    runtime.shutdown_timeout(LAST_WORK);
    served.map(|()| ExitCode::SUCCESS)
}

async fn serve(config: ServeConfig, reload: Reload<'_>, language: Language) -> anyhow::Result<()> {
    // Before anything else, so that a signal during the start is not lost.
    let signals = ServerSignals::listen();
    let signals = signals.with_context(|| tr!(language, "cli-no-signals"))?;
    let manager = ServiceManager::at(&NotifyVariables::of_process());
    let tls = match &config.tls {
        Some(paths) => Some(certificate::read(paths, language)?),
        None => None,
    };
    let listeners = listen_on(&config.listen, language)?;
    let for_metrics = config.options.metrics_listen.as_slice();
    let for_metrics = listen_on(for_metrics, language)?;
    let public_url = config.options.public_url.clone();
    let public_url = public_url.map(|url| String::from(url.without_room()));
    let network = Network {
        proxies: config.options.trust_proxy.clone(),
        tls: tls.clone(),
    };
    let scheme = network.scheme();
    let server = ServerConfig {
        storage: config.storage.clone(),
        public_url: public_url.clone(),
        hosted: false,
        limits: limits(&config.options),
        network,
    };
    let running = Running::start(listeners, server)
        .await
        .map_err(|error| worded(error, language))?;
    if let Storage::Redis(settings) = &config.storage {
        warn_of_risks(language, &settings.url, running.risks());
    }
    let create_password = config.create_password.clone();
    running.set_create_password(create_password).await;
    serve_admin(&running, &config, language)?;
    let mut metrics = Vec::new();
    for listener in for_metrics {
        let address = listener.local_addr();
        metrics.push(address.map_err(|error| worded(ServerError::Listener(error), language))?);
        running.serve_metrics(listener);
    }
    print_addresses(running.addresses(), scheme, &metrics);
    match public_url {
        Some(url) => complain(strings::server::public_address(language, &url)),
        None => warn_if_alone(running.addresses(), language),
    }
    manager.ready();
    let lifetime = Lifetime {
        running: &running,
        manager: &manager,
        config,
        reload,
        tls,
    };
    lifetime.until_the_end(signals).await;
    manager.stopping();
    running.stop().await;
    Ok(())
}

/// The limits that the settings ask for.
fn limits(options: &ServeOptions) -> Limits {
    let usual = Limits::default();
    let count = |setting: Option<CountSetting>, usual| setting.map_or(usual, |count| count.0);
    Limits {
        rooms: count(options.max_rooms, usual.rooms),
        rooms_per_address: count(options.max_rooms_per_address, usual.rooms_per_address),
        members: count(options.max_members, usual.members),
        connections: count(options.max_connections, usual.connections),
        connections_per_address: count(
            options.max_connections_per_address,
            usual.connections_per_address,
        ),
        create: options.create.map_or(usual.create, |create| create.0),
        grace: options.succession_grace.map(|seconds| seconds.0),
        room_ttl: options.room_ttl.map_or(usual.room_ttl, |ttl| ttl.0),
    }
}

/// Why the server cannot run, as its operator or host reads it.
pub(super) fn worded(error: ServerError, language: Language) -> anyhow::Error {
    match error {
        ServerError::Open(cause) => anyhow::Error::msg(storage::open_error(language, &cause)),
        ServerError::Restore(cause) => anyhow::Error::msg(storage::log_error(language, &cause)),
        ServerError::Listener(cause) => {
            anyhow::Error::new(cause).context(tr!(language, "server-no-address"))
        }
    }
}

/// Prints the server's own addresses, and those of its figures, in lines that programs read in
/// every language.
fn print_addresses(addresses: &[SocketAddr], scheme: &str, metrics: &[SocketAddr]) {
    let mut out = std::io::stdout().lock();
    let listening = addresses
        .iter()
        .map(|address| format!("listening on {scheme}://{address}"));
    let figures = metrics
        .iter()
        .map(|address| format!("metrics on http://{address}/metrics"));
    let mut printed = Ok(());
    for line in listening.chain(figures) {
        printed = printed.and_then(|()| writeln!(out, "{line}"));
    }
    if let Err(error) = printed.and_then(|()| out.flush()) {
        tracing::warn!(%error, "nobody reads where the server listens");
    }
}

/// Warns if only this machine can reach the server, and no public address says that a proxy leads
/// there.
fn warn_if_alone(addresses: &[SocketAddr], language: Language) {
    let port = addresses.first().map(SocketAddr::port);
    if let Some(port) = port
        && addresses.iter().all(|address| address.ip().is_loopback())
    {
        complain(strings::server::only_this_machine(language, port));
    }
}

/// The limit of open files, sockets included, that the server requests.
#[cfg(unix)]
const FILES: u64 = 65_536;

/// Raises the limit of open files as far as the system allows, at most to [`FILES`]: the usual soft
/// limit of 1,024 is meant for programs that use `select`, and each viewer takes a descriptor.
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

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::worded;
    use crate::cli::causes;
    use crate::protocol::ids::RoomId;
    use crate::server::ServerError;
    use crate::server::log::{DataFault, LogError, OpenError};
    use crate::test_support::foreign_words;
    use crate::texts::language::Language;

    #[test]
    fn what_keeps_the_server_from_running_is_said_in_each_language() {
        let damaged = |reason| {
            let path = "rooms.redb".into();
            ServerError::Open(OpenError::Damaged { path, reason })
        };
        let said = |error, language| causes(language, &worded(error, language));
        let empty = || damaged(DataFault::Empty);
        assert!(said(empty(), Language::English).contains("(it's empty)"));
        assert!(said(empty(), Language::Russian).contains("(он пуст)"));
        let unreadable = ServerError::Restore(LogError::Unreadable {
            room: RoomId::parse("movie-night").unwrap(),
            reason: DataFault::MissingEvent(7),
        });
        let said_of_room = said(unreadable, Language::Russian);
        assert!(said_of_room.contains("нет события 7"), "{said_of_room}");
        let full = DataFault::System {
            number: rustix::io::Errno::NOSPC.raw_os_error(),
            words: "No space left on device".to_owned(),
        };
        for reason in [DataFault::Other("a checksum is wrong".to_owned()), full] {
            let words = said(damaged(reason), Language::Russian);
            assert_eq!(foreign_words(&words), [""; 0], "{words}");
        }
        let away = said(ServerError::Restore(LogError::Away), Language::Russian);
        assert!(away.contains("файл комнат сейчас не читается"), "{away}");
        let denied = std::io::Error::from(ErrorKind::PermissionDenied);
        let nameless = said(ServerError::Listener(denied), Language::Russian);
        assert!(nameless.ends_with(": нет прав"), "{nameless}");
    }
}
