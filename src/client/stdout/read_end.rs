//! Whether standard output still has a reader. A failed write shows that it has none; while nothing
//! is written the system is asked, where it knows.

use std::future::pending;

#[cfg(unix)]
use std::os::fd::AsFd;
#[cfg(unix)]
use tokio::io::Interest;
#[cfg(unix)]
use tokio::net::unix::pipe::Sender;

/// The end of an output from which somebody reads.
#[derive(Debug, Default)]
pub(super) struct ReadEnd {
    /// Our end of the pipe; `None` if the output is none, such as a file.
    #[cfg(unix)]
    pipe: Option<Sender>,
}

impl ReadEnd {
    /// The read end of this output. It never closes if the system does not report that.
    #[cfg(unix)]
    pub(super) fn of(output: &impl AsFd) -> Self {
        let pipe = output.as_fd().try_clone_to_owned();
        // Nothing is written here, so it may well block.
        let pipe = pipe.and_then(Sender::from_owned_fd_unchecked);
        let pipe = pipe.inspect_err(|cause| {
            tracing::debug!("whether standard output is read cannot be watched: {cause}");
        });
        Self { pipe: pipe.ok() }
    }

    /// The read end of this output. On this system only a failed write shows that it is closed.
    #[cfg(not(unix))]
    pub(super) fn of<T>(_output: &T) -> Self {
        Self::default()
    }

    /// Waits until it is closed. Cancel safe.
    pub(super) async fn closed(&self) {
        #[cfg(unix)]
        if let Some(pipe) = &self.pipe
            && pipe.ready(Interest::ERROR).await.is_ok()
        {
            return;
        }
        pending::<()>().await;
    }
}
