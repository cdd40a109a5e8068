//! Writes pictures to the terminal in a thread of its own, one at a time: a terminal that does
//! not read holds up this thread and nothing else. While a picture is being written none is
//! made, so that the next one is the newest.

use std::future::pending;
use std::io;
use std::sync::Arc;
use std::thread;

use tokio::sync::mpsc;

use super::device::Device;

/// The thread that writes, as the loop sees it.
#[derive(Debug)]
pub(super) struct PictureWriter {
    pictures: mpsc::Sender<Vec<u8>>,
    written: mpsc::Receiver<io::Result<()>>,
    is_busy: bool,
}

impl PictureWriter {
    /// Starts the thread, which ends with this value.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub(super) fn start(device: Arc<Device>) -> io::Result<Self> {
        let (pictures, mut waiting) = mpsc::channel::<Vec<u8>>(1);
        let (done, written) = mpsc::channel(1);
        thread::Builder::new()
            .name("terminal".to_owned())
            .spawn(move || {
                while let Some(picture) = waiting.blocking_recv() {
                    let outcome = device.write_picture(&picture);
                    if done.blocking_send(outcome).is_err() {
                        break;
                    }
                }
            })?;
        Ok(Self {
            pictures,
            written,
            is_busy: false,
        })
    }

    /// Whether a picture is being written.
    pub(super) const fn is_busy(&self) -> bool {
        self.is_busy
    }

    /// Writes a picture. None may be under way.
    ///
    /// # Errors
    /// If the thread broke.
    pub(super) fn write(&mut self, picture: Vec<u8>) -> io::Result<()> {
        let handed_on = self.pictures.try_send(picture);
        self.is_busy = true;
        handed_on.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    /// Waits until the picture that is under way is written; for ever, if none is. Cancel safe.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(super) async fn written(&mut self) -> io::Result<()> {
        if !self.is_busy {
            return pending().await;
        }
        let outcome = self.written.recv().await;
        self.is_busy = false;
        outcome.unwrap_or_else(|| Err(io::ErrorKind::BrokenPipe.into()))
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::io;

    use futures_util::FutureExt;

    use super::PictureWriter;
    use crate::client::terminal::device::tests::{Pty, huge_picture};

    #[tokio::test]
    async fn a_terminal_that_does_not_read_holds_up_only_its_thread() {
        let pty = Pty::open();
        let mut writer = PictureWriter::start(pty.taken()).unwrap();
        writer.write(huge_picture()).unwrap();
        assert!(writer.is_busy());
        assert!(writer.written().now_or_never().is_none());
        let reader = tokio::task::spawn_blocking(move || {
            let mut output = pty.read_to("x");
            while output.len() < huge_picture().len() {
                output.push_str(&pty.read_to("x"));
            }
            // The terminal lives until it has read everything.
            (pty, output.len())
        });
        writer.written().await.unwrap();
        assert!(!writer.is_busy());
        assert_eq!(reader.await.unwrap().1, huge_picture().len());
    }

    #[tokio::test]
    async fn a_terminal_that_goes_away_while_it_does_not_read_is_noticed() {
        let pty = Pty::open();
        let mut writer = PictureWriter::start(pty.taken()).unwrap();
        writer.write(huge_picture()).unwrap();
        assert!(writer.written().now_or_never().is_none());
        drop(pty);
        let gone: io::Result<()> = writer.written().await;
        assert!(gone.is_err());
    }
}
