//! Whether anybody still reads our standard output. A line that is written tells; where
//! nothing is written for long, the system is asked, as far as it knows.

use std::future::pending;

#[cfg(unix)]
use std::os::fd::AsFd;
#[cfg(unix)]
use tokio::io::Interest;
#[cfg(unix)]
use tokio::net::unix::pipe::Sender;

/// The far end of an output.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// Nothing where the system cannot tell, such as for a file.
    #[cfg(unix)]
    end: Option<Sender>,
}

impl Reader {
    /// The reader of this output; one that never goes away if the system cannot tell.
    #[cfg(unix)]
    pub(super) fn of(output: &impl AsFd) -> Self {
        let end = output.as_fd().try_clone_to_owned();
        // Nothing is written here, so it may well block.
        let end = end.and_then(Sender::from_owned_fd_unchecked);
        Self { end: end.ok() }
    }

    /// The reader of this output: here only a write that fails tells that it is gone.
    #[cfg(not(unix))]
    pub(super) fn of<T>(_output: &T) -> Self {
        Self::default()
    }

    /// Waits until the reader is gone. Cancel safe.
    pub(super) async fn gone(&self) {
        #[cfg(unix)]
        if let Some(end) = &self.end
            && end.ready(Interest::ERROR).await.is_ok()
        {
            return;
        }
        pending::<()>().await;
    }
}
