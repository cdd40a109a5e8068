//! The system's wish that the program end: Ctrl-C, a `kill`, a closed terminal.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Listens for the signals that mean "leave".
#[derive(Debug)]
pub(super) struct Signals {
    #[cfg(unix)]
    interrupt: Signal,
    #[cfg(unix)]
    terminate: Signal,
    #[cfg(unix)]
    hang_up: Signal,
}

impl Signals {
    /// Begins to listen; from here on the signals do not end the process by themselves.
    ///
    /// # Errors
    /// If the system does not let us.
    #[cfg(unix)]
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Begins to listen.
    ///
    /// # Errors
    /// None on this system.
    #[cfg(not(unix))]
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// The next such wish. Cancel safe.
    #[cfg(unix)]
    pub(super) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = self.hang_up.recv() => {}
        }
    }

    /// The next such wish. Cancel safe.
    #[cfg(not(unix))]
    pub(super) async fn next(&mut self) {
        if let Err(cause) = tokio::signal::ctrl_c().await {
            tracing::warn!("Ctrl-C cannot be listened for: {cause}");
            std::future::pending::<()>().await;
        }
    }
}
