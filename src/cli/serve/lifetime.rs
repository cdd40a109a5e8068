//! A server between its start and its end: signals, the service manager, the operator's plans, and
//! settings that are read again.

use std::io::{self, IsTerminal};
use std::time::Duration;

use rustls::pki_types::UnixTime;
use tokio::time::{MissedTickBehavior, interval};

use super::{certificate, limits};
use crate::cli::args::Layer;
use crate::cli::config::{ConfigError, LogConfig, ServeConfig};
use crate::cli::logging::Logging;
use crate::cli::service_manager::ServiceManager;
use crate::server::Running;
use crate::server::tls::TlsFiles;
use crate::signals::{EndSignals, ReloadSignal};
use crate::texts::language::Language;

/// What a signal to read the settings again needs.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Reload<'a> {
    /// Reads the settings as they are now.
    pub(in crate::cli) settings: &'a dyn Fn() -> Result<(ServeConfig, LogConfig), ConfigError>,
    /// The log, whose filter is one of them.
    pub(in crate::cli) logging: &'a Logging,
}

/// The settings that a running server takes over; the others hold from the next start on.
const LIVE: [&str; 9] = [
    "succession_grace",
    "room_ttl",
    "create",
    "create_password_file",
    "max_rooms",
    "max_rooms_per_address",
    "max_members",
    "max_connections",
    "max_connections_per_address",
];

/// The signals to a server.
pub(super) struct ServerSignals {
    end: EndSignals,
    reload: ReloadSignal,
    /// Whether the server was started at a terminal, whose closing sends the signal to reload, too.
    at_terminal: bool,
}

impl ServerSignals {
    /// Begins to listen for them.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            end: EndSignals::of_server()?,
            reload: ReloadSignal::listen()?,
            at_terminal: io::stdin().is_terminal(),
        })
    }

    /// Whether the terminal at which the server was started has been closed.
    fn terminal_is_closed(&self) -> bool {
        self.at_terminal && !io::stdin().is_terminal()
    }
}

/// A server that runs.
pub(super) struct Lifetime<'a> {
    /// The server.
    pub(super) running: &'a Running,
    /// Who is told how it is.
    pub(super) manager: &'a ServiceManager,
    /// The settings with which it runs.
    pub(super) config: ServeConfig,
    /// How they are read again.
    pub(super) reload: Reload<'a>,
    /// The certificate's files, if the server ends TLS itself.
    pub(super) tls: Option<TlsFiles>,
}

impl Lifetime<'_> {
    /// Waits until a signal or the operator ends the server. Meanwhile it gives signs of life to the
    /// service manager, and reads the settings again when it is asked to.
    pub(super) async fn until_the_end(mut self, mut signals: ServerSignals) {
        let signs = give_signs(self.running, self.manager, self.manager.sign_every());
        tokio::pin!(signs);
        loop {
            tokio::select! {
                biased;
                signal = signals.end.next() => {
                    tracing::info!(signal, "shutting down");
                    return;
                }
                () = self.running.drained() => {
                    tracing::info!("shutting down, as the operator planned");
                    return;
                }
                () = signals.reload.next() => {
                    if signals.terminal_is_closed() {
                        tracing::info!("shutting down, since its terminal was closed");
                        return;
                    }
                    self.manager.reloading();
                    self.read_again().await;
                    self.manager.ready();
                }
                () = &mut signs => {}
            }
        }
    }

    /// Reads the settings and the certificate again and takes over what a running server can.
    async fn read_again(&mut self) {
        self.read_certificate();
        let (fresh, log) = match (self.reload.settings)() {
            Ok(settings) => settings,
            Err(error) => {
                let error = error.words(Language::English);
                tracing::error!(error, "the settings stay as they were");
                return;
            }
        };
        if let Err(error) = self.reload.logging.follow(&log) {
            tracing::error!(%error, "the log stays as it was");
        }
        self.running.limit(limits(&fresh.options));
        let password = fresh.create_password.clone();
        self.running.set_create_password(password).await;
        let changed = self.config.options.differences(&fresh.options);
        for name in changed.iter().filter(|name| !LIVE.contains(name)) {
            let setting = name.replace('_', "-");
            tracing::warn!(setting, "this setting was changed and needs a restart");
        }
        tracing::info!("the settings were read again");
    }

    /// Reads the certificate's files again; the one in use stays if they cannot be used.
    fn read_certificate(&self) {
        let Some(files) = &self.tls else { return };
        if let Err(error) = files.reload() {
            let error = certificate::worded(&error, Language::English);
            tracing::error!(error, "the certificate stays as it was");
            return;
        }
        tracing::info!("the certificate was read again");
        if let Some(warning) = certificate::warning(files, UnixTime::now(), Language::English) {
            tracing::warn!("{warning}");
        }
    }
}

/// Gives signs of life for as long as the rooms and the log really answer. Never returns.
async fn give_signs(running: &Running, manager: &ServiceManager, every: Option<Duration>) {
    let Some(every) = every else {
        return std::future::pending().await;
    };
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if running.answers().await {
            manager.sign_of_life();
        } else {
            tracing::error!("the rooms or their log do not answer: the watchdog gets no sign");
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::LIVE;
    use crate::cli::args::Cli;

    /// A setting that is renamed would otherwise be taken for one that needs a restart.
    #[test]
    fn what_a_running_server_takes_over_are_settings() {
        let cli = Cli::command();
        let serve = cli.find_subcommand("serve").unwrap();
        for name in LIVE {
            let is_setting = serve.get_arguments().any(|option| option.get_id() == name);
            assert!(is_setting, "{name}");
        }
    }
}
