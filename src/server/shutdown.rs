//! How everything in a server learns that it goes down.

use tokio::sync::watch;

/// Waits for the server to go down. Clones wait for the same.
#[derive(Debug, Clone)]
pub(super) struct Shutdown(watch::Receiver<bool>);

/// Makes the server go down.
#[derive(Debug)]
pub(super) struct ShutdownTrigger(watch::Sender<bool>);

/// The two ends.
pub(super) fn shutdown() -> (ShutdownTrigger, Shutdown) {
    let (sender, receiver) = watch::channel(false);
    (ShutdownTrigger(sender), Shutdown(receiver))
}

impl Shutdown {
    /// Returns once the server goes down; also if whoever could say so is gone.
    pub(super) async fn wait(&mut self) {
        let _down = self.0.wait_for(|down| *down).await;
    }
}

impl ShutdownTrigger {
    /// Makes it go down.
    pub(super) fn now(&self) {
        self.0.send_replace(true);
    }
}
