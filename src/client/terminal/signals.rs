//! The signals that say something about the terminal.

use std::io;

/// Notices a signal that says something about the terminal.
pub(super) struct Signals {
    #[cfg(unix)]
    signal: tokio::signal::unix::Signal,
}

impl Signals {
    /// Those that come when this process is continued after a stop.
    ///
    /// # Errors
    /// If the system does not let us listen for the signal.
    pub(super) fn of_continuation() -> io::Result<Self> {
        Self::listen(
            #[cfg(unix)]
            rustix::process::Signal::CONT,
        )
    }

    /// Those that come when the terminal has another size.
    ///
    /// # Errors
    /// If the system does not let us listen for the signal.
    pub(super) fn of_resizing() -> io::Result<Self> {
        Self::listen(
            #[cfg(unix)]
            rustix::process::Signal::WINCH,
        )
    }

    #[cfg(unix)]
    fn listen(which: rustix::process::Signal) -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        let signal = signal(SignalKind::from_raw(which.as_raw()))?;
        Ok(Self { signal })
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "it is as on other systems")]
    const fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for the next time; for ever where there are no such signals. Cancel safe.
    pub(super) async fn next(&mut self) {
        #[cfg(unix)]
        if self.signal.recv().await.is_some() {
            return;
        }
        std::future::pending::<()>().await;
    }
}
