//! The system's wish that the program end: Ctrl-C, a `kill`, a closed terminal.

use std::io;
#[cfg(unix)]
use std::time::Duration;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// How long leaving may take once the terminal is gone (judgement: the goodbye to a server
/// takes a round trip).
#[cfg(unix)]
const LEAVING: Duration = Duration::from_secs(3);

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
        tokio::spawn(end_without_terminal(signal(SignalKind::hangup())?));
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

/// Ends the process if it has not left by itself soon after its terminal was closed: a read of
/// a terminal that is gone never comes back (crossterm 0.29), and keeps a processor busy for
/// ever. The player ends with us, by its lifeline.
#[cfg(unix)]
async fn end_without_terminal(mut hang_up: Signal) {
    if hang_up.recv().await.is_some() {
        tokio::time::sleep(LEAVING).await;
        tracing::warn!("the terminal is gone, and leaving did not come to an end: ended");
        std::process::exit(0);
    }
}
