//! The shutdown signal, which all tasks of a server wait for.

use tokio::sync::watch;

/// The receiving end of the signal. Clones receive the same signal.
#[derive(Debug, Clone)]
pub(super) struct Shutdown(watch::Receiver<bool>);

/// The sending end of the signal. Dropping it is a shutdown too.
#[derive(Debug)]
pub(super) struct ShutdownTrigger(watch::Sender<bool>);

/// Both ends of a new signal.
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
    /// Shuts the server down. Further calls change nothing.
    pub(super) fn now(&self) {
        self.0.send_replace(true);
    }
}
