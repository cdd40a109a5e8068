//! The signal by which all tasks of a server learn that it shuts down.

use tokio::sync::watch;

/// Waits for the shutdown. Clones wait for the same one.
#[derive(Debug, Clone)]
pub(super) struct Shutdown(watch::Receiver<bool>);

/// Triggers the shutdown.
#[derive(Debug)]
pub(super) struct ShutdownTrigger(watch::Sender<bool>);

/// A trigger and what waits for it.
pub(super) fn shutdown() -> (ShutdownTrigger, Shutdown) {
    let (sender, receiver) = watch::channel(false);
    (ShutdownTrigger(sender), Shutdown(receiver))
}

impl Shutdown {
    /// Returns once the shutdown was triggered, or the trigger is dropped.
    pub(super) async fn wait(&mut self) {
        // An error means that the trigger is dropped.
        let _triggered = self.0.wait_for(|down| *down).await;
    }
}

impl ShutdownTrigger {
    /// Triggers it.
    pub(super) fn now(&self) {
        self.0.send_replace(true);
    }
}
