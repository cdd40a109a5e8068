//! What the log says to an append.

use tokio::sync::oneshot;

use super::{LogError, Missed};

/// The outcome of an append.
#[derive(Debug)]
pub enum Appended {
    /// The events are agreed and may go out.
    Agreed(Durable),
    /// Other events were appended first; apply these before deciding again.
    Behind(Missed),
}

/// The promise that an agreed append will be on disk.
#[derive(Debug)]
pub struct Durable(pub(super) Option<oneshot::Receiver<()>>);

impl Durable {
    /// The promise of a log that keeps what it agrees to.
    pub(super) const fn already() -> Self {
        Self(None)
    }

    /// Waits until the append is on disk.
    ///
    /// # Errors
    /// [`LogError::Closed`] if the log was closed before.
    pub async fn wait(self) -> Result<(), LogError> {
        match self.0 {
            Some(written) => written.await.map_err(|_| LogError::Closed),
            None => Ok(()),
        }
    }
}
