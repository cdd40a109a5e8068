//! Gives the terminal back, for a while or for good, and takes it again.

use std::io::Write;
use std::sync::Arc;

use tokio::time::timeout;

use super::Terminal;
use super::device::{Device, PATIENCE};

/// The last line on a terminal that was given back.
#[derive(Debug)]
pub(in crate::client) struct LastLine(pub(super) Arc<Device>);

impl Terminal {
    /// Gives the terminal back and stops, as Ctrl-Z does elsewhere, until the shell continues
    /// us.
    #[cfg(unix)]
    pub(in crate::client) async fn suspend(&mut self) {
        self.finish_picture().await;
        self.take_last_answers().await;
        self.device.give_back();
        // The whole group, as the terminal itself would: whoever started us stops, too.
        if let Err(cause) = crate::signals::stop_process_group().await {
            tracing::warn!("cannot stop: {cause}");
        }
        self.retake();
    }

    /// Stopping is not known on this system.
    #[cfg(not(unix))]
    pub(in crate::client) async fn suspend(&mut self) {}

    /// Gives the terminal back, after the picture that is under way if the terminal reads it
    /// in time.
    pub(in crate::client) async fn close(mut self) {
        self.finish_picture().await;
        self.take_last_answers().await;
    }

    /// Waits for the picture that is under way; one that is not read in time is given up.
    async fn finish_picture(&mut self) {
        if !self.writer.is_busy() {
            return;
        }
        match timeout(PATIENCE, self.writer.written()).await {
            Ok(Ok(())) => {}
            Ok(Err(cause)) => tracing::warn!("the terminal cannot be drawn: {cause}"),
            Err(_) => self.device.give_up(),
        }
    }

    /// Takes the terminal again: it was given back, or somebody else had it.
    pub(super) fn retake(&mut self) {
        let taken = self.device.take();
        let taken = taken.and_then(|entering| self.picture.backend_mut().write_all(&entering));
        if let Err(cause) = taken {
            tracing::warn!("the terminal cannot be taken again: {cause}");
        }
        self.redraw();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.device.give_back();
    }
}

impl LastLine {
    /// Writes it, unless the terminal is gone.
    pub(in crate::client) fn print(&self, line: &str) {
        self.0.print(line);
    }
}
